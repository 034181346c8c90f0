/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* peers_pages.c - the page of a city beside its peers. */
#include <math.h>
#include <string.h>

#include "ranking/pages/ranking_page.h"
#include "ranking/peers/peers_page.h"

enum {
    OUTSTANDING_MAX = 5,
    MEMBERS_SHOWN_MAX = 200, /* of a larger group the file has all */
    DECIMALS = 2,            /* of z-scores */
    SIGNIFICANT = 3,         /* of quartiles: they are no measured values */
};

/* -- the choice of a group -- */

static void
fill_choices(const GhPeersPage *peers, const GhLang *lang, GhView *view)
{
    for (GhPeersKind kind = 0; kind < GH_N_PEERS_KINDS; kind++) {
        bool current = kind == peers->group.kind;
        g_autofree char *name = gh_peers_group_name(lang, &peers->page, kind);
        g_autofree char *query = gh_peers_page_query(peers, kind, peers->same_year);
        g_autofree char *url = g_strdup_printf("/cities/%s/peers%s", peers->page.city->slug, query);
        if (kind != GH_PEERS_CHOSEN || current)
            gh_pages_choice(view, "groups", name, url, current);
    }
}

static void
fill_year_choices(const GhPeersPage *peers, const GhLang *lang, GhView *view)
{
    g_autofree char *year = g_strdup_printf("%d", peers->page.figures->year);
    g_autofree char *same = gh_lang_fill(GH_T(lang, "All of {year}"), "year", year, NULL);

    for (int i = 0; i < 2; i++) {
        bool same_year = i == 1;
        g_autofree char *query = gh_peers_page_query(peers, peers->group.kind, same_year);
        g_autofree char *url = g_strdup_printf("/cities/%s/peers%s", peers->page.city->slug, query);
        gh_pages_choice(view, "year_choices",
                        same_year ? same : GH_T(lang, "Each peer’s latest year"), url,
                        same_year == peers->same_year);
    }
}

/* What the form sends along, and what was chosen before. */
static void
fill_form(const GhRequest *request, const GhPeersPage *peers, GhView *view)
{
    const char *asked = gh_request_param(request, "cities");

    gh_view_printf(view, "form_url", "/cities/%s/peers", peers->page.city->slug);
    gh_view_printf(view, "form_year", "%d", peers->page.figures->year);
    gh_view_text(view, "form_targets", peers->page.targets->id);
    gh_view_text(view, "form_years", peers->same_year ? "same" : "each");
    gh_view_text(view, "asked_cities", asked != NULL ? asked : "");
    gh_view_flag(view, "too_many", peers->group.too_many);
    gh_view_printf(view, "n_chosen_max", "%d", GH_PEERS_CHOSEN_MAX);
    for (guint i = 0; peers->group.unknown != NULL && i < peers->group.unknown->len; i++)
        gh_view_text(gh_view_append(view, "unknown"), "asked",
                     g_ptr_array_index(peers->group.unknown, i));
}

/* -- who they are -- */

static void
fill_member(const GhPeersPage *peers, const GhLang *lang, size_t index, GhView *row)
{
    const GhPeer *peer = &peers->table->cities[peers->group.members[index]];

    gh_view_text(row, "member", peer->name);
    gh_view_printf(row, "member_url", "/cities/%s?year=%d", peer->slug, peer->year);
    gh_view_text(row, "member_country", gh_country_name(lang, peer->country_code));
    gh_view_printf(row, "member_year", "%d", peer->year);
    gh_view_take_text(row, "member_population",
                      isnan(peer->population) ? g_strdup("–")
                                              : gh_lang_number(lang, peer->population, 0));
    gh_view_printf(row, "member_values", "%zu", peer->n_values);
    if (peers->group.nearest == NULL)
        return;
    const GhNearest *near = &peers->group.nearest[index];
    gh_view_take_text(row, "distance", gh_lang_number(lang, near->distance, DECIMALS));
    gh_view_printf(row, "n_common", "%zu", near->n_common);
}

