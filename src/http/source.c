/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* source.c - the program's own source for everyone who uses it over the network. */
#include "http/source.h"

#include "resources/resources.h"

static const char ARCHIVE[] = "guildhall-" GH_VERSION ".tar.gz";

/* GET /source, everyone: what licence the program has, and where its source is. */
static bool
source_page(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    const GhLang *lang = gh_request_lang(request);
    GhView *view = gh_view_new();

    (void)data;
    gh_view_text(view, "version", GH_VERSION);
    gh_view_text(view, "archive", ARCHIVE);
    gh_view_printf(view, "archive_url", "/source/%s", ARCHIVE);
    return gh_reply_page(request, reply, "source", GH_T(lang, "Source code"), view, error);
}

/* GET /source/{file}, everyone: the archive of this version; any other name is not found. */
static bool
source_archive(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    const GhLang *lang = gh_request_lang(request);

    (void)data;
    if (!g_str_equal(gh_request_param(request, "file"), ARCHIVE))
        return gh_reply_not_found(request, reply,
                                  GH_T(lang,
                                       "This program offers only the source of its own version; "
                                       "its address is on the page Source code."),
                                  error);

    g_autofree char *path = g_strconcat("/guildhall/source/", ARCHIVE, NULL);
    GBytes *bytes = gh_resources_lookup(path);
    g_assert(bytes != NULL); /* the build puts it there */
    gh_reply_bytes(reply, "application/gzip", ARCHIVE, bytes);
    return true;
}

const GhRoute gh_source_routes[] = {
    {.method = GH_GET,
     .path = "/source",
     .role = GH_ROLE_PUBLIC,
     .cache = GH_CACHE_PUBLIC,
     .handler = source_page},
    {.method = GH_GET, .path = "/source/{file}", .role = GH_ROLE_PUBLIC, .handler = source_archive},
};
const size_t gh_source_n_routes = G_N_ELEMENTS(gh_source_routes);
