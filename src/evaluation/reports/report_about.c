/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_about.c - the end of the verification report: sources, and what this document is. */
#include <string.h>

#include "base/clock.h"
#include "evaluation/reports/report_private.h"

void
gh_report_source_list(const GhReport *report)
{
    const GhLang *lang = report->lang;
    size_t n = gh_report_sources_n(report->sources);

    gh_document_page_break(report->document);
    gh_document_heading(report->document, 1, GH_T(lang, "Sources"));
    if (n == 0)
        gh_document_paragraph(report->document, GH_PARAGRAPH_BODY,
                              gh_report_has_figures(report)
                                  ? GH_T(lang, "No figure names its source.")
                                  : GH_T(lang, "There are no figures, and so no sources."));
    for (size_t i = 1; i <= n; i++) {
        size_t n_figures = gh_report_sources_n_figures(report->sources, i);
        g_autofree char *count = gh_report_count(report, n_figures);
        g_autofree char *text = gh_lang_fill(
            gh_lang_plural(lang, "({n} figure)", "({n} figures)", n_figures), "n", count, NULL);
        gh_document_begin_item(report->document, GH_LIST_NUMBERS);
        gh_document_run(report->document, GH_RUN_PLAIN, gh_report_sources_text(report->sources, i));
        gh_document_run(report->document, GH_RUN_PLAIN, " ");
        gh_document_run(report->document, GH_RUN_SOFT, text);
        gh_document_end(report->document);
    }
    gh_document_heading(report->document, 2, GH_T(lang, "Sources of indicators and method"));
    for (size_t i = 0; report->framework->sources[i] != NULL; i++)
        gh_report_bullet(report, "{text}", "text", report->framework->sources[i], NULL);
}

/* -- about -- */

static void
add_row(const GhReport *report, const char *label, const char *text)
{
    gh_document_table_row(report->document);
    gh_document_cell(report->document, label);
    gh_document_cell(report->document, text);
}

static void
add_address_row(const GhReport *report)
{
    const GhEvaluation *evaluation = report->evaluation;
    const char *site = report->options->site;

    if (site == NULL)
        return;
    g_autofree char *address =
        gh_report_has_figures(report)
            ? g_strdup_printf("%s/cities/%s?year=%d&targets=%s", site, evaluation->city->slug,
                              evaluation->figures->year, evaluation->targets->id)
            : g_strdup_printf("%s/cities/%s", site, evaluation->city->slug);
    gh_document_table_row(report->document);
    gh_document_cell(report->document, GH_T(report->lang, "Permanent address"));
    gh_document_begin_cell(report->document);
    gh_document_run_link(report->document, address, address);
    gh_document_end(report->document);
}

static char *
say_day(const GhReport *report)
{
    char *text = gh_clock_format_utc(report->options->made_us);

    text[strlen("2026-11-22")] = '\0'; /* the day is enough */
    return text;
}

void
gh_report_about(const GhReport *report)
{
    const GhLang *lang = report->lang;
    const GhFramework *framework = report->framework;
    const GhDocumentColumn columns[] = {
        {.head = "", .share = 1, .row_heads = true},
        {.head = "", .share = 3},
    };
    const GhDocumentTable table = {
        .summary = GH_T(lang, "From what this report was made"),
        .columns = columns,
        .n_columns = G_N_ELEMENTS(columns),
        .plain = true,
    };
    g_autofree char *framework_text =
        gh_lang_fill(GH_T(lang, "{name}, version {version}"), "name", framework->name, "version",
                     framework->version, NULL);
    g_autofree char *targets = gh_lang_fill(GH_T(lang, "set “{name}”, not official"), "name",
                                            report->evaluation->targets->id, NULL);
    g_autofree char *version = g_strdup_printf("%" G_GINT64_FORMAT, report->options->data_version);
    g_autofree char *day = say_day(report);

    gh_document_heading(report->document, 1, GH_T(lang, "About this report"));
    gh_document_begin_table(report->document, &table);
    add_row(report, GH_T(lang, "Framework"), framework_text);
    add_row(report, GH_T(lang, "Targets"), targets);
    if (report->options->data_version > 0)
        add_row(report, GH_T(lang, "Version of the figures"), version);
    add_row(report, GH_T(lang, "Made on"), day);
    add_row(report, GH_T(lang, "Made with"), "Guildhall " GH_VERSION);
    add_address_row(report);
    gh_document_end_table(report->document);
    gh_document_paragraph(
        report->document, GH_PARAGRAPH_SMALL,
        GH_T(lang, "Data and texts: Creative Commons Attribution 4.0 International (CC BY 4.0), "
                   "where a figure’s own source does not say otherwise."));
}
