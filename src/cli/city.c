/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* city.c - guildhall city add|list|show. */
#include <math.h>
#include <stdio.h>

#include "base/json_writer.h"
#include "base/layout.h"
#include "cli/command.h"
#include "evaluation/evaluation.h"

enum {
    DECIMALS = 6, /* as many as a place on the map has */
    INDENT = 2,
    GAP = 2, /* between label and number */
};

typedef struct {
    char *slug, *country, *source, *note, *format;
    double population, area_km2, latitude, longitude;
    gboolean json;
} Options;

static void
options_clear(Options *options)
{
    g_free(options->slug);
    g_free(options->country);
    g_free(options->source);
    g_free(options->note);
    g_free(options->format);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

/* -- list -- */

static bool
list_work(GhDb *db, void *data, GError **error)
{
    GhTableFormat *format = data;
    if (format != NULL)
        return gh_export_cities(db, *format, gh_table_sink_file, stdout, error);

    g_autoptr(GPtrArray) cities = gh_city_list(db, error);
    if (cities == NULL)
        return false;
    for (guint i = 0; i < cities->len; i++) {
        const GhCity *city = g_ptr_array_index(cities, i);
        printf("%-28s %-2s  %s\n", city->slug, city->country_code, city->name);
    }
    if (cities->len == 0)
        gh_command_say(stdout,
                       "no cities yet; add one with guildhall city add NAME --country CC, or "
                       "guildhall init --sample",
                       NULL);
    return true;
}

/* -- show -- */

static void
show_json_number(GhJson *json, const char *key, double value)
{
    if (isnan(value))
        gh_json_pair_null(json, key);
    else
        gh_json_pair_number(json, key, value);
}

static void
show_json(const GhCity *city)
{
    g_autoptr(GString) out = g_string_new(NULL);
    GhJson json;
    gh_json_init(&json, out);
    gh_json_begin_object(&json);
    gh_json_pair_text(&json, "slug", city->slug);
    gh_json_pair_text(&json, "name", city->name);
    gh_json_pair_text(&json, "country_code", city->country_code);
    show_json_number(&json, "latitude", city->latitude);
    show_json_number(&json, "longitude", city->longitude);
    gh_json_pair_text(&json, "source", city->source);
    gh_json_pair_text(&json, "note", city->note);
    gh_json_key(&json, "years");
    gh_json_begin_array(&json);
    for (size_t i = 0; i < city->n_years; i++) {
        const GhCityYear *year = &city->years[i];
        gh_json_begin_object(&json);
        if (year->year == 0)
            gh_json_pair_null(&json, "year");
        else
            gh_json_pair_int(&json, "year", year->year);
        show_json_number(&json, "population", year->population);
        show_json_number(&json, "households", year->households);
        show_json_number(&json, "area_km2", year->area_km2);
        show_json_number(&json, "gdp", year->gdp);
        gh_json_pair_text(&json, "currency", year->currency);
        gh_json_pair_text(&json, "source", year->source);
        gh_json_end_object(&json);
    }
    gh_json_end_array(&json);
    gh_json_end_object(&json);
    printf("%s\n", out->str);
}

/* What is known of a city in a year, by the label it is shown under. */
static const char *const labels[] = {
    GH_MARK("latitude"),   GH_MARK("longitude"), GH_MARK("population"),
    GH_MARK("households"), GH_MARK("area"),      GH_MARK("GDP"),
};

static void
show_number(GString *out, const char *label, double value, const char *unit)
{
    const GhLang *lang = gh_command_lang();
    if (isnan(value))
        return;

    size_t columns = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(labels); i++)
        columns = MAX(columns, gh_layout_width(GH_T(lang, labels[i])));
    g_autofree char *number = gh_lang_number(lang, value, DECIMALS);
    gh_layout_left(out, "", INDENT);
    gh_layout_left(out, GH_T(lang, label), columns + GAP);
    g_string_append_printf(out, "%s%s%s\n", number, unit != NULL ? " " : "",
                           unit != NULL ? unit : "");
}

static void
show_year(GString *out, const GhCityYear *year)
{
    bool is_known = !isnan(year->population) || !isnan(year->households) || !isnan(year->area_km2)
                    || !isnan(year->gdp);
    if (!is_known)
        return;

    if (year->year == 0)
        g_string_append_printf(out, "%s\n", GH_T(gh_command_lang(), "undated"));
    else
        g_string_append_printf(out, "%d\n", year->year);
    show_number(out, "population", year->population, NULL);
    show_number(out, "households", year->households, NULL);
    show_number(out, "area", year->area_km2, "km\u00b2");
    show_number(out, "GDP", year->gdp, year->currency);
}

static void
show_text(const GhCity *city)
{
    const GhLang *lang = gh_command_lang();
    g_autofree char *title =
        g_strdup_printf("%s (%s), %s", city->name, city->country_code, city->slug);
    g_autoptr(GString) out = g_string_new(NULL);

    gh_layout_wrap(out, title, 0, gh_command_width());
    show_number(out, "latitude", city->latitude, NULL);
    show_number(out, "longitude", city->longitude, NULL);
    for (size_t i = 0; i < city->n_years; i++)
        show_year(out, &city->years[i]);
    if (city->source != NULL) {
        g_autofree char *source =
            gh_lang_fill(GH_T(lang, "source: {source}"), "source", city->source, NULL);
        gh_layout_wrap(out, source, 0, gh_command_width());
    }
    if (city->note != NULL) {
        g_autofree char *note = gh_lang_fill(GH_T(lang, "note: {note}"), "note", city->note, NULL);
        gh_layout_wrap(out, note, 0, gh_command_width());
    }
    fputs(out->str, stdout);
}

