/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* files_test.c - the files of the pages as a client gets them, at once or made by a job. */
#include <gio/gio.h>
#include <string.h>

#include "evaluation/evaluation.h"
#include "evaluation/pages/all_files.h"
#include "evaluation/pages/pages_testing.h"

static void
test_files(GhStoreTesting *testing)
{
    static const GhPagesCase cases[] = {
        {"figures of all years", "/cities/aas/figures.csv", "200", "aas,NO,Factsheet,2019,2", NULL},
        {"as a workbook", "/cities/aas/figures.xlsx", "200", "spreadsheetml", NULL},
        {"as JSON", "/cities/aas/figures.json", "200", "\"value\":97", NULL},
        {"in no other form", "/cities/aas/figures.pdf", "404", "csv, xlsx and json", NULL},
        {"scores", "/cities/aas/scores.csv", "200", "aas,2020,dimension,Economy", NULL},
        {"scores of an earlier year", "/cities/aas/scores.json?year=2019", "200", "\"year\":2019",
         NULL},
        {"scores as a workbook", "/cities/aas/scores.xlsx", "200", "spreadsheetml", NULL},
        {"points of each figure", "/cities/aas/explained.csv", "200", "ec.ict.ict.1c.value,97,%,",
         NULL},
        {"the template has every data point", "/cities/empty/template.csv", "200",
         "empty,SC.SH.FS.1A,", NULL},
        {"all figures", "/figures.csv", "200", "aas,NO,Verification Report,2020,6", NULL},
        {"the workbook of all is a job", "/figures.xlsx", "303",
         "Location: /downloads?file=figures.xlsx\r\n", NULL},
        {"and the downloads say so", "/downloads?file=figures.xlsx", "200",
         "figures.xlsx takes a while", NULL},
        {"what is small is a link", "/downloads?file=figures.csv", "200", "href=\"/figures.csv\"",
         "takes a while"},
        {"no other file can be asked for", "/downloads?file=x.csv", "200", NULL, "takes a while"},
        {"figures in no other form", "/figures.pdf", "404", "csv, xlsx and json", NULL},
        {"all scores as a workbook", "/scores.xlsx", "200", "spreadsheetml", NULL},
        {"all scores", "/scores.json", "200", "\"city\":\"aas\"", "\"city\":\"empty\""},
        {"all cities", "/cities.csv", "200", "empty,Empty,CH", NULL},
        {"an indicator's values", "/indicators/EC.ICT.ICT.1C/values.csv", "200",
         "aas,Ås,NO,2020,EC.ICT.ICT.1C,ec.ict.ict.1c.value,97,%,reported,verified,97,95+", NULL},
        {"the framework as it was loaded", "/framework/targets/open.csv", "200", "distance_to_one",
         NULL},
        {"and in other forms", "/framework/targets/open.json", "200",
         "\"rule\":\"distance_to_one\"", NULL},
        {"as a workbook too", "/framework/kpis.xlsx", "200", "spreadsheetml", NULL},
        {"in no further form", "/framework/kpis.pdf", "404", "csv, xlsx and json", NULL},
        {"all indicators", "/indicators.csv", "200", "EC.ICT.ICT.1C,EC: ICT: ICT: 1C", NULL},
        {"a comparison", "/compare.csv?city1=aas&year1=2019&city2=aas&year2=2020", "200",
         "kpi,data_point_id,unit,aas_2019_value,aas_2019_share,aas_2020_value", NULL},
        {"as a workbook", "/compare.xlsx?city1=aas&year1=2019&city2=aas", "200", "spreadsheetml",
         NULL},
        {"as JSON", "/compare.json?city1=aas&year1=2019&city2=aas", "200", "\"gap\":57", NULL},
        {"states stand behind the gap", "/compare.csv?city1=aas&year1=2019&city2=aas&year2=2020",
         "200", ",gap,aas_2019_state,aas_2020_state", NULL},
        {"a file of a year is called by it", "/cities/aas/scores.xlsx", "200",
         "filename=\"aas-2020-scores.xlsx\"", NULL},
        {"whichever year", "/cities/aas/scores.csv?year=2019", "200",
         "filename=\"aas-2019-scores.csv\"", NULL},
        {"points too", "/cities/aas/explained.json", "200", "filename=\"aas-2020-points.json\"",
         NULL},
        {"of nothing", "/compare.csv?city1=aas", "404", "on the page Compare", NULL},
        {"no other file", "/framework/secret.csv", "404", "downloads page", NULL},
        {"nor one outside", "/framework/../open.csv", "400", NULL, NULL},
    };

    gh_pages_testing_fill(testing->store);
    gh_pages_testing_check_cases(testing, cases, G_N_ELEMENTS(cases));
}

/* One city and one figure more than what is sent at once. */
static void
fill_store_large(GhStore *store)
{
    enum {
        N_YEARS = 50, /* two figures a year */
        N_CITIES = GH_ALL_FILES_FIGURES_MAX / (2 * N_YEARS) + 1
    };
    G_STATIC_ASSERT((int)N_CITIES > (int)GH_ALL_FILES_SCORED_CITIES_MAX);
    g_autoptr(GString) cities = g_string_new("slug,name,country_code\n");
    g_autoptr(GString) figures = g_string_new("city,year,data_point_id,value\n");
    g_autoptr(GError) error = NULL;

    gh_pages_testing_fill(store);
    g_autoptr(GhFramework) framework = gh_framework_get(store, "u4ssc", NULL, &error);
    g_assert_no_error(error);
    for (int i = 0; i < N_CITIES; i++) {
        g_string_append_printf(cities, "town-%03d,Town %03d,XX\n", i, i);
        for (int year = 1990; year < 1990 + N_YEARS; year++)
            g_string_append_printf(figures,
                                   "town-%03d,%d,ec.ict.ict.1c.value,%d\n"
                                   "town-%03d,%d,ec.ict.ict.2c.value,5\n",
                                   i, year, year % 100, i, year);
    }
    gh_pages_testing_import(store, framework, cities->str);
    gh_pages_testing_import(store, framework, figures->str);
}

