/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* checks_test.c - every kind of screening check: what it finds, what it passes, what it cannot tell. */

#include "evaluation/checks.h"

#include <math.h>

#include "evaluation/fixture.h"

static const GhFixtureRow ROWS[] = {
    {.id = "a",
     .kpi = "A",
     .unit = "%",
     .groups = {"T"},
     .numerator = "n",
     .denominator = "d",
     .factor = 100},
    {.id = "b",
     .kpi = "B",
     .unit = "%",
     .groups = {"T"},
     .numerator = "n",
     .denominator = "d",
     .factor = 100},
    {.id = "c", .kpi = "C", .unit = "number", .groups = {"T"}, .numerator = "n"},
};
enum {
    N_ROWS = G_N_ELEMENTS(ROWS)
};
static const size_t ALL_POINTS[] = {0, 1, 2};

/* What a case sets. Numbers stand one per data point, "-" where there is none; NULL: none at all. */
typedef struct {
    const char *label;
    const char *values, *numerators, *denominators, *earlier;
    const char *base_2019, *base_2020, *undated; /* of the base figure that the check names */
    const char *sources[N_ROWS];
    const char *observed; /* of the first finding; NULL: not looked at */
    size_t want;          /* findings */
    int quality;          /* of the first */
    int not_applicable;   /* counted from 1; 0: none */
} Case;

static double
number_at(const char *numbers, size_t index)
{
    if (numbers == NULL)
        return NAN;

    g_auto(GStrv) words = g_strsplit(numbers, " ", -1);
    g_assert_cmpuint(g_strv_length(words), >, index);
    return g_str_equal(words[index], "-") ? NAN : g_ascii_strtod(words[index], NULL);
}

static GhCityYear
base_year(int year, GhBase base, const char *number)
{
    static char euro[] = "EUR";
    double value = number_at(number, 0);

    return (GhCityYear){
        .year = year,
        .population =
            base == GH_BASE_POPULATION || base == GH_BASE_POPULATION_100000 ? value : (double)NAN,
        .households = base == GH_BASE_HOUSEHOLDS ? value : (double)NAN,
        .area_km2 = base == GH_BASE_AREA_KM2 ? value : (double)NAN,
        .gdp = base == GH_BASE_GDP ? value : (double)NAN,
        .currency = base == GH_BASE_CURRENCY && number != NULL ? euro : NULL,
    };
}

static GhFigureSet *
make_figures(const GhFixture *fixture, const Case *one)
{
    GhFigureSet *figures = gh_fixture_figures(fixture);

    for (size_t i = 0; i < N_ROWS; i++) {
        GhFigure *figure = &figures->figures[i];
        double value = number_at(one->values, i);

        if (!isnan(value))
            gh_fixture_report(figures, i, value);
        figure->numerator = number_at(one->numerators, i);
        figure->denominator = number_at(one->denominators, i);
        figure->source = g_strdup(one->sources[i]);
    }
    figures->figures[0].quality = one->quality;
    if (one->not_applicable > 0)
        figures->figures[one->not_applicable - 1].status = GH_STATUS_NOT_APPLICABLE;
    return figures;
}

static GhFigureSet *
make_earlier(const GhFixture *fixture, const Case *one)
{
    GhFigureSet *figures = gh_fixture_figures(fixture);

    figures->year = 2019;
    for (size_t i = 0; i < N_ROWS; i++)
        if (!isnan(number_at(one->earlier, i)))
            gh_fixture_report(figures, i, number_at(one->earlier, i));
    return figures;
}

