/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_parts.c - sentences, numbers and cells that several sections have. */
#include <gio/gio.h>
#include <math.h>

#include "evaluation/charts/city_charts.h"
#include "evaluation/reports/report_private.h"
#include "evaluation/words/say.h"

static const unsigned PERCENT_DECIMALS = 1;
static const unsigned SCORE_DECIMALS = 1;

bool
gh_report_has_figures(const GhReport *report)
{
    const GhFigureSet *figures = report->evaluation->figures;

    for (size_t i = 0; i < figures->n_figures; i++) {
        if (figures->figures[i].status != GH_STATUS_MISSING)
            return true;
    }
    return false;
}

char *
gh_report_year(const GhReport *report)
{
    int year = report->evaluation->figures->year;

    return year > 0 ? g_strdup_printf("%d", year) : g_strdup(GH_T(report->lang, "no figures yet"));
}

bool
gh_report_tell(const GhReport *report, const char *step, double share, GError **error)
{
    if (gh_progress_report(report->options->progress, step, share))
        return true;
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the report was stopped");
    return false;
}

/* -- paragraphs -- */

void
gh_report_paragraph(const GhReport *report, GhParagraphStyle style, const char *pattern, ...)
{
    va_list arguments;

    va_start(arguments, pattern);
    g_autofree char *text = gh_lang_fill_va(pattern, arguments);
    va_end(arguments);
    gh_document_paragraph(report->document, style, text);
}

void
gh_report_bullet(const GhReport *report, const char *pattern, ...)
{
    va_list arguments;

    va_start(arguments, pattern);
    g_autofree char *text = gh_lang_fill_va(pattern, arguments);
    va_end(arguments);
    gh_document_begin_item(report->document, GH_LIST_BULLETS);
    gh_document_run(report->document, GH_RUN_PLAIN, text);
    gh_document_end(report->document);
}

/* -- words -- */

char *
gh_report_count(const GhReport *report, size_t n)
{
    return gh_lang_number(report->lang, (double)n, 0);
}

char *
gh_report_percent(const GhReport *report, double percent)
{
    g_autofree char *number = gh_lang_number(report->lang, percent, PERCENT_DECIMALS);

    return g_strdup_printf("%s\u00a0%%", number);
}

char *
gh_report_value(const GhReport *report, size_t data_point)
{
    double value = report->evaluation->figures->figures[data_point].value;

    return isnan(value) ? NULL
                        : gh_say_value_unit(report->framework, report->lang, data_point, value);
}

char *
gh_report_share(const GhReport *report, double share)
{
    g_autofree char *number = gh_say_score(report->framework, report->lang, share);

    return g_strdup_printf("%s\u00a0%%", number);
}

char *
gh_report_score(const GhReport *report, double score)
{
    static const double SCALE = 10;

    if (isnan(score))
        return g_strdup("–");
    if (gh_score_band(report->framework, round(score * SCALE) / SCALE)
        == gh_score_band(report->framework, score))
        return gh_lang_number(report->lang, score, SCORE_DECIMALS);
    return gh_say_score(report->framework, report->lang, score);
}

char *
gh_report_range(const GhReport *report, const GhGroupScore *score)
{
    if (isnan(score->lowest))
        return g_strdup("–");
    g_autofree char *lowest = gh_report_score(report, score->lowest);
    g_autofree char *highest = gh_report_score(report, score->highest);
    return gh_say_range(report->lang, lowest, highest, "");
}

char *
gh_report_coverage(const GhReport *report, const GhGroupScore *score)
{
    g_autofree char *reported = gh_report_count(report, score->reported);
    g_autofree char *total = gh_report_count(report, score->total);

    return gh_lang_fill(GH_T(report->lang, "{reported} of {total}"), "reported", reported, "total",
                        total, NULL);
}

