/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* download_pages.c - the list of everything that can be taken away. */
#include <string.h>

#include "evaluation/pages/all_files.h"
#include "evaluation/pages/pages.h"
#include "evaluation/words/say.h"

static GhView *
add_group(GhView *view, const char *anchor, const char *name)
{
    GhView *group = gh_view_append(view, "groups");

    gh_view_text(group, "anchor", anchor);
    gh_view_text(group, "name", name);
    return group;
}

static GhView *
add_file(GhView *group, const char *what, const char *columns, char *size)
{
    GhView *file = gh_view_append(group, "files");

    gh_view_text(file, "what", what);
    gh_view_text(file, "columns", columns);
    gh_view_take_text(file, "size", size);
    return file;
}

static char *
count_rows(const GhLang *lang, size_t n)
{
    g_autofree char *number = gh_lang_number(lang, (double)n, 0);

    return gh_lang_fill(gh_lang_plural(lang, "one row", "{n} rows", n), "n", number, NULL);
}

/* A file of all cities in its formats: as a link, or as a button where a job makes it. */
static void
fill_formats(const GhLang *lang, const GhAllFilesMeasure *measure, const char *what,
             const char *name, const char *formats, GhView *view)
{
    g_auto(GStrv) names = g_strsplit(formats, "|", -1);
    g_autofree char *base = g_strconcat("/", name, NULL);

    for (size_t i = 0; names[i] != NULL; i++) {
        const GhAllFile *file = gh_all_files_find(name, names[i]);
        g_assert(file != NULL); /* the table of files has what is listed here */
        if (!gh_all_files_is_job(file, measure)) {
            gh_pages_formats(view, lang, what, base, "", names[i]);
            continue;
        }
        GhView *button = gh_view_append(view, "prepared");
        g_autofree char *upper = g_ascii_strup(names[i], -1);
        gh_view_take_text(button, "file_name", gh_all_files_full_name(file));
        gh_view_take_text(button, "text",
                          gh_lang_fill(GH_T(lang, "Prepare {format}"), "format", upper, NULL));
    }
}

static void
fill_figures(const GhOverview *overview, const GhAllFilesMeasure *measure, const GhLang *lang,
             GhView *view)
{
    const GhFramework *framework = overview->framework;
    GhView *group = add_group(view, "figures", GH_T(lang, "Cities and figures"));

    const char *what = GH_T(lang, "Figures of all cities, all years");
    GhView *file = add_file(group, what,
                            "city, country_code, report, year, month, kpi_id, data_point_id, "
                            "value, unit, status, note, "
                            "source, numerator, denominator, how, quality, verification",
                            count_rows(lang, (size_t)overview->n_figures));
    fill_formats(lang, measure, what, "figures", "csv|json|xlsx", file);

    what = GH_T(lang, "Cities");
    file = add_file(
        group, what,
        "slug, name, country_code, population, area_km2, latitude, longitude, source, note",
        count_rows(lang, overview->cities->len));
    fill_formats(lang, measure, what, "cities", "csv|xlsx|json", file);

    what = GH_T(lang, "Scores of all cities, latest year of each");
    file = add_file(group, what,
                    "city, year, level, dimension, name, points, max_points, score, band, scored, "
                    "reported, total, coverage, lowest, highest",
                    count_rows(lang, overview->n_with_figures * framework->n_groups));
    fill_formats(lang, measure, what, "scores", "csv|xlsx|json", file);
}

/* What people call the files of a framework, and their columns; without them the name speaks. */
static const struct {
    const char *name, *what, *columns;
} known_files[] = {
    {"kpis.csv", GH_MARK("Indicators"),
     "id, code, name, dimension, subdimension, category, tier, type, definition, rationale, "
     "direction, "
     "sdg, sdg_inferred, typical_sources, verification_checks, benchmark_note, source_pages, "
     "confidence, inferred_fields, notes"},
    {"data_points.csv", GH_MARK("Data points and their formulas"),
     "id, kpi, label, numerator, denominator, factor, unit, min, max, direction"},
    {"units.csv", GH_MARK("Wordings of units that mean the same"),
     "data_point_id, unit, equal_wording"},
    {"checks.csv", GH_MARK("Checks"),
     "id, kind, data_points, limit, base, severity, message, source"},
};
static const char TARGET_COLUMNS[] =
    "data_point_id, rule, target, worst, unit, source, confidence, explanation";
static const char LENS_COLUMNS[] = "kpi_id, group, subgroup, reason, source, confidence";

/* name without ".csv" */
static char *
stem(const char *name)
{
    return g_strndup(name, strlen(name) - strlen(".csv"));
}

