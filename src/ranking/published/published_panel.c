/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* published_panel.c - rankings over several years: which years compare, and the rows of each city and year. */
#include <math.h>
#include <string.h>

#include "ranking/published/published_private.h"

/* -- whether years compare -- */

static bool
is_rank(const GhIndexNormaliseOne *how)
{
    return how->method == GH_NORMALISE_RANK || how->method == GH_NORMALISE_BORDA
           || how->method == GH_NORMALISE_PERCENTILE_RANK;
}

static GhRankingYears
years_of_normalise(const GhIndexNormalise *how)
{
    bool has_rank = is_rank(&how->usual);

    if (how->over == GH_OVER_YEAR)
        return GH_YEARS_BY_THEMSELVES;
    for (size_t i = 0; i < how->n_own; i++)
        has_rank = has_rank || is_rank(&how->own[i]);
    return has_rank ? GH_YEARS_RANKS : GH_YEARS_COMPARABLE;
}

static GhRankingYears
years_of_aggregate(const GhIndexAggregate *how)
{
    for (size_t i = 0; i < how->n_levels; i++) {
        if (how->levels[i].method == GH_AGGREGATE_COPELAND
            || how->levels[i].method == GH_AGGREGATE_OUTRANKING)
            return GH_YEARS_CONTESTS;
    }
    return GH_YEARS_COMPARABLE;
}

static GhRankingYears
years_of_step(const GhIndexStep *step)
{
    switch (step->kind) {
    case GH_INDEX_STEP_IMPUTE:
        return step->impute.over == GH_OVER_YEAR ? GH_YEARS_BY_THEMSELVES : GH_YEARS_COMPARABLE;
    case GH_INDEX_STEP_TREAT:
        return step->treat.over == GH_OVER_YEAR ? GH_YEARS_BY_THEMSELVES : GH_YEARS_COMPARABLE;
    case GH_INDEX_STEP_NORMALISE:
        return years_of_normalise(&step->normalise);
    case GH_INDEX_STEP_AGGREGATE:
        return years_of_aggregate(&step->aggregate);
    case GH_INDEX_STEP_SCREEN:
    case GH_INDEX_STEP_DENOMINATE:
    case GH_INDEX_STEP_WEIGHTS: /* one set of weights, found over all rows */
        return GH_YEARS_COMPARABLE;
    }
    g_assert_not_reached();
}

GhRankingYears
gh_ranking_years(const GhIndexSpec *spec)
{
    for (size_t i = 0; i < spec->n_steps; i++) {
        GhRankingYears years = years_of_step(spec->steps[i]);
        if (years != GH_YEARS_COMPARABLE)
            return years;
    }
    return GH_YEARS_COMPARABLE;
}

/* A mean lies between the smallest and the largest of what it is of. */
static bool
is_mean(GhIndexAggregateMethod method)
{
    return method == GH_AGGREGATE_ARITHMETIC || method == GH_AGGREGATE_GEOMETRIC
           || method == GH_AGGREGATE_HARMONIC || method == GH_AGGREGATE_POWER
           || method == GH_AGGREGATE_MEDIAN;
}

void
gh_ranking_scale(const GhIndexSpec *spec, double *ret_low, double *ret_high)
{
    double low = NAN, high = NAN;
    bool is_bounded = true;

    for (size_t i = 0; i < spec->n_steps; i++) {
        const GhIndexStep *step = spec->steps[i];
        if (step->kind == GH_INDEX_STEP_NORMALISE) {
            const GhIndexNormalise *how = &step->normalise;
            is_bounded =
                how->usual.method == GH_NORMALISE_MIN_MAX && how->n_own == 0 && !how->from_metadata;
            low = how->usual.lower;
            high = how->usual.upper;
        }
        for (size_t k = 0; step->kind == GH_INDEX_STEP_AGGREGATE && k < step->aggregate.n_levels;
             k++)
            is_bounded = is_bounded && is_mean(step->aggregate.levels[k].method);
    }
    *ret_low = is_bounded ? low : (double)NAN;
    *ret_high = is_bounded ? high : (double)NAN;
}

