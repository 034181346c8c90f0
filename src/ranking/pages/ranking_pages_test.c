/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "ranking/ranking_testing.h"

#include <string.h>
#include <zip.h>

#include "ranking/published/kept.h"
#include "store/audit.h"

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
            || (cases[i].has_not != NULL && strstr(answer->str, cases[i].has_not) != NULL)) {
            g_test_message("wanted %s, %s, not %s, in:\n%s", want, cases[i].has, cases[i].has_not,
                           answer->str);
            g_test_fail();
        }
    }
    gh_ranking_testing_close(&site);
}

static void
test_empty_list(GhStoreTesting *testing)
{
    static const Case cases[] = {
        {"says what to do next", "/rankings", "200", "guildhall index publish", "ranking-list"},
        {"no such ranking", "/rankings/towns", "404", "no ranking of that name", NULL},
        {"no file of it either", "/rankings/towns.json", "404", NULL, NULL},
    };

    gh_ranking_testing_fill(testing->store);
    check(testing->store, cases, G_N_ELEMENTS(cases));
}

static void
test_pages(GhStoreTesting *testing)
{
    static const Case cases[] = {
        {"the list links to it", "/rankings", "200", "href=\"/rankings/towns\"", "No ranking is"},
        {"its title is escaped", "/rankings/towns", "200", "Invented towns &amp; &lt;others&gt;",
         "<others>"},
        {"no bare places", "/rankings/towns", "200", "<td class=\"number\">1 (", NULL},
        {"the version of the figures to cite", "/rankings/towns", "200",
         "<dt>Version of the figures</dt>", NULL},
        {"how sure, in words", "/rankings/towns", "200", "How sure is this ranking?", NULL},
        {"which choice matters", "/rankings/towns", "200", "Which choice matters most", NULL},
        {"groups that go together", "/rankings/towns", "200", "How the groups go together", NULL},
        {"the method", "/rankings/towns", "200", "Missing figures: taken as the mean", NULL},
        {"what was filled in", "/rankings/towns", "200", "were missing and filled in", NULL},
        {"who has no place is told", "/rankings/towns", "200", "are known: Sparse.", NULL},
        {"a sparse city is told", "/rankings/towns", "200", "One city reports less than half",
         NULL},
        {"small towns are told", "/rankings/towns", "200", "fewer than 20,000 people", NULL},
        {"can be kept by browsers", "/rankings/towns", "200", "ETag:", NULL},
        {"the city one came from", "/rankings/towns?city=town-03", "200", "class=\"highlighted\"",
         NULL},
        {"a city that is not in it", "/rankings/towns?city=atlantis", "200", "Places",
         "class=\"highlighted\""},
        {"behind the last page", "/rankings/towns?page=2", "404", "ends before this page", NULL},
        {"no page 0", "/rankings/towns?page=0", "404", NULL, NULL},
        {"far behind", "/rankings/towns?page=9007199254740992", "404", NULL, NULL},
        {"a city taken apart", "/rankings/towns/cities/town-03", "200", "The score taken apart",
         NULL},
        {"its contributions add up", "/rankings/towns/cities/town-03", "200",
         "contributions of the indicators add up", NULL},
        {"the whole has its interval here too", "/rankings/towns/cities/town-03", "200",
         "Only the whole has an interval", NULL},
        {"its strengths", "/rankings/towns/cities/town-03", "200", "Stands highest in", NULL},
        {"a city without a place", "/rankings/towns/cities/sparse", "200", "This city has no place",
         "The score taken apart"},
        {"a city that has no figures", "/rankings/towns/cities/empty", "404", NULL, NULL},
        {"the city's own page shows it", "/cities/town-03", "200", "/rankings/towns/cities/town-03",
         NULL},
    };

    gh_ranking_testing_fill(testing->store);
    gh_ranking_testing_publish(testing->store, "towns");
    check(testing->store, cases, G_N_ELEMENTS(cases));
}