static void
fill_members(const GhPeersPage *peers, const GhLang *lang, GhView *view)
{
    size_t n = peers->group.n_members;

    gh_view_take_text(view, "who", gh_peers_page_say_group(peers, lang));
    g_autofree char *count = gh_lang_number(lang, (double)n, 0);
    gh_view_count(view, "n_members", n, count);
    gh_view_flag(view, "is_nearest", peers->group.nearest != NULL);
    gh_view_printf(view, "n_common_min", "%d", GH_PEERS_COMMON_MIN);
    gh_view_printf(view, "n_members_shown", "%d", MEMBERS_SHOWN_MAX);
    gh_view_flag(view, "has_more_members", n > MEMBERS_SHOWN_MAX);
    for (size_t i = 0; i < MIN(n, (size_t)MEMBERS_SHOWN_MAX); i++)
        fill_member(peers, lang, i, gh_view_append(view, "members"));
}

static void
fill_income_note(const GhPeersPage *peers, GhView *view)
{
    const GhCountry *country = gh_country_find(peers->page.city->country_code);
    bool is_income = peers->group.kind == GH_PEERS_INCOME;

    gh_view_flag(view, "is_income", is_income);
    gh_view_flag(view, "income_year", false);
    if (is_income && country != NULL && country->income_year > 0)
        gh_view_printf(view, "income_year", "%d", country->income_year);
}

/* -- the table -- */

/* With three digits of what lies between the quartiles' ends, as the dot plots have it. */
static char *
say_quantile(const GhLang *lang, const GhSpread *spread, double value)
{
    enum {
        DECIMALS_MAX = 6
    };
    double span = spread->max - spread->min;
    double decimals = span > 0 ? SIGNIFICANT - 1 - floor(log10(span)) : DECIMALS_MAX;

    return gh_lang_number(lang, value, (unsigned)CLAMP(decimals, 0, DECIMALS_MAX));
}

/* "better than 83 % of the peers"; of what is not judged how many lie below. */
static char *
say_standing(const GhLang *lang, const GhStanding *standing)
{
    bool judged = !isnan(standing->better);
    g_autofree char *percent =
        gh_lang_number(lang, judged ? standing->better : standing->percentile, 0);

    if (judged && standing->better >= 100)
        return g_strdup(GH_T(lang, "better than all peers"));
    if (judged && standing->better <= 0)
        return g_strdup(GH_T(lang, "behind all peers"));
    return gh_lang_fill(judged ? GH_T(lang, "better than {percent} % of the peers")
                               : GH_T(lang, "higher than {percent} % of the peers, not judged"),
                        "percent", percent, NULL);
}

static void
fill_strip(const GhPeersPage *peers, const GhLang *lang, const GhPeersRow *row, GhView *view)
{
    const GhPointScore *score = &peers->page.scores->points[row->data_point];
    g_autofree char *title = gh_say_figure(peers->page.framework, lang, row->data_point);
    g_autofree char *anchor =
        gh_explained_anchor(&peers->page.framework->data_points[row->data_point]);
    g_autofree char *prefix = g_strconcat("strip-", anchor, NULL);
    g_autofree char *said = say_standing(lang, &row->standing);

    gh_chart_view_one(
        view, "strip", prefix,
        gh_chart_spread_strip(&(GhSpreadStrip){
            .lang = lang,
            .title = title,
            .description = said,
            .min = row->spread.min,
            .lower = row->spread.lower,
            .median = row->spread.median,
            .upper = row->spread.upper,
            .max = row->spread.max,
            .value = row->value,
            .step = score->scored ? gh_score_view_step(peers->page.framework, score->band) : 0,
        }));
}

