/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* admit.c - from the library's view of a head to a request with a path and a route. */
#include "http/admit.h"

#include <string.h>

#include "http/server.h"
#include "http/target.h"

typedef struct {
    GhHeader headers[GH_GUARD_HEADERS_MAX + 1]; /* one more shows that there are too many */
    size_t n;
} HeaderList;

static enum MHD_Result
collect_header(void *cls, enum MHD_ValueKind kind, const char *name, size_t n_name,
               const char *value, size_t n_value)
{
    HeaderList *list = cls;

    (void)kind;
    list->headers[list->n++] = (GhHeader){
        .name = name,
        .n_name = n_name,
        .value = value != NULL ? value : "",
        .n_value = n_value,
    };
    return list->n < G_N_ELEMENTS(list->headers) ? MHD_YES : MHD_NO;
}

static GhVerb
parse_verb(const char *method)
{
    static const struct {
        const char *text;
        GhVerb verb;
    } verbs[] = {
        {"GET", GH_VERB_GET},
        {"HEAD", GH_VERB_HEAD},
        {"POST", GH_VERB_POST},
        {"OPTIONS", GH_VERB_OPTIONS},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++) {
        if (strcmp(method, verbs[i].text) == 0)
            return verbs[i].verb;
    }
    return GH_VERB_OTHER;
}

/* In libmicrohttpd 0.9 the parts of a head stay where they were received, so bytes between them show.
 * Later versions lay them out differently and refuse such heads themselves. */
static bool
is_seamless(GhRequest *request, const char *url, const char *method, const char *version,
            const HeaderList *list)
{
    if (MHD_get_version()[0] != '0')
        return true;

    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(request->connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    return info != NULL
           && gh_guard_is_seamless(&(GhHeadShape){
               .method = method,
               .target = url,
               .n_target = request->n_target,
               .version = version,
               .n_head = info->header_size,
               .headers = list->headers,
               .n_headers = list->n,
           });
}

static GhGuardVerdict
guard(GhRequest *request, const char *url, const char *method, const char *version)
{
    HeaderList list;

    list.n = 0; /* the rest is written before it is read; zeroing 3 kB each time would show */
    (void)MHD_get_connection_values_n(request->connection, MHD_HEADER_KIND, collect_header, &list);

    GhGuardVerdict verdict = gh_guard_check(strcmp(version, MHD_HTTP_VERSION_1_0) == 0,
                                            list.headers, list.n, &request->head);
    if (verdict == GH_GUARD_PASS
        && (!gh_guard_is_method(method) || !is_seamless(request, url, method, version, &list)))
        return GH_GUARD_BAD;
    return verdict;
}

static bool
read_target(GhRequest *request)
{
    if (request->text == NULL)
        return false;

    char *path = request->text + request->n_target + 1;
    if (!gh_target_parse(request->text, request->n_target, path, &request->query))
        return false;
    request->path = path;
    return true;
}

static size_t
body_limit(const GhRoute *route)
{
    static const size_t BODY_MAX_DEFAULT = 64 * 1024; /* a long form */

    return route->max_body != 0 ? MIN(route->max_body, GH_BODY_MAX) : BODY_MAX_DEFAULT;
}

static bool
is_form(const char *content_type)
{
    static const char type[] = "application/x-www-form-urlencoded";
    size_t n = strlen(type);

    return content_type != NULL && g_ascii_strncasecmp(content_type, type, n) == 0
           && (content_type[n] == '\0' || content_type[n] == ';' || content_type[n] == ' ');
}

static GhAdmission
refuse(GhReply *reply, unsigned status, const char *text)
{
    gh_reply_plain(reply, status, text);
    return GH_ADMIT_REFUSE;
}

static GhAdmission
admit_body(const GhRequest *request, GhReply *reply)
{
    if (request->head.content_length == 0)
        return GH_ADMIT_GO_ON;
    if (request->verb != GH_VERB_POST)
        return refuse(reply, MHD_HTTP_BAD_REQUEST, "Only a POST may carry a body.\n");
    if (!is_form(request->head.content_type))
        return refuse(reply, MHD_HTTP_UNSUPPORTED_MEDIA_TYPE,
                      "Forms are taken as application/x-www-form-urlencoded.\n");
    if (request->head.content_length > body_limit(request->match.entry->route))
        return refuse(reply, MHD_HTTP_CONTENT_TOO_LARGE, "This form is larger than is taken.\n");
    return GH_ADMIT_GO_ON;
}

GhAdmission
gh_admit(GhRequest *request, const char *url, const char *method, const char *version,
         GhReply *reply)
{
    request->verb = parse_verb(method);

    GhGuardVerdict verdict = guard(request, url, method, version);
    if (verdict != GH_GUARD_PASS)
        return refuse(reply, gh_guard_status(verdict),
                      "The request's headers are not valid, or there are too many of them.\n");
    if (request->n_target > GH_TARGET_MAX)
        return refuse(reply, MHD_HTTP_URI_TOO_LONG, "The address is longer than is taken.\n");
    if (!read_target(request))
        return refuse(reply, MHD_HTTP_BAD_REQUEST, "The address is not valid.\n");

    request->lang = gh_lang_negotiate(request->head.accept_language);
    gh_routes_match(request->server->routes, request->verb == GH_VERB_POST ? GH_POST : GH_GET,
                    request->path, &request->match);
    if (request->verb == GH_VERB_OPTIONS || request->verb == GH_VERB_OTHER
        || request->match.entry == NULL)
        return GH_ADMIT_ANSWER;
    return admit_body(request, reply);
}
