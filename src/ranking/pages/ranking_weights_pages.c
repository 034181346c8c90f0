/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* ranking_weights_pages.c - "your weights": the same ranking with the reader's own. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "ranking/pages/ranking_page.h"

/* A weight as a reader gives it: a slider's ends. Our choice. */
static const double WEIGHT_MAX = 100;

/* Names of parameters: the route's table is made once and for all rankings. */
static const char *const NAMES[] = {
    "w1",  "w2",  "w3",  "w4",  "w5",  "w6",  "w7",  "w8",  "w9",  "w10", "w11", "w12",
    "w13", "w14", "w15", "w16", "w17", "w18", "w19", "w20", "w21", "w22", "w23", "w24",
};
G_STATIC_ASSERT(G_N_ELEMENTS(NAMES) == GH_RANKING_WEIGHTS_MAX);

/* One slider. */
typedef struct {
    size_t node;
    double weight; /* as asked, else as published, 0..100 */
    double shown;  /* the same as the field has it: whole, where it is as published */
} Knob;

typedef struct {
    GhRankingPage page;
    Knob knobs[GH_RANKING_WEIGHTS_MAX];
    size_t n_knobs;
} WeightsPage;

static void
weights_page_clear(WeightsPage *work)
{
    gh_ranking_page_clear(&work->page);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(WeightsPage, weights_page_clear)

/* -- the sliders -- */

static void
add_knob(WeightsPage *work, size_t node, double weight)
{
    g_assert(work->n_knobs < GH_RANKING_WEIGHTS_MAX); /* those chosen fit: see choose_knobs */
    work->knobs[work->n_knobs++] = (Knob){.node = node, .weight = weight, .shown = round(weight)};
}

/* Children of a node, as sliders; the published weights are shown as shares of 100. */
static void
add_knobs(WeightsPage *work, size_t parent)
{
    const GhIndexNode *node = &work->page.data->nodes[parent];
    const GhIndexState *state = work->page.kept->result->state;
    double sum = 0;

    for (size_t i = 0; i < node->n_children; i++)
        sum += state->active[node->children[i]] ? state->weights[node->children[i]] : 0;
    for (size_t i = 0; i < node->n_children; i++) {
        size_t child = node->children[i];
        if (state->active[child])
            add_knob(work, child, sum > 0 ? 100 * state->weights[child] / sum : 0);
    }
}

/* The groups below the top, then, where room is left for all of them, the groups below these. */
static void
choose_knobs(WeightsPage *work)
{
    const GhIndexNode *top = gh_ranking_page_top(&work->page);
    size_t n_below = 0;

    add_knobs(work, work->page.kept->top);
    for (size_t i = 0; i < top->n_children; i++) {
        const GhIndexNode *child = &work->page.data->nodes[top->children[i]];
        n_below += child->level > 2 ? child->n_children : 0;
    }
    if (work->n_knobs + n_below > GH_RANKING_WEIGHTS_MAX)
        return;
    for (size_t i = 0; i < top->n_children; i++) {
        if (work->page.data->nodes[top->children[i]].level > 2)
            add_knobs(work, top->children[i]);
    }
}

/* What the reader gave; false for what is no weight. */
static bool
read_weights(const GhRequest *request, WeightsPage *work)
{
    for (size_t i = 0; i < work->n_knobs; i++) {
        const char *text = gh_request_param(request, NAMES[i]);
        double weight = 0;
        if (text == NULL)
            continue;
        if (!gh_number_parse(text, GH_NUMBER_POINT, false, &weight, NULL) || weight < 0
            || weight > WEIGHT_MAX)
            return false;
        /* What a field had and the form sent back unchanged is as published: 66.7, not 67. */
        if (weight == work->knobs[i].shown)
            continue;
        work->knobs[i].weight = weight;
        work->knobs[i].shown = weight;
    }
    return true;
}

/* A group all of whose weights are 0 would have no score. */
static bool
has_empty_group(const WeightsPage *work)
{
    const GhIndexData *data = work->page.data;

    for (size_t i = 0; i < work->n_knobs; i++) {
        double sum = 0;
        for (size_t k = 0; k < work->n_knobs; k++)
            sum +=
                data->nodes[work->knobs[k].node].parent == data->nodes[work->knobs[i].node].parent
                    ? work->knobs[k].weight
                    : 0;
        if (!(sum > 0))
            return true;
    }
    return false;
}

static void
fill_knob(const WeightsPage *work, const GhLang *lang, size_t i, GhView *view)
{
    const GhIndexNode *node = &work->page.data->nodes[work->knobs[i].node];
    bool is_below = (size_t)node->parent != work->page.kept->top;
    GhView *row = gh_view_append(view, is_below ? "lower_knobs" : "knobs");
    char number[GH_NUMBER_TEXT_SIZE];

    gh_view_text(row, "field", NAMES[i]);
    gh_view_text(row, "name", gh_ranking_say_node(&work->page, lang, work->knobs[i].node));
    gh_view_text(row, "group",
                 is_below ? gh_ranking_say_node(&work->page, lang, (size_t)node->parent) : NULL);
    /* As the field wants it, whatever the reader's language. */
    gh_view_text(row, "weight", gh_number_format(work->knobs[i].shown, number));
    gh_view_flag(view, "has_lower_knobs", is_below);
}

/* -- what they give -- */

typedef struct {
    guint city;
    int place;
    double score;
} Placed;

static int
compare_placed(gconstpointer a, gconstpointer b)
{
    const Placed *one = a, *other = b;

    if ((one->place == 0) != (other->place == 0))
        return one->place == 0 ? 1 : -1;
    if (one->place != other->place)
        return one->place - other->place;
    return (one->city > other->city) - (one->city < other->city);
}

static void
fill_placed(const WeightsPage *work, const GhLang *lang, const Placed *placed, gssize chosen,
            GhView *view)
{
    const GhRankedCity *city = gh_ranking_page_city(&work->page, placed->city);
    int moved = city->place - placed->place;
    GhView *row = gh_view_append(view, "cities");
    g_autofree char *n = gh_lang_number(lang, abs(moved), 0);

    gh_view_text(row, "name", city->name);
    gh_view_printf(row, "city_url", "/rankings/%s/cities/%s", work->page.ranking->slug, city->slug);
    gh_view_take_text(row, "place", gh_lang_number(lang, placed->place, 0));
    gh_view_take_text(row, "score", gh_ranking_say_score(&work->page, lang, placed->score));
    gh_view_take_text(row, "published", gh_ranking_say_place(lang, city));
    gh_view_take_text(row, "moved",
                      moved == 0  ? g_strdup(GH_T(lang, "same"))
                      : moved > 0 ? gh_lang_fill(GH_T(lang, "{n} up"), "n", n, NULL)
                                  : gh_lang_fill(GH_T(lang, "{n} down"), "n", n, NULL));
    gh_view_flag(row, "highlighted", chosen == (gssize)placed->city);
    gh_view_flag(row, "is_outside",
                 placed->place < floor(city->q5) || placed->place > ceil(city->q95));
}

static void
say_result(const GArray *all, const WeightsPage *work, const GhLang *lang, GhView *view)
{
    unsigned long n_moved = 0;

    for (guint i = 0; i < all->len; i++) {
        const Placed *placed = &g_array_index(all, Placed, i);
        n_moved += placed->place != gh_ranking_page_city(&work->page, placed->city)->place ? 1 : 0;
    }
    g_autofree char *n = gh_lang_number(lang, (double)n_moved, 0);
    g_autofree char *cities = gh_lang_number(lang, (double)work->page.n_placed, 0);
    gh_view_take_text(view, "result",
                      n_moved == 0
                          ? g_strdup(GH_T(lang, "With these weights every city keeps its place."))
                          : gh_lang_fill(gh_lang_plural(lang,
                                                        "One of {cities} cities changes its "
                                                        "place.",
                                                        "{n} of {cities} cities change their "
                                                        "places.",
                                                        n_moved),
                                         "n", n, "cities", cities, NULL));
}

/* An aggregation may refuse (0 in a geometric mean with a weight): then the message says that. */
static bool
compute(const WeightsPage *work, GArray *all, GError **error)
{
    g_autofree double *weights = g_new(double, work->page.data->n_nodes);
    g_autofree double *scores = g_new(double, work->page.cities->len);
    g_autofree int *places = g_new(int, work->page.cities->len);

    for (size_t i = 0; i < work->page.data->n_nodes; i++)
        weights[i] = NAN;
    for (size_t i = 0; i < work->n_knobs; i++)
        weights[work->knobs[i].node] = work->knobs[i].weight;
    if (!gh_ranking_reweigh(work->page.kept, weights, scores, places, error))
        return false;
    for (guint i = 0; i < work->page.cities->len; i++) {
        const Placed placed = {.city = i, .place = places[i], .score = scores[i]};
        if (placed.place > 0)
            g_array_append_val(all, placed);
    }
    g_array_sort(all, compare_placed);
    return true;
}

static void
fill_result(const WeightsPage *work, const GhLang *lang, gssize chosen, GhView *view)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(Placed));
    g_autoptr(GError) own = NULL;

    if (has_empty_group(work)) {
        gh_view_text(view, "problem",
                     GH_T(lang, "All weights of a group are 0, so nothing would count. Give one of "
                                "them more than 0."));
        return;
    }
    if (!compute(work, all, &own)) {
        gh_view_text(view, "problem",
                     GH_T(lang, "With these weights the scores cannot be computed. Try others."));
        return;
    }
    say_result(all, work, lang, view);
    gh_view_flag(view, "has_cities", true);
    for (guint i = 0; i < all->len; i++) {
        const Placed *placed = &g_array_index(all, Placed, i);
        if (i < GH_RANKING_CITIES_PER_PAGE || chosen == (gssize)placed->city)
            fill_placed(work, lang, placed, chosen, view);
    }
    gh_view_flag(view, "has_more", all->len > GH_RANKING_CITIES_PER_PAGE);
}

