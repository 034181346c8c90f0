/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_method.c - section 5: targets, bands, points, scores, with the official worked example. */
#include <string.h>

#include "evaluation/reports/report_private.h"
#include "evaluation/words/method.h"
#include "evaluation/words/say.h"

/* -- targets -- */

static void
add_targets(const GhReport *report)
{
    const GhLang *lang = report->lang;
    const GhFramework *framework = report->framework;
    const GhTargetSet *targets = report->evaluation->targets;
    size_t n_without = gh_method_count_rule(framework, targets, GH_RULE_NONE);
    g_autofree char *with = gh_report_count(report, framework->n_data_points - n_without);
    g_autofree char *without = gh_report_count(report, n_without);

    gh_document_heading(report->document, 2, GH_T(lang, "Targets"));
    if (gh_method_has_examples(framework))
        gh_document_paragraph(
            report->document, GH_PARAGRAPH_BODY,
            GH_T(lang, "The programme has benchmarks for most KPIs. Its reports say that they "
                       "were set from Sustainable Development Goals met in full, from targets of "
                       "international bodies, from goals and statistics of the United Nations, "
                       "and from leading cities. The number for each KPI is not published."));
    gh_report_paragraph(
        report, GH_PARAGRAPH_QUOTE,
        GH_T(lang, "This report uses the target set “{name}”. It is not official, and no score "
                   "made with it is an official result. It has a target for {with} data points "
                   "and none for {without}; what has no target is shown and not scored."),
        "name", targets->id, "with", with, "without", without, NULL);
}

/* -- bands -- */

static void
add_band_row(const GhReport *report, size_t band, bool has_points)
{
    g_autofree char *bounds = gh_say_band_bounds(report->framework, report->lang, band);

    gh_document_table_row(report->document);
    gh_document_begin_cell(report->document);
    gh_report_band_run(report, band);
    gh_document_end(report->document);
    gh_document_cell(report->document, bounds);
    if (has_points) {
        g_autofree char *points =
            gh_report_count(report, (size_t)report->framework->bands[band].points);
        gh_document_cell(report->document, points);
    }
}

static void
add_bands(const GhReport *report)
{
    const GhLang *lang = report->lang;
    bool has_points = report->framework->scoring == GH_SCORING_POINTS;
    const GhDocumentColumn columns[] = {
        {.head = GH_T(lang, "Band"), .share = 2, .row_heads = true},
        {.head = GH_T(lang, "Share of target, or score of a group"), .share = 3},
        {.head = GH_T(lang, "Points"), .share = 1, .align = GH_CELLS_END},
    };
    const GhDocumentTable table = {
        .caption = has_points ? GH_T(lang, "Bands and points") : GH_T(lang, "Bands"),
        .columns = columns,
        .n_columns = G_N_ELEMENTS(columns) - (has_points ? 0 : 1),
    };

    gh_document_heading(report->document, 2, GH_T(lang, "From a figure to a score"));
    gh_document_paragraph(
        report->document, GH_PARAGRAPH_BODY,
        GH_T(lang, "A value is set against its target. A rule says how much of the target it "
                   "reaches, from 0 to 100 %: its share of target. The share lies in a band. A "
                   "value on a bound belongs to the higher band."));
    gh_document_begin_table(report->document, &table);
    for (size_t i = 0; i < report->framework->n_bands; i++)
        add_band_row(report, i, has_points);
    gh_document_end_table(report->document);
}

static void
add_roll_up(const GhReport *report)
{
    const GhLang *lang = report->lang;

    switch (report->framework->scoring) {
    case GH_SCORING_POINTS:
        gh_document_paragraph(
            report->document, GH_PARAGRAPH_BODY,
            GH_T(lang, "A group’s score is the sum of its points in percent of the points "
                       "possible. All data points of a group count alike, whatever lies between. "
                       "What is not reported, and what has no target, is left out above and below "
                       "the line."));
        break;
    case GH_SCORING_ARITHMETIC:
        gh_document_paragraph(
            report->document, GH_PARAGRAPH_BODY,
            GH_T(lang, "A group’s score is the weighted arithmetic mean of its parts, level by "
                       "level. What is not reported, and what has no target, is left out."));
        break;
    case GH_SCORING_GEOMETRIC:
        gh_document_paragraph(
            report->document, GH_PARAGRAPH_BODY,
            GH_T(lang, "A group’s score is the weighted geometric mean of its parts, level by "
                       "level. What is not reported, and what has no target, is left out."));
        break;
    }
}

/* -- the worked example -- */

static void
add_example_row(const GhReport *report, const GhMethodExample *example)
{
    static const unsigned DECIMALS = 2; /* as printed: 56.25 % */
    double score = 0;
    g_autofree char *sum = gh_method_example_sum(report->framework, example, &score);
    g_autofree char *number = gh_lang_number(report->lang, score, DECIMALS);
    g_autofree char *percent = g_strdup_printf("%s\u00a0%%", number);

    gh_document_table_row(report->document);
    gh_document_cell(report->document, GH_T(report->lang, example->text));
    gh_document_cell(report->document, sum);
    gh_document_cell(report->document, percent);
    gh_document_begin_cell(report->document);
    gh_report_band_run(report, gh_score_band(report->framework, score));
    gh_document_end(report->document);
}

