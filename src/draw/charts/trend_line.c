/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* trend_line.c - one value over the years: line, dots with marks, target. Values are written at their dots
 * where they stand clear of line, dots and each other; the newest before all others. */
#include "draw/charts/trend_line.h"

#include <math.h>

#include "draw/text.h"

/* Units; our choice. */
static const double HEIGHT_SHARE = 0.42; /* of the width */
static const double HEIGHT_MIN = 150, HEIGHT_MAX = 300;
static const double HEADROOM = 30; /* for values above the highest dot, and below the lowest */
static const double GAP = 8;
static const double YEAR_INSET = 20; /* half a year's number, and some air */

enum {
    STEPS_MAX = 5,
    TITLE_LINES_MAX = 4,
};

static void
layout_clear(GhTrendLayout *layout)
{
    gh_block_clear(&layout->axis);
    gh_key_clear(&layout->key);
    g_clear_pointer(&layout->taken, g_array_unref);
    g_clear_pointer(&layout->strokes, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(GhTrendLayout, layout_clear)

static const GhInk NOTE = {&GH_TYPE_NOTE, GH_WEIGHT_REGULAR, GH_SOFT_INK};

/* -- layout -- */

/* From zero where the values come near it; else a small change of large values could not be seen, and a
 * line, unlike a bar, says nothing by its distance from the bottom. */
static GhScale
find_scale(const GhTrendLine *line, const GhExtent *values)
{
    static const double NEAR_ZERO = 0.5;
    GhExtent extent = *values;

    gh_extent_add(&extent, line->target);
    if (extent.low > 0 && extent.low > NEAR_ZERO * extent.high)
        return gh_scale(&extent, line->min, line->max, STEPS_MAX);
    return gh_scale_from_zero(&extent, line->min, line->max, STEPS_MAX);
}

static char *
tick_text(const GhTrendLine *line, double value)
{
    return line->write_number(line->lang, value, line->write_data);
}

static double
widest_tick(const GhTrendLayout *layout)
{
    double room = 0;

    for (size_t i = 0; i < layout->scale.n_ticks; i++) {
        g_autofree char *text = tick_text(layout->line, gh_scale_tick(&layout->scale, i));
        room = MAX(room, gh_text_room(layout->line->lang, NOTE.type->size, NOTE.weight, text));
    }
    return room;
}

static void
make_layout(GhTrendLayout *layout)
{
    const GhTrendLine *line = layout->line;
    GhYears years = gh_years(line->values, line->n_values, 0, 1);

    gh_trend_ahead_extend(line, &years.extent, &years.first, &years.last);
    layout->axis = gh_block(line->lang, &NOTE, line->axis, line->width, TITLE_LINES_MAX);
    layout->key = gh_trend_ahead_key(line);
    layout->scale = find_scale(line, &years.extent);
    layout->plot_start = widest_tick(layout) + GAP;
    layout->years = years;
    layout->years.start = layout->plot_start + YEAR_INSET;
    layout->years.end = line->width - YEAR_INSET;
    layout->plot_top = layout->key.height + gh_block_height(&layout->axis) + HEADROOM;
    layout->plot_bottom =
        layout->plot_top + CLAMP(HEIGHT_SHARE * line->width, HEIGHT_MIN, HEIGHT_MAX);
    layout->height = layout->plot_bottom + HEADROOM + NOTE.type->pitch;
    layout->taken = g_array_new(FALSE, FALSE, sizeof(GhTrendBox));
    layout->strokes = g_array_new(FALSE, FALSE, sizeof(GhTrendStroke));
}

double
gh_trend_y(const GhTrendLayout *layout, double value)
{
    return layout->plot_bottom
           - gh_scale_share(&layout->scale, value) * (layout->plot_bottom - layout->plot_top);
}

double
gh_trend_x(const GhTrendLayout *layout, int year)
{
    return gh_years_x(&layout->years, year);
}

void
gh_trend_add_stroke(GhTrendLayout *layout, double x1, double y1, double x2, double y2)
{
    const GhTrendStroke stroke = {x1, y1, x2, y2};

    g_array_append_val(layout->strokes, stroke);
}

/* -- the frame -- */

static void
draw_scale(const GhTrendLayout *layout)
{
    static const GhPaint thin = {.stroke = GH_RULE}, zero = {.stroke = GH_SOFT_INK};

    gh_trend_ahead_draw_key(layout);
    gh_flow_block(&layout->flow, 0, layout->key.height, GH_ALIGN_START, &layout->axis);
    for (size_t i = 0; i < layout->scale.n_ticks; i++) {
        double value = gh_scale_tick(&layout->scale, i), y = gh_trend_y(layout, value);
        g_autofree char *text = tick_text(layout->line, value);
        if (*text == '\0')
            continue;
        g_auto(GhBlock) block =
            gh_block(layout->line->lang, &NOTE, text, layout->plot_start - GAP, 1);
        gh_flow_line(&layout->flow, layout->plot_start, y, layout->flow.width, y,
                     value == 0 ? &zero : &thin);
        gh_flow_block(&layout->flow, layout->plot_start - GAP, y - NOTE.type->pitch / 2,
                      GH_ALIGN_END, &block);
    }
}

/* Every year where there is room, else every second, fifth, tenth ...; counted from the newest, which
 * is always there. */
static int
year_step(const GhTrendLayout *layout, double room)
{
    static const int STEPS[] = {1, 2, 5, 10, 20, 50, 100};
    const GhYears *years = &layout->years;
    double a_year = years->last > years->first
                        ? (years->end - years->start) / (years->last - years->first)
                        : years->end - years->start;
    size_t i = 0;

    while (i + 1 < G_N_ELEMENTS(STEPS) && STEPS[i] * a_year < room + GAP)
        i++;
    return STEPS[i];
}

static void
draw_years(const GhTrendLayout *layout)
{
    static const GhPaint tick = {.stroke = GH_SOFT_INK};
    const GhYears *years = &layout->years;
    double top = layout->plot_bottom + HEADROOM;
    /* All years have four digits of one width. */
    double room = gh_text_room(layout->line->lang, NOTE.type->size, NOTE.weight, "2000");
    int step = year_step(layout, room);

    for (int year = years->last; year >= years->first && years->first > 0; year -= step) {
        g_autofree char *text = g_strdup_printf("%d", year);
        g_auto(GhBlock) block = gh_block(layout->line->lang, &NOTE, text, room, 1);
        double x = gh_years_x(years, year);
        gh_flow_line(&layout->flow, x, top - 4, x, top, &tick);
        gh_flow_block(&layout->flow, x, top, GH_ALIGN_MIDDLE, &block);
    }
}

/* -- line and dots -- */

/* The lines from year to year, or those over years without a value. */
static void
draw_line(GhTrendLayout *layout, bool over_gaps, const GhPaint *paint)
{
    GhDrawing *drawing = layout->flow.drawing;
    const GhYearValue *values = layout->line->values;
    size_t n_values = layout->line->n_values, drawn = n_values; /* where the path is */

    for (size_t i = 0; i < n_values; i++) {
        size_t before = 0;
        if (!gh_years_joins(&layout->years, i, &before)
            || gh_years_follows(&layout->years, i) == over_gaps
            || gh_trend_is_broken(layout->line, values[before].year, values[i].year))
            continue;
        double x1 = gh_trend_x(layout, values[before].year),
               y1 = gh_trend_y(layout, values[before].y);
        double x2 = gh_trend_x(layout, values[i].year), y2 = gh_trend_y(layout, values[i].y);
        if (drawn != before)
            gh_drawing_move_to(drawing, gh_flow_x(&layout->flow, x1), y1);
        gh_drawing_line_to(drawing, gh_flow_x(&layout->flow, x2), y2);
        gh_trend_add_stroke(layout, x1, y1, x2, y2);
        drawn = i;
    }
    gh_drawing_paint(drawing, paint);
}

static void
draw_lines(GhTrendLayout *layout)
{
    static const GhPaint full = {.stroke = GH_INK, .stroke_width = 1.6};
    static const GhPaint dashed = {.stroke = GH_SOFT_INK, .stroke_width = 1, .dash = 3};

    draw_line(layout, false, &full);
    draw_line(layout, true, &dashed);
}

static void
draw_dots(GhTrendLayout *layout)
{
    for (size_t i = 0; i < layout->line->n_values; i++) {
        const GhYearValue *value = &layout->line->values[i];
        if (isnan(value->y))
            continue;
        double x = gh_trend_x(layout, value->year), y = gh_trend_y(layout, value->y);
        g_autofree char *name = g_strdup_printf("%d: %s", value->year, value->value);
        const GhTrendBox box = {x - GH_TREND_DOT, y - GH_TREND_DOT, x + GH_TREND_DOT,
                                y + GH_TREND_DOT};
        gh_drawing_begin_part(layout->flow.drawing, &(GhDrawingPart){.name = name});
        gh_flow_dot(&layout->flow, value->step > 0 ? GH_SHOWN_BAND : GH_SHOWN_NO_TARGET,
                    value->step, x, y, GH_TREND_DOT);
        gh_drawing_end_part(layout->flow.drawing);
        g_array_append_val(layout->taken, box);
    }
}

GhDrawing *
gh_chart_trend_line(const GhTrendLine *line)
{
    g_auto(GhTrendLayout) layout = {.line = line};

    make_layout(&layout);
    GhDrawing *drawing =
        gh_drawing_new(line->width, layout.height, line->lang, line->title, line->description);
    layout.flow = gh_flow(drawing);
    draw_scale(&layout);
    draw_years(&layout);
    draw_lines(&layout);
    gh_trend_draw_ahead(&layout);
    draw_dots(&layout);
    gh_trend_draw_target(&layout);
    gh_trend_draw_breaks(&layout);
    gh_trend_draw_values(&layout);
    return drawing;
}
