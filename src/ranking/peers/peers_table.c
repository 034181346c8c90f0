/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* peers_table.c - the values of all cities as columns, kept until the data change. */
#include "ranking/peers/peers_table.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

/* Those that are kept, the one used last first. */
static struct {
    GMutex lock;
    size_t store; /* its serial */
    GhPeerTable *tables[GH_PEER_TABLES_KEPT];
} kept;

void
gh_peer_table_unref(GhPeerTable *table)
{
    if (table == NULL || !g_atomic_int_dec_and_test(&table->n_refs))
        return;
    for (size_t i = 0; i < table->n_cities; i++) {
        g_free(table->cities[i].slug);
        g_free(table->cities[i].name);
        g_free(table->cities[i].country_code);
        g_free(table->cities[i].folded);
    }
    g_free(table->cities);
    g_free(table->values);
    g_free(table->framework_id);
    g_free(table->framework_version);
    g_free(table);
}

static GhPeerTable *
table_ref(GhPeerTable *table)
{
    g_atomic_int_inc(&table->n_refs);
    return table;
}

/* -- making one -- */

typedef struct {
    const GhFramework *framework;
    int year;
    GArray *cities; /* of GhPeer, whose texts go over to the table */
    GArray *rows;   /* of double, n_points a city */
    GhPeerTable *table;
} Making;

static void
peer_clear(void *data)
{
    GhPeer *peer = data;

    g_free(peer->slug);
    g_free(peer->name);
    g_free(peer->country_code);
    g_free(peer->folded);
}

static void
making_clear(Making *making)
{
    g_clear_pointer(&making->cities, g_array_unref);
    g_clear_pointer(&making->rows, g_array_unref);
    g_clear_pointer(&making->table, gh_peer_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Making, making_clear)

static bool
take_city(const GhCity *city, const GhFigureSet *set, void *data, GError **error)
{
    Making *making = data;
    size_t n_values = gh_figure_set_n_values(set, &(size_t){0});

    (void)error; /* nothing here can fail */
    if (n_values == 0)
        return true;
    const GhPeer peer = {.slug = g_strdup(city->slug),
                         .name = g_strdup(city->name),
                         .country_code = g_strdup(city->country_code),
                         .folded = gh_text_fold_name(city->name),
                         .year = set->year,
                         .population = gh_city_base(city, set->year).population,
                         .n_values = n_values};
    g_array_append_val(making->cities, peer);
    for (size_t k = 0; k < set->n_figures; k++)
        g_array_append_val(making->rows, set->figures[k].value);
    return true;
}

/* Rows become columns: each data point is compared by itself. */
static double *
transpose(const GArray *rows, size_t n_cities, size_t n_points)
{
    const double *row = (const double *)(const void *)rows->data;
    double *values = g_new(double, MAX(n_cities * n_points, 1));

    for (size_t i = 0; i < n_cities; i++, row += n_points) {
        for (size_t k = 0; k < n_points; k++)
            values[k * n_cities + i] = row[k];
    }
    return values;
}

static bool
make_table(GhDb *db, void *data, GError **error)
{
    Making *making = data;
    int64_t data_version = 0;

    /* An earlier try may have been rolled back. */
    making_clear(making);
    making->cities = g_array_new(FALSE, FALSE, sizeof(GhPeer));
    g_array_set_clear_func(making->cities, peer_clear);
    making->rows = g_array_new(FALSE, FALSE, sizeof(double));
    if (!gh_db_data_version(db, &data_version, error)
        || !gh_figures_each_city(db, making->framework, making->year, take_city, making, error))
        return false;

    size_t n_cities = making->cities->len, n_points = making->framework->n_data_points;
    GhPeerTable *table = g_new0(GhPeerTable, 1);
    *table = (GhPeerTable){
        .n_refs = 1,
        .data_version = data_version,
        .framework_id = g_strdup(making->framework->id),
        .framework_version = g_strdup(making->framework->version),
        .year = making->year,
        .values = transpose(making->rows, n_cities, n_points),
        .n_cities = n_cities,
        .n_points = n_points,
    };
    g_array_set_clear_func(making->cities, NULL); /* the texts go over */
    table->cities = (GhPeer *)(void *)g_array_free(g_steal_pointer(&making->cities), FALSE);
    making->table = table;
    return true;
}

/* -- keeping them -- */

static bool
serves(const GhPeerTable *table, const GhFramework *framework, int year, int64_t data_version)
{
    return table != NULL && table->year == year && table->data_version >= data_version
           && strcmp(table->framework_id, framework->id) == 0
           && strcmp(table->framework_version, framework->version) == 0;
}

static void
forget_all(void)
{
    for (size_t i = 0; i < GH_PEER_TABLES_KEPT; i++)
        g_clear_pointer(&kept.tables[i], gh_peer_table_unref);
}

/* The table moves to the front; the reference in place last is dropped when it came anew. */
static void
put_first(GhPeerTable *table, size_t place)
{
    /* Pointers move. NOLINTNEXTLINE(bugprone-sizeof-expression) */
    memmove(&kept.tables[1], &kept.tables[0], place * sizeof kept.tables[0]);
    kept.tables[0] = table;
}

GhPeerTable *
gh_peer_table_get(GhStore *store, const GhFramework *framework, int year, GError **error)
{
    int64_t data_version = 0;
    g_auto(Making) making = {.framework = framework, .year = year};
    if (!gh_store_data_version(store, &data_version, error))
        return NULL;

    /* Held while loading, so that many readers after a change wait for one walk. */
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&kept.lock);
    (void)locker; /* unlocks where this scope ends */
    if (kept.store != gh_store_serial(store))
        forget_all();
    kept.store = gh_store_serial(store);
    for (size_t i = 0; i < GH_PEER_TABLES_KEPT; i++) {
        GhPeerTable *table = kept.tables[i];
        if (!serves(table, framework, year, data_version))
            continue;
        put_first(table, i);
        return table_ref(table);
    }

    if (!gh_store_read(store, make_table, &making, error))
        return NULL;
    g_clear_pointer(&kept.tables[GH_PEER_TABLES_KEPT - 1], gh_peer_table_unref);
    put_first(making.table, GH_PEER_TABLES_KEPT - 1);
    return table_ref(g_steal_pointer(&making.table));
}

size_t
gh_peer_table_find(const GhPeerTable *table, const char *slug)
{
    size_t i = 0;

    while (i < table->n_cities && strcmp(table->cities[i].slug, slug) != 0)
        i++;
    return i;
}
