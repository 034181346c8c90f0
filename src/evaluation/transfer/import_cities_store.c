/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* import_cities_store.c - a file of cities into the database, whole or not at all. */
#include <math.h>

#include "base/json_writer.h"
#include "evaluation/city_private.h"
#include "evaluation/transfer/import_cities_private.h"
#include "evaluation/transfer/import_digest.h"
#include "store/audit.h"

typedef struct {
    GhStore *store;
    const GhCityRows *rows;
    const char *file_name;
    const GhImportOptions *options;
    GhFaults *faults;
    GhImportResult *result;
    GhSearchBatch *index; /* made anew by each try */
} Write;

static bool
same_number(double a, double b)
{
    return (isnan(a) && isnan(b)) || a == b;
}

static void
keep_text(char **text, const char *old, bool has)
{
    if (has)
        return;
    g_free(*text);
    *text = g_strdup(old);
}

static void
keep_number(double *number, double old, bool has)
{
    if (!has)
        *number = old;
}

/* What the file has no column for stays as it is. */
static void
inherit(const GhCityRows *rows, GhCity *city, const GhCity *old)
{
    const bool *has = rows->has_field;
    GhCityYear *base = &city->years[0];
    const GhCityYear *old_base =
        old->n_years > 0 && old->years[0].year == 0 ? &old->years[0] : NULL;

    keep_text(&city->country_code, old->country_code, has[GH_CITY_COUNTRY]);
    keep_text(&city->source, old->source, has[GH_CITY_SOURCE]);
    keep_text(&city->note, old->note, has[GH_CITY_NOTE]);
    keep_number(&city->latitude, old->latitude, has[GH_CITY_LATITUDE]);
    keep_number(&city->longitude, old->longitude, has[GH_CITY_LONGITUDE]);
    if (old_base == NULL)
        return;
    keep_number(&base->population, old_base->population, has[GH_CITY_POPULATION]);
    keep_number(&base->households, old_base->households, has[GH_CITY_HOUSEHOLDS]);
    keep_number(&base->area_km2, old_base->area_km2, has[GH_CITY_AREA]);
    keep_number(&base->gdp, old_base->gdp, has[GH_CITY_GDP]);
    keep_text(&base->currency, old_base->currency, has[GH_CITY_CURRENCY]);
}

static bool
cities_agree(const GhCity *a, const GhCity *b)
{
    static const GhCityYear nothing = {
        .population = NAN, .households = NAN, .area_km2 = NAN, .gdp = NAN, .currency = NULL};
    const GhCityYear *x = &a->years[0];
    const GhCityYear *y = b->n_years > 0 && b->years[0].year == 0 ? &b->years[0] : &nothing;
    const char *currency_x = x->currency != NULL ? x->currency : "";
    const char *currency_y = y->currency != NULL ? y->currency : "";

    return g_str_equal(a->name, b->name) && g_str_equal(a->country_code, b->country_code)
           && same_number(a->latitude, b->latitude) && same_number(a->longitude, b->longitude)
           && g_strcmp0(a->source, b->source) == 0 && g_strcmp0(a->note, b->note) == 0
           && same_number(x->population, y->population) && same_number(x->households, y->households)
           && same_number(x->area_km2, y->area_km2) && same_number(x->gdp, y->gdp)
           && g_str_equal(currency_x, currency_y);
}

static const char SQL_OF_NAME[] = "SELECT slug FROM city WHERE name_key = $1 LIMIT 2";

static const char SQL_OF_NAME_AND_COUNTRY[] =
    "SELECT slug FROM city WHERE name_key = $1 AND country_code = $2";

/* The slug of the city with that name in that country, or, where the file has no countries, of the only
 * city with that name; stays NULL when there is none. */
