/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* figures_breaks.c - the years of a panel in which a city's figures changed their definition. */
#include "ranking/figures/figures_private.h"
#include "ranking/trends/trends.h"

enum {
    CHUNK_BYTES = 4096
};

/* Two values of a data point, one after the other, that were entered under two versions. */
typedef struct {
    int64_t city_id;
    int year;                        /* of the second */
    const char *id, *before, *after; /* borrowed from Reading.texts */
} Change;

typedef struct {
    const GhRankingSource *source;
    GStringChunk *texts; /* ids and versions, each once */
    GArray *changes;     /* of Change */
} Reading;

/* NB: CROSS JOIN keeps the figures outside on SQLite, so that they come in the order of their key. */
static const char SQL_VERSIONS[] = "SELECT f.city_id, d.id, f.year, f.framework_version"
                                   " FROM figure f CROSS JOIN data_point d"
                                   " WHERE d.data_point_key = f.data_point_key"
                                   " AND d.framework_id = $1 AND f.status = 1"
                                   " AND f.value IS NOT NULL AND f.verification >= $2"
                                   " ORDER BY f.city_id, f.data_point_key, f.year";

static bool
read_changes(GhDb *db, void *data, GError **error)
{
    Reading *reading = data;
    Change last = {0};
    bool row = false;

    g_array_set_size(reading->changes, 0); /* an earlier try may have been rolled back */
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_VERSIONS, error);
    if (query == NULL)
        return false;
    gh_query_bind_text(query, 1, reading->source->framework);
    gh_query_bind_int64(query, 2, reading->source->verified_only ? 1 : 0);
    if (!gh_query_next(query, &row, error))
        return false;
    while (row) {
        const Change next = {
            .city_id = gh_query_int64(query, 0),
            .id = g_string_chunk_insert_const(reading->texts, gh_query_text(query, 1)),
            .year = (int)gh_query_int64(query, 2),
            .before = last.after,
            .after = g_string_chunk_insert_const(reading->texts, gh_query_text(query, 3))};
        /* Each text is there once, so that equal ones are the same. */
        if (next.city_id == last.city_id && next.id == last.id && next.before != next.after)
            g_array_append_val(reading->changes, next);
        last = next;
        if (!gh_query_next(query, &row, error))
            return false;
    }
    return true;
}

static char *
row_key(int64_t city_id, int year)
{
    return g_strdup_printf("%" G_GINT64_FORMAT " %d", city_id, year);
}

static void
mark(const GhDefinitions *definitions, const GArray *changes, GhRankingFigures *figures)
{
    const GhIndexData *data = figures->data;
    g_autoptr(GHashTable) rows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (size_t i = 0; i < data->n_units; i++)
        g_hash_table_insert(rows, row_key(figures->city_ids[i], figures->years[i]),
                            &figures->breaks[i]);
    for (guint i = 0; i < changes->len; i++) {
        const Change *change = &g_array_index(changes, Change, i);
        g_autofree char *key = row_key(change->city_id, change->year);
        bool *broken = g_hash_table_lookup(rows, key);
        gssize node = gh_index_data_find_node(data, change->id);
        if (broken != NULL && node >= 0 && (size_t)node < data->n_indicators
            && gh_definitions_break(definitions, change->before, change->after, change->id))
            *broken = true;
    }
}

bool
gh_ranking_figures_find_breaks(GhStore *store, const GhRankingSource *source,
                               GhRankingFigures *figures, GError **error)
{
    g_autoptr(GArray) changes = g_array_new(FALSE, FALSE, sizeof(Change));
    g_autoptr(GStringChunk) texts = g_string_chunk_new(CHUNK_BYTES);
    g_auto(GhDefinitions) definitions = {0};
    Reading reading = {.source = source, .texts = texts, .changes = changes};

    if (!source->is_panel)
        return true;
    if (!gh_store_read(store, read_changes, &reading, error))
        return false;
    gh_definitions_init(&definitions);
    for (guint i = 0; i < changes->len; i++) {
        const Change *change = &g_array_index(changes, Change, i);
        if (!gh_definitions_add(store, source->framework, change->before, &definitions, error)
            || !gh_definitions_add(store, source->framework, change->after, &definitions, error))
            return false;
    }
    figures->breaks = g_new0(bool, figures->data->n_units);
    mark(&definitions, changes, figures);
    return true;
}
