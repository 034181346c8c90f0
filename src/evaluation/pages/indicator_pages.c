/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* indicator_pages.c - the page of one indicator. */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "evaluation/pages/chart_view.h"
#include "evaluation/pages/indicator_page.h"
#include "evaluation/pages/pages.h"
#include "evaluation/pages/score_view.h"
#include "evaluation/words/say.h"

/* A NULL-ended list as rows with text, and the flag has_key for the template. */
static void
fill_list(GhView *view, const char *key, const char *has_key, const char *const *texts)
{
    gh_view_flag(view, has_key, texts[0] != NULL);
    for (size_t i = 0; texts[i] != NULL; i++)
        gh_view_text(gh_view_append(view, key), "text", texts[i]);
}

/* "Inferred, not read on an official page: rationale, sdg." */
static void
fill_inferred(const GhLang *lang, const GhKpi *kpi, GhView *view)
{
    g_autoptr(GString) fields = g_string_new(NULL);

    for (size_t i = 0; kpi->inferred_fields[i] != NULL; i++) {
        const char *field = kpi->inferred_fields[i];
        const char *dot = strrchr(field, '.');
        g_string_append_printf(fields, "%s%s", i > 0 ? ", " : "", dot != NULL ? dot + 1 : field);
    }
    g_strdelimit(fields->str, "_", ' ');
    if (fields->len == 0 && !kpi->inferred)
        return;
    if (fields->len == 0) {
        gh_view_text(view, "inferred_note",
                     GH_T(lang, "This indicator was not read on an official page; its content is "
                                "inferred."));
        return;
    }
    gh_view_take_text(view, "inferred_note",
                      gh_lang_fill(GH_T(lang, "Inferred, not read on an official page: {fields}."),
                                   "fields", fields->str, NULL));
}

static void
fill_kpi(const GhFramework *framework, const GhLang *lang, size_t index, GhView *view)
{
    const GhKpi *kpi = &framework->kpis[index];
    const struct {
        const char *key, *text;
    } texts[] = {{"definition", kpi->definition},
                 {"rationale", kpi->rationale},
                 {"benchmark_note", kpi->benchmark_note},
                 {"notes", kpi->notes}};

    gh_view_text(view, "name", gh_say_kpi(framework, lang, index));
    gh_view_text(view, "code", kpi->code);
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        gh_view_text(
            view, texts[i].key,
            gh_framework_text(framework, lang, "kpi", kpi->id, texts[i].key, texts[i].text));
    gh_view_text(view, "type", kpi->type);
    gh_view_text(view, "tier", gh_say_tier(framework, lang, kpi->tier));
    gh_view_text(view, "direction", gh_say_direction(lang, kpi->direction));
    for (size_t level = 0; level < framework->n_levels; level++) {
        GhView *group = gh_view_append(view, "groups");
        gh_view_text(group, "level", gh_say_level(framework, lang, level));
        gh_view_text(group, "name",
                     gh_say_group(framework, lang, framework->groups[kpi->groups[level]].name));
    }
    fill_inferred(lang, kpi, view);
    fill_list(view, "typical_sources", "has_typical_sources", kpi->typical_sources);
    fill_list(view, "verification_checks", "has_verification_checks", kpi->verification_checks);
    fill_list(view, "sdg", "has_sdg", kpi->sdg);
    fill_list(view, "sdg_inferred", "has_sdg_inferred", kpi->sdg_inferred);
    fill_list(view, "source_pages", "has_source_pages", kpi->source_pages);
}

static bool
concerns(const GhCheck *check, const GhKpi *kpi)
{
    for (size_t i = 0; i < check->n_data_points; i++) {
        size_t point = check->data_points[i];
        if (point >= kpi->first_data_point && point < kpi->first_data_point + kpi->n_data_points)
            return true;
    }
    return false;
}

/* The screening checks that name a data point of this indicator. Checks over nearly all data points
 * say nothing about this one. */
