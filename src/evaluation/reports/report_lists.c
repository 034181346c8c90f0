/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_lists.c - sections 7 and 8: KPIs that are not reported, or in part, and why as far as the
 * figures say it; figures that are not verified. */
#include <math.h>

#include "evaluation/reports/report_private.h"
#include "evaluation/reports/report_rules.h"
#include "evaluation/words/say.h"

static const char *
say_reason(const GhReport *report, const GhFigure *figure)
{
    return figure->note != NULL && figure->note[0] != '\0' ? figure->note
                                                           : GH_T(report->lang, "reason not known");
}

/* Whether a data point belongs on the list: it applies, and has no value. */
static bool
lacks_value(const GhFigure *figure)
{
    return isnan(figure->value) && figure->status != GH_STATUS_NOT_APPLICABLE;
}

/* -- 7: not reported -- */

/* Number, name and tier; "EC.ICT.ICT.1C  Household Internet Access". */
static void
add_kpi_cells(const GhReport *report, size_t kpi)
{
    const GhKpi *row = &report->framework->kpis[kpi];

    gh_document_cell(report->document, row->id);
    gh_document_cell(report->document, gh_say_kpi(report->framework, report->lang, kpi));
}

static const char *
say_tier(const GhReport *report, size_t kpi)
{
    return gh_say_tier(report->framework, report->lang, report->framework->kpis[kpi].tier);
}

/* One row for a KPI whose data points lack a value all in the same way, else one for each. */
static bool
lacks_alike(const GhReport *report, const GhKpi *kpi)
{
    const GhFigure *figures = &report->evaluation->figures->figures[kpi->first_data_point];

    for (size_t i = 1; i < kpi->n_data_points; i++) {
        if (figures[i].status != figures[0].status || g_strcmp0(figures[i].note, figures[0].note))
            return false;
    }
    return true;
}

static void
add_missing_row(const GhReport *report, size_t kpi, gssize data_point)
{
    const GhKpi *row = &report->framework->kpis[kpi];
    size_t shown = data_point >= 0 ? (size_t)data_point : row->first_data_point;
    const GhFigure *figure = &report->evaluation->figures->figures[shown];
    GhDocument *document = report->document;

    gh_document_table_row(document);
    if (data_point >= 0) {
        g_autofree char *name = gh_say_figure(report->framework, report->lang, shown);
        gh_document_cell(document, row->id);
        gh_document_cell(document, name);
    } else {
        add_kpi_cells(report, kpi);
    }
    if (gh_report_has_tiers(report))
        gh_document_cell(document, say_tier(report, kpi));
    gh_document_cell(document, gh_say_state(report->lang, figure));
    gh_document_cell(document, say_reason(report, figure));
}

static void
add_missing_kpi(const GhReport *report, size_t kpi, GhReportKpiState state)
{
    const GhKpi *row = &report->framework->kpis[kpi];

    if (state == GH_REPORT_KPI_NONE && lacks_alike(report, row)) {
        add_missing_row(report, kpi, -1);
        return;
    }
    for (size_t i = 0; i < row->n_data_points; i++) {
        size_t data_point = row->first_data_point + i;
        if (lacks_value(&report->evaluation->figures->figures[data_point]))
            add_missing_row(report, kpi, (gssize)data_point);
    }
}

/* KPIs in one state; false when there is none. */
static bool
add_missing_kpis(const GhReport *report, GhReportKpiState state, const char *caption)
{
    const GhLang *lang = report->lang;
    const GhFramework *framework = report->framework;
    bool has_tiers = gh_report_has_tiers(report);
    const GhDocumentColumn level_column = {.head = GH_T(lang, "Level"), .share = 1.1};
    const GhDocumentColumn state_column = {.head = GH_T(lang, "State"), .share = 1.3};
    const GhDocumentColumn reason_column = {.head = GH_T(lang, "Reason"), .share = 2.8};
    const GhDocumentColumn columns[] = {
        {.head = GH_T(lang, "Number"), .share = 1.8},
        {.head = gh_lang_text_context(lang, "of a KPI", "Name"), .share = 3.6, .row_heads = true},
        has_tiers ? level_column : state_column,
        has_tiers ? state_column : reason_column,
        reason_column,
    };
    const GhDocumentTable table = {
        .caption = caption,
        .columns = columns,
        .n_columns = G_N_ELEMENTS(columns) - (has_tiers ? 0 : 1),
    };
    const char *top = NULL;

    for (size_t i = 0; i < framework->n_kpis; i++) {
        if (gh_report_kpi_state(report->evaluation, i) != state)
            continue;
        const char *own_top = framework->groups[framework->kpis[i].groups[0]].name;
        if (top == NULL)
            gh_document_begin_table(report->document, &table);
        if (g_strcmp0(top, own_top) != 0)
            gh_document_table_group(report->document, gh_say_group(framework, lang, own_top));
        top = own_top;
        add_missing_kpi(report, i, state);
    }
    if (top == NULL)
        return false;
    gh_document_end_table(report->document);
    return true;
}

