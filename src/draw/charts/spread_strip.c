/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* spread_strip.c - where one value stands among many, in the size of a word. */
#include <math.h>

#include "draw/charts/charts.h"
#include "draw/charts/flow.h"

/* Units. */
static const double WIDTH = 120, HEIGHT = 20;
static const double MARGIN = 6; /* room for the dot */
static const double MIDDLE_HEIGHT = 8, TICK_HEIGHT = 14;
static const double DOT = 4;

typedef struct {
    double low, high;
} Axis;

/* Equal values lie in the middle. */
static double
x_of(const Axis *axis, double value)
{
    double span = axis->high - axis->low;

    return span > 0 ? MARGIN + (value - axis->low) / span * (WIDTH - 2 * MARGIN) : WIDTH / 2;
}

GhDrawing *
gh_chart_spread_strip(const GhSpreadStrip *strip)
{
    static const GhPaint thin = {.stroke = GH_SOFT_INK, .stroke_width = 1};
    static const GhPaint middle = {.fill = GH_RULE, .stroke = GH_SOFT_INK, .stroke_width = 0.8};
    static const GhPaint tick = {.stroke = GH_INK, .stroke_width = 2};
    GhDrawing *drawing =
        gh_drawing_new(WIDTH, HEIGHT, strip->lang, strip->title, strip->description);
    const GhFlow flow = gh_flow(drawing);
    /* fmin and fmax pass over NAN. */
    const Axis axis = {fmin(strip->min, strip->value), fmax(strip->max, strip->value)};
    double y = HEIGHT / 2;

    if (!isnan(strip->median)) {
        double lower = gh_flow_x(&flow, x_of(&axis, strip->lower));
        double upper = gh_flow_x(&flow, x_of(&axis, strip->upper));
        double median = gh_flow_x(&flow, x_of(&axis, strip->median));
        gh_drawing_line(drawing, gh_flow_x(&flow, x_of(&axis, strip->min)), y,
                        gh_flow_x(&flow, x_of(&axis, strip->max)), y, &thin);
        gh_drawing_rect(drawing, fmin(lower, upper), y - MIDDLE_HEIGHT / 2, fabs(upper - lower),
                        MIDDLE_HEIGHT, &middle);
        gh_drawing_line(drawing, median, y - TICK_HEIGHT / 2, median, y + TICK_HEIGHT / 2, &tick);
    }
    if (!isnan(strip->value)) {
        const GhPaint dot = {.fill = strip->step > 0 ? gh_palette_step(strip->step) : GH_ACCENT,
                             .stroke = GH_PAPER,
                             .stroke_width = 1.5};
        gh_drawing_circle(drawing, gh_flow_x(&flow, x_of(&axis, strip->value)), y, DOT, &dot);
    }
    return drawing;
}
