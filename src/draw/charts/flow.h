/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* flow.h - drawing from where rows begin: x counts from the left, or from the right in right-to-left
 * languages; and texts of several lines. Inside charts/ only.
 *
 * Type      Charts have two sizes of letters: labels and notes. Lines stand a pitch apart, in which the
 *           letters of every script have room.
 * Ownership A flow borrows its drawing; a block owns its lines.
 */
#pragma once

#include "draw/charts/charts.h"

typedef struct {
    double size;
    double pitch; /* from line to line */
    double base;  /* of the first baseline, below the top */
} GhType;

extern const GhType GH_TYPE_LABEL; /* 14 */
extern const GhType GH_TYPE_NOTE;  /* 12 */

/* -- blocks of text -- */

typedef struct {
    char **lines;
    const GhType *type;
    GhWeight weight;
    GhColour colour;
} GhBlock;

typedef struct {
    const GhType *type;
    GhWeight weight;
    GhColour colour;
} GhInk;

/* Lines of at most max_room; cut where max_lines of them are not enough. "" has no lines. */
GhBlock gh_block(const GhLang *lang, const GhInk *ink, const char *text, double max_room,
                 unsigned max_lines);
void gh_block_clear(GhBlock *block);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(GhBlock, gh_block_clear)

/* A number reads from left to right, its minus sign first, also where the language runs from the right.
 * Owned by the caller. */
char *gh_flow_number(const char *written);

double gh_block_height(const GhBlock *block);
double gh_block_room(const GhLang *lang, const GhBlock *block); /* of its longest line */

/* -- drawing -- */

typedef struct {
    GhDrawing *drawing;
    double width;
    bool from_right;
} GhFlow;

typedef enum {
    GH_ALIGN_START,
    GH_ALIGN_MIDDLE,
    GH_ALIGN_END,
} GhAlign;

GhFlow gh_flow(GhDrawing *drawing);

/* In the drawing's own x. */
double gh_flow_x(const GhFlow *flow, double x);

void gh_flow_block(const GhFlow *flow, double x, double top, GhAlign align, const GhBlock *block);
void gh_flow_rect(const GhFlow *flow, double x, double y, double width, double height,
                  const GhPaint *paint);
void gh_flow_line(const GhFlow *flow, double x1, double y1, double x2, double y2,
                  const GhPaint *paint);

/* A dot is its band's mark in the band's colour; with a dash where there is no target. */
void gh_flow_dot(const GhFlow *flow, GhShown shown, int step, double x, double y, double radius);

/* The mark on paper, beside what has the colour. */
void gh_flow_mark(const GhFlow *flow, GhShown shown, int step, double x, double y, double radius);

/* Where a line of text that should stand in the middle of x begins, so that it stays between low and
 * high. */
double gh_flow_keep_inside(double x, double room, double low, double high);
