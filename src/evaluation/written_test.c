/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* written_test.c - evaluations in writing against golden files of an invented city.
 *
 * GUILDHALL_RENEW_GOLDEN=1 writes the files anew; read their diff like code.
 */

#include "evaluation/written.h"

#include <math.h>
#include <string.h>

#include "base/layout.h"
#include "evaluation/fixture.h"

#define SOURCED(rule, target, worst)                                                               \
    {                                                                                              \
        rule, target, worst, "Invented source", "judgement", "Invented reason."                    \
    }

static const GhFixtureRow ROWS[] = {
    {.id = "ec.net",
     .kpi = "EC.1C",
     .label = "Household Internet access",
     .unit = "%",
     .groups = {"Economy", "ICT", "Networks"},
     .target = SOURCED(GH_RULE_HIGHER, 100, NAN),
     .numerator = "n",
     .denominator = "d",
     .factor = 100},
    {.id = "ec.fast",
     .kpi = "EC.2C",
     .label = "Fixed broadband, a label that is far too long for the column",
     .unit = "per 100 000 inhabitants",
     .groups = {"Economy", "ICT", "Networks"},
     .target = SOURCED(GH_RULE_HIGHER, 38000, NAN)},
    {.id = "ec.wifi",
     .kpi = "EC.3A",
     .label = "Public Wi-Fi",
     .unit = "number",
     .groups = {"Economy", "ICT", "Networks"},
     .target = SOURCED(GH_RULE_NONE, NAN, NAN),
     .tier = 1},
    {.id = "ec.jobs",
     .kpi = "EC.4C",
     .label = "Unemployment",
     .unit = "%",
     .groups = {"Economy", "Work", "Employment"},
     .target = SOURCED(GH_RULE_LOWER_ZERO, 5, NAN)},
    {.id = "en.no2",
     .kpi = "EN.1C",
     .label = "NO2",
     .unit = "\xc2\xb5g/m3",
     .groups = {"Environment", "Air", "Air quality"},
     .target = SOURCED(GH_RULE_LOWER_RANGE, 10, 40)},
    {.id = "en.pm25",
     .kpi = "EN.1C",
     .label = "PM2.5",
     .unit = "\xc2\xb5g/m3",
     .groups = {"Environment", "Air", "Air quality"},
     .target = SOURCED(GH_RULE_BANDS, 5, 15)},
    {.id = "sc.pay",
     .kpi = "SC.1C",
     .label = "Gender income \xe6\xaf\x94\xe7\x8e\x87",
     .unit = "ratio",
     .groups = {"Society", "People", "Inclusion"},
     .target = SOURCED(GH_RULE_DISTANCE_TO_ONE, NAN, NAN)},
    {.id = "sc.plan",
     .kpi = "SC.2A",
     .label = "Resilience plan",
     .unit = "yes/no",
     .groups = {"Society", "People", "Safety"},
     .target = SOURCED(GH_RULE_YES_NO, NAN, NAN),
     .tier = 1},
    {.id = "sc.food",
     .kpi = "SC.3A",
     .label = "Local food",
     .unit = "%",
     .groups = {"Society", "People", "Safety"},
     .target = SOURCED(GH_RULE_HIGHER, 30, NAN),
     .tier = 1},
};

static GhFigureSet *
make_figures(const GhFixture *fixture)
{
    static char source[] = "Statistics office of Examplia, table \x1b[31m7";
    GhFigureSet *figures = gh_fixture_figures(fixture);

    gh_fixture_report(figures, 0, 62.5);
    figures->figures[0].numerator = 5000;
    figures->figures[0].denominator = 8000;
    figures->figures[0].how = GH_HOW_CALCULATED;
    figures->figures[0].quality = 1;
    figures->figures[0].source = g_strdup(source);
    gh_fixture_report(figures, 1, 41000);
    gh_fixture_report(figures, 2, 12);
    gh_fixture_report(figures, 3, 8);
    figures->figures[3].verified = false;
    gh_fixture_report(figures, 4, 31);
    gh_fixture_report(figures, 5, 9);
    figures->figures[5].status = GH_STATUS_NOT_VERIFIED;
    figures->figures[5].verified = false;
    gh_fixture_report(figures, 6, 0.85);
    figures->figures[7].status = GH_STATUS_NOT_REPORTED;
    figures->figures[8].status = GH_STATUS_NOT_APPLICABLE;
    return figures;
}

