/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* indicators_pages.c - the list of all indicators. */
#include <string.h>

#include "base/text.h"
#include "evaluation/pages/indicators_file.h"
#include "evaluation/pages/pages.h"
#include "evaluation/words/say.h"

typedef struct {
    const char *tier; /* id; NULL: all */
    const char *top;  /* address word of a top group; NULL: all */
} Asked;

/* Addresses take words in one form: "society-and-culture"; names in other scripts by their place. */
static char *
top_id(const GhFramework *framework, size_t group)
{
    char *slug = gh_text_slug(framework->groups[group].name);

    return slug != NULL ? slug : g_strdup_printf("group-%zu", group);
}

static char *
list_url(const char *top, const char *tier)
{
    if (top != NULL && tier != NULL)
        return g_strdup_printf("/indicators?group=%s&tier=%s", top, tier);
    if (top != NULL)
        return g_strdup_printf("/indicators?group=%s", top);
    if (tier != NULL)
        return g_strdup_printf("/indicators?tier=%s", tier);
    return g_strdup("/indicators");
}

static void
add_choice(GhView *filter, const char *text, const char *top, const char *tier, bool current)
{
    g_autofree char *url = list_url(top, tier);

    gh_pages_choice(filter, "choices", text, url, current);
}

static void
fill_filters(const GhFramework *framework, const GhLang *lang, const Asked *asked, GhView *view)
{
    GhView *filter = gh_view_append(view, "filters");
    gh_view_text(filter, "filter_id", "by-group");
    gh_view_text(filter, "label", gh_say_level(framework, lang, 0));
    add_choice(filter, GH_T(lang, "all"), NULL, asked->tier, asked->top == NULL);
    for (size_t i = 0; i < framework->n_groups && framework->groups[i].level == 0; i++) {
        g_autofree char *id = top_id(framework, i);
        add_choice(filter, gh_say_group(framework, lang, framework->groups[i].name), id,
                   asked->tier, g_strcmp0(id, asked->top) == 0);
    }

    filter = gh_view_append(view, "filters");
    gh_view_text(filter, "filter_id", "by-tier");
    gh_view_text(filter, "label", GH_T(lang, "Tier"));
    add_choice(filter, GH_T(lang, "all"), asked->top, NULL, asked->tier == NULL);
    for (size_t i = 0; i < framework->n_tiers; i++)
        add_choice(filter, gh_say_tier(framework, lang, i), asked->top, framework->tiers[i].id,
                   g_strcmp0(framework->tiers[i].id, asked->tier) == 0);
}

/* The unit of an indicator, or nothing where its data points have several. */
static const char *
common_unit(const GhFramework *framework, const GhLang *lang, const GhKpi *kpi)
{
    const GhDataPoint *points = &framework->data_points[kpi->first_data_point];

    for (size_t i = 1; i < kpi->n_data_points; i++) {
        if (strcmp(points[i].unit, points[0].unit) != 0)
            return GH_T(lang, "several");
    }
    return gh_framework_text(framework, lang, "data_point", points[0].id, "unit", points[0].unit);
}

static void
fill_row(const GhOverview *overview, const GhLang *lang, size_t kpi_index, GhView *row)
{
    const GhFramework *framework = overview->framework;
    const GhKpi *kpi = &framework->kpis[kpi_index];

    gh_view_text(row, "name", gh_say_kpi(framework, lang, kpi_index));
    gh_view_text(row, "code", kpi->code);
    gh_view_printf(row, "kpi_url", "/indicators/%s", kpi->id);
    gh_view_flag(row, "inferred", kpi->inferred);
    gh_view_text(row, "unit", common_unit(framework, lang, kpi));
    gh_view_text(row, "direction", gh_say_direction(lang, kpi->direction));
    gh_view_text(row, "tier", gh_say_tier(framework, lang, kpi->tier));
    gh_view_printf(row, "n_cities", "%zu", overview->n_cities_of_kpi[kpi_index]);
}

static bool
is_wanted(const GhFramework *framework, const GhKpi *kpi, const Asked *asked)
{
    return asked->tier == NULL || strcmp(framework->tiers[kpi->tier].id, asked->tier) == 0;
}

