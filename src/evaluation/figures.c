/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* figures.c - states of figures in words, and what owns what. */

#include "evaluation/figures.h"

#include <math.h>

static const char *const STATUS_TEXTS[] = {
    [GH_STATUS_MISSING] = "missing",           [GH_STATUS_REPORTED] = "reported",
    [GH_STATUS_NOT_REPORTED] = "not_reported", [GH_STATUS_NOT_APPLICABLE] = "not_applicable",
    [GH_STATUS_NOT_VERIFIED] = "not_verified", [GH_STATUS_NOT_AVAILABLE] = "not_available",
};

const char *
gh_status_text(GhStatus status)
{
    g_assert((size_t)status < G_N_ELEMENTS(STATUS_TEXTS));
    return STATUS_TEXTS[status];
}

const char *
gh_figure_state_text(const GhFigure *figure)
{
    if (figure->status == GH_STATUS_REPORTED)
        return figure->verified ? "verified" : STATUS_TEXTS[GH_STATUS_NOT_VERIFIED];
    return gh_status_text(figure->status);
}

size_t
gh_figure_set_n_values(const GhFigureSet *set, size_t *ret_verified)
{
    size_t n_values = 0, n_verified = 0;

    for (size_t i = 0; i < set->n_figures; i++) {
        if (isnan(set->figures[i].value))
            continue;
        n_values++;
        n_verified += set->figures[i].verified ? 1 : 0;
    }
    *ret_verified = n_verified;
    return n_values;
}

bool
gh_status_from_text(const char *text, GhStatus *ret_status)
{
    for (size_t i = 0; i < G_N_ELEMENTS(STATUS_TEXTS); i++) {
        if (g_str_equal(text, STATUS_TEXTS[i])) {
            *ret_status = (GhStatus)i;
            return true;
        }
    }
    return false;
}

static void
figure_clear(GhFigure *figure)
{
    g_free(figure->report);
    g_free(figure->unit);
    g_free(figure->source);
    g_free(figure->note);
    g_free(figure->framework_version);
}

void
gh_figure_set_free(GhFigureSet *set)
{
    if (set == NULL)
        return;
    for (size_t i = 0; i < set->n_figures; i++)
        figure_clear(&set->figures[i]);
    g_free(set->figures);
    g_free(set);
}

void
gh_city_figure_free(GhCityFigure *figure)
{
    if (figure == NULL)
        return;
    g_free(figure->slug);
    g_free(figure->name);
    g_free(figure->country_code);
    figure_clear(&figure->figure);
    g_free(figure);
}