static void
run_case(const GhFixture *fixture, GhBase base, const Case *one)
{
    g_autoptr(GhFigureSet) figures = make_figures(fixture, one);
    g_autoptr(GhFigureSet) earlier = make_earlier(fixture, one);
    GhCityYear years[] = {
        base_year(0, base, one->undated),
        base_year(2019, base, one->base_2019),
        base_year(2020, base, one->base_2020),
    };
    const GhCity city = {.years = years, .n_years = G_N_ELEMENTS(years)};

    g_autoptr(GPtrArray) findings = gh_checks_run(&fixture->framework, &city, figures, earlier);
    const GhFinding *first = findings->len > 0 ? g_ptr_array_index(findings, 0) : NULL;
    g_test_message("%s: expected %zu, got %u: %s", one->label, one->want, findings->len,
                   first != NULL ? first->observed : "-");
    g_assert_cmpuint(findings->len, ==, one->want);
    if (one->observed != NULL)
        g_assert_cmpstr(first != NULL ? first->observed : NULL, ==, one->observed);
}

static void
run_cases(GhCheck check, const Case *cases, size_t n_cases)
{
    g_autoptr(GhFixture) fixture = gh_fixture_new(ROWS, N_ROWS, 1, GH_SCORING_POINTS);

    check.id = "check";
    check.message = check.source = "";
    fixture->framework.checks = &check;
    fixture->framework.n_checks = 1;
    for (size_t i = 0; i < n_cases; i++)
        run_case(fixture, check.base, &cases[i]);
}

static void
test_sum(void)
{
    static const Case cases[] = {
        {.label = "100", .values = "60 25 15", .want = 0},
        {.label = "two above is allowed", .values = "60 25 17", .want = 0},
        {.label = "two above, in thirds", .values = "34 34 34.0000000000000001", .want = 0},
        {.label = "too much", .values = "60 25 25", .want = 1, .observed = "60 + 25 + 25 = 110 %"},
        {.label = "too little",
         .values = "0.1 0.2 0.3",
         .want = 1,
         .observed = "0.1 + 0.2 + 0.3 = 0.6 %"},
        {.label = "one is missing", .values = "60 - 25", .want = 0},
        {.label = "one does not apply",
         .values = "60 - 25",
         .not_applicable = 2,
         .want = 1,
         .observed = "60 + 25 = 85 %"},
        {.label = "nothing there", .want = 0},
    };
    run_cases((GhCheck){.kind = GH_CHECK_SUM,
                        .data_points = ALL_POINTS,
                        .n_data_points = 3,
                        .low = 98,
                        .high = 102},
              cases, G_N_ELEMENTS(cases));
}

static void
test_order(void)
{
    static const Case cases[] = {
        {.label = "falling", .values = "90 60 30", .want = 0},
        {.label = "equal", .values = "60 60 60", .want = 0},
        {.label = "second above first", .values = "40 55 30", .want = 1, .observed = "40 < 55 %"},
        {.label = "rising twice", .values = "10 20 30", .want = 2, .observed = "10 < 20 %"},
        {.label = "third above first, second missing",
         .values = "40 - 55",
         .want = 1,
         .observed = "40 < 55 number"},
        {.label = "only one", .values = "- 50 -", .want = 0},
    };
    run_cases((GhCheck){.kind = GH_CHECK_ORDER,
                        .data_points = ALL_POINTS,
                        .n_data_points = 3,
                        .low = -HUGE_VAL,
                        .high = 0},
              cases, G_N_ELEMENTS(cases));
}

static void
test_range(void)
{
    static const Case cases[] = {
        {.label = "inside", .values = "50 - -", .want = 0},
        {.label = "on both limits", .values = "5 95 -", .want = 0},
        {.label = "below", .values = "4.9 - -", .want = 1, .observed = "4.9 < 5 %"},
        {.label = "above, and above", .values = "- 96 1000", .want = 2, .observed = "96 > 95 %"},
        {.label = "missing", .want = 0},
    };
    run_cases((GhCheck){.kind = GH_CHECK_RANGE,
                        .data_points = ALL_POINTS,
                        .n_data_points = 3,
                        .low = 5,
                        .high = 95},
              cases, G_N_ELEMENTS(cases));
}

