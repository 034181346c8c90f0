/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* city_page.c - a city in a year, loaded once for the page, its explanation and its files. */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "evaluation/pages/pages.h"
#include "evaluation/words/say.h"

const GhParam GH_CITY_PARAMS[] = {
    {.name = "year", .kind = GH_PARAM_YEAR},
    {.name = "targets", .kind = GH_PARAM_ID},
};
const size_t GH_N_CITY_PARAMS = G_N_ELEMENTS(GH_CITY_PARAMS);

/* What one snapshot gives; a repeated try starts from nothing. */
static void
clear_loaded(GhCityPage *page)
{
    g_clear_pointer(&page->city, gh_city_free);
    g_clear_pointer(&page->figures, gh_figure_set_free);
    g_clear_pointer(&page->earlier, gh_figure_set_free);
    g_clear_pointer(&page->years, g_array_unref);
    g_clear_pointer(&page->history, g_ptr_array_unref);
}

void
gh_city_page_clear(GhCityPage *page)
{
    clear_loaded(page);
    g_clear_pointer(&page->scores, gh_scores_free);
    g_clear_pointer(&page->framework, gh_framework_unref);
}

typedef struct {
    GhCityPage *page;
    const char *slug;
} Loading;

/* The latest year before the one shown; 0 when there is none. */
static int
year_before(const GArray *years, int year)
{
    for (guint i = 0; i < years->len; i++) {
        int candidate = g_array_index(years, int, i);
        if (candidate < year)
            return candidate;
    }
    return 0;
}

static bool
load_figures(GhDb *db, GhCityPage *page, GError **error)
{
    page->figures = gh_figures_load(db, page->framework, page->city->id, page->asked_year, error);
    if (page->figures == NULL)
        return false;

    int earlier = page->figures->year > 0 ? year_before(page->years, page->figures->year) : 0;
    if (earlier == 0)
        return true;
    page->earlier = gh_figures_load(db, page->framework, page->city->id, earlier, error);
    return page->earlier != NULL;
}

static void
free_figure_set(void *set)
{
    gh_figure_set_free(set);
}

/* Each year's figures, for trends; a city of one year has none. */
static bool
load_history(GhDb *db, GhCityPage *page, GError **error)
{
    if (page->years->len < 2)
        return true;
    page->history = g_ptr_array_new_with_free_func(free_figure_set);
    for (guint i = page->years->len; i > 0; i--) {
        GhFigureSet *set = gh_figures_load(db, page->framework, page->city->id,
                                           g_array_index(page->years, int, i - 1), error);
        if (set == NULL)
            return false;
        g_ptr_array_add(page->history, set);
    }
    return true;
}

static bool
load_city(GhDb *db, void *data, GError **error)
{
    Loading *loading = data;
    GhCityPage *page = loading->page;
    g_autoptr(GError) own = NULL;

    clear_loaded(page);
    if (!gh_city_find(db, loading->slug, &page->city, &own)) {
        /* A name of several cities is no address. */
        if (g_error_matches(own, GH_EVALUATION_ERROR, GH_EVALUATION_ERROR_AMBIGUOUS))
            return true;
        g_propagate_error(error, g_steal_pointer(&own));
        return false;
    }
    if (page->city == NULL)
        return true;

    page->years = gh_figures_years(db, page->framework, page->city->id, error);
    if (page->years == NULL)
        return false;
    return load_figures(db, page, error) && load_history(db, page, error);
}

static bool
has_year(const GhCityPage *page, int year)
{
    for (guint i = 0; i < page->years->len; i++) {
        if (g_array_index(page->years, int, i) == year)
            return true;
    }
    return false;
}

static char *
list_years(const GhCityPage *page)
{
    g_autoptr(GString) out = g_string_new(NULL);

    for (guint i = 0; i < page->years->len; i++)
        g_string_append_printf(out, "%s%d", i > 0 ? ", " : "", g_array_index(page->years, int, i));
    return g_string_free(g_steal_pointer(&out), FALSE);
}

static bool
answer_no_year(GhRequest *request, GhReply *reply, const GhCityPage *page, GError **error)
{
    const GhLang *lang = gh_request_lang(request);
    g_autofree char *year = g_strdup_printf("%d", page->asked_year);
    g_autofree char *years = list_years(page);
    const char *pattern =
        page->years->len > 0
            ? GH_T(lang, "{city} has no figures for {year}. It has figures for: {years}.")
            : GH_T(lang, "{city} has no figures for {year}, nor for any other year yet.");
    g_autofree char *sentence =
        gh_lang_fill(pattern, "city", page->city->name, "year", year, "years", years, NULL);

    return gh_reply_not_found(request, reply, sentence, error);
}

