/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_steps.c - section 9: next steps, made from the figures alone. */
#include <math.h>

#include "evaluation/reports/report_private.h"
#include "evaluation/reports/report_rules.h"
#include "evaluation/words/method.h"
#include "evaluation/words/say.h"
#include "evaluation/words/say_finding.h"

/* A list longer than this is no advice. */
enum {
    NEAR_STEPS_MAX = 10,
    FINDINGS_MAX = 12, /* of one check */
    NAMES_MAX = 3,     /* of one finding */
};

/* -- coverage -- */

static void
add_coverage(const GhReport *report)
{
    const GhLang *lang = report->lang;
    const GhReportKpis kpis =
        gh_report_count_kpis(report->evaluation, GH_REPORT_ALL, GH_REPORT_ALL);
    double asked_percent = 0;
    size_t wanted = gh_report_kpis_wanted(report->evaluation, &asked_percent);
    g_autofree char *reported = gh_report_count(report, kpis.reported);
    g_autofree char *total = gh_report_count(report, kpis.total);
    g_autofree char *more = gh_report_count(report, wanted);
    g_autofree char *asked = gh_report_percent(report, asked_percent);

    gh_document_heading(report->document, 2, GH_T(lang, "Report more"));
    gh_report_paragraph(report, GH_PARAGRAPH_BODY,
                        GH_T(lang, "{reported} of {total} KPIs are reported."), "reported",
                        reported, "total", total, NULL);
    if (wanted > 0)
        gh_report_paragraph(
            report, GH_PARAGRAPH_BODY,
            gh_lang_plural(lang,
                           "The screening before a verification asks for at least {asked} of "
                           "them. The next step is {more} more.",
                           "The screening before a verification asks for at least {asked} of "
                           "them. The next step is {more} more.",
                           wanted),
            "asked", asked, "more", more, NULL);
}

/* Names of the KPIs of a tier and top group that have no value; NULL when there is none. */
static char *
list_missing(const GhReport *report, size_t tier, size_t top)
{
    const GhFramework *framework = report->framework;
    g_autoptr(GString) names = g_string_new(NULL);

    for (size_t i = 0; i < framework->n_kpis; i++) {
        const GhKpi *kpi = &framework->kpis[i];
        if (kpi->groups[0] != top || kpi->tier != tier
            || gh_report_kpi_state(report->evaluation, i) != GH_REPORT_KPI_NONE)
            continue;
        g_string_append_printf(names, "%s%s", names->len > 0 ? "; " : "",
                               gh_say_kpi(framework, report->lang, i));
    }
    return names->len > 0 ? g_string_free(g_steal_pointer(&names), FALSE) : NULL;
}

static void
add_missing_of(const GhReport *report, size_t top, const char *names)
{
    gh_document_begin_item(report->document, GH_LIST_BULLETS);
    gh_document_run(
        report->document, GH_RUN_STRONG,
        gh_say_group(report->framework, report->lang, report->framework->groups[top].name));
    gh_document_run(report->document, GH_RUN_PLAIN, ": ");
    gh_document_run(report->document, GH_RUN_PLAIN, names);
    gh_document_end(report->document);
}

static void
add_core_lead(const GhReport *report, bool any)
{
    const GhLang *lang = report->lang;

    if (!gh_report_has_tiers(report)) {
        gh_document_paragraph(report->document, GH_PARAGRAPH_BODY,
                              any ? GH_T(lang, "Missing KPIs:") : GH_T(lang, "No KPI is missing."));
        return;
    }
    gh_report_paragraph(
        report, GH_PARAGRAPH_BODY,
        any ? GH_T(lang, "Missing KPIs of the level “{level}” come first, since every city should "
                         "be able to report them:")
            : GH_T(lang, "No KPI of the level “{level}”, which every city should be able to "
                         "report, is missing."),
        "level", gh_say_tier(report->framework, lang, 0), NULL);
}

/* The first tier's KPIs: every city should be able to report them (Verification Manual, p. 11). */
static void
add_core(const GhReport *report)
{
    g_autoptr(GArray) tops = gh_report_groups(report->framework, 0);
    bool any = false;

    for (guint i = 0; i < tops->len && !any; i++) {
        g_autofree char *names = list_missing(report, 0, g_array_index(tops, size_t, i));
        any = names != NULL;
    }
    add_core_lead(report, any);
    for (guint i = 0; i < tops->len; i++) {
        size_t top = g_array_index(tops, size_t, i);
        g_autofree char *names = list_missing(report, 0, top);
        if (names != NULL)
            add_missing_of(report, top, names);
    }
}

