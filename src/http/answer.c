/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* answer.c - from an admitted request to an answer. */
#include "http/answer.h"

#include <string.h>

#include "base/log.h"
#include "http/csrf.h"
#include "http/negotiate.h"
#include "http/reply.h"
#include "http/server.h"

/* The journey of an error ends here: logged once, and a page that says nothing about its inside. */
static void
fill_failure(GhRequest *request, GhReply *reply, const GError *problem)
{
    g_autoptr(GError) second = NULL;
    char number[GH_REQUEST_NUMBER_SIZE];
    bool is_busy = g_error_matches(problem, GH_STORE_ERROR, GH_STORE_ERROR_BUSY);

    gh_request_write_number(request, number);
    gh_log(GH_LOG_ERROR, "request failed", "request", number, "path", request->path, "error",
           problem->message, NULL);
    gh_reply_clear(reply);
    gh_reply_init(reply);

    bool is_made =
        is_busy ? gh_reply_busy(request, reply, 5,
                                GH_T(request->lang, "Many people are writing at once. Nothing was "
                                                    "changed; please try again in a moment."),
                                &second)
                : gh_reply_message(request, reply, MHD_HTTP_INTERNAL_SERVER_ERROR,
                                   GH_T(request->lang, "Something went wrong on our side"),
                                   GH_T(request->lang, "The page could not be made. Please try "
                                                       "again in a moment."),
                                   &second);
    if (!is_made) {
        gh_log(GH_LOG_ERROR, "error page failed", "request", number, "error", second->message,
               NULL);
        gh_reply_plain(reply, MHD_HTTP_INTERNAL_SERVER_ERROR,
                       "Something went wrong on our side.\n");
    }
}

/* Packing costs more than most pages: it is done for a client that takes it, and for the cache
 * (may be NULL), which serves all clients. */
static GhPack
choose_pack(const GhRequest *request, const GhReply *reply, const GhCache *cache)
{
    bool fits_cache = cache != NULL && reply->body != NULL
                      && g_bytes_get_size(reply->body) <= gh_cache_page_max(cache);

    return fits_cache || gh_negotiate_gzip(request->head.accept_encoding) ? GH_PACK_FAST
                                                                          : GH_PACK_NOT;
}

static GhPrepared *
prepare(GhRequest *request, GhReply *reply, bool is_made, const GError *problem)
{
    if (!is_made)
        fill_failure(request, reply, problem);
    return gh_reply_prepare(reply, GH_KEEP_NOT, choose_pack(request, reply, NULL));
}

static const char *
allow_text(const GhRouteMatch *match)
{
    if (match->allows_get && match->allows_post)
        return "GET, HEAD, POST, OPTIONS";
    return match->allows_post ? "POST, OPTIONS" : "GET, HEAD, OPTIONS";
}

/* /cities/ means /cities: NULL when the path without its last / leads nowhere. The caller owns it. */
static char *
drop_last_slash(const GhRequest *request)
{
    size_t n = strlen(request->path);
    GhRouteMatch match;

    if (n < 2 || request->path[n - 1] != '/')
        return NULL;
    g_autofree char *path = g_strndup(request->path, n - 1);
    gh_routes_match(request->server->routes, GH_GET, path, &match);
    if (match.entry == NULL)
        return NULL;
    /* A path that matched holds nothing that needs encoding, and the query still is encoded. */
    return request->query != NULL ? g_strdup_printf("%s?%s", path, request->query)
                                  : g_steal_pointer(&path);
}

