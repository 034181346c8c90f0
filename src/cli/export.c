/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* export.c - guildhall export figures|cities|scores: tables for other programs. What figures and cities
 * write can be imported again unchanged. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/progress.h"
#include "cli/command.h"
#include "evaluation/evaluation.h"

typedef struct {
    char *format, *output, *framework, *city, *targets;
    gboolean json;
    int year;
} Options;

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
export_work(GhDb *db, void *data, GError **error)
{
    const Export *export = data;

    if (g_str_equal(export->what, "cities"))
        return gh_export_cities(db, export->format, gh_table_sink_file, export->out, error);
    if (g_str_equal(export->what, "figures"))
        return gh_export_figures(db, export->framework, export->options->city, export->format,
                                 gh_table_sink_file, export->out, export->progress, error);
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
    export->targets = gh_command_targets(framework, options->targets, error);
    if (export->targets == NULL)
        return false;

    g_autoptr(GhProgressBar) bar = gh_progress_bar_new(export->what, gh_command_lang());
    GhProgress progress = gh_progress_bar_progress(bar);
    export->progress = &progress;
    return gh_store_read(store, export_work, export, error);
}

/* Into a temporary file beside path, so that an export that fails leaves no half file. */
static bool
export_to_path(Export *export, const char *path, GError **error)
{
    g_autofree char *partial = g_strdup_printf("%s.partial-%d", path, (int)getpid());
    export->out = fopen(partial, "wb");
    if (export->out == NULL) {
        g_set_error(error, G_FILE_ERROR, (int)g_file_error_from_errno(errno), "cannot write %s: %s",
                    path, g_strerror(errno));
        return false;
    }

    bool written = export_to(export, error);
    if (fclose(export->out) != 0 && written) {
        g_set_error(error, G_FILE_ERROR, (int)g_file_error_from_errno(errno), "cannot write %s: %s",
                    path, g_strerror(errno));
        written = false;
    }
    if (written && rename(partial, path) != 0) {
        g_set_error(error, G_FILE_ERROR, (int)g_file_error_from_errno(errno), "cannot write %s: %s",
                    path, g_strerror(errno));
        written = false;
    }
    if (!written)
        (void)unlink(partial); /* the error at hand matters more */
    return written;
}

static int
run(int argc, char **argv)
{
    Options values = {0};
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

    Export export = {.what = what, .options = &values, .out = stdout};
    const char *format = values.json ? "json" : values.format != NULL ? values.format : "csv";
    if (!gh_table_format_from_text(format, &export.format))
        return gh_command_usage_error(&gh_command_export, "unknown format \"{word}\"", "word",
                                      format, NULL);
    if (export.format == GH_TABLE_XLSX && values.output == NULL && isatty(STDOUT_FILENO))
        return gh_command_usage_error(&gh_command_export, "a spreadsheet needs -o FILE.xlsx", NULL);

    g_autoptr(GError) error = NULL;
    bool done = values.output != NULL ? export_to_path(&export, values.output, &error)
                                      : export_to(&export, &error);
    return done ? GH_EXIT_DONE : gh_command_fail(error);
}

const GhCommand gh_command_export = {
    .name = "export",
    .usage = "figures|cities|scores [--format csv|xlsx|json] [-o FILE]",
    .summary = GH_MARK("writes figures, cities or scores as a table"),
    .run = run,
};
