/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* pages_test.c - the pages as a client gets them, over a socket, on both databases. */
#include <gio/gio.h>
#include <string.h>

#include "evaluation/evaluation.h"
#include "evaluation/pages/pages_testing.h"

static void
test_cities(GhStoreTesting *testing)
{
    static const GhPagesCase cases[] = {
        {"the first page names what came last", "/", "200", "Verification Report, June 2020", NULL},
        {"the list has all", "/cities", "200", "no figures yet", NULL},
        {"a search folds accents", "/cities?q=as", "200", ">Ås</a>", ">Empty</a>"},
        {"a search folds case and looks at countries", "/cities?q=SWITZER", "200", ">Empty</a>",
         ">Ås</a>"},
        {"indicators are a search away", "/cities?q=a%26b", "200", "href=\"/search?q=a%26b\"",
         NULL},
        {"signs alone are in no name", "/cities?q=%25%25", "200", "No city fits", ">Ås</a>"},
        {"what was searched is escaped", "/cities?q=%3Cb%3E", "200", "“&lt;b&gt;”", "<b>"},
        {"an empty search shows all", "/cities?q=", "200", ">Empty</a>", NULL},
        {"a search without a hit", "/cities?q=zzzzqqq", "200", "No city fits", ">Ås</a>"},
        {"by country", "/cities?country=NO", "200", ">Ås</a>", ">Empty</a>"},
        {"only those with figures", "/cities?figures=yes", "200", ">Ås</a>", ">Empty</a>"},
        {"the map has a dot of each city with a place", "/cities", "200", "Ås, Norway",
         "Empty, Switzerland"},
        {"a city without a place is named", "/cities", "200", "One city has no place on the map",
         NULL},
        {"a part of the map holds its cities", "/cities?view=europe", "200", ">Ås</a>",
         ">Empty</a></th>"},
        {"another does not", "/cities?view=oceania", "200", "No city fits", ">Ås</a>"},
        {"the surroundings of a city", "/cities?near=aas", "200", "Around Ås: one city", NULL},
        {"a city without a place has none", "/cities?near=empty", "404", "no such part", NULL},
        {"an unknown part of the map", "/cities?view=atlantis", "404", "no such part", NULL},
        {"links keep the search", "/cities?q=as", "200", "/cities?q=as&amp;view=europe", NULL},
        {"the map as a picture", "/cities/map.svg?view=europe", "200", "image/svg+xml", "Empty"},
        {"as a page of paper", "/cities/map.pdf", "200", "application/pdf", NULL},
        {"in no other format", "/cities/map.gif", "404", "svg, png and pdf", NULL},
        {"a page behind the last", "/cities?page=9007199254740992", "200", NULL, ">Ås</a>"},
        {"a page behind the last is empty and says so", "/cities?page=9", "200", "No city fits",
         NULL},
    };

    gh_pages_testing_fill(testing->store);
    gh_pages_testing_check_cases(testing, cases, G_N_ELEMENTS(cases));
}