/* -- the two lowest bands -- */

static char *
say_target_value(const GhReport *report, size_t data_point)
{
    double target = report->evaluation->targets->targets[data_point].target;

    return isnan(target) ? g_strdup("–")
                         : gh_say_value_unit(report->framework, report->lang, data_point, target);
}

static void
add_weak_row(const GhReport *report, size_t data_point)
{
    const GhPointScore *point = &report->evaluation->scores->points[data_point];
    g_autofree char *name = gh_say_figure(report->framework, report->lang, data_point);
    g_autofree char *value = gh_report_value(report, data_point);
    g_autofree char *target = say_target_value(report, data_point);
    g_autofree char *share = gh_report_share(report, point->share);

    gh_document_table_row(report->document);
    gh_document_cell(report->document, name);
    gh_document_cell(report->document, value);
    gh_document_cell(report->document, target);
    gh_document_cell(report->document, share);
    gh_report_point_band_cell(report, data_point);
}

static void
add_weak(const GhReport *report)
{
    const GhLang *lang = report->lang;
    const GhDocumentColumn columns[] = {
        {.head = GH_T(lang, "KPI / data point"), .share = 3.6, .row_heads = true},
        {.head = GH_T(lang, "Result"), .share = 2, .align = GH_CELLS_END},
        {.head = GH_T(lang, "Target"), .share = 2, .align = GH_CELLS_END},
        {.head = GH_T(lang, "Share of target"), .share = 1.2, .align = GH_CELLS_END},
        {.head = GH_T(lang, "Band"), .share = 1.9},
    };
    const GhDocumentTable table = {
        .caption = GH_T(lang, "Data points furthest from their targets"),
        .columns = columns,
        .n_columns = G_N_ELEMENTS(columns),
    };
    g_autoptr(GArray) weak = gh_report_weak_points(report->evaluation);

    gh_document_heading(report->document, 2, GH_T(lang, "Improve what is far from target"));
    if (weak->len == 0) {
        gh_document_paragraph(report->document, GH_PARAGRAPH_BODY,
                              GH_T(lang, "No figure lies in the lower bands."));
        return;
    }
    gh_document_paragraph(
        report->document, GH_PARAGRAPH_BODY,
        gh_method_has_examples(report->framework)
            ? GH_T(lang, "The programme urges cities to work on the KPIs in the lower bands. These "
                         "are they, the furthest from target first:")
            : GH_T(lang, "Figures in the lower bands, the furthest from target first:"));
    gh_document_begin_table(report->document, &table);
    for (guint i = 0; i < weak->len; i++)
        add_weak_row(report, g_array_index(weak, size_t, i));
    gh_document_end_table(report->document);
}

/* -- close to the next band -- */

/* With three digits or so, rounded to the safe side: whoever reaches what is written reaches the band. */
static char *
say_bound(const GhReport *report, const GhReportStep *step)
{
    static const double SLACK = 1e-6; /* of a last digit: binary fractions are no reason to go on */
    double scale = step->value >= 100 ? 1 : step->value >= 10 ? 10 : step->value >= 1 ? 100 : 1e4;
    double value = step->at_most ? floor(step->value * scale + SLACK) / scale
                                 : ceil(step->value * scale - SLACK) / scale;
    g_autofree char *text =
        gh_say_value_unit(report->framework, report->lang, step->data_point, value);

    return g_strdup_printf("%s\u00a0%s", step->at_most ? "≤" : "≥", text);
}

static void
add_near_row(const GhReport *report, const GhReportStep *step, bool has_score)
{
    const GhPointScore *point = &report->evaluation->scores->points[step->data_point];
    g_autofree char *name = gh_say_figure(report->framework, report->lang, step->data_point);
    g_autofree char *value = gh_report_value(report, step->data_point);
    g_autofree char *share = gh_report_share(report, point->share);
    g_autofree char *bound = isnan(step->value) ? g_strdup("–") : say_bound(report, step);

    gh_document_table_row(report->document);
    gh_document_cell(report->document, name);
    gh_document_cell(report->document, value);
    gh_document_cell(report->document, share);
    gh_document_cell(report->document, bound);
    gh_document_begin_cell(report->document);
    gh_report_band_run(report, step->next_band);
    gh_document_end(report->document);
    if (has_score) {
        g_autofree char *score =
            isnan(step->score) ? g_strdup("–") : gh_report_score(report, step->score);
        gh_document_cell(report->document, score);
    }
}

