/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* csrf.c - secrets, masked tokens, and their comparison. */
#include "http/csrf.h"

#include <errno.h>
#include <gio/gio.h>
#include <stdint.h>
#include <string.h>
#include <sys/random.h>

static bool
fill_random(uint8_t *bytes, size_t n, GError **error)
{
    /* Up to 256 bytes come whole or not at all: getrandom(2). */
    if (getrandom(bytes, n, 0) != (ssize_t)n) {
        g_set_error(error, G_IO_ERROR, (int)g_io_error_from_errno(errno), "no random bytes: %s",
                    g_strerror(errno));
        return false;
    }
    return true;
}

static void
write_hex(const uint8_t *bytes, size_t n, char *text)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < n; i++) {
        text[2 * i] = digits[bytes[i] >> 4];
        text[2 * i + 1] = digits[bytes[i] & 15];
    }
    text[2 * n] = '\0';
}

static bool
read_hex(const char *text, size_t n, uint8_t *bytes)
{
    if (text == NULL || strlen(text) != 2 * n)
        return false;
    for (size_t i = 0; i < n; i++) {
        int high = g_ascii_xdigit_value(text[2 * i]);
        int low = g_ascii_xdigit_value(text[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        bytes[i] = (uint8_t)(high * 16 + low);
    }
    return true;
}

const char *
gh_csrf_cookie_name(bool is_secure)
{
    return is_secure ? "__Host-guildhall_form" : "guildhall_form";
}

bool
gh_csrf_new_secret(char ret_secret[GH_CSRF_SECRET_SIZE], GError **error)
{
    uint8_t secret[GH_CSRF_BYTES];

    if (!fill_random(secret, sizeof(secret), error))
        return false;
    write_hex(secret, sizeof(secret), ret_secret);
    return true;
}

bool
gh_csrf_is_secret(const char *text)
{
    uint8_t secret[GH_CSRF_BYTES];

    return read_hex(text, sizeof(secret), secret);
}

bool
gh_csrf_new_token(const char *secret, char ret_token[GH_CSRF_TOKEN_SIZE], GError **error)
{
    uint8_t plain[GH_CSRF_BYTES];
    uint8_t token[2 * GH_CSRF_BYTES]; /* the mask, then the masked secret */
    bool is_hex = read_hex(secret, sizeof(plain), plain);

    g_assert(is_hex);
    if (!fill_random(token, GH_CSRF_BYTES, error))
        return false;
    for (size_t i = 0; i < GH_CSRF_BYTES; i++)
        token[GH_CSRF_BYTES + i] = token[i] ^ plain[i];
    write_hex(token, sizeof(token), ret_token);
    return true;
}

bool
gh_csrf_is_token(const char *secret, const char *token)
{
    uint8_t plain[GH_CSRF_BYTES];
    uint8_t masked[2 * GH_CSRF_BYTES];
    uint8_t difference = 0;

    if (!read_hex(secret, sizeof(plain), plain) || !read_hex(token, sizeof(masked), masked))
        return false;
    for (size_t i = 0; i < GH_CSRF_BYTES; i++)
        difference |= (uint8_t)(masked[i] ^ masked[GH_CSRF_BYTES + i] ^ plain[i]);
    return difference == 0;
}

bool
gh_csrf_is_own_origin(const char *origin, const char *fetch_site, const char *host)
{
    if (fetch_site != NULL && strcmp(fetch_site, "same-origin") != 0
        && strcmp(fetch_site, "none") != 0)
        return false;
    if (origin == NULL)
        return true;

    const char *origin_host = strstr(origin, "://");
    return origin_host != NULL && host != NULL
           && g_ascii_strcasecmp(origin_host + strlen("://"), host) == 0;
}
