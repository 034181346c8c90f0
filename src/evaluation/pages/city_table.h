/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* city_table.h - cities with coverage and the marks of their dimensions: template city_table. */
#pragma once

#include "evaluation/pages/overview.h"
#include "http/view.h"

/* Fills lists "dimensions", "cities" and "legend" of the template. */
void gh_city_table(const GhOverview *overview, const GhLang *lang, GhOverviewCity *const *cities,
                   size_t n_cities, GhView *view);
