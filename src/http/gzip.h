/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* gzip.h - compressing a body whole.
 *
 * Threads   Pure function.
 * Source    RFC 1952.
 */
#pragma once

#include <glib.h>

/* level 1..9. NULL when there is no memory for it. The caller owns the result. */
GBytes *gh_gzip_new(GBytes *plain, int level);
