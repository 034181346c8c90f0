/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* chart_view.h - drawings as values for templates.
 *
 * Two widths A chart of rows is drawn twice, so that its text is as large on a phone as on a desk; style
 *           shows one of them (chart-wide, chart-narrow) and takes the other from the page whole.
 * Ownership Drawings are taken.
 */
#pragma once

#include "evaluation/charts/city_charts.h"
#include "http/view.h"

enum {
    GH_CHART_WIDE = 720,
    GH_CHART_NARROW = 340,
};

/* Object key with wide and narrow, for the template chart; id_prefix sets it apart from others on the
 * page. False, and nothing there, when wide is NULL. */
bool gh_chart_view(GhView *view, const char *key, const char *id_prefix, GhDrawing *wide,
                   GhDrawing *narrow);

/* Value key: one drawing, whose ids begin with id_prefix; nothing for NULL. */
bool gh_chart_view_one(GhView *view, const char *key, const char *id_prefix, GhDrawing *drawing);