static void
fill_section(const GhOverview *overview, const GhLang *lang, const Asked *asked,
             const GhGroup *group, GhView *view)
{
    const GhFramework *framework = overview->framework;
    GhView *section = NULL;

    for (size_t i = 0; i < group->n_kpis; i++) {
        if (!is_wanted(framework, &framework->kpis[group->kpis[i]], asked))
            continue;
        if (section == NULL) {
            section = gh_view_append(view, "sections");
            gh_view_text(section, "name", gh_say_group(framework, lang, group->name));
            gh_view_text(section, "top",
                         group->level > 0 ? gh_say_group(framework, lang, group->top) : "");
            gh_view_take_text(section, "anchor", gh_city_page_anchor(group));
        }
        fill_row(overview, lang, group->kpis[i], gh_view_append(section, "rows"));
    }
}

static void
fill_sections(const GhOverview *overview, const GhLang *lang, const Asked *asked, GhView *view)
{
    const GhFramework *framework = overview->framework;
    const char *top = NULL;

    for (size_t i = 0; i < framework->n_groups && asked->top != NULL; i++) {
        g_autofree char *id = framework->groups[i].level == 0 ? top_id(framework, i) : NULL;
        if (g_strcmp0(id, asked->top) == 0)
            top = framework->groups[i].name;
    }
    gh_view_empty_list(view, "sections");
    for (size_t i = 0; i < framework->n_groups; i++) {
        const GhGroup *group = &framework->groups[i];
        if (group->level + 1 != framework->n_levels)
            continue;
        if (asked->top == NULL || g_strcmp0(group->top, top) == 0)
            fill_section(overview, lang, asked, group, view);
    }
}

/* GET /indicators?group=&tier= ; public. */
static bool
indicators_page(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    const GhLang *lang = gh_request_lang(request);
    const Asked asked = {.tier = gh_request_param(request, "tier"),
                         .top = gh_request_param(request, "group")};

    (void)data;
    g_autoptr(GhFramework) framework = gh_pages_framework(request, error);
    if (framework == NULL)
        return false;
    g_autoptr(GhOverview) overview = gh_pages_overview(request, framework, error);
    if (overview == NULL)
        return false;

    g_autoptr(GhView) view = gh_view_new();
    gh_pages_breadcrumb(view, GH_T(lang, "Home"), "/");
    gh_pages_breadcrumb(view, GH_T(lang, "Indicators"), NULL);
    gh_view_text(view, "framework_name", gh_say_framework(framework, lang));
    gh_view_text(view, "framework_description",
                 gh_framework_text(framework, lang, "framework", framework->id, "description",
                                   framework->description));
    gh_view_printf(view, "n_kpis", "%zu", framework->n_kpis);
    gh_view_printf(view, "n_data_points", "%zu", framework->n_data_points);
    fill_filters(framework, lang, &asked, view);
    fill_sections(overview, lang, &asked, view);
    gh_pages_downloads(view, lang, GH_T(lang, "All indicators"), "/indicators", "",
                       "csv|xlsx|json");
    return gh_reply_page(request, reply, "indicators", GH_T(lang, "Indicators"),
                         g_steal_pointer(&view), error);
}

void
gh_indicators_pages_register(GhServer *server)
{
    static const GhParam params[] = {
        {.name = "group", .kind = GH_PARAM_SLUG},
        {.name = "tier", .kind = GH_PARAM_ID},
    };
    static const GhRoute routes[] = {
        {.method = GH_GET,
         .path = "/indicators",
         .role = GH_ROLE_PUBLIC,
         .cache = GH_CACHE_PUBLIC,
         .params = params,
         .n_params = G_N_ELEMENTS(params),
         .handler = indicators_page},
        {.method = GH_GET,
         .path = "/indicators.{format}",
         .role = GH_ROLE_PUBLIC,
         .cache = GH_CACHE_PUBLIC,
         .handler = gh_indicators_file},
    };

    gh_server_add_routes(server, routes, G_N_ELEMENTS(routes), NULL);
}
