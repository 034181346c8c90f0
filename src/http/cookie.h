/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* cookie.h - reading the Cookie header and writing Set-Cookie.
 *
 * Shapes    Our cookies' values are letters, digits, - and _ only, so nothing is quoted or encoded.
 * Threads   Pure functions.
 * Source    RFC 6265, sections 4.1 and 5.4.
 */
#pragma once

#include <stdbool.h>

/* The value of the only cookie of that name. NULL when absent, when it stands there twice (someone
 * else planted one), or when its value is not one that we write. header may be NULL. The caller owns
 * the result. */
char *gh_cookie_find(const char *header, const char *name);

/* A cookie for the session of the browser, for the whole site, out of reach of scripts. Over HTTPS
 * is_secure must be true. The caller owns the result. */
char *gh_cookie_write(const char *name, const char *value, bool is_secure);