static GhCity
make_city(void)
{
    static char slug[] = "examplia", name[] = "Examplia \xc3\xa5, the \"old\" one",
                country[] = "XX";

    return (GhCity){.slug = slug, .name = name, .country_code = country};
}

/* The first line that differs says more than two whole texts. */
static void
show_difference(const char *name, const char *got, const char *want)
{
    g_auto(GStrv) got_lines = g_strsplit(got, "\n", -1);
    g_auto(GStrv) want_lines = g_strsplit(want, "\n", -1);
    size_t line = 0;

    while (got_lines[line] != NULL && g_strcmp0(got_lines[line], want_lines[line]) == 0)
        line++;
    g_test_message("%s, line %zu", name, line + 1);
    g_test_message("expected: %s", want_lines[line] != NULL ? want_lines[line] : "(end)");
    g_test_message("got:      %s", got_lines[line] != NULL ? got_lines[line] : "(end)");
}

static void
assert_golden(const char *name, const char *got)
{
    g_autofree char *path = g_test_build_filename(G_TEST_DIST, "golden", name, NULL);
    g_autofree char *want = NULL;
    g_autoptr(GError) error = NULL;

    if (g_getenv("GUILDHALL_RENEW_GOLDEN") != NULL) {
        g_file_set_contents(path, got, -1, &error);
        g_assert_no_error(error);
        return;
    }
    g_file_get_contents(path, &want, NULL, &error);
    g_assert_no_error(error);
    if (!g_str_equal(got, want)) {
        show_difference(name, got, want);
        g_test_fail();
    }
}

typedef void (*Writer)(const GhEvaluation *evaluation, GString *out);

static void
check_written(const char *golden, GhScoring scoring, bool verified_only, Writer writer)
{
    g_autoptr(GhFixture) fixture = gh_fixture_new(ROWS, G_N_ELEMENTS(ROWS), 3, scoring);
    g_autoptr(GhFigureSet) figures = make_figures(fixture);
    g_autoptr(GhScores) scores = gh_scores_new(&fixture->framework);
    g_autoptr(GString) out = g_string_new(NULL);
    const GhCity city = make_city();
    const GhScoreOptions options = {.verified_only = verified_only};
    const GhEvaluation evaluation = {.framework = &fixture->framework,
                                     .targets = &fixture->targets,
                                     .city = &city,
                                     .figures = figures,
                                     .scores = scores};

    gh_scores_compute(&fixture->framework, &fixture->targets, figures, &options, scores);
    writer(&evaluation, out);
    assert_golden(golden, out->str);
}

static void
write_json(const GhEvaluation *evaluation, GString *out)
{
    gh_written_json(evaluation, out);
    g_string_append_c(out, '\n');
}

static void
write_csv(const GhEvaluation *evaluation, GString *out)
{
    gh_written_csv_header(out);
    gh_written_csv_rows(evaluation, out);
}

static void
write_text(const GhEvaluation *evaluation, GString *out)
{
    const GhWrittenTextOptions options = {.width = 80};
    gh_written_text(evaluation, gh_lang_source(), &options, out);
}

static void
write_wide_explained(const GhEvaluation *evaluation, GString *out)
{
    const GhWrittenTextOptions options = {.width = 110, .explain = true};
    gh_written_text(evaluation, gh_lang_source(), &options, out);
}

static void
write_coloured(const GhEvaluation *evaluation, GString *out)
{
    const GhWrittenTextOptions options = {.width = 80, .colour = true};
    gh_written_text(evaluation, gh_lang_source(), &options, out);
}

static void
test_json(void)
{
    check_written("evaluation.json", GH_SCORING_POINTS, false, write_json);
    check_written("evaluation-verified.json", GH_SCORING_POINTS, true, write_json);
    check_written("evaluation-continuous.json", GH_SCORING_GEOMETRIC, false, write_json);
}

static void
test_csv(void)
{
    check_written("evaluation.csv", GH_SCORING_POINTS, false, write_csv);
}

static void
test_text(void)
{
    check_written("evaluation.txt", GH_SCORING_POINTS, false, write_text);
}

static void
test_explained(void)
{
    check_written("explained.txt", GH_SCORING_POINTS, false, write_wide_explained);
    check_written("explained-continuous.txt", GH_SCORING_ARITHMETIC, true, write_wide_explained);
}

