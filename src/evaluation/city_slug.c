/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* city_slug.c - a slug for a new city: the one asked for, else one made from name and country. */
#include "base/text.h"
#include "evaluation/city_private.h"

static const char SQL_SLUG_IS_TAKEN[] = "SELECT 1 FROM city WHERE slug = $1";

static bool
slug_is_taken(GhDb *db, const char *slug, bool *ret_taken, GError **error)
{
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_SLUG_IS_TAKEN, error);
    if (query == NULL)
        return false;
    gh_query_bind_text(query, 1, slug);
    return gh_query_next(query, ret_taken, error);
}

/* Slugs to try one after the other; NULL-ended. One that was asked for is the only one. */
static GStrv
slug_candidates(const char *asked, const char *name, const char *country_code)
{
    g_autoptr(GStrvBuilder) slugs = g_strv_builder_new();
    if (asked != NULL) {
        g_strv_builder_add(slugs, asked);
        return g_strv_builder_end(slugs);
    }

    g_autofree char *made = gh_text_slug(name);
    if (made != NULL)
        g_strv_builder_add(slugs, made);
    if (made != NULL && country_code[0] != '\0') {
        g_autofree char *longer = g_strconcat(made, "-", country_code, NULL);
        g_autofree char *with_country = gh_text_slug(longer);
        g_strv_builder_add(slugs, with_country);
    }
    return g_strv_builder_end(slugs);
}

bool
gh_city_choose_slug(GhDb *db, const char *asked_or_null, const char *name, const char *country_code,
                    char **ret_slug, GError **error)
{
    g_auto(GStrv) candidates = slug_candidates(asked_or_null, name, country_code);

    if (candidates[0] == NULL) {
        g_set_error(error, GH_EVALUATION_ERROR, GH_EVALUATION_ERROR_INVALID,
                    "\"%s\" has no Latin letters to make a slug from; give one in a-z, 0-9 and "
                    "hyphens, as the name is written in Latin letters (--slug)",
                    name);
        return false;
    }
    for (size_t i = 0; candidates[i] != NULL; i++) {
        bool taken = false;
        if (!slug_is_taken(db, candidates[i], &taken, error))
            return false;
        if (!taken) {
            *ret_slug = g_strdup(candidates[i]);
            return true;
        }
    }
    g_set_error(error, GH_EVALUATION_ERROR, GH_EVALUATION_ERROR_EXISTS,
                "the slug %s belongs to another city; give one that is free (--slug)",
                candidates[0]);
    return false;
}