static bool
find_by_name(GhDb *db, const Write *write, const GhCityRow *row, char **ret_slug, GError **error)
{
    bool countries = write->rows->has_field[GH_CITY_COUNTRY];
    bool found = false, another = false;
    g_autoptr(GhQuery) query =
        gh_db_query(db, countries ? SQL_OF_NAME_AND_COUNTRY : SQL_OF_NAME, error);
    if (query == NULL)
        return false;
    gh_query_bind_text(query, 1, row->name_key);
    if (countries)
        gh_query_bind_text(query, 2, row->city->country_code);
    if (!gh_query_next(query, &found, error))
        return false;
    if (!found)
        return true;

    g_autofree char *slug = g_strdup(gh_query_text(query, 0));
    if (!gh_query_next(query, &another, error))
        return false;
    if (!another)
        *ret_slug = g_steal_pointer(&slug);
    return true;
}

/* Two cities of one name in one country would be told apart by their slugs alone. */
static bool
check_namesake(GhDb *db, const Write *write, const GhCityRow *row, const char *slug, GError **error)
{
    bool found = false;
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_OF_NAME_AND_COUNTRY, error);
    if (query == NULL)
        return false;
    gh_query_bind_text(query, 1, row->name_key);
    gh_query_bind_text(query, 2, row->city->country_code);
    if (!gh_query_next(query, &found, error))
        return false;
    if (!found || g_strcmp0(gh_query_text(query, 0), slug) == 0)
        return true;

    g_autofree char *remedy = g_strdup_printf(
        "it is %s already: use that slug, or make the name longer", gh_query_text(query, 0));
    gh_faults_add(write->faults, GH_FAULT_ERROR, write->file_name, row->line, "name",
                  row->city->name, "is the name of another city in the same country", remedy);
    return true;
}

/* A new city; that none of the slugs it could have is free is a fault of its row. */
static bool
add_new(GhDb *db, const Write *write, const GhCityRow *row, const char *asked_slug, GError **error)
{
    g_autofree char *slug = NULL;
    g_autoptr(GError) refusal = NULL;
    GhCity chosen = *row->city;
    if (!gh_city_choose_slug(db, asked_slug, chosen.name, chosen.country_code, &slug, &refusal)) {
        if (refusal->domain != GH_EVALUATION_ERROR) {
            g_propagate_error(error, g_steal_pointer(&refusal));
            return false;
        }
        gh_faults_add(write->faults, GH_FAULT_ERROR, write->file_name, row->line, "slug",
                      chosen.name, "has no slug of its own, and those made from the name are taken",
                      "add the column slug, and give this city one that is free");
        return true;
    }
    if (write->options->dry_run || gh_faults_n_errors(write->faults) > 0)
        return true;
    if (!gh_store_new_id(write->store, &chosen.id, error))
        return false;
    chosen.slug = slug;
    gh_city_index_add(write->index, &chosen);
    return gh_city_insert(db, &chosen, error);
}

static bool
change(GhDb *db, const Write *write, const GhCity *city, const GhCity *old, GError **error)
{
    GhCity indexed = *city;

    indexed.slug = old->slug; /* the file may have none */
    if (!g_str_equal(city->name, old->name) || !g_str_equal(city->country_code, old->country_code))
        gh_city_index_add(write->index, &indexed);
    return gh_city_update(db, city, error);
}

/* A city is found by its slug; where the file gives none, by name and country. */
static bool
write_row(GhDb *db, const Write *write, const GhCityRow *row, GError **error)
{
    GhCity *city = row->city;
    g_autofree char *found = NULL;
    if (city->slug == NULL && !find_by_name(db, write, row, &found, error))
        return false;
    const char *slug = city->slug != NULL ? city->slug : found;

    g_autoptr(GhCity) old = NULL;
    if (slug != NULL && !gh_city_find_slug(db, slug, &old, error))
        return false;
    if (old != NULL)
        inherit(write->rows, city, old);
    if (!check_namesake(db, write, row, slug, error))
        return false;
    if (old == NULL) {
        write->result->n_new++;
        return add_new(db, write, row, slug, error);
    }
    city->id = old->id;
    if (cities_agree(city, old)) {
        write->result->n_unchanged++;
        return true;
    }
    write->result->n_changed++;
    return write->options->dry_run || gh_faults_n_errors(write->faults) > 0
           || change(db, write, city, old, error);
}

