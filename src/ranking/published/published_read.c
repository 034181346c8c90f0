/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* published_read.c - rankings out of the database. */
#include <math.h>

#include "ranking/published/published_private.h"

void
gh_ranking_free(GhRanking *ranking)
{
    if (ranking == NULL)
        return;
    g_free(ranking->slug);
    g_free(ranking->title);
    g_free(ranking->summary);
    g_free(ranking->author);
    g_free(ranking->framework_id);
    g_free(ranking->framework_version);
    g_free(ranking->program_version);
    g_free(ranking->withdrawn_reason);
    g_free(ranking);
}

static void
city_free(gpointer pointer)
{
    GhRankedCity *city = pointer;

    g_free(city->slug);
    g_free(city->name);
    g_free(city->country_code);
    g_free(city);
}

static void
choice_free(gpointer pointer)
{
    GhRankingChoice *choice = pointer;

    g_free(choice->name);
    g_free(choice);
}

void
gh_ranking_whole_free(GhRankingWhole *whole)
{
    if (whole == NULL)
        return;
    gh_ranking_free(whole->ranking);
    g_clear_pointer(&whole->cities, g_ptr_array_unref);
    g_clear_pointer(&whole->choices, g_ptr_array_unref);
    g_clear_pointer(&whole->years, g_array_unref);
    g_free(whole);
}

double
gh_ranking_read_number(const GhQuery *query, int column)
{
    double number = gh_query_is_null(query, column) ? NAN : gh_query_double(query, column);

    return isfinite(number) ? number : NAN;
}

/* -- rankings -- */

GhRanking *
gh_ranking_read(const GhQuery *query)
{
    GhRanking *ranking = g_new0(GhRanking, 1);

    ranking->id = gh_query_int64(query, 0);
    ranking->slug = g_strdup(gh_query_text(query, 1));
    ranking->title = g_strdup(gh_query_text(query, 2));
    ranking->summary = g_strdup(gh_query_text(query, 3));
    ranking->author = g_strdup(gh_query_text(query, 4));
    ranking->published_us = gh_query_int64(query, 5);
    ranking->framework_id = g_strdup(gh_query_text(query, 6));
    ranking->framework_version = g_strdup(gh_query_text(query, 7));
    ranking->program_version = g_strdup(gh_query_text(query, 8));
    ranking->data_version = gh_query_int64(query, 9);
    ranking->year = (int)gh_query_int64(query, 10);
    ranking->first_year = (int)gh_query_int64(query, 11);
    ranking->last_year = (int)gh_query_int64(query, 12);
    ranking->n_years = (size_t)gh_query_int64(query, 13);
    ranking->compares_years = gh_query_int64(query, 14) != 0;
    ranking->n_cities = (size_t)gh_query_int64(query, 15);
    ranking->n_indicators = (size_t)gh_query_int64(query, 16);
    ranking->replications = (size_t)gh_query_int64(query, 17);
    ranking->seed =
        gh_query_is_null(query, 18) ? 0 : g_ascii_strtoull(gh_query_text(query, 18), NULL, 10);
    ranking->top_k = (size_t)gh_query_int64(query, 19);
    ranking->mean_shift = gh_ranking_read_number(query, 20);
    ranking->median_width = gh_ranking_read_number(query, 21);
    ranking->clear_pairs = gh_ranking_read_number(query, 22);
    ranking->withdrawn_us = gh_query_int64(query, 23);
    ranking->withdrawn_reason = g_strdup(gh_query_text(query, 24));
    ranking->scale_low = gh_ranking_read_number(query, 25);
    ranking->scale_high = gh_ranking_read_number(query, 26);
    gh_ranking_tidy(ranking);
    return ranking;
}

static void
free_ranking(gpointer pointer)
{
    gh_ranking_free(pointer);
}

static const char SQL_LIST[] = "SELECT " GH_RANKING_COLUMNS " FROM ranking r"
                               " ORDER BY CASE WHEN r.withdrawn_us = 0 THEN 0 ELSE 1 END,"
                               " r.published_us DESC, r.slug";