/* Static files, and whatever no route takes: unknown paths, other methods. */
static GhPrepared *
answer_without_route(GhRequest *request)
{
    g_auto(GhReply) reply;
    g_autoptr(GError) problem = NULL;
    bool is_made = true;
    bool is_reading = request->verb == GH_VERB_GET || request->verb == GH_VERB_HEAD;

    gh_reply_init(&reply);
    GhPrepared *file = is_reading ? gh_assets_find(request->server->assets, request->path) : NULL;
    if (file != NULL)
        return file;

    bool is_known = request->match.allows_get || request->match.allows_post;
    g_autofree char *other = is_reading ? drop_last_slash(request) : NULL;
    if (other != NULL) {
        gh_reply_status(&reply, MHD_HTTP_MOVED_PERMANENTLY);
        gh_reply_header(&reply, "Location", other);
    } else if (request->verb == GH_VERB_OPTIONS && (is_known || strcmp(request->path, "*") == 0)) {
        gh_reply_status(&reply, MHD_HTTP_NO_CONTENT);
        gh_reply_header(&reply, "Allow",
                        is_known ? allow_text(&request->match) : "GET, HEAD, POST, OPTIONS");
    } else if (is_known) {
        is_made = gh_reply_message(
            request, &reply, MHD_HTTP_METHOD_NOT_ALLOWED,
            GH_T(request->lang, "This address does not take that"),
            GH_T(request->lang, "The page exists, but not for this kind of request."), &problem);
        if (is_made)
            gh_reply_header(&reply, "Allow", allow_text(&request->match));
    } else {
        is_made = gh_reply_not_found(
            request, &reply,
            GH_T(request->lang, "There is no page at this address. Check it for a typing mistake, "
                                "or search for a city."),
            &problem);
    }
    return prepare(request, &reply, is_made, problem);
}

static bool
is_permitted(const GhRoute *route)
{
    switch (route->role) {
    case GH_ROLE_PUBLIC:
        return true;
    }
    g_assert_not_reached();
}

/* ?lang=xx is a choice and wins over what the browser asks for. */
static void
choose_lang(GhRequest *request)
{
    bool is_repeated = false;
    const char *tag =
        request->verb == GH_VERB_POST ? NULL : gh_form_find(request->form, "lang", &is_repeated);

    if (tag == NULL)
        return;
    const GhLang *chosen =
        strcmp(tag, gh_lang_tag(gh_lang_source())) == 0 ? gh_lang_source() : gh_lang_find(tag);
    if (chosen != NULL)
        request->lang = chosen;
}

static bool
reply_bad_param(GhRequest *request, GhReply *reply, GhParamVerdict verdict, const char *name,
                GError **error)
{
    const char *pattern = NULL;

    switch (verdict) {
    case GH_PARAM_OK:
        g_assert_not_reached();
    case GH_PARAM_MISSING:
        pattern = GH_T(request->lang, "“{name}” is missing. Go back and fill it in.");
        break;
    case GH_PARAM_REPEATED:
        pattern = GH_T(request->lang, "“{name}” stands there more than once. Keep one of them.");
        break;
    case GH_PARAM_REFUSED:
        pattern =
            GH_T(request->lang, "What stands for “{name}” is not one of the values it can have. "
                                "Change it, or leave it out.");
        break;
    case GH_PARAM_UNREADABLE:
        pattern = GH_T(request->lang, "The address or form cannot be read. Go back and try again.");
        break;
    }
    g_autofree char *sentence = gh_lang_fill(pattern, "name", name, NULL);
    return gh_reply_bad_request(request, reply, sentence, error);
}

static bool
is_own_form(const GhRequest *request)
{
    bool is_repeated = false;
    const char *token = gh_form_find(request->form, "form_token", &is_repeated);
    g_autofree char *secret = gh_request_form_secret(request);

    return gh_csrf_is_own_origin(request->head.origin, request->head.fetch_site, request->head.host)
           && gh_csrf_is_token(secret, token);
}

/* Everything the page depends on besides the data; false when it is too long to be kept. The
 * separators cannot stand in paths, names and values. */