static void
fill_middle(const GhLang *lang, const GhPeersRow *row, GhView *view)
{
    const GhSpread *spread = &row->spread;
    g_autofree char *lower = say_quantile(lang, spread, spread->lower);
    g_autofree char *upper = say_quantile(lang, spread, spread->upper);

    gh_view_take_text(view, "median", say_quantile(lang, spread, spread->median));
    gh_view_take_text(view, "middle", gh_say_range(lang, lower, upper, ""));
}

static void
fill_answers(const GhLang *lang, const GhPeersRow *row, GhView *view)
{
    g_autofree char *n = gh_lang_number(lang, (double)row->n_yes, 0);
    g_autofree char *total = gh_lang_number(lang, (double)row->spread.n, 0);

    gh_view_flag(view, "is_yes_no", row->is_yes_no);
    gh_view_take_text(
        view, "answers",
        row->is_yes_no ? gh_lang_fill(gh_lang_plural(lang, "{n} of {total} peer has it",
                                                     "{n} of {total} peers have it", row->spread.n),
                                      "n", n, "total", total, NULL)
                       : NULL);
}

static void
fill_small_count(const GhPeersPage *peers, const GhLang *lang, const GhPeersRow *row, GhView *view)
{
    const GhCityPage *page = &peers->page;
    const GhFigure *figure = &page->figures->figures[row->data_point];
    GhCityYear base = gh_city_base(page->city, figure->year);
    GhSmallCount small = {0};

    gh_view_text(view, "small_count", NULL);
    if (gh_small_count(page->framework, figure, &base, &small))
        gh_view_take_text(
            view, "small_count",
            gh_say_small_count(lang, &page->framework->data_points[row->data_point], &small));
}

static void
fill_row(const GhPeersPage *peers, const GhLang *lang, const GhPeersRow *row, GhView *view)
{
    const GhCityPage *page = &peers->page;
    const GhFigure *figure = &page->figures->figures[row->data_point];
    g_autofree char *query = gh_peers_page_query(peers, peers->group.kind, peers->same_year);
    bool has_middle = row->spread.n >= GH_PEERS_MIN && !row->is_yes_no;

    gh_view_take_text(view, "label", gh_say_figure(page->framework, lang, row->data_point));
    gh_view_take_text(view, "kpi_url", gh_city_page_indicator_url(page, row->data_point));
    gh_view_text(view, "row_unit", gh_say_unit(page->framework, lang, row->data_point));
    gh_view_take_text(
        view, "value",
        isnan(row->value)
            ? NULL
            : gh_say_value(lang, &page->framework->data_points[row->data_point], row->value));
    /* Why there is none, or that nobody has verified it. */
    gh_view_text(view, "state",
                 isnan(row->value) || !figure->verified ? gh_say_state(lang, figure) : NULL);
    g_autofree char *n_peers = gh_lang_number(lang, (double)row->spread.n, 0);
    gh_view_count(view, "n_peers", row->spread.n, n_peers);
    gh_view_flag(view, "has_middle", has_middle);
    gh_view_flag(view, "has_standing", row->has_standing);
    fill_answers(lang, row, view);
    fill_small_count(peers, lang, row, view);
    if (has_middle)
        fill_middle(lang, row, view);
    if (!row->has_standing)
        return;
    fill_strip(peers, lang, row, view);
    gh_view_printf(view, "dots_url", "/cities/%s/peers.svg%s&point=%s", page->city->slug, query,
                   page->framework->data_points[row->data_point].id);
    gh_view_take_text(view, "standing", say_standing(lang, &row->standing));
    gh_view_take_text(
        view, "z", isnan(row->standing.z) ? NULL : gh_lang_number(lang, row->standing.z, DECIMALS));
}

/* The city or one of its peers has a value. */
static bool
has_anything(const GhPeersRow *row)
{
    return !isnan(row->value) || row->spread.n > 0;
}

