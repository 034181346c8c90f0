/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* evaluate.c - guildhall evaluate CITY|--all: scores against targets. */
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "evaluation/evaluation.h"

typedef enum {
    FORMAT_TEXT,
    FORMAT_JSON,
    FORMAT_CSV,
} Format;

/* Output is handed on in pieces of this size, so that --all needs constant memory. */
enum {
    FLUSH_BYTES = 256 * 1024
};

typedef struct {
    char *format, *framework, *targets, *lens;
    gboolean all, json, verified_only, explain;
    int year;
} Options;

static void
options_clear(Options *options)
{
    g_free(options->format);
    g_free(options->framework);
    g_free(options->targets);
    g_free(options->lens);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

typedef struct {
    const Options *options;
    const char *city;
    Format format;
    const GhFramework *framework;
    const GhTargetSet *targets;
    const GhLens *lens; /* NULL: none */
    GhScores *scores;   /* borrowed */
    GString *out;       /* borrowed */
    bool any;           /* a city was written */
} Run;

static bool
write_out(GString *out, GError **error)
{
    if (!gh_command_write(out->str, out->len, error))
        return false;
    g_string_truncate(out, 0);
    return true;
}

static void
write_evaluation(Run *run, const GhEvaluation *evaluation)
{
    switch (run->format) {
    case FORMAT_TEXT: {
        const GhWrittenTextOptions text_options = {
            .explain = run->options->explain,
            .colour = gh_command_colour(),
            .width = gh_command_width(),
        };
        if (run->any)
            g_string_append_c(run->out, '\n');
        gh_written_text(evaluation, gh_command_lang(), &text_options, run->out);
        break;
    }
    case FORMAT_JSON:
        g_string_append(run->out, run->any ? ",\n" : "");
        gh_written_json(evaluation, run->out);
        break;
    case FORMAT_CSV:
        gh_written_csv_rows(evaluation, run->out);
        break;
    }
    run->any = true;
}

static bool
evaluate_set(const GhCity *city, const GhFigureSet *figures, void *data, GError **error)
{
    Run *run = data;
    const GhScoreOptions score_options = {.verified_only = run->options->verified_only};
    gh_scores_compute(run->framework, run->targets, figures, &score_options, run->scores);

    const GhEvaluation evaluation = {
        .framework = run->framework,
        .targets = run->targets,
        .city = city,
        .figures = figures,
        .scores = run->scores,
        .lens = run->lens,
    };
    write_evaluation(run, &evaluation);
    return run->out->len < FLUSH_BYTES || write_out(run->out, error);
}

static bool
evaluate_one(GhDb *db, Run *run, GError **error)
{
    g_autoptr(GhCity) city = NULL;
    if (!gh_city_require(db, run->city, &city, error))
        return false;
    g_autoptr(GhFigureSet) figures =
        gh_figures_load(db, run->framework, city->id, run->options->year, error);
    if (figures == NULL)
        return false;
    return evaluate_set(city, figures, run, error);
}

static bool
evaluate_work(GhDb *db, void *data, GError **error)
{
    Run *run = data;
    const Options *options = run->options;

    if (run->format == FORMAT_CSV)
        gh_written_csv_header(run->out);
    if (run->format == FORMAT_JSON && options->all)
        g_string_append_c(run->out, '[');
    if (options->all
            ? !gh_figures_each_city(db, run->framework, options->year, evaluate_set, run, error)
            : !evaluate_one(db, run, error))
        return false;
    if (run->format == FORMAT_JSON)
        g_string_append(run->out, options->all ? "]\n" : "\n");
    return write_out(run->out, error);
}

static const GhLens *
find_lens(const GhFramework *framework, const char *id, GError **error)
{
    const GhLens *lens = gh_framework_find_lens(framework, id);
    if (lens != NULL)
        return lens;

    g_autoptr(GString) known = g_string_new(NULL);
    for (size_t i = 0; i < framework->n_lenses; i++)
        g_string_append_printf(known, "%s%s", i > 0 ? ", " : "", framework->lenses[i].id);
    g_set_error(error, GH_EVALUATION_ERROR, GH_EVALUATION_ERROR_UNKNOWN,
                "no lens \"%s\" in framework %s %s; there is: %s", id, framework->id,
                framework->version, framework->n_lenses > 0 ? known->str : "none");
    return NULL;
}

static bool
evaluate(Run *run, GError **error)
{
    g_autoptr(GhStore) store = gh_command_open(GH_STORE_MUST_EXIST, error);
    if (store == NULL)
        return false;
    g_autoptr(GhFramework) framework = gh_command_framework(store, run->options->framework, error);
    if (framework == NULL)
        return false;
    run->framework = framework;
    if (!gh_command_check_year(framework, run->options->year, error))
        return false;
    run->targets = gh_command_targets(framework, run->options->targets, error);
    if (run->targets == NULL)
        return false;
    if (run->options->lens != NULL) {
        run->lens = find_lens(framework, run->options->lens, error);
        if (run->lens == NULL)
            return false;
    }

    g_autoptr(GhScores) scores = gh_scores_new(framework);
    g_autoptr(GString) out = g_string_sized_new(FLUSH_BYTES + FLUSH_BYTES / 4);
    run->scores = scores;
    run->out = out;
    return gh_store_read(store, evaluate_work, run, error);
}

static bool
format_from_text(const char *text, Format *ret_format)
{
    static const char *const names[] = {
        [FORMAT_TEXT] = "text",
        [FORMAT_JSON] = "json",
        [FORMAT_CSV] = "csv",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        if (g_str_equal(names[i], text)) {
            *ret_format = (Format)i;
            return true;
        }
    }
    return false;
}

static int
run(int argc, char **argv)
{
    g_auto(Options) values = {0};
    const GOptionEntry options[] = {
        {"all", 0, 0, G_OPTION_ARG_NONE, &values.all, GH_MARK("every city"), NULL},
        {"year", 0, 0, G_OPTION_ARG_INT, &values.year,
         GH_MARK("the year; default: the latest with figures"), "Y"},
        {"targets", 0, 0, G_OPTION_ARG_STRING, &values.targets,
         GH_MARK("the target set; default: the first of the framework"), "SET"},
        {"lens", 0, 0, G_OPTION_ARG_STRING, &values.lens,
         GH_MARK("add the groups of a lens of the framework, such as sdg"), "ID"},
        {"framework", 0, 0, G_OPTION_ARG_STRING, &values.framework,
         GH_MARK("the framework; default: u4ssc"), "ID"},
        {"verified-only", 0, 0, G_OPTION_ARG_NONE, &values.verified_only,
         GH_MARK("leave out figures that are not verified"), NULL},
        {"explain", 0, 0, G_OPTION_ARG_NONE, &values.explain,
         GH_MARK("show every score down to the input"), NULL},
        {"format", 0, 0, G_OPTION_ARG_STRING, &values.format,
         GH_MARK("text (default), json or csv"), "FORMAT"},
        {"json", 0, 0, G_OPTION_ARG_NONE, &values.json, GH_MARK("short for --format json"), NULL},
        G_OPTION_ENTRY_NULL,
    };
    int status = GH_EXIT_DONE;
    if (!gh_command_parse(&gh_command_evaluate, options, &argc, &argv, 0, 1, &status))
        return status;

    Run run = {.options = &values, .city = argc > 1 ? argv[1] : NULL};
    if (values.all == (run.city != NULL))
        return gh_command_usage_error(&gh_command_evaluate, "name one city, or give --all", NULL);
    const char *format = NULL;
    if (!gh_command_format(&gh_command_evaluate, values.json, values.format, "text", &format))
        return GH_EXIT_USAGE;
    if (!format_from_text(format, &run.format))
        return gh_command_usage_error(&gh_command_evaluate, "unknown format \"{word}\"", "word",
                                      format, NULL);

    g_autoptr(GError) error = NULL;
    return evaluate(&run, &error) ? GH_EXIT_DONE : gh_command_fail(error);
}

const GhCommand gh_command_evaluate = {
    .name = "evaluate",
    .usage = "CITY|--all [--year Y] [--targets SET] [--lens ID] [--verified-only] "
             "[--explain] [--format text|json|csv]",
    .summary = GH_MARK("scores a city's figures against targets"),
    .run = run,
};
