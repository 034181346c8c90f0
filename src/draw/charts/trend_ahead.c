/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* trend_ahead.c - behind the last value: where the trend leads, dashed, in the light wedge of what is as
 * likely; and dotted, what reaching the target would need. */
#include <math.h>

#include "draw/charts/trend_line.h"

/* Units; our choice. */
static const double DASH = 6, DOTS = 2;
static const double LINE = 1.8;
static const double END = 4;  /* radius of the ring at the end of a line */
static const double TICK = 5; /* half the width of the ends of a range */
static const double SAMPLE = 28;

typedef enum {
    KEY_PROJECTION,
    KEY_PATH,
    N_KEYS,
} Key;

static const GhYearValue *
last_of(const GhYearValue *values, size_t n_values)
{
    for (size_t i = n_values; i-- > 0;) {
        if (!isnan(values[i].y))
            return &values[i];
    }
    return NULL;
}

static void
extend(const GhYearValue *values, size_t n_values, GhExtent *extent, int *first, int *last)
{
    for (size_t i = 0; i < n_values; i++) {
        if (isnan(values[i].y))
            continue;
        gh_extent_add(extent, values[i].y);
        *first = *first == 0 ? values[i].year : MIN(*first, values[i].year);
        *last = MAX(*last, values[i].year);
    }
}

void
gh_trend_ahead_extend(const GhTrendLine *line, GhExtent *extent, int *first, int *last)
{
    extend(line->projection, line->n_projection, extent, first, last);
    extend(line->path, line->n_path, extent, first, last);
    if (line->n_projection > 0) {
        gh_extent_add(extent, line->projection_low);
        gh_extent_add(extent, line->projection_high);
    }
}

bool
gh_trend_is_broken(const GhTrendLine *line, int before, int year)
{
    for (size_t i = 0; i < line->n_breaks; i++) {
        if (line->breaks[i] > before && line->breaks[i] <= year)
            return true;
    }
    return false;
}

/* -- key -- */

static GhPaint
paint_of(Key key)
{
    return (GhPaint){
        .stroke = GH_ACCENT,
        .stroke_width = LINE,
        .dash = key == KEY_PROJECTION ? DASH : DOTS,
    };
}

GhKey
gh_trend_ahead_key(const GhTrendLine *line)
{
    const char *const labels[N_KEYS] = {
        [KEY_PROJECTION] = line->n_projection > 0 ? line->projection_label : NULL,
        [KEY_PATH] = line->n_path > 0 ? line->path_label : NULL,
    };

    return gh_key(line->lang, line->width, SAMPLE, labels, N_KEYS);
}

static void
draw_sample(const GhFlow *flow, double x, double y, size_t entry, const void *chart)
{
    const GhPaint paint = paint_of((Key)entry);

    (void)chart;
    gh_flow_line(flow, x, y, x + SAMPLE, y, &paint);
}

void
gh_trend_ahead_draw_key(const GhTrendLayout *layout)
{
    gh_key_draw(&layout->key, &layout->flow, 0, draw_sample, layout->line);
}

/* -- lines -- */

static void
draw_line(GhTrendLayout *layout, const GhYearValue *from, const GhYearValue *values,
          size_t n_values, Key key)
{
    GhDrawing *drawing = layout->flow.drawing;
    const GhPaint paint = paint_of(key);
    double x1 = gh_trend_x(layout, from->year), y1 = gh_trend_y(layout, from->y);

    gh_drawing_move_to(drawing, gh_flow_x(&layout->flow, x1), y1);
    for (size_t i = 0; i < n_values; i++) {
        if (isnan(values[i].y) || values[i].year <= from->year)
            continue;
        double x2 = gh_trend_x(layout, values[i].year), y2 = gh_trend_y(layout, values[i].y);
        gh_drawing_line_to(drawing, gh_flow_x(&layout->flow, x2), y2);
        gh_trend_add_stroke(layout, x1, y1, x2, y2);
        x1 = x2;
        y1 = y2;
    }
    gh_drawing_paint(drawing, &paint);
}

static void
draw_end(GhTrendLayout *layout, const GhYearValue *value)
{
    static const GhPaint ring = {.fill = GH_PAPER, .stroke = GH_ACCENT, .stroke_width = 1.5};
    double x = gh_trend_x(layout, value->year), y = gh_trend_y(layout, value->y);
    g_autofree char *name = g_strdup_printf("%d: %s", value->year, value->value);
    const GhTrendBox box = {x - END, y - END, x + END, y + END};

    gh_drawing_begin_part(layout->flow.drawing, &(GhDrawingPart){.name = name});
    gh_drawing_circle(layout->flow.drawing, gh_flow_x(&layout->flow, x), y, END, &ring);
    gh_drawing_end_part(layout->flow.drawing);
    g_array_append_val(layout->taken, box);
}

/* From the last value, which is known, to the range of the last year. */
static void
draw_wedge(GhTrendLayout *layout, const GhYearValue *from, const GhYearValue *to)
{
    static const GhPaint wash = {.fill = GH_WASH, .stroke = GH_RULE}, range = {.stroke = GH_ACCENT};
    const GhTrendLine *line = layout->line;
    GhDrawing *drawing = layout->flow.drawing;
    double x = gh_trend_x(layout, to->year), at = gh_flow_x(&layout->flow, x);
    double low = gh_trend_y(layout, line->projection_low);
    double high = gh_trend_y(layout, line->projection_high);
    const GhTrendBox box = {x - TICK, high, x + TICK, low};

    gh_drawing_move_to(drawing, gh_flow_x(&layout->flow, gh_trend_x(layout, from->year)),
                       gh_trend_y(layout, from->y));
    gh_drawing_line_to(drawing, at, high);
    gh_drawing_line_to(drawing, at, low);
    gh_drawing_close(drawing);
    gh_drawing_paint(drawing, &wash);
    gh_flow_line(&layout->flow, x, low, x, high, &range);
    gh_flow_line(&layout->flow, x - TICK, low, x + TICK, low, &range);
    gh_flow_line(&layout->flow, x - TICK, high, x + TICK, high, &range);
    g_array_append_val(layout->taken, box);
}

void
gh_trend_draw_ahead(GhTrendLayout *layout)
{
    const GhTrendLine *line = layout->line;
    const GhYearValue *from = last_of(line->values, line->n_values);
    const GhYearValue *projected = last_of(line->projection, line->n_projection);
    const GhYearValue *needed = last_of(line->path, line->n_path);

    if (from == NULL)
        return; /* nothing to lead on from */
    if (projected != NULL && !isnan(line->projection_low) && !isnan(line->projection_high))
        draw_wedge(layout, from, projected);
    if (needed != NULL)
        draw_line(layout, from, line->path, line->n_path, KEY_PATH);
    if (projected != NULL)
        draw_line(layout, from, line->projection, line->n_projection, KEY_PROJECTION);
    if (needed != NULL)
        draw_end(layout, needed);
    if (projected != NULL)
        draw_end(layout, projected);
}
