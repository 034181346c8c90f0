/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* target.h - the address in the request line: its path, decoded once and strictly, and its query.
 *
 * Accepts   /path?query, http://host/path?query (a proxy's form; the host is not looked at), and *.
 * Refused   Anything but visible ASCII, bad percent codes, codes for NUL, control characters, / and
 *           \, a decoded path that is not UTF-8, segments . and .. : what two programs could
 *           understand as two different paths.
 * Threads   Pure functions.
 * Source    RFC 9112, section 3.2; RFC 3986, sections 2.1, 3.3; the refusals are our choice.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum {
    GH_TARGET_MAX = 8 * 1024
};

/* ret_path: n_raw + 2 bytes of the caller's. ret_query points into raw behind the ?, NULL without
 * one; it is still encoded (form.h). */
bool gh_target_parse(const char *raw, size_t n_raw, char *ret_path, const char **ret_query);