/* -- the page -- */

/* GET /rankings/{slug}/weights?w1=..w24=&city= ; public. The city is shown wherever it stands. 404 for an unknown ranking and one without weights, 400 for what
 * is no weight from 0 to 100. */
static bool
weights_page(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    const GhLang *lang = gh_request_lang(request);
    g_auto(WeightsPage) work = {0};
    const GhRankingPage *page = &work.page;
    bool answered = false;
    (void)data;

    if (!gh_ranking_page_load(request, reply, &work.page, &answered, error))
        return false;
    if (answered)
        return true;
    if (!gh_ranking_page_has_weights(page))
        return gh_reply_not_found(
            request, reply, GH_T(lang, "This ranking has no weights that a reader could change."),
            error);
    choose_knobs(&work);
    if (!read_weights(request, &work))
        return gh_reply_bad_request(request, reply,
                                    GH_T(lang, "A weight is a number from 0 to 100."), error);

    g_autoptr(GhView) view = gh_view_new();
    g_autofree char *address = g_strdup_printf("/rankings/%s", page->ranking->slug);
    gh_pages_breadcrumb(view, GH_T(lang, "Rankings"), "/rankings");
    gh_pages_breadcrumb(view, page->ranking->title, address);
    gh_pages_breadcrumb(view, GH_T(lang, "Your weights"), NULL);
    gh_view_printf(view, "form_url", "%s/weights", address);
    gh_view_text(view, "ranking_url", address);
    gh_view_text(view, "ranking_title", page->ranking->title);
    for (size_t i = 0; i < work.n_knobs; i++)
        fill_knob(&work, lang, i, view);
    const char *city = gh_request_param(request, "city");
    gssize chosen = gh_ranking_page_find(page, city);
    gh_view_text(view, "city", chosen < 0 ? NULL : city);
    fill_result(&work, lang, chosen, view);
    gh_view_flag(view, "no_citation", true); /* a reader's own, not published */
    gh_reply_pass_by_cache(reply);
    return gh_reply_page(request, reply, "ranking_weights", GH_T(lang, "Your weights"),
                         g_steal_pointer(&view), error);
}

void
gh_ranking_weights_pages_register(GhServer *server)
{
    static GhParam params[GH_RANKING_WEIGHTS_MAX + 1] = {
        [GH_RANKING_WEIGHTS_MAX] = {.name = "city", .kind = GH_PARAM_SLUG}};
    static GhRoute routes[] = {
        {.method = GH_GET,
         .path = "/rankings/{slug}/weights",
         .role = GH_ROLE_PUBLIC,
         .cache = GH_CACHE_PUBLIC,
         .params = params,
         .n_params = G_N_ELEMENTS(params),
         .handler = weights_page},
    };

    for (size_t i = 0; i < GH_RANKING_WEIGHTS_MAX; i++)
        params[i] = (GhParam){.name = NAMES[i], .kind = GH_PARAM_TEXT, .max_length = 12};
    gh_server_add_routes(server, routes, G_N_ELEMENTS(routes), NULL);
}
