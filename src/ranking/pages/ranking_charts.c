/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* ranking_charts.c - a ranking as drawings: places, parts of scores, choices, links of groups. */
#include <math.h>
#include <string.h>

#include "ranking/pages/ranking_page.h"

/* Texts of one drawing, which copies what it needs. */
static const char *
own(GPtrArray *texts, char *text)
{
    g_ptr_array_add(texts, text);
    return text;
}

static const char *
link_of(GPtrArray *texts, const GhRankingPage *page, const GhRankedCity *city, const char *base)
{
    return base == NULL ? NULL
                        : own(texts, g_strdup_printf("%s/rankings/%s/cities/%s", base,
                                                     page->ranking->slug, city->slug));
}

GhDrawing *
gh_ranking_draw_places(const GhRankingPage *page, const GhLang *lang, size_t first, size_t end,
                       const char *highlighted, const char *base, double width)
{
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    end = MIN(end, page->n_placed);
    if (first >= end)
        return NULL;
    g_autofree GhInterval *rows = g_new0(GhInterval, end - first);
    g_autofree char *title =
        gh_lang_fill(GH_T(lang, "{title}: places"), "title", page->ranking->title, NULL);

    for (size_t i = first; i < end; i++) {
        const GhRankedCity *city = gh_ranking_page_city(page, i);
        rows[i - first] = (GhInterval){
            .label = city->name,
            .value = own(texts, gh_ranking_say_place(lang, city)),
            .link = link_of(texts, page, city, base),
            .nominal = city->place,
            .low = city->q5,
            .high = city->q95,
            .lower_quartile = city->q25,
            .median = city->median,
            .upper_quartile = city->q75,
            .highlighted = g_strcmp0(highlighted, city->slug) == 0,
        };
    }
    const GhIntervals intervals = {
        .lang = lang,
        .title = title,
        .description = GH_T(lang, "One line a city: from the place it has in 5 % of the "
                                  "replications to that in 95 %, and the published place."),
        .axis = GH_T(lang, "Place, 1 is the best"),
        .best = 1,
        .worst = MAX(2, (double)page->n_placed),
        .rows = rows,
        .n_rows = end - first,
        .key_nominal = GH_T(lang, "published place"),
        .key_median = GH_T(lang, "middle of all runs"),
        .key_half = GH_T(lang, "half of all runs"),
        .key_range = GH_T(lang, "9 of 10 runs"),
        .width = width,
    };
    return gh_chart_intervals(&intervals);
}

/* -- parts of scores -- */

typedef struct {
    const GhRankingPage *page;
    const GhLang *lang;
    GPtrArray *texts;
    GPtrArray *parts; /* of GhStackPart *, one array a bar */
} Stacking;

static GhStackBar
make_bar(const Stacking *work, const GhIndexExplanation *explanation, const GhRankedCity *city,
         const char *base)
{
    const GhIndexNode *top = gh_ranking_page_top(work->page);
    GhStackPart *parts = g_new0(GhStackPart, top->n_children);

    g_ptr_array_add(work->parts, parts);
    for (size_t k = 0; k < top->n_children; k++) {
        size_t node = top->children[k];
        double value = explanation->nodes[node].contribution;
        g_autofree char *points = gh_ranking_say_score(work->page, work->lang, value);
        parts[k].series = k;
        parts[k].value = value;
        parts[k].name =
            own(work->texts, gh_lang_fill(GH_T(work->lang, "{group}: {points} points"), "group",
                                          gh_ranking_say_node(work->page, work->lang, node),
                                          "points", points, NULL));
    }
    return (GhStackBar){
        .label = city->name,
        .value = own(work->texts, gh_ranking_say_score(work->page, work->lang, explanation->score)),
        .link = link_of(work->texts, work->page, city, base),
        .parts = parts,
        .n_parts = top->n_children};
}