static void
test_reported_share(void)
{
    static const Case cases[] = {
        {.label = "all there", .values = "1 1 1", .want = 0},
        {.label = "one of three is missing",
         .values = "1 1 -",
         .want = 1,
         .observed = "1 / 3 = 33.33 %"},
        {.label = "one does not apply", .values = "1 1 -", .not_applicable = 3, .want = 0},
        {.label = "none", .want = 1, .observed = "3 / 3 = 100 %"},
    };
    run_cases((GhCheck){.kind = GH_CHECK_REPORTED_SHARE, .low = -HUGE_VAL, .high = 20}, cases,
              G_N_ELEMENTS(cases));
}

static void
test_denominator(void)
{
    static const Case cases[] = {
        {.label = "agrees", .denominators = "42186 - -", .base_2020 = "42186", .want = 0},
        {.label = "5 % off is allowed",
         .denominators = "42000 - -",
         .base_2020 = "40000",
         .want = 0},
        {.label = "too large, and too small",
         .denominators = "43000 - 30000",
         .base_2020 = "40000",
         .want = 2,
         .observed = "43000 \xe2\x89\xa0 40000 (+7.5 %)"},
        {.label = "the undated figure serves",
         .denominators = "30000 - -",
         .undated = "40000",
         .want = 1,
         .observed = "30000 \xe2\x89\xa0 40000 (-25 %)"},
        {.label = "no base figure", .denominators = "30000 - -", .want = 0},
        {.label = "no denominator", .base_2020 = "40000", .want = 0},
    };
    static const Case per_100000[] = {
        {.label = "100 000 people give 1",
         .denominators = "1 - -",
         .base_2020 = "100000",
         .want = 0},
        {.label = "people instead of 100 000 people",
         .denominators = "40000 - -",
         .base_2020 = "40000",
         .want = 1},
    };
    run_cases((GhCheck){.kind = GH_CHECK_DENOMINATOR,
                        .base = GH_BASE_POPULATION,
                        .data_points = ALL_POINTS,
                        .n_data_points = 3,
                        .low = -5,
                        .high = 5},
              cases, G_N_ELEMENTS(cases));
    run_cases((GhCheck){.kind = GH_CHECK_DENOMINATOR,
                        .base = GH_BASE_POPULATION_100000,
                        .data_points = ALL_POINTS,
                        .n_data_points = 3,
                        .low = -5,
                        .high = 5},
              per_100000, G_N_ELEMENTS(per_100000));
}

static void
test_base_change(void)
{
    static const Case cases[] = {
        {.label = "grows a little", .base_2019 = "20000", .base_2020 = "20500", .want = 0},
        {.label = "shrinks much",
         .base_2019 = "20000",
         .base_2020 = "15000",
         .want = 1,
         .observed = "2019: 20000, 2020: 15000 (-25 %)"},
        {.label = "no year before", .undated = "20000", .base_2020 = "15000", .want = 0},
        {.label = "not known this year", .base_2019 = "20000", .want = 0},
    };
    run_cases(
        (GhCheck){.kind = GH_CHECK_BASE_CHANGE, .base = GH_BASE_HOUSEHOLDS, .low = -5, .high = 5},
        cases, G_N_ELEMENTS(cases));
}

static void
test_base_stated(void)
{
    static const Case gdp[] = {
        {.label = "not stated but needed", .values = "1 - -", .want = 1, .observed = "gdp = ?"},
        {.label = "not stated, not needed", .want = 0},
        {.label = "stated", .values = "1 - -", .undated = "5e9", .want = 0},
    };
    static const Case currency[] = {
        {.label = "no currency", .values = "1 - -", .want = 1, .observed = "currency = ?"},
        {.label = "currency of the undated row", .values = "1 - -", .undated = "1", .want = 0},
    };
    run_cases((GhCheck){.kind = GH_CHECK_BASE_STATED,
                        .base = GH_BASE_GDP,
                        .data_points = ALL_POINTS,
                        .n_data_points = 3},
              gdp, G_N_ELEMENTS(gdp));
    run_cases((GhCheck){.kind = GH_CHECK_BASE_STATED,
                        .base = GH_BASE_CURRENCY,
                        .data_points = ALL_POINTS,
                        .n_data_points = 3},
              currency, G_N_ELEMENTS(currency));
}

