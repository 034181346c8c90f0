/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report.c - guildhall report snapshot|verification CITY|--all: documents about cities as PDF. */
#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/progress.h"
#include "cli/command.h"
#include "cli/output.h"
#include "evaluation/evaluation.h"

typedef struct {
    char *output, *framework, *targets, *lang, *paper;
    gboolean all;
    int year;
} Options;

static void
options_clear(Options *options)
{
    g_free(options->output);
    g_free(options->framework);
    g_free(options->targets);
    g_free(options->lang);
    g_free(options->paper);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

typedef struct {
    const Options *options;
    const char *city; /* NULL: all */
    GhReportKind kind;
    GhPaper paper;
    const GhLang *lang;
    char *site; /* owned; NULL: not known */
    GhStore *store;
    const GhFramework *framework;
    const GhTargetSet *targets;
} Run;

/* -- one report -- */

static bool
make_folder(const char *path, GError **error)
{
    static const int MODE = 0777; /* as far as the umask allows */

    if (g_mkdir_with_parents(path, MODE) == 0)
        return true;
    g_set_error(error, G_IO_ERROR, (int)g_io_error_from_errno(errno),
                "cannot make the folder %s: %s", path, g_strerror(errno));
    return false;
}

/* Makes the report of a city and writes it to path, under its own name where path is a folder, which is made
 * where it is not there (NULL: standard output). */
static bool
make_report(const Run *run, const char *city, const char *path, bool path_is_folder,
            const GhProgress *progress, GError **error)
{
    g_auto(GhReportInput) input = {0};
    size_t n_pages = 0;

    if (!gh_report_input_load(run->store, run->framework, run->targets, city, run->options->year,
                              &input, error))
        return false;
    const GhEvaluation evaluation =
        gh_report_input_evaluation(&input, run->framework, run->targets);
    const GhReportOptions report_options = {
        .kind = run->kind,
        .evaluation = &evaluation,
        .earlier = input.earlier,
        .lang = run->lang,
        .paper = run->paper,
        .site = run->site,
        .data_version = input.data_version,
        .made_us = gh_clock_now_us(),
        .progress = progress,
    };
    g_autoptr(GBytes) pdf = gh_report_pdf(&report_options, &n_pages, error);
    if (pdf == NULL)
        return false;

    g_autofree char *name =
        gh_report_file_name(run->kind, input.city, input.figures->year, run->lang);
    g_autofree char *file = path_is_folder ? g_build_filename(path, name, NULL) : g_strdup(path);
    return (!path_is_folder || make_folder(path, error)) && gh_output_write(file, pdf, error);
}

static bool
make_one(const Run *run, GError **error)
{
    const char *path = run->options->output;
    bool is_folder =
        path != NULL
        && (g_str_has_suffix(path, G_DIR_SEPARATOR_S) || g_file_test(path, G_FILE_TEST_IS_DIR));
    g_autoptr(GhProgressBar) bar = gh_progress_bar_new(run->city, gh_command_lang());
    GhProgress progress = gh_progress_bar_progress(bar);

    return make_report(run, run->city, path, is_folder, &progress, error);
}

/* -- every city -- */

static bool
list_cities(GhDb *db, void *data, GError **error)
{
    GPtrArray **cities = data;

    g_clear_pointer(cities, g_ptr_array_unref); /* an earlier try may have been rolled back */
    *cities = gh_city_list(db, error);
    return *cities != NULL;
}

/* A city whose report cannot be made is named, and the others follow. */
static bool
make_all(const Run *run, GError **error)
{
    g_autoptr(GPtrArray) cities = NULL;
    size_t n_failed = 0;

    if (!make_folder(run->options->output, error)
        || !gh_store_read(run->store, list_cities, &cities, error))
        return false;

    g_autoptr(GhProgressBar) bar =
        gh_progress_bar_new(gh_report_kind_text(run->kind), gh_command_lang());
    GhProgress progress = gh_progress_bar_progress(bar);
    for (guint i = 0; i < cities->len; i++) {
        const GhCity *city = g_ptr_array_index(cities, i);
        g_autoptr(GError) own = NULL;
        (void)gh_progress_report(&progress, GH_MARK("writing"), (double)i / cities->len);
        if (make_report(run, city->slug, run->options->output, true, NULL, &own))
            continue;
        n_failed++;
        g_prefix_error(&own, "%s: ", city->slug);
        (void)gh_command_fail(own);
    }
    if (n_failed == 0)
        return true;
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "%zu of %u reports could not be made",
                n_failed, cities->len);
    return false;
}

/* -- the command -- */

