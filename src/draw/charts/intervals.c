/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* intervals.c - places with how sure they are: a thin line for most of what is possible, a thick one for
 * its middle half, a dot in the middle, and a diamond around the place as published. */
#include <math.h>

#include "draw/charts/key.h"
#include "draw/charts/rows.h"

/* Units; our choice. */
static const double PLOT_HEIGHT = 16;
static const double THIN = 1.5, THICK = 6;
static const double DOT = 3.5;
static const double DIAMOND = 7; /* half its height */
static const double SAMPLE = 30;

enum {
    STEPS_WIDE = 8,
    STEPS_NARROW = 4,
    WIDE = 520,
    MANY_ROWS = 40, /* from here they stand closer */
};

typedef enum {
    KEY_NOMINAL,
    KEY_MEDIAN,
    KEY_HALF,
    KEY_RANGE,
    N_KEYS,
} Key;

typedef struct {
    const GhIntervals *intervals;
    GhKey key;
    bool any_highlighted; /* then the others step back */
} Chart;

/* -- marks -- */

static void
draw_line(const GhFlow *flow, double from, double to, double y, double width, GhColour colour)
{
    gh_flow_line(flow, from, y, to, y, &(GhPaint){.stroke = colour, .stroke_width = width});
}

static void
draw_dot(const GhFlow *flow, double x, double y)
{
    static const GhPaint paint = {.fill = GH_PAPER, .stroke = GH_INK, .stroke_width = 1.5};

    gh_drawing_circle(flow->drawing, gh_flow_x(flow, x), y, DOT, &paint);
}

static void
draw_diamond(const GhFlow *flow, double x, double y)
{
    static const GhPaint paint = {.stroke = GH_INK, .stroke_width = 1.5};
    double at = gh_flow_x(flow, x);

    gh_drawing_move_to(flow->drawing, at, y - DIAMOND);
    gh_drawing_line_to(flow->drawing, at + DIAMOND, y);
    gh_drawing_line_to(flow->drawing, at, y + DIAMOND);
    gh_drawing_line_to(flow->drawing, at - DIAMOND, y);
    gh_drawing_close(flow->drawing);
    gh_drawing_paint(flow->drawing, &paint);
}

/* A place that never changes is still seen: a line has some length. */
static void
draw_range(const GhRowPlace *place, double low, double high, double width, GhColour colour)
{
    static const double LEAST = 3;
    double from = gh_row_x(place, low), to = gh_row_x(place, high);

    if (isnan(low) || isnan(high))
        return;
    if (fabs(to - from) < LEAST) {
        double middle = (from + to) / 2;
        from = middle - LEAST / 2;
        to = middle + LEAST / 2;
    }
    draw_line(place->flow, from, to, place->middle, width, colour);
}

static void
draw_row(const GhRowPlace *place, size_t row, const void *data)
{
    const Chart *chart = data;
    const GhInterval *interval = &chart->intervals->rows[row];
    GhColour colour = chart->any_highlighted && !interval->highlighted ? GH_SOFT_INK : GH_ACCENT;

    draw_range(place, interval->low, interval->high, THIN, colour);
    draw_range(place, interval->lower_quartile, interval->upper_quartile, THICK, colour);
    if (!isnan(interval->nominal))
        draw_diamond(place->flow, gh_row_x(place, interval->nominal), place->middle);
    if (!isnan(interval->median))
        draw_dot(place->flow, gh_row_x(place, interval->median), place->middle);
}

static void
draw_sample(const GhFlow *flow, double x, double y, size_t entry, const void *chart)
{
    double middle = x + SAMPLE / 2;

    (void)chart;
    switch ((Key)entry) {
    case KEY_NOMINAL:
        draw_diamond(flow, middle, y);
        break;
    case KEY_MEDIAN:
        draw_dot(flow, middle, y);
        break;
    case KEY_HALF:
        draw_line(flow, x, x + SAMPLE, y, THICK, GH_ACCENT);
        break;
    case KEY_RANGE:
        draw_line(flow, x, x + SAMPLE, y, THIN, GH_ACCENT);
        break;
    case N_KEYS:
        g_assert_not_reached();
    }
}

