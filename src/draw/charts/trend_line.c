/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* trend_line.c - one value over the years: line, dots with marks, target. Values are written at their dots
 * where they stand clear of line, dots and each other; the newest before all others. */
#include <math.h>

#include "draw/charts/flow.h"
#include "draw/charts/years.h"
#include "draw/text.h"

/* Units; our choice. */
static const double HEIGHT_SHARE = 0.42; /* of the width */
static const double HEIGHT_MIN = 150, HEIGHT_MAX = 300;
static const double HEADROOM = 30; /* for values above the highest dot, and below the lowest */
static const double GAP = 8;
static const double DOT = 6;
static const double LABEL_GAP = 3;   /* between a dot and its value */
static const double YEAR_INSET = 20; /* half a year's number, and some air */

enum {
    STEPS_MAX = 5,
    TITLE_LINES_MAX = 4,
};

typedef struct {
    double left, top, right, bottom; /* x in flow */
} Box;

typedef struct {
    const GhTrendLine *line;
    GhFlow flow;
    GhScale scale;
    GhYears years;
    GhBlock axis;
    double plot_start, plot_top, plot_bottom, height;
    GArray *taken; /* of Box: texts and dots */
} Layout;

static void
layout_clear(Layout *layout)
{
    gh_block_clear(&layout->axis);
    g_clear_pointer(&layout->taken, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Layout, layout_clear)

static const GhInk NOTE = {&GH_TYPE_NOTE, GH_WEIGHT_REGULAR, GH_SOFT_INK};
static const GhInk TARGET = {&GH_TYPE_NOTE, GH_WEIGHT_REGULAR, GH_INK};
static const GhInk VALUE = {&GH_TYPE_LABEL, GH_WEIGHT_REGULAR, GH_INK};

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
widest_tick(const Layout *layout)
{
    double room = 0;

    for (size_t i = 0; i < layout->scale.n_ticks; i++) {
        g_autofree char *text = tick_text(layout->line, gh_scale_tick(&layout->scale, i));
        room = MAX(room, gh_text_room(layout->line->lang, NOTE.type->size, NOTE.weight, text));
    }
    return room;
}

static void
make_layout(Layout *layout)
{
    const GhTrendLine *line = layout->line;
    const GhYears years = gh_years(line->values, line->n_values, 0, 1);

    layout->axis = gh_block(line->lang, &NOTE, line->axis, line->width, TITLE_LINES_MAX);
    layout->scale = find_scale(line, &years.extent);
    layout->plot_start = widest_tick(layout) + GAP;
    layout->years = gh_years(line->values, line->n_values, layout->plot_start + YEAR_INSET,
                             line->width - YEAR_INSET);
    layout->plot_top = gh_block_height(&layout->axis) + HEADROOM;
    layout->plot_bottom =
        layout->plot_top + CLAMP(HEIGHT_SHARE * line->width, HEIGHT_MIN, HEIGHT_MAX);
    layout->height = layout->plot_bottom + HEADROOM + NOTE.type->pitch;
    layout->taken = g_array_new(FALSE, FALSE, sizeof(Box));
}

static double
y_of(const Layout *layout, double value)
{
    return layout->plot_bottom
           - gh_scale_share(&layout->scale, value) * (layout->plot_bottom - layout->plot_top);
}

static double
x_of(const Layout *layout, size_t index)
{
    return gh_years_x(&layout->years, layout->line->values[index].year);
}

/* -- the frame -- */

static void
draw_scale(const Layout *layout)
{
    static const GhPaint thin = {.stroke = GH_RULE}, zero = {.stroke = GH_SOFT_INK};

    gh_flow_block(&layout->flow, 0, 0, GH_ALIGN_START, &layout->axis);
    for (size_t i = 0; i < layout->scale.n_ticks; i++) {
        double value = gh_scale_tick(&layout->scale, i), y = y_of(layout, value);
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
year_step(const Layout *layout, double room)
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
draw_years(const Layout *layout)
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
draw_line(const Layout *layout, bool over_gaps, const GhPaint *paint)
{
    GhDrawing *drawing = layout->flow.drawing;
    const GhYearValue *values = layout->line->values;
    size_t n_values = layout->line->n_values, drawn = n_values; /* where the path is */

    for (size_t i = 0; i < n_values; i++) {
        size_t before = 0;
        if (!gh_years_joins(&layout->years, i, &before)
            || gh_years_follows(&layout->years, i) == over_gaps)
            continue;
        if (drawn != before)
            gh_drawing_move_to(drawing, gh_flow_x(&layout->flow, x_of(layout, before)),
                               y_of(layout, values[before].y));
        gh_drawing_line_to(drawing, gh_flow_x(&layout->flow, x_of(layout, i)),
                           y_of(layout, values[i].y));
        drawn = i;
    }
    gh_drawing_paint(drawing, paint);
}

static void
draw_lines(const Layout *layout)
{
    static const GhPaint full = {.stroke = GH_INK, .stroke_width = 1.6};
    static const GhPaint dashed = {.stroke = GH_SOFT_INK, .stroke_width = 1, .dash = 3};

    draw_line(layout, false, &full);
    draw_line(layout, true, &dashed);
}

static void
draw_dots(Layout *layout)
{
    for (size_t i = 0; i < layout->line->n_values; i++) {
        const GhYearValue *value = &layout->line->values[i];
        if (isnan(value->y))
            continue;
        double x = x_of(layout, i), y = y_of(layout, value->y);
        g_autofree char *name = g_strdup_printf("%d: %s", value->year, value->value);
        const Box box = {x - DOT, y - DOT, x + DOT, y + DOT};
        gh_drawing_begin_part(layout->flow.drawing, &(GhDrawingPart){.name = name});
        gh_flow_dot(&layout->flow, value->step > 0 ? GH_SHOWN_BAND : GH_SHOWN_NO_TARGET,
                    value->step, x, y, DOT);
        gh_drawing_end_part(layout->flow.drawing);
        g_array_append_val(layout->taken, box);
    }
}

/* -- texts that look for a place -- */

static double
y_between(const Layout *layout, size_t before, size_t index, double x)
{
    double x1 = x_of(layout, before), x2 = x_of(layout, index);
    double y1 = y_of(layout, layout->line->values[before].y);
    double y2 = y_of(layout, layout->line->values[index].y);

    return y1 + (y2 - y1) * (x - x1) / (x2 - x1);
}

static bool
crosses_line(const Layout *layout, const Box *box)
{
    for (size_t i = 1; i < layout->line->n_values; i++) {
        size_t before = 0;
        if (!gh_years_joins(&layout->years, i, &before))
            continue;
        double left = MAX(box->left, x_of(layout, before)),
               right = MIN(box->right, x_of(layout, i));
        if (left >= right)
            continue;
        double y1 = y_between(layout, before, i, left), y2 = y_between(layout, before, i, right);
        if (MIN(y1, y2) < box->bottom && MAX(y1, y2) > box->top)
            return true;
    }
    return false;
}

static bool
is_free(const Layout *layout, const Box *box)
{
    for (guint i = 0; i < layout->taken->len; i++) {
        const Box *other = &g_array_index(layout->taken, Box, i);
        if (box->left < other->right && other->left < box->right && box->top < other->bottom
            && other->top < box->bottom)
            return false;
    }
    return !crosses_line(layout, box);
}

/* On paper, so that no thin line runs through it. */
static void
put_text(Layout *layout, const Box *box, const GhBlock *block)
{
    static const GhPaint paper = {.fill = GH_PAPER};

    gh_flow_rect(&layout->flow, box->left, box->top, box->right - box->left, box->bottom - box->top,
                 &paper);
    gh_flow_block(&layout->flow, (box->left + box->right) / 2, box->top, GH_ALIGN_MIDDLE, block);
    g_array_append_val(layout->taken, *box);
}

static void
draw_target(Layout *layout)
{
    static const GhPaint paint = {.stroke = GH_INK, .stroke_width = 1.2};
    const GhTrendLine *line = layout->line;
    if (isnan(line->target))
        return;

    double y = y_of(layout, line->target), width = layout->flow.width;
    const Box stroke = {layout->plot_start, y - 1, width, y + 1};
    g_auto(GhBlock) block =
        gh_block(line->lang, &TARGET, line->target_label, width - layout->plot_start, 1);
    double room = gh_block_room(line->lang, &block), height = gh_block_height(&block);
    const double starts[] = {MIN(layout->plot_start + GAP, width - room), width - room};
    const double tops[] = {y - LABEL_GAP - height, y + LABEL_GAP};
    Box best = {starts[0], tops[0], starts[0] + room, tops[0] + height};

    /* Above before below, where the line begins before where it ends. */
    for (size_t i = G_N_ELEMENTS(starts) * G_N_ELEMENTS(tops); i-- > 0;) {
        double start = starts[i % 2];
        const Box box = {start, tops[i / 2], start + room, tops[i / 2] + height};
        if (is_free(layout, &box))
            best = box;
    }
    gh_flow_line(&layout->flow, layout->plot_start, y, width, y, &paint);
    put_text(layout, &best, &block);
    g_array_append_val(layout->taken, stroke);
}

static void
draw_value(Layout *layout, size_t index)
{
    const GhYearValue *value = &layout->line->values[index];
    if (isnan(value->y))
        return;

    g_auto(GhBlock) block =
        gh_block(layout->line->lang, &VALUE, value->value, layout->flow.width, 1);
    double room = gh_block_room(layout->line->lang, &block), height = gh_block_height(&block);
    double start =
        gh_flow_keep_inside(x_of(layout, index), room, layout->plot_start, layout->flow.width);
    double y = y_of(layout, value->y);
    const double tops[] = {y - DOT - LABEL_GAP - height, y + DOT + LABEL_GAP};

    for (size_t i = 0; i < G_N_ELEMENTS(tops); i++) {
        const Box box = {start, tops[i], start + room, tops[i] + height};
        if (is_free(layout, &box)) {
            put_text(layout, &box, &block);
            return;
        }
    }
}

/* The newest, the first, then the others from the newest on. */
static void
draw_values(Layout *layout)
{
    size_t n_values = layout->line->n_values, last = n_values, first = n_values;

    for (size_t i = 0; i < n_values; i++) {
        if (isnan(layout->line->values[i].y))
            continue;
        if (first == n_values)
            first = i;
        last = i;
    }
    if (last == n_values)
        return;
    draw_value(layout, last);
    if (first != last)
        draw_value(layout, first);
    for (size_t i = last; i-- > first + 1;)
        draw_value(layout, i);
}

GhDrawing *
gh_chart_trend_line(const GhTrendLine *line)
{
    g_auto(Layout) layout = {.line = line};

    make_layout(&layout);
    GhDrawing *drawing =
        gh_drawing_new(line->width, layout.height, line->lang, line->title, line->description);
    layout.flow = gh_flow(drawing);
    draw_scale(&layout);
    draw_years(&layout);
    draw_lines(&layout);
    draw_dots(&layout);
    draw_target(&layout);
    draw_values(&layout);
    return drawing;
}
