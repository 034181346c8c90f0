/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* ranking_testing.c - invented towns with figures, a ranking of them, and a server that shows it. */
#include "ranking/ranking_testing.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#include "evaluation/evaluation.h"

const char GH_RANKING_TESTING_SPEC[] =
    "{\"format\": \"guildhall-index-1\", \"name\": \"Invented towns\","
    " \"data\": {\"framework\": \"u4ssc\", \"year\": 2020, \"min_available\": 0.3},"
    " \"steps\": [{\"step\": \"screen\", \"min_available\": 0.5},"
    " {\"step\": \"impute\", \"method\": \"mean\"},"
    " {\"step\": \"normalise\", \"method\": \"min_max\", \"lower\": 1, \"upper\": 100},"
    " {\"step\": \"aggregate\", \"method\": \"arithmetic\"}],"
    " \"uncertainty\": {\"sampling\": \"sobol\", \"replications\": 64, \"bootstrap\": 50, "
    "\"seed\": 7,"
    " \"top\": [1, 10], \"parameters\": ["
    " {\"name\": \"Weights\", \"noise\": {\"3\": 0.5}, \"sets\": 20},"
    " {\"name\": \"Aggregation\", \"change\": \"aggregate.method\","
    " \"values\": [\"arithmetic\", \"geometric\"]}]}}";

/* Two indicators, a (households with internet) and b (wastewater treated), in percent; the smallest of each over all years is 20, the
 * largest 100, so that min_max gives (x - 20) / 80 x 100. Each is
 * alone in its part, and the score is the mean of both.
 *
 *              2018                  2019                   2020
 *   alder   20  40:  0   25         40  60: 25   50        60  80: 50   75
 *                12.5    place 2        37.5    place 2        62.5    place 1
 *   birch   60  60: 50   50         50  40: 37.5 25        40  60: 25   50
 *                50      place 1        31.25   place 3        37.5    place 2
 *   cedar   30  20: 12.5  0        100 100: 100 100        no figures
 *                6.25    place 3       100      place 1                no place
 *
 * Alder's line rises by 25 a year, to 312.5 in 2030, far beyond its scale. In 2020 each of alder's indicators is
 * 25 above birch's, so that no weights change these places. */
const char GH_RANKING_TESTING_PANEL[] =
    "{\"format\": \"guildhall-index-1\", \"name\": \"Three towns\","
    " \"data\": {\"framework\": \"u4ssc\", \"year\": \"all\", \"values\": \"value\","
    " \"data_points\": [\"ec.ict.ict.1c.value\", \"en.en.ws.4c.primary\"]},"
    " \"steps\": [{\"step\": \"normalise\", \"method\": \"min_max\", \"lower\": 0, \"upper\": 100},"
    " {\"step\": \"aggregate\", \"method\": \"arithmetic\"}],"
    " \"uncertainty\": {\"replications\": 200, \"seed\": 7, \"top\": [1], \"parameters\": ["
    " {\"name\": \"Weights\", \"noise\": {\"3\": 0.5}}]}}";

static const char PANEL_TOWNS[] =
    "slug,name,country_code,population,area_km2,latitude,longitude,source,note\n"
    "alder,Alder,NO,30000,50,60,10,an invented source,\n"
    "birch,Birch,NO,40000,50,61,10,an invented source,\n"
    "cedar,Cedar,CH,50000,50,47,7,an invented source,\n";

