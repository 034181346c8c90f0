/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* trend_texts.c - the texts in the plot of a trend line, each where it stands clear of lines, dots and the
 * texts before it. */
#include <math.h>

#include "draw/charts/trend_line.h"

static const double GAP = 8;       /* units; our choice */
static const double LABEL_GAP = 3; /* between a dot and its value */

static const GhInk NOTE = {&GH_TYPE_NOTE, GH_WEIGHT_REGULAR, GH_INK};
static const GhInk VALUE = {&GH_TYPE_LABEL, GH_WEIGHT_REGULAR, GH_INK};

static double
y_at(const GhTrendStroke *stroke, double x)
{
    return stroke->y1 + (stroke->y2 - stroke->y1) * (x - stroke->x1) / (stroke->x2 - stroke->x1);
}

static bool
crosses(const GhTrendStroke *stroke, const GhTrendBox *box)
{
    double left = MAX(box->left, stroke->x1), right = MIN(box->right, stroke->x2);
    if (left >= right)
        return false;

    double y1 = y_at(stroke, left), y2 = y_at(stroke, right);
    return MIN(y1, y2) < box->bottom && MAX(y1, y2) > box->top;
}

static bool
is_free(const GhTrendLayout *layout, const GhTrendBox *box)
{
    for (guint i = 0; i < layout->taken->len; i++) {
        const GhTrendBox *other = &g_array_index(layout->taken, GhTrendBox, i);
        if (box->left < other->right && other->left < box->right && box->top < other->bottom
            && other->top < box->bottom)
            return false;
    }
    for (guint i = 0; i < layout->strokes->len; i++) {
        if (crosses(&g_array_index(layout->strokes, GhTrendStroke, i), box))
            return false;
    }
    return true;
}

/* On paper, so that no thin line runs through it. */
static void
put_text(GhTrendLayout *layout, const GhTrendBox *box, const GhBlock *block)
{
    static const GhPaint paper = {.fill = GH_PAPER};

    gh_flow_rect(&layout->flow, box->left, box->top, box->right - box->left, box->bottom - box->top,
                 &paper);
    gh_flow_block(&layout->flow, (box->left + box->right) / 2, box->top, GH_ALIGN_MIDDLE, block);
    g_array_append_val(layout->taken, *box);
}

void
gh_trend_draw_target(GhTrendLayout *layout)
{
    static const GhPaint paint = {.stroke = GH_INK, .stroke_width = 1.2};
    const GhTrendLine *line = layout->line;
    if (isnan(line->target))
        return;

    double y = gh_trend_y(layout, line->target), width = layout->flow.width;
    const GhTrendBox stroke = {layout->plot_start, y - 1, width, y + 1};
    g_auto(GhBlock) block =
        gh_block(line->lang, &NOTE, line->target_label, width - layout->plot_start, 1);
    double room = gh_block_room(line->lang, &block), height = gh_block_height(&block);
    const double starts[] = {MIN(layout->plot_start + GAP, width - room), width - room};
    const double tops[] = {y - LABEL_GAP - height, y + LABEL_GAP};
    GhTrendBox best = {starts[0], tops[0], starts[0] + room, tops[0] + height};

    /* Above before below, where the line begins before where it ends. */
    for (size_t i = G_N_ELEMENTS(starts) * G_N_ELEMENTS(tops); i-- > 0;) {
        double start = starts[i % 2];
        const GhTrendBox box = {start, tops[i / 2], start + room, tops[i / 2] + height};
        if (is_free(layout, &box))
            best = box;
    }
    gh_flow_line(&layout->flow, layout->plot_start, y, width, y, &paint);
    put_text(layout, &best, &block);
    g_array_append_val(layout->taken, stroke);
}

/* At the top of its line or at the bottom, before or behind it; and left out where none is free: the
 * line is still there, and the words stand beside the chart. */
static void
draw_break_label(GhTrendLayout *layout, double x)
{
    const GhTrendLine *line = layout->line;
    g_auto(GhBlock) block =
        gh_block(line->lang, &NOTE, line->break_label, layout->flow.width - layout->plot_start, 1);
    double room = gh_block_room(line->lang, &block), height = gh_block_height(&block);
    const double starts[] = {x + LABEL_GAP, x - LABEL_GAP - room};
    const double tops[] = {layout->plot_top - GAP - height, layout->plot_bottom + GAP};

    for (size_t i = 0; i < G_N_ELEMENTS(starts) * G_N_ELEMENTS(tops); i++) {
        double start = starts[i % 2];
        const GhTrendBox box = {start, tops[i / 2], start + room, tops[i / 2] + height};
        if (box.left >= layout->plot_start && box.right <= layout->flow.width
            && is_free(layout, &box)) {
            put_text(layout, &box, &block);
            return;
        }
    }
}