char *
gh_report_coverage_figures(const GhReport *report, const GhGroupScore *score)
{
    g_autofree char *reported = gh_report_count(report, score->reported);
    g_autofree char *total = gh_report_count(report, score->total);

    return gh_lang_fill(gh_lang_plural(report->lang, "{reported} of {total} figure",
                                       "{reported} of {total} figures", score->total),
                        "reported", reported, "total", total, NULL);
}

char *
gh_report_possible(const GhReport *report, const GhGroupScore *score)
{
    if (isnan(score->lowest))
        return NULL;
    g_autofree char *lowest = gh_say_score(report->framework, report->lang, score->lowest);
    g_autofree char *highest = gh_say_score(report->framework, report->lang, score->highest);
    g_autofree char *range = gh_say_range(report->lang, lowest, highest, "");
    return gh_lang_fill(GH_T(report->lang, "possible: {range}"), "range", range, NULL);
}

bool
gh_report_has_tiers(const GhReport *report)
{
    return report->framework->n_tiers > 1;
}

char *
gh_report_targets(const GhReport *report)
{
    return gh_lang_fill(GH_T(report->lang, "Targets: set “{name}”, not official"), "name",
                        report->evaluation->targets->id, NULL);
}

/* -- cells -- */

void
gh_report_band_run(const GhReport *report, size_t band)
{
    const char *word = gh_say_band(report->framework, report->lang, band);

    /* The word stands beside the mark, so the mark itself says nothing more. */
    gh_document_run_mark(report->document,
                         gh_palette_step_of_band(band, report->framework->n_bands), "");
    gh_document_run(report->document, GH_RUN_PLAIN, "\u00a0");
    gh_document_run(report->document, GH_RUN_PLAIN, word);
}

void
gh_report_group_band_cell(const GhReport *report, const GhGroupScore *score)
{
    gh_document_begin_cell(report->document);
    if (score->has_score)
        gh_report_band_run(report, score->band);
    else
        gh_document_run(report->document, GH_RUN_SOFT,
                        gh_city_group_shown(score) == GH_SHOWN_NO_TARGET
                            ? GH_T(report->lang, "no target")
                            : GH_T(report->lang, "no data"));
    gh_document_end(report->document);
}

void
gh_report_point_band_cell(const GhReport *report, size_t data_point)
{
    const GhPointScore *point = &report->evaluation->scores->points[data_point];

    gh_document_begin_cell(report->document);
    if (point->scored)
        gh_report_band_run(report, point->band);
    else if (report->evaluation->targets->targets[data_point].rule == GH_RULE_NONE)
        gh_document_run(report->document, GH_RUN_SOFT,
                        gh_lang_text_context(report->lang, "benchmark", "N/A"));
    else
        gh_document_run(report->document, GH_RUN_SOFT, "–");
    gh_document_end(report->document);
}

void
gh_report_source_run(const GhReport *report, size_t data_point)
{
    const GhFigure *figure = &report->evaluation->figures->figures[data_point];
    size_t number = gh_report_sources_number(report->sources, figure);

    if (number == 0 || gh_report_sources_n(report->sources) < 2)
        return;
    g_autofree char *text = g_strdup_printf("\u00a0[%zu]", number);
    gh_document_run(report->document, GH_RUN_SOFT, text);
}

/* -- groups -- */

GArray *
gh_report_groups(const GhFramework *framework, size_t level)
{
    GArray *groups = g_array_new(FALSE, FALSE, sizeof(size_t));

    for (size_t i = 0; i < framework->n_groups; i++) {
        if (framework->groups[i].level == level)
            g_array_append_val(groups, i);
    }
    return groups;
}

bool
gh_report_groups_meet(const GhGroup *lower, const GhGroup *upper)
{
    for (size_t i = 0; i < lower->n_kpis; i++) {
        for (size_t k = 0; k < upper->n_kpis; k++) {
            if (lower->kpis[i] == upper->kpis[k])
                return true;
        }
    }
    return false;
}
