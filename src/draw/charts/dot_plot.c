/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* dot_plot.c - the values of many on a common axis: a row each, or all on one strip (dot_strip.c). */
#include <math.h>

#include "draw/charts/dot_strip.h"
#include "draw/charts/rows.h"
#include "draw/charts/shown.h"

/* Units; our choice. */
static const double PLOT_HEIGHT = 20;
static const double RADIUS = 7;
static const double RING = 10; /* around the highlighted one */

enum {
    STEPS_WIDE = 6,
    STEPS_NARROW = 4,
    WIDE = 520,
};

GhScale
gh_dot_scale(const GhDotPlot *plot)
{
    GhExtent extent = GH_EXTENT_NONE;

    for (size_t i = 0; i < plot->n_dots; i++)
        gh_extent_add(&extent, plot->dots[i].x);
    gh_extent_add(&extent, plot->target);
    return gh_scale_from_zero(&extent, plot->min, plot->max,
                              plot->width >= WIDE ? STEPS_WIDE : STEPS_NARROW);
}

static void
draw_dot(const GhRowPlace *place, size_t row, const void *chart)
{
    static const GhPaint stem = {.stroke = GH_SOFT_INK, .stroke_width = 1};
    static const GhPaint ring = {.stroke = GH_ACCENT, .stroke_width = 2};
    const GhDot *dot = &((const GhDotPlot *)chart)->dots[row];
    double x = gh_row_x(place, dot->x);

    if (isnan(dot->x))
        return;
    gh_flow_line(place->flow, gh_row_x(place, 0), place->middle, x, place->middle, &stem);
    gh_flow_dot(place->flow, dot->shown, dot->step, x, place->middle, RADIUS);
    if (dot->highlighted)
        gh_drawing_circle(place->flow->drawing, gh_flow_x(place->flow, x), place->middle, RING,
                          &ring);
}

char **
gh_dot_tick_texts(const GhDotPlot *plot, const double *ticks, size_t n_ticks)
{
    char **texts = g_new0(char *, n_ticks + 1);

    for (size_t i = 0; i < n_ticks; i++)
        texts[i] = plot->write_number(plot->lang, ticks[i], plot->write_data);
    return texts;
}

static GhDrawing *
make_rows(const GhDotPlot *plot)
{
    g_autofree GhRow *rows = g_new0(GhRow, MAX(plot->n_dots, 1));
    const GhScale scale = gh_dot_scale(plot);
    g_autofree double *ticks = gh_row_ticks(&scale);
    g_auto(GStrv) texts = gh_dot_tick_texts(plot, ticks, scale.n_ticks);

    for (size_t i = 0; i < plot->n_dots; i++)
        rows[i] = (GhRow){
            .label = plot->dots[i].label,
            .value = plot->dots[i].value,
            .link = plot->dots[i].link,
            .strong = plot->dots[i].highlighted,
            .soft = isnan(plot->dots[i].x),
        };
    return gh_row_chart(&(GhRowChart){
        .lang = plot->lang,
        .title = plot->title,
        .description = plot->description,
        .axis = plot->axis,
        .width = plot->width,
        .scale = scale,
        .ticks = ticks,
        .tick_texts = texts,
        .n_ticks = scale.n_ticks,
        .target = plot->target,
        .target_label = plot->target_label,
        .rows = rows,
        .n_rows = plot->n_dots,
        .plot_height = PLOT_HEIGHT,
        .inset = RING + 1,
        .draw = draw_dot,
        .chart = plot,
    });
}

GhDrawing *
gh_chart_dot_plot(const GhDotPlot *plot)
{
    return plot->n_dots <= GH_DOT_PLOT_ROWS_MAX ? make_rows(plot) : gh_dot_strip(plot);
}
