/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* city_test.c - adding cities, and finding them by what people type. */

#include "evaluation/city.h"

#include <math.h>
#include <string.h>

#include "store/audit.h"
#include "store/store_testing.h"

/* -- pure -- */

static void
test_base_figures(void)
{
    static char krone[] = "NOK", euro[] = "EUR";
    GhCityYear years[] = {
        {.year = 0,
         .population = 1000,
         .households = 400,
         .area_km2 = 12,
         .gdp = 5,
         .currency = krone},
        {.year = 2019, .population = NAN, .households = 410, .area_km2 = NAN, .gdp = NAN},
        {.year = 2020,
         .population = 1100,
         .households = NAN,
         .area_km2 = NAN,
         .gdp = 6,
         .currency = euro},
    };
    const GhCity city = {.years = years, .n_years = G_N_ELEMENTS(years)};

    GhCityYear base = gh_city_base(&city, 2020);
    g_assert_cmpfloat(base.population, ==, 1100);
    g_assert_cmpfloat(base.households, ==, 400);
    g_assert_cmpfloat(base.gdp, ==, 6);
    g_assert_cmpstr(base.currency, ==, "EUR");

    base = gh_city_base(&city, 2019);
    g_assert_cmpfloat(base.population, ==, 1000);
    g_assert_cmpfloat(base.households, ==, 410);
    g_assert_cmpstr(base.currency, ==, "NOK");

    base = gh_city_base(&city, 1990);
    g_assert_cmpfloat(base.population, ==, 1000);

    const GhCity bare = {0};
    base = gh_city_base(&bare, 2020);
    g_assert_true(isnan(base.population) && isnan(base.gdp) && base.currency == NULL);
}

static const char LONG_NAME[] =
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

/* The texts of cases are literals; GhCity owns its texts elsewhere. */
static char *
text(const char *literal)
{
    return (char *)(uintptr_t)literal;
}

static void
test_what_is_refused(void)
{
    static const struct {
        const char *label, *name, *slug, *country, *note;
        double latitude, population;
        bool want;
    } cases[] = {
        {.label = "a whole city",
         .name = "Oslo",
         .slug = "oslo",
         .country = "NO",
         .latitude = 59.9,
         .population = 7e5,
         .want = true},
        {.label = "a name alone", .name = "Oslo", .latitude = NAN, .population = NAN, .want = true},
        {.label = "no name", .latitude = NAN, .population = NAN},
        {.label = "blank name", .name = " \t ", .latitude = NAN, .population = NAN},
        {.label = "line break in the name", .name = "Os\nlo", .latitude = NAN, .population = NAN},
        {.label = "control character of two bytes",
         .name = "Os\xc2\x9b"
                 "lo",
         .latitude = NAN,
         .population = NAN},
        {.label = "mark that turns the sentence around the name",
         .name = "\u202EolsO",
         .latitude = NAN,
         .population = NAN},
        {.label = "mark that opens another direction",
         .name = "Os\u2067lo",
         .latitude = NAN,
         .population = NAN},
        {.label = "no character", .name = "Oslo\uFFFE", .latitude = NAN, .population = NAN},
        {.label = "letters kept apart, as Persian names are",
         .name = "می\u200Cآباد\u200F",
         .latitude = NAN,
         .population = NAN,
         .want = true},
        {.label = "not UTF-8",
         .name = "K\xf8"
                 "benhavn",
         .latitude = NAN,
         .population = NAN},
        {.label = "endless name", .name = LONG_NAME, .latitude = NAN, .population = NAN},
        {.label = "country in words",
         .name = "Oslo",
         .country = "Norway",
         .latitude = NAN,
         .population = NAN},
        {.label = "country with a digit",
         .name = "Oslo",
         .country = "N1",
         .latitude = NAN,
         .population = NAN},
        {.label = "slug in capitals",
         .name = "Oslo",
         .slug = "Oslo",
         .latitude = NAN,
         .population = NAN},
        {.label = "slug with a slash",
         .name = "Oslo",
         .slug = "os/lo",
         .latitude = NAN,
         .population = NAN},
        {.label = "beyond the pole", .name = "Oslo", .latitude = 91, .population = NAN},
        {.label = "fewer than nobody", .name = "Oslo", .latitude = NAN, .population = -1},
        {.label = "endlessly many", .name = "Oslo", .latitude = NAN, .population = INFINITY},
        {.label = "note not UTF-8",
         .name = "Oslo",
         .note = "\xff",
         .latitude = NAN,
         .population = NAN},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GhCityYear undated = {
            .population = cases[i].population, .households = NAN, .area_km2 = NAN, .gdp = NAN};
        const GhCity city = {
            .name = text(cases[i].name),
            .slug = text(cases[i].slug),
            .country_code = text(cases[i].country),
            .note = text(cases[i].note),
            .latitude = cases[i].latitude,
            .longitude = NAN,
            .years = &undated,
            .n_years = 1,
        };
        g_autoptr(GError) error = NULL;
        bool got = gh_city_validate(&city, &error);

        g_test_message("%s: %s", cases[i].label, error != NULL ? error->message : "taken");
        g_assert_true(got == cases[i].want);
        if (!got)
            g_assert_error(error, GH_EVALUATION_ERROR, GH_EVALUATION_ERROR_INVALID);
    }
}