void
gh_ranking_warn_of_years(const char *spec_name, GhRankingYears years, GhFaults *faults)
{
    static const char *const reasons[] = {
        [GH_YEARS_COMPARABLE] = NULL,
        [GH_YEARS_BY_THEMSELVES] = GH_MARK("takes each year by itself, so scores of different "
                                           "years cannot be compared"),
        [GH_YEARS_RANKS] = GH_MARK("make places of the figures, so a difference between scores of "
                                   "two years has no size"),
        [GH_YEARS_CONTESTS] = GH_MARK("compare the cities of a year with each other, so scores of "
                                      "different years cannot be compared"),
    };

    if (reasons[years] != NULL)
        gh_faults_add(faults, GH_FAULT_WARNING, spec_name, 0, "steps", NULL, reasons[years],
                      GH_MARK("for lines over the years use \"over\": \"all\", a method that keeps "
                              "distances, such as min_max, and a mean"));
}

/* -- which rows are shown -- */

void
gh_ranking_find_shown(GhRankingMade *made)
{
    const GhIndexData *data = made->data;
    g_autoptr(GHashTable) last = g_hash_table_new(g_str_hash, g_str_equal); /* unit -> row + 1 */
    g_autoptr(GHashTable) years = g_hash_table_new(NULL, NULL);
    int last_year = 0;

    made->shown = g_new0(bool, data->n_units);
    made->is_last = g_new0(bool, data->n_units);
    for (size_t i = 0; i < data->n_units; i++) {
        int year = data->years != NULL ? data->years[i] : 0;
        size_t known = GPOINTER_TO_SIZE(g_hash_table_lookup(last, data->unit_codes[i]));
        if (known == 0 || data->years[known - 1] < year)
            g_hash_table_insert(last, data->unit_codes[i], GSIZE_TO_POINTER(i + 1));
        g_hash_table_add(years, GINT_TO_POINTER(year));
        last_year = MAX(last_year, year);
    }
    made->n_years = g_hash_table_size(years);
    for (size_t i = 0; i < data->n_units; i++) {
        made->shown[i] = data->years == NULL || data->years[i] == last_year;
        made->is_last[i] =
            GPOINTER_TO_SIZE(g_hash_table_lookup(last, data->unit_codes[i])) == i + 1;
    }
}

/* -- into the database -- */

static const char SQL_INSERT_YEAR[] =
    "INSERT INTO ranking_city_year (ranking_id, city_id, year, place, score, median, q5, q95,"
    " n_available, definition_changed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

bool
gh_ranking_insert_years(GhDb *db, int64_t id, const GhRankingMade *made,
                        const GhRankingFigures *figures, GError **error)
{
    for (size_t row = 0; row < made->data->n_units && made->data->years != NULL; row++) {
        const GhIndexRankSpread *unit = &made->uncertainty->units[row];
        g_autoptr(GhQuery) query = gh_db_query(db, SQL_INSERT_YEAR, error);
        if (query == NULL)
            return false;
        gh_query_bind_int64(query, 1, id);
        gh_query_bind_int64(query, 2, figures->city_ids[row]);
        gh_query_bind_int64(query, 3, figures->years[row]);
        gh_query_bind_int64(query, 4, unit->nominal);
        gh_ranking_bind_number(query, 5, unit->score);
        gh_ranking_bind_number(query, 6, unit->median);
        gh_ranking_bind_number(query, 7, unit->q5);
        gh_ranking_bind_number(query, 8, unit->q95);
        gh_query_bind_int64(query, 9, (int64_t)gh_ranking_count_available(made->data, row));
        gh_query_bind_int64(query, 10, figures->breaks[row] ? 1 : 0);
        if (!gh_query_run(query, NULL, error))
            return false;
    }
    return true;
}

/* -- and out of it -- */

/* The order of read_year. */
#define YEAR_COLUMNS                                                                               \
    "y.city_id, y.year, y.place, y.score, y.median, y.q5, y.q95, y.n_available,"                   \
    " y.definition_changed"

