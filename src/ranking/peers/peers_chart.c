/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* peers_chart.c - a city beside its peers, as charts. */
#include <math.h>
#include <string.h>

#include "ranking/peers/peers_page.h"

/* A category: the share of peers the city is better than, over its judged figures. */
typedef struct {
    GhSpread spread;
    size_t n_judged, n_all;
} Standing;

static Standing
stand_in_group(const GhPeersPage *peers, const GhGroup *group, double *better, double *sorted)
{
    Standing standing = {.n_all = group->n_data_points};

    for (size_t i = 0; i < group->n_data_points; i++) {
        const GhPeersRow *row = &peers->comparison.rows[group->data_points[i]];
        if (row->has_standing && !isnan(row->standing.better))
            better[standing.n_judged++] = row->standing.better;
    }
    standing.spread = gh_spread(better, standing.n_judged, sorted);
    return standing;
}

static void *
keep(GPtrArray *memory, void *text)
{
    g_ptr_array_add(memory, text);
    return text;
}

/* "Waste (Economy)" where another category has the same name. */
static char *
label_of(const GhPeersPage *peers, const GhLang *lang, const GhGroup *group)
{
    const GhFramework *framework = peers->page.framework;
    const char *name = gh_say_group(framework, lang, group->name);

    for (size_t i = 0; i < framework->n_groups; i++) {
        const GhGroup *other = &framework->groups[i];
        if (other != group && other->level == group->level && g_str_equal(other->name, group->name))
            return g_strdup_printf("%s (%s)", name, gh_say_group(framework, lang, group->top));
    }
    return g_strdup(name);
}

static GhInterval
make_row(const GhPeersPage *peers, const GhLang *lang, const GhGroup *group,
         const Standing *standing, const char *link_base, GPtrArray *memory)
{
    const GhSpread *spread = &standing->spread;
    g_autofree char *median = gh_lang_number(lang, spread->median, 0);
    g_autofree char *n = g_strdup_printf("%zu", standing->n_judged);
    g_autofree char *anchor = gh_city_page_anchor(group);
    GhInterval row = {
        .label = keep(memory, label_of(peers, lang, group)),
        .value =
            keep(memory, gh_lang_fill(gh_lang_plural(lang, "{percent} ({n} figure)",
                                                     "{percent} ({n} figures)", standing->n_judged),
                                      "percent", median, "n", n, NULL)),
        .nominal = NAN,
        .low = spread->min,
        .high = spread->max,
        .lower_quartile = spread->lower,
        .median = spread->median,
        .upper_quartile = spread->upper,
    };

    if (link_base != NULL)
        row.link = keep(memory, g_str_equal(link_base, GH_CITY_OWN_PAGE)
                                    ? g_strdup_printf("#%s", anchor)
                                    : g_strdup_printf("%s/cities/%s/peers#%s", link_base,
                                                      peers->page.city->slug, anchor));
    return row;
}

GhDrawing *
gh_peers_chart(const GhPeersPage *peers, const GhLang *lang, const char *link_base, double width)
{
    const GhFramework *framework = peers->page.framework;
    g_autoptr(GPtrArray) memory = g_ptr_array_new_with_free_func(g_free);
    g_autofree GhInterval *rows = g_new0(GhInterval, framework->n_groups + 1);
    g_autofree double *better = g_new(double, framework->n_data_points + 1);
    g_autofree double *sorted = g_new(double, framework->n_data_points + 1);
    size_t n_rows = 0;

    for (size_t i = 0; i < framework->n_groups; i++) {
        const GhGroup *group = &framework->groups[i];
        if (group->level + 1 != framework->n_levels)
            continue;
        Standing standing = stand_in_group(peers, group, better, sorted);
        if (standing.n_judged > 0)
            rows[n_rows++] = make_row(peers, lang, group, &standing, link_base, memory);
    }
    if (n_rows == 0)
        return NULL;

    g_autofree char *title =
        gh_lang_fill(GH_T(lang, "{city} beside its peers"), "city", peers->page.city->name, NULL);
    g_autofree char *who = gh_peers_page_say_group(peers, lang);
    return gh_chart_intervals(&(GhIntervals){
        .lang = lang,
        .title = title,
        .description = who,
        .axis = GH_T(lang, "Better than this share of the peers, %"),
        .best = 0, /* the axis begins with it, as a number does */
        .worst = 100,
        .rows = rows,
        .n_rows = n_rows,
        .key_median = GH_T(lang, "middle figure of the category"),
        .key_half = GH_T(lang, "half of its figures"),
        .key_range = GH_T(lang, "weakest to strongest figure"),
        .width = width,
    });
}

/* -- one data point -- */

static void
add_dot(GPtrArray *figures, const char *slug, const char *name, int year, size_t data_point,
        double value)
{
    GhCityFigure *figure = g_new0(GhCityFigure, 1);

    *figure = (GhCityFigure){.slug = g_strdup(slug),
                             .name = g_strdup(name),
                             .figure = {.data_point = data_point,
                                        .year = year,
                                        .status = GH_STATUS_REPORTED,
                                        .value = value,
                                        .numerator = NAN,
                                        .denominator = NAN}};
    g_ptr_array_add(figures, figure);
}

GhDrawing *
gh_peers_dots(const GhPeersPage *peers, const GhLang *lang, size_t data_point,
              const char *link_base, double width)
{
    const GhCityPage *page = &peers->page;
    const GhPeerTable *table = peers->table;
    g_autoptr(GPtrArray) figures =
        g_ptr_array_new_with_free_func((GDestroyNotify)gh_city_figure_free);

    add_dot(figures, page->city->slug, page->city->name, page->figures->year, data_point,
            page->figures->figures[data_point].value);
    for (size_t i = 0; i < peers->group.n_members; i++) {
        const GhPeer *peer = &table->cities[peers->group.members[i]];
        add_dot(figures, peer->slug, peer->name, peer->year, data_point,
                table->values[data_point * table->n_cities + peers->group.members[i]]);
    }
    return gh_city_dot_plot(page->framework, page->targets, lang, data_point, figures,
                            page->city->slug, link_base, width);
}
