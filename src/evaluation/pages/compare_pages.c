/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* compare_pages.c - cities or years side by side. */
#include <math.h>
#include <string.h>

#include "evaluation/pages/chart_view.h"
#include "evaluation/pages/compare_page.h"
#include "evaluation/pages/score_view.h"
#include "evaluation/words/say.h"

/* How the rows are shown; what is the default stands in no address. */
typedef struct {
    bool by_framework; /* else the widest gap first */
    bool only_both;    /* only rows in which every city has a value */
} Shown;

static Shown
read_shown(const GhRequest *request)
{
    return (Shown){
        .by_framework = g_strcmp0(gh_request_param(request, "sort"), "framework") == 0,
        .only_both = g_strcmp0(gh_request_param(request, "only"), "both") == 0,
    };
}

static char *
page_url(const char *query, const Shown *shown)
{
    return g_strdup_printf("/compare?%s%s%s", query, shown->by_framework ? "&sort=framework" : "",
                           shown->only_both ? "&only=both" : "");
}

static char *
say_column(const GhEvaluation *evaluation)
{
    return g_strdup_printf("%s %d", evaluation->city->name, evaluation->figures->year);
}

static char *
say_title(const GhComparePage *page)
{
    g_autoptr(GString) title = g_string_new(NULL);

    for (size_t i = 0; i < page->n_evaluations; i++) {
        g_autofree char *column = say_column(&page->evaluations[i]);
        g_string_append_printf(title, "%s%s", i > 0 ? ", " : "", column);
    }
    return g_string_free(g_steal_pointer(&title), FALSE);
}

/* -- columns and what they hold -- */

static void
fill_columns(const GhComparePage *page, const GhLang *lang, GhView *view)
{
    for (size_t i = 0; i < page->n_evaluations; i++) {
        const GhEvaluation *evaluation = &page->evaluations[i];
        GhView *column = gh_view_append(view, "columns");
        gh_view_text(column, "name", evaluation->city->name);
        gh_view_printf(column, "year", "%d", evaluation->figures->year);
        gh_view_take_text(column, "column_state", gh_say_set_verified(lang, evaluation->figures));
        gh_view_printf(column, "city_url", "/cities/%s?year=%d&targets=%s", evaluation->city->slug,
                       evaluation->figures->year, page->targets->id);
    }
    gh_view_printf(view, "n_columns", "%zu", page->n_evaluations);
    gh_view_printf(view, "n_with_gap", "%zu", page->n_evaluations + 2);
}

static GhView *
add_scores(const GhComparePage *page, const GhLang *lang, size_t group, GhView *view,
           const char *key)
{
    const GhFramework *framework = page->framework;
    GhView *row = gh_view_append(view, key);

    gh_view_text(row, "dimension", gh_say_group(framework, lang, framework->groups[group].name));
    for (size_t i = 0; i < page->n_evaluations; i++)
        gh_score_view_group(gh_view_append(row, "cells"), framework, lang,
                            &page->evaluations[i].scores->groups[group]);
    return row;
}

static bool
any_reports(const GhComparePage *page, size_t group)
{
    for (size_t i = 0; i < page->n_evaluations; i++) {
        if (page->evaluations[i].scores->groups[group].reported > 0)
            return true;
    }
    return false;
}

/* The top groups, and behind them the others of which anything is reported. */
static void
fill_scores(const GhComparePage *page, const GhLang *lang, GhView *view)
{
    const GhFramework *framework = page->framework;
    bool has_groups = false;

    for (size_t i = 0; i < framework->n_groups; i++) {
        if (framework->groups[i].level == 0) {
            (void)add_scores(page, lang, i, view, "dimensions");
            continue;
        }
        if (!any_reports(page, i))
            continue;
        has_groups = true;
        GhView *row = add_scores(page, lang, i, view, "groups");
        gh_view_text(row, "group_top", gh_say_group(framework, lang, framework->groups[i].top));
        gh_view_text(row, "group_level", gh_say_level(framework, lang, framework->groups[i].level));
    }
    gh_view_flag(view, "has_groups", has_groups);
}

static void
fill_gap(const GhFramework *framework, const GhLang *lang, double gap, GhView *row)
{
    char width[G_ASCII_DTOSTR_BUF_SIZE];

    gh_view_flag(row, "has_gap", !isnan(gap));
    if (isnan(gap))
        return;
    gh_view_take_text(row, "gap", gh_say_score(framework, lang, gap));
    gh_view_text(row, "gap_width", g_ascii_formatd(width, sizeof width, "%.4g", gap));
}

