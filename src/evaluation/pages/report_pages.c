/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_pages.c - the reports of a city: what there is, the button, and the job that makes the PDF. */
#include <gio/gio.h>
#include <jansson.h>
#include <string.h>

#include "base/clock.h"
#include "evaluation/pages/pages.h"
#include "evaluation/reports/reports.h"
#include "http/job_pages.h"

static const char JOB[] = "city-report";

/* What a report of a job is about: all of it is in the job's key, so that whoever asks for the same gets
 * the same job. */
typedef struct {
    GhReportKind kind;
    GhPaper paper;
    const char *city, *name, *framework, *targets, *lang; /* borrowed from the JSON */
    const char *site;                                     /* NULL: not known */
    int year;                                             /* 0: no figures yet */
} Asked;

static const struct {
    const char *text;
    GhPaper paper;
    const char *name;
} papers[] = {
    {"a4", GH_PAPER_A4, GH_MARK("A4")},
    {"letter", GH_PAPER_LETTER, GH_MARK("US Letter")},
};

static bool
read_paper(const char *text, GhPaper *ret_paper)
{
    for (size_t i = 0; i < G_N_ELEMENTS(papers); i++) {
        if (g_strcmp0(text, papers[i].text) == 0) {
            *ret_paper = papers[i].paper;
            return true;
        }
    }
    return false;
}

/* -- the job -- */

static char *
write_parameters(const Asked *asked)
{
    json_t *fields =
        json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s*, s:i}", "kind",
                  gh_report_kind_text(asked->kind), "paper", papers[asked->paper].text, "city",
                  asked->city, "name", asked->name, "framework", asked->framework, "targets",
                  asked->targets, "lang", asked->lang, "site", asked->site, "year", asked->year);
    char *text = json_dumps(fields, JSON_COMPACT | JSON_SORT_KEYS);
    char *parameters = g_strdup(text);

    free(text);
    json_decref(fields);
    return parameters;
}

/* False when they are of another kind of job. */
static bool
read_parameters(const json_t *fields, Asked *ret_asked)
{
    const char *kind = json_string_value(json_object_get(fields, "kind"));
    Asked asked = {
        .city = json_string_value(json_object_get(fields, "city")),
        .name = json_string_value(json_object_get(fields, "name")),
        .framework = json_string_value(json_object_get(fields, "framework")),
        .targets = json_string_value(json_object_get(fields, "targets")),
        .lang = json_string_value(json_object_get(fields, "lang")),
        .site = json_string_value(json_object_get(fields, "site")),
        .year = (int)json_integer_value(json_object_get(fields, "year")),
    };

    if (kind == NULL || !gh_report_kind_from_text(kind, &asked.kind)
        || !read_paper(json_string_value(json_object_get(fields, "paper")), &asked.paper)
        || asked.city == NULL || asked.name == NULL || asked.framework == NULL
        || asked.targets == NULL || asked.lang == NULL)
        return false;
    *ret_asked = asked;
    return true;
}

static GBytes *
make_pdf(GhStore *store, const Asked *asked, const GhProgress *progress, char **ret_file_name,
         GError **error)
{
    g_auto(GhReportInput) input = {0};
    const GhLang *lang = gh_lang_find(asked->lang);
    size_t n_pages = 0;

    g_autoptr(GhFramework) framework = gh_framework_get(store, asked->framework, NULL, error);
    if (framework == NULL)
        return NULL;
    const GhTargetSet *targets = gh_framework_find_targets(framework, asked->targets);
    if (targets == NULL) {
        g_set_error(error, GH_EVALUATION_ERROR, GH_EVALUATION_ERROR_UNKNOWN,
                    "there is no target set %s any more", asked->targets);
        return NULL;
    }
    if (!gh_report_input_load(store, framework, targets, asked->city, asked->year, &input, error))
        return NULL;
    const GhEvaluation evaluation = gh_report_input_evaluation(&input, framework, targets);
    const GhReportOptions options = {
        .kind = asked->kind,
        .evaluation = &evaluation,
        .earlier = input.earlier,
        .lang = lang != NULL ? lang : gh_lang_source(),
        .paper = asked->paper,
        .site = asked->site,
        .data_version = input.data_version,
        .made_us = gh_clock_now_us(),
        .progress = progress,
    };
    *ret_file_name =
        gh_report_file_name(asked->kind, input.city, input.figures->year, options.lang);
    return gh_report_pdf(&options, &n_pages, error);
}

