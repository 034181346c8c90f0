/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* compare_page.c - the cities and years that a comparison asks for. */
#include "evaluation/pages/compare_page.h"

#include <string.h>

#include "base/text.h"
#include "evaluation/words/say.h"

const GhParam GH_COMPARE_PARAMS[] = {
    {.name = "city1", .kind = GH_PARAM_TEXT},
    {.name = "year1", .kind = GH_PARAM_TEXT}, /* any text: its fault is told at the field */
    {.name = "city2", .kind = GH_PARAM_TEXT},
    {.name = "year2", .kind = GH_PARAM_TEXT},
    {.name = "city3", .kind = GH_PARAM_TEXT},
    {.name = "year3", .kind = GH_PARAM_TEXT},
    {.name = "city4", .kind = GH_PARAM_TEXT},
    {.name = "year4", .kind = GH_PARAM_TEXT},
    {.name = "targets", .kind = GH_PARAM_ID},
    {.name = "sort", .kind = GH_PARAM_CHOICE, .choices = "gap|framework"},
    {.name = "only", .kind = GH_PARAM_CHOICE, .choices = "all|both"},
};
const size_t GH_N_COMPARE_PARAMS = G_N_ELEMENTS(GH_COMPARE_PARAMS);

/* What one snapshot gives; a repeated try starts from nothing. */
static void
clear_field(GhCompared *field)
{
    g_clear_pointer(&field->city, gh_city_free);
    g_clear_pointer(&field->figures, gh_figure_set_free);
    g_clear_pointer(&field->scores, gh_scores_free);
    g_clear_pointer(&field->city_fault, g_free);
    g_clear_pointer(&field->year_fault, g_free);
}

void
gh_compare_page_clear(GhComparePage *page)
{
    for (size_t i = 0; i < GH_COMPARED_MAX; i++)
        clear_field(&page->fields[i]);
    g_clear_pointer(&page->overview, gh_overview_unref);
    g_clear_pointer(&page->framework, gh_framework_unref);
}

/* -- names -- */

char *
gh_compare_city_name(const GhOverview *overview, const GhCity *city)
{
    size_t n = 0;

    for (guint i = 0; i < overview->cities->len; i++) {
        const GhOverviewCity *other = g_ptr_array_index(overview->cities, i);
        n += strcmp(other->city->name, city->name) == 0 ? 1 : 0;
    }
    return n < 2 ? g_strdup(city->name) : g_strdup_printf("%s, %s", city->name, city->country_code);
}

/* The city whose name differs least from what was typed, by two slips and a missing mark at most; NULL
 * when none is near. */
static const GhCity *
find_near(const GhOverview *overview, const char *typed)
{
    enum {
        SLIPS_MAX = 3
    };
    g_autofree char *folded = gh_text_fold_search(typed);
    unsigned limit = MIN((unsigned)SLIPS_MAX, (unsigned)g_utf8_strlen(folded, -1) / 3);
    const GhCity *near = NULL;
    unsigned least = limit + 1;

    for (guint i = 0; i < overview->cities->len; i++) {
        const GhOverviewCity *one = g_ptr_array_index(overview->cities, i);
        g_autofree char *name = gh_text_fold_search(one->city->name);
        unsigned distance = gh_text_distance(folded, name, limit);
        if (distance < least) {
            least = distance;
            near = one->city;
        }
    }
    return near;
}

/* -- faults, each at its field -- */

static void
refuse_city(GhCompared *field, char *sentence)
{
    g_free(field->city_fault);
    field->city_fault = sentence;
}

static char *
say_unknown_city(const GhComparePage *page, const GhLang *lang, const char *typed)
{
    const GhCity *near = find_near(page->overview, typed);

    if (near == NULL)
        return gh_lang_fill(GH_T(lang, "There is no city “{name}” here."), "name", typed, NULL);
    return gh_lang_fill(GH_T(lang, "There is no city “{name}” here. Did you mean {near}?"), "name",
                        typed, "near", near->name, NULL);
}

static char *
say_years(const GArray *years)
{
    g_autoptr(GString) out = g_string_new(NULL);

    for (guint i = 0; i < years->len; i++)
        g_string_append_printf(out, "%s%d", i > 0 ? ", " : "", g_array_index(years, int, i));
    return g_string_free(g_steal_pointer(&out), FALSE);
}