static bool
write_key(const GhRequest *request, char key[GH_CACHE_KEY_MAX])
{
    size_t n = g_strlcpy(key, request->path, GH_CACHE_KEY_MAX);

    n = n < GH_CACHE_KEY_MAX ? g_strlcat(key, "\x01", GH_CACHE_KEY_MAX) : n;
    n = n < GH_CACHE_KEY_MAX ? g_strlcat(key, gh_lang_tag(request->lang), GH_CACHE_KEY_MAX) : n;
    for (size_t i = request->match.n_places; i < request->n_params; i++) {
        const char *const parts[] = {"\x01", request->params[i].name, "\x02",
                                     request->params[i].value};
        for (size_t k = 0; k < G_N_ELEMENTS(parts) && n < GH_CACHE_KEY_MAX; k++)
            n = g_strlcat(key, parts[k], GH_CACHE_KEY_MAX);
    }
    return n < GH_CACHE_KEY_MAX;
}

/* *cache: where the answer will be kept, NULL: nowhere; NULL then also when the handler says so. */
static GhPrepared *
run_handler(GhRequest *request, GhKeep keep, GhCache **cache)
{
    const GhRouteEntry *entry = request->match.entry;
    g_auto(GhReply) reply;
    g_autoptr(GError) problem = NULL;

    gh_reply_init(&reply);
    bool is_made = entry->route->handler(request, &reply, entry->data, &problem);
    if (!is_made || reply.status != MHD_HTTP_OK)
        return prepare(request, &reply, is_made, problem);
    if (reply.passes_by_cache)
        *cache = NULL;
    return gh_reply_prepare(&reply, keep, choose_pack(request, &reply, *cache));
}

static GhPrepared *
answer_public(GhRequest *request, bool *ret_was_cached)
{
    char key[GH_CACHE_KEY_MAX];
    GhCache *cache = request->server->cache;
    int64_t version = 0;

    /* Without a version nothing is kept; what is wrong with the database, the handler will find. */
    if (cache == NULL || !write_key(request, key)
        || !gh_store_data_version(request->server->store, &version, NULL)) {
        cache = NULL;
        return run_handler(request, GH_KEEP_REVALIDATE, &cache);
    }

    GhPrepared *kept = gh_cache_find(cache, key, version);
    if (kept != NULL) {
        *ret_was_cached = true;
        return kept;
    }

    GhPrepared *fresh = run_handler(request, GH_KEEP_REVALIDATE, &cache);
    if (cache != NULL && fresh != NULL && gh_prepared_is_kept(fresh))
        gh_cache_add(cache, key, version, fresh);
    return fresh;
}

static GhPrepared *
answer_route(GhRequest *request, bool *ret_was_cached)
{
    g_auto(GhReply) reply;
    g_autoptr(GError) problem = NULL;
    const GhRoute *route = request->match.entry->route;
    const char *name = NULL;

    gh_reply_init(&reply);
    if (!is_permitted(route)) {
        bool is_made = gh_reply_not_found(
            request, &reply, GH_T(request->lang, "There is no page at this address."), &problem);
        return prepare(request, &reply, is_made, problem);
    }

    GhParamVerdict verdict = gh_request_read_params(request, &name);
    choose_lang(request);
    if (verdict != GH_PARAM_OK) {
        bool is_made = reply_bad_param(request, &reply, verdict, name, &problem);
        return prepare(request, &reply, is_made, problem);
    }
    if (route->method == GH_POST && !is_own_form(request)) {
        bool is_made = gh_reply_message(
            request, &reply, MHD_HTTP_FORBIDDEN, GH_T(request->lang, "This form was not accepted"),
            GH_T(request->lang, "It was not filled in on this site, or cookies are blocked. Go "
                                "back, load the page again and send it once more."),
            &problem);
        return prepare(request, &reply, is_made, problem);
    }

    if (route->cache == GH_CACHE_PUBLIC && route->method == GH_GET)
        return answer_public(request, ret_was_cached);

    GhCache *nowhere = NULL;
    return run_handler(request, GH_KEEP_NOT, &nowhere);
}

GhPrepared *
gh_answer(GhRequest *request, bool *ret_was_cached)
{
    bool has_route = request->match.entry != NULL && request->verb != GH_VERB_OPTIONS
                     && request->verb != GH_VERB_OTHER;

    *ret_was_cached = false;
    return has_route ? answer_route(request, ret_was_cached) : answer_without_route(request);
}