/* GhJobFunc. */
static bool
run_job(GhStore *store, const char *parameters, const GhProgress *progress, GByteArray *result,
        char **ret_media_type, char **ret_file_name, void *data, GError **error)
{
    json_t *fields = json_loads(parameters, 0, NULL);
    g_autofree char *file_name = NULL;
    g_autoptr(GBytes) pdf = NULL;
    Asked asked = {0};

    (void)data;
    if (read_parameters(fields, &asked))
        pdf = make_pdf(store, &asked, progress, &file_name, error);
    else
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                    "a report of a city was expected, not %s", parameters);
    json_decref(fields);
    if (pdf == NULL)
        return false;
    g_byte_array_append(result, g_bytes_get_data(pdf, NULL), (guint)g_bytes_get_size(pdf));
    *ret_media_type = g_strdup("application/pdf");
    *ret_file_name = g_steal_pointer(&file_name);
    return true;
}

/* -- what the job's pages say -- */

static char *
say_heading(const GhLang *lang, const Asked *asked)
{
    g_autofree char *year = g_strdup_printf("%d", asked->year);

    if (asked->year == 0)
        return g_strdup_printf("%s: %s", gh_report_kind_name(asked->kind, lang), asked->name);
    return gh_lang_fill("{kind}: {city}, {year}", "kind", gh_report_kind_name(asked->kind, lang),
                        "city", asked->name, "year", year, NULL);
}

static bool
describe(const GhLang *lang, const char *parameters, GhJobDescription *ret_description, void *data)
{
    json_t *fields = json_loads(parameters, 0, NULL);
    Asked asked = {0};
    bool known = read_parameters(fields, &asked);

    (void)data;
    if (known) {
        ret_description->heading = say_heading(lang, &asked);
        ret_description->back_label =
            gh_lang_fill(GH_T(lang, "Reports of {city}"), "city", asked.name, NULL);
        ret_description->back_address =
            asked.year > 0 ? g_strdup_printf("/cities/%s/reports?year=%d&targets=%s", asked.city,
                                             asked.year, asked.targets)
                           : g_strdup_printf("/cities/%s/reports", asked.city);
    }
    json_decref(fields);
    return known;
}

/* -- the page -- */

static const struct {
    GhReportKind kind;
    const char *lead;
    const char *pages;
    const char *holds[6]; /* ends with NULL */
} reports[] = {
    {GH_REPORT_SNAPSHOT,
     GH_MARK("The city at a glance, for a wall or a folder."),
     GH_MARK("4 pages"),
     {GH_MARK("Cover with the scores"), GH_MARK("Foreword, disclaimer and scores with their range"),
      GH_MARK("The wheel with every data point"), GH_MARK("All groups with score and band")}},
    {GH_REPORT_VERIFICATION,
     GH_MARK(
         "Every figure with result, benchmark, state and source, for those who check or decide."),
     GH_MARK("About 25 pages for U4SSC"),
     {GH_MARK("What is reported and verified"), GH_MARK("The wheel and all scores"),
      GH_MARK("The method"), GH_MARK("Results group by group"),
      GH_MARK("What is missing, and next steps")}},
};

static void
fill_report(const GhCityPage *page, const GhLang *lang, size_t index, GhView *view)
{
    GhView *report = gh_view_append(view, "reports");
    const char *kind = gh_report_kind_text(reports[index].kind);

    gh_view_text(report, "report_id", kind);
    gh_view_text(report, "report_name", gh_report_kind_name(reports[index].kind, lang));
    gh_view_text(report, "lead", GH_T(lang, reports[index].lead));
    gh_view_text(report, "pages", GH_T(lang, reports[index].pages));
    gh_view_printf(report, "form_url", "/cities/%s/reports/%s", page->city->slug, kind);
    for (size_t i = 0; reports[index].holds[i] != NULL; i++)
        gh_view_text(gh_view_append(report, "holds"), "text", GH_T(lang, reports[index].holds[i]));
    for (size_t i = 0; i < G_N_ELEMENTS(papers); i++) {
        GhView *paper = gh_view_append(report, "papers");
        gh_view_text(paper, "value", papers[i].text);
        gh_view_text(paper, "text", GH_T(lang, papers[i].name));
        gh_view_flag(paper, "chosen", i == 0);
    }
}