static void
test_arithmetic(void)
{
    static const Case cases[] = {
        {.label = "fits",
         .values = "25 - -",
         .numerators = "50 - -",
         .denominators = "200 - -",
         .want = 0},
        {.label = "rounded in the file",
         .values = "33.3 - -",
         .numerators = "1 - -",
         .denominators = "3 - -",
         .want = 0},
        {.label = "does not fit",
         .values = "27 - -",
         .numerators = "50 - -",
         .denominators = "200 - -",
         .want = 1,
         .observed = "50 / 200 \xc3\x97 100 = 25 \xe2\x89\xa0 27 %"},
        {.label = "the numerator is the value",
         .values = "- - 7",
         .numerators = "- - 8",
         .want = 1,
         .observed = "8 = 8 \xe2\x89\xa0 7 number"},
        {.label = "expected 0",
         .values = "1 - -",
         .numerators = "0 - -",
         .denominators = "200 - -",
         .want = 1},
        {.label = "0 of 200 is 0",
         .values = "0 - -",
         .numerators = "0 - -",
         .denominators = "200 - -",
         .want = 0},
        {.label = "denominator 0",
         .values = "25 - -",
         .numerators = "50 - -",
         .denominators = "0 - -",
         .want = 0},
        {.label = "no denominator", .values = "25 - -", .numerators = "50 - -", .want = 0},
        {.label = "no value", .numerators = "50 - -", .denominators = "200 - -", .want = 0},
    };
    run_cases((GhCheck){.kind = GH_CHECK_ARITHMETIC,
                        .data_points = ALL_POINTS,
                        .n_data_points = 3,
                        .low = -0.5,
                        .high = 0.5},
              cases, G_N_ELEMENTS(cases));
}

static void
test_change(void)
{
    static const Case cases[] = {
        {.label = "half as much again is allowed",
         .values = "60 - -",
         .earlier = "40 - -",
         .want = 0},
        {.label = "doubled",
         .values = "80 - -",
         .earlier = "40 - -",
         .want = 1,
         .observed = "2019: 40, 2020: 80 % (+100 %)"},
        {.label = "from a negative value",
         .values = "- - -30",
         .earlier = "- - -10",
         .want = 1,
         .observed = "2019: -10, 2020: -30 number (-200 %)"},
        {.label = "from 0 there is no percentage",
         .values = "80 - -",
         .earlier = "0 - -",
         .want = 0},
        {.label = "nothing earlier", .values = "80 - -", .want = 0},
    };
    run_cases((GhCheck){.kind = GH_CHECK_CHANGE,
                        .data_points = ALL_POINTS,
                        .n_data_points = 3,
                        .low = -50,
                        .high = 50},
              cases, G_N_ELEMENTS(cases));
}

static void
test_quality(void)
{
    static const Case cases[] = {
        {.label = "measured", .values = "1 - -", .quality = 1, .want = 0},
        {.label = "personal",
         .values = "1 - -",
         .quality = 5,
         .want = 1,
         .observed = "5 (Personal estimate)"},
        {.label = "not said", .values = "1 - -", .want = 0},
        {.label = "no value", .quality = 5, .want = 0},
    };
    run_cases((GhCheck){.kind = GH_CHECK_QUALITY,
                        .data_points = ALL_POINTS,
                        .n_data_points = 3,
                        .low = -HUGE_VAL,
                        .high = 4},
              cases, G_N_ELEMENTS(cases));
}

static void
test_small_count(void)
{
    static const Case cases[] = {
        {.label = "enough events", .values = "1 - -", .numerators = "5 - -", .want = 0},
        {.label = "a single case",
         .values = "1.06 - -",
         .numerators = "1 - -",
         .want = 1,
         .observed = "1 < 5"},
        {.label = "count not known", .values = "1 - -", .want = 0},
    };
    run_cases((GhCheck){.kind = GH_CHECK_SMALL_COUNT,
                        .data_points = ALL_POINTS,
                        .n_data_points = 3,
                        .low = 5,
                        .high = HUGE_VAL},
              cases, G_N_ELEMENTS(cases));
}