static char *
describe_file(const GhLang *lang, const char *name, const char **ret_columns)
{
    g_autofree char *base = stem(name);

    *ret_columns = NULL;
    if (g_str_has_prefix(name, "targets/")) {
        *ret_columns = TARGET_COLUMNS;
        return gh_lang_fill(GH_T(lang, "Targets “{name}”, not official"), "name",
                            base + strlen("targets/"), NULL);
    }
    if (g_str_has_prefix(name, "lenses/")) {
        *ret_columns = LENS_COLUMNS;
        return gh_lang_fill(GH_T(lang, "Lens “{name}”: what lies where, and why"), "name",
                            base + strlen("lenses/"), NULL);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(known_files); i++) {
        if (!g_str_equal(name, known_files[i].name))
            continue;
        *ret_columns = known_files[i].columns;
        return g_strdup(GH_T(lang, known_files[i].what));
    }
    return g_strdup(name);
}

static void
fill_framework(const GhLang *lang, const GPtrArray *stored, GhView *view)
{
    GhView *group = add_group(view, "framework", GH_T(lang, "Framework"));

    for (guint i = 0; i < stored->len; i++) {
        const GhFrameworkFile *row = g_ptr_array_index(stored, i);
        const char *columns = NULL;
        if (!g_str_has_suffix(row->name, ".csv"))
            continue;
        g_autofree char *what = describe_file(lang, row->name, &columns);
        g_autofree char *name = stem(row->name);
        g_autofree char *base = g_strconcat("/framework/", name, NULL);
        GhView *file = add_file(group, what, columns,
                                gh_lang_size(lang, (int64_t)g_bytes_get_size(row->bytes)));
        gh_pages_formats(file, lang, what, base, "", "csv|xlsx|json");
    }
}

typedef struct {
    const GhFramework *framework;
    GPtrArray *files;
    GhAllFilesMeasure measure;
} Reading;

static bool
read_files(GhDb *db, void *data, GError **error)
{
    Reading *reading = data;

    g_clear_pointer(&reading->files, g_ptr_array_unref);
    reading->files = gh_framework_stored_files(db, reading->framework, error);
    return reading->files != NULL && gh_all_files_measure(db, &reading->measure, error);
}

/* What somebody asked for by its address, and why it did not come at once. */
static void
fill_asked(const GhRequest *request, const GhLang *lang, const GhAllFilesMeasure *measure,
           GhView *view)
{
    const char *name = gh_request_param(request, "file");
    const GhAllFile *file = name != NULL ? gh_all_files_find_full(name) : NULL;
    if (file == NULL || !gh_all_files_is_job(file, measure))
        return;

    GhView *asked = gh_view_append(view, "asked");
    gh_view_text(asked, "file_name", name);
    gh_view_take_text(asked, "sentence",
                      gh_lang_fill(GH_T(lang, "{file} takes a while to make, so it is not sent at "
                                              "once. Prepare it here: the next page shows how far "
                                              "it is, and then offers the file."),
                                   "file", name, NULL));
    gh_view_take_text(asked, "text",
                      gh_lang_fill(GH_T(lang, "Prepare {file}"), "file", name, NULL));
}

/* GET /downloads?file= ; public. file: asked for at its address, and made by a job. Not kept: it has
 * forms. */
static bool
downloads_page(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    const GhLang *lang = gh_request_lang(request);

    (void)data;
    g_autoptr(GhFramework) framework = gh_pages_framework(request, error);
    if (framework == NULL)
        return false;
    g_autoptr(GhOverview) overview = gh_pages_overview(request, framework, error);
    if (overview == NULL)
        return false;
    Reading reading = {.framework = framework};
    bool good =
        gh_store_read(gh_server_store(gh_request_server(request)), read_files, &reading, error);
    g_autoptr(GPtrArray) files = reading.files;
    if (!good)
        return false;

    g_autoptr(GhView) view = gh_view_new();
    gh_pages_breadcrumb(view, GH_T(lang, "Home"), "/");
    gh_pages_breadcrumb(view, GH_T(lang, "Downloads"), NULL);
    fill_asked(request, lang, &reading.measure, view);
    fill_figures(overview, &reading.measure, lang, view);
    fill_framework(lang, files, view);
    return gh_reply_page(request, reply, "downloads", GH_T(lang, "Downloads"),
                         g_steal_pointer(&view), error);
}

void
gh_download_pages_register(GhServer *server)
{
    static const GhParam params[] = {{.name = "file", .kind = GH_PARAM_ID}};
    static const GhRoute routes[] = {
        {.method = GH_GET,
         .path = "/downloads",
         .role = GH_ROLE_PUBLIC,
         .cache = GH_CACHE_NONE,
         .params = params,
         .n_params = G_N_ELEMENTS(params),
         .handler = downloads_page},
    };

    gh_server_add_routes(server, routes, G_N_ELEMENTS(routes), NULL);
}
