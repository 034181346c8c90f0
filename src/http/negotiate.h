/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* negotiate.h - what the request's headers say about the answer's form.
 *
 * Threads   Pure functions.
 * Source    RFC 9110, sections 12.5.3 (Accept-Encoding) and 13.1.2 (If-None-Match).
 */
#pragma once

#include <stdbool.h>

/* Whether gzip may be used: named, or *, and not with q=0. header may be NULL (no). */
bool gh_negotiate_gzip(const char *accept_encoding);

/* Whether the client has that version: the header is * or holds a tag that begins with version
 * (between quotes, W/ before it ignored; our tags are the version, then "-gz" for the compressed
 * form). header may be NULL. */
bool gh_negotiate_has_version(const char *if_none_match, const char *version);

/* Whether bytes of that media type get smaller by compression. */
bool gh_negotiate_is_compressible(const char *media_type);