static void
add_near(const GhReport *report)
{
    const GhLang *lang = report->lang;
    /* Only points say what one step makes of the score. */
    bool has_score = report->framework->scoring == GH_SCORING_POINTS;
    g_autofree char *top_score = gh_lang_fill(GH_T(lang, "{level} score then"), "level",
                                              gh_say_level(report->framework, lang, 0), NULL);
    const GhDocumentColumn columns[] = {
        {.head = GH_T(lang, "KPI / data point"), .share = 3.2, .row_heads = true},
        {.head = GH_T(lang, "Result"), .share = 1.9, .align = GH_CELLS_END},
        {.head = GH_T(lang, "Share of target"), .share = 1.2, .align = GH_CELLS_END},
        {.head = GH_T(lang, "Next band from"), .share = 2, .align = GH_CELLS_END},
        {.head = GH_T(lang, "Band"), .share = 1.8},
        {.head = top_score, .share = 1.2, .align = GH_CELLS_END},
    };
    const GhDocumentTable table = {
        .caption = GH_T(lang, "Data points just below a band"),
        .columns = columns,
        .n_columns = G_N_ELEMENTS(columns) - (has_score ? 0 : 1),
    };
    g_autoptr(GArray) steps = gh_report_near_steps(report->evaluation);
    g_autofree char *near = gh_lang_number(lang, GH_REPORT_NEAR_PERCENT, 0);

    gh_document_heading(report->document, 2, GH_T(lang, "What would raise the score soonest"));
    if (steps->len == 0) {
        gh_report_paragraph(report, GH_PARAGRAPH_BODY,
                            GH_T(lang, "No figure is within {near} percentage points of the next "
                                       "band."),
                            "near", near, NULL);
        return;
    }
    gh_report_paragraph(
        report, GH_PARAGRAPH_BODY,
        has_score
            ? GH_T(lang, "Within {near} percentage points of the next band, the closest first. The "
                         "last column is what the score would become with this step alone.")
            : GH_T(lang, "Within {near} percentage points of the next band, the closest first."),
        "near", near, NULL);
    gh_document_begin_table(report->document, &table);
    for (guint i = 0; i < MIN(steps->len, NEAR_STEPS_MAX); i++)
        add_near_row(report, &g_array_index(steps, GhReportStep, i), has_score);
    gh_document_end_table(report->document);
}

/* -- findings of the checks -- */

static const char *
say_message(const GhReport *report, size_t index)
{
    const GhCheck *check = &report->framework->checks[index];

    return gh_framework_text(report->framework, report->lang, "check", check->id, "message",
                             check->message);
}

static char *
say_more(const GhReport *report, size_t n)
{
    g_autofree char *count = gh_report_count(report, n);

    return gh_lang_fill(gh_lang_plural(report->lang, "and {n} more", "and {n} more", n), "n", count,
                        NULL);
}

/* "Smart Meters; Water Loss; and 58 more", or that it is about none of them. */
static char *
list_concerned(const GhReport *report, const GhFinding *finding)
{
    size_t n = MIN(finding->n_data_points, NAMES_MAX);
    g_autoptr(GString) names = g_string_new(NULL);

    if (n == 0)
        return g_strdup(GH_T(report->lang, "The city as a whole"));
    for (size_t i = 0; i < n; i++) {
        g_autofree char *name =
            gh_say_figure(report->framework, report->lang, finding->data_points[i]);
        g_string_append_printf(names, "%s%s", i > 0 ? "; " : "", name);
    }
    if (finding->n_data_points > n) {
        g_autofree char *more = say_more(report, finding->n_data_points - n);
        g_string_append_printf(names, "; %s", more);
    }
    return g_string_free(g_steal_pointer(&names), FALSE);
}

