/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_summary.c - sections 2 and 3: how much is reported and verified, by top group and tier. */
#include "evaluation/reports/report_private.h"
#include "evaluation/reports/report_rules.h"
#include "evaluation/words/say.h"

static void
add_count_cell(const GhReport *report, size_t n)
{
    g_autofree char *text = gh_report_count(report, n);

    gh_document_cell(report->document, text);
}

/* "12 (48 %)", so that a row can be compared with others. */
static void
add_share_cell(const GhReport *report, size_t n, size_t total)
{
    static const double FULL_PERCENT = 100.0;

    if (total == 0) {
        gh_document_cell(report->document, "–");
        return;
    }
    g_autofree char *count = gh_report_count(report, n);
    g_autofree char *share =
        gh_lang_number(report->lang, FULL_PERCENT * (double)n / (double)total, 0);
    g_autofree char *text = g_strdup_printf("%s\u2002(%s\u00a0%%)", count, share);
    gh_document_cell(report->document, text);
}

/* Writes a row's cells behind its name. */
typedef void (*AddCells)(const GhReport *report, gssize top, gssize tier);

static void
add_row(const GhReport *report, const char *name, gssize top, gssize tier, AddCells add_cells)
{
    gh_document_table_row(report->document);
    gh_document_cell(report->document, name);
    add_cells(report, top, tier);
}

/* One row a tier, and all of them together; with one tier only that. */
static void
add_rows(const GhReport *report, const char *name, gssize top, AddCells add_cells)
{
    const GhFramework *framework = report->framework;

    if (!gh_report_has_tiers(report)) {
        add_row(report, name, top, GH_REPORT_ALL, add_cells);
        return;
    }
    gh_document_table_group(report->document, name);
    for (size_t i = 0; i < framework->n_tiers; i++)
        add_row(report, gh_say_tier(framework, report->lang, i), top, (gssize)i, add_cells);
    add_row(report, gh_lang_text_context(report->lang, "tiers", "All"), top, GH_REPORT_ALL,
            add_cells);
}

static void
add_all_rows(const GhReport *report, AddCells add_cells)
{
    g_autoptr(GArray) tops = gh_report_groups(report->framework, 0);

    for (guint i = 0; i < tops->len; i++) {
        size_t top = g_array_index(tops, size_t, i);
        add_rows(report,
                 gh_say_group(report->framework, report->lang, report->framework->groups[top].name),
                 (gssize)top, add_cells);
    }
    if (tops->len > 1)
        add_rows(report, gh_lang_text_context(report->lang, "groups", "Together"), GH_REPORT_ALL,
                 add_cells);
}

/* -- KPIs -- */

static void
add_kpi_cells(const GhReport *report, gssize top, gssize tier)
{
    const GhReportKpis kpis = gh_report_count_kpis(report->evaluation, top, tier);

    add_share_cell(report, kpis.reported, kpis.total);
    add_count_cell(report, kpis.partial);
    add_share_cell(report, kpis.verified, kpis.total);
    add_count_cell(report, kpis.total);
}

void
gh_report_kpi_summary(const GhReport *report)
{
    const GhLang *lang = report->lang;
    const GhDocumentColumn columns[] = {
        {.head = "", .share = 3, .row_heads = true},
        {.head = GH_T(lang, "Reported"), .share = 2, .align = GH_CELLS_END},
        {.head = GH_T(lang, "of these in part"), .share = 2, .align = GH_CELLS_END},
        {.head = GH_T(lang, "Verified"), .share = 2, .align = GH_CELLS_END},
        {.head = GH_T(lang, "Total"), .share = 1.5, .align = GH_CELLS_END},
    };
    const GhDocumentTable table = {
        .caption = GH_T(lang, "KPIs reported and verified"),
        .summary = GH_T(lang, "KPIs by group and level: how many are reported, in part, verified, "
                              "and how many there are"),
        .columns = columns,
        .n_columns = G_N_ELEMENTS(columns),
    };

    gh_document_heading(report->document, 1, GH_T(lang, "KPI reporting and verification summary"));
    gh_document_paragraph(
        report->document, GH_PARAGRAPH_BODY,
        GH_T(lang, "A KPI is reported when at least one of its data points has a value, and "
                   "verified when all the values it has are verified. KPIs that do not apply to "
                   "the city are not counted. Shares are of the total."));
    gh_document_begin_table(report->document, &table);
    add_all_rows(report, add_kpi_cells);
    gh_document_end_table(report->document);
}

/* -- data points -- */

static void
add_point_cells(const GhReport *report, gssize top, gssize tier)
{
    const GhReportPoints points = gh_report_count_points(report->evaluation, top, tier);

    add_count_cell(report, points.verified);
    add_count_cell(report, points.unverified);
    add_count_cell(report, points.not_verified);
    add_count_cell(report, points.not_reported);
    add_count_cell(report, points.not_available);
    add_count_cell(report, points.missing);
    add_count_cell(report, points.not_applicable);
    add_count_cell(report, points.all);
}

void
gh_report_data_point_summary(const GhReport *report)
{
    const GhLang *lang = report->lang;
    const GhDocumentColumn columns[] = {
        {.head = "", .share = 2.3, .row_heads = true},
        {.head = GH_T(lang, "Value, verified"), .share = 1.5, .align = GH_CELLS_END},
        {.head = GH_T(lang, "Value, not verified"), .share = 1.5, .align = GH_CELLS_END},
        {.head = GH_T(lang, "Not verified, no value"), .share = 1.5, .align = GH_CELLS_END},
        {.head = GH_T(lang, "Not reported"), .share = 1.5, .align = GH_CELLS_END},
        {.head = GH_T(lang, "Not available"), .share = 1.5, .align = GH_CELLS_END},
        {.head = GH_T(lang, "Missing"), .share = 1.4, .align = GH_CELLS_END},
        {.head = GH_T(lang, "Not applicable"), .share = 1.6, .align = GH_CELLS_END},
        {.head = GH_T(lang, "Total"), .share = 1.1, .align = GH_CELLS_END},
    };
    const GhDocumentTable table = {
        .caption = GH_T(lang, "Data points by state"),
        .summary = GH_T(lang, "Data points by group and level, each counted in one state"),
        .columns = columns,
        .n_columns = G_N_ELEMENTS(columns),
    };

    if (gh_report_has_tiers(report)) /* else the tables are short */
        gh_document_page_break(report->document);
    gh_document_heading(report->document, 1,
                        GH_T(lang, "KPI data points reporting and verification summary"));
    gh_document_paragraph(
        report->document, GH_PARAGRAPH_BODY,
        GH_T(lang, "Every data point stands in exactly one column, so each row adds up to its "
                   "total. “Missing” means that nothing is known, not even whether the city was "
                   "asked for it."));
    gh_document_begin_table(report->document, &table);
    add_all_rows(report, add_point_cells);
    gh_document_end_table(report->document);
}