/* -- with a database -- */

static bool
add(GhStore *store, const char *name, const char *country, const char *slug, char **ret_slug,
    GError **error)
{
    GhCityYear undated = {.population = 42000, .households = NAN, .area_km2 = NAN, .gdp = NAN};
    const GhCity city = {
        .name = text(name),
        .slug = text(slug),
        .country_code = text(country),
        .latitude = NAN,
        .longitude = 10.5,
        .years = &undated,
        .n_years = 1,
    };

    return gh_city_add(store, &city, ret_slug, error);
}

static void
assert_added(GhStore *store, const char *name, const char *country, const char *slug,
             const char *want_slug)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *got = NULL;

    add(store, name, country, slug, &got, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(got, ==, want_slug);
}

static void
add_cities(GhStore *store)
{
    assert_added(store, "Karm\xc3\xb8y", "no", NULL, "karmoy");
    assert_added(store, "Valencia", "ES", NULL, "valencia");
    assert_added(store, "Valencia", "VE", NULL, "valencia-ve");
    assert_added(store, "Krimpen aan den IJssel", "NL", NULL, "krimpen-aan-den-ijssel");
    assert_added(store, "\xe6\xa8\xaa\xe6\xb5\x9c\xe5\xb8\x82", "JP", "yokohama", "yokohama");
    assert_added(store, "\xc3\x85lesund", "NO", NULL, "alesund");
    assert_added(store, "Asker", NULL, NULL, "asker");
}

typedef struct {
    const char *text;
    bool require;
    GhCity *city; /* owned */
} Find;

static bool
find_work(GhDb *db, void *data, GError **error)
{
    Find *find = data;

    g_clear_pointer(&find->city, gh_city_free);
    return find->require ? gh_city_require(db, find->text, &find->city, error)
                         : gh_city_find(db, find->text, &find->city, error);
}

static void
test_found(GhStoreTesting *testing)
{
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"karmoy", "karmoy"},
        {"Karm\xc3\xb8y", "karmoy"},
        {"KARM\xc3\x98Y", "karmoy"},
        {"  karm\xc3\xb8y ", "karmoy"},
        {"Karmoy", NULL},               /* neither the slug nor the name */
        {"A\xcc\x8alesund", "alesund"}, /* decomposed */
        {"krimpen  aan den ijssel", "krimpen-aan-den-ijssel"},
        {"Valencia, VE", "valencia-ve"},
        {"Valencia,es", "valencia"},
        {"valencia", "valencia"}, /* a slug before a name */
        {"\xe6\xa8\xaa\xe6\xb5\x9c\xe5\xb8\x82", "yokohama"},
        {"Asker, NO", NULL}, /* its country is not known */
        {"", NULL},
        {"' OR 1=1 --", NULL},
    };

    add_cities(testing->store);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        Find find = {.text = cases[i].text};
        g_autoptr(GError) error = NULL;
        gh_store_read(testing->store, find_work, &find, &error);
        g_autoptr(GhCity) city = find.city;

        g_test_message("\"%s\": %s", cases[i].text, city != NULL ? city->slug : "none");
        g_assert_no_error(error);
        g_assert_cmpstr(city != NULL ? city->slug : NULL, ==, cases[i].want);
    }
}

static void
test_read_back(GhStoreTesting *testing)
{
    Find find = {.text = "karmoy"};
    g_autoptr(GError) error = NULL;

    add_cities(testing->store);
    gh_store_read(testing->store, find_work, &find, &error);
    g_assert_no_error(error);
    g_autoptr(GhCity) city = find.city;
    g_assert_cmpstr(city->name, ==, "Karm\xc3\xb8y");
    g_assert_cmpstr(city->country_code, ==, "NO");
    g_assert_true(isnan(city->latitude));
    g_assert_cmpfloat(city->longitude, ==, 10.5);
    g_assert_null(city->source);
    g_assert_cmpuint(city->n_years, ==, 1);
    g_assert_cmpint(city->years[0].year, ==, 0);
    g_assert_cmpfloat(city->years[0].population, ==, 42000);
    g_assert_true(isnan(city->years[0].households));
}

