/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* city_index.c - cities for the search: by name, and further by slug and country. */
#include "evaluation/city_private.h"

#include "evaluation/words/country.h"
#include "store/audit.h"

static const char KIND[] = "city";

/* Raised when other texts go in: every database then makes its entries anew. */
enum {
    INDEX_VERSION = 1
};

GhSearchBatch *
gh_city_index_new(void)
{
    return gh_search_batch_new(KIND, "");
}

/* The slug says in Latin letters what a name in another script may not. */
void
gh_city_index_add(GhSearchBatch *batch, const GhCity *city)
{
    const char *country = gh_country_name(gh_lang_source(), city->country_code);
    g_autofree char *further = g_strjoin(" ", city->slug, country, city->country_code, NULL);

    gh_search_batch_add(batch, city->slug, city->name, further);
}

/* -- all of them anew -- */

static bool
index_all(GhDb *db, GError **error)
{
    g_autoptr(GhSearchBatch) batch = gh_city_index_new();
    g_autoptr(GPtrArray) cities = gh_city_list_by_slug(db, error);
    if (cities == NULL)
        return false;
    for (guint i = 0; i < cities->len; i++)
        gh_city_index_add(batch, g_ptr_array_index(cities, i));
    return gh_search_drop_scope(db, KIND, "", error) && gh_search_batch_write(batch, db, error);
}

static bool
refresh_work(GhDb *db, void *data, GError **error)
{
    const GhAuditEntry entry = {.actor = "operator", .action = "search rebuild", .subject = KIND};
    bool current = false;

    (void)data;
    if (!gh_search_is_current(db, KIND, INDEX_VERSION, &current, error))
        return false;
    if (current) /* another program was faster */
        return true;
    return index_all(db, error) && gh_search_set_current(db, KIND, INDEX_VERSION, error)
           && gh_audit_append(db, &entry, NULL, error);
}

static bool
read_current(GhDb *db, void *data, GError **error)
{
    return gh_search_is_current(db, KIND, INDEX_VERSION, data, error);
}

bool
gh_city_refresh_index(GhStore *store, GError **error)
{
    bool current = false;

    if (!gh_store_read(store, read_current, &current, error))
        return false;
    return current || gh_store_write(store, refresh_work, NULL, error);
}