/* Parts below zero cannot stand beside others as shares of a score. */
static bool
can_stack(const GhRankingPage *page)
{
    return page->data != NULL && gh_ranking_page_top(page)->n_children > 1
           && gh_ranking_page_top(page)->level > 1;
}

/* Goals are known by their numbers: "4" of "4 Quality education" stands in its parts, when every group has one. */
static const char **
marks_of(GPtrArray *texts, const char *const *series, size_t n)
{
    g_autofree const char **marks = g_new0(const char *, n);

    for (size_t k = 0; k < n; k++) {
        size_t n_digits = strspn(series[k], "0123456789");
        if (n_digits == 0 || series[k][n_digits] != ' ')
            return NULL;
        marks[k] = own(texts, g_strndup(series[k], n_digits));
    }
    return g_steal_pointer(&marks);
}

GhDrawing *
gh_ranking_draw_parts(const GhRankingPage *page, const GhLang *lang, size_t first, size_t end,
                      const char *base, double width)
{
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);
    const Stacking work = {.page = page, .lang = lang, .texts = texts, .parts = parts};
    end = MIN(end, page->n_placed);
    if (first >= end || !can_stack(page))
        return NULL;
    const GhIndexNode *top = gh_ranking_page_top(page);
    g_autofree const char **series = g_new0(const char *, top->n_children);
    g_autofree GhStackBar *bars = g_new0(GhStackBar, end - first);
    g_autofree char *title = gh_lang_fill(GH_T(lang, "{title}: what scores are made of"), "title",
                                          page->ranking->title, NULL);

    for (size_t k = 0; k < top->n_children; k++)
        series[k] = gh_ranking_say_node(page, lang, top->children[k]);
    g_autofree const char **marks = marks_of(texts, series, top->n_children);
    for (size_t k = 0; marks != NULL && k < top->n_children; k++)
        series[k] += strlen(marks[k]) + 1;
    for (size_t i = first; i < end; i++) {
        g_autoptr(GhIndexExplanation) explanation = gh_index_explain(
            page->kept->result, page->kept->spec, page->kept->units[i], page->kept->top, NULL);
        if (explanation == NULL) /* an aggregation whose scores have no parts */
            return NULL;
        bars[i - first] = make_bar(&work, explanation, gh_ranking_page_city(page, i), base);
    }
    const GhStacks stacks = {
        .lang = lang,
        .title = title,
        .description = GH_T(lang, "One bar a city: its score, and what each group adds to it."),
        .axis = GH_T(lang, "Points of the score"),
        .series = series,
        .marks = marks,
        .n_series = top->n_children,
        .max = NAN,
        .bars = bars,
        .n_bars = end - first,
        .width = width,
    };
    return gh_chart_stacks(&stacks);
}

/* -- which choice matters most -- */

GhDrawing *
gh_ranking_draw_choices(const GhRankingPage *page, const GhLang *lang, double width)
{
    const GPtrArray *choices = page->kept->whole->choices;
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    if (choices->len < 2)
        return NULL;
    g_autofree GhInterval *rows = g_new0(GhInterval, choices->len);

    for (guint i = 0; i < choices->len; i++) {
        const GhRankingChoice *choice = g_ptr_array_index(choices, i);
        /* An estimate may fall a little outside 0..1; the axis does not. */
        rows[i] = (GhInterval){
            .label = choice->name,
            .value = own(texts, gh_ranking_say_percent(lang, CLAMP(choice->total, 0, 1))),
            .nominal = NAN,
            .low = 100 * CLAMP(choice->total_low, 0, 1),
            .high = 100 * CLAMP(choice->total_high, 0, 1),
            .lower_quartile = NAN,
            .median = 100 * CLAMP(choice->total, 0, 1),
            .upper_quartile = NAN,
        };
    }
    const GhIntervals intervals = {
        .lang = lang,
        .title = GH_T(lang, "Which choice moves the places most"),
        .description = GH_T(lang, "One line a choice: its share of the movement of places, alone "
                                  "and together with others (total-order index), and the middle "
                                  "90 % of its estimate."),
        .axis = GH_T(lang, "Share of the movement, %"),
        .best = 0,
        .worst = 100,
        .rows = rows,
        .n_rows = choices->len,
        .key_median = GH_T(lang, "estimate"),
        .key_range = GH_T(lang, "how sure it is (90 %)"),
        .width = width,
    };
    return gh_chart_intervals(&intervals);
}