static void
fill_screenings(const GhFramework *framework, const GhLang *lang, const GhKpi *kpi, GhView *view)
{
    bool has_any = false;

    for (size_t i = 0; i < framework->n_checks; i++) {
        const GhCheck *check = &framework->checks[i];
        if (check->n_data_points > framework->n_data_points / 2 || !concerns(check, kpi))
            continue;
        has_any = true;
        gh_view_text(
            gh_view_append(view, "screenings"), "text",
            gh_framework_text(framework, lang, "check", check->id, "message", check->message));
    }
    gh_view_flag(view, "has_screenings", has_any);
}

static void
fill_siblings(const GhFramework *framework, const GhLang *lang, size_t index, GhView *view)
{
    const GhKpi *kpi = &framework->kpis[index];
    const GhGroup *group = &framework->groups[kpi->groups[framework->n_levels - 1]];

    gh_view_flag(view, "has_siblings", group->n_kpis > 1);
    for (size_t i = 0; i < group->n_kpis; i++) {
        if (group->kpis[i] == index)
            continue;
        GhView *row = gh_view_append(view, "siblings");
        gh_view_text(row, "name", gh_say_kpi(framework, lang, group->kpis[i]));
        gh_view_printf(row, "kpi_url", "/indicators/%s", framework->kpis[group->kpis[i]].id);
    }
}

static void
fill_formula(const GhFramework *framework, const GhLang *lang, size_t data_point, GhView *view)
{
    const GhDataPoint *point = &framework->data_points[data_point];
    bool has_numerator = point->numerator[0] != '\0';
    bool has_fraction = has_numerator && point->denominator[0] != '\0';

    gh_view_text(view, "label", gh_say_data_point(framework, lang, data_point));
    gh_view_text(view, "numerator",
                 has_numerator ? gh_framework_text(framework, lang, "data_point", point->id,
                                                   "numerator", point->numerator)
                               : GH_T(lang, "the value itself"));
    gh_view_flag(view, "has_fraction", has_fraction);
    if (has_fraction)
        gh_view_text(view, "denominator",
                     gh_framework_text(framework, lang, "data_point", point->id, "denominator",
                                       point->denominator));
    gh_view_take_text(view, "factor",
                      point->factor != 1 ? gh_lang_number(lang, point->factor, 6) : g_strdup(""));
    gh_view_text(view, "unit",
                 gh_framework_text(framework, lang, "data_point", point->id, "unit", point->unit));
}

static void
fill_target(const GhFramework *framework, const GhLang *lang, const GhTargetSet *set,
            size_t data_point, GhView *view)
{
    const GhTarget *target = &set->targets[data_point];
    const char *id = framework->data_points[data_point].id;
    g_autofree char *subject = g_strdup_printf("target:%s", set->id);

    gh_view_flag(view, "has_target", target->rule != GH_RULE_NONE);
    gh_view_take_text(view, "rule", gh_say_target(framework, lang, data_point, target));
    gh_view_text(
        view, "explanation",
        gh_framework_text(framework, lang, subject, id, "explanation", target->explanation));
    gh_view_text(view, "target_source", target->source);
    gh_view_text(view, "confidence", gh_say_confidence(lang, target->confidence));
}

static void
fill_value(const GhIndicatorPage *page, const GhLang *lang, const GhTarget *target,
           const GhCityFigure *city, GhView *row)
{
    const GhFramework *framework = page->framework;
    bool scored = target->rule != GH_RULE_NONE && !isnan(city->figure.value);
    GhPointScore score = {.data_point = city->figure.data_point,
                          .status = city->figure.status,
                          .value = city->figure.value,
                          .scored = scored,
                          .share = NAN};

    if (scored) {
        score.share = gh_score_share(target, city->figure.value);
        score.band = gh_score_band(framework, score.share);
    }
    gh_view_text(row, "name", city->name);
    gh_view_flag(row, "highlighted", g_strcmp0(city->slug, page->city) == 0);
    gh_view_printf(row, "city_url", "/cities/%s?year=%d", city->slug, city->figure.year);
    gh_view_printf(row, "year", "%d", city->figure.year);
    gh_score_view_figure(row, framework, lang, &city->figure, &score);
}

