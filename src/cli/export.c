/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* export.c - guildhall export figures|cities|scores: tables for other programs. What figures and cities
 * write can be imported again unchanged. */
#include <stdio.h>
#include <unistd.h>

#include "base/progress.h"
#include "cli/command.h"
#include "cli/output.h"
#include "evaluation/evaluation.h"

typedef struct {
    char *format, *output, *framework, *city, *targets;
    gboolean json;
    int year;
} Options;

static void
options_clear(Options *options)
{
    g_free(options->format);
    g_free(options->output);
    g_free(options->framework);
    g_free(options->city);
    g_free(options->targets);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

typedef struct {
    const char *what;
    const Options *options;
    const GhFramework *framework;
    const GhTargetSet *targets;
    GhTableFormat format;
    FILE *out;
    const GhProgress *progress;
} Export;

static bool
export_figures(GhDb *db, const Export *export, GError **error)
{
    g_autoptr(GhCity) city = NULL;
    if (export->options->city != NULL && !gh_city_require(db, export->options->city, &city, error))
        return false;
    return gh_export_figures(db, export->framework, city != NULL ? city->slug : NULL,
                             export->format, gh_table_sink_file, export->out, export->progress,
                             error);
}

static bool
export_work(GhDb *db, void *data, GError **error)
{
    const Export *export = data;

    if (g_str_equal(export->what, "cities"))
        return gh_export_cities(db, export->format, gh_table_sink_file, export->out, error);
    if (g_str_equal(export->what, "figures"))
        return export_figures(db, export, error);
    return gh_export_scores(db, export->framework, export->targets, export->options->year,
                            export->format, gh_table_sink_file, export->out, error);
}

static bool
export_to(Export *export, GError **error)
{
    const Options *options = export->options;
    g_autoptr(GhStore) store = gh_command_open(GH_STORE_MUST_EXIST, error);
    if (store == NULL)
        return false;
    g_autoptr(GhFramework) framework = gh_command_framework(store, options->framework, error);
    if (framework == NULL)
        return false;
    export->framework = framework;
    if (!gh_command_check_year(framework, options->year, error))
        return false;
    export->targets = gh_command_targets(framework, options->targets, error);
    if (export->targets == NULL)
        return false;

    g_autoptr(GhProgressBar) bar = gh_progress_bar_new(export->what, gh_command_lang());
    GhProgress progress = gh_progress_bar_progress(bar);
    export->progress = &progress;
    return gh_store_read(store, export_work, export, error);
}

static bool
export_to_path(Export *export, const char *path, GError **error)
{
    GhOutput output = {0};
    if (!gh_output_open(path, &output, error))
        return false;
    export->out = output.file;
    bool good = export_to(export, error);
    return gh_output_close(&output, good, error) && good;
}

/* An option that has no meaning for what is asked would otherwise be passed over in silence. */
static const char *
misplaced_option(const char *what, const Options *options)
{
    bool figures = g_str_equal(what, "figures"), scores = g_str_equal(what, "scores");
    if (options->city != NULL && !figures)
        return "--city";
    if (options->year != 0 && !scores)
        return "--year";
    if (options->targets != NULL && !scores)
        return "--targets";
    return NULL;
}

static int
run(int argc, char **argv)
{
    g_auto(Options) values = {0};
    const GOptionEntry options[] = {
        {"format", 0, 0, G_OPTION_ARG_STRING, &values.format,
         GH_MARK("csv (default), xlsx or json"), "FORMAT"},
        {"json", 0, 0, G_OPTION_ARG_NONE, &values.json, GH_MARK("short for --format json"), NULL},
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &values.output,
         GH_MARK("where to write; default: standard output"), "FILE"},
        {"framework", 0, 0, G_OPTION_ARG_STRING, &values.framework,
         GH_MARK("the framework; default: u4ssc"), "ID"},
        {"city", 0, 0, G_OPTION_ARG_STRING, &values.city, GH_MARK("figures: only this city"),
         "SLUG"},
        {"year", 0, 0, G_OPTION_ARG_INT, &values.year,
         GH_MARK("scores: the year; default: each city's latest"), "Y"},
        {"targets", 0, 0, G_OPTION_ARG_STRING, &values.targets,
         GH_MARK("scores: the target set; default: the first of the framework"), "SET"},
        G_OPTION_ENTRY_NULL,
    };
    int status = GH_EXIT_DONE;
    if (!gh_command_parse(&gh_command_export, options, &argc, &argv, 1, 1, &status))
        return status;

    const char *what = argv[1];
    if (!g_str_equal(what, "figures") && !g_str_equal(what, "cities")
        && !g_str_equal(what, "scores"))
        return gh_command_usage_error(&gh_command_export, "unknown word \"{word}\"", "word", what,
                                      NULL);

    const char *misplaced = misplaced_option(what, &values);
    if (misplaced != NULL)
        return gh_command_usage_error(&gh_command_export, "{option} does not go with export {word}",
                                      "option", misplaced, "word", what, NULL);

    Export export = {.what = what, .options = &values};
    const char *format = NULL;
    if (!gh_command_format(&gh_command_export, values.json, values.format, "csv", &format))
        return GH_EXIT_USAGE;
    if (!gh_table_format_from_text(format, &export.format))
        return gh_command_usage_error(&gh_command_export, "unknown format \"{word}\"", "word",
                                      format, NULL);
    if (export.format == GH_TABLE_XLSX && values.output == NULL && isatty(STDOUT_FILENO))
        return gh_command_usage_error(&gh_command_export, "a spreadsheet needs -o FILE.xlsx", NULL);

    g_autoptr(GError) error = NULL;
    return export_to_path(&export, values.output, &error) ? GH_EXIT_DONE : gh_command_fail(error);
}

const GhCommand gh_command_export = {
    .name = "export",
    .usage = "figures|cities|scores [--format csv|xlsx|json] [-o FILE]",
    .summary = GH_MARK("writes figures, cities or scores as a table"),
    .run = run,
};
