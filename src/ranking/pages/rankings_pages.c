/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* rankings_pages.c - the list of rankings. */
#include "ranking/pages/ranking_page.h"

typedef struct {
    GPtrArray *rankings;
} Listing;

static bool
read_list(GhDb *db, void *data, GError **error)
{
    Listing *listing = data;

    g_clear_pointer(&listing->rankings, g_ptr_array_unref);
    listing->rankings = gh_ranking_list(db, error);
    return listing->rankings != NULL;
}

static void
fill_row(const GhRanking *ranking, const GhLang *lang, GhView *row)
{
    g_autofree char *cities = gh_lang_number(lang, (double)ranking->n_cities, 0);

    gh_view_text(row, "title", ranking->title);
    gh_view_text(row, "summary", ranking->summary);
    gh_view_text(row, "author", ranking->author);
    gh_view_printf(row, "ranking_url", "/rankings/%s", ranking->slug);
    gh_view_count(row, "n_cities", ranking->n_cities, cities);
    gh_view_take_text(row, "years", gh_ranking_say_years(lang, ranking));
    gh_view_take_text(row, "day", gh_ranking_say_day(ranking->published_us));
    gh_view_flag(row, "is_withdrawn", ranking->withdrawn_us != 0);
}

/* GET /rankings ; public. */
static bool
rankings_page(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    const GhLang *lang = gh_request_lang(request);
    Listing listing = {0};
    (void)data;

    if (!gh_store_read(gh_server_store(gh_request_server(request)), read_list, &listing, error)) {
        g_clear_pointer(&listing.rankings, g_ptr_array_unref);
        return false;
    }
    g_autoptr(GPtrArray) rankings = listing.rankings;
    g_autoptr(GhView) view = gh_view_new();
    gh_pages_breadcrumb(view, GH_T(lang, "Rankings"), NULL);
    gh_view_flag(view, "has_rankings", rankings->len > 0);
    for (guint i = 0; i < rankings->len; i++)
        fill_row(g_ptr_array_index(rankings, i), lang, gh_view_append(view, "rankings"));
    gh_view_text(view, "description",
                 GH_T(lang, "Published rankings of cities, each with how sure every place is."));
    return gh_reply_page(request, reply, "rankings", GH_T(lang, "Rankings"), g_steal_pointer(&view),
                         error);
}

void
gh_rankings_pages_register(GhServer *server)
{
    static const GhRoute routes[] = {
        {.method = GH_GET,
         .path = "/rankings",
         .role = GH_ROLE_PUBLIC,
         .cache = GH_CACHE_PUBLIC,
         .handler = rankings_page},
    };

    gh_server_add_routes(server, routes, G_N_ELEMENTS(routes), NULL);
}