static void
fill_row(const GhComparePage *page, const GhLang *lang, const GhComparisonRow *compared,
         GhView *row)
{
    const GhFramework *framework = page->framework;
    const GhDataPoint *point = &framework->data_points[compared->data_point];

    gh_view_take_text(row, "label", gh_say_figure(framework, lang, compared->data_point));
    gh_view_printf(row, "kpi_url", "/indicators/%s", framework->kpis[point->kpi].id);
    gh_view_text(row, "row_unit", gh_say_unit(framework, lang, compared->data_point));
    for (size_t i = 0; i < page->n_evaluations; i++) {
        const GhEvaluation *evaluation = &page->evaluations[i];
        gh_score_view_figure(gh_view_append(row, "cells"), framework, lang,
                             &evaluation->figures->figures[compared->data_point],
                             &evaluation->scores->points[compared->data_point]);
    }
    fill_gap(framework, lang, compared->gap, row);
}

/* -- rows: which, and in which order -- */

static bool
all_have_value(const GhComparePage *page, size_t data_point)
{
    for (size_t i = 0; i < page->n_evaluations; i++) {
        if (isnan(page->evaluations[i].figures->figures[data_point].value))
            return false;
    }
    return true;
}

static GArray *
take_wanted(const GhComparePage *page, const GArray *rows, const Shown *shown)
{
    GArray *wanted = g_array_new(FALSE, FALSE, sizeof(GhComparisonRow));

    for (guint i = 0; i < rows->len; i++) {
        GhComparisonRow row = g_array_index(rows, GhComparisonRow, i);
        if (!shown->only_both || all_have_value(page, row.data_point))
            g_array_append_val(wanted, row);
    }
    return wanted;
}

static void
fill_by_gap(const GhComparePage *page, const GhLang *lang, const GArray *rows, GhView *view)
{
    GhView *body = gh_view_append(view, "bodies");

    gh_view_flag(body, "heading", false);
    for (guint i = 0; i < rows->len; i++)
        fill_row(page, lang, &g_array_index(rows, GhComparisonRow, i),
                 gh_view_append(body, "rows"));
}

static const GhComparisonRow *
find_row(const GArray *rows, size_t data_point)
{
    for (guint i = 0; i < rows->len; i++) {
        const GhComparisonRow *row = &g_array_index(rows, GhComparisonRow, i);
        if (row->data_point == data_point)
            return row;
    }
    return NULL;
}

/* The lowest groups in the framework's order, each a body of the table. */
static void
fill_by_framework(const GhComparePage *page, const GhLang *lang, const GArray *rows, GhView *view)
{
    const GhFramework *framework = page->framework;

    for (size_t i = 0; i < framework->n_groups; i++) {
        const GhGroup *group = &framework->groups[i];
        GhView *body = NULL;
        if (group->level + 1 != framework->n_levels)
            continue;
        for (size_t k = 0; k < group->n_data_points; k++) {
            const GhComparisonRow *row = find_row(rows, group->data_points[k]);
            if (row == NULL)
                continue;
            if (body == NULL) {
                body = gh_view_append(view, "bodies");
                gh_view_text(body, "heading", gh_say_group(framework, lang, group->name));
                gh_view_text(body, "top", gh_say_group(framework, lang, group->top));
            }
            fill_row(page, lang, row, gh_view_append(body, "rows"));
        }
    }
}

static void
fill_choices(const GhLang *lang, const char *query, const Shown *shown, size_t n_any, size_t n_both,
             GhView *view)
{
    const struct {
        const char *key, *text;
        Shown shown;
        bool current;
    } choices[] = {
        {"sort_choices",
         GH_T(lang, "widest gap first"),
         {false, shown->only_both},
         !shown->by_framework},
        {"sort_choices", GH_T(lang, "by group"), {true, shown->only_both}, shown->by_framework},
        {"only_choices", NULL, {shown->by_framework, false}, !shown->only_both},
        {"only_choices", NULL, {shown->by_framework, true}, shown->only_both},
    };
    g_autofree char *any = g_strdup_printf("%zu", n_any);
    g_autofree char *both = g_strdup_printf("%zu", n_both);
    g_autofree char *any_text = gh_lang_fill(GH_T(lang, "any value ({n})"), "n", any, NULL);
    g_autofree char *both_text =
        gh_lang_fill(GH_T(lang, "values everywhere ({n})"), "n", both, NULL);

    for (size_t i = 0; i < G_N_ELEMENTS(choices); i++) {
        g_autofree char *url = page_url(query, &choices[i].shown);
        const char *counted = choices[i].shown.only_both ? both_text : any_text;
        gh_pages_choice(view, choices[i].key, choices[i].text != NULL ? choices[i].text : counted,
                        url, choices[i].current);
    }
}