static void
test_search(GhStoreTesting *testing)
{
    g_autofree char *letters = g_strnfill(201, 'z');
    g_autofree char *too_long = g_strconcat("/search?q=", letters, NULL);
    const GhPagesCase cases[] = {
        {"without accents", "/search?q=as", "200", "<a href=\"/cities/aas\">Ås</a>",
         ">Nothing is called"},
        {"the country shows why", "/search?q=norway", "200", "<span class=\"soft\">Norway</span>",
         NULL},
        {"misspelt", "/search?q=norwey", "200",
         "Nothing is called “norwey”. Did you mean:", ">Found<"},
        {"and what was meant", "/search?q=norwey", "200", "/cities/aas", "/cities/empty"},
        {"two words, one of them misspelt", "/search?q=internet+acess", "200",
         "<a href=\"/indicators/EC.ICT.ICT.1C\">Household Internet Access</a>", NULL},
        {"what was found beside the name shows the definition", "/search?q=EC.ICT.ICT.1C", "200",
         "<li><a href=\"/indicators/EC.ICT.ICT.1C\">Household Internet Access</a> <span "
         "class=\"soft\">EC: ICT: ICT: 1C, ",
         "Did you mean"},
        {"what was asked stays in the field", "/search?q=norwey", "200", "value=\"norwey\"", NULL},
        {"and is escaped", "/search?q=%3Cb%3E%22", "200", "“&lt;b&gt;&quot;”", "<b>"},
        {"nothing asked", "/search", "200", "Write the name of a city", ">Found<"},
        {"nothing like it", "/search?q=zzzzqqq", "200", "<a href=\"/indicators\">All indicators",
         "Did you mean"},
        {"signs alone", "/search?q=%25%25%27%22%5C%3B--", "200", "nor anything like it", NULL},
        {"a blank", "/search?q=+", "200", NULL, ">Found<"},
        {"not UTF-8", "/search?q=%FF", "400", NULL, NULL},
        {"a zero byte", "/search?q=%00", "400", NULL, NULL},
        {"too long", too_long, "400", NULL, NULL},
        {"for programs", "/search.json?q=norwey", "200",
         "[{\"kind\":\"city\",\"key\":\"aas\",\"name\":\"Ås\",\"similarity\":0.5714285714285714,"
         "\"exact\":false}]",
         NULL},
        {"for programs, in the order of the page", "/search.json?q=EC.ICT.ICT.1C", "200",
         "\r\n\r\n[{\"kind\":\"indicator\",\"key\":\"EC.ICT.ICT.1C\",\"name\":\"Household Internet "
         "Access\",\"similarity\":1,\"exact\":true}",
         NULL},
        {"for programs, nothing", "/search.json?q=zzzzqqq", "200", "\r\n\r\n[]", NULL},
        {"for programs, nothing asked", "/search.json", "200", "\r\n\r\n[]", NULL},
        {"for programs, not UTF-8", "/search.json?q=%FF", "400", NULL, NULL},
    };

    gh_pages_testing_fill(testing->store);
    gh_pages_testing_check_cases(testing, cases, G_N_ELEMENTS(cases));
}

static void
test_city(GhStoreTesting *testing)
{
    static const GhPagesCase cases[] = {
        {"the latest year", "/cities/aas", "200", "<span class=\"value\">97</span>", NULL},
        {"zero is a value", "/cities/aas", "200", "<span class=\"value\">0</span>", NULL},
        {"sources are escaped", "/cities/aas", "200", "&lt;b&gt;a source&lt;/b&gt;", "<b>a source"},
        {"other years are one link away", "/cities/aas", "200", "/cities/aas?year=2019", NULL},
        {"what does not apply is not missing", "/cities/aas", "200", "state--not-applicable", NULL},
        {"an earlier year", "/cities/aas?year=2019", "200", "<span class=\"value\">40</span>",
         ">97<"},
        {"a target set by name", "/cities/aas?targets=open", "200", NULL, NULL},
        {"a group's coverage and range stand by its sum", "/cities/aas/explained", "200",
         "Lowest – highest", NULL},
        {"how it is computed", "/cities/aas/explained", "200", "97 ÷ 100 = 97 %", NULL},
        {"a city without figures says what to do", "/cities/empty", "200",
         "/cities/empty/template.csv", NULL},
        {"and so does its explanation", "/cities/empty/explained", "200", "nothing to compute",
         NULL},
        {"an unknown city", "/cities/nowhere", "404", "list of cities", NULL},
        {"a year without figures names the others", "/cities/aas?year=2001", "404", "2020, 2019",
         NULL},
        {"a year of a city without any", "/cities/empty?year=2001", "404", "nor for any other",
         NULL},
        {"no year", "/cities/aas?year=soon", "400", NULL, NULL},
        {"an unknown target set names those that are", "/cities/aas?targets=x", "404", "open",
         NULL},
        {"a name leads to the address", "/cities/Empty", "303", "Location: /cities/empty\r\n",
         NULL},
    };

    gh_pages_testing_fill(testing->store);
    gh_pages_testing_check_cases(testing, cases, G_N_ELEMENTS(cases));
}

