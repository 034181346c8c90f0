/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* figures_store.c - one city's figures, and all cities' figures of one data point.
 *
 * Not here: the walk over all cities (figures_walk.c), files (import*.c, export*.c).
 */

#include "evaluation/figures.h"

#include <math.h>
#include <string.h>

#include "evaluation/city_private.h"
#include "evaluation/figures_private.h"

/* The order of read_figure. */
#define FIGURE_COLUMNS                                                                             \
    "f.year, f.status, f.value, f.numerator, f.denominator, f.how, f.quality, f.verification,"     \
    " f.month, f.report, f.unit, f.source, f.note, f.framework_version"

/* first: the column at which FIGURE_COLUMNS begin. */
static GhFigure
read_figure(const GhQuery *query, int first, size_t data_point)
{
    return (GhFigure){
        .data_point = data_point,
        .year = (int)gh_query_int64(query, first),
        .status = (GhStatus)gh_query_int64(query, first + 1),
        .value = gh_row_number(query, first + 2),
        .numerator = gh_row_number(query, first + 3),
        .denominator = gh_row_number(query, first + 4),
        .how = (GhHow)gh_query_int64(query, first + 5),
        .quality = (int)gh_query_int64(query, first + 6), /* NULL reads as 0: not said */
        .verified = gh_query_int64(query, first + 7) != 0,
        .month = (int)gh_query_int64(query, first + 8),
        .report = gh_row_text_dup(query, first + 9),
        .unit = gh_row_text_dup(query, first + 10),
        .source = gh_row_text_dup(query, first + 11),
        .note = gh_row_text_dup(query, first + 12),
        .framework_version = gh_row_text_dup(query, first + 13),
    };
}

void
gh_figure_set_empty(GhFigureSet *set, int64_t city_id, int year)
{
    set->city_id = city_id;
    set->year = year;
    for (size_t i = 0; i < set->n_figures; i++)
        set->figures[i] = (GhFigure){
            .data_point = i,
            .year = year,
            .value = NAN,
            .numerator = NAN,
            .denominator = NAN,
        };
}

GhFigureSet *
gh_figure_set_new(const GhFramework *framework, int64_t city_id, int year)
{
    GhFigureSet *set = g_new0(GhFigureSet, 1);

    set->n_figures = framework->n_data_points;
    set->figures = g_new0(GhFigure, set->n_figures);
    gh_figure_set_empty(set, city_id, year);
    return set;
}

/* -- which years -- */

static const char SQL_LATEST_YEAR[] =
    "SELECT MAX(f.year)"
    " FROM figure f JOIN data_point d ON d.data_point_key = f.data_point_key"
    " WHERE f.city_id = $1 AND d.framework_id = $2 AND f.year < $3";

/* *ret_year is 0 when the city has no figures before that year. */
static bool
latest_year_before(GhDb *db, const GhFramework *framework, int64_t city_id, int before,
                   int *ret_year, GError **error)
{
    bool row = false;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_LATEST_YEAR, error);
    if (query == NULL)
        return false;
    gh_query_bind_int64(query, 1, city_id);
    gh_query_bind_text(query, 2, framework->id);
    gh_query_bind_int64(query, 3, before);
    if (!gh_query_next(query, &row, error))
        return false;
    *ret_year = row ? (int)gh_query_int64(query, 0) : 0; /* MAX of nothing is NULL, read as 0 */
    return true;
}

static const char SQL_YEARS[] =
    "SELECT DISTINCT f.year"
    " FROM figure f JOIN data_point d ON d.data_point_key = f.data_point_key"
    " WHERE f.city_id = $1 AND d.framework_id = $2"
    " ORDER BY f.year DESC";

GArray *
gh_figures_years(GhDb *db, const GhFramework *framework, int64_t city_id, GError **error)
{
    g_autoptr(GArray) years = g_array_new(FALSE, FALSE, sizeof(int));
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_YEARS, error);
    if (query == NULL)
        return NULL;

    gh_query_bind_int64(query, 1, city_id);
    gh_query_bind_text(query, 2, framework->id);
    for (;;) {
        bool row = false;
        if (!gh_query_next(query, &row, error))
            return NULL;
        if (!row)
            return g_steal_pointer(&years);
        int year = (int)gh_query_int64(query, 0);
        g_array_append_val(years, year);
    }
}

/* -- one city -- */

static const char SQL_FIGURES[] =
    "SELECT d.id, " FIGURE_COLUMNS
    " FROM figure f JOIN data_point d ON d.data_point_key = f.data_point_key"
    " WHERE f.city_id = $1 AND f.year = $2 AND d.framework_id = $3";

