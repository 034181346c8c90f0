/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* city_private.h - what the files of cities and figures share; for src/evaluation only. */
#pragma once

#include "evaluation/city.h"
#include "store/search.h"

/* -- writing, for gh_city_add and for the import; inside a write transaction that appends its own
 *    audit entry -- */

/* A slug that no other city has: the one asked for, else one made from the name, with the country behind
 * it where that is taken. Nothing is written. GH_EVALUATION_ERROR_INVALID where no slug can be made,
 * _EXISTS where none is free. */
bool gh_city_choose_slug(GhDb *db, const char *asked_or_null, const char *name,
                         const char *country_code, char **ret_slug, GError **error);

/* A new city with its undated base figures (years[0] if there is one). city->id is set already. */
bool gh_city_insert(GhDb *db, const GhCity *city, GError **error);

/* Everything but id and slug. */
bool gh_city_update(GhDb *db, const GhCity *city, GError **error);

/* Cities for the search; whoever writes cities writes the batch in the same transaction. */
GhSearchBatch *gh_city_index_new(void);
void gh_city_index_add(GhSearchBatch *batch, const GhCity *city); /* with its slug */

/* -- reading -- */

/* The city with exactly that slug; *ret_city stays NULL when there is none. */
bool gh_city_find_slug(GhDb *db, const char *slug, GhCity **ret_city, GError **error);

/* All cities in the order of their slugs, of GhCity (frees its elements). */
GPtrArray *gh_city_list_by_slug(GhDb *db, GError **error);

/* The text by which names are put in order: Latin letters without their marks first, so that Århus
 * stands among the names with A in every language; then the folded name. The caller owns it. */
char *gh_city_sort_key(const char *name);

/* A column of the current row: NAN and NULL where the database has NULL. */
double gh_row_number(const GhQuery *query, int column);
char *gh_row_text_dup(const GhQuery *query, int column);

/* Binds NULL for NAN. */
void gh_row_bind_number(GhQuery *query, int position, double value);
