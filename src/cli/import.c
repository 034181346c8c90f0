/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* import.c - guildhall import FILE: cities or figures from a file, all or nothing. */
#include <stdio.h>

#include "base/csv.h"
#include "base/progress.h"
#include "cli/command.h"
#include "evaluation/evaluation.h"

typedef struct {
    char *city, *framework;
    int year;
    gboolean dry_run;
} Options;

static void
options_clear(Options *options)
{
    g_free(options->city);
    g_free(options->framework);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

static void
print_result(const char *path, const GhImportResult *result, bool dry_run)
{
    g_autofree char *new = gh_command_count(result->n_new);
    g_autofree char *changed = gh_command_count(result->n_changed);
    g_autofree char *unchanged = gh_command_count(result->n_unchanged);

    if (result->cities)
        gh_command_say_plural(
            stdout,
            "{file}: {n} row of cities; {new} new, {changed} changed, {unchanged} unchanged",
            "{file}: {n} rows of cities; {new} new, {changed} changed, {unchanged} unchanged",
            result->n_rows, "file", path, "new", new, "changed", changed, "unchanged", unchanged,
            NULL);
    else
        gh_command_say_plural(
            stdout,
            "{file}: {n} row of figures; {new} new, {changed} changed, {unchanged} unchanged",
            "{file}: {n} rows of figures; {new} new, {changed} changed, {unchanged} unchanged",
            result->n_rows, "file", path, "new", new, "changed", changed, "unchanged", unchanged,
            NULL);
    if (dry_run)
        gh_command_say(stdout, "dry run: nothing was written", NULL);
}

static bool
import(const char *path, const Options *options, GError **error)
{
    g_autoptr(GhStore) store = gh_command_open(GH_STORE_MUST_EXIST, error);
    if (store == NULL)
        return false;
    g_autoptr(GhFramework) framework = gh_command_framework(store, options->framework, error);
    if (framework == NULL)
        return false;

    size_t n_bytes = 0;
    g_autofree char *bytes = gh_csv_read_file(path, &n_bytes, error);
    if (bytes == NULL)
        return false;

    g_autofree char *name = g_path_get_basename(path);
    g_autoptr(GhProgressBar) bar = gh_progress_bar_new(name, gh_command_lang());
    GhProgress progress = gh_progress_bar_progress(bar);
    const GhImportOptions import_options = {
        .city = options->city,
        .year = options->year,
        .dry_run = options->dry_run,
        .actor = "operator",
        .progress = &progress,
    };
    g_autoptr(GhFaults) faults = gh_faults_new();
    GhImportResult result = {0};
    bool imported =
        gh_import(store, framework, name, bytes, n_bytes, &import_options, faults, &result, error);
    g_clear_pointer(&bar, gh_progress_bar_free);
    gh_command_print_faults(faults);
    if (imported)
        print_result(name, &result, options->dry_run);
    return imported;
}

static int
run(int argc, char **argv)
{
    g_auto(Options) values = {0};
    const GOptionEntry options[] = {
        {"city", 0, 0, G_OPTION_ARG_STRING, &values.city,
         GH_MARK("the city, where the file has no such column"), "SLUG"},
        {"year", 0, 0, G_OPTION_ARG_INT, &values.year,
         GH_MARK("the year, where the file has no such column"), "Y"},
        {"framework", 0, 0, G_OPTION_ARG_STRING, &values.framework,
         GH_MARK("the framework; default: u4ssc"), "ID"},
        {"dry-run", 0, 0, G_OPTION_ARG_NONE, &values.dry_run,
         GH_MARK("check everything, write nothing"), NULL},
        G_OPTION_ENTRY_NULL,
    };
    int status = GH_EXIT_DONE;
    if (!gh_command_parse(&gh_command_import, options, &argc, &argv, 1, 1, &status))
        return status;

    g_autoptr(GError) error = NULL;
    return import(argv[1], &values, &error) ? GH_EXIT_DONE : gh_command_fail(error);
}

const GhCommand gh_command_import = {
    .name = "import",
    .usage = "FILE [--city SLUG] [--year Y] [--framework ID] [--dry-run]",
    .summary = GH_MARK("takes in a file of cities or figures"),
    .details =
        GH_MARK("The header line decides whether the file holds cities, or figures in the long or "
                "the wide form. Either all rows go in or none; every fault is listed with line, "
                "column, value, reason and remedy."),
    .run = run,
};
