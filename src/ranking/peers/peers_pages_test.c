/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* peers_pages_test.c - the page of a city beside its peers as a client gets it, on both databases. Invented towns:
 * c0 to c5 in Sweden and c6 in Germany have 60,000 inhabitants, c7 in Venezuela 2 million; c8 has no figures. Town i
 * has 10 i + k percent of the k-th of twelve data points. */
#include <string.h>

#include "evaluation/pages/pages_testing.h"
#include "framework/framework_testing.h"
#include "ranking/peers/peers_page.h"

enum {
    TOWNS = 8,
    POINTS = 12,
};

static const char *const POINT_IDS[POINTS] = {
    "ec.ict.ict.1c.value", "ec.ict.ict.2c.value", "ec.ict.ict.4c.3g",  "ec.ict.ict.4c.4g",
    "ec.ict.ws.1c.value",  "ec.ict.ws.2a.value",  "ec.ict.d.1a.value", "ec.ict.es.1c.value",
    "ec.ict.es.2a.value",  "ec.ict.es.3a.value",  "ec.ict.t.1c.value", "ec.ict.t.2c.value",
};

static void
fill_store(GhStore *store)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) cities = g_string_new("slug,name,country_code,population\n");
    g_autoptr(GString) figures = g_string_new("city,year,data_point_id,value,numerator\n");

    gh_pages_testing_fill(store);
    g_autoptr(GhFramework) framework = gh_framework_get(store, "u4ssc", NULL, &error);
    g_assert_no_error(error);
    for (int i = 0; i <= TOWNS; i++)
        g_string_append_printf(cities, "c%d,Town %d,%s,%d\n", i, i,
                               i == 6   ? "DE"
                               : i == 7 ? "VE"
                                        : "SE",
                               i == 7 ? 2000000 : 60000);
    for (int i = 0; i < TOWNS; i++) {
        for (int k = 0; k < POINTS; k++)
            g_string_append_printf(figures, "c%d,%d,%s,%d,\n", i, i == 5 ? 2019 : 2020,
                                   POINT_IDS[k], 10 * i + k);
    }
    /* Two killed among 60,000: 3.33 a 100,000. */
    g_string_append(figures, "c3,2020,sc.sh.sa.9c.value,3.33,2\n");
    gh_pages_testing_import(store, framework, cities->str);
    gh_pages_testing_import(store, framework, figures->str);
}

static void
test_groups(GhStoreTesting *testing)
{
    static const GhPagesCase cases[] = {
        {"the usual group is the size", "/cities/c3/peers", "200",
         "Town 3 has 6 peers with figures: 50,000 to 100,000 inhabitants. Of each peer its latest "
         "year is "
         "taken, so figures are of 2019 to 2020.",
         "Town 7<"},
        {"by country", "/cities/c3/peers?group=country", "200", "5 peers with figures: Sweden",
         ">Town 6<"},
        {"by part of the continent", "/cities/c3/peers?group=subregion", "200",
         "6 peers with figures: Northern Europe", ">Town 6<"},
        {"by region", "/cities/c3/peers?group=region", "200", "peers with figures: Europe",
         ">Town 7<"},
        {"by income, and of which year the groups are", "/cities/c3/peers?group=income", "200",
         "Income groups of the World Bank for its fiscal year 2026.", ">Town 7<"},
        {"a country without an income group", "/cities/c7/peers?group=income", "200",
         "The World Bank gives this country no income group.", ">Town 3<"},
        {"all", "/cities/c3/peers?group=all", "200", ">Town 7</a>", NULL},
        {"the nearest", "/cities/c3/peers?group=nearest", "200", "nearest to Town 3 by profile",
         "<a href=\"/cities/aas?"},
        {"the nearest are told how near", "/cities/c3/peers?group=nearest", "200",
         "<th scope=\"col\" class=\"number\">Figures both have</th>", NULL},
        {"nobody is near to a city of two figures", "/cities/aas/peers?group=nearest", "200",
         "No other city has enough figures in common", "<table class=\"peers\""},
        {"where too few are alike, all are the usual group", "/cities/c7/peers", "200",
         "with figures: All cities", NULL},
        {"a group of nobody else", "/cities/c7/peers?group=size", "200",
         "No other city of this group has figures", "<table class=\"peers\""},
        {"of the same year only", "/cities/c3/peers?years=same", "200", "All figures are of 2020.",
         ">Town 5<"},
        {"an unknown group", "/cities/c3/peers?group=friends", "400", NULL, NULL},
        {"a city without figures", "/cities/c8/peers", "404", "has no figures yet", NULL},
        {"an unknown city", "/cities/atlantis/peers", "404", "There is no city", NULL},
        {"an unknown year", "/cities/c3/peers?year=1999", "404", "1999", NULL},
        {"the tab is there", "/cities/c3", "200", "href=\"/cities/c3/peers\"", NULL},
        {"but not of a city without figures", "/cities/c8", "200", NULL, "/cities/c8/peers"},
        {"another year keeps the group", "/cities/aas/peers?group=region", "200",
         "/cities/aas/peers?group=region&amp;year=2019", NULL},
        {"the address to cite says all", "/cities/c3/peers?group=country", "200",
         "/cities/c3/peers?group=country&amp;year=2020&amp;targets=open", NULL},
    };

    fill_store(testing->store);
    gh_pages_testing_check_cases(testing, cases, G_N_ELEMENTS(cases));
}

