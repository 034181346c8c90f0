/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_benchmark.c - section 4: the wheel, the scores of the groups, what stands out. */
#include "evaluation/charts/city_charts.h"
#include "evaluation/reports/report_private.h"
#include "evaluation/words/say.h"
#include "evaluation/words/stand_outs.h"

/* Of each kind; the tables have all. */
enum {
    STAND_OUTS_MAX = 3
};

/* -- what stands out -- */

static void
add_stand_out(const GhReport *report, const GhStandOut *stand_out)
{
    gh_document_begin_item(report->document, GH_LIST_BULLETS);
    gh_document_run(report->document, GH_RUN_STRONG, stand_out->subject);
    gh_document_run(report->document, GH_RUN_PLAIN, ": ");
    gh_document_run(report->document, GH_RUN_PLAIN, stand_out->text);
    gh_document_end(report->document);
}

static void
add_stand_outs_of(const GhReport *report, const GPtrArray *stand_outs, GhStandOutKind kind,
                  const char *heading)
{
    size_t n = 0;

    for (guint i = 0; i < stand_outs->len; i++) {
        const GhStandOut *stand_out = g_ptr_array_index(stand_outs, i);
        if (stand_out->kind != kind)
            continue;
        if (n++ == 0)
            gh_document_heading(report->document, 3, heading);
        if (n <= STAND_OUTS_MAX)
            add_stand_out(report, stand_out);
    }
}

static void
add_stand_outs(const GhReport *report)
{
    const GhLang *lang = report->lang;
    g_autoptr(GPtrArray) all = gh_stand_outs(report->evaluation, report->options->earlier, lang);

    if (all->len == 0)
        return;
    gh_document_heading(report->document, 2, GH_T(lang, "What stands out"));
    gh_document_number_headings(report->document, false); /* a number for two lines is too much */
    add_stand_outs_of(report, all, GH_STAND_OUT_STRONG, GH_T(lang, "Strong"));
    add_stand_outs_of(report, all, GH_STAND_OUT_WEAK, GH_T(lang, "Weak"));
    add_stand_outs_of(report, all, GH_STAND_OUT_MISSING, GH_T(lang, "Missing"));
    gh_document_number_headings(report->document, true);
}

static void
add_range_bars(const GhReport *report)
{
    static const double SHRUNK = 0.62; /* made for screens, it is read from nearer on paper */
    const GhLang *lang = report->lang;
    double width = gh_document_text_width(report->document) / SHRUNK;

    gh_document_take_figure(
        report->document,
        gh_city_range_bars(report->evaluation, lang, 0, report->options->site, width), 1,
        GH_T(lang, "Scores: the thin line below a bar reaches from the lowest to the highest score "
                   "that missing figures leave possible"));
}

void
gh_report_benchmark(const GhReport *report)
{
    const GhLang *lang = report->lang;
    GhDocument *document = report->document;

    gh_document_page_break(document);
    gh_document_heading(document, 1, GH_T(lang, "City performance benchmark"));
    gh_document_take_figure(
        document, gh_city_wheel(report->evaluation, lang, report->options->site, 0), 1,
        GH_T(lang, "The wheel: from the centre outwards the city, its groups, and every data "
                   "point, coloured and marked by band"));
    (void)gh_report_legend(report);
    gh_document_page_break(document);
    gh_document_heading(document, 2, GH_T(lang, "Scores"));
    gh_document_paragraph(
        document, GH_PARAGRAPH_BODY,
        report->framework->scoring == GH_SCORING_POINTS
            ? GH_T(lang,
                   "Scores are in percent of the points possible and count only the figures that "
                   "are reported and have a target. Lowest and highest tell where the score would "
                   "end if every missing figure came in at the worst or at the best band: where "
                   "the two lie far apart, the score says little.")
            : GH_T(lang,
                   "Scores are means of the shares of target, from 0 to 100 %, and count only the "
                   "figures that are reported and have a target. Lowest and highest tell where the "
                   "score would end if every missing figure reached nothing or all of its target: "
                   "where the two lie far apart, the score says little."));
    add_range_bars(report);
    for (size_t level = 0; level < report->framework->n_levels; level++)
        gh_report_scores(report, level);
    if (gh_report_has_figures(report))
        add_stand_outs(report);
}