static void
test_weights(GhStoreTesting *testing)
{
    g_autoptr(GString) many = g_string_new("/rankings/towns/weights?w1=1");
    for (int i = 0; i < 1000; i++)
        g_string_append_printf(many, "&x%d=1", i);
    const Case cases[] = {
        {"as published, nothing moves", "/rankings/towns/weights", "200",
         "every city keeps its place", NULL},
        {"places of one's own are no surer", "/rankings/towns/weights", "200",
         "Yours are no surer than those.", NULL},
        {"one group alone", "/rankings/towns/weights?w1=100&w2=0&w3=0", "200",
         "change their places", NULL},
        {"weights are relative", "/rankings/towns/weights?w1=5&w2=5&w3=5", "200",
         "every city keeps its place", NULL},
        {"all zero", "/rankings/towns/weights?w1=0&w2=0&w3=0", "200",
         "All weights of a group are 0", NULL},
        {"negative", "/rankings/towns/weights?w1=-1", "400", "number from 0 to 100", NULL},
        {"huge", "/rankings/towns/weights?w1=1e300", "400", "number from 0 to 100", NULL},
        {"not a number", "/rankings/towns/weights?w1=nan", "400", "number from 0 to 100", NULL},
        {"infinite", "/rankings/towns/weights?w1=inf", "400", "number from 0 to 100", NULL},
        {"too long", "/rankings/towns/weights?w1=0000000000000000000000001", "400", NULL, NULL},
        {"twice", "/rankings/towns/weights?w1=1&w1=2", "400", NULL, NULL},
        {"beyond the sliders", "/rankings/towns/weights?w99=1", "200", NULL, NULL},
        {"tiny", "/rankings/towns/weights?w1=1e-300&w2=0&w3=0", "200", NULL, NULL},
        {"a thousand parameters", many->str, "4", NULL, NULL},
        {"nobody is told to cite it", "/rankings/towns/weights", "200", NULL, "How to cite"},
    };

    gh_ranking_testing_fill(testing->store);
    gh_ranking_testing_publish(testing->store, "towns");
    check(testing->store, cases, G_N_ELEMENTS(cases));
}

static void
test_uneven_weights(GhStoreTesting *testing)
{
    /* 2 : 1 : 3 is 33.3, 16.7 and 50 of 100; the fields have 33, 17 and 50. */
    static const Case cases[] = {
        {"the fields have whole numbers", "/rankings/uneven/weights", "200",
         "name=\"w1\" min=\"0\" max=\"100\" step=\"any\" value=\"33\"", NULL},
        {"sent back unchanged nothing moves", "/rankings/uneven/weights?w1=33&w2=17&w3=50", "200",
         "every city keeps its place", NULL},
    };
    g_autoptr(GError) error = NULL;
    g_autofree char *spec = gh_ranking_testing_changed(
        "{\"step\": \"aggregate\"",
        "{\"step\": \"weights\", \"method\": \"given\", \"weights\": {\"Economy\": 2, "
        "\"Environment\": 1, \"Society and Culture\": 3}}, {\"step\": \"aggregate\"");

    gh_ranking_testing_fill(testing->store);
    gh_ranking_testing_try(testing->store, "uneven", spec, NULL, &error);
    g_assert_no_error(error);
    check(testing->store, cases, G_N_ELEMENTS(cases));
}