static void
test_chosen(GhStoreTesting *testing)
{
    g_autoptr(GString) many = g_string_new("/cities/c3/peers?group=chosen&cities=");
    g_autoptr(GString) too_long = g_string_new(NULL);

    for (int i = 0; i < 1000; i++)
        g_string_append_printf(many, "%sc%d", i > 0 ? "," : "", i % TOWNS);
    g_string_append(too_long, many->str);
    for (int i = 0; i < 500; i++)
        g_string_append(too_long, ",abc");
    const GhPagesCase cases[] = {
        {"by slug and by name", "/cities/c3/peers?group=chosen&cities=c1,+town+2,c6", "200",
         "Town 3 beside 3 cities that were chosen.", "class=\"status\""},
        {"the address of slugs lasts", "/cities/c3/peers?group=chosen&cities=town+2,c1", "200",
         "group=chosen&amp;cities=c1,c2", NULL},
        {"fewer than five say nothing of a figure", "/cities/c3/peers?group=chosen&cities=c1",
         "200", "too few to say", "better than"},
        {"itself is no peer, and nobody counts twice",
         "/cities/c3/peers?group=chosen&cities=c3,c1,c1", "200", "beside 1 city that was chosen",
         NULL},
        {"who is not here is named", "/cities/c3/peers?group=chosen&cities=c1,atlantis", "200",
         "“atlantis” is no city with figures here", NULL},
        {"what was asked is escaped", "/cities/c3/peers?group=chosen&cities=%3Cb%3E", "200",
         "“&lt;b&gt;”", "<b>"},
        {"nobody", "/cities/c3/peers?group=chosen", "200", "No other city", NULL},
        {"nothing but commas", "/cities/c3/peers?group=chosen&cities=,,%20,", "200",
         "No other city", NULL},
        {"a thousand", many->str, "200", "More than 100 cities were asked for", NULL},
        {"more than an address may say", too_long->str, "400", NULL, NULL},
        {"not UTF-8", "/cities/c3/peers?group=chosen&cities=%FF", "400", NULL, NULL},
    };

    fill_store(testing->store);
    gh_pages_testing_check_cases(testing, cases, G_N_ELEMENTS(cases));
}

