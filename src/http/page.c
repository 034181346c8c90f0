/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* page.c - pages inside the frame, and the helpful pages for what did not work. */
#include <string.h>

#include "http/cookie.h"
#include "http/csrf.h"
#include "http/reply.h"
#include "http/request.h"
#include "http/server.h"

/* Whether the page at path belongs to the navigation entry: itself, or below it. */
static bool
is_below(const char *path, const char *entry)
{
    size_t n = strlen(entry);

    return strncmp(path, entry, n) == 0 && (path[n] == '\0' || path[n] == '/');
}

static void
add_navigation(const GhRequest *request, GhView *frame)
{
    const GArray *navigation = request->server->navigation;

    for (guint i = 0; i < navigation->len; i++) {
        const GhNavigation *entry = &g_array_index(navigation, GhNavigation, i);
        GhView *row = gh_view_append(frame, "navigation");

        gh_view_text(row, "path", entry->path);
        gh_view_text(row, "label", GH_T(request->lang, entry->label));
        gh_view_flag(row, "current", is_below(request->path, entry->path));
    }
}

/* Gives the page's forms their hidden field; a browser without the cookie gets one. Kept pages are
 * the same for everyone and so have no forms that change anything. */
static bool
add_form_token(GhRequest *request, GhReply *reply, GhView *frame, GError **error)
{
    const GhRouteEntry *entry = request->match.entry;
    char fresh[GH_CSRF_SECRET_SIZE];
    char token[GH_CSRF_TOKEN_SIZE];

    if (entry == NULL || entry->route->cache == GH_CACHE_PUBLIC)
        return true;

    g_autofree char *secret = gh_request_form_secret(request);
    if (secret == NULL) {
        if (!gh_csrf_new_secret(fresh, error))
            return false;
        bool is_secure = gh_request_is_secure(request);
        g_autofree char *cookie = gh_cookie_write(gh_csrf_cookie_name(is_secure), fresh, is_secure);
        gh_reply_header(reply, "Set-Cookie", cookie);
        secret = g_strdup(fresh);
    }
    if (!gh_csrf_new_token(secret, token, error))
        return false;
    gh_view_text(frame, "form_token", token);
    return true;
}

static bool
fill_frame(GhRequest *request, GhReply *reply, const char *title, GhView *view, GError **error)
{
    GhView *frame = gh_view_object(view, "frame");
    const char *searched = gh_request_param(request, "q");

    gh_view_text(frame, "title", title);
    gh_view_text(frame, "lang", gh_lang_tag(request->lang));
    gh_view_text(frame, "dir", gh_lang_direction(request->lang));
    gh_view_text(frame, "path", request->path);
    gh_view_text(frame, "assets", gh_assets_base(request->server->assets));
    gh_view_text(frame, "site_name", request->server->site_name);
    gh_view_text(frame, "version", GH_VERSION);
    gh_view_text(frame, "searched", searched != NULL ? searched : "");
    add_navigation(request, frame);
    return add_form_token(request, reply, frame, error);
}

bool
gh_request_render(GhRequest *request, const char *template, const GhView *view, char **ret_html,
                  GError **error)
{
    g_autoptr(GString) html = g_string_new(NULL);

    if (!gh_templates_render(request->server->templates, template, view, request->lang, html,
                             error))
        return false;
    *ret_html = g_string_free(g_steal_pointer(&html), FALSE);
    return true;
}

bool
gh_reply_page(GhRequest *request, GhReply *reply, const char *template, const char *title,
              GhView *view, GError **error)
{
    g_autoptr(GhView) owned = view;
    g_autoptr(GString) content = g_string_new(NULL);
    g_autoptr(GString) page = g_string_new(NULL);
    GhTemplates *templates = request->server->templates;

    if (!fill_frame(request, reply, title, owned, error))
        return false;
    if (!gh_templates_render(templates, template, owned, request->lang, content, error))
        return false;
    /* The template escaped its values; escaping the whole again would show its tags. */
    gh_view_take_safe_html(owned, "content", g_string_free(g_steal_pointer(&content), FALSE));
    if (!gh_templates_render(templates, "frame", owned, request->lang, page, error))
        return false;

    gh_reply_bytes(reply, "text/html; charset=utf-8", NULL,
                   g_string_free_to_bytes(g_steal_pointer(&page)));
    reply->language = gh_lang_tag(request->lang);
    return true;
}

bool
gh_reply_message(GhRequest *request, GhReply *reply, unsigned status, const char *heading,
                 const char *sentence, GError **error)
{
    GhView *view = gh_view_new();
    char number[GH_REQUEST_NUMBER_SIZE];

    gh_view_text(view, "heading", heading);
    gh_view_text(view, "sentence", sentence);
    gh_view_flag(view, "no_citation", true);
    if (status >= MHD_HTTP_INTERNAL_SERVER_ERROR) {
        gh_request_write_number(request, number);
        gh_view_text(view, "request", number);
    }
    if (!gh_reply_page(request, reply, "message", heading, view, error))
        return false;
    reply->status = status;
    return true;
}

bool
gh_reply_not_found(GhRequest *request, GhReply *reply, const char *sentence, GError **error)
{
    return gh_reply_message(request, reply, MHD_HTTP_NOT_FOUND,
                            GH_T(request->lang, "Page not found"), sentence, error);
}

bool
gh_reply_bad_request(GhRequest *request, GhReply *reply, const char *sentence, GError **error)
{
    return gh_reply_message(request, reply, MHD_HTTP_BAD_REQUEST,
                            GH_T(request->lang, "This cannot be answered as it was asked"),
                            sentence, error);
}

bool
gh_reply_busy(GhRequest *request, GhReply *reply, unsigned retry_after_s, const char *sentence,
              GError **error)
{
    g_autofree char *seconds = g_strdup_printf("%u", retry_after_s);

    if (!gh_reply_message(request, reply, MHD_HTTP_SERVICE_UNAVAILABLE,
                          GH_T(request->lang, "Busy at the moment"), sentence, error))
        return false;
    gh_reply_header(reply, "Retry-After", seconds);
    return true;
}