static void
test_files(GhStoreTesting *testing)
{
    static const Case cases[] = {
        {"places", "/rankings/towns/places.csv", "200", "city,name,country,year,place,q5", NULL},
        {"scores", "/rankings/towns/scores.json", "200", "uCode", NULL},
        {"places of groups", "/rankings/towns/ranks.csv", "200", "uCode", NULL},
        {"a sheet", "/rankings/towns/places.xlsx", "200", "spreadsheet", NULL},
        {"for programs", "/rankings/towns.json", "200", "\"seed\":\"7\"", NULL},
        {"a chart", "/rankings/towns/places.svg", "200", "<svg", NULL},
        {"a picture of it", "/rankings/towns/places.png", "200", "image/png", NULL},
        {"a page of it", "/rankings/towns/parts.pdf", "200", "application/pdf", NULL},
        {"of the choices", "/rankings/towns/choices.svg", "200", "<svg", NULL},
        {"of the groups", "/rankings/towns/links.svg", "200", "<svg", NULL},
        {"no cities on that page", "/rankings/towns/places.svg?page=2", "404", NULL, NULL},
        {"no such file", "/rankings/towns/secrets.csv", "404", NULL, NULL},
        {"no such form", "/rankings/towns/places.exe", "404", NULL, NULL},
        {"another's archive", "/rankings/towns/other.zip", "404", NULL, NULL},
    };

    gh_ranking_testing_fill(testing->store);
    gh_ranking_testing_publish(testing->store, "towns");
    check(testing->store, cases, G_N_ELEMENTS(cases));
}

static void
test_withdrawn(GhStoreTesting *testing)
{
    static const Case cases[] = {
        {"the list says so", "/rankings", "200", ">withdrawn<", NULL},
        {"the page says why", "/rankings/towns", "200", "a figure &lt;was&gt; wrong", NULL},
        {"and still has the places", "/rankings/towns", "200", "<td class=\"number\">1 (", NULL},
        {"programs are told", "/rankings/towns.json", "200", "\"withdrawn\":true", NULL},
        {"city pages are silent", "/cities/town-03", "200", NULL, "/rankings/towns/cities"},
    };
    g_autoptr(GError) error = NULL;

    gh_ranking_testing_fill(testing->store);
    gh_ranking_testing_publish(testing->store, "towns");
    gh_ranking_withdraw(testing->store, "towns", "a figure <was> wrong", "operator", &error);
    g_assert_no_error(error);
    check(testing->store, cases, G_N_ELEMENTS(cases));
}

/* The member's text; the caller owns it. */
static char *
read_member(zip_t *archive, const char *name)
{
    zip_stat_t stat;
    g_assert_cmpint(zip_stat(archive, name, 0, &stat), ==, 0);
    char *text = g_malloc0(stat.size + 1);
    zip_file_t *file = zip_fopen(archive, name, 0);
    g_assert_nonnull(file);
    g_assert_cmpint(zip_fread(file, text, stat.size), ==, (zip_int64_t)stat.size);
    zip_fclose(file);
    return text;
}

