/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* city_index_test.c - what is written is found: cities that were added, imported and renamed, the
 * indicators of a framework, and all of them in a database from before the search. */
#include <math.h>
#include <string.h>

#include "evaluation/evaluation.h"
#include "store/search.h"
#include "store/store_testing.h"

/* -- asking -- */

typedef struct {
    const char *kind, *scope, *words;
    GPtrArray *hits;
} Question;

static bool
ask_work(GhDb *db, void *data, GError **error)
{
    Question *question = data;

    g_clear_pointer(&question->hits, g_ptr_array_unref);
    question->hits =
        gh_search_find(db, question->kind, question->scope, question->words, 10, error);
    return question->hits != NULL;
}

/* The keys of what is found, "a b"; the caller owns it. */
static char *
ask(GhStore *store, const char *kind, const char *scope, const char *words)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) keys = g_string_new(NULL);
    Question question = {.kind = kind, .scope = scope, .words = words};

    gh_store_read(store, ask_work, &question, &error);
    g_assert_no_error(error);
    for (guint i = 0; i < question.hits->len; i++) {
        const GhSearchHit *hit = g_ptr_array_index(question.hits, i);
        g_string_append_printf(keys, "%s%s", i > 0 ? " " : "", hit->key);
    }
    g_ptr_array_unref(question.hits);
    return g_string_free(g_steal_pointer(&keys), FALSE);
}

static void
expect(GhStore *store, const char *words, const char *want)
{
    g_autofree char *got = ask(store, "city", "", words);
    g_test_message("%s", words);
    g_assert_cmpstr(got, ==, want);
}

/* -- writing -- */

static GhFramework *
load_framework(GhStore *store)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GhFaults) faults = gh_faults_new();
    bool changed = false;

    g_autoptr(GPtrArray) files = gh_framework_files_from_dir("builtin:u4ssc", &error);
    g_assert_no_error(error);
    gh_framework_load(store, files, faults, &changed, &error);
    g_assert_no_error(error);
    GhFramework *framework = gh_framework_get(store, "u4ssc", NULL, &error);
    g_assert_no_error(error);
    return framework;
}

static void
import_cities(GhStore *store, const GhFramework *framework, const char *text, bool dry_run)
{
    const GhImportOptions options = {.actor = "operator", .dry_run = dry_run};
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GError) error = NULL;
    GhImportResult result = {0};

    gh_import(store, framework, "cities.csv", text, strlen(text), &options, faults, &result,
              &error);
    g_assert_no_error(error);
}

static void
add_city(GhStore *store, const char *name, const char *country)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *own_name = g_strdup(name);
    g_autofree char *own_country = g_strdup(country);
    const GhCity city = {
        .name = own_name, .country_code = own_country, .latitude = NAN, .longitude = NAN};

    gh_city_add(store, &city, NULL, &error);
    g_assert_no_error(error);
}

static const char CITIES[] = "slug,name,country_code\n"
                             "riyadh,Riyadh,SA\n"
                             "beijing,\u5317\u4eac,CN\n"
                             "nowhere,Utopia,\n";

static void
test_cities(GhStoreTesting *testing)
{
    g_autoptr(GhFramework) framework = load_framework(testing->store);

    add_city(testing->store, "\u00c5lesund", "NO");
    expect(testing->store, "Aalesund", "alesund");
    expect(testing->store, "norway", "alesund");
    import_cities(testing->store, framework, CITIES, true);
    expect(testing->store, "riyadh", "");

    import_cities(testing->store, framework, CITIES, false);
    expect(testing->store, "Ryadh", "riyadh");
    expect(testing->store, "saudi arabia", "riyadh");
    expect(testing->store, "\u5317\u4eac", "beijing");
    expect(testing->store, "peking beijing", "");
    expect(testing->store, "beijing", "beijing");
    expect(testing->store, "utopia", "nowhere");
}

static void
test_changes(GhStoreTesting *testing)
{
    g_autoptr(GhFramework) framework = load_framework(testing->store);

    import_cities(testing->store, framework, CITIES, false);
    import_cities(testing->store, framework, "slug,name\nriyadh,Ar-Riyad\nbeijing,\u5317\u4eac\n",
                  false);
    expect(testing->store, "ar riyad", "riyadh");
    expect(testing->store, "riyadh saudi", "riyadh"); /* by its slug, which never changes */

    /* By name, without a slug in the file; and a change that is none of the search's. */
    import_cities(testing->store, framework, "name,country_code\nutopia,GB\n", false);
    import_cities(testing->store, framework, "name,population\nAr-Riyad,7000000\n", false);
    expect(testing->store, "riyad arabia", "riyadh");
}

