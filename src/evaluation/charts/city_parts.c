/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* city_parts.c - links, bands and names that the charts of evaluations share. */
#include "evaluation/charts/city_parts.h"

#include <math.h>

#include "draw/text.h"
#include "evaluation/pages/pages.h"
#include "evaluation/words/say.h"

/* -- links -- */

/* The page of the city as evaluated: with its year, and its targets where they are not the usual. */
static char *
city_link(const GhEvaluation *evaluation, const char *link_base, const char *anchor)
{
    if (g_str_equal(link_base, GH_CITY_OWN_PAGE))
        return g_strconcat("#", anchor, NULL);

    bool usual = evaluation->targets == &evaluation->framework->target_sets[0];

    return g_strdup_printf("%s/cities/%s?year=%d%s%s#%s", link_base, evaluation->city->slug,
                           evaluation->figures->year,
                           usual ? "" : "&targets=", usual ? "" : evaluation->targets->id, anchor);
}

/* Only the lowest groups have sections; a city without figures has none at all. */
char *
gh_city_group_link(const GhEvaluation *evaluation, const char *link_base, size_t group)
{
    const GhFramework *framework = evaluation->framework;

    if (link_base == NULL || evaluation->figures->year == 0)
        return NULL;
    if (framework->groups[group].level + 1 < framework->n_levels)
        return city_link(evaluation, link_base, GH_CITY_PAGE_SCORES_ANCHOR);
    g_autofree char *anchor = gh_city_page_anchor(&framework->groups[group]);
    return city_link(evaluation, link_base, anchor);
}

char *
gh_city_point_link(const GhEvaluation *evaluation, const char *link_base, size_t data_point)
{
    const GhFramework *framework = evaluation->framework;

    if (link_base == NULL)
        return NULL;
    return g_strdup_printf(
        "%s/indicators/%s?city=%s", g_str_equal(link_base, GH_CITY_OWN_PAGE) ? "" : link_base,
        framework->kpis[framework->data_points[data_point].kpi].id, evaluation->city->slug);
}

/* -- bands -- */

GhShown
gh_city_group_shown(const GhGroupScore *score)
{
    if (score->has_score)
        return GH_SHOWN_BAND;
    return score->targeted == 0 && score->reported > 0 ? GH_SHOWN_NO_TARGET : GH_SHOWN_NO_DATA;
}

GhShown
gh_city_point_shown(const GhPointScore *score)
{
    if (score->scored)
        return GH_SHOWN_BAND;
    return isnan(score->value) ? GH_SHOWN_NO_DATA : GH_SHOWN_NO_TARGET;
}

GhShown
gh_city_value_shown(const GhFramework *framework, const GhTarget *target, double value,
                    int *ret_step)
{
    double share = isnan(value) ? NAN : gh_score_share(target, value);

    *ret_step = 0;
    if (isnan(share))
        return isnan(value) ? GH_SHOWN_NO_DATA : GH_SHOWN_NO_TARGET;
    *ret_step = gh_palette_step_of_band(gh_score_band(framework, share), framework->n_bands);
    return GH_SHOWN_BAND;
}

double *
gh_city_bounds(const GhFramework *framework, size_t *ret_n)
{
    size_t n = MAX(framework->n_bands, 1) - 1;
    double *bounds = g_new(double, MAX(n, 1));

    for (size_t i = 0; i < n; i++)
        bounds[i] = framework->bands[i].below;
    *ret_n = n;
    return bounds;
}

/* -- names -- */

char *
gh_city_group_label(const GhFramework *framework, const GhLang *lang, size_t group)
{
    const GhGroup *own = &framework->groups[group];
    const char *name = gh_say_group(framework, lang, own->name);

    for (size_t i = 0; i < framework->n_groups; i++) {
        const GhGroup *other = &framework->groups[i];
        if (i != group && other->level == own->level && g_str_equal(other->name, own->name))
            return gh_lang_fill(GH_T(lang, "{group} ({top})"), "group", name, "top",
                                gh_say_group(framework, lang, own->top), NULL);
    }
    return g_strdup(name);
}

char *
gh_city_and_year(const GhEvaluation *evaluation, const GhLang *lang)
{
    g_autofree char *year = g_strdup_printf("%d", evaluation->figures->year);

    if (evaluation->figures->year == 0)
        return g_strdup(evaluation->city->name);
    return gh_lang_fill(GH_T(lang, "{city} {year}"), "city", evaluation->city->name, "year", year,
                        NULL);
}

bool
gh_city_has_target_line(const GhTarget *target)
{
    return !isnan(target->target) && target->rule != GH_RULE_NONE && target->rule != GH_RULE_YES_NO;
}

char *
gh_city_target_label(const GhFramework *framework, const GhLang *lang, size_t data_point,
                     const GhTarget *target)
{
    if (!gh_city_has_target_line(target))
        return g_strdup("");
    g_autofree char *value =
        gh_say_value(lang, &framework->data_points[data_point], target->target);
    return gh_lang_fill(GH_T(lang, "target {value}"), "value", value, NULL);
}

char *
gh_city_axis(const GhFramework *framework, const GhLang *lang, size_t data_point)
{
    const char *unit = gh_say_unit(framework, lang, data_point);
    g_autofree char *name = gh_say_figure(framework, lang, data_point);

    if (*unit == '\0')
        return g_steal_pointer(&name);
    return gh_lang_fill(GH_T(lang, "{figure}, {unit}"), "figure", name, "unit", unit, NULL);
}

const char *
gh_city_score_axis(const GhFramework *framework, const GhLang *lang)
{
    return framework->scoring == GH_SCORING_POINTS
               ? GH_T(lang, "Score, % of the points that could be reached")
               : GH_T(lang, "Score, 0 to 100");
}

char **
gh_city_facts(const GhFramework *framework, const GhTargetSet *targets, const char *state,
              const GhLang *lang, double size, double width, unsigned n_max)
{
    bool is_open = g_str_equal(targets->id, "open");
    g_autofree char *measured = gh_lang_fill(
        GH_T(lang, "{framework}, version {version}; targets: {targets}"), "framework",
        gh_say_framework(framework, lang), "version", framework->version, "targets",
        is_open ? GH_T(lang, "open (chosen by this project, not official)") : targets->id, NULL);
    const char *const texts[] = {measured, state};
    GPtrArray *all = g_ptr_array_new();

    for (size_t i = 0; i < G_N_ELEMENTS(texts) && texts[i] != NULL; i++) {
        char **lines = gh_text_lines_cut(lang, size, GH_WEIGHT_REGULAR, texts[i], width, n_max);
        for (char **line = lines; *line != NULL; line++)
            g_ptr_array_add(all, *line);
        g_free(lines); /* what they hold went over */
    }
    g_ptr_array_add(all, NULL);
    return (char **)g_ptr_array_free(all, FALSE);
}

void
gh_city_append(GString *list, const char *text)
{
    g_string_append_printf(list, "%s%s", list->len > 0 ? "; " : "", text);
}