static void
check_archive(GhStore *store, const char *path, const char *want_spec, GhIndexAnalysis analysis)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GhFaults) faults = gh_faults_new();
    GhRankingSite site = gh_ranking_testing_open(store);
    g_autoptr(GString) answer = gh_ranking_testing_get(&site, path);
    gh_ranking_testing_close(&site);
    const char *body = strstr(answer->str, "\r\n\r\n");
    g_assert_nonnull(body);
    body += 4;
    size_t n_bytes = answer->len - (size_t)(body - answer->str);

    zip_source_t *source = zip_source_buffer_create(body, n_bytes, 0, NULL);
    zip_t *archive = zip_open_from_source(source, ZIP_RDONLY, NULL);
    g_assert_nonnull(archive);
    g_assert_cmpint(zip_get_num_entries(archive, 0), ==, 9);
    g_autofree char *readme = read_member(archive, "README.txt");
    g_autofree char *spec_text = read_member(archive, "spec.json");
    g_autofree char *data_text = read_member(archive, "iData.csv");
    g_autofree char *meta_text = read_member(archive, "iMeta.csv");
    g_autofree char *want = read_member(archive, "scores.csv");
    g_autofree char *want_places = read_member(archive, "uncertainty.csv");
    g_autofree char *want_choices = read_member(archive, "sensitivity.csv");
    zip_discard(archive);
    g_assert_nonnull(strstr(readme, "guildhall index run spec.json"));
    g_assert_nonnull(strstr(readme, "\nFigures: version "));
    g_assert_cmpstr(spec_text, ==, want_spec);

    const GhIndexFile data_file = {"iData.csv", data_text, strlen(data_text)};
    const GhIndexFile meta_file = {"iMeta.csv", meta_text, strlen(meta_text)};
    g_autoptr(GhIndexSpec) spec =
        gh_index_spec_parse("spec.json", spec_text, strlen(spec_text), faults, &error);
    g_assert_no_error(error);
    g_autoptr(GhIndexData) data = gh_index_read(&data_file, &meta_file, faults, &error);
    g_assert_no_error(error);
    g_autoptr(GhIndexResult) result = gh_index_run(data, spec, NULL, &error);
    g_assert_no_error(error);
    g_autoptr(GString) scores = g_string_new(NULL);
    gh_index_write_scores(result, GH_TABLE_CSV, gh_table_sink_string, scores, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(scores->str, ==, want);

    const GhIndexUncertaintyOptions options = {.analysis = analysis, .n_threads = 2};
    g_autoptr(GhIndexUncertaintyResult) sure = gh_index_uncertainty(data, spec, &options, &error);
    g_assert_no_error(error);
    g_autoptr(GString) places = g_string_new(NULL);
    g_autoptr(GString) choices = g_string_new(NULL);
    gh_index_write_uncertainty(sure, data, spec->uncertain, GH_TABLE_CSV, gh_table_sink_string,
                               places, &error);
    g_assert_no_error(error);
    gh_index_write_sensitivity(sure, GH_TABLE_CSV, gh_table_sink_string, choices, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(places->str, ==, want_places);
    g_assert_cmpstr(choices->str, ==, want_choices);
}

static void
test_archive_is_enough(GhStoreTesting *testing)
{
    gh_ranking_testing_fill(testing->store);
    gh_ranking_testing_publish(testing->store, "towns");
    check_archive(testing->store, "/rankings/towns/everything.zip", GH_RANKING_TESTING_SPEC,
                  GH_INDEX_SENSITIVITY);
}

static void
test_archive_of_a_panel(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;

    gh_ranking_testing_fill_panel(testing->store);
    gh_ranking_testing_try(testing->store, "panel", GH_RANKING_TESTING_PANEL, NULL, &error);
    g_assert_no_error(error);
    check_archive(testing->store, "/rankings/panel/everything.zip", GH_RANKING_TESTING_PANEL,
                  GH_INDEX_UNCERTAINTY);
}

static void
test_kept_is_the_same(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GhRankingKept) kept = NULL;
    g_autoptr(GhRankingKept) again = NULL;

    gh_ranking_testing_fill(testing->store);
    gh_ranking_testing_publish(testing->store, "towns");
    g_usleep((GH_STORE_VERSION_AGE_MS + 50) * G_TIME_SPAN_MILLISECOND);
    gh_ranking_kept_get(testing->store, "towns", &kept, &error);
    g_assert_no_error(error);
    g_assert_null(kept->why);
    g_assert_true(kept->is_same);
    gh_ranking_kept_get(testing->store, "towns", &again, &error);
    g_assert_no_error(error);
    g_assert_true(again == kept);
}

