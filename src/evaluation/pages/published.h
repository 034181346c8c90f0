/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* published.h - which reports brought figures last.
 *
 * Ownership Rows own their texts; NULL when absent.
 * Cost      One pass over all figures: about half a second a million.
 */
#pragma once

#include "evaluation/city.h"
#include "framework/framework.h"

typedef struct {
    char *slug, *name;
    char *report;    /* "Verification Report"; NULL: not said */
    int year, month; /* month 0: not said */
    int64_t n_figures;
} GhPublished;

/* The n_max latest by year and month, of GhPublished (frees its elements). */
GPtrArray *gh_published_latest(GhDb *db, const GhFramework *framework, unsigned n_max,
                               GError **error);