/* The pages of a data point's table; they keep the target set and come back to the table. */
static void
fill_pages(const GhIndicatorPage *page, size_t n_cities, const char *anchor, GhView *view)
{
    const char *kpi = page->framework->kpis[page->kpi].id;
    bool has_targets = page->targets != &page->framework->target_sets[0];
    g_autofree char *query = g_strdup_printf(
        "%s%s%s%s", has_targets ? "&targets=" : "", has_targets ? page->targets->id : "",
        page->city != NULL ? "&city=" : "", page->city != NULL ? page->city : "");
    size_t n_pages = (n_cities + GH_INDICATOR_CITIES_PER_PAGE - 1) / GH_INDICATOR_CITIES_PER_PAGE;

    gh_view_flag(view, "has_pages", n_pages > 1);
    for (size_t i = 1; i <= n_pages && n_pages > 1; i++) {
        g_autofree char *url =
            g_strdup_printf("/indicators/%s?page=%zu%s#%s", kpi, i, query, anchor);
        g_autofree char *text = g_strdup_printf("%zu", i);
        gh_pages_choice(view, "pages", text, url, i == page->page);
    }
}

/* All cities on one axis, the one that one came from highlighted. */
static void
fill_plot(const GhIndicatorPage *page, const GhLang *lang, size_t data_point,
          const GPtrArray *figures, GhView *view)
{
    const GhFramework *framework = page->framework;
    const GhDataPoint *point = &framework->data_points[data_point];
    const char *unit = gh_say_unit(framework, lang, data_point);
    g_autofree char *key = gh_text_slug(point->id);
    bool has_plot = gh_chart_view(view, "plot", key,
                                  gh_city_dot_plot(framework, page->targets, lang, data_point,
                                                   figures, page->city, "", GH_CHART_WIDE),
                                  gh_city_dot_plot(framework, page->targets, lang, data_point,
                                                   figures, page->city, "", GH_CHART_NARROW));

    gh_view_flag(view, "has_plot", has_plot);
    if (!has_plot)
        return;
    gh_view_take_text(
        view, "plot_caption",
        unit[0] != '\0'
            ? gh_lang_fill(GH_T(lang, "Latest figure of each city, {unit}. Sources: on the "
                                      "cities’ pages."),
                           "unit", unit, NULL)
            : g_strdup(GH_T(lang, "Latest figure of each city. Sources: on the cities’ pages.")));
    g_autofree char *base = g_strdup_printf("/indicators/%s/plot", framework->kpis[page->kpi].id);
    g_autofree char *query =
        g_strdup_printf("?point=%s&targets=%s%s%s", point->id, page->targets->id,
                        page->city != NULL ? "&city=" : "", page->city != NULL ? page->city : "");
    gh_pages_downloads(view, lang, GH_T(lang, "Plot"), base, query, "svg|png|pdf");
}

static void
fill_values(const GhIndicatorPage *page, const GhLang *lang, size_t data_point,
            const GPtrArray *figures, GhView *view)
{
    const GhTarget *target = &page->targets->targets[data_point];
    size_t first = MIN((page->page - 1) * GH_INDICATOR_CITIES_PER_PAGE, figures->len);
    size_t end = MIN(first + GH_INDICATOR_CITIES_PER_PAGE, figures->len);

    gh_view_flag(view, "has_values", figures->len > 0);
    gh_view_flag(view, "has_rows", end > first);
    fill_plot(page, lang, data_point, figures, view);
    gh_view_take_text(view, "spread",
                      gh_indicator_spread(page->framework, lang, data_point, figures));
    for (size_t i = first; i < end; i++)
        fill_value(page, lang, target, g_ptr_array_index(figures, i),
                   gh_view_append(view, "values"));
}