static void
test_sourced(void)
{
    static const Case cases[] = {
        {.label = "all sourced", .values = "1 - 1", .sources = {"s", NULL, "s"}, .want = 0},
        {.label = "two of three",
         .values = "1 1 1",
         .sources = {NULL, "", "s"},
         .want = 1,
         .observed = "2 / 3"},
        {.label = "no values", .want = 0},
    };
    run_cases((GhCheck){.kind = GH_CHECK_SOURCED, .data_points = ALL_POINTS, .n_data_points = 3},
              cases, G_N_ELEMENTS(cases));
}

static void
test_order_of_findings(void)
{
    const GhCheck checks[] = {
        {.id = "note",
         .kind = GH_CHECK_RANGE,
         .data_points = ALL_POINTS,
         .n_data_points = 3,
         .low = 0,
         .high = 1,
         .severity = GH_SEVERITY_NOTE},
        {.id = "error",
         .kind = GH_CHECK_RANGE,
         .data_points = ALL_POINTS,
         .n_data_points = 3,
         .low = 0,
         .high = 1,
         .severity = GH_SEVERITY_ERROR},
        {.id = "first warning",
         .kind = GH_CHECK_RANGE,
         .data_points = ALL_POINTS,
         .n_data_points = 3,
         .low = 0,
         .high = 1,
         .severity = GH_SEVERITY_WARNING},
        {.id = "second warning",
         .kind = GH_CHECK_RANGE,
         .data_points = ALL_POINTS,
         .n_data_points = 3,
         .low = 0,
         .high = 1,
         .severity = GH_SEVERITY_WARNING},
    };
    g_autoptr(GhFixture) fixture = gh_fixture_new(ROWS, N_ROWS, 1, GH_SCORING_POINTS);
    g_autoptr(GhFigureSet) figures = gh_fixture_figures(fixture);
    const GhCity city = {0};

    fixture->framework.checks = checks;
    fixture->framework.n_checks = G_N_ELEMENTS(checks);
    gh_fixture_report(figures, 1, 50);
    g_autoptr(GPtrArray) findings = gh_checks_run(&fixture->framework, &city, figures, NULL);

    static const size_t want[] = {1, 2, 3, 0};
    g_assert_cmpuint(findings->len, ==, G_N_ELEMENTS(want));
    for (size_t i = 0; i < G_N_ELEMENTS(want); i++) {
        const GhFinding *finding = g_ptr_array_index(findings, i);
        g_assert_cmpuint(finding->check, ==, want[i]);
        g_assert_cmpuint(finding->n_data_points, ==, 1);
        g_assert_cmpuint(finding->data_points[0], ==, 1);
    }

    figures->year = 0;
    g_autoptr(GPtrArray) none = gh_checks_run(&fixture->framework, &city, figures, NULL);
    g_assert_cmpuint(none->len, ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/checks/shares of a whole add up", test_sum);
    g_test_add_func("/checks/what contains another is not below it", test_order);
    g_test_add_func("/checks/values lie in their usual range", test_range);
    g_test_add_func("/checks/not too many indicators are without a value", test_reported_share);
    g_test_add_func("/checks/denominators agree with the city's own figure", test_denominator);
    g_test_add_func("/checks/the city's own figure does not jump", test_base_change);
    g_test_add_func("/checks/the city's own figure is stated where it is needed", test_base_stated);
    g_test_add_func("/checks/a value is its numerator by its denominator", test_arithmetic);
    g_test_add_func("/checks/a value does not jump from one year to the next", test_change);
    g_test_add_func("/checks/a weak quality class is pointed out", test_quality);
    g_test_add_func("/checks/few events behind a rate are pointed out", test_small_count);
    g_test_add_func("/checks/values have sources", test_sourced);
    g_test_add_func("/checks/the gravest findings come first", test_order_of_findings);
    return g_test_run();
}