/* Lines are as wide as asked for, and no control character of a source reaches the terminal. */
static void
test_text_is_safe(void)
{
    g_autoptr(GhFixture) fixture = gh_fixture_new(ROWS, G_N_ELEMENTS(ROWS), 3, GH_SCORING_POINTS);
    g_autoptr(GhFigureSet) figures = make_figures(fixture);
    g_autoptr(GhScores) scores = gh_scores_new(&fixture->framework);
    const GhCity city = make_city();
    const GhScoreOptions score_options = {0};
    const GhEvaluation evaluation = {.framework = &fixture->framework,
                                     .targets = &fixture->targets,
                                     .city = &city,
                                     .figures = figures,
                                     .scores = scores};
    gh_scores_compute(&fixture->framework, &fixture->targets, figures, &score_options, scores);

    for (unsigned width = 72; width <= 120; width++) {
        const GhWrittenTextOptions options = {.width = width, .explain = true};
        g_autoptr(GString) out = g_string_new(NULL);
        gh_written_text(&evaluation, gh_lang_source(), &options, out);
        g_assert_null(strchr(out->str, '\x1b'));

        g_auto(GStrv) lines = g_strsplit(out->str, "\n", -1);
        for (size_t i = 0; lines[i] != NULL; i++) {
            g_test_message("%s", lines[i]);
            g_assert_cmpuint(gh_layout_width(lines[i]), <=, width);
        }
    }
}

/* With the colours taken out, the coloured text is the plain one. */
static void
test_colour_only_adds(void)
{
    g_autoptr(GhFixture) fixture = gh_fixture_new(ROWS, G_N_ELEMENTS(ROWS), 3, GH_SCORING_POINTS);
    g_autoptr(GhFigureSet) figures = make_figures(fixture);
    g_autoptr(GhScores) scores = gh_scores_new(&fixture->framework);
    g_autoptr(GString) plain = g_string_new(NULL);
    g_autoptr(GString) coloured = g_string_new(NULL);
    const GhCity city = make_city();
    const GhScoreOptions score_options = {0};
    const GhEvaluation evaluation = {.framework = &fixture->framework,
                                     .targets = &fixture->targets,
                                     .city = &city,
                                     .figures = figures,
                                     .scores = scores};

    gh_scores_compute(&fixture->framework, &fixture->targets, figures, &score_options, scores);
    write_text(&evaluation, plain);
    write_coloured(&evaluation, coloured);
    g_assert_nonnull(strstr(coloured->str, "\x1b["));
    g_autoptr(GRegex) colours = g_regex_new("\x1b\\[[0-9;]*m", 0, 0, NULL);
    g_autofree char *without = g_regex_replace_literal(colours, coloured->str, -1, 0, "", 0, NULL);
    g_assert_cmpstr(without, ==, plain->str);
}

static void
test_city_without_figures(void)
{
    g_autoptr(GhFixture) fixture = gh_fixture_new(ROWS, G_N_ELEMENTS(ROWS), 3, GH_SCORING_POINTS);
    g_autoptr(GhFigureSet) figures = gh_fixture_figures(fixture);
    g_autoptr(GhScores) scores = gh_scores_new(&fixture->framework);
    g_autoptr(GString) out = g_string_new(NULL);
    const GhCity city = make_city();
    const GhScoreOptions score_options = {0};
    const GhEvaluation evaluation = {.framework = &fixture->framework,
                                     .targets = &fixture->targets,
                                     .city = &city,
                                     .figures = figures,
                                     .scores = scores};

    figures->year = 0;
    gh_scores_compute(&fixture->framework, &fixture->targets, figures, &score_options, scores);
    gh_written_json(&evaluation, out);
    g_assert_nonnull(strstr(out->str, "\"year\":null"));
    g_assert_nonnull(strstr(out->str,
                            "\"points\":null,\"max_points\":0,\"score\":null,\"band\":null,"
                            "\"scored\":0,\"reported\":0,\"total\":4,\"coverage\":0,"
                            "\"lowest\":25,\"highest\":100"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/written/JSON as other programs rely on it", test_json);
    g_test_add_func("/written/CSV has a row for each group", test_csv);
    g_test_add_func("/written/text for a terminal of 80 columns", test_text);
    g_test_add_func("/written/explained down to the input", test_explained);
    g_test_add_func("/written/text keeps its width and steers no terminal", test_text_is_safe);
    g_test_add_func("/written/colour adds nothing but colour", test_colour_only_adds);
    g_test_add_func("/written/a city without figures gives the empty result",
                    test_city_without_figures);
    return g_test_run();
}
