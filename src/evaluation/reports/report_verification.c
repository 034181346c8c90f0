/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_verification.c - the verification report: its sections in the published order. Source: U4SSC
 * Verification Report of Karmoy (2020), p. 7. */
#include "evaluation/reports/report_private.h"

static void
add_foreword(const GhReport *report)
{
    const GhLang *lang = report->lang;
    GhDocument *document = report->document;

    gh_document_heading(document, 1, GH_T(lang, "Foreword and disclaimer"));
    gh_report_paragraph(
        report, GH_PARAGRAPH_LEAD,
        gh_report_has_figures(report)
            ? GH_T(lang, "This report sets out the figures known for {city}, what of them is "
                         "verified, and how they compare with targets.")
            : GH_T(lang, "No figure is known for {city} yet. This report shows what would be "
                         "measured, and how."),
        "city", report->evaluation->city->name, NULL);
    gh_document_paragraph(
        document, GH_PARAGRAPH_BODY,
        GH_T(lang, "It was made by a program from figures with named sources. It follows the order "
                   "of the verification reports that the U4SSC programme has published, so that "
                   "the two can be read side by side. Words and layout are our own, and it is not "
                   "a publication of the programme or of the United Nations."));
    gh_document_paragraph(
        document, GH_PARAGRAPH_BODY,
        GH_T(lang, "Nothing was added to what the figures say. What is not known from them is said "
                   "to be unknown: it is neither estimated nor guessed. Verification means that a "
                   "figure was judged to be reasonable and plausible, not that it is certain."));
    gh_report_paragraph(
        report, GH_PARAGRAPH_QUOTE,
        GH_T(lang, "Benchmarks are those of the target set “{name}”. They are not official, and no "
                   "score in this report is an official result. Indicators and targets may change "
                   "with later versions, and scores of different versions do not compare."),
        "name", report->evaluation->targets->id, NULL);
    gh_document_paragraph(
        document, GH_PARAGRAPH_BODY,
        GH_T(lang, "Scores are context for decisions, together with the city’s own goals. They are "
                   "no ranking."));
}

/* What stands where, and what it is called while it is being made. */
static const struct {
    const char *step;
    void (*add)(const GhReport *report);
} sections[] = {
    {GH_MARK("introduction"), gh_report_introduction},
    {GH_MARK("summary"), gh_report_kpi_summary},
    {GH_MARK("summary"), gh_report_data_point_summary},
    {GH_MARK("wheel"), gh_report_benchmark},
    {GH_MARK("method"), gh_report_method},
    {GH_MARK("results"), gh_report_results},
    {GH_MARK("what is not reported"), gh_report_not_reported},
    {GH_MARK("what is not verified"), gh_report_not_verified},
    {GH_MARK("next steps"), gh_report_next_steps},
};

bool
gh_report_verification(const GhReport *report, GError **error)
{
    static const double SECTIONS_SHARE = 0.5; /* the other half is laying out and writing */
    static const int CONTENTS_LEVELS = 2;
    GhDocument *document = report->document;

    gh_report_cover(report);
    add_foreword(report);
    gh_document_page_break(document);
    gh_document_contents(document, GH_T(report->lang, "Contents"), CONTENTS_LEVELS);
    gh_document_page_break(document);
    gh_document_number_headings(document, true);
    for (size_t i = 0; i < G_N_ELEMENTS(sections); i++) {
        double share = SECTIONS_SHARE * (double)i / G_N_ELEMENTS(sections);
        if (!gh_report_tell(report, sections[i].step, share, error))
            return false;
        sections[i].add(report);
    }
    gh_document_number_headings(document, false);
    gh_report_source_list(report);
    gh_report_about(report);
    return true;
}
