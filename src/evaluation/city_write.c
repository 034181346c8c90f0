/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* city_write.c - cities into the database. */
#include <math.h>

#include "base/text.h"
#include "evaluation/city_private.h"

static const char SQL_DELETE_UNDATED[] = "DELETE FROM city_year WHERE city_id = $1 AND year = 0";

static const char SQL_INSERT_UNDATED[] =
    "INSERT INTO city_year (city_id, year, population, households, area_km2, gdp, currency, source)"
    " VALUES ($1, 0, $2, $3, $4, $5, $6, $7)";

static bool
write_undated(GhDb *db, const GhCity *city, GError **error)
{
    g_autoptr(GhQuery) delete = gh_db_query(db, SQL_DELETE_UNDATED, error);
    if (delete == NULL)
        return false;
    gh_query_bind_int64(delete, 1, city->id);
    if (!gh_query_run(delete, NULL, error))
        return false;
    if (city->n_years == 0 || city->years[0].year != 0)
        return true;

    const GhCityYear *base = &city->years[0];
    g_autoptr(GhQuery) insert = gh_db_query(db, SQL_INSERT_UNDATED, error);
    if (insert == NULL)
        return false;
    gh_query_bind_int64(insert, 1, city->id);
    gh_row_bind_number(insert, 2, base->population);
    gh_row_bind_number(insert, 3, base->households);
    gh_row_bind_number(insert, 4, base->area_km2);
    gh_row_bind_number(insert, 5, base->gdp);
    gh_query_bind_text(insert, 6, base->currency);
    gh_query_bind_text(insert, 7, base->source);
    return gh_query_run(insert, NULL, error);
}

/* Parameters 1 to 8 of both statements below. */
static void
bind_city(GhQuery *query, const GhCity *city)
{
    g_autofree char *name_key = gh_text_fold_name(city->name);
    gh_query_bind_int64(query, 1, city->id);
    gh_query_bind_text(query, 2, city->name);
    gh_query_bind_text(query, 3, name_key);
    gh_query_bind_text(query, 4, city->country_code);
    gh_row_bind_number(query, 5, city->latitude);
    gh_row_bind_number(query, 6, city->longitude);
    gh_query_bind_text(query, 7, city->source);
    gh_query_bind_text(query, 8, city->note);
}

static const char SQL_INSERT[] =
    "INSERT INTO city (city_id, name, name_key, country_code, latitude, longitude, source, note,"
    " slug) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

bool
gh_city_insert(GhDb *db, const GhCity *city, GError **error)
{
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_INSERT, error);
    if (query == NULL)
        return false;
    bind_city(query, city);
    gh_query_bind_text(query, 9, city->slug);
    return gh_query_run(query, NULL, error) && write_undated(db, city, error);
}

static const char SQL_UPDATE[] =
    "UPDATE city SET name = $2, name_key = $3, country_code = $4, latitude = $5, longitude = $6,"
    " source = $7, note = $8 WHERE city_id = $1";

bool
gh_city_update(GhDb *db, const GhCity *city, GError **error)
{
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_UPDATE, error);
    if (query == NULL)
        return false;
    bind_city(query, city);
    return gh_query_run(query, NULL, error) && write_undated(db, city, error);
}
