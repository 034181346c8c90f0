/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* framework_index.c - KPIs for the search: by name, and further by id, code, groups, definition, data
 * points, and by their names in other languages. */
#include "framework/framework_private.h"

#include "store/audit.h"
#include "store/search.h"

static const char KIND[] = "indicator";

/* Raised when other texts go in: every database then makes its entries anew. */
enum {
    INDEX_VERSION = 1
};

static void
append_text(GString *text, const char *part)
{
    g_string_append_c(text, ' ');
    g_string_append(text, part);
}

static void
append_translations(GString *text, GHashTable *translations, const char *id)
{
    const GString *found = g_hash_table_lookup(translations, id);
    if (found != NULL)
        append_text(text, found->str);
}

/* Names first: of a very long text the end is not found. */
static char *
further_text(const GhFramework *framework, const GhKpi *kpi, GHashTable *names, GHashTable *groups)
{
    GString *text = g_string_new(kpi->id);

    append_text(text, kpi->code);
    append_translations(text, names, kpi->id);
    for (size_t i = 0; i < framework->n_levels; i++) {
        const char *group = framework->groups[kpi->groups[i]].name;
        append_text(text, group);
        append_translations(text, groups, group);
    }
    for (size_t i = 0; i < kpi->n_data_points; i++)
        append_text(text, framework->data_points[kpi->first_data_point + i].label);
    append_text(text, kpi->definition);
    return g_string_free(text, FALSE);
}

bool
gh_framework_index(GhDb *db, const GhFramework *framework, GError **error)
{
    g_autoptr(GhSearchBatch) batch = gh_search_batch_new(KIND, framework->id);
    g_autoptr(GHashTable) names = gh_framework_translations(framework, "kpi", "name");
    g_autoptr(GHashTable) groups = gh_framework_translations(framework, "group", "name");

    for (size_t i = 0; i < framework->n_kpis; i++) {
        const GhKpi *kpi = &framework->kpis[i];
        g_autofree char *further = further_text(framework, kpi, names, groups);
        gh_search_batch_add(batch, kpi->id, kpi->name, further);
    }
    return gh_search_drop_scope(db, KIND, framework->id, error)
           && gh_search_batch_write(batch, db, error);
}

/* -- all of them anew -- */

static const char SQL_CURRENT[] = "SELECT id, version FROM framework"
                                  " WHERE is_current = 1"
                                  " ORDER BY id";

/* Ids and versions in turn; of texts, owned. */
static GPtrArray *
list_current(GhDb *db, GError **error)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(g_free);
    bool row = false;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_CURRENT, error);
    if (query == NULL)
        return NULL;
    while (true) {
        if (!gh_query_next(query, &row, error))
            return NULL;
        if (!row)
            return g_steal_pointer(&list);
        g_ptr_array_add(list, g_strdup(gh_query_text(query, 0)));
        g_ptr_array_add(list, g_strdup(gh_query_text(query, 1)));
    }
}

/* A framework that this program cannot read any more cannot be shown either: it gets no entries. */
static bool
index_stored(GhDb *db, const char *id, const char *version, GError **error)
{
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GPtrArray) files = gh_framework_load_files(db, id, version, error);
    if (files == NULL)
        return false;
    g_autoptr(GhFramework) framework = gh_framework_parse(files, faults, NULL);
    return framework == NULL || gh_framework_index(db, framework, error);
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

    g_autoptr(GPtrArray) list = list_current(db, error);
    if (list == NULL)
        return false;
    for (guint i = 0; i < list->len; i += 2)
        if (!index_stored(db, list->pdata[i], list->pdata[i + 1], error))
            return false;
    return gh_search_set_current(db, KIND, INDEX_VERSION, error)
           && gh_audit_append(db, &entry, NULL, error);
}

static bool
read_current(GhDb *db, void *data, GError **error)
{
    return gh_search_is_current(db, KIND, INDEX_VERSION, data, error);
}

bool
gh_framework_refresh_index(GhStore *store, GError **error)
{
    bool current = false;

    if (!gh_store_read(store, read_current, &current, error))
        return false;
    return current || gh_store_write(store, refresh_work, NULL, error);
}
