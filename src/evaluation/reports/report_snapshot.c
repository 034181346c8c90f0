/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_snapshot.c - the snapshot: cover, foreword, wheel, grid; a page each. */
#include "evaluation/charts/city_charts.h"
#include "evaluation/reports/report_private.h"
#include "evaluation/reports/report_rules.h"
#include "evaluation/words/method.h"

/* -- foreword and disclaimer -- */

static void
add_what_it_shows(const GhReport *report)
{
    const GhLang *lang = report->lang;
    const GhReportPoints points =
        gh_report_count_points(report->evaluation, GH_REPORT_ALL, GH_REPORT_ALL);
    g_autofree char *reported = gh_report_count(report, points.reported);
    g_autofree char *verified = gh_report_count(report, points.verified);
    g_autofree char *total = gh_report_count(report, points.all - points.not_applicable);

    gh_document_heading(report->document, 2, GH_T(lang, "What it shows"));
    gh_report_bullet(
        report,
        GH_T(lang, "{reported} of {total} data points have a value, {verified} of them verified. "
                   "What is missing is shown as missing."),
        "reported", reported, "total", total, "verified", verified, NULL);
    gh_report_bullet(
        report,
        GH_T(lang, "Each value is set against a target. How much of the target it reaches puts it "
                   "into a band, shown by a colour and a mark."),
        NULL);
    gh_report_bullet(
        report,
        GH_T(lang, "A group’s score sums up its figures, in percent. Beside it stands how many "
                   "figures it rests on, and how low or high it could become with all of them."),
        NULL);
}

static void
add_what_it_is_not(const GhReport *report)
{
    const GhLang *lang = report->lang;

    gh_document_heading(report->document, 2, GH_T(lang, "What it is not"));
    gh_report_bullet(
        report,
        gh_method_has_examples(report->framework)
            ? GH_T(lang, "It is not an official result. The targets are those of the set “{name}”; "
                         "the official ones are not public. Names and colours of the bands are "
                         "ours.")
            : GH_T(lang, "It is not an official result. The targets are those of the set “{name}”; "
                         "the colours of the bands are ours."),
        "name", report->evaluation->targets->id, NULL);
    gh_report_bullet(
        report,
        GH_T(lang, "It is not an audit. Figures stand as they were published, each with its state; "
                   "a figure that is not verified is scored all the same."),
        NULL);
    gh_report_bullet(
        report,
        GH_T(lang, "It is not a verdict. A score tells where to look; read it with the city’s own "
                   "goals, and next to cities that are like it."),
        NULL);
}

static void
add_more(const GhReport *report)
{
    const GhLang *lang = report->lang;
    const char *site = report->options->site;

    gh_document_heading(report->document, 2, GH_T(lang, "Where to read more"));
    gh_document_begin_paragraph(report->document, GH_PARAGRAPH_BODY);
    gh_document_run(
        report->document, GH_RUN_PLAIN,
        gh_method_has_examples(report->framework)
            ? GH_T(lang, "The verification report has every figure with its source, the method "
                         "with a worked example, and next steps.")
            : GH_T(lang, "The verification report has every figure with its source, the method, "
                         "and next steps."));
    if (site != NULL) {
        g_autofree char *address =
            g_strdup_printf("%s/cities/%s", site, report->evaluation->city->slug);
        gh_document_run(report->document, GH_RUN_PLAIN, " ");
        gh_document_run_link(report->document, address, address);
    }
    gh_document_end(report->document);
}

static void
add_foreword(const GhReport *report)
{
    const GhLang *lang = report->lang;

    gh_document_heading(report->document, 1, GH_T(lang, "Foreword and disclaimer"));
    if (gh_report_has_figures(report)) {
        g_autofree char *year = gh_report_year(report);
        gh_report_paragraph(
            report, GH_PARAGRAPH_LEAD,
            GH_T(lang, "This snapshot shows at a glance how {city} stood in {year}: first every "
                       "data point in one wheel, then the groups they belong to."),
            "city", report->evaluation->city->name, "year", year, NULL);
    } else {
        gh_report_paragraph(report, GH_PARAGRAPH_LEAD,
                            GH_T(lang, "{city} has no figures yet. This snapshot shows what would "
                                       "be measured."),
                            "city", report->evaluation->city->name, NULL);
    }
    gh_report_scores(report, 0);
    add_what_it_shows(report);
    add_what_it_is_not(report);
    add_more(report);
}

/* -- wheel and grid -- */

static void
add_wheel(const GhReport *report)
{
    const GhLang *lang = report->lang;

    gh_document_page_break(report->document);
    gh_document_heading(report->document, 1, GH_T(lang, "Every figure in one wheel"));
    gh_document_take_figure(report->document,
                            gh_city_wheel(report->evaluation, lang, report->options->site, 0), 1,
                            NULL);
    (void)gh_report_legend(report);
    gh_document_paragraph(
        report->document, GH_PARAGRAPH_SMALL,
        GH_T(lang, "From the centre outwards: the city, its groups, and every data point, in the "
                   "colour and with the mark of its band."));
}

static void
add_grid(const GhReport *report)
{
    static const double AROUND = 130; /* heading, room between, note */
    const GhLang *lang = report->lang;

    gh_document_page_break(report->document);
    gh_document_heading(report->document, 1, GH_T(lang, "Scores group by group"));
    double legend = gh_report_legend(report);
    gh_report_grid(report, gh_document_text_height(report->document) - legend - AROUND);
    if (report->framework->n_levels > 2)
        gh_document_paragraph(
            report->document, GH_PARAGRAPH_SMALL,
            GH_T(lang, "Scores are in percent. A group that stands in two places is shown with its "
                       "whole score in both."));
    else
        gh_document_paragraph(report->document, GH_PARAGRAPH_SMALL,
                              GH_T(lang, "Scores are in percent."));
}

bool
gh_report_snapshot(const GhReport *report, GError **error)
{
    if (!gh_report_tell(report, GH_MARK("cover"), 0, error))
        return false;
    gh_report_cover(report);
    add_foreword(report);
    if (!gh_report_tell(report, GH_MARK("wheel"), 0.2, error))
        return false;
    add_wheel(report);
    if (!gh_report_tell(report, GH_MARK("scores"), 0.4, error))
        return false;
    add_grid(report);
    return true;
}
