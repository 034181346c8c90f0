/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* target.c - from the request line's address to a path. */
#include "http/target.h"

#include <glib.h>
#include <string.h>

static bool
is_visible_ascii(const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (text[i] <= 0x20 || text[i] >= 0x7f)
            return false;
    }
    return true;
}

/* The length of "http://host" in front of the path; 0 when there is none. */
static size_t
measure_origin(const char *raw, size_t n)
{
    static const char *const schemes[] = {"http://", "https://"};

    for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++) {
        size_t n_scheme = strlen(schemes[i]);
        if (n <= n_scheme || g_ascii_strncasecmp(raw, schemes[i], n_scheme) != 0)
            continue;

        size_t end = n_scheme;
        while (end < n && raw[end] != '/' && raw[end] != '?')
            end++;
        return end > n_scheme ? end : 0;
    }
    return 0;
}

/* One byte of a path; a percent code is decoded. Advances *at. */
static bool
decode_byte(const char *raw, size_t n, size_t *at, char *ret_byte)
{
    char c = raw[*at];

    if (c == '\\' || c == '#')
        return false;
    if (c == '%') {
        if (n - *at < 3 || !g_ascii_isxdigit(raw[*at + 1]) || !g_ascii_isxdigit(raw[*at + 2]))
            return false;
        int code = g_ascii_xdigit_value(raw[*at + 1]) * 16 + g_ascii_xdigit_value(raw[*at + 2]);
        if (code < 0x20 || code == 0x7f || code == '/' || code == '\\')
            return false;
        *at += 2;
        c = (char)code;
    }

    *at += 1;
    *ret_byte = c;
    return true;
}

static bool
has_dot_segment(const char *path)
{
    for (const char *at = path; at != NULL; at = strchr(at, '/')) {
        at += *at == '/';
        size_t n = strcspn(at, "/");
        if ((n == 1 && at[0] == '.') || (n == 2 && at[0] == '.' && at[1] == '.'))
            return true;
    }
    return false;
}

static bool
decode_path(const char *raw, size_t n, char *ret_path)
{
    size_t n_path = 0;

    for (size_t at = 0; at < n;) {
        if (!decode_byte(raw, n, &at, &ret_path[n_path]))
            return false;
        n_path++;
    }
    ret_path[n_path] = '\0';
    return g_utf8_validate(ret_path, (gssize)n_path, NULL) && !has_dot_segment(ret_path);
}

bool
gh_target_parse(const char *raw, size_t n_raw, char *ret_path, const char **ret_query)
{
    if (n_raw == 0 || n_raw > GH_TARGET_MAX || !is_visible_ascii(raw, n_raw))
        return false;

    size_t n_origin = measure_origin(raw, n_raw);
    const char *path = raw + n_origin;
    size_t n = n_raw - n_origin;
    const char *mark = memchr(path, '?', n);
    size_t n_path = mark != NULL ? (size_t)(mark - path) : n;

    if (n_path == 0 && n_origin > 0)
        (void)g_strlcpy(ret_path, "/", 2); /* http://host means its root */
    else if (n == 1 && path[0] == '*')
        (void)g_strlcpy(ret_path, "*", 2);
    else if (n_path == 0 || path[0] != '/' || !decode_path(path, n_path, ret_path))
        return false;

    *ret_query = mark != NULL ? mark + 1 : NULL;
    return true;
}
