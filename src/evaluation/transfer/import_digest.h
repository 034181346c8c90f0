/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* import_digest.h - what an import wrote, as one SHA-256, so that the audit entry vouches for it.
 *
 * Integers count as 8 bytes big-endian, numbers as their IEEE 754 bits in that form (every NaN alike),
 * texts as their bytes behind their length (-1: none), so that no two contents look the same.
 */
#pragma once

#include <glib.h>
#include <stdint.h>

void gh_digest_int(GChecksum *sum, int64_t value);
void gh_digest_number(GChecksum *sum, double value);
void gh_digest_text(GChecksum *sum, const char *text_or_null);
