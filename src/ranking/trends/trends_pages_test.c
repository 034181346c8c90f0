/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* trends_pages_test.c - the page of a city over the years as a client gets it, on both databases; and what counts as
 * another definition. */
#include <string.h>

#include "evaluation/pages/pages_testing.h"
#include "framework/framework_testing.h"
#include "ranking/published/published.h"
#include "ranking/trends/trends.h"

static void
fill_store(GhStore *store)
{
    /* The town of the test support has 40 % in 2019 and 97 % in 2020 of the first data point. Invented: of the
     * second 10, 12, 13 and 17 in 2017 to 2020, of a share best at 0 a rise, and one that stays. */
    static const char figures[] = "city,year,data_point_id,value\n"
                                  "aas,2017,ec.ict.ict.4c.4g,10\n"
                                  "aas,2018,ec.ict.ict.4c.4g,12\n"
                                  "aas,2019,ec.ict.ict.4c.4g,13\n"
                                  "aas,2020,ec.ict.ict.4c.4g,17\n"
                                  "aas,2018,ec.ict.ws.1c.value,50\n"
                                  "aas,2020,ec.ict.ws.1c.value,40\n"
                                  "aas,2018,ec.ict.ws.2a.value,50\n"
                                  "aas,2020,ec.ict.ws.2a.value,50\n";
    g_autoptr(GError) error = NULL;

    gh_pages_testing_fill(store);
    g_autoptr(GhFramework) framework = gh_framework_get(store, "u4ssc", NULL, &error);
    g_assert_no_error(error);
    gh_pages_testing_import(store, framework, figures);
}

/* 10 12 13 17: slope 2.2 from 9.7 (trends_rules_test.c); 100 is met at 9.7 + 2.2 x = 100, x = 41.05: 2059. Needed:
 * (100 - 17) / 10 = 8.3. 97 to the target 100 needs 0.3; the pace of 57 a year is there in 2021. */
static void
test_page(GhStoreTesting *testing)
{
    static const GhPagesCase cases[] = {
        {"the tab is there", "/cities/aas", "200", "href=\"/cities/aas/trend\"", NULL},
        {"how many there are", "/cities/aas/trend", "200",
         "4 figures have values of two years or more.", NULL},
        {"where the line leads", "/cities/aas/trend", "200",
         "At this pace reached in 2059, too late. By 2030 it needs +8.3 a year. So far +2.2 a "
         "year.",
         NULL},
        {"how sure that is", "/cities/aas/trend", "200", "In 2030 anything from ", NULL},
        {"two values prove little", "/cities/aas/trend", "200",
         "At this pace reached in 2021. By 2030 it needs +0.3 a year. So far +57 a year. Two "
         "values only",
         NULL},
        {"what moves away says so", "/cities/aas/trend", "200", "Moves away from the target.",
         NULL},
        {"what does not move says so", "/cities/aas/trend", "200", "Does not move.", NULL},
        {"change a year in percent", "/cities/aas/trend", "200", "+22.7 % a year", NULL},
        {"scores with the figures behind them", "/cities/aas/trend", "200", "of 55</span></td>",
         NULL},
        {"a short page is open", "/cities/aas/trend", "200",
         "<details class=\"city-section\" open>", NULL},
        {"a city of no figures has none", "/cities/empty/trend", "404", "values of two years",
         NULL},
        {"an unknown city", "/cities/atlantis/trend", "404", "There is no city", NULL},
        {"unknown targets", "/cities/aas/trend?targets=moon", "404", "no such set of targets",
         NULL},
        {"a chart", "/cities/aas/trend.svg?point=ec.ict.ict.1c.value", "200",
         "Ås: Household Internet Access, 2019 to 2020", NULL},
        {"looks ahead", "/cities/aas/trend.svg?point=ec.ict.ict.4c.4g", "200",
         "needed for the target by 2030", NULL},
        {"as a picture", "/cities/aas/trend.png?point=ec.ict.ict.4c.4g", "200", "image/png", NULL},
        {"as a page of paper", "/cities/aas/trend.pdf?point=ec.ict.ict.4c.4g", "200",
         "application/pdf", NULL},
        {"of one year is none", "/cities/aas/trend.svg?point=ec.ict.ict.2c.value", "404",
         "too few figures", NULL},
        {"of an unknown data point", "/cities/aas/trend.svg?point=x", "404", "data point", NULL},
        {"of none named", "/cities/aas/trend.svg", "404", "data point", NULL},
        {"in no such format", "/cities/aas/trend.gif", "404", "svg, png and pdf", NULL},
        {"all as a table", "/cities/aas/trend.csv", "200",
         "aas,ec.ict.ict.4c.4g,Wireless broadband coverage: 4G,%,2017,10,2020,17,,4,2.2,", NULL},
        {"what stays the same", "/cities/aas/trend.csv", "200", ",still,,50,,,,,,,,,\n", NULL},
        {"for programs", "/cities/aas/trend.json", "200",
         "\"outlook\":\"late\",\"reached_in\":2059", NULL},
        {"as a spreadsheet", "/cities/aas/trend.xlsx", "200", "spreadsheetml", NULL},
    };

    fill_store(testing->store);
    gh_pages_testing_check_cases(testing, cases, G_N_ELEMENTS(cases));
}

