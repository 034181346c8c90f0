/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* clean.h - texts and links as a drawing may hold them. Private to draw/.
 *
 * Names of cities and sources are foreign text, and end up in markup, in pango and in PDF.
 *
 * Ownership Results belong to the caller.
 * Threads   Pure.
 */
#pragma once

#include <stdbool.h>

/* One line of valid UTF-8 that XML and HTML can hold: what they cannot hold becomes U+FFFD, and runs of
 * blanks one blank with none at the ends, as browsers show SVG text. No-break blanks stay. */
char *gh_clean_text(const char *text);

/* Whether following link can neither run script nor mislead: an http or https address, a path or query
 * of this site, or an anchor. "//host" and "\" are none, nor is an empty link. */
bool gh_clean_is_link(const char *link);

/* Whether link is an http or https address with a host. */
bool gh_clean_is_absolute_link(const char *link);

/* Whether id is [a-z0-9-]+. */
bool gh_clean_is_id(const char *id);