/* first: the column at which YEAR_COLUMNS begin. */
static GhRankedYear
read_year(const GhQuery *query, int first)
{
    return (GhRankedYear){
        .city_id = gh_query_int64(query, first),
        .year = (int)gh_query_int64(query, first + 1),
        .place = (int)gh_query_int64(query, first + 2),
        .score = gh_ranking_read_number(query, first + 3),
        .median = gh_ranking_read_number(query, first + 4),
        .q5 = gh_ranking_read_number(query, first + 5),
        .q95 = gh_ranking_read_number(query, first + 6),
        .n_available = (size_t)gh_query_int64(query, first + 7),
        .definition_changed = gh_query_int64(query, first + 8) != 0,
    };
}

static const char SQL_YEARS[] = "SELECT " YEAR_COLUMNS " FROM ranking_city_year y"
                                " WHERE y.ranking_id = $1 ORDER BY y.city_id, y.year";

bool
gh_ranking_read_years(GhDb *db, int64_t id, GArray *ret_years, GError **error)
{
    bool row = false;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_YEARS, error);
    if (query == NULL)
        return false;
    gh_query_bind_int64(query, 1, id);
    if (!gh_query_next(query, &row, error))
        return false;
    while (row) {
        GhRankedYear year = read_year(query, 0);
        gh_ranked_year_tidy(&year);
        g_array_append_val(ret_years, year);
        if (!gh_query_next(query, &row, error))
            return false;
    }
    return true;
}

const GhRankedYear *
gh_ranking_years_find(const GArray *years, int64_t city_id, size_t *ret_n)
{
    const GhRankedYear *all = (const GhRankedYear *)(const void *)years->data;
    size_t low = 0, high = years->len, end = 0;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (all[middle].city_id < city_id)
            low = middle + 1;
        else
            high = middle;
    }
    for (end = low; end < years->len && all[end].city_id == city_id;)
        end++;
    *ret_n = end - low;
    return all != NULL ? all + low : NULL;
}

/* -- one city in all panels -- */

static void
over_years_free(gpointer pointer)
{
    GhRankingOverYears *entry = pointer;

    gh_ranking_free(entry->ranking);
    g_array_unref(entry->years);
    g_free(entry);
}

static const char SQL_OVER_YEARS[] =
    "SELECT " GH_RANKING_COLUMNS ", " YEAR_COLUMNS " FROM ranking_city_year y"
    " JOIN ranking r ON r.ranking_id = y.ranking_id"
    " WHERE y.city_id = $1 AND r.withdrawn_us = 0"
    " ORDER BY r.published_us DESC, r.slug, y.year";

GPtrArray *
gh_ranking_over_years(GhDb *db, int64_t city_id, GError **error)
{
    g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func(over_years_free);
    GhRankingOverYears *entry = NULL;
    bool row = false;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_OVER_YEARS, error);
    if (query == NULL)
        return NULL;
    gh_query_bind_int64(query, 1, city_id);
    if (!gh_query_next(query, &row, error))
        return NULL;
    while (row) {
        if (entry == NULL || entry->ranking->id != gh_query_int64(query, 0)) {
            entry = g_new0(GhRankingOverYears, 1);
            entry->ranking = gh_ranking_read(query);
            entry->years = g_array_new(FALSE, FALSE, sizeof(GhRankedYear));
            g_ptr_array_add(entries, entry);
        }
        const GhRankedYear year = read_year(query, GH_N_RANKING_COLUMNS);
        g_array_append_val(entry->years, year);
        if (!gh_query_next(query, &row, error))
            return NULL;
    }
    return g_steal_pointer(&entries);
}

typedef struct {
    int64_t city_id;
    GPtrArray *panels;
} Loading;

static bool
load_panels(GhDb *db, void *data, GError **error)
{
    Loading *loading = data;

    g_clear_pointer(&loading->panels,
                    g_ptr_array_unref); /* an earlier try may have been rolled back */
    loading->panels = gh_ranking_over_years(db, loading->city_id, error);
    return loading->panels != NULL;
}

bool
gh_ranking_panels_load(GhStore *store, int64_t city_id, GPtrArray **ret_panels, GError **error)
{
    Loading loading = {.city_id = city_id};
    g_autoptr(GPtrArray) panels = NULL;
    bool loaded = gh_store_read(store, load_panels, &loading, error);

    panels = loading.panels;
    if (loaded)
        *ret_panels = g_steal_pointer(&panels);
    return loaded;
}
