/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* framework.c - guildhall framework list|check DIR|load DIR. */
#include <stdio.h>

#include "cli/command.h"

static bool
list(GError **error)
{
    g_autoptr(GhStore) store = gh_command_open(GH_STORE_MUST_EXIST, error);
    if (store == NULL)
        return false;
    g_autoptr(GPtrArray) rows = gh_framework_list(store, error);
    if (rows == NULL)
        return false;

    for (guint i = 0; i < rows->len; i++) {
        const GhFrameworkRow *row = g_ptr_array_index(rows, i);
        printf("%s %s%s  %s  (%" G_GINT64_FORMAT " KPIs, %" G_GINT64_FORMAT " data points)\n",
               row->id, row->version, row->current ? " (current)" : "", row->name, row->n_kpis,
               row->n_data_points);
    }
    return true;
}

static bool
check(const char *dir, GError **error)
{
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GPtrArray) files = gh_framework_files_from_dir(dir, error);
    if (files == NULL)
        return false;

    g_autoptr(GhFramework) framework = gh_framework_parse(files, faults, error);
    gh_command_print_faults(faults);
    if (framework == NULL)
        return false;

    printf("%s %s: %zu levels, %zu KPIs, %zu data points, %zu target sets, %zu checks; no faults\n",
           framework->id, framework->version, framework->n_levels, framework->n_kpis,
           framework->n_data_points, framework->n_target_sets, framework->n_checks);
    return true;
}

static bool
load(const char *dir, GError **error)
{
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GPtrArray) files = gh_framework_files_from_dir(dir, error);
    if (files == NULL)
        return false;
    g_autoptr(GhStore) store = gh_command_open(GH_STORE_MUST_EXIST, error);
    if (store == NULL)
        return false;

    bool changed = false;
    bool loaded = gh_framework_load(store, files, faults, &changed, error);
    gh_command_print_faults(faults);
    if (loaded)
        printf("%s\n", changed ? "loaded" : "nothing changed: these files are loaded already");
    return loaded;
}

static int
run(int argc, char **argv)
{
    int status = GH_EXIT_DONE;
    if (!gh_command_parse(&gh_command_framework_, NULL, &argc, &argv, 1, 2, &status))
        return status;

    const char *verb = argv[1];
    const char *dir = argc > 2 ? argv[2] : NULL;
    bool wants_dir = g_str_equal(verb, "check") || g_str_equal(verb, "load");
    if (!wants_dir && !g_str_equal(verb, "list"))
        return gh_command_usage_error(&gh_command_framework_, "unknown word \"%s\"", verb);
    if (wants_dir != (dir != NULL))
        return gh_command_usage_error(&gh_command_framework_, "framework %s takes %s", verb,
                                      wants_dir ? "a folder" : "no further argument");

    g_autoptr(GError) error = NULL;
    bool done = g_str_equal(verb, "list")    ? list(&error)
                : g_str_equal(verb, "check") ? check(dir, &error)
                                             : load(dir, &error);
    return done ? GH_EXIT_DONE : gh_command_fail(error);
}

const GhCommand gh_command_framework_ = {
    .name = "framework",
    .usage = "list | check DIR | load DIR",
    .summary = GH_MARK("lists, checks and loads frameworks: what is measured"),
    .run = run,
};
