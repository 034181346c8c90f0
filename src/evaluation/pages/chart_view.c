/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* chart_view.c - drawings as values for templates. */
#include "evaluation/pages/chart_view.h"

bool
gh_chart_view_one(GhView *view, const char *key, const char *id_prefix, GhDrawing *drawing)
{
    g_autoptr(GhDrawing) taken = drawing;
    g_autoptr(GString) svg = g_string_new(NULL);

    if (taken == NULL) {
        gh_view_flag(view, key, false);
        return false;
    }
    gh_drawing_svg(taken, GH_SVG_INLINE, id_prefix, svg);
    gh_view_take_safe_html(view, key, g_string_free(g_steal_pointer(&svg), FALSE));
    return true;
}

bool
gh_chart_view(GhView *view, const char *key, const char *id_prefix, GhDrawing *wide,
              GhDrawing *narrow)
{
    g_autofree char *wide_prefix = g_strconcat(id_prefix, "-wide", NULL);
    g_autofree char *narrow_prefix = g_strconcat(id_prefix, "-narrow", NULL);

    if (wide == NULL) {
        gh_drawing_free(narrow);
        gh_view_flag(view, key, false);
        return false;
    }
    GhView *chart = gh_view_object(view, key);
    gh_chart_view_one(chart, "wide", wide_prefix, wide);
    gh_chart_view_one(chart, "narrow", narrow_prefix, narrow);
    return true;
}