/* Figures of data points that this version of the framework does not have are passed over. */
static bool
load_into(GhDb *db, const GhFramework *framework, GhFigureSet *set, GError **error)
{
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_FIGURES, error);
    if (query == NULL)
        return false;

    gh_query_bind_int64(query, 1, set->city_id);
    gh_query_bind_int64(query, 2, set->year);
    gh_query_bind_text(query, 3, framework->id);
    for (;;) {
        bool row = false;
        if (!gh_query_next(query, &row, error))
            return false;
        if (!row)
            return true;

        gssize index = gh_framework_find_data_point(framework, gh_query_text(query, 0));
        if (index >= 0)
            set->figures[index] = read_figure(query, 1, (size_t)index);
    }
}

GhFigureSet *
gh_figures_load(GhDb *db, const GhFramework *framework, int64_t city_id, int year, GError **error)
{
    if (year == 0 && !latest_year_before(db, framework, city_id, GH_YEAR_AFTER_ALL, &year, error))
        return NULL;

    g_autoptr(GhFigureSet) set = gh_figure_set_new(framework, city_id, year);
    if (year != 0 && !load_into(db, framework, set, error))
        return NULL;
    return g_steal_pointer(&set);
}

bool
gh_figures_load_earlier(GhDb *db, const GhFramework *framework, int64_t city_id, int year,
                        GhFigureSet **ret_set, GError **error)
{
    int earlier = 0;
    if (!latest_year_before(db, framework, city_id, year, &earlier, error))
        return false;
    if (earlier == 0)
        return true;

    g_autoptr(GhFigureSet) set = gh_figures_load(db, framework, city_id, earlier, error);
    if (set == NULL)
        return false;
    *ret_set = g_steal_pointer(&set);
    return true;
}

/* -- one data point -- */

/* NB: CROSS JOIN keeps the cities outside on SQLite: for each one the key of figure is then known to
 * its second column. The other way round every figure would be read. */
static const char SQL_OF_DATA_POINT[] =
    "SELECT c.slug, c.name, c.country_code, " FIGURE_COLUMNS " FROM city c CROSS JOIN figure f"
    " WHERE f.city_id = c.city_id"
    " AND f.data_point_key ="
    " (SELECT data_point_key FROM data_point WHERE framework_id = $1 AND id = $2)"
    " AND (f.year = CAST($3 AS INTEGER) OR CAST($3 AS INTEGER) = 0)"
    " ORDER BY c.slug, f.year DESC";

static int
compare_by_name(const void *a, const void *b)
{
    const GhCityFigure *const *first = a;
    const GhCityFigure *const *second = b;
    g_autofree char *first_key = gh_city_sort_key((*first)->name);
    g_autofree char *second_key = gh_city_sort_key((*second)->name);

    return strcmp(first_key, second_key);
}

/* Rows come city by city, the latest year first: only the first row of a city counts. */
static bool
is_of_last_city(const GPtrArray *figures, const char *slug)
{
    if (figures->len == 0)
        return false;
    const GhCityFigure *last = g_ptr_array_index(figures, figures->len - 1);
    return strcmp(last->slug, slug) == 0;
}

GPtrArray *
gh_figures_of_data_point(GhDb *db, const GhFramework *framework, size_t data_point, int year,
                         GError **error)
{
    g_autoptr(GPtrArray) figures =
        g_ptr_array_new_with_free_func((GDestroyNotify)gh_city_figure_free);
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_OF_DATA_POINT, error);
    if (query == NULL)
        return NULL;

    gh_query_bind_text(query, 1, framework->id);
    gh_query_bind_text(query, 2, framework->data_points[data_point].id);
    gh_query_bind_int64(query, 3, year);
    for (;;) {
        bool row = false;
        if (!gh_query_next(query, &row, error))
            return NULL;
        if (!row)
            break;
        if (is_of_last_city(figures, gh_query_text(query, 0)))
            continue;

        GhCityFigure *figure = g_new0(GhCityFigure, 1);
        figure->slug = gh_row_text_dup(query, 0);
        figure->name = gh_row_text_dup(query, 1);
        figure->country_code = gh_row_text_dup(query, 2);
        figure->figure = read_figure(query, 3, data_point);
        g_ptr_array_add(figures, figure);
    }
    g_ptr_array_sort(figures, compare_by_name);
    return g_steal_pointer(&figures);
}

static const char SQL_ANY[] = "SELECT 1 FROM figure LIMIT 1";

bool
gh_figures_any(GhDb *db, bool *ret_any, GError **error)
{
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_ANY, error);
    return query != NULL && gh_query_next(query, ret_any, error);
}