static void
fill_section(const GhPeersPage *peers, const GhLang *lang, const GhGroup *group, GhView *view)
{
    const GhFramework *framework = peers->page.framework;
    size_t n_compared = 0;
    GhView *section = NULL;

    for (size_t i = 0; i < group->n_data_points; i++) {
        const GhPeersRow *row = &peers->comparison.rows[group->data_points[i]];
        if (!has_anything(row))
            continue;
        if (section == NULL)
            section = gh_view_append(view, "sections");
        n_compared += row->has_standing ? 1 : 0;
        fill_row(peers, lang, row, gh_view_append(section, "rows"));
    }
    if (section == NULL)
        return;
    gh_view_text(section, "name", gh_say_group(framework, lang, group->name));
    gh_view_text(section, "top", gh_say_group(framework, lang, group->top));
    gh_view_take_text(section, "anchor", gh_city_page_anchor(group));
    gh_view_printf(section, "n_compared", "%zu", n_compared);
    gh_view_printf(section, "n_figures", "%zu", group->n_data_points);
}

static void
fill_sections(const GhPeersPage *peers, const GhLang *lang, GhView *view)
{
    const GhFramework *framework = peers->page.framework;

    for (size_t i = 0; i < framework->n_groups; i++) {
        if (framework->groups[i].level + 1 == framework->n_levels)
            fill_section(peers, lang, &framework->groups[i], view);
    }
}

/* -- what stands out -- */

/* "97 %, better than 92 % of the peers; the median of 24 peers is 81 %" */
static char *
say_outstanding(const GhPeersPage *peers, const GhLang *lang, const GhPeersRow *row)
{
    const GhFramework *framework = peers->page.framework;
    g_autofree char *value = gh_say_value_unit(framework, lang, row->data_point, row->value);
    g_autofree char *standing = say_standing(lang, &row->standing);
    g_autofree char *median = say_quantile(lang, &row->spread, row->spread.median);
    g_autofree char *n = gh_lang_number(lang, (double)row->spread.n, 0);

    return gh_lang_fill(GH_T(lang, "{value}, {standing}; the median of {n} peers is {median}"),
                        "value", value, "standing", standing, "n", n, "median", median, NULL);
}

static void
fill_side(const GhPeersPage *peers, const GhLang *lang, GhPeersSide side, const char *heading,
          const char *none, GhView *view)
{
    g_autoptr(GArray) found = gh_peers_outstanding(&peers->comparison, side, OUTSTANDING_MAX);
    GhView *entry = gh_view_append(view, "sides");

    gh_view_text(entry, "heading", heading);
    gh_view_text(entry, "none", none);
    gh_view_empty_list(entry, "sentences");
    for (guint i = 0; i < found->len; i++) {
        const GhPeersRow *row = &peers->comparison.rows[g_array_index(found, size_t, i)];
        GhView *sentence = gh_view_append(entry, "sentences");
        gh_view_take_text(sentence, "subject",
                          gh_say_figure(peers->page.framework, lang, row->data_point));
        gh_view_take_text(sentence, "subject_url",
                          gh_city_page_indicator_url(&peers->page, row->data_point));
        gh_view_take_text(sentence, "said", say_outstanding(peers, lang, row));
    }
}

static void
fill_outstanding(const GhPeersPage *peers, const GhLang *lang, GhView *view)
{
    gh_view_flag(view, "has_sides", peers->comparison.n_judged > 0);
    fill_side(peers, lang, GH_PEERS_STRONG, GH_T(lang, "Better than most peers"),
              GH_T(lang, "In no figure is the city better than three quarters of its peers."),
              view);
    fill_side(peers, lang, GH_PEERS_WEAK, GH_T(lang, "Behind most peers"),
              GH_T(lang, "In no figure are three quarters of the peers better."), view);
}

/* -- the page -- */

static const GhCityTab peers_tab = {.key = "peers",
                                    .label = GH_MARK("Peers"),
                                    .suffix = "/peers",
                                    .order = GH_CITY_TAB_PEERS,
                                    .has_content = gh_city_tab_has_figures};

