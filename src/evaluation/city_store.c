/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* city_store.c - cities in the database: reading, and finding one by what a person types. */

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "evaluation/city_private.h"

/* The order of read_city. */
#define CITY_COLUMNS "city_id, slug, name, country_code, latitude, longitude, source, note"

/* The order of read_year, behind the city's id. */
#define YEAR_COLUMNS "year, population, households, area_km2, gdp, currency, source"

double
gh_row_number(const GhQuery *query, int column)
{
    return gh_query_is_null(query, column) ? NAN : gh_query_double(query, column);
}

char *
gh_row_text_dup(const GhQuery *query, int column)
{
    return g_strdup(gh_query_text(query, column));
}

void
gh_row_bind_number(GhQuery *query, int position, double value)
{
    if (isnan(value))
        gh_query_bind_null(query, position);
    else
        gh_query_bind_double(query, position, value);
}

static GhCity *
read_city(const GhQuery *query)
{
    GhCity *city = g_new0(GhCity, 1);

    city->id = gh_query_int64(query, 0);
    city->slug = gh_row_text_dup(query, 1);
    city->name = gh_row_text_dup(query, 2);
    city->country_code = gh_row_text_dup(query, 3);
    city->latitude = gh_row_number(query, 4);
    city->longitude = gh_row_number(query, 5);
    city->source = gh_row_text_dup(query, 6);
    city->note = gh_row_text_dup(query, 7);
    return city;
}

/* Rows come in the order of years, the undated one (0) first. */
static void
add_year(GhCity *city, const GhQuery *query)
{
    city->years = g_renew(GhCityYear, city->years, city->n_years + 1);
    city->years[city->n_years++] = (GhCityYear){
        .year = (int)gh_query_int64(query, 1),
        .population = gh_row_number(query, 2),
        .households = gh_row_number(query, 3),
        .area_km2 = gh_row_number(query, 4),
        .gdp = gh_row_number(query, 5),
        .currency = gh_row_text_dup(query, 6),
        .source = gh_row_text_dup(query, 7),
    };
}

/* -- all of them -- */

static const char SQL_ALL_YEARS[] = "SELECT city_id, " YEAR_COLUMNS " FROM city_year"
                                    " ORDER BY city_id, year";

static bool
load_all_years(GhDb *db, GPtrArray *cities, GError **error)
{
    g_autoptr(GHashTable) by_id = g_hash_table_new(g_int64_hash, g_int64_equal);
    for (guint i = 0; i < cities->len; i++) {
        GhCity *city = g_ptr_array_index(cities, i);
        g_hash_table_insert(by_id, &city->id, city);
    }

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_ALL_YEARS, error);
    if (query == NULL)
        return false;
    for (;;) {
        bool row = false;
        if (!gh_query_next(query, &row, error))
            return false;
        if (!row)
            return true;

        int64_t id = gh_query_int64(query, 0);
        GhCity *city = g_hash_table_lookup(by_id, &id);
        if (city != NULL)
            add_year(city, query);
    }
}

static const char SQL_ALL[] = "SELECT " CITY_COLUMNS " FROM city ORDER BY slug";

GPtrArray *
gh_city_list_by_slug(GhDb *db, GError **error)
{
    g_autoptr(GPtrArray) cities = g_ptr_array_new_with_free_func((GDestroyNotify)gh_city_free);
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_ALL, error);
    if (query == NULL)
        return NULL;
    for (;;) {
        bool row = false;
        if (!gh_query_next(query, &row, error))
            return NULL;
        if (!row)
            break;
        g_ptr_array_add(cities, read_city(query));
    }

    if (!load_all_years(db, cities, error))
        return NULL;
    return g_steal_pointer(&cities);
}

/* A city beside the key that orders it. */
typedef struct {
    char *key; /* owned */
    gpointer city;
} Keyed;

static int
compare_keyed(const void *a, const void *b)
{
    const Keyed *first = a;
    const Keyed *second = b;

    return strcmp(first->key, second->key);
}

GPtrArray *
gh_city_list(GhDb *db, GError **error)
{
    g_autoptr(GPtrArray) cities = gh_city_list_by_slug(db, error);
    if (cities == NULL)
        return NULL;

    g_autofree Keyed *keyed = g_new(Keyed, cities->len);
    for (guint i = 0; i < cities->len; i++) {
        GhCity *city = g_ptr_array_index(cities, i);
        keyed[i] = (Keyed){.key = gh_city_sort_key(city->name), .city = city};
    }
    if (cities->len > 1)
        qsort(keyed, cities->len, sizeof *keyed, compare_keyed);
    for (guint i = 0; i < cities->len; i++) {
        cities->pdata[i] = keyed[i].city;
        g_free(keyed[i].key);
    }
    return g_steal_pointer(&cities);
}

/* -- one -- */

static const char SQL_YEARS[] = "SELECT city_id, " YEAR_COLUMNS " FROM city_year"
                                " WHERE city_id = $1"
                                " ORDER BY year";

