/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* negotiate.c - reading Accept-Encoding and If-None-Match. */
#include "http/negotiate.h"

#include <glib.h>
#include <string.h>

static const char BLANKS[] = " \t";

/* Whether the element's parameters (from its ; on) forbid it: q=0, q=0.0, q=0.000. */
static bool
is_forbidden(const char *element, size_t n)
{
    const char *mark = memchr(element, ';', n);
    if (mark == NULL)
        return false;

    const char *end = element + n;
    const char *at = mark + 1;
    at += MIN(strspn(at, BLANKS), (size_t)(end - at));
    if (end - at < 3 || g_ascii_tolower(at[0]) != 'q' || at[1] != '=' || at[2] != '0')
        return false;
    for (at += 3; at < end; at++) {
        if (*at >= '1' && *at <= '9')
            return false;
    }
    return true;
}

bool
gh_negotiate_gzip(const char *accept_encoding)
{
    bool any = false;

    for (const char *at = accept_encoding; at != NULL && *at != '\0';) {
        at += strspn(at, " \t,");
        size_t n = strcspn(at, ",");
        size_t n_name = strcspn(at, " \t;,");

        if (n_name == strlen("gzip") && g_ascii_strncasecmp(at, "gzip", n_name) == 0)
            return !is_forbidden(at, n);
        if (n_name == 1 && at[0] == '*')
            any = !is_forbidden(at, n);
        at += n;
    }
    return any;
}

bool
gh_negotiate_has_version(const char *if_none_match, const char *version)
{
    size_t n_version = strlen(version);

    for (const char *at = if_none_match; at != NULL && *at != '\0';) {
        at += strspn(at, " \t,");
        if (*at == '*')
            return true;
        if (g_str_has_prefix(at, "W/"))
            at += strlen("W/");
        if (*at != '"')
            return false; /* not a list of tags */

        const char *tag = at + 1;
        size_t n = strcspn(tag, "\"");
        if (n >= n_version && strncmp(tag, version, n_version) == 0
            && (n == n_version || (n == n_version + 3 && strncmp(tag + n_version, "-gz", 3) == 0)))
            return true;
        at = tag + n;
        at += *at == '"';
    }
    return false;
}

bool
gh_negotiate_is_compressible(const char *media_type)
{
    static const char *const wholes[] = {"application/json", "application/javascript",
                                         "application/xml", "image/svg+xml",
                                         "application/manifest+json"};
    size_t n = strcspn(media_type, ";");

    if (g_str_has_prefix(media_type, "text/"))
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS(wholes); i++) {
        if (strlen(wholes[i]) == n && strncmp(media_type, wholes[i], n) == 0)
            return true;
    }
    return n > strlen("+json") && strncmp(media_type + n - strlen("+json"), "+json", 5) == 0;
}