/* The working stands at GH_RANKING_TESTING_PANEL. */
static void
test_panel(GhStoreTesting *testing)
{
    static const Case cases[] = {
        {"its years are told", "/rankings/panel", "200",
         "follows the cities over 3 years from 2018 to 2020", NULL},
        {"and that they compare", "/rankings/panel", "200", "stand on one scale", NULL},
        {"places are of the last", "/rankings/panel", "200", "<td class=\"number\">1 (1 to 1)</td>",
         NULL},
        {"a move stands with its interval", "/rankings/panel", "200", ">up 1 from 2 (2 to ", NULL},
        {"who has no figures of that year is told", "/rankings/panel", "200",
         "no figures of 2020: Cedar.", "too few of its"},
        {"a city over the years", "/rankings/panel/cities/alder", "200", "Over the years", NULL},
        {"its line", "/rankings/panel/cities/alder", "200", ": score, 2018 to 2020", NULL},
        {"a pace that cannot last is not drawn", "/rankings/panel/cities/alder", "200",
         "So far +25 a year. Kept up, that would leave the scale before 2030", NULL},
        {"every year with its place", "/rankings/panel/cities/alder", "200",
         "<th scope=\"row\">2018</th><td class=\"number\">12.5</td><td class=\"number\">2 (2 to ",
         NULL},
        {"a city of earlier years only", "/rankings/panel/cities/cedar", "200",
         "has no figures of 2020", "too few of its"},
        {"keeps them", "/rankings/panel/cities/cedar", "200",
         "<td class=\"number\">6.3</td><td class=\"number\">3 (2 to 3)</td>", NULL},
        {"other weights rank the last year only", "/rankings/panel/weights", "200",
         "every city keeps its place", "Cedar"},
        {"for programs", "/rankings/panel.json", "200",
         "\"years\":[{\"year\":2018,\"place\":2,\"score\":12.5,", NULL},
        {"all years in the scores", "/rankings/panel/scores.csv", "200", "cedar,2019,", NULL},
        {"the trend tab has the line", "/cities/alder/trend", "200", "In rankings over the years",
         NULL},
    };
    g_autoptr(GError) error = NULL;

    gh_ranking_testing_fill_panel(testing->store);
    gh_ranking_testing_try(testing->store, "panel", GH_RANKING_TESTING_PANEL, NULL, &error);
    g_assert_no_error(error);
    check(testing->store, cases, G_N_ELEMENTS(cases));
}

static void
test_panel_without_a_scale(GhStoreTesting *testing)
{
    static const Case cases[] = {
        {"the page says so", "/rankings/panel", "200",
         "scores of different years cannot be compared", "stand on one scale"},
        {"the city has places and no line", "/rankings/panel/cities/alder", "200",
         "so no line is drawn", ": score, 2018 to 2020"},
    };
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) spec = g_string_new(GH_RANKING_TESTING_PANEL);

    g_string_replace(spec, "\"upper\": 100", "\"upper\": 100, \"over\": \"year\"", 1);
    gh_ranking_testing_fill_panel(testing->store);
    gh_ranking_testing_try(testing->store, "panel", spec->str, NULL, &error);
    g_assert_no_error(error);
    check(testing->store, cases, G_N_ELEMENTS(cases));
}

static gpointer
get_kept(gpointer store)
{
    GhRankingKept *kept = NULL;
    g_autoptr(GError) error = NULL;

    gh_ranking_kept_get(store, "towns", &kept, &error);
    g_assert_no_error(error);
    return kept;
}

static void
test_kept_is_made_once(GhStoreTesting *testing)
{
    enum {
        N = 6
    };
    GThread *threads[N];
    GhRankingKept *kept[N];

    gh_ranking_testing_fill(testing->store);
    gh_ranking_testing_publish(testing->store, "towns");
    for (size_t i = 0; i < N; i++)
        threads[i] = g_thread_new("reader", get_kept, testing->store);
    for (size_t i = 0; i < N; i++)
        kept[i] = g_thread_join(threads[i]);
    for (size_t i = 0; i < N; i++) {
        g_assert_true(kept[i] == kept[0]);
        gh_ranking_kept_unref(kept[i]);
    }
}

static bool
run_sql(GhDb *db, void *data, GError **error)
{
    const GhAuditEntry entry = {.actor = "somebody", .action = "change", .subject = "towns"};
    g_autoptr(GhQuery) query = gh_db_query(db, data, error);

    return query != NULL && gh_query_run(query, NULL, error)
           && gh_audit_append(db, &entry, NULL, error);
}