static bool
load_years(GhDb *db, GhCity *city, GError **error)
{
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_YEARS, error);
    if (query == NULL)
        return false;

    gh_query_bind_int64(query, 1, city->id);
    for (;;) {
        bool row = false;
        if (!gh_query_next(query, &row, error))
            return false;
        if (!row)
            return true;
        add_year(city, query);
    }
}

static const char SQL_BY_SLUG[] = "SELECT " CITY_COLUMNS " FROM city WHERE slug = $1";
static const char SQL_BY_NAME[] = "SELECT " CITY_COLUMNS " FROM city WHERE name_key = $1"
                                  " ORDER BY country_code";
static const char SQL_BY_NAME_AND_COUNTRY[] = "SELECT " CITY_COLUMNS " FROM city"
                                              " WHERE name_key = $1 AND country_code = $2";

/* Those that match, without their years; of GhCity. second may be NULL. */
static GPtrArray *
select_cities(GhDb *db, const char *sql, const char *first, const char *second, GError **error)
{
    g_autoptr(GPtrArray) cities = g_ptr_array_new_with_free_func((GDestroyNotify)gh_city_free);
    g_autoptr(GhQuery) query = gh_db_query(db, sql, error);
    if (query == NULL)
        return NULL;

    gh_query_bind_text(query, 1, first);
    if (second != NULL)
        gh_query_bind_text(query, 2, second);
    for (;;) {
        bool row = false;
        if (!gh_query_next(query, &row, error))
            return NULL;
        if (!row)
            return g_steal_pointer(&cities);
        g_ptr_array_add(cities, read_city(query));
    }
}

static void
set_ambiguous(GPtrArray *cities, const char *name, GError **error)
{
    g_autoptr(GString) names = g_string_new(NULL);

    for (guint i = 0; i < cities->len; i++) {
        const GhCity *city = g_ptr_array_index(cities, i);
        g_string_append_printf(names, "%s%s (%s)", i > 0 ? ", " : "", city->slug,
                               city->country_code);
    }
    g_set_error(error, GH_EVALUATION_ERROR, GH_EVALUATION_ERROR_AMBIGUOUS,
                "\"%s\" is the name of several cities: %s; write the slug, or \"%s, CC\"", name,
                names->str, name);
}

/* "Bergen, no" -> "Bergen" and "NO". */
static bool
split_country(const char *text, char **ret_name, char **ret_country)
{
    const char *comma = strrchr(text, ',');
    if (comma == NULL)
        return false;

    g_autofree char *country = g_strstrip(g_strdup(comma + 1));
    if (strlen(country) != 2 || !g_ascii_isalpha(country[0]) || !g_ascii_isalpha(country[1]))
        return false;
    *ret_name = g_strndup(text, (size_t)(comma - text));
    *ret_country = g_ascii_strup(country, 2);
    return true;
}

/* Every city that text may mean: the first way of reading it that gives any. */
static GPtrArray *
find_matches(GhDb *db, const char *text, GError **error)
{
    g_autoptr(GPtrArray) cities = select_cities(db, SQL_BY_SLUG, text, NULL, error);
    if (cities == NULL || cities->len > 0)
        return g_steal_pointer(&cities);

    g_autofree char *key = gh_text_fold_name(text);
    g_ptr_array_unref(cities);
    cities = select_cities(db, SQL_BY_NAME, key, NULL, error);
    if (cities == NULL || cities->len > 0)
        return g_steal_pointer(&cities);

    g_autofree char *name = NULL;
    g_autofree char *country = NULL;
    if (!split_country(text, &name, &country))
        return g_steal_pointer(&cities);
    g_autofree char *name_key = gh_text_fold_name(name);
    return select_cities(db, SQL_BY_NAME_AND_COUNTRY, name_key, country, error);
}

/* The first of cities, with its years. */
static bool
take_first(GhDb *db, GPtrArray *cities, GhCity **ret_city, GError **error)
{
    g_autoptr(GhCity) city = g_ptr_array_steal_index(cities, 0);
    if (!load_years(db, city, error))
        return false;
    *ret_city = g_steal_pointer(&city);
    return true;
}

bool
gh_city_find(GhDb *db, const char *slug_or_name, GhCity **ret_city, GError **error)
{
    if (!g_utf8_validate(slug_or_name, -1, NULL)) {
        g_set_error_literal(error, GH_EVALUATION_ERROR, GH_EVALUATION_ERROR_INVALID,
                            "the name of the city is not UTF-8 text");
        return false;
    }

    g_autoptr(GPtrArray) cities = find_matches(db, slug_or_name, error);
    if (cities == NULL)
        return false;
    if (cities->len == 0)
        return true;
    if (cities->len > 1) {
        set_ambiguous(cities, slug_or_name, error);
        return false;
    }

    return take_first(db, cities, ret_city, error);
}

bool
gh_city_find_slug(GhDb *db, const char *slug, GhCity **ret_city, GError **error)
{
    g_autoptr(GPtrArray) cities = select_cities(db, SQL_BY_SLUG, slug, NULL, error);
    if (cities == NULL)
        return false;
    return cities->len == 0 || take_first(db, cities, ret_city, error);
}