/* -- definitions -- */

static GhFramework *
edited(const char *file, const char *find, const char *replace)
{
    g_autoptr(GPtrArray) files = gh_framework_testing_small();

    if (find != NULL)
        gh_framework_testing_edit(files, file, find, replace);
    return gh_framework_testing_parse(files);
}

static void
test_definitions(void)
{
    static const struct {
        const char *label, *file, *find, *replace;
        bool want;
    } cases[] = {
        {"the same", NULL, NULL, NULL, false},
        {"another label", "data_points.csv", "Streets with pavements", "Paved streets", true},
        {"another numerator", "data_points.csv", "Length of streets with", "Number of streets with",
         true},
        {"another denominator", "data_points.csv", "Length of all streets", "Number of all streets",
         true},
        {"another factor", "data_points.csv", "(km),100,%", "(km),10,%", true},
        {"another definition of the indicator", "kpis.csv", "on both sides", "on one side", true},
        {"another name of the indicator", "kpis.csv", "Pavements", "Sidewalks", false},
    };
    g_autoptr(GhFramework) before = edited(NULL, NULL, NULL);

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GhFramework) after = edited(cases[i].file, cases[i].find, cases[i].replace);
        g_test_message("%s", cases[i].label);
        g_assert_cmpint(gh_definition_differs(before, after, "s1.pavement"), ==, cases[i].want);
        g_assert_cmpint(gh_definition_differs(after, before, "s1.pavement"), ==, cases[i].want);
        g_assert_false(gh_definition_differs(before, after, "gone"));
    }
}

/* As one version, with figures of it. */
static void
load_version(GhStore *store, GPtrArray *files, const char *figures)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GhFaults) faults = gh_faults_new();
    bool changed = false;

    gh_framework_load(store, files, faults, &changed, &error);
    g_assert_no_error(error);
    g_autoptr(GhFramework) framework = gh_framework_get(store, "small-town", NULL, &error);
    g_assert_no_error(error);
    if (figures != NULL)
        gh_pages_testing_import(store, framework, figures);
}

/* 80 and 90 under the old definition, 10 20 30 under the new. */
static void
load_two_definitions(GhStore *store)
{
    g_autoptr(GPtrArray) first = gh_framework_testing_small();
    g_autoptr(GPtrArray) second = gh_framework_testing_small();

    load_version(store, first, GH_PAGES_TESTING_CITIES);
    load_version(
        store, first,
        "city,year,data_point_id,value\naas,2016,s1.pavement,80\naas,2017,s1.pavement,90\n");
    gh_framework_testing_edit(second, "framework.json", "\"version\": \"1\"", "\"version\": \"2\"");
    gh_framework_testing_edit(second, "kpis.csv", "on both sides", "on one side");
    load_version(store, second,
                 "city,year,data_point_id,value\naas,2018,s1.pavement,10\naas,2019,s1.pavement,20\n"
                 "aas,2020,s1.pavement,30\n");
}

/* Only those under the new make the line, 10 a year. */
static void
test_break(GhStoreTesting *testing)
{
    static const GhPagesCase cases[] = {
        {"the change is told", "/cities/aas/trend", "200", "The definition changed in 2018", NULL},
        {"and drawn", "/cities/aas/trend.svg?point=s1.pavement", "200", "definition changed", NULL},
        {"the line begins behind it", "/cities/aas/trend.csv", "200",
         "%,2016,80,2020,30,2018,3,10,", NULL},
    };

    load_two_definitions(testing->store);
    gh_pages_testing_check_cases(testing, cases, G_N_ELEMENTS(cases));
}

