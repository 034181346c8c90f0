/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* trend_line.h - what the files of the trend line share; inside charts/ only. */
#pragma once

#include "draw/charts/key.h"
#include "draw/charts/years.h"

#define GH_TREND_DOT 6.0 /* radius, units; our choice */

typedef struct {
    double left, top, right, bottom; /* x in flow */
} GhTrendBox;

/* What texts keep clear of: a part of a line, from left to right. */
typedef struct {
    double x1, y1, x2, y2;
} GhTrendStroke;

typedef struct {
    const GhTrendLine *line;
    GhFlow flow;
    GhScale scale;
    GhYears years;
    GhBlock axis;
    GhKey key;
    double plot_start, plot_top, plot_bottom, height;
    GArray *taken;   /* of GhTrendBox: texts and dots */
    GArray *strokes; /* of GhTrendStroke */
} GhTrendLayout;

double gh_trend_x(const GhTrendLayout *layout, int year);
double gh_trend_y(const GhTrendLayout *layout, double value);

/* A stroke of a line already drawn, x1 <= x2. */
void gh_trend_add_stroke(GhTrendLayout *layout, double x1, double y1, double x2, double y2);

/* -- trend_ahead.c: what lies behind the last value, and where the definition changed -- */

/* Widens the axes to what they show. */
void gh_trend_ahead_extend(const GhTrendLine *line, GhExtent *extent, int *first, int *last);

GhKey gh_trend_ahead_key(const GhTrendLine *line);
void gh_trend_ahead_draw_key(const GhTrendLayout *layout);

/* Whether the definition changed after the year before and up to the year. */
bool gh_trend_is_broken(const GhTrendLine *line, int before, int year);

void gh_trend_draw_ahead(GhTrendLayout *layout);

/* -- trend_texts.c: texts that look for a place -- */

void gh_trend_draw_target(GhTrendLayout *layout);
void gh_trend_draw_breaks(GhTrendLayout *layout);

/* The newest before all others; then the ends of what lies ahead. */
void gh_trend_draw_values(GhTrendLayout *layout);