typedef struct {
    const char *name;
    GhCity *city; /* owned */
} Find;

static bool
find_work(GhDb *db, void *data, GError **error)
{
    Find *find = data;
    g_clear_pointer(&find->city, gh_city_free);
    return gh_city_require(db, find->name, &find->city, error);
}

static bool
show(GhStore *store, const char *name, bool json, GError **error)
{
    Find find = {.name = name};
    if (!gh_store_read(store, find_work, &find, error))
        return false;

    g_autoptr(GhCity) city = find.city;
    if (json)
        show_json(city);
    else
        show_text(city);
    return true;
}

/* -- add -- */

static bool
add(GhStore *store, const char *name, const Options *options, GError **error)
{
    GhCityYear undated = {
        .population = options->population,
        .households = NAN,
        .area_km2 = options->area_km2,
        .gdp = NAN,
        .source = options->source,
    };
    const GhCity city = {
        .slug = options->slug,
        .name = (char *)(uintptr_t)name, /* borrowed: gh_city_add copies */
        .country_code = options->country,
        .source = options->source,
        .note = options->note,
        .latitude = options->latitude,
        .longitude = options->longitude,
        .years = &undated,
        .n_years = 1,
    };

    g_autofree char *slug = NULL;
    if (!gh_city_add(store, &city, &slug, error))
        return false;
    printf("%s\n", slug);
    return true;
}

static int
run(int argc, char **argv)
{
    g_auto(Options)
        values = {.population = NAN, .area_km2 = NAN, .latitude = NAN, .longitude = NAN};
    const GOptionEntry options[] = {
        {"country", 0, 0, G_OPTION_ARG_STRING, &values.country,
         GH_MARK("ISO 3166 code of the country"), "CC"},
        {"slug", 0, 0, G_OPTION_ARG_STRING, &values.slug, GH_MARK("name in web addresses"), "SLUG"},
        {"population", 0, 0, G_OPTION_ARG_DOUBLE, &values.population, GH_MARK("inhabitants"), "N"},
        {"area", 0, 0, G_OPTION_ARG_DOUBLE, &values.area_km2, GH_MARK("area in km2"), "N"},
        {"latitude", 0, 0, G_OPTION_ARG_DOUBLE, &values.latitude, GH_MARK("degrees north"), "N"},
        {"longitude", 0, 0, G_OPTION_ARG_DOUBLE, &values.longitude, GH_MARK("degrees east"), "N"},
        {"source", 0, 0, G_OPTION_ARG_STRING, &values.source, GH_MARK("where this was read"),
         "TEXT"},
        {"note", 0, 0, G_OPTION_ARG_STRING, &values.note, GH_MARK("a remark"), "TEXT"},
        {"format", 0, 0, G_OPTION_ARG_STRING, &values.format, GH_MARK("list: csv, xlsx or json"),
         "FORMAT"},
        {"json", 0, 0, G_OPTION_ARG_NONE, &values.json, GH_MARK("short for --format json"), NULL},
        G_OPTION_ENTRY_NULL,
    };
    int status = GH_EXIT_DONE;
    if (!gh_command_parse(&gh_command_city, options, &argc, &argv, 1, 2, &status))
        return status;

    const char *verb = argv[1];
    const char *name = argc > 2 ? argv[2] : NULL;
    bool wants_name = g_str_equal(verb, "add") || g_str_equal(verb, "show");
    if (!wants_name && !g_str_equal(verb, "list"))
        return gh_command_usage_error(&gh_command_city, "unknown word \"{word}\"", "word", verb,
                                      NULL);
    if (wants_name != (name != NULL))
        return wants_name ? gh_command_usage_error(
                   &gh_command_city, "city {verb} takes the name of a city", "verb", verb, NULL)
                          : gh_command_usage_error(&gh_command_city,
                                                   "city {verb} takes no further argument", "verb",
                                                   verb, NULL);

    GhTableFormat format = GH_TABLE_JSON;
    if (values.format != NULL && !gh_table_format_from_text(values.format, &format))
        return gh_command_usage_error(&gh_command_city, "unknown format \"{word}\"", "word",
                                      values.format, NULL);
    bool as_table = values.json || values.format != NULL;

    g_autoptr(GError) error = NULL;
    g_autoptr(GhStore) store = gh_command_open(GH_STORE_MUST_EXIST, &error);
    if (store == NULL)
        return gh_command_fail(error);

    bool done = g_str_equal(verb, "add") ? add(store, name, &values, &error)
                : g_str_equal(verb, "show")
                    ? show(store, name, as_table && format == GH_TABLE_JSON, &error)
                    : gh_store_read(store, list_work, as_table ? &format : NULL, &error);
    return done ? GH_EXIT_DONE : gh_command_fail(error);
}

const GhCommand gh_command_city = {
    .name = "city",
    .usage = "add NAME --country CC [options] | list | show CITY",
    .summary = GH_MARK("adds, lists and shows cities"),
    .run = run,
};
