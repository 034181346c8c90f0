/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* flow.c - drawing from where rows begin. */
#include "draw/charts/flow.h"

#include "draw/charts/shown.h"
#include "draw/text.h"

/* Sizes: UI guide, two a chart. Pitches: our choice, high enough for Arabic and its marks. */
const GhType GH_TYPE_LABEL = {.size = 14, .pitch = 19, .base = 14};
const GhType GH_TYPE_NOTE = {.size = 12, .pitch = 16, .base = 12};

/* -- blocks -- */

GhBlock
gh_block(const GhLang *lang, const GhInk *ink, const char *text, double max_room,
         unsigned max_lines)
{
    bool empty = text == NULL || *text == '\0';

    return (GhBlock){
        .lines = empty ? g_new0(char *, 1)
                       : gh_text_lines_cut(lang, ink->type->size, ink->weight, text, max_room,
                                           max_lines),
        .type = ink->type,
        .weight = ink->weight,
        .colour = ink->colour,
    };
}

void
gh_block_clear(GhBlock *block)
{
    g_clear_pointer(&block->lines, g_strfreev);
}

double
gh_block_height(const GhBlock *block)
{
    return block->type->pitch * g_strv_length(block->lines);
}

double
gh_block_room(const GhLang *lang, const GhBlock *block)
{
    double room = 0;

    for (size_t i = 0; block->lines[i] != NULL; i++)
        room = MAX(room, gh_text_room(lang, block->type->size, block->weight, block->lines[i]));
    return room;
}

char *
gh_flow_number(const char *written)
{
    static const char LEFT_TO_RIGHT_MARK[] = "\u200e";

    return g_strconcat(LEFT_TO_RIGHT_MARK, written, NULL);
}

/* -- drawing -- */

GhFlow
gh_flow(GhDrawing *drawing)
{
    return (GhFlow){
        .drawing = drawing,
        .width = gh_drawing_width(drawing),
        .from_right = g_str_equal(gh_lang_direction(gh_drawing_lang(drawing)), "rtl"),
    };
}

double
gh_flow_x(const GhFlow *flow, double x)
{
    return flow->from_right ? flow->width - x : x;
}

static GhAnchor
anchor_of(const GhFlow *flow, GhAlign align)
{
    switch (align) {
    case GH_ALIGN_START:
        return flow->from_right ? GH_ANCHOR_RIGHT : GH_ANCHOR_LEFT;
    case GH_ALIGN_MIDDLE:
        return GH_ANCHOR_MIDDLE;
    case GH_ALIGN_END:
        return flow->from_right ? GH_ANCHOR_LEFT : GH_ANCHOR_RIGHT;
    }
    g_assert_not_reached();
}

void
gh_flow_block(const GhFlow *flow, double x, double top, GhAlign align, const GhBlock *block)
{
    const GhTextStyle style = {
        .size = block->type->size,
        .weight = block->weight,
        .colour = block->colour,
        .anchor = anchor_of(flow, align),
    };

    for (unsigned i = 0; block->lines[i] != NULL; i++)
        gh_drawing_text(flow->drawing, gh_flow_x(flow, x),
                        top + block->type->base + block->type->pitch * i, &style, block->lines[i]);
}

void
gh_flow_rect(const GhFlow *flow, double x, double y, double width, double height,
             const GhPaint *paint)
{
    double left = flow->from_right ? gh_flow_x(flow, x + width) : x;

    gh_drawing_rect(flow->drawing, left, y, width, height, paint);
}

void
gh_flow_line(const GhFlow *flow, double x1, double y1, double x2, double y2, const GhPaint *paint)
{
    gh_drawing_line(flow->drawing, gh_flow_x(flow, x1), y1, gh_flow_x(flow, x2), y2, paint);
}

void
gh_flow_dot(const GhFlow *flow, GhShown shown, int step, double x, double y, double radius)
{
    static const GhPaint edge = {.fill = GH_PAPER, .stroke = GH_INK, .stroke_width = 1};
    static const double RIM = 0.5; /* half the edge */
    double at = gh_flow_x(flow, x);

    gh_drawing_circle(flow->drawing, at, y, radius, &edge);
    if (shown == GH_SHOWN_BAND)
        gh_drawing_mark(flow->drawing, step, at, y, radius - RIM, gh_palette_step(step));
    else
        gh_shown_mark(flow->drawing, shown, step, at, y, radius / 2);
}

void
gh_flow_mark(const GhFlow *flow, GhShown shown, int step, double x, double y, double radius)
{
    switch (shown) {
    case GH_SHOWN_BAND:
        gh_drawing_mark(flow->drawing, step, gh_flow_x(flow, x), y, radius, GH_INK);
        break;
    case GH_SHOWN_NO_TARGET:
        gh_shown_mark(flow->drawing, shown, step, gh_flow_x(flow, x), y, radius);
        break;
    case GH_SHOWN_NO_DATA:
        break;
    }
}

double
gh_flow_keep_inside(double x, double room, double low, double high)
{
    return MAX(MIN(x - room / 2, high - room), low);
}