static void
test_charts(GhStoreTesting *testing)
{
    static const char ANOTHER[] = "city,year,data_point_id,value\n"
                                  "empty,2018,ec.ict.ict.1c.value,50\n";
    static const GhPagesCase cases[] = {
        {"the wheel", "/cities/aas/wheel.svg", "200",
         "<title>Benchmarking wheel of Ås, 2020</title>", NULL},
        {"of an earlier year", "/cities/aas/wheel.svg?year=2019&targets=open", "200", "Ås, 2019",
         NULL},
        {"as a picture", "/cities/aas/wheel.png?width=800", "200", "image/png", NULL},
        {"as large as a picture can be", "/cities/aas/wheel.png?width=2400", "200", "image/png",
         NULL},
        {"as a page of paper", "/cities/aas/wheel.pdf", "200", "aas-2020-wheel.pdf", NULL},
        {"of a city without figures", "/cities/empty-town/wheel.svg", "200", "no figures yet",
         NULL},
        {"in no other format", "/cities/aas/wheel.gif", "404", "svg, png and pdf", NULL},
        {"in no width between", "/cities/aas/wheel.png?width=801", "400", "“width”", NULL},
        {"nor a larger one", "/cities/aas/wheel.png?width=4000", "400", "“width”", NULL},
        {"nor one without end", "/cities/aas/wheel.png?width=9007199254740992", "400", "“width”",
         NULL},
        {"nor the same in other digits", "/cities/aas/wheel.png?width=01600", "400", NULL, NULL},
        {"an unknown city", "/cities/nowhere/wheel.svg", "404", "list of cities", NULL},
        {"scores with title, legend and targets", "/cities/aas/dimensions.svg", "200",
         "Scores of Ås 2020", NULL},
        {"in which it is said what they mean", "/cities/aas/dimensions.svg", "200",
         "targets: open (chosen", NULL},
        {"shares", "/cities/aas/shares.svg", "200", "Shares of target, Ås 2020", NULL},
        {"no shares of a city without figures", "/cities/empty-town/shares.svg", "404",
         "too few figures", NULL},
        {"all cities", "/indicators/EC.ICT.ICT.1C/plot.svg", "200",
         "From 50\xc2\xa0% in Empty to 97\xc2\xa0% in Ås", NULL},
        {"by data point, with one pointed out",
         "/indicators/EC.ICT.ICT.1C/plot.svg?point=ec.ict.ict.1c.value&city=aas", "200",
         "font-weight=\"700\"", NULL},
        {"a data point of another indicator",
         "/indicators/EC.ICT.ICT.1C/plot.svg?point=ec.ict.ict.2c.value", "404",
         "no such data point", NULL},
        {"one city is no plot", "/indicators/EC.ICT.ICT.2C/plot.svg", "404", "too few figures",
         NULL},
        {"an unknown indicator", "/indicators/x/plot.svg", "404", "list of indicators", NULL},
        {"two years", "/compare/slope.svg?city1=aas&year1=2019&city2=aas&year2=2020", "200",
         "Ås 2019 and Ås 2020", NULL},
        {"a comparison of nothing", "/compare/slope.svg?city1=aas", "404", "page Compare", NULL},
        {"an unknown target set",
         "/compare/slope.svg?city1=aas&year1=2019&city2=aas&year2=2020&targets=x", "404",
         "no such set of targets", NULL},
    };
    g_autoptr(GError) error = NULL;

    gh_pages_testing_fill(testing->store);
    g_autoptr(GhFramework) framework = gh_framework_get(testing->store, "u4ssc", NULL, &error);
    g_assert_no_error(error);
    gh_pages_testing_import(testing->store, framework,
                            "slug,name,country_code\n"
                            "empty-town,Empty Town,CH\n");
    gh_pages_testing_import(testing->store, framework, ANOTHER);
    gh_pages_testing_check_cases(testing, cases, G_N_ELEMENTS(cases));
}