GPtrArray *
gh_ranking_list(GhDb *db, GError **error)
{
    g_autoptr(GPtrArray) rankings = g_ptr_array_new_with_free_func(free_ranking);
    bool row = false;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_LIST, error);
    if (query == NULL || !gh_query_next(query, &row, error))
        return NULL;
    while (row) {
        g_ptr_array_add(rankings, gh_ranking_read(query));
        if (!gh_query_next(query, &row, error))
            return NULL;
    }
    return g_steal_pointer(&rankings);
}

static const char SQL_GET[] = "SELECT " GH_RANKING_COLUMNS " FROM ranking r WHERE r.slug = $1";

/* *ret_ranking stays NULL when there is none. */
static bool
get_ranking(GhDb *db, const char *slug, GhRanking **ret_ranking, GError **error)
{
    bool row = false;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_GET, error);
    if (query == NULL)
        return false;
    gh_query_bind_text(query, 1, slug);
    if (!gh_query_next(query, &row, error))
        return false;
    if (row)
        *ret_ranking = gh_ranking_read(query);
    return true;
}

/* -- their cities -- */

/* The order of read_city. */
#define CITY_COLUMNS                                                                               \
    "c.slug, c.name, c.country_code, k.city_id, k.year, k.place, k.score, k.mean, k.median, k.q5," \
    " k.q25, k.q75, k.q95, k.p_top, k.n_available, k.population"

/* first: the column at which CITY_COLUMNS begin. */
static GhRankedCity *
read_city(const GhQuery *query, int first, size_t n_indicators)
{
    GhRankedCity *city = g_new0(GhRankedCity, 1);

    city->slug = g_strdup(gh_query_text(query, first));
    city->name = g_strdup(gh_query_text(query, first + 1));
    city->country_code = g_strdup(gh_query_text(query, first + 2));
    city->city_id = gh_query_int64(query, first + 3);
    city->year = (int)gh_query_int64(query, first + 4);
    city->place = (int)gh_query_int64(query, first + 5);
    city->score = gh_ranking_read_number(query, first + 6);
    city->mean = gh_ranking_read_number(query, first + 7);
    city->median = gh_ranking_read_number(query, first + 8);
    city->q5 = gh_ranking_read_number(query, first + 9);
    city->q25 = gh_ranking_read_number(query, first + 10);
    city->q75 = gh_ranking_read_number(query, first + 11);
    city->q95 = gh_ranking_read_number(query, first + 12);
    city->p_top = gh_ranking_read_number(query, first + 13);
    city->n_available = (size_t)gh_query_int64(query, first + 14);
    city->population = gh_ranking_read_number(query, first + 15);
    city->n_indicators = n_indicators;
    gh_ranked_city_tidy(city);
    return city;
}

static const char SQL_CITIES[] = "SELECT " CITY_COLUMNS " FROM ranking_city k"
                                 " JOIN city c ON c.city_id = k.city_id"
                                 " WHERE k.ranking_id = $1"
                                 " ORDER BY CASE WHEN k.place = 0 THEN 1 ELSE 0 END, k.place,"
                                 " c.name, c.slug";

static bool
read_cities(GhDb *db, GhRankingWhole *whole, GError **error)
{
    bool row = false;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_CITIES, error);
    if (query == NULL)
        return false;
    gh_query_bind_int64(query, 1, whole->ranking->id);
    if (!gh_query_next(query, &row, error))
        return false;
    while (row) {
        g_ptr_array_add(whole->cities, read_city(query, 0, whole->ranking->n_indicators));
        if (!gh_query_next(query, &row, error))
            return false;
    }
    return true;
}

static const char SQL_CHOICES[] =
    "SELECT name, first, first_low, first_high, total, total_low, total_high"
    " FROM ranking_choice WHERE ranking_id = $1 ORDER BY position";

