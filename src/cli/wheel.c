/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* wheel.c - guildhall wheel CITY -o FILE: the benchmarking wheel as SVG, PNG or PDF. */
#include "cli/command.h"
#include "cli/output.h"
#include "evaluation/evaluation.h"

typedef enum {
    FORMAT_SVG,
    FORMAT_PNG,
    FORMAT_PDF,
} Format;

/* For a screen of twice the usual density, and sharp on a page of A4. */
enum {
    WIDTH_DEFAULT = 1600,
    WIDTH_MIN = 200, /* smaller, and nothing could be told apart */
};

typedef struct {
    char *output, *framework, *targets, *lang;
    int year, width;
} Options;

static void
options_clear(Options *options)
{
    g_free(options->output);
    g_free(options->framework);
    g_free(options->targets);
    g_free(options->lang);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

typedef struct {
    const Options *options;
    const char *city;
    Format format;
    const GhLang *lang;
    const char *site; /* NULL: not known */
    const GhFramework *framework;
    const GhTargetSet *targets;
    GhDrawing *drawing; /* made by the work; owned by run_wheel */
} Run;

/* The ending of the file decides. */
static bool
format_of_file(const char *path, Format *ret_format)
{
    static const char *const endings[] = {
        [FORMAT_SVG] = ".svg",
        [FORMAT_PNG] = ".png",
        [FORMAT_PDF] = ".pdf",
    };
    g_autofree char *lower = g_ascii_strdown(path, -1);

    for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
        if (g_str_has_suffix(lower, endings[i])) {
            *ret_format = (Format)i;
            return true;
        }
    }
    return false;
}

static bool
draw_work(GhDb *db, void *data, GError **error)
{
    Run *run = data;
    g_autoptr(GhCity) city = NULL;
    if (!gh_city_require(db, run->city, &city, error))
        return false;
    g_autoptr(GhFigureSet) figures =
        gh_figures_load(db, run->framework, city->id, run->options->year, error);
    if (figures == NULL)
        return false;

    g_autoptr(GhScores) scores = gh_scores_new(run->framework);
    gh_scores_compute(run->framework, run->targets, figures, &(GhScoreOptions){0}, scores);
    const GhEvaluation evaluation = {
        .framework = run->framework,
        .targets = run->targets,
        .city = city,
        .figures = figures,
        .scores = scores,
    };
    run->drawing = gh_city_wheel_sheet(&evaluation, run->lang, run->site);
    return true;
}

static bool
draw(Run *run, GError **error)
{
    g_autoptr(GhStore) store = gh_command_open(GH_STORE_MUST_EXIST, error);
    if (store == NULL)
        return false;
    g_autoptr(GhFramework) framework = gh_command_framework(store, run->options->framework, error);
    if (framework == NULL || !gh_command_check_year(framework, run->options->year, error))
        return false;
    run->framework = framework;
    run->targets = gh_command_targets(framework, run->options->targets, error);
    if (run->targets == NULL)
        return false;
    return gh_store_read(store, draw_work, run, error);
}

static GBytes *
make_bytes(const Run *run, GError **error)
{
    switch (run->format) {
    case FORMAT_SVG: {
        GString *svg = g_string_new(NULL);
        gh_drawing_svg(run->drawing, GH_SVG_FILE, "wheel", svg);
        return g_string_free_to_bytes(svg);
    }
    case FORMAT_PNG: {
        int width = run->options->width != 0 ? run->options->width : WIDTH_DEFAULT;
        return gh_drawing_png(run->drawing, (unsigned)width, error);
    }
    case FORMAT_PDF:
        return gh_drawing_pdf(run->drawing, error);
    }
    g_assert_not_reached();
}

static bool
run_wheel(Run *run, GError **error)
{
    if (!draw(run, error))
        return false;

    g_autoptr(GhDrawing) drawing = g_steal_pointer(&run->drawing);
    run->drawing = drawing;
    g_autoptr(GBytes) bytes = make_bytes(run, error);
    return bytes != NULL && gh_output_write(run->options->output, bytes, error);
}

static int
check_options(const Options *options, Run *run)
{
    if (options->output == NULL)
        return gh_command_usage_error(&gh_command_wheel,
                                      "name the file: -o FILE.svg, FILE.png or FILE.pdf", NULL);
    if (!format_of_file(options->output, &run->format))
        return gh_command_usage_error(
            &gh_command_wheel, "\"{file}\" ends in none of .svg, .png, .pdf, which say the format",
            "file", options->output, NULL);
    if (options->width != 0 && run->format != FORMAT_PNG)
        return gh_command_usage_error(&gh_command_wheel, "--width goes with a .png only", NULL);
    if (options->width != 0
        && (options->width < WIDTH_MIN || options->width > GH_DRAWING_PNG_MAX_PIXELS)) {
        g_autofree char *min = gh_command_count(WIDTH_MIN);
        g_autofree char *max = gh_command_count(GH_DRAWING_PNG_MAX_PIXELS);
        return gh_command_usage_error(&gh_command_wheel, "--width is from {min} to {max} pixels",
                                      "min", min, "max", max, NULL);
    }
    run->lang = gh_command_lang_named(&gh_command_wheel, options->lang);
    return run->lang != NULL ? GH_EXIT_DONE : GH_EXIT_USAGE;
}

static int
run(int argc, char **argv)
{
    g_auto(Options) values = {0};
    const GOptionEntry options[] = {
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &values.output,
         GH_MARK("where to write; the ending says the format"), "FILE"},
        {"year", 0, 0, G_OPTION_ARG_INT, &values.year,
         GH_MARK("the year; default: the latest with figures"), "Y"},
        {"targets", 0, 0, G_OPTION_ARG_STRING, &values.targets,
         GH_MARK("the target set; default: the first of the framework"), "SET"},
        {"framework", 0, 0, G_OPTION_ARG_STRING, &values.framework,
         GH_MARK("the framework; default: u4ssc"), "ID"},
        {"lang", 0, 0, G_OPTION_ARG_STRING, &values.lang,
         GH_MARK("the language of the drawing; default: the terminal's"), "TAG"},
        {"width", 0, 0, G_OPTION_ARG_INT, &values.width,
         GH_MARK("width of a PNG in pixels; default: 1600"), "PIXELS"},
        G_OPTION_ENTRY_NULL,
    };
    int status = GH_EXIT_DONE;
    if (!gh_command_parse(&gh_command_wheel, options, &argc, &argv, 1, 1, &status))
        return status;

    Run wheel = {.options = &values, .city = argv[1]};
    status = check_options(&values, &wheel);
    if (status != GH_EXIT_DONE)
        return status;

    g_autofree char *site = gh_command_site();
    wheel.site = site;
    g_autoptr(GError) error = NULL;
    return run_wheel(&wheel, &error) ? GH_EXIT_DONE : gh_command_fail(error);
}

const GhCommand gh_command_wheel = {
    .name = "wheel",
    .usage = "CITY [--year Y] [--targets SET] [--lang TAG] -o FILE.svg|png|pdf",
    .summary = GH_MARK("draws a city's benchmarking wheel with its legend"),
    .run = run,
};