static void
test_compare(GhStoreTesting *testing)
{
    static const char TWO[] = "/compare?city1=aas&year1=2020&city2=aas&year2=2019&targets=open";
    static const GhPagesCase cases[] = {
        {"the form alone", "/compare", "200", "name=\"city4\"", "cannot be compared"},
        {"cities with figures are suggested", "/compare", "200", "<option value=\"Ås\">", "Empty"},
        {"one city asks for another", "/compare?city1=aas", "200", "Name one more city", NULL},
        {"names, empty fields and years lead to the permanent address",
         "/compare?city1=%C3%85s&year1=&city2=&year2=&city3=aas&year3=2019", "303",
         "Location: /compare?city1=aas&year1=2020&city2=aas&year2=2019&targets=open\r\n", NULL},
        {"what is the default stands in no address",
         "/compare?city1=aas&year1=2020&city2=aas&year2=2019&sort=gap&only=both", "303",
         "&targets=open&only=both\r\n", NULL},
        {"side by side", TWO, "200", "Compared: Ås 2020, Ås 2019", NULL},
        {"the permanent address is cited", TWO, "200",
         "<span data-cite-address>/compare?city1=aas&amp;year1=2020", NULL},
        {"how much of a column is verified stands in its head", TWO, "200",
         "<span class=\"compared-state\">", NULL},
        {"a range is said in numbers", TWO, "200", " possible</span>", NULL},
        {"and the bar has the state of both", TWO, "200", "<dt>State</dt><dd>Ås 2020: ", NULL},
        {"how far apart", TWO, "200", "<span class=\"gap-number\">57</span>", NULL},
        {"what only one reports stands there", TWO, "200", "Fixed Broadband", NULL},
        {"unless values everywhere are asked for",
         "/compare?city1=aas&year1=2020&city2=aas&year2=2019&targets=open&only=both", "200",
         "Household Internet Access", "Fixed Broadband Subscriptions</a>"},
        {"by group",
         "/compare?city1=aas&year1=2020&city2=aas&year2=2019&targets=open&sort=framework", "200",
         "ICT Infrastructure", NULL},
        {"an unknown city is kept and a near one named", "/compare?city1=aos&city2=aas", "404",
         "Did you mean Ås?", NULL},
        {"with what was typed", "/compare?city1=%3Cb%3E&city2=aas", "404", "value=\"&lt;b&gt;\"",
         "<b>"},
        {"a year without figures names the others", "/compare?city1=aas&year1=1999&city2=aas",
         "404", "It has figures for: 2020, 2019.", NULL},
        {"no year at all", "/compare?city1=aas&year1=soon&city2=aas", "404", "value=\"soon\"",
         NULL},
        {"a city without figures", "/compare?city1=empty&city2=aas", "400",
         "Empty has no figures yet.", NULL},
        {"the same twice", "/compare?city1=aas&city2=aas&year2=2020", "400",
         "Ås 2020 stands there already.", NULL},
        {"a year without its city", "/compare?year1=2020&city2=aas", "400", "Name the city", NULL},
        {"an unknown set of targets", "/compare?city1=aas&city2=aas&targets=x", "404",
         "no such set", NULL},
        {"no such order", "/compare?sort=name", "400", NULL, NULL},
    };

    gh_pages_testing_fill(testing->store);
    gh_pages_testing_check_cases(testing, cases, G_N_ELEMENTS(cases));
}

static void
test_others(GhStoreTesting *testing)
{
    static const GhPagesCase cases[] = {
        {"all indicators", "/indicators", "200", "Household Internet Access", NULL},
        {"of one dimension", "/indicators?group=environment", "200", "Air Pollution",
         "Household Internet Access"},
        {"of one tier", "/indicators?tier=advanced", "200", "Open Data",
         "Household Internet Access"},
        {"of an unknown group", "/indicators?group=nothing", "200", "No indicator fits", NULL},
        {"an indicator", "/indicators/EC.ICT.ICT.1C", "200",
         "Number of households with Internet access", NULL},
        {"its target is not official", "/indicators/EC.ICT.ICT.1C", "200", "not official", NULL},
        {"what is inferred says so", "/indicators/EN.E.E.2C", "200", "Inferred, not read", NULL},
        {"an unknown indicator", "/indicators/XX", "404", "list of indicators", NULL},
        {"a page behind the last", "/indicators/EC.ICT.ICT.1C?page=2", "404", "ends before", NULL},
        {"the largest page number", "/indicators/EC.ICT.ICT.1C?page=9007199254740992", "404",
         "ends before", NULL},
        {"page nought is the first", "/indicators/EC.ICT.ICT.1C?page=0", "200", ">Ås</a>", NULL},
        {"the official examples", "/method", "200", "1 + 3 + 4 + 1 = 9 / 16", NULL},
        {"and their scores", "/method", "200", "56.25 %", NULL},
        {"the downloads have a form with its token", "/downloads", "200",
         "name=\"form_token\" value=\"", "value=\"\">"},
        {"an unknown job", "/jobs/1", "404", "Start it again", NULL},
        {"no job", "/jobs/x", "404", NULL, NULL},
    };

    gh_pages_testing_fill(testing->store);
    gh_pages_testing_check_cases(testing, cases, G_N_ELEMENTS(cases));
}

static void
test_changes(GhStoreTesting *testing)
{
    gh_pages_testing_fill(testing->store);
    GhPagesTesting site = gh_pages_testing_open(testing->store);
    g_autoptr(GError) error = NULL;
    g_autoptr(GhFramework) framework = gh_framework_get(testing->store, "u4ssc", NULL, &error);
    g_assert_no_error(error);

    g_autofree char *before = gh_pages_testing_get(&site, "/cities/empty");
    g_assert_nonnull(strstr(before, "No figures yet"));
    gh_pages_testing_import(testing->store, framework,
                            "city,year,data_point_id,value\nempty,2021,ec.ict.ict.1c.value,50\n");
    g_usleep((GH_STORE_VERSION_AGE_MS + 50) * G_TIME_SPAN_MILLISECOND);
    g_autofree char *after = gh_pages_testing_get(&site, "/cities/empty");
    g_autofree char *list = gh_pages_testing_get(&site, "/cities?figures=yes");
    g_assert_nonnull(strstr(after, "<span class=\"value\">50</span>"));
    g_assert_nonnull(strstr(list, ">Empty</a>"));
    gh_pages_testing_close(&site);
}