static void
test_not_found(GhStoreTesting *testing)
{
    static const struct {
        const char *text;
        GhEvaluationError code;
        const char *want; /* in the message */
    } cases[] = {
        {"Karmoey", GH_EVALUATION_ERROR_UNKNOWN, "near it: karmoy"},
        {"krimpen", GH_EVALUATION_ERROR_UNKNOWN, "near it: krimpen-aan-den-ijssel"},
        {"Aalesund", GH_EVALUATION_ERROR_UNKNOWN, "near it: alesund"},
        {"Timbuktu", GH_EVALUATION_ERROR_UNKNOWN, "guildhall city list"},
        {"VALENCIA", GH_EVALUATION_ERROR_AMBIGUOUS, "valencia (ES), valencia-ve (VE)"},
        {"\xff", GH_EVALUATION_ERROR_INVALID, "UTF-8"},
    };

    add_cities(testing->store);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        Find find = {.text = cases[i].text, .require = true};
        g_autoptr(GError) error = NULL;

        g_assert_false(gh_store_read(testing->store, find_work, &find, &error));
        g_test_message("%s", error->message);
        g_assert_error(error, GH_EVALUATION_ERROR, (int)cases[i].code);
        g_assert_nonnull(strstr(error->message, cases[i].want));
        g_assert_null(find.city);
    }
}

static bool
list_work(GhDb *db, void *data, GError **error)
{
    GPtrArray **cities = data;

    g_clear_pointer(cities, g_ptr_array_unref);
    *cities = gh_city_list(db, error);
    return *cities != NULL;
}

static void
test_list(GhStoreTesting *testing)
{
    static const char *const want[] = {
        "alesund",  "asker",       "karmoy",  "krimpen-aan-den-ijssel",
        "valencia", "valencia-ve", "yokohama"};
    g_autoptr(GPtrArray) cities = NULL;
    g_autoptr(GError) error = NULL;

    add_cities(testing->store);
    gh_store_read(testing->store, list_work, &cities, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(cities->len, ==, G_N_ELEMENTS(want));
    for (guint i = 0; i < cities->len; i++) {
        const GhCity *city = g_ptr_array_index(cities, i);
        /* The two named Valencia may stand either way round. */
        if (i != 4 && i != 5)
            g_assert_cmpstr(city->slug, ==, want[i]);
        g_assert_cmpuint(city->n_years, ==, 1);
    }
}

static void
test_refused_by_the_database(GhStoreTesting *testing)
{
    static const struct {
        const char *label, *name, *country, *slug;
        GhEvaluationError code;
        const char *want;
    } cases[] = {
        {"the same city", "KARM\xc3\x98Y", "NO", NULL, GH_EVALUATION_ERROR_EXISTS, "as karmoy"},
        {"a slug that is taken", "Elsewhere", "NO", "karmoy", GH_EVALUATION_ERROR_EXISTS,
         "slug karmoy"},
        {"no Latin letters", "\xe5\xa4\xa7\xe9\x98\xaa", "JP", NULL, GH_EVALUATION_ERROR_INVALID,
         "--slug"},
    };
    int64_t before = 0;
    int64_t after = 0;
    g_autoptr(GError) error = NULL;

    add_cities(testing->store);
    g_usleep((GH_STORE_VERSION_AGE_MS + 10) * 1000UL);
    g_assert_true(gh_store_data_version(testing->store, &before, &error));
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        char *slug = NULL;
        g_autoptr(GError) refusal = NULL;

        g_assert_false(
            add(testing->store, cases[i].name, cases[i].country, cases[i].slug, &slug, &refusal));
        g_test_message("%s: %s", cases[i].label, refusal->message);
        g_assert_error(refusal, GH_EVALUATION_ERROR, (int)cases[i].code);
        g_assert_nonnull(strstr(refusal->message, cases[i].want));
        g_assert_null(slug);
    }
    g_usleep((GH_STORE_VERSION_AGE_MS + 10) * 1000UL);
    g_assert_true(gh_store_data_version(testing->store, &after, &error));
    g_assert_cmpint(after, ==, before);
}

static void
test_audited(GhStoreTesting *testing)
{
    g_auto(GhAuditReport) report = {0};
    g_autoptr(GError) error = NULL;

    assert_added(testing->store, "Bod\xc3\xb8", "NO", NULL, "bodo");
    assert_added(testing->store, "Rana", "NO", NULL, "rana");
    gh_audit_verify(testing->store, &report, &error);
    g_assert_no_error(error);
    g_assert_true(report.intact);
    g_assert_cmpint(report.n_entries, ==, 2);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/city/base figures fall back to the undated ones value by value",
                    test_base_figures);
    g_test_add_func("/city/what cannot be a city is refused", test_what_is_refused);
    gh_store_testing_each("/city/is found by slug, by name, and by name with country", test_found);
    gh_store_testing_each("/city/reads back as it was added", test_read_back);
    gh_store_testing_each("/city/an unknown one is answered with the nearest", test_not_found);
    gh_store_testing_each("/city/names are in order without regard to marks", test_list);
    gh_store_testing_each("/city/namesakes and taken slugs are refused",
                          test_refused_by_the_database);
    gh_store_testing_each("/city/each addition has its entry in the audit trail", test_audited);
    return g_test_run();
}