/* "The widest gap: Air Pollution: NO2, 83 points." */
static void
fill_widest(const GhComparePage *page, const GhLang *lang, const GArray *rows, GhView *view)
{
    gh_view_flag(view, "widest", false);
    if (rows->len == 0 || isnan(g_array_index(rows, GhComparisonRow, 0).gap))
        return;

    const GhComparisonRow *first = &g_array_index(rows, GhComparisonRow, 0);
    g_autofree char *name = gh_say_figure(page->framework, lang, first->data_point);
    g_autofree char *gap = gh_say_score(page->framework, lang, first->gap);
    gh_view_take_text(
        view, "widest",
        gh_lang_fill(
            GH_T(lang, "They lie furthest apart in {name}: {gap} percentage points of the target."),
            "name", name, "gap", gap, NULL));
}

static void
fill_table(const GhComparePage *page, const GhLang *lang, const Shown *shown, const char *query,
           GhView *view)
{
    const Shown both = {.only_both = true};
    const GhComparison comparison = {.evaluations = page->evaluations,
                                     .n_evaluations = page->n_evaluations};
    g_autoptr(GArray) rows = gh_comparison_rows(&comparison);
    g_autoptr(GArray) wanted = take_wanted(page, rows, shown);
    g_autoptr(GArray) everywhere = take_wanted(page, rows, &both);

    gh_view_empty_list(view, "bodies");
    gh_view_flag(view, "has_rows", wanted->len > 0);
    if (shown->by_framework)
        fill_by_framework(page, lang, wanted, view);
    else if (wanted->len > 0)
        fill_by_gap(page, lang, wanted, view);
    fill_choices(lang, query, shown, rows->len, everywhere->len, view);
    fill_widest(page, lang, rows, view);
    gh_view_flag(view, "has_both", everywhere->len > 0);
    gh_view_printf(view, "n_both", "%u", everywhere->len);
}

/* Lines from one to the other, where there are two. */
static void
fill_slope(const GhComparePage *page, const GhLang *lang, const char *query, GhView *view)
{
    const GhEvaluation *both = page->evaluations;
    g_autofree char *behind = g_strconcat("?", query, NULL);
    bool has_slope =
        page->n_evaluations == 2
        && gh_chart_view(view, "slope", "slope",
                         gh_city_slope(&both[0], &both[1], lang, -1, "", GH_CHART_WIDE),
                         gh_city_slope(&both[0], &both[1], lang, -1, "", GH_CHART_NARROW));

    gh_view_flag(view, "has_slope", has_slope);
    if (has_slope)
        gh_pages_downloads(view, lang, GH_T(lang, "Chart"), "/compare/slope", behind,
                           "svg|png|pdf");
}

static void
fill_bar(const GhComparePage *page, const GhLang *lang, const char *query, GhView *view)
{
    g_autofree char *behind = g_strconcat("?", query, NULL);

    gh_view_text(view, "framework_name", gh_say_framework(page->framework, lang));
    gh_view_text(view, "framework_version", page->framework->version);
    gh_view_text(view, "targets_name", page->targets->id);
    gh_view_take_text(view, "state", gh_compare_say_verified(page, lang, page->n_evaluations));
    gh_pages_downloads(view, lang, GH_T(lang, "Comparison"), "/compare", behind, "csv|xlsx|json");
}

static bool
reply_compared(GhRequest *request, GhReply *reply, const GhComparePage *page, const char *query,
               GError **error)
{
    const GhLang *lang = gh_request_lang(request);
    const Shown shown = read_shown(request);
    g_autofree char *address = page_url(query, &shown);
    g_autofree char *compared = say_title(page);
    g_autofree char *title = gh_lang_fill(GH_T(lang, "Compared: {names}"), "names", compared, NULL);

    g_autoptr(GhView) view = gh_view_new();
    gh_pages_breadcrumb(view, GH_T(lang, "Compare"), "/compare");
    gh_pages_breadcrumb(view, compared, NULL);
    gh_view_text(view, "title", title);
    gh_view_text(view, "cite_path", address);
    gh_view_text(view, "canonical_url", address);
    fill_columns(page, lang, view);
    fill_bar(page, lang, query, view);
    fill_scores(page, lang, view);
    fill_slope(page, lang, query, view);
    fill_table(page, lang, &shown, query, view);
    gh_score_view_legend(view, page->framework, lang);
    gh_compare_form(page, lang, view);
    return gh_reply_page(request, reply, "compare", title, g_steal_pointer(&view), error);
}

/* -- nothing to compare yet -- */

static gint
by_reported(gconstpointer a, gconstpointer b)
{
    const GhOverviewCity *left = *(GhOverviewCity *const *)a;
    const GhOverviewCity *right = *(GhOverviewCity *const *)b;

    if (left->reported != right->reported)
        return left->reported > right->reported ? -1 : 1;
    return strcmp(left->city->slug, right->city->slug);
}

