/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* export_cities.c - cities as a table that can be imported again unchanged. */
#include "evaluation/figures.h"

/* FORMATS, section 2, then three columns of our own. */
static const GhColumn columns[] = {
    {"slug", GH_COLUMN_TEXT},         {"name", GH_COLUMN_TEXT},
    {"country_code", GH_COLUMN_TEXT}, {"population", GH_COLUMN_NUMBER},
    {"area_km2", GH_COLUMN_NUMBER},   {"latitude", GH_COLUMN_NUMBER},
    {"longitude", GH_COLUMN_NUMBER},  {"source", GH_COLUMN_TEXT},
    {"note", GH_COLUMN_TEXT},         {"households", GH_COLUMN_NUMBER},
    {"gdp", GH_COLUMN_NUMBER},        {"currency", GH_COLUMN_TEXT},
};

static bool
write_city(GhTable *table, const GhCity *city, GError **error)
{
    GhCityYear base = gh_city_base(city, 0);
    gh_table_text(table, city->slug);
    gh_table_text(table, city->name);
    gh_table_text(table, city->country_code);
    gh_table_number_if_present(table, base.population);
    gh_table_number_if_present(table, base.area_km2);
    gh_table_number_if_present(table, city->latitude);
    gh_table_number_if_present(table, city->longitude);
    gh_table_text(table, city->source);
    gh_table_text(table, city->note);
    gh_table_number_if_present(table, base.households);
    gh_table_number_if_present(table, base.gdp);
    gh_table_text(table, base.currency);
    return gh_table_end_row(table, error);
}

bool
gh_export_cities(GhDb *db, GhTableFormat format, GhTableSink sink, void *sink_data, GError **error)
{
    g_autoptr(GPtrArray) cities = gh_city_list(db, error);
    if (cities == NULL)
        return false;

    g_autoptr(GhTable) table =
        gh_table_new(format, "cities", columns, G_N_ELEMENTS(columns), sink, sink_data);
    for (guint i = 0; i < cities->len; i++) {
        if (!write_city(table, g_ptr_array_index(cities, i), error))
            return false;
    }
    return gh_table_close(table, error);
}