static void
draw_head(const GhFlow *flow, const void *data)
{
    const Chart *chart = data;

    gh_key_draw(&chart->key, flow, 0, draw_sample, chart->intervals);
}

/* -- the axis: it may fall, from a best of 100 to a worst of 0 -- */

static GhScale
find_scale(const GhIntervals *intervals)
{
    GhScale scale = {.low = intervals->best, .high = intervals->worst, .step = 1};

    if (scale.low == scale.high)
        scale.high += 1;
    return scale;
}

/* Both ends, and round numbers between them. Owned by the caller. */
static double *
find_ticks(const GhIntervals *intervals, const GhScale *axis, size_t *ret_n)
{
    double low = fmin(axis->low, axis->high), high = fmax(axis->low, axis->high);
    const GhExtent extent = {low, high};
    const GhScale round =
        gh_scale(&extent, low, high, intervals->width >= WIDE ? STEPS_WIDE : STEPS_NARROW);
    double *ticks = g_new(double, round.n_ticks + 2);
    size_t n = 0;

    ticks[n++] = intervals->best;
    if (intervals->worst != intervals->best)
        ticks[n++] = intervals->worst;
    for (size_t i = 0; i < round.n_ticks; i++) {
        double tick = gh_scale_tick(&round, i);
        if (tick > low && tick < high && intervals->worst != intervals->best)
            ticks[n++] = tick;
    }
    *ret_n = n;
    return ticks;
}

/* -- the chart -- */

static GhRow *
make_rows(const GhIntervals *intervals, bool *ret_any_highlighted)
{
    GhRow *rows = g_new0(GhRow, MAX(intervals->n_rows, 1));

    for (size_t i = 0; i < intervals->n_rows; i++) {
        const GhInterval *interval = &intervals->rows[i];
        rows[i] = (GhRow){
            .label = interval->label,
            .value = interval->value,
            .name = interval->name,
            .link = interval->link,
            .strong = interval->highlighted,
            .soft = isnan(interval->median) && isnan(interval->nominal),
        };
        *ret_any_highlighted = *ret_any_highlighted || interval->highlighted;
    }
    return rows;
}

GhDrawing *
gh_chart_intervals(const GhIntervals *intervals)
{
    const char *const labels[N_KEYS] = {
        [KEY_NOMINAL] = intervals->key_nominal,
        [KEY_MEDIAN] = intervals->key_median,
        [KEY_HALF] = intervals->key_half,
        [KEY_RANGE] = intervals->key_range,
    };
    const GhScale scale = find_scale(intervals);
    size_t n_ticks = 0;
    g_autofree double *ticks = find_ticks(intervals, &scale, &n_ticks);
    g_auto(GStrv) texts = gh_row_tick_texts(intervals->lang, ticks, n_ticks);
    g_auto(GhKey) key = gh_key(intervals->lang, intervals->width, SAMPLE, labels, N_KEYS);
    Chart chart = {.intervals = intervals, .key = key};
    g_autofree GhRow *rows = make_rows(intervals, &chart.any_highlighted);

    return gh_row_chart(&(GhRowChart){
        .lang = intervals->lang,
        .title = intervals->title,
        .description = intervals->description,
        .axis = intervals->axis,
        .width = intervals->width,
        .scale = scale,
        .ticks = ticks,
        .tick_texts = texts,
        .n_ticks = n_ticks,
        .target = NAN,
        .rows = rows,
        .n_rows = intervals->n_rows,
        .plot_height = PLOT_HEIGHT,
        .inset = DIAMOND + 1,
        .dense = intervals->n_rows >= MANY_ROWS,
        .head = key.height,
        .draw_head = draw_head,
        .draw = draw_row,
        .chart = &chart,
    });
}
