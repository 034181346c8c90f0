/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_scores.c - scores as a table, and the legend of bands: the same in both reports. */
#include "evaluation/charts/city_charts.h"
#include "evaluation/reports/report_private.h"
#include "evaluation/words/say.h"

double
gh_report_legend(const GhReport *report)
{
    static const double SHRUNK = 0.6; /* made for screens, it is read from nearer on paper */
    double width = gh_document_text_width(report->document);
    GhDrawing *legend = gh_city_legend(report->framework, report->lang, width / SHRUNK);
    double height = gh_drawing_height(legend) * SHRUNK;

    gh_document_take_figure(report->document, legend, 1, NULL);
    return height;
}

static void
add_score_row(const GhReport *report, size_t group)
{
    const GhGroupScore *score = &report->evaluation->scores->groups[group];
    GhDocument *document = report->document;
    g_autofree char *range = gh_report_range(report, score);
    g_autofree char *coverage = gh_report_coverage(report, score);
    g_autofree char *number = gh_report_score(report, score->score);

    gh_document_table_row(document);
    gh_document_cell(document, gh_say_group(report->framework, report->lang,
                                            report->framework->groups[group].name));
    gh_document_cell(document, number);
    gh_report_group_band_cell(report, score);
    gh_document_cell(document, coverage);
    gh_document_cell(document, range);
}

/* Groups of a level, headed by their top group where they are not top groups themselves. */
static void
add_score_rows(const GhReport *report, size_t level)
{
    const GhFramework *framework = report->framework;
    g_autoptr(GArray) groups = gh_report_groups(framework, level);
    const char *top = NULL;

    for (guint i = 0; i < groups->len; i++) {
        const GhGroup *group = &framework->groups[g_array_index(groups, size_t, i)];
        if (level > 0 && g_strcmp0(top, group->top) != 0)
            gh_document_table_group(report->document,
                                    gh_say_group(framework, report->lang, group->top));
        top = group->top;
        add_score_row(report, g_array_index(groups, size_t, i));
    }
}

void
gh_report_scores(const GhReport *report, size_t level)
{
    const GhLang *lang = report->lang;
    const char *name = gh_say_level(report->framework, lang, level);
    const GhDocumentColumn columns[] = {
        {.head = name, .share = 3.4, .row_heads = true},
        {.head = GH_T(lang, "Score"), .share = 1, .align = GH_CELLS_END},
        {.head = GH_T(lang, "Band"), .share = 2},
        {.head = GH_T(lang, "Figures"), .share = 1.6, .align = GH_CELLS_END},
        {.head = GH_T(lang, "Lowest – highest"), .share = 2, .align = GH_CELLS_END},
    };
    g_autofree char *caption = gh_lang_fill(GH_T(lang, "Scores by {level}"), "level", name, NULL);
    const GhDocumentTable table = {
        .caption = report->options->kind == GH_REPORT_VERIFICATION ? caption : NULL,
        .summary = GH_T(lang, "Score, band, figures reported, and between which scores the "
                              "missing figures could move it"),
        .columns = columns,
        .n_columns = G_N_ELEMENTS(columns),
    };

    gh_document_begin_table(report->document, &table);
    add_score_rows(report, level);
    gh_document_end_table(report->document);
}
