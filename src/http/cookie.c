/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* cookie.c - cookies in and out. */
#include "http/cookie.h"

#include <glib.h>
#include <string.h>

static bool
is_plain(const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!g_ascii_isalnum(text[i]) && text[i] != '-' && text[i] != '_')
            return false;
    }
    return n > 0;
}

char *
gh_cookie_find(const char *header, const char *name)
{
    size_t n_name = strlen(name);
    const char *value = NULL;
    size_t n_value = 0;

    for (const char *at = header; at != NULL && *at != '\0';) {
        at += strspn(at, " \t;");
        size_t n = strcspn(at, ";");

        if (n > n_name && at[n_name] == '=' && strncmp(at, name, n_name) == 0) {
            if (value != NULL)
                return NULL;
            value = at + n_name + 1;
            n_value = n - n_name - 1;
            while (n_value > 0 && value[n_value - 1] == ' ')
                n_value--;
        }
        at += n;
    }
    if (value == NULL || !is_plain(value, n_value))
        return NULL;
    return g_strndup(value, n_value);
}

char *
gh_cookie_write(const char *name, const char *value, bool is_secure)
{
    g_assert(is_plain(value, strlen(value)));
    return g_strdup_printf("%s=%s; Path=/; HttpOnly; SameSite=Lax%s", name, value,
                           is_secure ? "; Secure" : "");
}
