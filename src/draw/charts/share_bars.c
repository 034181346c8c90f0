/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* share_bars.c - how much of its target each value reaches. */
#include <math.h>
#include <string.h>

#include "draw/charts/rows.h"
#include "draw/charts/shown.h"

static const double BAR_HEIGHT = 12; /* units; our choice */

static void
draw_bar(const GhRowPlace *place, size_t row, const void *chart)
{
    const GhShareBar *bar = &((const GhShareBars *)chart)->bars[row];

    if (isnan(bar->share)) {
        GhShown slot = bar->shown == GH_SHOWN_BAND ? GH_SHOWN_NO_DATA : bar->shown;
        gh_row_slot(place, slot, place->top, BAR_HEIGHT);
        return;
    }
    const GhPaint paint = gh_shown_paint(bar->shown, bar->step, 1);
    gh_flow_rect(place->flow, place->start, place->top, gh_row_x(place, bar->share) - place->start,
                 BAR_HEIGHT, &paint);
}

static bool
begins_group(const GhShareBars *bars, size_t i)
{
    const char *group = bars->bars[i].group;

    return group != NULL && (i == 0 || g_strcmp0(bars->bars[i - 1].group, group) != 0);
}

GhDrawing *
gh_chart_share_bars(const GhShareBars *bars)
{
    g_autofree GhRow *rows = g_new0(GhRow, MAX(bars->n_bars, 1));
    g_auto(GStrv) texts = NULL;
    size_t n_ticks = 0;
    g_autofree double *ticks =
        gh_row_percent_ticks(bars->lang, bars->bounds, bars->n_bounds, &texts, &n_ticks);

    for (size_t i = 0; i < bars->n_bars; i++) {
        const GhShareBar *bar = &bars->bars[i];
        rows[i] = (GhRow){
            .heading = begins_group(bars, i) ? bar->group : NULL,
            .label = bar->label,
            .value = bar->value,
            .name = bar->name,
            .link = bar->link,
            .has_mark = !isnan(bar->share) && bar->shown == GH_SHOWN_BAND,
            .shown = bar->shown,
            .step = bar->step,
            .soft = isnan(bar->share),
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
        .plot_height = BAR_HEIGHT,
        .inset = 1, /* half a line, at the edges of a narrow chart */
        .draw = draw_bar,
        .chart = bars,
    });
}