/* Each on a ranking of its own, for what one hides the next may show. */
static void
test_changed_database(GhStoreTesting *testing)
{
    static const char *const changes[] = {
        "UPDATE ranking_city SET score = 1e999, q95 = NULL",
        "UPDATE ranking_city SET q5 = -1e308, q25 = 1e308, mean = 1e308, p_top = 1e308",
        "UPDATE ranking_city SET place = -2147483648, year = -2147483648",
        "UPDATE ranking_city SET n_available = 4611686018427387904, population = -1e308",
        "UPDATE ranking SET top_k = -9223372036854775807, n_cities = -1, n_indicators = -1",
        "UPDATE ranking SET clear_pairs = 1e308, median_width = -1e308, mean_shift = 1e308",
        "UPDATE ranking SET published_us = 9223372036854775807, withdrawn_us = -1",
        "UPDATE ranking SET withdrawn_us = 9223372036854775807, withdrawn_reason = NULL",
        "UPDATE ranking_choice SET total = 1e308, first = -1e308",
        "DELETE FROM ranking_choice",
        "DELETE FROM ranking_file",
        "DELETE FROM ranking_city",
    };
    static const char *const pages[] = {
        "",
        "/weights",
        "/weights?w1=9&w2=3",
        ".json",
        "/cities/town-03",
        "/places.csv",
        "/places.xlsx",
        "/places.svg",
        "/choices.svg",
        "/everything.zip",
    };

    gh_ranking_testing_fill(testing->store);
    for (size_t i = 0; i < G_N_ELEMENTS(changes); i++) {
        g_autofree char *sql = g_strdup(changes[i]);
        g_autofree char *slug = g_strdup_printf("towns-%zu", i);
        g_autoptr(GError) error = NULL;
        g_test_message("%s", sql);
        gh_ranking_testing_publish(testing->store, slug);
        /* PostgreSQL refuses some by itself. */
        if (!gh_store_write(testing->store, run_sql, sql, &error)) {
            g_test_message("refused: %s", error->message);
            continue;
        }
        GhRankingSite site = gh_ranking_testing_open(testing->store);
        for (size_t k = 0; k < G_N_ELEMENTS(pages); k++) {
            g_autofree char *path = g_strconcat("/rankings/", slug, pages[k], NULL);
            g_autoptr(GString) answer = gh_ranking_testing_get(&site, path);
            g_test_message("%s: %.12s", path, answer->str);
            g_assert_true(g_str_has_prefix(answer->str, "HTTP/1.1 200")
                          || g_str_has_prefix(answer->str, "HTTP/1.1 404"));
        }
        g_autoptr(GString) overview = gh_ranking_testing_get(&site, "/cities/town-03");
        g_assert_true(g_str_has_prefix(overview->str, "HTTP/1.1 200"));
        g_autoptr(GString) list = gh_ranking_testing_get(&site, "/rankings");
        g_assert_true(g_str_has_prefix(list->str, "HTTP/1.1 200"));
        gh_ranking_testing_close(&site);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    gh_store_testing_each("/rankings/without any the list says what to do", test_empty_list);
    gh_store_testing_each("/rankings/pages show places with their intervals", test_pages);
    gh_store_testing_each("/rankings/a reader's weights are taken or refused", test_weights);
    gh_store_testing_each("/rankings/published weights stay exact behind whole numbers",
                          test_uneven_weights);
    gh_store_testing_each("/rankings/files to take away", test_files);
    gh_store_testing_each("/rankings/a withdrawn one says so and stays", test_withdrawn);
    gh_store_testing_each("/rankings/the archive is enough to compute it again",
                          test_archive_is_enough);
    gh_store_testing_each("/rankings/the archive of a panel is enough too",
                          test_archive_of_a_panel);
    gh_store_testing_each("/rankings/steps done again give what was published, once",
                          test_kept_is_the_same);
    gh_store_testing_each("/rankings/a panel shows the last year and the way there", test_panel);
    gh_store_testing_each("/rankings/years that do not compare have no line",
                          test_panel_without_a_scale);
    gh_store_testing_each("/rankings/many readers at once wait for one computation",
                          test_kept_is_made_once);
    gh_store_testing_each("/rankings/a database that somebody changed has its pages still",
                          test_changed_database);
    return g_test_run();
}
