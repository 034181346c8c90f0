/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* compare.c - guildhall compare CITY CITY...: side by side, the widest gap first. */
#include <stdio.h>

#include "cli/command.h"
#include "evaluation/evaluation.h"

typedef struct {
    char *format, *framework, *targets;
    gboolean json;
    int year;
} Options;

static void
options_clear(Options *options)
{
    g_free(options->format);
    g_free(options->framework);
    g_free(options->targets);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

typedef struct {
    const Options *options;
    char **names;
    size_t n_names;
    const GhFramework *framework;
    const GhTargetSet *targets;
    GhEvaluation *evaluations; /* n_names; what they point to is owned here */
} Compare;

static void
compare_clear(Compare *compare)
{
    for (size_t i = 0; compare->evaluations != NULL && i < compare->n_names; i++) {
        gh_city_free((GhCity *)(uintptr_t)compare->evaluations[i].city);
        gh_figure_set_free((GhFigureSet *)(uintptr_t)compare->evaluations[i].figures);
        gh_scores_free((GhScores *)(uintptr_t)compare->evaluations[i].scores);
    }
    g_clear_pointer(&compare->evaluations, g_free);
}

static bool
load_one(GhDb *db, const Compare *compare, const char *name, GhEvaluation *evaluation,
         GError **error)
{
    GhCity *city = NULL;
    if (!gh_city_require(db, name, &city, error))
        return false;
    evaluation->city = city;
    GhFigureSet *figures =
        gh_figures_load(db, compare->framework, city->id, compare->options->year, error);
    if (figures == NULL)
        return false;
    evaluation->figures = figures;

    const GhScoreOptions options = {0};
    GhScores *scores = gh_scores_new(compare->framework);
    gh_scores_compute(compare->framework, compare->targets, figures, &options, scores);
    evaluation->scores = scores;
    return true;
}

static bool
load_work(GhDb *db, void *data, GError **error)
{
    Compare *compare = data;
    compare_clear(compare);
    compare->evaluations = g_new0(GhEvaluation, compare->n_names);
    for (size_t i = 0; i < compare->n_names; i++) {
        compare->evaluations[i].framework = compare->framework;
        compare->evaluations[i].targets = compare->targets;
        if (!load_one(db, compare, compare->names[i], &compare->evaluations[i], error))
            return false;
    }
    return true;
}

static bool
print(const Compare *compare, const char *format, GError **error)
{
    const GhComparison comparison = {.evaluations = compare->evaluations,
                                     .n_evaluations = compare->n_names};
    g_autoptr(GString) out = g_string_new(NULL);
    if (g_str_equal(format, "json")) {
        gh_comparison_json(&comparison, out);
        g_string_append_c(out, '\n');
    } else if (g_str_equal(format, "csv"))
        gh_comparison_csv(&comparison, out);
    else
        gh_comparison_text(&comparison, gh_command_lang(), gh_command_width(), out);
    return gh_command_write(out->str, out->len, error);
}

static bool
compare_cities(Compare *compare, const char *format, GError **error)
{
    g_autoptr(GhStore) store = gh_command_open(GH_STORE_MUST_EXIST, error);
    if (store == NULL)
        return false;
    g_autoptr(GhFramework) framework =
        gh_command_framework(store, compare->options->framework, error);
    if (framework == NULL)
        return false;
    compare->framework = framework;
    if (!gh_command_check_year(framework, compare->options->year, error))
        return false;
    compare->targets = gh_command_targets(framework, compare->options->targets, error);
    if (compare->targets == NULL)
        return false;

    bool done = gh_store_read(store, load_work, compare, error) && print(compare, format, error);
    compare_clear(compare);
    return done;
}

static int
run(int argc, char **argv)
{
    g_auto(Options) values = {0};
    const GOptionEntry options[] = {
        {"year", 0, 0, G_OPTION_ARG_INT, &values.year,
         GH_MARK("the year; default: each city's latest"), "Y"},
        {"targets", 0, 0, G_OPTION_ARG_STRING, &values.targets,
         GH_MARK("the target set; default: the first of the framework"), "SET"},
        {"framework", 0, 0, G_OPTION_ARG_STRING, &values.framework,
         GH_MARK("the framework; default: u4ssc"), "ID"},
        {"format", 0, 0, G_OPTION_ARG_STRING, &values.format,
         GH_MARK("text (default), json or csv"), "FORMAT"},
        {"json", 0, 0, G_OPTION_ARG_NONE, &values.json, GH_MARK("short for --format json"), NULL},
        G_OPTION_ENTRY_NULL,
    };
    int status = GH_EXIT_DONE;
    if (!gh_command_parse(&gh_command_compare, options, &argc, &argv, 2, -1, &status))
        return status;

    const char *format = NULL;
    if (!gh_command_format(&gh_command_compare, values.json, values.format, "text", &format))
        return GH_EXIT_USAGE;
    if (!g_str_equal(format, "text") && !g_str_equal(format, "json") && !g_str_equal(format, "csv"))
        return gh_command_usage_error(&gh_command_compare, "unknown format \"{word}\"", "word",
                                      format, NULL);

    Compare compare = {.options = &values, .names = argv + 1, .n_names = (size_t)argc - 1};
    g_autoptr(GError) error = NULL;
    return compare_cities(&compare, format, &error) ? GH_EXIT_DONE : gh_command_fail(error);
}

const GhCommand gh_command_compare = {
    .name = "compare",
    .usage = "CITY CITY... [--year Y] [--format text|json|csv]",
    .summary = GH_MARK("sets cities side by side, the widest gap first"),
    .run = run,
};