static void
fill_bar(const GhPeersPage *peers, const GhLang *lang, GhView *view)
{
    const GhCityPage *page = &peers->page;
    g_autofree char *query = gh_peers_page_query(peers, peers->group.kind, peers->same_year);
    g_autofree char *base = g_strdup_printf("/cities/%s/peers", page->city->slug);
    g_autofree char *members = g_strdup_printf("%s/members", base);
    g_autofree char *asked = gh_peers_page_asked(peers, peers->group.kind, peers->same_year);
    g_autofree char *suffix = g_strconcat("/peers", asked, NULL);

    gh_city_page_bar(page, lang, suffix, view);
    gh_pages_downloads(view, lang, GH_T(lang, "Comparison with peers"), base, query,
                       "csv|xlsx|json");
    gh_pages_downloads(view, lang, GH_T(lang, "List of peers"), members, query, "csv|xlsx|json");
    if (peers->comparison.n_judged > 0)
        gh_pages_downloads(view, lang, GH_T(lang, "Chart"), base, query, "svg|png|pdf");
}

static void
fill_chart(const GhPeersPage *peers, const GhLang *lang, GhView *view)
{
    gh_chart_view(view, "chart", "peers",
                  gh_peers_chart(peers, lang, GH_CITY_OWN_PAGE, GH_CHART_WIDE),
                  gh_peers_chart(peers, lang, GH_CITY_OWN_PAGE, GH_CHART_NARROW));
}

/* GET /cities/{slug}/peers?year=&targets=&group=&cities=&years= ; public. 404 as for the city's page, and
 * where it has no figures. */
static bool
peers_page(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    const GhLang *lang = gh_request_lang(request);
    g_auto(GhPeersPage) peers = {0};
    bool answered = false;

    (void)data;
    if (!gh_peers_page_load(request, reply, &peers, &answered, error))
        return false;
    if (answered)
        return true;

    g_autoptr(GhView) view = gh_view_new();
    gh_view_text(view, "name", peers.page.city->name);
    gh_city_page_breadcrumb(&peers.page, lang, GH_T(lang, peers_tab.label), view);
    if (!gh_city_page_tabs(request, &peers.page, peers_tab.key, view, error))
        return false;
    fill_bar(&peers, lang, view);
    fill_choices(&peers, lang, view);
    fill_year_choices(&peers, lang, view);
    fill_form(request, &peers, view);
    fill_members(&peers, lang, view);
    fill_income_note(&peers, view);
    fill_outstanding(&peers, lang, view);
    fill_chart(&peers, lang, view);
    bool has_places = false;
    if (!gh_ranking_fill_places(request, peers.page.city->id, view, &has_places, error))
        return false;
    gh_view_flag(view, "has_places", has_places);
    fill_sections(&peers, lang, view);
    gh_view_printf(view, "n_min", "%d", GH_PEERS_MIN);

    /* What somebody wrote would push out the pages that people share. */
    if (peers.group.kind == GH_PEERS_CHOSEN)
        gh_reply_pass_by_cache(reply);
    g_autofree char *title =
        gh_lang_fill(GH_T(lang, "{city} and its peers"), "city", peers.page.city->name, NULL);
    gh_view_text(view, "title", title);
    return gh_reply_page(request, reply, "peers", title, g_steal_pointer(&view), error);
}

void
gh_peers_pages_register(GhServer *server)
{
    static GhParam params[GH_PEERS_PARAMS_MAX];
    static GhRoute routes[] = {
        {.method = GH_GET,
         .path = "/cities/{slug}/peers",
         .role = GH_ROLE_PUBLIC,
         .cache = GH_CACHE_PUBLIC,
         .params = params,
         .handler = peers_page},
    };

    routes[0].n_params = gh_peers_page_params(params);
    gh_city_pages_add_tab(server, &peers_tab);
    gh_server_add_routes(server, routes, G_N_ELEMENTS(routes), NULL);
}
