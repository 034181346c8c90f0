/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* csrf.h - proof that a form was filled in on our own page.
 *
 * How       A random secret lies in a cookie; each form carries the same secret in a hidden field,
 *           masked with fresh random bytes so that no two pages show the same text (compressed
 *           pages would otherwise leak it letter by letter). Another site can neither read nor set
 *           our cookie. Besides, a browser that tells where the form came from must name us.
 * Why       No key and no session on the server: any of several servers can check any form.
 * Threads   Safe from every thread.
 * Source    OWASP CSRF prevention cheat sheet, "double submit cookie" and "Fetch metadata".
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

enum {
    GH_CSRF_BYTES = 16,       /* 128 bits: not to be guessed */
    GH_CSRF_SECRET_SIZE = 33, /* in hexadecimal, with NUL */
    GH_CSRF_TOKEN_SIZE = 65,
};

/* The cookie's name: over HTTPS with the prefix that keeps other hosts from setting it. */
const char *gh_csrf_cookie_name(bool is_secure);

bool gh_csrf_new_secret(char ret_secret[GH_CSRF_SECRET_SIZE], GError **error);

/* Whether text is one that gh_csrf_new_secret could have made. */
bool gh_csrf_is_secret(const char *text);

/* The hidden field's value for a page. */
bool gh_csrf_new_token(const char *secret, char ret_token[GH_CSRF_TOKEN_SIZE], GError **error);

/* Whether token was made from secret; takes the same time for every wrong token of that length.
 * Both may be NULL. */
bool gh_csrf_is_token(const char *secret, const char *token);

/* What the browser says about where the request came from: Origin's host must be host, and
 * Sec-Fetch-Site same-origin or none. Absent headers (NULL) say nothing. */
bool gh_csrf_is_own_origin(const char *origin, const char *fetch_site, const char *host);