/* -- loading -- */

typedef struct {
    GhComparePage *page;
    const GhLang *lang;
} Loading;

/* The year typed; 0: none, so the latest. False when it is no year of the city's. */
static bool
read_year(const GhCompared *field, const GArray *years, int *ret_year)
{
    guint64 year = 0;

    if (field->year_text[0] == '\0') {
        *ret_year = 0;
        return true;
    }
    if (!g_ascii_string_to_unsigned(field->year_text, 10, 1, G_MAXINT, &year, NULL))
        return false;
    for (guint i = 0; i < years->len; i++) {
        if (g_array_index(years, int, i) == (int)year) {
            *ret_year = (int)year;
            return true;
        }
    }
    return false;
}

static bool
load_figures(GhDb *db, const Loading *loading, GhCompared *field, GError **error)
{
    const GhComparePage *page = loading->page;
    int year = 0;

    g_autoptr(GArray) years = gh_figures_years(db, page->framework, field->city->id, error);
    if (years == NULL)
        return false;
    if (years->len == 0) {
        refuse_city(field, gh_lang_fill(GH_T(loading->lang, "{city} has no figures yet."), "city",
                                        field->city->name, NULL));
        return true;
    }
    if (!read_year(field, years, &year)) {
        g_autofree char *all = say_years(years);
        field->year_fault = gh_lang_fill(
            GH_T(loading->lang, "{city} has no figures for {year}. It has figures for: {years}."),
            "city", field->city->name, "year", field->year_text, "years", all, NULL);
        return true;
    }
    field->figures = gh_figures_load(db, page->framework, field->city->id, year, error);
    return field->figures != NULL;
}

static bool
load_field(GhDb *db, const Loading *loading, GhCompared *field, GError **error)
{
    const GhLang *lang = loading->lang;
    g_autoptr(GError) own = NULL;

    clear_field(field);
    if (field->city_text[0] == '\0') {
        if (field->year_text[0] != '\0')
            refuse_city(field, g_strdup(GH_T(lang, "Name the city of this year.")));
        return true;
    }
    if (!gh_city_find(db, field->city_text, &field->city, &own)) {
        if (!g_error_matches(own, GH_EVALUATION_ERROR, GH_EVALUATION_ERROR_AMBIGUOUS)) {
            g_propagate_error(error, g_steal_pointer(&own));
            return false;
        }
        refuse_city(field, gh_lang_fill(GH_T(lang, "Several cities are called {name}. Write the "
                                                   "country’s code behind it: {name}, NO."),
                                        "name", field->city_text, NULL));
        return true;
    }
    if (field->city == NULL) {
        refuse_city(field, say_unknown_city(loading->page, lang, field->city_text));
        return true;
    }
    return load_figures(db, loading, field, error);
}

static bool
load_fields(GhDb *db, void *data, GError **error)
{
    const Loading *loading = data;

    for (size_t i = 0; i < GH_COMPARED_MAX; i++) {
        if (!load_field(db, loading, &loading->page->fields[i], error))
            return false;
    }
    return true;
}

static void
refuse_repeated(GhComparePage *page, const GhLang *lang)
{
    for (size_t i = 1; i < GH_COMPARED_MAX; i++) {
        GhCompared *field = &page->fields[i];
        for (size_t k = 0; k < i && field->figures != NULL; k++) {
            const GhCompared *other = &page->fields[k];
            if (other->figures == NULL || other->city->id != field->city->id
                || other->figures->year != field->figures->year)
                continue;
            g_autofree char *year = g_strdup_printf("%d", field->figures->year);
            refuse_city(field, gh_lang_fill(GH_T(lang, "{city} {year} stands there already."),
                                            "city", field->city->name, "year", year, NULL));
        }
    }
}

static void
count_fields(GhComparePage *page)
{
    for (size_t i = 0; i < GH_COMPARED_MAX; i++) {
        const GhCompared *field = &page->fields[i];
        page->n_asked += field->city_text[0] != '\0' || field->year_text[0] != '\0' ? 1 : 0;
        page->n_faults += field->city_fault != NULL ? 1 : 0;
        page->n_faults += field->year_fault != NULL ? 1 : 0;
        page->has_unknown |=
            (field->city_text[0] != '\0' && field->city == NULL) || field->year_fault != NULL;
    }
}