static const char PANEL_FIGURES[] =
    "city,year,data_point_id,value,status,report,month,source\n"
    "alder,2018,ec.ict.ict.1c.value,20,,Test,6,an invented source\n"
    "alder,2018,en.en.ws.4c.primary,40,,Test,6,an invented source\n"
    "alder,2019,ec.ict.ict.1c.value,40,,Test,6,an invented source\n"
    "alder,2019,en.en.ws.4c.primary,60,,Test,6,an invented source\n"
    "alder,2020,ec.ict.ict.1c.value,60,,Test,6,an invented source\n"
    "alder,2020,en.en.ws.4c.primary,80,,Test,6,an invented source\n"
    "birch,2018,ec.ict.ict.1c.value,60,,Test,6,an invented source\n"
    "birch,2018,en.en.ws.4c.primary,60,,Test,6,an invented source\n"
    "birch,2019,ec.ict.ict.1c.value,50,,Test,6,an invented source\n"
    "birch,2019,en.en.ws.4c.primary,40,,Test,6,an invented source\n"
    "birch,2020,ec.ict.ict.1c.value,40,,Test,6,an invented source\n"
    "birch,2020,en.en.ws.4c.primary,60,,Test,6,an invented source\n"
    "cedar,2018,ec.ict.ict.1c.value,30,,Test,6,an invented source\n"
    "cedar,2018,en.en.ws.4c.primary,20,,Test,6,an invented source\n"
    "cedar,2019,ec.ict.ict.1c.value,100,,Test,6,an invented source\n"
    "cedar,2019,en.en.ws.4c.primary,100,,Test,6,an invented source\n";

/* -- towns -- */

static void
append_towns(GString *out)
{
    static const char *const countries[] = {"NO", "CH", "KE"};

    g_string_append(out,
                    "slug,name,country_code,population,area_km2,latitude,longitude,source,note\n");
    for (int i = 1; i <= GH_RANKING_TESTING_TOWNS; i++)
        g_string_append_printf(out, "town-%02d,Town %02d,%s,%d,50,%d,%d,an invented source,\n", i,
                               i, countries[i % 3], 8000 * i, 20 + i, 5 + i);
    g_string_append(out, "sparse,Sparse,NO,5000,5,60,10,an invented source,\n"
                         "empty,Empty <b>,CH,5000,5,46,7,an invented source,\n");
}

/* Some of the data points that are better when higher, so that towns can be made better or worse. */
static bool
is_used(const GhFramework *framework, size_t point)
{
    const GhTarget *target = &framework->target_sets[0].targets[point];

    return target->rule == GH_RULE_HIGHER && target->target > 0 && point % 2 == 0;
}

/* Between 0.1 and 1 of the target: by the town's number, with some disorder that has no pattern. */
static double
invent(const GhTarget *target, int town, size_t point)
{
    double order = 1 - 0.9 * town / (GH_RANKING_TESTING_TOWNS + 1);
    double disorder = fmod(0.618 * (double)(town * 31 + (int)point * 17), 1.0);

    return round(10 * target->target * (0.1 + 0.6 * order + 0.3 * disorder)) / 10;
}

static void
append_figures(const GhFramework *framework, GString *out)
{
    bool is_first = true;

    g_string_append(out, "city,year,data_point_id,value,status,report,month,source\n");
    for (size_t point = 0; point < framework->n_data_points; point++) {
        if (!is_used(framework, point))
            continue;
        const GhTarget *target = &framework->target_sets[0].targets[point];
        const char *id = framework->data_points[point].id;
        for (int town = 1; town <= GH_RANKING_TESTING_TOWNS; town++) {
            if ((town + (int)point) % 7 != 0) /* gaps */
                g_string_append_printf(out, "town-%02d,2020,%s,%g,,Test,6,an invented source\n",
                                       town, id, invent(target, town, point));
        }
        if (is_first)
            g_string_append_printf(out, "sparse,2020,%s,%g,,Test,6,an invented source\n", id,
                                   invent(target, 1, point));
        is_first = false;
    }
}

static void
import(GhStore *store, const GhFramework *framework, const char *text)
{
    const GhImportOptions options = {.actor = "operator"};
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GError) error = NULL;
    GhImportResult result = {0};

    gh_import(store, framework, "test.csv", text, strlen(text), &options, faults, &result, &error);
    if (gh_faults_n_listed(faults) > 0)
        g_test_message("%s", gh_faults_peek(faults, 0)->reason);
    g_assert_no_error(error);
}

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