static void
fill_data_points(const GhIndicatorPage *page, const GhLang *lang, GhView *view)
{
    const GhFramework *framework = page->framework;
    const GhKpi *kpi = &framework->kpis[page->kpi];

    gh_view_text(view, "targets_name", page->targets->id);
    for (size_t i = 0; i < kpi->n_data_points; i++) {
        size_t data_point = kpi->first_data_point + i;
        const GPtrArray *figures = g_ptr_array_index(page->figures, i);
        GhView *section = gh_view_append(view, "data_points");
        g_autofree char *anchor = gh_text_slug(framework->data_points[data_point].id);
        gh_view_text(section, "anchor", anchor);
        gh_view_flag(section, "single", kpi->n_data_points == 1); /* the title says it */
        fill_formula(framework, lang, data_point, section);
        fill_target(framework, lang, page->targets, data_point, section);
        fill_values(page, lang, data_point, figures, section);
        fill_pages(page, figures->len, anchor, section);
    }
}

/* Whether any table has rows on the page asked for; the first page is always there. */
static bool
has_page(const GhIndicatorPage *page)
{
    size_t n_most = 0;

    for (guint i = 0; i < page->figures->len; i++) {
        const GPtrArray *figures = g_ptr_array_index(page->figures, i);
        n_most = MAX(n_most, (size_t)figures->len);
    }
    return page->page == 1 || (page->page - 1) * GH_INDICATOR_CITIES_PER_PAGE < n_most;
}

/* GET /indicators/{id}?targets=&page= ; public. 404 for an unknown indicator or target set, and for a
 * page behind the last. */
static bool
indicator_page(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    const GhLang *lang = gh_request_lang(request);
    g_auto(GhIndicatorPage) page = {0};
    bool answered = false;

    (void)data;
    if (!gh_indicator_page_load(request, reply, &page, &answered, error))
        return false;
    if (answered)
        return true;
    if (!has_page(&page))
        return gh_reply_not_found(request, reply,
                                  GH_T(lang, "The list of cities ends before this page."), error);

    const GhFramework *framework = page.framework;
    const GhKpi *kpi = &framework->kpis[page.kpi];
    g_autoptr(GhView) view = gh_view_new();
    gh_pages_breadcrumb(view, GH_T(lang, "Indicators"), "/indicators");
    gh_pages_breadcrumb(view, gh_say_kpi(framework, lang, page.kpi), NULL);
    fill_kpi(framework, lang, page.kpi, view);
    fill_screenings(framework, lang, kpi, view);
    fill_siblings(framework, lang, page.kpi, view);
    fill_data_points(&page, lang, view);
    g_autofree char *base = g_strdup_printf("/indicators/%s/values", kpi->id);
    g_autofree char *query = g_strdup_printf("?targets=%s", page.targets->id);
    gh_pages_downloads(view, lang, GH_T(lang, "Values of all cities"), base, query,
                       "csv|xlsx|json");
    gh_view_printf(view, "cite_path", "/indicators/%s%s", kpi->id, query);
    g_autofree char *title =
        g_strdup_printf("%s, %s", gh_say_kpi(framework, lang, page.kpi), kpi->code);
    return gh_reply_page(request, reply, "indicator", title, g_steal_pointer(&view), error);
}

void
gh_indicator_pages_register(GhServer *server)
{
    static const GhParam params[] = {{.name = "targets", .kind = GH_PARAM_ID},
                                     {.name = "city", .kind = GH_PARAM_SLUG},
                                     {.name = "page", .kind = GH_PARAM_INT}};
    static const GhRoute routes[] = {
        {.method = GH_GET,
         .path = "/indicators/{id}",
         .role = GH_ROLE_PUBLIC,
         .cache = GH_CACHE_PUBLIC,
         .params = params,
         .n_params = G_N_ELEMENTS(params),
         .handler = indicator_page},
        {.method = GH_GET,
         .path = "/indicators/{id}/values.{format}",
         .role = GH_ROLE_PUBLIC,
         .cache = GH_CACHE_PUBLIC,
         .params = params,
         .n_params = 1 /* all cities: no one city, no page */,
         .handler = gh_indicator_values_file},
    };

    gh_server_add_routes(server, routes, G_N_ELEMENTS(routes), NULL);
}
