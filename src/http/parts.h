/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* parts.h - what districts give to pages made of several; seen only inside http/ (gh_server_add_part).
 *
 * Ownership Parts and names of slots are borrowed: they are static.
 * Threads   Adding happens before the server starts; then read-only.
 */
#pragma once

#include <stddef.h>

typedef struct GhParts GhParts;

GhParts *gh_parts_new(void);
void gh_parts_free(GhParts *parts);

/* Behind those of the same slot whose order is lower or equal. */
void gh_parts_add(GhParts *parts, const char *slot, int order, const void *part);
size_t gh_parts_count(const GhParts *parts, const char *slot);
const void *gh_parts_get(const GhParts *parts, const char *slot, size_t index);