void
gh_ranking_testing_fill(GhStore *store)
{
    g_autoptr(GString) towns = g_string_new(NULL);
    g_autoptr(GString) figures = g_string_new(NULL);
    g_autoptr(GhFramework) framework = load_framework(store);

    append_towns(towns);
    append_figures(framework, figures);
    import(store, framework, towns->str);
    import(store, framework, figures->str);
}

void
gh_ranking_testing_fill_panel(GhStore *store)
{
    g_autoptr(GhFramework) framework = load_framework(store);

    import(store, framework, PANEL_TOWNS);
    import(store, framework, PANEL_FIGURES);
}

/* -- publishing -- */

char *
gh_ranking_testing_changed(const char *from, const char *to)
{
    const char *at = strstr(GH_RANKING_TESTING_SPEC, from);

    g_assert_nonnull(at);
    return g_strdup_printf("%.*s%s%s", (int)(at - GH_RANKING_TESTING_SPEC), GH_RANKING_TESTING_SPEC,
                           to, at + strlen(from));
}

bool
gh_ranking_testing_try(GhStore *store, const char *slug, const char *spec, GhFaults *faults,
                       GError **error)
{
    g_autoptr(GhFaults) own = gh_faults_new();
    const GhRankingPublish publish = {
        .slug = slug,
        .title = "Invented towns & <others>",
        .summary = "What towns that do not exist reach.",
        .author = "A. Tester",
        .actor = "operator",
        .spec_name = "spec.json",
        .spec = spec,
        .n_spec_bytes = strlen(spec),
        .n_threads = 1,
    };

    return gh_ranking_publish(store, &publish, faults != NULL ? faults : own, error);
}

void
gh_ranking_testing_publish(GhStore *store, const char *slug)
{
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GError) error = NULL;

    gh_ranking_testing_try(store, slug, GH_RANKING_TESTING_SPEC, faults, &error);
    for (size_t i = 0; i < gh_faults_n_listed(faults); i++) {
        g_autofree char *text = gh_fault_format(gh_faults_peek(faults, i), gh_lang_source());
        g_test_message("%s", text);
    }
    g_assert_no_error(error);
}

/* -- a server -- */

GhRankingSite
gh_ranking_testing_open(GhStore *store)
{
    g_autoptr(GError) error = NULL;
    const GhServerOptions options = {.listen = "127.0.0.1:0", .n_threads = 1, .access_log_fd = -1};
    GhRankingSite site = {.jobs = gh_jobs_new(store)};

    site.server = gh_server_new(store, site.jobs, &options, &error);
    g_assert_no_error(error);
    gh_evaluation_register(site.server, site.jobs);
    gh_ranking_register(site.server, site.jobs);
    gh_server_start(site.server, &error);
    g_assert_no_error(error);
    return site;
}

void
gh_ranking_testing_close(GhRankingSite *site)
{
    gh_server_stop(site->server);
    gh_server_free(site->server);
    gh_jobs_free(site->jobs);
}

GString *
gh_ranking_testing_get(const GhRankingSite *site, const char *path)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GSocketClient) client = g_socket_client_new();
    g_autoptr(GString) answer = g_string_new(NULL);
    g_autofree char *head =
        g_strdup_printf("GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", path);
    char buffer[4096];

    g_autoptr(GSocketConnection) connection = g_socket_client_connect_to_host(
        client, "127.0.0.1", (guint16)gh_server_port(site->server), NULL, &error);
    g_assert_no_error(error);
    g_output_stream_write_all(g_io_stream_get_output_stream(G_IO_STREAM(connection)), head,
                              strlen(head), NULL, NULL, &error);
    g_assert_no_error(error);
    for (;;) {
        gssize n = g_input_stream_read(g_io_stream_get_input_stream(G_IO_STREAM(connection)),
                                       buffer, sizeof buffer, NULL, &error);
        g_assert_no_error(error);
        if (n <= 0)
            return g_steal_pointer(&answer);
        g_string_append_len(answer, buffer, n);
    }
}