/* -- large databases -- */

static void
fill_store_small(GhStore *store, bool with_targets)
{
    g_autofree char *dir =
        g_test_build_filename(G_TEST_DIST, "..", "..", "tests", "data", "framework-small", NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(GhFaults) faults = gh_faults_new();
    bool changed = false;

    g_autoptr(GPtrArray) files = gh_framework_files_from_dir(dir, &error);
    g_assert_no_error(error);
    for (guint i = files->len; i > 0 && !with_targets; i--) {
        const GhFrameworkFile *file = g_ptr_array_index(files, i - 1);
        if (g_str_has_prefix(file->name, "targets/"))
            g_ptr_array_remove_index(files, i - 1);
    }
    gh_framework_load(store, files, faults, &changed, &error);
    g_assert_no_error(error);
    g_autoptr(GhFramework) framework = gh_framework_get(store, "small-town", NULL, &error);
    g_assert_no_error(error);
    gh_pages_testing_import(store, framework, GH_PAGES_TESTING_CITIES);
    gh_pages_testing_import(
        store, framework,
        "city,year,data_point_id,value\naas,2020,s1.pavement,40\naas,2020,s2.light,yes\n");
}

static void
test_small(GhStoreTesting *testing)
{
    static const GhPagesCase cases[] = {
        {"its cities", "/cities", "200", "Water", "Society"},
        {"the words of its bands", "/cities/aas", "200", "weak", "far from target"},
        {"its levels", "/cities/aas", "200", "Topics", "Categories"},
        {"a sum of means", "/cities/aas/explained", "200", "weighted mean", NULL},
        {"the share behind it", "/cities/aas/explained", "200", "40 ÷ 90 = 44.44 %", NULL},
        {"its indicators", "/indicators", "200", "Small town check", NULL},
        {"its bands without the examples of another", "/method", "200", "50–80", "1 + 3 + 4 + 1"},
        {"its downloads", "/downloads", "200", "/framework/targets/town.csv", NULL},
        {"its scores", "/cities/aas/scores.json", "200", "small-town", NULL},
    };

    fill_store_small(testing->store, true);
    gh_pages_testing_check_cases(testing, cases, G_N_ELEMENTS(cases));
}

static void
test_no_targets(GhStoreTesting *testing)
{
    static const GhPagesCase cases[] = {
        {"the first page", "/", "200", ">Ås</a>", NULL},
        {"figures are shown and not scored", "/cities/aas", "200", "no target", NULL},
        {"nothing to add up", "/cities/aas/explained", "200", "no target", NULL},
        {"an indicator says so", "/indicators/S1", "200", "has no target for it", NULL},
        {"the method has no file to offer", "/method", "200", NULL, "/framework/targets"},
        {"the downloads", "/downloads", "200", NULL, "/framework/targets"},
        {"scores as a file", "/scores.csv", "200", "aas,2020,theme", NULL},
        {"scores as a chart", "/cities/aas/dimensions.svg", "200", "no target", NULL},
        {"there are no shares", "/cities/aas/shares.svg", "404", "too few figures", NULL},
    };

    fill_store_small(testing->store, false);
    gh_pages_testing_check_cases(testing, cases, G_N_ELEMENTS(cases));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    gh_store_testing_each("/pages/the list, the search and the first page", test_cities);
    gh_store_testing_each("/pages/the search finds cities and indicators, also misspelt",
                          test_search);
    gh_store_testing_each("/pages/a city in a year", test_city);
    gh_store_testing_each("/pages/every chart can be taken away", test_charts);
    gh_store_testing_each("/pages/cities and years side by side", test_compare);
    gh_store_testing_each("/pages/indicators, method, downloads", test_others);
    gh_store_testing_each("/pages/a new figure is seen on the next look", test_changes);
    gh_store_testing_each("/pages/another framework has its own levels, bands and words",
                          test_small);
    gh_store_testing_each("/pages/a framework without targets is shown without scores",
                          test_no_targets);
    return g_test_run();
}