/* The cities with most figures, in twos. */
static void
fill_examples(const GhComparePage *page, GhView *view)
{
    enum {
        EXAMPLES = 3
    };
    g_autoptr(GPtrArray) cities = g_ptr_array_new();

    for (guint i = 0; i < page->overview->cities->len; i++) {
        GhOverviewCity *one = g_ptr_array_index(page->overview->cities, i);
        if (one->year != 0)
            g_ptr_array_add(cities, one);
    }
    g_ptr_array_sort(cities, by_reported);
    gh_view_flag(view, "has_examples", cities->len >= 2);
    for (guint i = 0; i < EXAMPLES && i + 1 < cities->len; i++) {
        const GhOverviewCity *left = g_ptr_array_index(cities, i);
        const GhOverviewCity *right = g_ptr_array_index(cities, i + 1);
        GhView *example = gh_view_append(view, "examples");
        gh_view_printf(example, "example_url",
                       "/compare?city1=%s&year1=%d&city2=%s&year2=%d&targets=%s", left->city->slug,
                       left->year, right->city->slug, right->year, page->targets->id);
        gh_view_printf(example, "text", "%s %d, %s %d", left->city->name, left->year,
                       right->city->name, right->year);
    }
}

static bool
reply_form(GhRequest *request, GhReply *reply, const GhComparePage *page, GError **error)
{
    enum {
        BAD_REQUEST = 400,
        NOT_FOUND = 404
    };
    const GhLang *lang = gh_request_lang(request);
    g_autoptr(GhView) view = gh_view_new();

    gh_pages_breadcrumb(view, GH_T(lang, "Home"), "/");
    gh_pages_breadcrumb(view, GH_T(lang, "Compare"), NULL);
    gh_compare_form(page, lang, view);
    fill_examples(page, view);
    if (!gh_reply_page(request, reply, "compare_asked", GH_T(lang, "Compare"),
                       g_steal_pointer(&view), error))
        return false;
    if (page->n_faults > 0)
        gh_reply_status(reply, page->has_unknown ? NOT_FOUND : BAD_REQUEST);
    return true;
}

/* Whether the address asked for is the permanent one: address words, every year, no empty field. */
static bool
is_permanent(const GhRequest *request, const GhComparePage *page)
{
    for (size_t i = 0; i < GH_COMPARED_MAX; i++) {
        const GhCompared *field = &page->fields[i];
        bool is_empty = gh_request_param(request, GH_COMPARE_PARAMS[2 * i].name) == NULL
                        && gh_request_param(request, GH_COMPARE_PARAMS[2 * i + 1].name) == NULL;
        if (i >= page->n_evaluations) {
            if (!is_empty)
                return false;
            continue;
        }
        if (field->city == NULL || strcmp(field->city_text, field->city->slug) != 0
            || field->year_text[0] == '\0')
            return false;
    }
    return gh_request_param(request, "targets") != NULL
           && g_strcmp0(gh_request_param(request, "sort"), "gap") != 0
           && g_strcmp0(gh_request_param(request, "only"), "all") != 0;
}

/* GET /compare?city1=&year1=...&city4=&year4=&targets=&sort=&only= ; public. 303 to the permanent
 * address; without two cities or years the form, which keeps what was typed: 404 when a city or year is
 * not here, 400 when one stands there twice. */
static bool
compare_page(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    g_auto(GhComparePage) page = {0};
    bool answered = false;

    (void)data;
    if (!gh_compare_page_load(request, reply, &page, &answered, error))
        return false;
    if (answered)
        return true;
    if (!gh_compare_page_is_complete(&page))
        return reply_form(request, reply, &page, error);

    g_autofree char *query = gh_compare_page_query(&page);
    if (!is_permanent(request, &page)) {
        const Shown shown = read_shown(request);
        g_autofree char *address = page_url(query, &shown);
        gh_reply_redirect(reply, address);
        return true;
    }
    return reply_compared(request, reply, &page, query, error);
}

void
gh_compare_pages_register(GhServer *server)
{
    static GhRoute routes[] = {
        {.path = "/compare", .handler = compare_page},
        {.path = "/compare.{format}", .handler = gh_compare_file},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(routes); i++) {
        routes[i].method = GH_GET;
        routes[i].role = GH_ROLE_PUBLIC;
        routes[i].cache = GH_CACHE_PUBLIC;
        routes[i].params = GH_COMPARE_PARAMS;
        routes[i].n_params = GH_N_COMPARE_PARAMS;
    }
    gh_server_add_routes(server, routes, G_N_ELEMENTS(routes), NULL);
}