static void
check_unpacked(const GString *packed_answer, const GString *plain_answer)
{
    const char *packed = strstr(packed_answer->str, "\r\n\r\n") + 4;
    const char *plain = strstr(plain_answer->str, "\r\n\r\n") + 4;
    g_autoptr(GError) error = NULL;
    g_autoptr(GZlibDecompressor) unzip = g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP);
    g_autoptr(GInputStream) bytes = g_memory_input_stream_new_from_data(
        packed, (gssize)(packed_answer->len - (gsize)(packed - packed_answer->str)), NULL);
    g_autoptr(GInputStream) stream = g_converter_input_stream_new(bytes, G_CONVERTER(unzip));
    gsize n_plain = plain_answer->len - (gsize)(plain - plain_answer->str);
    g_autofree char *unpacked = g_malloc0(n_plain + 2);
    gsize n_read = 0;

    g_input_stream_read_all(stream, unpacked, n_plain + 1, &n_read, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(n_read, ==, n_plain);
    g_assert_true(memcmp(unpacked, plain, n_plain) == 0);
}

static void
check_prepared(const GhPagesTesting *site, const char *file, const char *has)
{
    g_autofree char *job = gh_pages_testing_press(site, file);
    g_test_message("%s: %s", file, job);
    g_assert_true(g_str_has_prefix(job, "/jobs/"));
    g_autofree char *again = gh_pages_testing_press(site, file);
    g_assert_cmpstr(again, ==, job);
    gh_pages_testing_wait_for(site, job);

    g_autofree char *result = g_strconcat(job, "/result", NULL);
    g_autofree char *result_packed = g_strconcat(job, "/result.gz", NULL);
    g_autofree char *name = g_strdup_printf("filename=\"%s\"", file);
    g_autoptr(GString) plain = gh_pages_testing_get_bytes(site, result);
    g_autoptr(GString) packed = gh_pages_testing_get_bytes(site, result_packed);
    g_assert_nonnull(strstr(plain->str, name));
    g_assert_nonnull(strstr(plain->str, has));
    check_unpacked(packed, plain);

    /* The announced size is the real one. */
    g_autofree char *size = gh_pages_testing_cut(plain->str, "Content-Length: ", "\r\n");
    const char *body = strstr(plain->str, "\r\n\r\n") + 4;
    g_assert_cmpuint(g_ascii_strtoull(size, NULL, 10), ==, plain->len - (gsize)(body - plain->str));
}

static void
test_large(GhStoreTesting *testing)
{
    static const GhPagesCase cases[] = {
        {"figures", "/figures.csv", "303", "Location: /downloads?file=figures.csv\r\n", NULL},
        {"scores", "/scores.json", "303", "Location: /downloads?file=scores.json\r\n", NULL},
        {"fewer cities stay a file", "/cities.csv", "200", "town-001", NULL},
        {"the page says why", "/downloads?file=scores.json", "200", "scores.json takes a while",
         "href=\"/scores.json\""},
        {"an indicator's first page", "/indicators/EC.ICT.ICT.1C", "200", "?page=2#", ">Town 150<"},
        {"its second", "/indicators/EC.ICT.ICT.1C?page=2", "200", ">Town 150<", ">Town 005<"},
        {"its file has all", "/indicators/EC.ICT.ICT.1C/values.csv", "200", "town-200", NULL},
    };

    fill_store_large(testing->store);
    gh_pages_testing_check_cases(testing, cases, G_N_ELEMENTS(cases));
    GhPagesTesting site = gh_pages_testing_open(testing->store);
    check_prepared(&site, "figures.csv", "town-001,XX,,1990,");
    check_prepared(&site, "scores.json", "\"city\":\"town-200\"");
    check_prepared(&site, "cities.json", "\"slug\":\"town-001\"");
    g_autofree char *none = gh_pages_testing_press(&site, "secret.csv");
    g_assert_true(g_str_has_prefix(none, "HTTP/1.1 404"));
    gh_pages_testing_close(&site);
}

static void
test_workbook(GhStoreTesting *testing)
{
    gh_pages_testing_fill(testing->store);
    GhPagesTesting site = gh_pages_testing_open(testing->store);

    g_autofree char *job = gh_pages_testing_press(&site, "figures.xlsx");
    gh_pages_testing_wait_for(&site, job);
    g_autofree char *page = gh_pages_testing_get(&site, job);
    g_autofree char *result = g_strconcat(job, "/result", NULL);
    g_autofree char *packed = g_strconcat(job, "/result.gz", NULL);
    g_autofree char *workbook = gh_pages_testing_get(&site, result);
    g_autofree char *back = gh_pages_testing_get(&site, packed);
    g_assert_null(strstr(page, ".gz"));
    g_assert_nonnull(strstr(workbook, "\r\n\r\nPK"));
    g_assert_true(g_str_has_prefix(back, "HTTP/1.1 303"));
    gh_pages_testing_close(&site);
}

/* -- another framework: two levels, continuous scores, three bands -- */

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    gh_store_testing_each("/pages/every table can be taken away", test_files);
    gh_store_testing_each("/pages/files of many figures are made by jobs, packed or not",
                          test_large);
    gh_store_testing_each("/pages/a workbook of all figures is made by a job", test_workbook);
    return g_test_run();
}