static void
add_examples(const GhReport *report)
{
    const GhLang *lang = report->lang;
    const GhDocumentColumn columns[] = {
        {.head = GH_T(lang, "Case"), .share = 2.4, .row_heads = true},
        {.head = GH_T(lang, "Points"), .share = 2},
        {.head = GH_T(lang, "Score"), .share = 1, .align = GH_CELLS_END},
        {.head = GH_T(lang, "Band"), .share = 1.5},
    };
    const GhDocumentTable table = {
        .caption = GH_T(lang, "The official examples, computed by the same code as every score"),
        .columns = columns,
        .n_columns = G_N_ELEMENTS(columns),
    };

    gh_document_heading(report->document, 2, GH_T(lang, "Worked example"));
    gh_document_paragraph(
        report->document, GH_PARAGRAPH_BODY,
        GH_T(lang, "Both are printed in the verification reports of U4SSC, for the category "
                   "Education with four indicators (Verification Report, Canton of Geneva, 2022, "
                   "p. 12)."));
    gh_document_begin_table(report->document, &table);
    for (size_t i = 0; i < GH_N_METHOD_EXAMPLES; i++)
        add_example_row(report, &GH_METHOD_EXAMPLES[i]);
    gh_document_end_table(report->document);
    gh_document_paragraph(
        report->document, GH_PARAGRAPH_BODY,
        GH_T(lang, "In the second case one figure was not reported. It is left out above and "
                   "below the line, so the score rises. That is why coverage and the range of "
                   "possible scores stand beside every score here."));
}

/* -- the rules -- */

static void
add_rules(const GhReport *report)
{
    const GhLang *lang = report->lang;
    const GhDocumentColumn columns[] = {
        {.head = GH_T(lang, "Share of target"), .share = 2, .row_heads = true},
        {.head = GH_T(lang, "In words"), .share = 4},
        {.head = GH_T(lang, "Data points"), .share = 1, .align = GH_CELLS_END},
    };
    const GhDocumentTable table = {
        .caption = GH_T(lang, "Rules: v is the value, t the target, w the worst value"),
        .columns = columns,
        .n_columns = G_N_ELEMENTS(columns),
    };

    gh_document_heading(report->document, 2, GH_T(lang, "From a value to its share of target"));
    gh_document_paragraph(
        report->document, GH_PARAGRAPH_BODY,
        GH_T(lang, "Which rule holds for which data point comes with the target set. Shares stay "
                   "between 0 and 100 %."));
    gh_document_begin_table(report->document, &table);
    for (size_t i = 0; i < GH_N_METHOD_RULES; i++) {
        const GhMethodRule *rule = &GH_METHOD_RULES[i];
        g_autofree char *n =
            gh_report_count(report, gh_method_count_rule(report->framework,
                                                         report->evaluation->targets, rule->rule));
        gh_document_table_row(report->document);
        gh_document_cell(report->document, rule->formula);
        gh_document_cell(report->document, GH_T(lang, rule->words));
        gh_document_cell(report->document, n);
    }
    gh_document_end_table(report->document);
}

/* -- what is whose -- */

/* What the published pages read so far leave open. */
static void
add_our_reading(const GhReport *report)
{
    const GhFramework *framework = report->framework;
    size_t n_first = 0;

    for (size_t i = 0; i < framework->n_kpis; i++)
        n_first += framework->kpis[i].tier == 0 ? 1 : 0;
    g_autofree char *points = gh_report_count(report, framework->n_data_points);
    g_autofree char *first = gh_report_count(report, n_first);
    g_autofree char *rest = gh_report_count(report, framework->n_kpis - n_first);
    gh_report_bullet(
        report,
        GH_T(report->lang,
             "Ours, too, is the division of the indicators into {data_points} data points: no "
             "official count was found to confirm it. Which indicators are core is not settled "
             "either: here {core} are core and {advanced} advanced, where 54 and 37 are commonly "
             "cited."),
        "data_points", points, "core", first, "advanced", rest, NULL);
}

static void
add_official(const GhReport *report)
{
    const GhLang *lang = report->lang;

    gh_document_heading(report->document, 2, GH_T(lang, "What is official, and what is ours"));
    gh_report_bullet(
        report,
        GH_T(lang, "Official: the indicators, the four bands and their points, the sum over a "
                   "group, and the two examples. They are printed in the U4SSC verification "
                   "reports and in Recommendation ITU-T Y.4903."),
        NULL);
    gh_report_bullet(
        report,
        GH_T(lang, "Ours: the targets, the rules from a value to a share, which band a bound "
                   "belongs to, coverage, lowest and highest, and the names and colours of the "
                   "bands."),
        NULL);
    add_our_reading(report);
}

void
gh_report_method(const GhReport *report)
{
    const GhLang *lang = report->lang;
    bool has_examples = gh_method_has_examples(report->framework);

    gh_document_heading(report->document, 1, GH_T(lang, "Benchmarks and scoring methodology"));
    add_targets(report);
    add_bands(report);
    add_roll_up(report);
    if (has_examples)
        add_examples(report);
    add_rules(report);
    if (has_examples)
        add_official(report);
    gh_document_paragraph(
        report->document, GH_PARAGRAPH_BODY,
        GH_T(lang, "Scores give context. Read them together with the city’s own goals, and next "
                   "to cities that are like it."));
}
