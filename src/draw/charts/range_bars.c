/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* range_bars.c - scores from 0 to 100, each with the range that missing figures leave open. */
#include <math.h>

#include "draw/charts/rows.h"
#include "draw/charts/shown.h"

/* Units; our choice. */
static const double PLOT_HEIGHT = 24;
static const double BAR_HEIGHT = 14;
static const double RANGE_BELOW =
    20; /* of the plot's top: below the bar, readable beside any colour */
static const double RANGE_END = 3.5; /* half the height of its end ticks */

static void
draw_range(const GhRowPlace *place, const GhRangeBar *bar)
{
    static const GhPaint paint = {.stroke = GH_INK, .stroke_width = 1.2};
    double y = place->top + RANGE_BELOW;
    double low = gh_row_x(place, bar->low), high = gh_row_x(place, bar->high);

    gh_flow_line(place->flow, low, y, high, y, &paint);
    gh_flow_line(place->flow, low, y - RANGE_END, low, y + RANGE_END, &paint);
    gh_flow_line(place->flow, high, y - RANGE_END, high, y + RANGE_END, &paint);
}

static void
draw_bar(const GhRowPlace *place, size_t row, const void *chart)
{
    const GhRangeBar *bar = &((const GhRangeBars *)chart)->bars[row];

    if (isnan(bar->score)) {
        GhShown slot = bar->shown == GH_SHOWN_BAND ? GH_SHOWN_NO_DATA : bar->shown;
        gh_row_slot(place, slot, place->top, BAR_HEIGHT);
    } else {
        const GhPaint paint = gh_shown_paint(bar->shown, bar->step, 1);
        gh_flow_rect(place->flow, place->start, place->top,
                     gh_row_x(place, bar->score) - place->start, BAR_HEIGHT, &paint);
    }
    if (!isnan(bar->low) && !isnan(bar->high))
        draw_range(place, bar);
}

GhDrawing *
gh_chart_range_bars(const GhRangeBars *bars)
{
    g_autofree GhRow *rows = g_new0(GhRow, MAX(bars->n_bars, 1));
    g_auto(GStrv) texts = NULL;
    size_t n_ticks = 0;
    g_autofree double *ticks =
        gh_row_percent_ticks(bars->lang, bars->bounds, bars->n_bounds, &texts, &n_ticks);

    for (size_t i = 0; i < bars->n_bars; i++) {
        const GhRangeBar *bar = &bars->bars[i];
        rows[i] = (GhRow){
            .label = bar->label,
            .below = bar->below,
            .value = bar->value,
            .name = bar->name,
            .link = bar->link,
            .has_mark = !isnan(bar->score),
            .shown = bar->shown,
            .step = bar->step,
            .soft = isnan(bar->score),
        };
    }
    return gh_row_chart(&(GhRowChart){
        .lang = bars->lang,
        .title = bars->title,
        .description = bars->description,
        .axis = bars->axis,
        .width = bars->width,
        .scale = GH_ROW_PERCENT,
        .ticks = ticks,
        .tick_texts = texts,
        .n_ticks = n_ticks,
        .target = NAN,
        .rows = rows,
        .n_rows = bars->n_bars,
        .plot_height = PLOT_HEIGHT,
        .inset = 1, /* half a line, at the edges of a narrow chart */
        .draw = draw_bar,
        .chart = bars,
    });
}
