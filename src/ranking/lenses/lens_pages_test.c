/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* lens_pages_test.c - a city through lenses as a client sees it, on both databases. */
#include "ranking/ranking_testing.h"

#include <string.h>

typedef struct {
    const char *label, *path, *status;
    const char *has, *has_not; /* NULL: not asked */
} Case;

static void
check(GhStore *store, const Case *cases, size_t n_cases)
{
    GhRankingSite site = gh_ranking_testing_open(store);

    for (size_t i = 0; i < n_cases; i++) {
        g_autoptr(GString) answer = gh_ranking_testing_get(&site, cases[i].path);
        g_autofree char *want = g_strconcat("HTTP/1.1 ", cases[i].status, NULL);
        g_test_message("%s: %s", cases[i].path, cases[i].label);
        if (!g_str_has_prefix(answer->str, want)
            || (cases[i].has != NULL && strstr(answer->str, cases[i].has) == NULL)
            || (cases[i].has_not != NULL && strstr(answer->str, cases[i].has_not) != NULL))
            g_test_fail_printf("wanted %s, %s, not %s, in:\n%s", want, cases[i].has,
                               cases[i].has_not, answer->str);
    }
    gh_ranking_testing_close(&site);
}

static void
test_pages(GhStoreTesting *testing)
{
    static const Case cases[] = {
        {"a city has the tab", "/cities/town-03", "200", "href=\"/cities/town-03/lenses\"", NULL},
        {"one without figures has not", "/cities/empty", "200", NULL, "/lenses\""},
        {"all lenses", "/cities/town-03/lenses", "200", "href=\"/cities/town-03/lenses/oecd\"",
         NULL},
        {"whose mapping it is stands with each", "/cities/town-03/lenses", "200", "our mapping",
         "official mapping"},
        {"one lens", "/cities/town-03/lenses/sdg", "200",
         "<h2 id=\"group-6\">6 Clean water and sanitation</h2>", NULL},
        {"the other is a link away", "/cities/town-03/lenses/sdg", "200",
         "href=\"/cities/town-03/lenses/oecd\"", NULL},
        {"whose mapping", "/cities/town-03/lenses/sdg", "200", "our mapping", NULL},
        {"why an indicator lies there", "/cities/town-03/lenses/sdg", "200",
         "Indicator 17.8.1 counts who uses the Internet", NULL},
        {"what was concluded is marked", "/cities/town-03/lenses/sdg", "200", "concluded, not read",
         NULL},
        {"and where from", "/cities/town-03/lenses/sdg", "200", "Source: kpis.csv, sdg: 17.8.1",
         NULL},
        {"a group without indicators is no zero", "/cities/town-03/lenses/sdg", "200",
         "No indicator of this framework speaks to it. That is no score of zero.", NULL},
        {"subgroups", "/cities/town-03/lenses/oecd", "200", ">Resilience</h3>", NULL},
        {"it is not the OECD's", "/cities/town-03/lenses/oecd", "200",
         "not the framework of the OECD", NULL},
        {"what is not placed says why", "/cities/town-03/lenses/oecd", "200",
         "Patents of all fields", NULL},
        {"only where there is something", "/cities/town-03/lenses/sdg", "200", NULL, "not-placed"},
        {"targets are kept", "/cities/town-03/lenses?targets=open", "200", "lenses/sdg", NULL},
        {"a year without figures", "/cities/town-03/lenses/sdg?year=2019", "404",
         "It has figures for: 2020", NULL},
        {"an unknown lens names the others", "/cities/town-03/lenses/iso", "404",
         "There are: sdg, oecd.", NULL},
        {"an unknown city", "/cities/nowhere/lenses/sdg", "404", NULL, NULL},
        {"a city without figures has a page", "/cities/empty/lenses/sdg", "200", "Empty &lt;b&gt;",
         "<b>"},
    };

    gh_ranking_testing_fill(testing->store);
    check(testing->store, cases, G_N_ELEMENTS(cases));
}

static void
test_files(GhStoreTesting *testing)
{
    static const Case cases[] = {
        {"scores as CSV", "/cities/town-03/lenses/oecd/scores.csv", "200",
         "town-03,2020,lens:oecd,Smart city performance,Inclusion,", "dimension,Economy"},
        {"the file says what it is", "/cities/town-03/lenses/oecd/scores.csv", "200",
         "town-03-2020-lens-oecd.csv", NULL},
        {"as JSON", "/cities/town-03/lenses/sdg/scores.json", "200", "\"lens\":{\"id\":\"sdg\"",
         "\"data_points\""},
        {"with reasons", "/cities/town-03/lenses/sdg/scores.json", "200",
         "\"confidence\":\"inferred\"", NULL},
        {"as a spreadsheet", "/cities/town-03/lenses/sdg/scores.xlsx", "200", "spreadsheetml.sheet",
         NULL},
        {"in no other form", "/cities/town-03/lenses/sdg/scores.doc", "404", NULL, NULL},
        {"the chart says whose mapping", "/cities/town-03/lenses/sdg/bars.svg", "200",
         "Our mapping of indicators", NULL},
        {"and which lens", "/cities/town-03/lenses/sdg/bars.svg", "200",
         "Town 03 2020: Sustainable Development Goals", NULL},
        {"a picture", "/cities/town-03/lenses/oecd/bars.png?width=800", "200", "image/png", NULL},
        {"a page to print", "/cities/town-03/lenses/oecd/bars.pdf", "200", "application/pdf", NULL},
        {"no chart of an unknown lens", "/cities/town-03/lenses/iso/bars.svg", "404", NULL, NULL},
        {"the mapping itself", "/framework/lenses/sdg.csv", "200",
         "kpi_id,kpi_name,group,subgroup,reason,source,confidence", NULL},
        {"is among the downloads", "/downloads", "200", "/framework/lenses/oecd.csv", NULL},
    };

    gh_ranking_testing_fill(testing->store);
    check(testing->store, cases, G_N_ELEMENTS(cases));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    gh_store_testing_each("/lenses/a city through lenses, with reasons", test_pages);
    gh_store_testing_each("/lenses/files to take away", test_files);
    return g_test_run();
}