void
gh_trend_draw_breaks(GhTrendLayout *layout)
{
    static const GhPaint paint = {.stroke = GH_SOFT_INK, .stroke_width = 1, .dash = 2};
    const GhTrendLine *line = layout->line;

    for (size_t i = 0; i < line->n_breaks; i++) {
        if (line->breaks[i] <= layout->years.first || line->breaks[i] > layout->years.last)
            continue;
        double x =
            (gh_trend_x(layout, line->breaks[i] - 1) + gh_trend_x(layout, line->breaks[i])) / 2;
        const GhTrendBox box = {x - 1, layout->plot_top - GAP, x + 1, layout->plot_bottom + GAP};
        gh_flow_line(&layout->flow, x, box.top, x, box.bottom, &paint);
        g_array_append_val(layout->taken, box);
    }
    for (size_t i = 0; i < line->n_breaks; i++) {
        if (line->breaks[i] > layout->years.first && line->breaks[i] <= layout->years.last) {
            draw_break_label(layout, (gh_trend_x(layout, line->breaks[i] - 1)
                                      + gh_trend_x(layout, line->breaks[i]))
                                         / 2);
            return; /* said once: the others look the same */
        }
    }
}

/* Above what reaches from top to bottom, or below it. */
static void
draw_beside(GhTrendLayout *layout, const GhYearValue *value, double top, double bottom)
{
    g_auto(GhBlock) block =
        gh_block(layout->line->lang, &VALUE, value->value, layout->flow.width, 1);
    double room = gh_block_room(layout->line->lang, &block), height = gh_block_height(&block);
    double start = gh_flow_keep_inside(gh_trend_x(layout, value->year), room, layout->plot_start,
                                       layout->flow.width);
    const double tops[] = {top - LABEL_GAP - height, bottom + LABEL_GAP};

    for (size_t i = 0; i < G_N_ELEMENTS(tops); i++) {
        const GhTrendBox box = {start, tops[i], start + room, tops[i] + height};
        if (is_free(layout, &box)) {
            put_text(layout, &box, &block);
            return;
        }
    }
}

static void
draw_value(GhTrendLayout *layout, const GhYearValue *value)
{
    double y = gh_trend_y(layout, value->y);

    if (!isnan(value->y))
        draw_beside(layout, value, y - GH_TREND_DOT, y + GH_TREND_DOT);
}

/* The last year's, clear of its range. */
static void
draw_projected(GhTrendLayout *layout)
{
    const GhTrendLine *line = layout->line;
    if (line->n_projection == 0 || isnan(line->projection[line->n_projection - 1].y))
        return;

    const GhYearValue *value = &line->projection[line->n_projection - 1];
    double y = gh_trend_y(layout, value->y), top = y, bottom = y;
    if (!isnan(line->projection_low) && !isnan(line->projection_high)) {
        top = MIN(top, gh_trend_y(layout, line->projection_high));
        bottom = MAX(bottom, gh_trend_y(layout, line->projection_low));
    }
    draw_beside(layout, value, top - GH_TREND_DOT, bottom + GH_TREND_DOT);
}

/* The newest, the first, the ends of what lies ahead, then the others from the newest on. */
void
gh_trend_draw_values(GhTrendLayout *layout)
{
    const GhTrendLine *line = layout->line;
    size_t n_values = line->n_values, last = n_values, first = n_values;

    for (size_t i = 0; i < n_values; i++) {
        if (isnan(line->values[i].y))
            continue;
        if (first == n_values)
            first = i;
        last = i;
    }
    if (last == n_values)
        return;
    draw_value(layout, &line->values[last]);
    if (first != last)
        draw_value(layout, &line->values[first]);
    draw_projected(layout);
    if (line->n_path > 0)
        draw_value(layout, &line->path[line->n_path - 1]);
    for (size_t i = last; i-- > first + 1;)
        draw_value(layout, &line->values[i]);
}