/* -- how groups go together -- */

/* The aggregates below the top, of the lowest level that is still few; then the top. */
static GArray *
choose_nodes(const GhRankingPage *page)
{
    const GhIndexData *data = page->data;
    int top_level = gh_ranking_page_top(page)->level;

    for (int level = 2; level < top_level; level++) {
        g_autoptr(GArray) nodes = g_array_new(FALSE, FALSE, sizeof(size_t));
        for (size_t i = 0; i < data->n_nodes; i++) {
            if (data->nodes[i].level == level && page->kept->result->state->active[i])
                g_array_append_val(nodes, i);
        }
        if (nodes->len + 1 <= GH_RANKING_HEAT_NODES) {
            g_array_append_val(nodes, page->kept->top);
            return g_steal_pointer(&nodes);
        }
    }
    return NULL;
}

/* A node's values of the year that places are of: those of other years would count a city several times. */
static size_t
gather_shown(const GhRankingPage *page, size_t node, double *ret_values)
{
    const GhIndexState *state = page->kept->result->state;
    const double *column = gh_index_state_column(state, node);
    size_t n = 0;

    for (size_t i = 0; i < state->n_units; i++) {
        if (gh_ranking_kept_shows(page->kept, state->rows[i]))
            ret_values[n++] = column[i];
    }
    return n;
}

bool
gh_ranking_links(const GhRankingPage *page, GArray **ret_nodes, double **ret_r)
{
    g_autoptr(GArray) nodes = page->data != NULL && page->n_placed >= 3 ? choose_nodes(page) : NULL;
    if (nodes == NULL || nodes->len < 3)
        return false;

    size_t n = nodes->len, n_rows = page->kept->result->state->n_units, n_shown = 0;
    g_autofree double *values = g_new(double, n *n_rows);
    double *r = g_new(double, n *n);
    for (size_t i = 0; i < n; i++)
        n_shown = gather_shown(page, g_array_index(nodes, size_t, i), values + i * n_rows);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++)
            r[i * n + j] =
                gh_column_correlation(values + i * n_rows, values + j * n_rows, n_shown, NULL);
    }
    *ret_nodes = g_steal_pointer(&nodes);
    *ret_r = r;
    return true;
}

GhDrawing *
gh_ranking_draw_links(const GhRankingPage *page, const GhLang *lang, double width)
{
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GArray) nodes = NULL;
    g_autofree double *r = NULL;
    if (!gh_ranking_links(page, &nodes, &r))
        return NULL;
    size_t n = nodes->len;
    g_autofree const char **names = g_new0(const char *, n);
    g_autofree const char **written = g_new0(const char *, n *n);

    for (size_t i = 0; i < n; i++)
        names[i] = gh_ranking_say_node(page, lang, g_array_index(nodes, size_t, i));
    for (size_t i = 0; i < n * n; i++)
        written[i] = isnan(r[i]) ? "–" : own(texts, gh_lang_number_fixed(lang, r[i], 2));
    const GhHeatMap map = {
        .lang = lang,
        .title = GH_T(lang, "How the groups go together"),
        .description = GH_T(lang, "Correlation of the scores of each two groups over the cities, "
                                  "from -1 to 1."),
        .rows = names,
        .columns = names,
        .n_rows = n,
        .n_columns = n,
        .values = r,
        .written = written,
        .legend_low = GH_T(lang, "opposite"),
        .legend_zero = GH_T(lang, "no link"),
        .legend_high = GH_T(lang, "together"),
        .width = width,
    };
    return gh_chart_heat_map(&map);
}