static void
test_indicators(GhStoreTesting *testing)
{
    static const struct {
        const char *words, *first;
    } cases[] = {
        {"EC.ICT.ICT.1C", "EC.ICT.ICT.1C"},  {"EC: ICT: ICT: 1C", "EC.ICT.ICT.1C"},
        {"internet acess", "EC.ICT.ICT.1C"}, {"wirless broadband subscriptions", "EC.ICT.ICT.3C"},
        {"unemploymnet rate", "EC.P.EM.1C"},
    };
    g_autoptr(GhFramework) framework = load_framework(testing->store);

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = ask(testing->store, "indicator", "u4ssc", cases[i].words);
        g_auto(GStrv) keys = g_strsplit(got, " ", -1);
        g_test_message("%s: %s", cases[i].words, got);
        g_assert_cmpstr(keys[0], ==, cases[i].first);
    }
    for (size_t i = 0; i < framework->n_kpis; i++) {
        const GhKpi *kpi = &framework->kpis[i];
        g_autofree char *got = ask(testing->store, "indicator", "u4ssc", kpi->code);
        g_auto(GStrv) keys = g_strsplit(got, " ", -1);
        g_assert_cmpstr(keys[0], ==, kpi->id);
    }
}

static void
refresh(GhStore *store)
{
    g_autoptr(GError) error = NULL;

    gh_framework_refresh_index(store, &error);
    g_assert_no_error(error);
    gh_city_refresh_index(store, &error);
    g_assert_no_error(error);
}

/* The trail has two more entries then. */
static const char BUT_THE_TRAIL[] =
    "audit_entry audit_head data_version node_lease schema_migration";

/* The tables of the search and of all migrations behind it, those that refer to others first. */
static const char *const SINCE[] = {"ranking_city_year", "ranking_choice", "ranking_city",
                                    "ranking_file",      "ranking",        "search_posting",
                                    "search_trigram",    "search_kind"};

static void
test_old_database(GhStoreTesting *testing)
{
    g_autoptr(GhFramework) framework = load_framework(testing->store);

    import_cities(testing->store, framework, CITIES, false);
    g_autofree char *before = gh_store_testing_dump(testing->location, NULL);
    refresh(testing->store);
    g_autofree char *untouched = gh_store_testing_dump(testing->location, NULL);
    g_assert_cmpstr(untouched, ==, before);

    g_clear_pointer(&testing->store, gh_store_free);
    g_autofree char *with_index = gh_store_testing_dump(testing->location, BUT_THE_TRAIL);
    for (size_t t = 0; t < G_N_ELEMENTS(SINCE); t++) {
        g_autofree char *drop = g_strconcat("DROP TABLE IF EXISTS ", SINCE[t], NULL);
        gh_store_testing_script(testing->location, drop);
    }
    gh_store_testing_script(testing->location, "DELETE FROM schema_migration WHERE version >= 3");

    g_autoptr(GError) error = NULL;
    testing->store = gh_store_open(testing->location, GH_STORE_CREATE_OR_UPGRADE, &error);
    g_assert_no_error(error);
    expect(testing->store, "riyadh", "");
    refresh(testing->store);
    expect(testing->store, "riyadh", "riyadh");
    g_autofree char *after = gh_store_testing_dump(testing->location, BUT_THE_TRAIL);
    g_assert_cmpstr(after, ==, with_index);
}

static void
test_other_rules(GhStoreTesting *testing)
{
    g_autoptr(GhFramework) framework = load_framework(testing->store);

    import_cities(testing->store, framework, CITIES, false);
    g_autofree char *before = gh_store_testing_dump(testing->location, BUT_THE_TRAIL);
    gh_store_testing_script(testing->location, "UPDATE search_kind SET version = 0");
    gh_store_testing_script(testing->location,
                            "UPDATE search_posting SET name = 'other rules' WHERE kind = 'city'");
    refresh(testing->store);
    g_autofree char *after = gh_store_testing_dump(testing->location, BUT_THE_TRAIL);
    g_assert_cmpstr(after, ==, before);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    gh_store_testing_each("/city index/cities that were added or imported are found", test_cities);
    gh_store_testing_each("/city index/cities that were renamed are found by the new name",
                          test_changes);
    gh_store_testing_each("/city index/every indicator is found first by its code",
                          test_indicators);
    gh_store_testing_each("/city index/a database from before the search gets its entries",
                          test_old_database);
    gh_store_testing_each("/city index/entries by other rules are made anew", test_other_rules);
    return g_test_run();
}
