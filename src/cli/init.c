/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* init.c - guildhall init: creates the database, loads the framework that comes with the program and,
 * with --sample, the cities and figures that come with it. Safe to run again: what is there stays. */
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "evaluation/evaluation.h"
#include "resources/resources.h"

/* Cities before figures: a figure must find its city. */
static const char *const sample_files[] = {"cities.csv", "figures.csv"};

static bool
load_framework(GhStore *store, GError **error)
{
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GPtrArray) files = gh_framework_files_from_dir("builtin:u4ssc", error);
    if (files == NULL)
        return false;

    bool changed = false;
    if (!gh_framework_load(store, files, faults, &changed, error)) {
        gh_command_print_faults(faults);
        return false;
    }
    if (changed)
        gh_command_say(stdout, "framework {id} loaded", "id", "u4ssc", NULL);
    return true;
}

static bool
import_sample(GhStore *store, const GhFramework *framework, const char *name, GError **error)
{
    g_autofree char *path = g_strdup_printf("/guildhall/sample/%s", name);
    g_autoptr(GBytes) bytes = gh_resources_lookup(path);
    g_assert(bytes != NULL);

    size_t n_bytes = 0;
    const char *data = g_bytes_get_data(bytes, &n_bytes);
    g_autoptr(GhFaults) faults = gh_faults_new();
    const GhImportOptions options = {.actor = "operator"};
    GhImportResult result = {0};
    if (!gh_import(store, framework, name, data, n_bytes, &options, faults, &result, error)) {
        gh_command_print_faults(faults);
        return false;
    }
    g_autofree char *new = gh_command_count(result.n_new);
    g_autofree char *changed = gh_command_count(result.n_changed);
    gh_command_say_plural(stdout, "{file}: {n} row, {new} new, {changed} changed",
                          "{file}: {n} rows, {new} new, {changed} changed", result.n_rows, "file",
                          name, "new", new, "changed", changed, NULL);
    return true;
}

static bool
any_work(GhDb *db, void *data, GError **error)
{
    return gh_figures_any(db, data, error);
}

/* Into a database that has figures the sample is not laid again: it would undo what was changed. */
static bool
add_sample(GhStore *store, GError **error)
{
    bool any = false;
    if (!gh_store_read(store, any_work, &any, error))
        return false;
    if (any) {
        gh_command_say(stdout, "the database has figures already: the sample was left out", NULL);
        return true;
    }

    g_autoptr(GhFramework) framework = gh_command_framework(store, NULL, error);
    if (framework == NULL)
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(sample_files); i++) {
        if (!import_sample(store, framework, sample_files[i], error))
            return false;
    }
    return true;
}

static bool
init(bool sample, GError **error)
{
    g_autoptr(GhStore) store = gh_command_open(GH_STORE_CREATE_OR_UPGRADE, error);
    if (store == NULL)
        return false;
    if (!gh_command_refresh_index(store, error) || !load_framework(store, error))
        return false;
    return !sample || add_sample(store, error);
}

static int
run(int argc, char **argv)
{
    gboolean sample = FALSE;
    const GOptionEntry options[] = {
        {"sample", 0, 0, G_OPTION_ARG_NONE, &sample,
         GH_MARK("add the published figures of real cities"), NULL},
        G_OPTION_ENTRY_NULL,
    };
    int status = GH_EXIT_DONE;
    if (!gh_command_parse(&gh_command_init, options, &argc, &argv, 0, 0, &status))
        return status;

    g_autoptr(GError) error = NULL;
    if (!init(sample, &error))
        return gh_command_fail(error);

    g_autofree char *location = gh_command_location();
    /* An address may hold a password: only a path is shown. */
    if (strstr(location, "://") != NULL)
        gh_command_say(stdout, "the database on PostgreSQL is ready", NULL);
    else
        gh_command_say(stdout, "database {file} is ready", "file", location, NULL);
    return GH_EXIT_DONE;
}

const GhCommand gh_command_init = {
    .name = "init",
    .usage = "[--sample]",
    .summary =
        GH_MARK("creates the database with the framework, and with sample cities on request"),
    .run = run,
};