/* Invented. Published under the second definition, with the smallest value 10 and the largest 90, min_max gives
 * (x - 10) / 80 x 100: 87.5 and 100 before the break, 0, 12.5 and 25 behind it. The line of these three rises by 12.5 a
 * year: 25 + 10 x 12.5 = 150 in 2030, beyond the scale's end, 100, so that nothing is
 * projected. */
static void
publish_pavements(GhStore *store)
{
    static const char spec[] =
        "{\"format\": \"guildhall-index-1\", \"name\": \"Pavements\","
        " \"data\": {\"framework\": \"small-town\", \"year\": \"all\", \"values\": \"value\","
        " \"data_points\": [\"s1.pavement\"]},"
        " \"steps\": [{\"step\": \"normalise\", \"method\": \"min_max\"},"
        " {\"step\": \"aggregate\", \"method\": \"arithmetic\"}],"
        " \"uncertainty\": {\"replications\": 20, \"parameters\": ["
        " {\"name\": \"Weights\", \"noise\": {\"1\": 0.5}}]}}";
    g_autoptr(GError) error = NULL;
    g_autoptr(GhFaults) faults = gh_faults_new();
    const GhRankingPublish publish = {.slug = "pavements",
                                      .title = "Pavements of towns",
                                      .author = "A. Tester",
                                      .actor = "operator",
                                      .spec_name = "spec.json",
                                      .spec = spec,
                                      .n_spec_bytes = strlen(spec),
                                      .n_threads = 1};

    gh_ranking_publish(store, &publish, faults, &error);
    g_assert_no_error(error);
}

static void
test_rankings(GhStoreTesting *testing)
{
    static const GhPagesCase cases[] = {
        {"a section of its own", "/cities/aas/trend", "200", "In rankings over the years", NULL},
        {"links to the ranking", "/cities/aas/trend", "200",
         "href=\"/rankings/pavements/cities/aas\">Pavements of towns</a>", NULL},
        {"a line", "/cities/aas/trend", "200", "Pavements of towns: score, 2016 to 2020", NULL},
        {"that is cut", "/cities/aas/trend", "200", "A definition changed in 2018: scores", NULL},
        {"in the table too", "/cities/aas/trend", "200",
         "<th scope=\"row\">2018 <span class=\"tag\">definition changed</span></th>"
         "<td class=\"number\">0.0</td><td class=\"number\">1 (1 to 1)</td>",
         NULL},
        {"only what is behind it leads ahead", "/cities/aas/trend", "200",
         "So far +12.5 a year. Kept up, that would leave the scale before 2030", NULL},
        {"as a table", "/cities/aas/trend.csv", "200",
         "aas,,Pavements of towns,,2016,87.5,2020,25,2018,3,12.5,", NULL},
        {"there with its places", "/cities/aas/trend.csv", "200", ",,,,,,,,pavements,1,1,1,1,1,1\n",
         NULL},
        {"for programs", "/cities/aas/trend.json", "200", "\"ranking\":\"pavements\"", NULL},
    };
    static const GhPagesCase withdrawn[] = {
        {"a withdrawn one is not shown", "/cities/aas/trend", "200", NULL,
         "In rankings over the years"},
        {"nor in the table", "/cities/aas/trend.csv", "200", NULL, "of towns"},
    };
    g_autoptr(GError) error = NULL;

    load_two_definitions(testing->store);
    publish_pavements(testing->store);
    gh_pages_testing_check_cases(testing, cases, G_N_ELEMENTS(cases));
    gh_ranking_withdraw(testing->store, "pavements", "a test", "operator", &error);
    g_assert_no_error(error);
    gh_pages_testing_check_cases(testing, withdrawn, G_N_ELEMENTS(withdrawn));
}

static void
register_trends(GhServer *server, GhJobs *jobs)
{
    (void)jobs;
    gh_trends_pages_register(server);
    gh_trends_files_register(server);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    gh_pages_testing_register = register_trends;
    g_test_add_func("/trends/what is measured decides, not where it stands", test_definitions);
    gh_store_testing_each("/trends/a page, a chart and a table", test_page);
    gh_store_testing_each("/trends/a change of definition breaks a line", test_break);
    gh_store_testing_each("/trends/a ranking over years is a line with places", test_rankings);
    return g_test_run();
}