/* The first data point of Town 3 is 30. Of its size peers 0 10 20 40 50 60: median and mean 30, quartiles
 * 12.5 and 47.5, squares 900 + 400 + 100 + 100 + 400 + 900 = 2800, sd = sqrt(2800 / 5) = 23.664319132398465;
 * z = 0, half of them below. Of its country's 0 10 20 40 50: mean 24, three of five below. */
static void
test_figures(GhStoreTesting *testing)
{
    static const GhPagesCase cases[] = {
        {"the middle of the peers", "/cities/c3/peers", "200",
         "better than 50 % of the peers</span> <span class=\"soft small\">6 peers", NULL},
        {"a figure nobody verified says so", "/cities/c3/peers", "200",
         "<span class=\"soft small\">not verified</span>", NULL},
        {"one that is missing says why", "/cities/c0/peers?group=chosen&cities=c3", "200",
         "<span class=\"soft small\">missing</span>", "no value"},
        {"in files too", "/cities/c0/peers.csv?group=chosen&cities=c3", "200", ",,missing\n", NULL},
        {"the same as a table", "/cities/c3/peers.csv", "200",
         "c3,2020,size,each,ec.ict.ict.1c.value,Household Internet "
         "access,%,higher,30,6,0,12.5,30,47.5,60,30,"
         "23.664319132398465,0,50,50,not_verified\n",
         NULL},
        {"of another group", "/cities/c3/peers.csv?group=country", "200",
         "%,higher,30,5,0,10,20,40,50,24,", NULL},
        {"without enough peers there is no standing", "/cities/c3/peers.csv", "200",
         "sc.sh.sa.9c.value,Traffic fatalities,per 100 000 "
         "inhabitants,lower,3.33,0,,,,,,,,,,,not_verified\n",
         NULL},
        {"as JSON", "/cities/c3/peers.json", "200", "\"better_than_percent\":50", NULL},
        {"as a spreadsheet", "/cities/c3/peers.xlsx", "200", "spreadsheetml", NULL},
        {"the peers as a table", "/cities/c3/peers/members.csv", "200",
         "c5,Town 5,SE,60000,2019,12,,\n", NULL},
        {"the nearest with their distance", "/cities/c3/peers/members.csv?group=nearest", "200",
         ",2020,12,", NULL},
        {"the best stand out", "/cities/c6/peers", "200",
         "better than all peers; the median of 6 peers is 25", NULL},
        {"and the weakest", "/cities/c0/peers", "200",
         "behind all peers; the median of 6 peers is 35", NULL},
        {"few events are told", "/cities/c3/peers", "200", "2 events stand behind this rate", NULL},
        {"also on the city's page", "/cities/c3", "200", "2 events stand behind this rate", NULL},
        {"the chart of the categories", "/cities/c3/peers.svg", "200", "Town 3 beside its peers",
         NULL},
        {"of one data point", "/cities/c3/peers.svg?point=ec.ict.ict.1c.value", "200", "Town 6",
         NULL},
        {"as a picture", "/cities/c3/peers.png", "200", "image/png", NULL},
        {"as a page of paper", "/cities/c3/peers.pdf", "200", "application/pdf", NULL},
        {"in no other format", "/cities/c3/peers.gif", "404", NULL, NULL},
        {"of an unknown data point", "/cities/c3/peers.svg?point=x", "404", "no such data point",
         NULL},
        {"of too few there is no chart", "/cities/c7/peers.svg?group=size", "404",
         "too few figures", NULL},
    };

    fill_store(testing->store);
    gh_pages_testing_check_cases(testing, cases, G_N_ELEMENTS(cases));
}

