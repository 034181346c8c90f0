/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* framework.c - guildhall framework list|check DIR|load DIR. */
#include <stdio.h>

#include "cli/command.h"

/* Below the line of the framework, where it has any. */
static void
print_lenses(const GhFramework *framework)
{
    for (size_t i = 0; i < framework->n_lenses; i++) {
        const GhLens *lens = &framework->lenses[i];
        fputs("  ", stdout);
        gh_command_say(stdout,
                       lens->origin == GH_LENS_OURS
                           ? GH_MARK("lens {id}: {name} (our mapping)")
                           : GH_MARK("lens {id}: {name} (official mapping)"),
                       "id", lens->id, "name", lens->name, NULL);
    }
}

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
        g_autofree char *kpis = gh_command_counted("{n} KPI", "{n} KPIs", row->n_kpis);
        g_autofree char *data_points =
            gh_command_counted("{n} data point", "{n} data points", row->n_data_points);
        gh_command_say(stdout,
                       row->current
                           ? GH_MARK("{id} {version} (current)  {name}  ({kpis}, {data_points})")
                           : GH_MARK("{id} {version}  {name}  ({kpis}, {data_points})"),
                       "id", row->id, "version", row->version, "name", row->name, "kpis", kpis,
                       "data_points", data_points, NULL);
        g_autoptr(GhFramework) framework = gh_framework_get(store, row->id, row->version, error);
        if (framework == NULL)
            return false;
        print_lenses(framework);
    }
    return true;
}

static void
print_checked(const GhFramework *framework)
{
    g_autofree char *kpis = gh_command_counted("{n} KPI", "{n} KPIs", (int64_t)framework->n_kpis);
    g_autofree char *data_points =
        gh_command_counted("{n} data point", "{n} data points", (int64_t)framework->n_data_points);
    g_autofree char *levels =
        gh_command_counted("{n} level", "{n} levels", (int64_t)framework->n_levels);
    g_autofree char *target_sets =
        gh_command_counted("{n} target set", "{n} target sets", (int64_t)framework->n_target_sets);
    g_autofree char *checks =
        gh_command_counted("{n} check", "{n} checks", (int64_t)framework->n_checks);

    gh_command_say(stdout,
                   "{id} {version}: {levels}, {kpis}, {data_points}, {target_sets}, {checks}; no "
                   "faults",
                   "id", framework->id, "version", framework->version, "levels", levels, "kpis",
                   kpis, "data_points", data_points, "target_sets", target_sets, "checks", checks,
                   NULL);
    print_lenses(framework);
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

    print_checked(framework);
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
        gh_command_say(stdout,
                       changed ? GH_MARK("loaded")
                               : GH_MARK("nothing changed: these files are loaded already"),
                       NULL);
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
        return gh_command_usage_error(&gh_command_framework_, "unknown word \"{word}\"", "word",
                                      verb, NULL);
    if (wants_dir != (dir != NULL))
        return wants_dir ? gh_command_usage_error(
                   &gh_command_framework_, "framework {verb} takes a folder", "verb", verb, NULL)
                         : gh_command_usage_error(&gh_command_framework_,
                                                  "framework {verb} takes no further argument",
                                                  "verb", verb, NULL);

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
