/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* city_sheet.c - a chart as a picture to stand alone: its title above, what colours and marks mean and
 * what was measured below. */
#include "evaluation/charts/city_charts.h"

#include "draw/text.h"
#include "evaluation/charts/city_parts.h"

/* Units; our choice. */
static const double MARGIN = 24;
static const double GAP = 20;

static const GhTextStyle TITLE = {.size = 19, .weight = GH_WEIGHT_BOLD, .colour = GH_INK};
static const GhTextStyle FACTS = {.size = 12, .colour = GH_SOFT_INK};
static const double LINE = 1.35; /* from baseline to baseline, in sizes */

enum {
    LINES_MAX = 4
};

static double
height_of(char **lines, const GhTextStyle *style)
{
    return LINE * style->size * g_strv_length(lines);
}

static void
write_lines(GhDrawing *sheet, double top, const GhTextStyle *style, char **lines)
{
    bool from_right = g_str_equal(gh_lang_direction(gh_drawing_lang(sheet)), "rtl");
    GhTextStyle own = *style;

    own.anchor = from_right ? GH_ANCHOR_RIGHT : GH_ANCHOR_LEFT;
    for (unsigned i = 0; lines[i] != NULL; i++)
        gh_drawing_text(sheet, from_right ? gh_drawing_width(sheet) - MARGIN : MARGIN,
                        top + style->size * (1 + LINE * i), &own, lines[i]);
}

GhDrawing *
gh_city_sheet(GhDrawing *chart, const char *title, const GhFramework *framework,
              const GhTargetSet *targets, const char *state)
{
    const GhLang *lang = gh_drawing_lang(chart);
    double inner = gh_drawing_width(chart), chart_height = gh_drawing_height(chart);
    g_autoptr(GhDrawing) legend = gh_city_legend(framework, lang, inner);
    g_auto(GStrv) heading =
        gh_text_lines_cut(lang, TITLE.size, TITLE.weight, title, inner, LINES_MAX);
    g_auto(GStrv) facts =
        gh_city_facts(framework, targets, state, lang, FACTS.size, inner, LINES_MAX);
    double chart_top = MARGIN + height_of(heading, &TITLE) + GAP;
    double legend_top = chart_top + chart_height + GAP;
    double facts_top = legend_top + gh_drawing_height(legend) + GAP;
    GhDrawing *sheet =
        gh_drawing_new(inner + 2 * MARGIN, facts_top + height_of(facts, &FACTS) + MARGIN, lang,
                       title, gh_drawing_description(chart));

    write_lines(sheet, MARGIN, &TITLE, heading);
    gh_drawing_take_drawing(sheet, MARGIN, chart_top, 1, chart);
    gh_drawing_take_drawing(sheet, MARGIN, legend_top, 1, g_steal_pointer(&legend));
    write_lines(sheet, facts_top, &FACTS, facts);
    return sheet;
}
