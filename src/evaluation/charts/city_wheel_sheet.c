/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* city_wheel_sheet.c - wheel, legend and a line of facts: a picture to hang on the wall. */
#include "evaluation/charts/city_charts.h"

#include "draw/text.h"
#include "evaluation/charts/city_parts.h"
#include "evaluation/words/say.h"

/* Units; our choice. */
static const double WHEEL = 720;
static const double MARGIN = 24;
static const double LEGEND_INSET = 24; /* the legend is a little narrower than the wheel */
static const double FACTS_SIZE = 10;
static const double FACTS_LINE = 14;

enum {
    FACTS_LINES_MAX = 3
};

GhDrawing *
gh_city_wheel_sheet(const GhEvaluation *evaluation, const GhLang *lang, const char *link_base)
{
    g_autoptr(GhDrawing) wheel = gh_city_wheel(evaluation, lang, link_base, WHEEL);
    g_autoptr(GhDrawing) legend =
        gh_city_legend(evaluation->framework, lang, WHEEL - 2 * LEGEND_INSET);
    g_autofree char *state = gh_say_set_verified(lang, evaluation->figures);
    g_auto(GStrv) lines = gh_city_facts(evaluation->framework, evaluation->targets, state, lang,
                                        FACTS_SIZE, WHEEL, FACTS_LINES_MAX);
    double legend_y = MARGIN + WHEEL + MARGIN;
    double facts_y = legend_y + gh_drawing_height(legend) + MARGIN + FACTS_SIZE;
    double width = WHEEL + 2 * MARGIN;
    double height = facts_y + FACTS_LINE * (g_strv_length(lines) - 1) + MARGIN;
    GhDrawing *sheet =
        gh_drawing_new(width, height, lang, gh_drawing_title(wheel), gh_drawing_description(wheel));

    gh_drawing_take_drawing(sheet, MARGIN, MARGIN, 1, g_steal_pointer(&wheel));
    gh_drawing_take_drawing(sheet, MARGIN + LEGEND_INSET, legend_y, 1, g_steal_pointer(&legend));
    for (unsigned i = 0; lines[i] != NULL; i++)
        gh_drawing_text(
            sheet, width / 2, facts_y + FACTS_LINE * i,
            &(GhTextStyle){.size = FACTS_SIZE, .colour = GH_SOFT_INK, .anchor = GH_ANCHOR_MIDDLE},
            lines[i]);
    return sheet;
}
