/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* http.h - the web server as a district sees it: routes, requests, replies.
 *
 * A district registers a table of routes; each row holds method, path, who may call, which
 * parameters exist and what they must look like, and the handler. The server checks header guard,
 * method, role and parameters before a handler runs, so handlers start with valid input.
 *
 *   static const GhParam city_params[] = {{.name = "year", .kind = GH_PARAM_YEAR}};
 *   static const GhRoute routes[] = {
 *       {.method = GH_GET, .path = "/cities/{slug}", .role = GH_ROLE_PUBLIC, .cache = GH_CACHE_PUBLIC,
 *        .params = city_params, .n_params = G_N_ELEMENTS(city_params), .handler = city_page},
 *   };
 *
 * Threads   Handlers run on the pool's threads, several at once. Long work goes to store/jobs.h.
 * Errors    A handler returns false with error for what it did not expect: logged once, answered as
 *           500 with a plain page and a request number. What it expects (not found, bad input) it
 *           answers itself: gh_reply_not_found, gh_reply_bad_request.
 */
#pragma once

#include "base/lang.h"
#include "http/template.h"
#include "store/jobs.h"
#include "store/store.h"

typedef struct GhServer GhServer;
typedef struct GhRequest GhRequest;
typedef struct GhReply GhReply;

typedef enum {
    GH_GET, /* answers HEAD too */
    GH_POST,
} GhMethod;

/* Roles grow with accounts (people/); until then everything is public. */
typedef enum {
    GH_ROLE_PUBLIC,
} GhRole;

typedef enum {
    GH_CACHE_NONE,   /* private or changing by itself: Cache-Control: no-store */
    GH_CACHE_PUBLIC, /* same for everyone until data_version changes: kept rendered and gzipped,
                        with an ETag */
} GhCachePolicy;

typedef enum {
    GH_PARAM_TEXT, /* valid UTF-8, no control characters but tab and line ends, at most max_length
                      bytes (0: 200) */
    GH_PARAM_SLUG,
    GH_PARAM_ID,     /* letters, digits, . _ - : framework, KPI and data point ids */
    GH_PARAM_YEAR,   /* 1900..2200 */
    GH_PARAM_INT,    /* 0..2^53 */
    GH_PARAM_CHOICE, /* one of choices, separated by | */
} GhParamKind;

typedef struct {
    const char *name; /* query parameter or form field */
    GhParamKind kind;
    bool required;
    size_t max_length;
    const char *choices;
} GhParam;

enum {
    GH_BODY_MAX = 1024 * 1024
};

typedef bool (*GhHandler)(GhRequest *request, GhReply *reply, void *data, GError **error);

typedef struct {
    GhMethod method;
    const char *path; /* "/cities/{slug}", "/cities/{slug}/figures.{format}": a {name} takes one or
                         more characters but / within its segment and must be a GH_PARAM_ID */
    GhRole role;
    GhCachePolicy cache;
    const GhParam *params;
    size_t n_params;
    GhHandler handler;
    size_t max_body; /* bytes of a POST's form; 0: 64 kB, at most GH_BODY_MAX */
} GhRoute;

/* -- what a handler may ask -- */

/* A path place or a query or form parameter by name; NULL when absent. Validated. */
const char *gh_request_param(const GhRequest *request, const char *name);
bool gh_request_param_int(const GhRequest *request, const char *name, int64_t *ret_value);
const char *gh_request_path(const GhRequest *request);
const GhLang *gh_request_lang(const GhRequest *request);
GhServer *gh_request_server(const GhRequest *request);
GhStore *gh_server_store(GhServer *server);
GhJobs *gh_server_jobs(GhServer *server);

/* As in the options, without a slash at its end; NULL where it is not known. */
const char *gh_server_site_address(const GhServer *server);

/* -- what a handler may answer -- */

/* 200 with a rendered template inside the page frame (partial "frame": head, header, footer). The
 * frame's own values (navigation, language, version, CSRF token for forms, canonical address) are
 * added by the server. view is taken. title is translated already. */
bool gh_reply_page(GhRequest *request, GhReply *reply, const char *template, const char *title,
                   GhView *view, GError **error);

/* A template by itself, without the frame: a part of a page, to be given to gh_view_take_safe_html. The
 * caller owns *ret_html. */
bool gh_request_render(GhRequest *request, const char *template, const GhView *view,
                       char **ret_html, GError **error);