static bool
make(Run *run, GError **error)
{
    const Options *options = run->options;
    g_autoptr(GhStore) store = gh_command_open(GH_STORE_MUST_EXIST, error);
    if (store == NULL)
        return false;
    g_autoptr(GhFramework) framework = gh_command_framework(store, options->framework, error);
    if (framework == NULL || !gh_command_check_year(framework, options->year, error))
        return false;
    run->store = store;
    run->framework = framework;
    run->targets = gh_command_targets(framework, options->targets, error);
    if (run->targets == NULL)
        return false;
    return run->city != NULL ? make_one(run, error) : make_all(run, error);
}

static bool
read_paper(const char *text, GhPaper *ret_paper)
{
    if (text == NULL || g_str_equal(text, "a4"))
        *ret_paper = GH_PAPER_A4;
    else if (g_str_equal(text, "letter"))
        *ret_paper = GH_PAPER_LETTER;
    else
        return false;
    return true;
}

/* A file, or a name that can only have been meant for one: a folder called x.pdf is made by nobody. */
static bool
is_like_a_file(const char *path)
{
    g_autofree char *lower = g_ascii_strdown(path, -1);

    if (g_file_test(path, G_FILE_TEST_IS_DIR))
        return false;
    return g_str_has_suffix(lower, ".pdf") || g_file_test(path, G_FILE_TEST_EXISTS);
}

/* What is asked, as far as it can be told without the database. False after a usage error. */
static bool
read_words(const Options *options, int argc, char **argv, Run *run)
{
    const GhCommand *command = &gh_command_report;

    run->city = argc > 2 ? argv[2] : NULL;
    if (!gh_report_kind_from_text(argv[1], &run->kind))
        gh_command_usage_error(command, "unknown word \"{word}\"", "word", argv[1], NULL);
    else if (options->all == (run->city != NULL))
        gh_command_usage_error(command, "name one city, or give --all", NULL);
    else if (!read_paper(options->paper, &run->paper))
        gh_command_usage_error(command, "unknown paper \"{word}\"", "word", options->paper, NULL);
    else if (options->all && options->output == NULL)
        gh_command_usage_error(command, "reports of all cities need -o FOLDER", NULL);
    else if (options->output == NULL && isatty(STDOUT_FILENO))
        gh_command_usage_error(command, "a report needs -o FILE.pdf", NULL);
    else if (options->all && is_like_a_file(options->output))
        gh_command_usage_error(command,
                               "reports of all cities go into a folder, and \"{path}\" is a "
                               "file or named like one",
                               "path", options->output, NULL);
    else
        run->lang = gh_command_lang_named(command, options->lang);
    return run->lang != NULL;
}

static int
run(int argc, char **argv)
{
    g_auto(Options) values = {0};
    const GOptionEntry options[] = {
        {"all", 0, 0, G_OPTION_ARG_NONE, &values.all, GH_MARK("every city"), NULL},
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &values.output,
         GH_MARK("where to write; a folder takes the report under its own name"), "FILE|FOLDER"},
        {"year", 0, 0, G_OPTION_ARG_INT, &values.year,
         GH_MARK("the year; default: the latest with figures"), "Y"},
        {"targets", 0, 0, G_OPTION_ARG_STRING, &values.targets,
         GH_MARK("the target set; default: the first of the framework"), "SET"},
        {"framework", 0, 0, G_OPTION_ARG_STRING, &values.framework,
         GH_MARK("the framework; default: u4ssc"), "ID"},
        {"lang", 0, 0, G_OPTION_ARG_STRING, &values.lang,
         GH_MARK("the language; default: that of the terminal"), "TAG"},
        {"paper", 0, 0, G_OPTION_ARG_STRING, &values.paper, GH_MARK("a4 (default) or letter"),
         "SIZE"},
        G_OPTION_ENTRY_NULL,
    };
    int status = GH_EXIT_DONE;
    if (!gh_command_parse(&gh_command_report, options, &argc, &argv, 1, 2, &status))
        return status;

    Run run = {.options = &values};
    if (!read_words(&values, argc, argv, &run))
        return GH_EXIT_USAGE;

    g_autoptr(GError) error = NULL;
    run.site = gh_command_site();
    bool good = make(&run, &error);
    g_free(run.site);
    return good ? GH_EXIT_DONE : gh_command_fail(error);
}

const GhCommand gh_command_report = {
    .name = "report",
    .usage = "snapshot|verification CITY|--all [--year Y] [--lang TAG] [--paper a4|letter] "
             "-o FILE|FOLDER",
    .summary = GH_MARK("writes a snapshot or verification report as PDF"),
    .run = run,
};
