/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* figures_walk.c - all cities with their figures, one after the other, for scores of many cities.
 *
 * One ordered query; memory for the cities and for one set of figures. A million figures are read in
 * less than a second, so the loop looks up integers only: no texts, no joins with data points.
 */

#include "evaluation/figures.h"

#include <stdlib.h>
#include <string.h>

#include "evaluation/city_private.h"
#include "evaluation/figures_private.h"

/* -- from the key in the database to the index in the framework -- */

typedef struct {
    int64_t key;
    size_t index;
} KeyIndex;

typedef struct {
    KeyIndex *entries; /* by key */
    size_t n_entries;
    size_t last; /* where the last one was found: rows come in the order of keys */
} KeyMap;

static void
key_map_clear(KeyMap *map)
{
    g_free(map->entries);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(KeyMap, key_map_clear)

static int
compare_keys(const void *a, const void *b)
{
    const KeyIndex *first = a;
    const KeyIndex *second = b;

    return (first->key > second->key) - (first->key < second->key);
}

static bool
key_map_load(GhDb *db, const GhFramework *framework, KeyMap *map, GError **error)
{
    g_autofree int64_t *keys = gh_framework_data_point_keys(db, framework, error);
    if (keys == NULL)
        return false;

    map->n_entries = framework->n_data_points;
    map->entries = g_new(KeyIndex, map->n_entries);
    for (size_t i = 0; i < map->n_entries; i++)
        map->entries[i] = (KeyIndex){.key = keys[i], .index = i};
    if (map->n_entries > 1)
        qsort(map->entries, map->n_entries, sizeof *map->entries, compare_keys);
    return true;
}

/* NULL for a data point of another framework. */
static const KeyIndex *
key_map_find(KeyMap *map, int64_t key)
{
    size_t next = map->last + 1;
    const KeyIndex wanted = {.key = key};
    const KeyIndex *found = NULL;

    if (next < map->n_entries && map->entries[next].key == key)
        found = &map->entries[next];
    else
        found = bsearch(&wanted, map->entries, map->n_entries, sizeof *map->entries, compare_keys);
    if (found != NULL)
        map->last = (size_t)(found - map->entries);
    return found;
}

/* -- the walk -- */

typedef struct {
    GPtrArray *cities; /* of GhCity, by slug */
    guint n_done;      /* cities already given to func */
    int year;          /* 0: each city's latest */
    GhFigureSet *set;  /* of the city cities[n_done] */
    GhFiguresFunc func;
    void *data;
} Walk;

static const GhCity *
current_city(const Walk *walk)
{
    return g_ptr_array_index(walk->cities, walk->n_done);
}

static bool
finish_city(Walk *walk, GError **error)
{
    const GhCity *city = current_city(walk);

    walk->set->city_id = city->id;
    if (!walk->func(city, walk->set, walk->data, error))
        return false;
    walk->n_done++;
    gh_figure_set_empty(walk->set, 0, walk->year);
    return true;
}

/* Gives cities to func until the one with that id is the current one. */
static bool
go_to_city(Walk *walk, int64_t city_id, GError **error)
{
    while (walk->n_done < walk->cities->len && current_city(walk)->id != city_id)
        if (!finish_city(walk, error))
            return false;
    g_assert(walk->n_done < walk->cities->len); /* figures refer to cities, one snapshot */
    return true;
}

/* Columns: city_id, data_point_key, year, status, value, verification. */
static void
take_row(Walk *walk, KeyMap *map, const GhQuery *query)
{
    GhFigureSet *set = walk->set;
    int year = (int)gh_query_int64(query, 2);
    const KeyIndex *entry = key_map_find(map, gh_query_int64(query, 1));

    if (entry == NULL || year < set->year)
        return;
    if (year > set->year)
        gh_figure_set_empty(set, 0, year); /* what came so far was of an earlier year */

    GhFigure *figure = &set->figures[entry->index];
    figure->status = (GhStatus)gh_query_int64(query, 3);
    figure->value = gh_row_number(query, 4);
    figure->verified = gh_query_int64(query, 5) != 0;
}

/* NB: CROSS JOIN makes SQLite walk the index on slug and, for each city, a run of the key of figure:
 * ordered without sorting. PostgreSQL chooses its own way. */
static const char SQL_WALK_LATEST[] =
    "SELECT f.city_id, f.data_point_key, f.year, f.status, f.value, f.verification"
    " FROM city c CROSS JOIN figure f"
    " WHERE f.city_id = c.city_id"
    " ORDER BY c.slug";

static const char SQL_WALK_YEAR[] =
    "SELECT f.city_id, f.data_point_key, f.year, f.status, f.value, f.verification"
    " FROM city c CROSS JOIN figure f"
    " WHERE f.city_id = c.city_id AND f.year = $1"
    " ORDER BY c.slug";

static bool
walk_rows(GhDb *db, Walk *walk, KeyMap *map, GError **error)
{
    g_autoptr(GhQuery) query =
        gh_db_query(db, walk->year == 0 ? SQL_WALK_LATEST : SQL_WALK_YEAR, error);
    if (query == NULL)
        return false;

    if (walk->year != 0)
        gh_query_bind_int64(query, 1, walk->year);
    for (;;) {
        bool row = false;
        if (!gh_query_next(query, &row, error))
            return false;
        if (!row)
            return true;
        if (!go_to_city(walk, gh_query_int64(query, 0), error))
            return false;
        take_row(walk, map, query);
    }
}

bool
gh_figures_each_city(GhDb *db, const GhFramework *framework, int year, GhFiguresFunc func,
                     void *data, GError **error)
{
    g_auto(KeyMap) map = {0};
    if (!key_map_load(db, framework, &map, error))
        return false;
    g_autoptr(GPtrArray) cities = gh_city_list_by_slug(db, error);
    if (cities == NULL)
        return false;
    g_autoptr(GhFigureSet) set = gh_figure_set_new(framework, 0, year);

    Walk walk = {.cities = cities, .year = year, .set = set, .func = func, .data = data};
    if (!walk_rows(db, &walk, &map, error))
        return false;
    while (walk.n_done < cities->len)
        if (!finish_city(&walk, error))
            return false;
    return true;
}