/* Over the rows in file order: all texts and numbers of each. */
static char *
digest_rows(const GhCityRows *rows)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    for (guint i = 0; i < rows->rows->len; i++) {
        const GhCity *city = ((const GhCityRow *)g_ptr_array_index(rows->rows, i))->city;
        const GhCityYear *base = &city->years[0];
        gh_digest_text(sum, city->slug);
        gh_digest_text(sum, city->name);
        gh_digest_text(sum, city->country_code);
        gh_digest_number(sum, city->latitude);
        gh_digest_number(sum, city->longitude);
        gh_digest_text(sum, city->source);
        gh_digest_text(sum, city->note);
        gh_digest_number(sum, base->population);
        gh_digest_number(sum, base->households);
        gh_digest_number(sum, base->area_km2);
        gh_digest_number(sum, base->gdp);
        gh_digest_text(sum, base->currency);
    }
    return g_strdup(g_checksum_get_string(sum));
}

static bool
append_audit(GhDb *db, const Write *write, GError **error)
{
    g_autofree char *digest = digest_rows(write->rows);
    g_autoptr(GString) detail = g_string_new(NULL);
    GhJson json;
    gh_json_init(&json, detail);
    gh_json_begin_object(&json);
    gh_json_pair_int(&json, "new", write->result->n_new);
    gh_json_pair_int(&json, "changed", write->result->n_changed);
    gh_json_end_object(&json);
    const GhAuditEntry entry = {
        .actor = write->options->actor,
        .action = "import cities",
        .subject = write->file_name,
        .detail = detail->str,
        .digest = digest,
    };
    return gh_audit_append(db, &entry, NULL, error);
}

static bool
write_work(GhDb *db, void *data, GError **error)
{
    Write *write = data;
    GhImportResult *result = write->result;
    result->n_new = result->n_changed = result->n_unchanged = 0;
    g_autoptr(GhSearchBatch) index = gh_city_index_new();
    write->index = index;

    for (guint i = 0; i < write->rows->rows->len; i++) {
        if (!write_row(db, write, g_ptr_array_index(write->rows->rows, i), error))
            return false;
    }
    if (!gh_import_refuse_faults(write->faults, write->file_name, error))
        return false;
    return write->options->dry_run || result->n_new + result->n_changed == 0
           || (gh_search_batch_write(index, db, error) && append_audit(db, write, error));
}

/* In a file whose decimal sign turns out to be the comma, points followed by three digits have another
 * meaning, so such a file is read once more with that knowledge. */
static GhCityRows *
read_rows(const char *name, const char *bytes, size_t n_bytes, GhFaults *faults, GError **error)
{
    bool comma_decimal_file = false;
    for (int pass = 0;; pass++) {
        g_autoptr(GhFaults) own_faults = gh_faults_new();
        g_autoptr(GhCityRows) rows = gh_city_rows_new();
        g_autoptr(GhCsv) csv = gh_csv_new(name, bytes, n_bytes, error);
        if (csv == NULL)
            return NULL;
        gh_city_rows_read(csv, pass > 0, own_faults, rows, &comma_decimal_file);
        if (pass == 0 && comma_decimal_file)
            continue;
        gh_faults_move(faults, own_faults);
        return g_steal_pointer(&rows);
    }
}

bool
gh_import_cities(GhStore *store, const char *name, const char *bytes, size_t n_bytes,
                 const GhImportOptions *options, GhFaults *faults, GhImportResult *result,
                 GError **error)
{
    g_autoptr(GhCityRows) rows = read_rows(name, bytes, n_bytes, faults, error);
    if (rows == NULL)
        return false;
    result->n_rows = rows->rows->len;
    if (!gh_import_refuse_faults(faults, name, error))
        return false;

    Write write = {
        .store = store,
        .rows = rows,
        .file_name = name,
        .options = options,
        .faults = faults,
        .result = result,
    };
    return options->dry_run ? gh_store_read(store, write_work, &write, error)
                            : gh_store_write(store, write_work, &write, error);
}