static bool
read_choices(GhDb *db, GhRankingWhole *whole, GError **error)
{
    bool row = false;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_CHOICES, error);
    if (query == NULL)
        return false;
    gh_query_bind_int64(query, 1, whole->ranking->id);
    if (!gh_query_next(query, &row, error))
        return false;
    while (row) {
        GhRankingChoice *choice = g_new0(GhRankingChoice, 1);
        choice->name = g_strdup(gh_query_text(query, 0));
        choice->first = gh_ranking_read_number(query, 1);
        choice->first_low = gh_ranking_read_number(query, 2);
        choice->first_high = gh_ranking_read_number(query, 3);
        choice->total = gh_ranking_read_number(query, 4);
        choice->total_low = gh_ranking_read_number(query, 5);
        choice->total_high = gh_ranking_read_number(query, 6);
        gh_ranking_choice_tidy(choice);
        g_ptr_array_add(whole->choices, choice);
        if (!gh_query_next(query, &row, error))
            return false;
    }
    return true;
}

bool
gh_ranking_get(GhDb *db, const char *slug, GhRankingWhole **ret_whole, GError **error)
{
    g_autoptr(GhRankingWhole) whole = g_new0(GhRankingWhole, 1);

    if (!get_ranking(db, slug, &whole->ranking, error))
        return false;
    if (whole->ranking == NULL)
        return true;
    whole->cities = g_ptr_array_new_with_free_func(city_free);
    whole->choices = g_ptr_array_new_with_free_func(choice_free);
    whole->years = g_array_new(FALSE, FALSE, sizeof(GhRankedYear));
    if (!read_cities(db, whole, error) || !read_choices(db, whole, error)
        || !gh_ranking_read_years(db, whole->ranking->id, whole->years, error))
        return false;
    *ret_whole = g_steal_pointer(&whole);
    return true;
}

/* -- files -- */

static const char SQL_FILE[] =
    "SELECT content FROM ranking_file WHERE ranking_id = $1 AND name = $2";

bool
gh_ranking_file(GhDb *db, int64_t ranking_id, const char *name, GBytes **ret_bytes, GError **error)
{
    bool row = false;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_FILE, error);
    if (query == NULL)
        return false;
    gh_query_bind_int64(query, 1, ranking_id);
    gh_query_bind_text(query, 2, name);
    if (!gh_query_next(query, &row, error))
        return false;
    if (row) {
        size_t n_bytes = 0;
        const void *bytes = gh_query_bytes(query, 0, &n_bytes);
        *ret_bytes = g_bytes_new(bytes, n_bytes);
    }
    return true;
}

/* -- one city in all rankings -- */

static void
of_city_free(gpointer pointer)
{
    GhRankingOfCity *entry = pointer;

    gh_ranking_free(entry->ranking);
    city_free(entry->city);
    g_free(entry);
}

static const char SQL_OF_CITY[] =
    "SELECT " GH_RANKING_COLUMNS ", " CITY_COLUMNS " FROM ranking_city k"
    " JOIN ranking r ON r.ranking_id = k.ranking_id"
    " JOIN city c ON c.city_id = k.city_id"
    " WHERE k.city_id = $1 AND k.place > 0 AND r.withdrawn_us = 0"
    " ORDER BY r.published_us DESC, r.slug";

GPtrArray *
gh_ranking_of_city(GhDb *db, int64_t city_id, GError **error)
{
    g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func(of_city_free);
    bool row = false;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_OF_CITY, error);
    if (query == NULL)
        return NULL;
    gh_query_bind_int64(query, 1, city_id);
    if (!gh_query_next(query, &row, error))
        return NULL;
    while (row) {
        GhRankingOfCity *entry = g_new0(GhRankingOfCity, 1);
        entry->ranking = gh_ranking_read(query);
        entry->city = read_city(query, GH_N_RANKING_COLUMNS, entry->ranking->n_indicators);
        g_ptr_array_add(entries, entry);
        if (!gh_query_next(query, &row, error))
            return NULL;
    }
    return g_steal_pointer(&entries);
}