/* 200 with bytes; file_name not NULL: offered as a download. bytes is taken. */
void gh_reply_bytes(GhReply *reply, const char *media_type, const char *file_name, GBytes *bytes);

/* Fills buffer with the reply's next bytes, 1 to n_buffer, and tells how many; 0: that was all.
 * n_buffer is whatever the connection has room for (up to 64 kB, a few hundred bytes at worst), so a
 * reader of larger parts keeps the one it is in and its place within. False: the connection is closed, so that
 * the client sees that the file is not whole, and the error is logged.
 *
 * Called on a thread of the server, one call at a time and in order, so it must be as quick as a
 * page: one row from the store, no more. It runs after the handler has returned and may still run
 * minutes later, so data holds all it needs, but no open transaction. */
typedef bool (*GhReplyRead)(void *data, uint8_t *buffer, size_t n_buffer, size_t *ret_n_bytes,
                            GError **error);

enum {
    GH_REPLY_SIZE_UNKNOWN = -1
};

/* 200 with bytes that are read while they are sent: for what is too large to lie in memory once a
 * client. Never compressed, never kept (whatever the route's cache says), no ETag. size_bytes is
 * announced as Content-Length; of GH_REPLY_SIZE_UNKNOWN only the end shows that all came. HEAD gets
 * the same headers, and read is not called. data is taken: free_data (may be NULL) is called once, on
 * any thread, when the reply has gone, the client has, or another reply was made instead. */
void gh_reply_stream(GhReply *reply, const char *media_type, const char *file_name,
                     int64_t size_bytes, GhReplyRead read, void *data, GDestroyNotify free_data);
void gh_reply_redirect(GhReply *reply, const char *path); /* 303 */

/* The helpful pages; each takes one plain sentence, translated, that says what was not found or
 * what is wrong and what to do. */
bool gh_reply_not_found(GhRequest *request, GhReply *reply, const char *sentence, GError **error);
bool gh_reply_bad_request(GhRequest *request, GhReply *reply, const char *sentence, GError **error);
bool gh_reply_busy(GhRequest *request, GhReply *reply, unsigned retry_after_s, const char *sentence,
                   GError **error);
void gh_reply_status(GhReply *reply, unsigned status);
void gh_reply_header(GhReply *reply, const char *name, const char *value);

/* This answer of a GH_CACHE_PUBLIC route is not kept rendered: for what was asked in words of one's own.
 * There is no end to them, and such answers would push out the pages that people share. */
void gh_reply_pass_by_cache(GhReply *reply);

/* -- the registry: what districts give to the shared frame -- */

void gh_server_add_routes(GhServer *server, const GhRoute *routes, size_t n_routes, void *data);

/* An entry in the header's navigation; label is a marked msgid (GH_MARK). */
void gh_server_add_navigation(GhServer *server, const char *path, const char *label);

/* What districts give to a page made of several. The page names a slot ("city.tabs"), and its header says
 * what a part of it is and adds parts through functions of its own, which know their type. Parts stand by
 * order, equal ones as they came; slot and part are borrowed (static). */
void gh_server_add_part(GhServer *server, const char *slot, int order, const void *part);
size_t gh_server_n_parts(const GhServer *server, const char *slot);
const void *gh_server_part(const GhServer *server, const char *slot, size_t index);

/* -- running it -- */

typedef struct {
    const char *listen;       /* "127.0.0.1:8080", "[::1]:0"; port 0 takes a free one */
    const char *dev_dir;      /* --dev: templates and styles are read from this source tree */
    const char *site_name;    /* who runs this, for the footer; NULL: not said */
    const char *site_address; /* "https://cities.example", for links in documents; NULL: not said */
    bool behind_proxy;        /* trust X-Forwarded-Proto from the peer (cookies' Secure) */
    unsigned n_threads;       /* 0: one per core */
    unsigned max_connections; /* 0: 1024 */
    int access_log_fd;        /* one JSON line an answer; 0: standard output, -1: none */
} GhServerOptions;

GhServer *gh_server_new(GhStore *store, GhJobs *jobs, const GhServerOptions *options,
                        GError **error);
bool gh_server_start(GhServer *server, GError **error);
unsigned gh_server_port(const GhServer *server);

/* Stops listening, lets open requests finish (at most 10 s), joins the threads. */
void gh_server_stop(GhServer *server);
void gh_server_free(GhServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhServer, gh_server_free)