static const GhCityTab reports_tab = {.key = "reports",
                                      .label = GH_MARK("Reports"),
                                      .suffix = "/reports",
                                      .order = GH_CITY_TAB_REPORTS,
                                      .has_content = gh_city_tab_has_figures};

/* GET /cities/{slug}/reports ; public. year, targets. The forms have a token, so it is not kept. */
static bool
reports_page(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    const GhLang *lang = gh_request_lang(request);
    g_auto(GhCityPage) page = {0};
    bool answered = false;

    (void)data;
    if (!gh_city_page_load(request, reply, &page, &answered, error))
        return false;
    if (answered)
        return true;

    g_autoptr(GhView) view = gh_view_new();
    g_autofree char *title =
        gh_lang_fill(GH_T(lang, "Reports of {city}"), "city", page.city->name, NULL);
    gh_city_page_breadcrumb(&page, lang, GH_T(lang, reports_tab.label), view);
    gh_view_text(view, "name", page.city->name);
    gh_view_text(view, "title", title);
    if (!gh_city_page_tabs(request, &page, reports_tab.key, view, error))
        return false;
    gh_city_page_bar(&page, lang, "/reports", view);
    gh_view_printf(view, "asked_year", "%d", page.figures->year);
    gh_view_text(view, "asked_targets", page.targets->id);
    for (size_t i = 0; i < G_N_ELEMENTS(reports); i++)
        fill_report(&page, lang, i, view);
    return gh_reply_page(request, reply, "reports", title, g_steal_pointer(&view), error);
}

/* POST /cities/{slug}/reports/{kind} ; public. year, targets, paper. 303 to the job's page; 503 when
 * too many wait. */
static bool
ask_report(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    const GhLang *lang = gh_request_lang(request);
    g_auto(GhCityPage) page = {0};
    bool answered = false;
    Asked asked = {.lang = gh_lang_tag(lang)};

    (void)data;
    if (!gh_report_kind_from_text(gh_request_param(request, "kind"), &asked.kind))
        return gh_reply_not_found(
            request, reply,
            GH_T(lang, "There is no such report. A city’s page Reports lists those there are."),
            error);
    if (!gh_city_page_load(request, reply, &page, &answered, error))
        return false;
    if (answered)
        return true;

    const char *paper = gh_request_param(request, "paper");
    if (paper != NULL)
        (void)read_paper(paper, &asked.paper); /* the route lets no other word through */
    asked.city = page.city->slug;
    asked.name = page.city->name;
    asked.framework = page.framework->id;
    asked.targets = page.targets->id;
    asked.year = page.figures->year;
    asked.site = gh_server_site_address(gh_request_server(request));
    g_autofree char *parameters = write_parameters(&asked);
    return gh_job_pages_request(request, reply, JOB, parameters, error);
}

void
gh_report_pages_register(GhServer *server, GhJobs *jobs)
{
    static const GhParam ask_params[] = {
        {.name = "year", .kind = GH_PARAM_YEAR},
        {.name = "targets", .kind = GH_PARAM_ID},
        {.name = "paper", .kind = GH_PARAM_CHOICE, .choices = "a4|letter"},
    };
    static const GhJobPage job_page = {.kind = JOB, .describe = describe};
    static GhRoute routes[] = {
        {.method = GH_GET,
         .path = "/cities/{slug}/reports",
         .params = GH_CITY_PARAMS,
         .handler = reports_page},
        {.method = GH_POST,
         .path = "/cities/{slug}/reports/{kind}",
         .params = ask_params,
         .n_params = G_N_ELEMENTS(ask_params),
         .handler = ask_report},
    };

    gh_city_pages_add_tab(server, &reports_tab);
    routes[0].n_params = GH_N_CITY_PARAMS;
    gh_jobs_register(jobs, JOB, run_job, NULL);
    gh_job_pages_add(server, &job_page);
    gh_server_add_routes(server, routes, G_N_ELEMENTS(routes), NULL);
}
