/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* framework_parse.c - from files to a framework, or to the list of everything that is wrong. */
#include "framework/framework_private.h"

#include <string.h>

const GhFrameworkFile *
gh_framework_peek_file(const GhFrameworkParser *parser, const char *name)
{
    for (size_t i = 0; i < parser->files->len; i++) {
        const GhFrameworkFile *file = g_ptr_array_index(parser->files, i);
        if (strcmp(file->name, name) == 0)
            return file;
    }
    return NULL;
}

/* Returns whether all files may be read. */
static bool
check_sizes(GhFrameworkParser *parser)
{
    bool fit = true;

    for (size_t i = 0; i < parser->files->len; i++) {
        const GhFrameworkFile *file = g_ptr_array_index(parser->files, i);
        bool json = strcmp(file->name, "framework.json") == 0;
        size_t max = json ? GH_FRAMEWORK_MAX_JSON_BYTES : GH_FRAMEWORK_MAX_FILE_BYTES;
        if (g_bytes_get_size(file->bytes) <= max)
            continue;
        g_autofree char *remedy = g_strdup_printf("at most %zu MiB", max / 1024 / 1024);
        gh_faults_add(parser->faults, GH_FAULT_ERROR, file->name, 0, NULL, NULL,
                      GH_MARK("is too large"), remedy);
        fit = false;
    }
    return fit;
}

static void
check_names(GhFrameworkParser *parser)
{
    static const char *const NAMES[] = {"framework.json", "kpis.csv",   "data_points.csv",
                                        "units.csv",      "checks.csv", NULL};
    static const char *const NEEDED[] = {"framework.json", "kpis.csv", "data_points.csv"};

    for (size_t i = 0; i < parser->files->len; i++) {
        const GhFrameworkFile *file = g_ptr_array_index(parser->files, i);
        if (gh_framework_file_is_known(file->name))
            continue;
        g_autofree char *remedy = gh_framework_suggest(
            parser, NAMES, file->name,
            GH_MARK("target sets lie in targets/, lenses in lenses/, translations "
                    "in lang/"));
        gh_faults_add(parser->faults, GH_FAULT_WARNING, file->name, 0, NULL, NULL,
                      GH_MARK("is not a file of a framework and is not read"), remedy);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(NEEDED); i++)
        if (gh_framework_peek_file(parser, NEEDED[i]) == NULL)
            gh_faults_add(
                parser->faults, GH_FAULT_ERROR, NEEDED[i], 0, NULL, NULL, GH_MARK("is missing"),
                GH_MARK("add this file; docs/framework-format.md says what stands in it"));
}

/* Texts are never NULL, also when framework.json could not be read. */
static void
set_defaults(GhFramework *framework)
{
    static const char *const NOTHING[] = {NULL};

    framework->id = framework->version = framework->name = "";
    framework->description = framework->licence = framework->quality_note = "";
    framework->sources = NOTHING;
}

static void
parse_parts(GhFrameworkParser *parser)
{
    set_defaults(parser->framework);
    check_names(parser);
    gh_framework_parse_json(parser);
    gh_framework_parse_kpis(parser);
    gh_framework_parse_data_points(parser);
    gh_framework_build_rows(parser);
    gh_framework_build_groups(parser);
    gh_framework_parse_units(parser);
    gh_framework_parse_targets(parser);
    gh_framework_parse_checks(parser);
    gh_framework_parse_lenses(parser);
    gh_framework_parse_lang(parser);
}

GhFramework *
gh_framework_parse(GPtrArray *files, GhFaults *faults, GError **error)
{
    GhFrameworkOwner *owner = gh_framework_owner_new();
    g_autoptr(GhFramework) framework = &owner->view;
    g_autoptr(GArray) kpi_rows = g_array_new(FALSE, TRUE, sizeof(GhKpiRow));
    g_autoptr(GArray) data_point_rows = g_array_new(FALSE, TRUE, sizeof(GhDataPointRow));
    g_autoptr(GArray) weights = g_array_new(FALSE, TRUE, sizeof(GhGroupWeight));
    g_autoptr(GArray) lenses = g_array_new(FALSE, TRUE, sizeof(GhLensRow));
    g_autoptr(GPtrArray) kpi_ids = g_ptr_array_new();
    g_autoptr(GPtrArray) data_point_ids = g_ptr_array_new();
    GhFrameworkParser parser = {
        .owner = owner,
        .framework = framework,
        .files = files,
        .faults = faults,
        .kpi_rows = kpi_rows,
        .data_point_rows = data_point_rows,
        .weights = weights,
        .lenses = lenses,
        .kpi_ids = kpi_ids,
        .data_point_ids = data_point_ids,
        .n_errors_before = gh_faults_n_errors(faults),
    };

    if (check_sizes(&parser))
        parse_parts(&parser);

    size_t n_errors = gh_faults_n_errors(faults) - parser.n_errors_before;
    if (n_errors > 0) {
        g_set_error(error, GH_FRAMEWORK_ERROR, GH_FRAMEWORK_ERROR_FAULTS,
                    "the framework has %zu fault%s", n_errors, n_errors == 1 ? "" : "s");
        return NULL;
    }
    return g_steal_pointer(&framework);
}