static void
evaluate(GhComparePage *page)
{
    for (size_t i = 0; i < GH_COMPARED_MAX; i++) {
        GhCompared *field = &page->fields[i];
        if (field->figures == NULL || field->city_fault != NULL)
            continue;
        field->scores = gh_scores_new(page->framework);
        gh_scores_compute(page->framework, page->targets, field->figures, &(GhScoreOptions){0},
                          field->scores);
        page->evaluations[page->n_evaluations++] = (GhEvaluation){.framework = page->framework,
                                                                  .targets = page->targets,
                                                                  .city = field->city,
                                                                  .figures = field->figures,
                                                                  .scores = field->scores};
    }
}

static void
read_fields(const GhRequest *request, GhComparePage *page)
{
    for (size_t i = 0; i < GH_COMPARED_MAX; i++) {
        const char *city = gh_request_param(request, GH_COMPARE_PARAMS[2 * i].name);
        const char *year = gh_request_param(request, GH_COMPARE_PARAMS[2 * i + 1].name);
        page->fields[i].city_text = city != NULL ? city : "";
        page->fields[i].year_text = year != NULL ? year : "";
    }
}

bool
gh_compare_page_load(GhRequest *request, GhReply *reply, GhComparePage *page, bool *ret_answered,
                     GError **error)
{
    const char *targets = gh_request_param(request, "targets");
    const GhLang *lang = gh_request_lang(request);
    Loading loading = {.page = page, .lang = lang};

    page->framework = gh_pages_framework(request, error);
    if (page->framework == NULL)
        return false;
    page->overview = gh_pages_overview(request, page->framework, error);
    if (page->overview == NULL)
        return false;

    *ret_answered = true;
    page->targets = targets != NULL ? gh_framework_find_targets(page->framework, targets)
                                    : &page->framework->target_sets[0];
    if (page->targets == NULL)
        return gh_reply_not_found(request, reply, GH_T(lang, "There is no such set of targets."),
                                  error);

    *ret_answered = false;
    read_fields(request, page);
    if (!gh_store_read(gh_server_store(gh_request_server(request)), load_fields, &loading, error))
        return false;
    refuse_repeated(page, lang);
    count_fields(page);
    evaluate(page);
    return true;
}

bool
gh_compare_page_is_complete(const GhComparePage *page)
{
    return page->n_faults == 0 && page->n_evaluations >= GH_COMPARED_MIN;
}

char *
gh_compare_say_verified(const GhComparePage *page, const GhLang *lang, size_t n)
{
    GString *said = g_string_new(NULL);

    for (size_t i = 0; i < MIN(n, page->n_evaluations); i++) {
        const GhEvaluation *evaluation = &page->evaluations[i];
        g_autofree char *year = g_strdup_printf("%d", evaluation->figures->year);
        g_autofree char *state = gh_say_set_verified(lang, evaluation->figures);
        if (state == NULL)
            continue;
        g_autofree char *one =
            gh_lang_fill(GH_T(lang, "{city} {year}: {state}"), "city", evaluation->city->name,
                         "year", year, "state", state, NULL);
        g_string_append_printf(said, "%s%s", said->len > 0 ? "; " : "", one);
    }
    return g_string_free(said, FALSE);
}

bool
gh_compare_reply_incomplete(GhRequest *request, GhReply *reply, GError **error)
{
    return gh_reply_not_found(request, reply,
                              GH_T(gh_request_lang(request),
                                   "This comparison does not name two cities or years that are "
                                   "here. Choose them on the page Compare."),
                              error);
}

char *
gh_compare_page_query(const GhComparePage *page)
{
    g_autoptr(GString) query = g_string_new(NULL);

    for (size_t i = 0; i < page->n_evaluations; i++)
        g_string_append_printf(query, "city%zu=%s&year%zu=%d&", i + 1,
                               page->evaluations[i].city->slug, i + 1,
                               page->evaluations[i].figures->year);
    g_string_append_printf(query, "targets=%s", page->targets->id);
    return g_string_free(g_steal_pointer(&query), FALSE);
}