static bool
answer_no_targets(GhRequest *request, GhReply *reply, const GhCityPage *page, GError **error)
{
    const GhLang *lang = gh_request_lang(request);
    g_autoptr(GString) names = g_string_new(NULL);

    for (size_t i = 0; i < page->framework->n_target_sets; i++)
        g_string_append_printf(names, "%s%s", i > 0 ? ", " : "",
                               page->framework->target_sets[i].id);
    g_autofree char *sentence =
        gh_lang_fill(GH_T(lang, "There is no such set of targets. There are: {names}."), "names",
                     names->str, NULL);
    return gh_reply_not_found(request, reply, sentence, error);
}

/* /cities/Karmøy and /cities/Karmoy lead to /cities/karmoy, whatever comes behind. */
static bool
answer_own_address(GhRequest *request, GhReply *reply, const char *asked, const char *slug)
{
    const char *path = gh_request_path(request);
    const char *rest = strstr(path, asked);

    g_assert(rest != NULL); /* it is a place of the path */
    g_autofree char *address = g_strdup_printf("/cities/%s%s", slug, rest + strlen(asked));
    gh_reply_redirect(reply, address);
    return true;
}

bool
gh_city_page_load(GhRequest *request, GhReply *reply, GhCityPage *page, bool *ret_answered,
                  GError **error)
{
    const char *targets = gh_request_param(request, "targets");
    int64_t year = 0;
    Loading loading = {.page = page, .slug = gh_request_param(request, "slug")};

    page->framework = gh_pages_framework(request, error);
    if (page->framework == NULL)
        return false;
    if (gh_request_param_int(request, "year", &year))
        page->asked_year = (int)year;
    if (!gh_store_read(gh_server_store(gh_request_server(request)), load_city, &loading, error))
        return false;

    *ret_answered = true;
    if (page->city == NULL)
        return gh_reply_not_found(
            request, reply,
            GH_T(gh_request_lang(request),
                 "There is no city at this address. Look for it in the list of cities."),
            error);
    if (strcmp(page->city->slug, loading.slug) != 0)
        return answer_own_address(request, reply, loading.slug, page->city->slug);
    if (page->asked_year != 0 && !has_year(page, page->asked_year))
        return answer_no_year(request, reply, page, error);
    page->targets = &page->framework->target_sets[0];
    if (targets != NULL)
        page->targets = gh_framework_find_targets(page->framework, targets);
    if (targets != NULL && page->targets == NULL)
        return answer_no_targets(request, reply, page, error);

    *ret_answered = false;
    page->scores = gh_scores_new(page->framework);
    gh_scores_compute(page->framework, page->targets, page->figures, &(GhScoreOptions){0},
                      page->scores);
    return true;
}

GhEvaluation
gh_city_page_evaluation(const GhCityPage *page)
{
    return (GhEvaluation){.framework = page->framework,
                          .targets = page->targets,
                          .city = page->city,
                          .figures = page->figures,
                          .scores = page->scores};
}

GPtrArray *
gh_city_page_series(const GhCityPage *page, size_t data_point)
{
    g_autoptr(GPtrArray) series = g_ptr_array_new();
    size_t n_values = 0;

    for (guint i = 0; page->history != NULL && i < page->history->len; i++) {
        GhFigureSet *set = g_ptr_array_index(page->history, i);
        g_ptr_array_add(series, &set->figures[data_point]);
        n_values += isnan(set->figures[data_point].value) ? 0 : 1;
    }
    return n_values >= 2 ? g_steal_pointer(&series) : NULL;
}

bool
gh_city_page_has_trend(const GhCityPage *page)
{
    for (size_t i = 0; page->history != NULL && i < page->framework->n_data_points; i++) {
        g_autoptr(GPtrArray) series = gh_city_page_series(page, i);
        if (series != NULL)
            return true;
    }
    return false;
}

char *
gh_city_page_indicator_url(const GhCityPage *page, size_t data_point)
{
    const GhFramework *framework = page->framework;
    const GhKpi *kpi = &framework->kpis[framework->data_points[data_point].kpi];

    return g_strdup_printf("/indicators/%s?city=%s", kpi->id, page->city->slug);
}

char *
gh_city_page_file_name(const GhCityPage *page, const char *what)
{
    if (page->figures->year == 0)
        return g_strdup_printf("%s-%s", page->city->slug, what);
    return g_strdup_printf("%s-%d-%s", page->city->slug, page->figures->year, what);
}

char *
gh_city_page_anchor(const GhGroup *group)
{
    g_autofree char *top = gh_text_slug(group->top);
    g_autofree char *name = gh_text_slug(group->name);

    if (top == NULL || name == NULL)
        return g_strdup_printf("group-%u-%u", g_str_hash(group->top), g_str_hash(group->name));
    return g_strdup_printf("%s-%s", top, name);
}