static void
test_changes(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;

    fill_store(testing->store);
    g_autoptr(GhFramework) framework = gh_framework_get(testing->store, "u4ssc", NULL, &error);
    g_assert_no_error(error);
    g_autoptr(GhPeerTable) first = gh_peer_table_get(testing->store, framework, 0, &error);
    g_autoptr(GhPeerTable) again = gh_peer_table_get(testing->store, framework, 0, &error);
    g_autoptr(GhPeerTable) of_year = gh_peer_table_get(testing->store, framework, 2019, &error);
    g_assert_no_error(error);
    g_assert_true(first == again);
    g_assert_true(first != of_year);
    g_assert_cmpuint(first->n_cities, ==, TOWNS + 1); /* and the town of the test support */
    g_assert_cmpuint(gh_peer_table_find(of_year, "c4"), ==, of_year->n_cities);

    gh_pages_testing_import(testing->store, framework,
                            "city,year,data_point_id,value\nc8,2020,ec.ict.ict.1c.value,99\n");
    g_usleep(300 * G_TIME_SPAN_MILLISECOND); /* data_version is asked again at most every 200 ms */
    g_autoptr(GhPeerTable) later = gh_peer_table_get(testing->store, framework, 0, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(later->n_cities, ==, TOWNS + 2);
    g_assert_cmpuint(gh_peer_table_find(later, "c8"), <, later->n_cities);
}

/* The small framework: two figures of six towns, one of them yes or no. */
static void
test_other_framework(GhStoreTesting *testing)
{
    static const GhPagesCase cases[] = {
        {"yes and no are counted", "/cities/aas/peers?group=all", "200", "3 of 5 peers have it",
         NULL},
        {"values are compared", "/cities/aas/peers?group=all", "200",
         "better than 60 % of the peers", NULL},
        {"its own categories", "/cities/aas/peers?group=all", "200", "Walking", "ICT"},
        {"nobody is near by so little", "/cities/aas/peers?group=nearest", "200",
         "No other city has enough figures in common", NULL},
        {"a data point of the other framework",
         "/cities/aas/peers.svg?group=all&point=ec.ict.ict.1c.value", "404", "no such data point",
         NULL},
    };
    /* Of 10 20 30 50 60 three lie below 40. */
    static const char figures[] = "city,year,data_point_id,value\n"
                                  "aas,2020,s1.pavement,40\naas,2020,s2.light,yes\n"
                                  "t1,2020,s1.pavement,10\nt1,2020,s2.light,yes\n"
                                  "t2,2020,s1.pavement,20\nt2,2020,s2.light,no\n"
                                  "t3,2020,s1.pavement,30\nt3,2020,s2.light,yes\n"
                                  "t4,2020,s1.pavement,50\nt4,2020,s2.light,no\n"
                                  "t5,2020,s1.pavement,60\nt5,2020,s2.light,yes\n";
    g_autoptr(GError) error = NULL;
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GPtrArray) files = gh_framework_testing_small();
    bool changed = false;

    gh_framework_load(testing->store, files, faults, &changed, &error);
    g_assert_no_error(error);
    g_autoptr(GhFramework) framework = gh_framework_get(testing->store, "small-town", NULL, &error);
    g_assert_no_error(error);
    gh_pages_testing_import(testing->store, framework, GH_PAGES_TESTING_CITIES);
    gh_pages_testing_import(
        testing->store, framework,
        "slug,name,country_code\nt1,T1,NO\nt2,T2,NO\nt3,T3,NO\nt4,T4,NO\nt5,T5,NO\n");
    gh_pages_testing_import(testing->store, framework, figures);
    gh_pages_testing_check_cases(testing, cases, G_N_ELEMENTS(cases));
}

static void
register_peers(GhServer *server, GhJobs *jobs)
{
    (void)jobs;
    gh_peers_pages_register(server);
    gh_peers_files_register(server);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    gh_pages_testing_register = register_peers;
    gh_store_testing_each("/peers pages/groups by size, place, income and profile", test_groups);
    gh_store_testing_each("/peers pages/cities of one's own choice", test_chosen);
    gh_store_testing_each("/peers pages/figures beside those of the peers, and as files",
                          test_figures);
    gh_store_testing_each("/peers pages/what is kept follows the data", test_changes);
    gh_store_testing_each("/peers pages/another framework has its own figures",
                          test_other_framework);
    return g_test_run();
}
