/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_results.c - section 6: every data point with result, benchmark and state, a table for each
 * top group. */
#include <math.h>

#include "evaluation/reports/report_private.h"
#include "evaluation/words/say.h"

/* The cell of a result that has no value says why; the state beside it says the same in its place in
 * the table, so that a value is never mistaken for missing. */
static const char *
say_no_result(const GhReport *report, const GhFigure *figure)
{
    const GhLang *lang = report->lang;

    switch (figure->status) {
    case GH_STATUS_MISSING:
        return "–";
    case GH_STATUS_REPORTED: /* has a value */
        g_assert_not_reached();
    case GH_STATUS_NOT_REPORTED:
        return gh_lang_text_context(lang, "result", "Not reported");
    case GH_STATUS_NOT_APPLICABLE:
        return gh_lang_text_context(lang, "result", "Not applicable");
    case GH_STATUS_NOT_VERIFIED:
        return gh_lang_text_context(lang, "result", "Not verified");
    case GH_STATUS_NOT_AVAILABLE:
        return gh_lang_text_context(lang, "result", "Not available");
    }
    g_assert_not_reached();
}

static void
add_name(const GhReport *report, size_t data_point)
{
    const GhFigure *figure = &report->evaluation->figures->figures[data_point];
    g_autofree char *name = gh_say_figure(report->framework, report->lang, data_point);

    gh_document_begin_cell(report->document);
    gh_document_run(report->document, GH_RUN_PLAIN, name);
    if (figure->note != NULL && figure->note[0] != '\0')
        gh_document_run_footnote(report->document, figure->note);
    gh_document_end(report->document);
}

static void
add_result(const GhReport *report, size_t data_point)
{
    const GhFigure *figure = &report->evaluation->figures->figures[data_point];
    const GhDataPoint *point = &report->framework->data_points[data_point];

    if (isnan(figure->value)) {
        gh_document_cell(report->document, say_no_result(report, figure));
        gh_document_cell(report->document, "");
        return;
    }
    g_autofree char *value = gh_say_value(report->lang, point, figure->value);
    gh_document_begin_cell(report->document);
    gh_document_run(report->document, GH_RUN_STRONG, value);
    gh_document_end(report->document);
    gh_document_cell(report->document, gh_say_unit(report->framework, report->lang, data_point));
}

/* "verified [2]", and the quality class where the figure has one. */
static void
add_state(const GhReport *report, size_t data_point)
{
    const GhFigure *figure = &report->evaluation->figures->figures[data_point];

    gh_document_begin_cell(report->document);
    gh_document_run(report->document, GH_RUN_PLAIN, gh_say_state(report->lang, figure));
    if (figure->quality > 0) {
        g_autofree char *class = g_strdup_printf("%d", figure->quality);
        g_autofree char *text =
            gh_lang_fill(GH_T(report->lang, "class\u00a0{class}"), "class", class, NULL);
        gh_document_run(report->document, GH_RUN_PLAIN, ", ");
        gh_document_run(report->document, GH_RUN_SOFT, text);
    }
    gh_report_source_run(report, data_point);
    gh_document_end(report->document);
}

/* The data points of a lowest group, its name in front of the first. */
static void
add_group(const GhReport *report, const GhGroup *group)
{
    for (size_t i = 0; i < group->n_data_points; i++) {
        size_t data_point = group->data_points[i];
        gh_document_table_row(report->document);
        if (i == 0)
            gh_document_cell(report->document,
                             gh_say_group(report->framework, report->lang, group->name));
        else
            gh_document_cell_joined(report->document);
        add_name(report, data_point);
        add_result(report, data_point);
        gh_report_point_band_cell(report, data_point);
        add_state(report, data_point);
    }
}

static void
add_top(const GhReport *report, const GhGroup *top)
{
    const GhFramework *framework = report->framework;
    const GhLang *lang = report->lang;
    size_t lowest = framework->n_levels - 1;
    const char *name = gh_say_group(framework, lang, top->name);
    const GhDocumentColumn columns[] = {
        {.head = gh_say_level(framework, lang, lowest), .share = 1.85, .row_heads = true},
        {.head = GH_T(lang, "KPI / data point"), .share = 3.4},
        {.head = GH_T(lang, "Result"), .share = 1.25, .align = GH_CELLS_END},
        {.head = GH_T(lang, "Unit"), .share = 1.5},
        {.head = GH_T(lang, "Benchmark"), .share = 2.1},
        {.head = GH_T(lang, "State"), .share = 1.9},
    };
    g_autofree char *caption =
        gh_lang_fill(GH_T(lang, "Verification results: {group}"), "group", name, NULL);
    const GhDocumentTable table = {
        .caption = caption,
        .summary = GH_T(lang, "Every data point with its result, its band against the target, and "
                              "the state of the figure"),
        .columns = columns,
        .n_columns = G_N_ELEMENTS(columns),
    };
    g_autoptr(GArray) groups = gh_report_groups(framework, lowest);

    gh_document_heading(report->document, 2, name);
    gh_document_begin_table(report->document, &table);
    for (guint i = 0; i < groups->len; i++) {
        const GhGroup *group = &framework->groups[g_array_index(groups, size_t, i)];
        if (g_strcmp0(group->top, top->name) == 0)
            add_group(report, group);
    }
    gh_document_end_table(report->document);
}

/* What the classes of quality mean, where figures have one. */
static void
add_qualities(const GhReport *report)
{
    const GhFramework *framework = report->framework;
    const GhFigureSet *figures = report->evaluation->figures;
    g_autoptr(GString) classes = g_string_new(NULL);
    bool any = false;

    for (size_t i = 0; i < figures->n_figures && !any; i++)
        any = figures->figures[i].quality > 0;
    if (!any)
        return;
    for (size_t i = 0; i < framework->n_qualities; i++) {
        g_autofree char *id = g_strdup_printf("%d", framework->qualities[i].class);
        g_string_append_printf(classes, "%s%s\u00a0%s", i > 0 ? "; " : "", id,
                               gh_framework_text(framework, report->lang, "quality", id, "name",
                                                 framework->qualities[i].name));
    }
    gh_report_paragraph(report, GH_PARAGRAPH_BODY,
                        GH_T(report->lang, "Classes of quality, as the city gave them: {classes}."),
                        "classes", classes->str, NULL);
}

void
gh_report_results(const GhReport *report)
{
    const GhLang *lang = report->lang;
    g_autoptr(GArray) tops = gh_report_groups(report->framework, 0);

    gh_document_heading(report->document, 1, GH_T(lang, "Verification results"));
    gh_document_paragraph(
        report->document, GH_PARAGRAPH_BODY,
        GH_T(lang, "Benchmark shows the band of the value against its target; N/A stands where "
                   "there is no target. A figure that is not verified is scored all the same: "
                   "read its benchmark in that light. “Missing” means that nothing is known about "
                   "the data point, not even whether it was asked for."));
    if (gh_report_sources_n(report->sources) > 1)
        gh_document_paragraph(
            report->document, GH_PARAGRAPH_BODY,
            GH_T(lang, "Numbers in brackets lead to the list of sources at the end."));
    add_qualities(report);
    for (guint i = 0; i < tops->len; i++)
        add_top(report, &report->framework->groups[g_array_index(tops, size_t, i)]);
}