/* KPIs that do not apply are on neither list, so they are named. */
static void
add_not_applicable(const GhReport *report)
{
    g_autoptr(GString) names = g_string_new(NULL);
    size_t n = 0;

    for (size_t i = 0; i < report->framework->n_data_points; i++) {
        if (report->evaluation->figures->figures[i].status != GH_STATUS_NOT_APPLICABLE)
            continue;
        g_autofree char *name = gh_say_figure(report->framework, report->lang, i);
        g_string_append_printf(names, "%s%s", n++ > 0 ? "; " : "", name);
    }
    if (n > 0)
        gh_report_paragraph(report, GH_PARAGRAPH_BODY,
                            GH_T(report->lang, "Not applicable to the city, and so not missing: "
                                               "{names}."),
                            "names", names->str, NULL);
}

void
gh_report_not_reported(const GhReport *report)
{
    const GhLang *lang = report->lang;

    gh_document_page_break(report->document);
    gh_document_heading(report->document, 1, GH_T(lang, "KPIs not reported"));
    gh_document_paragraph(
        report->document, GH_PARAGRAPH_BODY,
        GH_T(lang, "A reason stands here where the source gives one with the figure. Where the "
                   "state is “missing”, it is not even known whether the figure was asked for."));
    if (!add_missing_kpis(report, GH_REPORT_KPI_NONE, GH_T(lang, "KPIs without any value")))
        gh_document_paragraph(report->document, GH_PARAGRAPH_BODY,
                              GH_T(lang, "Every KPI that applies has at least one value."));
    if (!add_missing_kpis(report, GH_REPORT_KPI_PARTIAL,
                          GH_T(lang, "KPIs reported in part: the data points without a value")))
        gh_document_paragraph(report->document, GH_PARAGRAPH_BODY,
                              GH_T(lang, "No KPI is reported only in part."));
    add_not_applicable(report);
}

/* -- 8: not verified -- */

static bool
is_unverified(const GhFigure *figure)
{
    return figure->status == GH_STATUS_NOT_VERIFIED || (!isnan(figure->value) && !figure->verified);
}

static void
add_unverified_row(const GhReport *report, size_t data_point)
{
    const GhFigure *figure = &report->evaluation->figures->figures[data_point];
    const GhKpi *kpi = &report->framework->kpis[report->framework->data_points[data_point].kpi];
    g_autofree char *name = gh_say_figure(report->framework, report->lang, data_point);
    g_autofree char *value = gh_report_value(report, data_point);

    gh_document_table_row(report->document);
    gh_document_cell(report->document, kpi->id);
    gh_document_cell(report->document, name);
    gh_document_cell(report->document, value != NULL ? value : "–");
    gh_document_begin_cell(report->document);
    gh_document_run(report->document, GH_RUN_PLAIN,
                    figure->report != NULL && figure->report[0] != '\0'
                        ? figure->report
                        : GH_T(report->lang, "not known"));
    gh_report_source_run(report, data_point);
    gh_document_end(report->document);
}

static size_t
count_unverified(const GhReport *report)
{
    size_t n = 0;

    for (size_t i = 0; i < report->framework->n_data_points; i++)
        n += is_unverified(&report->evaluation->figures->figures[i]) ? 1 : 0;
    return n;
}

static void
add_unverified(const GhReport *report)
{
    const GhLang *lang = report->lang;
    const GhDocumentColumn columns[] = {
        {.head = GH_T(lang, "Number"), .share = 1.8},
        {.head = GH_T(lang, "KPI / data point"), .share = 3.6, .row_heads = true},
        {.head = GH_T(lang, "Result"), .share = 2.8, .align = GH_CELLS_END},
        {.head = GH_T(lang, "Published in"), .share = 1.8},
    };
    const GhDocumentTable table = {
        .caption = GH_T(lang, "Data points not verified"),
        .columns = columns,
        .n_columns = G_N_ELEMENTS(columns),
    };

    gh_document_begin_table(report->document, &table);
    for (size_t i = 0; i < report->framework->n_data_points; i++) {
        if (is_unverified(&report->evaluation->figures->figures[i]))
            add_unverified_row(report, i);
    }
    gh_document_end_table(report->document);
}

void
gh_report_not_verified(const GhReport *report)
{
    const GhLang *lang = report->lang;

    gh_document_heading(report->document, 1, GH_T(lang, "KPIs not verified"));
    if (count_unverified(report) == 0) {
        gh_document_paragraph(report->document, GH_PARAGRAPH_BODY,
                              gh_report_has_figures(report)
                                  ? GH_T(lang, "Every value in this report is verified.")
                                  : GH_T(lang, "There is no value yet."));
        return;
    }
    gh_document_paragraph(
        report->document, GH_PARAGRAPH_BODY,
        GH_T(lang, "No verification of these figures is known here: they come from publications "
                   "other than a Verification Report, or their report says that they could not "
                   "be verified. Those with a value are shown and scored, and their benchmark is "
                   "to be read in that light."));
    add_unverified(report);
}
