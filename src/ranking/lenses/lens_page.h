/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* lens_page.h - a city through a lens, loaded once for the page and its files; seen only by lens_*.c. */
#pragma once

#include "evaluation/evaluation.h"
#include "http/http.h"

typedef struct {
    GhCityPage page;
    const GhLens *lens;   /* of page.framework */
    GhGroupScore *scores; /* lens->n_groups; owned */
} GhLensPage;
void gh_lens_page_clear(GhLensPage *page);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(GhLensPage, gh_lens_page_clear)

/* Loads what places and parameters slug, lens, year and targets name; where one names nothing answers and
 * sets *ret_answered. */
bool gh_lens_page_load(GhRequest *request, GhReply *reply, GhLensPage *page, bool *ret_answered,
                       GError **error);

/* With the lens; borrowed from page. */
GhEvaluation gh_lens_page_evaluation(const GhLensPage *page);

void gh_lens_pages_register(GhServer *server);
void gh_lens_files_register(GhServer *server);
