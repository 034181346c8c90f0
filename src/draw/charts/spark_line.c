/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* spark_line.c - a word-sized line. */
#include <math.h>

#include "draw/charts/flow.h"
#include "draw/charts/years.h"

/* Units. */
static const double WIDTH = 80, HEIGHT = 20;
static const double MARGIN = 4; /* room for the last dot */
static const double DOT = 3;
static const double ALONE = 1.2; /* a year without neighbours is no line */

static double
y_of(const GhExtent *extent, double value)
{
    double span = extent->high - extent->low;

    /* Equal values: the middle. */
    return span > 0 ? HEIGHT - MARGIN - (value - extent->low) / span * (HEIGHT - 2 * MARGIN)
                    : HEIGHT / 2;
}

/* The lines from year to year, or those over years without a value. */
static void
draw_line(GhDrawing *drawing, const GhFlow *flow, const GhYears *years, bool over_gaps,
          const GhPaint *paint)
{
    size_t drawn = years->n_values; /* where the path is */

    for (size_t i = 0; i < years->n_values; i++) {
        size_t before = 0;
        if (!gh_years_joins(years, i, &before) || gh_years_follows(years, i) == over_gaps)
            continue;
        const GhYearValue *from = &years->values[before], *to = &years->values[i];
        if (drawn != before)
            gh_drawing_move_to(drawing, gh_flow_x(flow, gh_years_x(years, from->year)),
                               y_of(&years->extent, from->y));
        gh_drawing_line_to(drawing, gh_flow_x(flow, gh_years_x(years, to->year)),
                           y_of(&years->extent, to->y));
        drawn = i;
    }
    gh_drawing_paint(drawing, paint);
}

GhDrawing *
gh_chart_spark_line(const GhSparkLine *line)
{
    static const GhPaint full = {.stroke = GH_SOFT_INK, .stroke_width = 1.4};
    static const GhPaint dashed = {.stroke = GH_SOFT_INK, .stroke_width = 0.8, .dash = 2};
    static const GhPaint ink = {.fill = GH_SOFT_INK};
    GhDrawing *drawing = gh_drawing_new(WIDTH, HEIGHT, line->lang, line->title, line->description);
    const GhFlow flow = gh_flow(drawing);
    const GhYears years = gh_years(line->values, line->n_values, MARGIN, WIDTH - MARGIN);
    const GhYearValue *last = NULL;

    draw_line(drawing, &flow, &years, false, &full);
    draw_line(drawing, &flow, &years, true, &dashed);
    for (size_t i = 0; i < line->n_values; i++) {
        last = isnan(line->values[i].y) ? last : &line->values[i];
        if (gh_years_is_alone(&years, i))
            gh_drawing_circle(drawing, gh_flow_x(&flow, gh_years_x(&years, line->values[i].year)),
                              y_of(&years.extent, line->values[i].y), ALONE, &ink);
    }
    if (last != NULL) {
        const GhPaint dot = {.fill = last->step > 0 ? gh_palette_step(last->step) : GH_SOFT_INK,
                             .stroke = GH_INK};
        gh_drawing_circle(drawing, gh_flow_x(&flow, gh_years_x(&years, last->year)),
                          y_of(&years.extent, last->y), DOT, &dot);
    }
    return drawing;
}
