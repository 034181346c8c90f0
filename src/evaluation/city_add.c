/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* city_add.c - a new city: its slug, its rows, its entry in the audit trail. */

#include <math.h>

#include "base/json_writer.h"
#include "base/text.h"
#include "evaluation/city_private.h"
#include "store/audit.h"

typedef struct {
    GhCity city;            /* as it will be stored; everything borrowed */
    const char *asked_slug; /* NULL: to be made */
    const char *name_key;
    char *slug; /* owned: the one that was free, after the work */
} Addition;

static const char SQL_SLUG_OF_NAME[] = "SELECT slug FROM city"
                                       " WHERE name_key = $1 AND country_code = $2";

static bool
refuse_existing(GhDb *db, const Addition *addition, GError **error)
{
    bool row = false;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_SLUG_OF_NAME, error);
    if (query == NULL)
        return false;
    gh_query_bind_text(query, 1, addition->name_key);
    gh_query_bind_text(query, 2, addition->city.country_code);
    if (!gh_query_next(query, &row, error))
        return false;
    if (!row)
        return true;
    g_set_error(error, GH_EVALUATION_ERROR, GH_EVALUATION_ERROR_EXISTS,
                "%s%s%s is there already, as %s", addition->city.name,
                addition->city.country_code[0] != '\0' ? ", " : "", addition->city.country_code,
                gh_query_text(query, 0));
    return false;
}

static void
detail_number(GhJson *json, const char *key, double value)
{
    if (!isnan(value))
        gh_json_pair_number(json, key, value);
}

static void
detail_base(GhJson *json, const GhCityYear *base)
{
    detail_number(json, "population", base->population);
    detail_number(json, "households", base->households);
    detail_number(json, "area_km2", base->area_km2);
    detail_number(json, "gdp", base->gdp);
    if (base->currency != NULL)
        gh_json_pair_text(json, "currency", base->currency);
}

/* One city is small enough for the trail to hold it whole, instead of a digest of it. */
static char *
describe(const GhCity *city)
{
    GString *out = g_string_new(NULL);
    GhJson json;

    gh_json_init(&json, out);
    gh_json_begin_object(&json);
    gh_json_pair_text(&json, "name", city->name);
    gh_json_pair_text(&json, "country_code", city->country_code);
    detail_number(&json, "latitude", city->latitude);
    detail_number(&json, "longitude", city->longitude);
    if (city->n_years > 0)
        detail_base(&json, &city->years[0]);
    if (city->source != NULL)
        gh_json_pair_text(&json, "source", city->source);
    if (city->note != NULL)
        gh_json_pair_text(&json, "note", city->note);
    gh_json_end_object(&json);
    return g_string_free(out, FALSE);
}

static bool
add_work(GhDb *db, void *data, GError **error)
{
    Addition *addition = data;

    g_autofree char *slug = NULL;
    if (!refuse_existing(db, addition, error)
        || !gh_city_choose_slug(db, addition->asked_slug, addition->city.name,
                                addition->city.country_code, &slug, error))
        return false;
    addition->city.slug = slug;
    g_autoptr(GhSearchBatch) index = gh_city_index_new();
    gh_city_index_add(index, &addition->city);
    if (!gh_city_insert(db, &addition->city, error) || !gh_search_batch_write(index, db, error))
        return false;

    g_autofree char *detail = describe(&addition->city);
    const GhAuditEntry entry = {
        .actor = "operator", .action = "city add", .subject = slug, .detail = detail};
    if (!gh_audit_append(db, &entry, NULL, error))
        return false;
    g_free(addition->slug);
    addition->slug = g_steal_pointer(&slug);
    return true;
}

static bool
base_is_unknown(const GhCityYear *base)
{
    return isnan(base->population) && isnan(base->households) && isnan(base->area_km2)
           && isnan(base->gdp) && base->currency == NULL;
}

bool
gh_city_add(GhStore *store, const GhCity *city, char **ret_slug, GError **error)
{
    g_assert(city->n_years == 0 || (city->n_years == 1 && city->years[0].year == 0));
    if (!gh_city_validate(city, error))
        return false;

    Addition addition = {.city = *city, .asked_slug = city->slug};
    if (!gh_store_new_id(store, &addition.city.id, error))
        return false;
    g_autofree char *name = g_strstrip(g_strdup(city->name));
    g_autofree char *country_code =
        g_ascii_strup(city->country_code != NULL ? city->country_code : "", -1);
    g_autofree char *name_key = gh_text_fold_name(name);
    addition.city.name = name;
    addition.city.country_code = country_code;
    addition.name_key = name_key;
    if (city->n_years > 0 && base_is_unknown(&city->years[0]))
        addition.city.n_years = 0; /* no row that says nothing */

    bool done = gh_store_write(store, add_work, &addition, error);
    g_autofree char *slug = addition.slug;
    if (done && ret_slug != NULL)
        *ret_slug = g_steal_pointer(&slug);
    return done;
}
