/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* overview.c - all cities at a glance, kept until the data change. */
#include "evaluation/pages/overview.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "evaluation/words/country.h"

/* The one that is kept, for the store and the framework it was made from. */
static struct {
    GMutex lock;
    size_t store; /* its serial */
    GhOverview *overview;
} kept;

static void
overview_city_free(void *data)
{
    GhOverviewCity *entry = data;

    gh_city_free(entry->city);
    g_free(entry->search);
    g_free(entry->tops);
    g_free(entry);
}

void
gh_overview_unref(GhOverview *overview)
{
    if (overview == NULL || !g_atomic_int_dec_and_test(&overview->n_refs))
        return;
    g_clear_pointer(&overview->cities, g_ptr_array_unref);
    g_clear_pointer(&overview->framework, gh_framework_unref);
    g_free(overview->n_cities_of_kpi);
    g_free(overview->n_cities_of_data_point);
    g_free(overview);
}

static GhOverview *
overview_ref(GhOverview *overview)
{
    g_atomic_int_inc(&overview->n_refs);
    return overview;
}

static char *
search_words(const GhCity *city)
{
    g_autofree char *name = gh_text_fold_search(city->name);
    const char *code = city->country_code != NULL ? city->country_code : "";
    g_autofree char *country = gh_text_fold_search(gh_country_name(gh_lang_source(), code));

    return g_strjoin("\n", name, country, NULL);
}

typedef struct {
    GhStore *store;
    GhFramework *framework; /* borrowed */
    GhOverview *overview;   /* made anew by each try */
    GHashTable *by_id;      /* city id -> GhOverviewCity, borrowed from overview */
    GhScores *scores;
} Making;

static void
count_reported(GhOverview *overview, const GhFigureSet *set)
{
    const GhFramework *framework = overview->framework;

    for (size_t i = 0; i < framework->n_kpis; i++) {
        const GhKpi *kpi = &framework->kpis[i];
        bool has_value = false;
        for (size_t j = 0; j < kpi->n_data_points; j++) {
            size_t point = kpi->first_data_point + j;
            if (isnan(set->figures[point].value))
                continue;
            has_value = true;
            overview->n_cities_of_data_point[point]++;
        }
        overview->n_cities_of_kpi[i] += has_value ? 1 : 0;
    }
}

static bool
take_city(const GhCity *city, const GhFigureSet *set, void *data, GError **error)
{
    Making *making = data;
    GhOverview *overview = making->overview;
    GhOverviewCity *entry = g_hash_table_lookup(making->by_id, &city->id);

    (void)error; /* nothing here can fail */
    if (entry == NULL || set->year == 0)
        return true;
    gh_scores_compute(overview->framework, &overview->framework->target_sets[0], set,
                      &(GhScoreOptions){0}, making->scores);
    entry->year = set->year;
    entry->tops = g_new0(GhGroupScore, overview->n_tops);
    for (size_t i = 0; i < overview->n_tops; i++) {
        entry->tops[i] = making->scores->groups[i];
        entry->reported += entry->tops[i].reported;
        entry->total += entry->tops[i].total;
    }
    overview->n_with_figures++;
    count_reported(overview, set);
    return true;
}

static size_t
count_tops(const GhFramework *framework)
{
    size_t n = 0;

    while (n < framework->n_groups && framework->groups[n].level == 0)
        n++;
    return n;
}

static GhOverview *
overview_new(GhFramework *framework, int64_t data_version)
{
    GhOverview *overview = g_new0(GhOverview, 1);

    overview->n_refs = 1;
    overview->data_version = data_version;
    overview->framework = gh_framework_ref(framework);
    overview->cities = g_ptr_array_new_with_free_func(overview_city_free);
    overview->n_tops = count_tops(framework);
    overview->n_cities_of_kpi = g_new0(size_t, framework->n_kpis);
    overview->n_cities_of_data_point = g_new0(size_t, framework->n_data_points);
    return overview;
}

static void
take_cities(Making *making, GPtrArray *cities)
{
    g_ptr_array_set_free_func(cities, NULL); /* each moves into its entry */
    for (guint i = 0; i < cities->len; i++) {
        GhOverviewCity *entry = g_new0(GhOverviewCity, 1);
        entry->city = g_ptr_array_index(cities, i);
        entry->search = search_words(entry->city);
        g_ptr_array_add(making->overview->cities, entry);
        g_hash_table_insert(making->by_id, &entry->city->id, entry);
    }
}

static const char SQL_COUNT[] = "SELECT COUNT(*)"
                                "  FROM figure f"
                                "  JOIN data_point p ON p.data_point_key = f.data_point_key"
                                " WHERE p.framework_id = $1";

static bool
count_figures(GhDb *db, GhOverview *overview, GError **error)
{
    bool has_row = false;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_COUNT, error);
    if (query == NULL)
        return false;
    gh_query_bind_text(query, 1, overview->framework->id);
    if (!gh_query_next(query, &has_row, error))
        return false;
    overview->n_figures = has_row ? gh_query_int64(query, 0) : 0;
    return true;
}

static bool
make_overview(GhDb *db, void *data, GError **error)
{
    Making *making = data;
    int64_t data_version = 0;

    /* An earlier try may have been rolled back. */
    g_clear_pointer(&making->overview, gh_overview_unref);
    g_hash_table_remove_all(making->by_id);
    if (!gh_db_data_version(db, &data_version, error))
        return false;

    making->overview = overview_new(making->framework, data_version);
    g_autoptr(GPtrArray) cities = gh_city_list(db, error);
    if (cities == NULL)
        return false;

    take_cities(making, cities);
    if (!count_figures(db, making->overview, error))
        return false;
    return gh_figures_each_city(db, making->framework, 0, take_city, making, error);
}

static GhOverview *
load_overview(GhStore *store, GhFramework *framework, GError **error)
{
    g_autoptr(GhScores) scores = gh_scores_new(framework);
    g_autoptr(GHashTable) by_id = g_hash_table_new(g_int64_hash, g_int64_equal);
    Making making = {.framework = framework, .by_id = by_id, .scores = scores};

    if (!gh_store_read(store, make_overview, &making, error)) {
        gh_overview_unref(making.overview);
        return NULL;
    }
    return making.overview;
}

GhOverview *
gh_overview_get(GhStore *store, GhFramework *framework, GError **error)
{
    int64_t data_version = 0;
    if (!gh_store_data_version(store, &data_version, error))
        return NULL;

    /* Held while loading, so that many readers after a change wait for one walk. */
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&kept.lock);
    (void)locker; /* unlocks where this scope ends */
    if (kept.overview != NULL && kept.store == gh_store_serial(store)
        && kept.overview->data_version >= data_version
        && strcmp(kept.overview->framework->id, framework->id) == 0
        && strcmp(kept.overview->framework->version, framework->version) == 0)
        return overview_ref(kept.overview);

    GhOverview *overview = load_overview(store, framework, error);
    if (overview == NULL)
        return NULL;
    g_clear_pointer(&kept.overview, gh_overview_unref);
    kept.store = gh_store_serial(store);
    kept.overview = overview;
    return overview_ref(overview);
}