/* "Smart Meters: 40 %, usually 100 % or more. Check both." */
static void
add_finding(const GhReport *report, const GhFinding *finding)
{
    g_autofree char *names = list_concerned(report, finding);
    g_autofree char *found = gh_say_finding(report->framework, report->lang, finding);

    gh_document_begin_item(report->document, GH_LIST_BULLETS);
    gh_document_run(report->document, GH_RUN_STRONG, names);
    gh_document_run(report->document, GH_RUN_PLAIN, ": ");
    if (found != NULL) {
        gh_document_run(report->document, GH_RUN_PLAIN, found);
        gh_document_run(report->document, GH_RUN_PLAIN, ". ");
    }
    gh_document_run(report->document, GH_RUN_SOFT, say_message(report, finding->check));
    gh_document_end(report->document);
}

/* The check's message once, and its n findings from first on as a table. */
static void
add_findings_of(const GhReport *report, const GPtrArray *findings, guint first, guint n)
{
    const GhLang *lang = report->lang;
    const GhDocumentColumn columns[] = {
        {.head = GH_T(lang, "KPI / data point"), .share = 1, .row_heads = true},
        {.head = GH_T(lang, "Found"), .share = 1, .align = GH_CELLS_END},
    };
    const char *message =
        say_message(report, ((const GhFinding *)g_ptr_array_index(findings, first))->check);
    const GhDocumentTable table = {
        .summary = message,
        .columns = columns,
        .n_columns = G_N_ELEMENTS(columns),
    };

    gh_document_paragraph(report->document, GH_PARAGRAPH_BODY, message);
    gh_document_begin_table(report->document, &table);
    for (guint i = first; i < first + MIN(n, FINDINGS_MAX); i++) {
        const GhFinding *finding = g_ptr_array_index(findings, i);
        g_autofree char *names = list_concerned(report, finding);
        g_autofree char *found = gh_say_finding(report->framework, lang, finding);
        gh_document_table_row(report->document);
        gh_document_cell(report->document, names);
        gh_document_cell(report->document, found != NULL ? found : "–");
    }
    gh_document_end_table(report->document);
    if (n > FINDINGS_MAX) {
        g_autofree char *more = say_more(report, n - FINDINGS_MAX);
        gh_document_paragraph(report->document, GH_PARAGRAPH_SMALL, more);
    }
}

/* All findings of the check of the first; they follow one another. The first of the next check. */
static guint
add_check(const GhReport *report, const GPtrArray *findings, guint first)
{
    size_t check = ((const GhFinding *)g_ptr_array_index(findings, first))->check;
    guint end = first;

    while (end < findings->len
           && ((const GhFinding *)g_ptr_array_index(findings, end))->check == check)
        end++;
    if (end - first > 1)
        add_findings_of(report, findings, first, end - first);
    else
        add_finding(report, g_ptr_array_index(findings, first));
    return end;
}

static void
add_findings(const GhReport *report)
{
    const GhLang *lang = report->lang;
    const GhEvaluation *evaluation = report->evaluation;
    g_autoptr(GPtrArray) findings = gh_checks_run(evaluation->framework, evaluation->city,
                                                  evaluation->figures, report->options->earlier);
    size_t n = evaluation->framework->n_checks;
    g_autofree char *n_checks = gh_report_count(report, n);

    gh_document_heading(report->document, 2, GH_T(lang, "Look into what the checks found"));
    gh_report_paragraph(
        report, GH_PARAGRAPH_BODY,
        gh_lang_plural(lang,
                       "{n} screening check looks at the figures that are there; one that lacks "
                       "what it compares finds nothing.",
                       "{n} screening checks look at the figures that are there; one that lacks "
                       "what it compares finds nothing.",
                       n),
        "n", n_checks, NULL);
    gh_document_paragraph(report->document, GH_PARAGRAPH_BODY,
                          findings->len == 0
                              ? GH_T(lang, "They found nothing unusual.")
                              : GH_T(lang, "A finding is a reason to look again, not a fault. The "
                                           "gravest come first:"));
    for (guint i = 0; i < findings->len;)
        i = add_check(report, findings, i);
}

void
gh_report_next_steps(const GhReport *report)
{
    const GhLang *lang = report->lang;

    gh_document_heading(report->document, 1, GH_T(lang, "Next steps"));
    gh_document_paragraph(
        report->document, GH_PARAGRAPH_LEAD,
        GH_T(lang, "What the figures themselves suggest. What matters most is for the city to "
                   "decide."));
    add_coverage(report);
    add_core(report);
    if (!gh_report_has_figures(report))
        return;
    add_weak(report);
    add_near(report);
    add_findings(report);
}
