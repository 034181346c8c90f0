/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* parts.c - what districts give to pages made of several. */
#include "http/parts.h"

#include <glib.h>
#include <string.h>

typedef struct {
    const char *slot; /* borrowed */
    int order;
    const void *part; /* borrowed */
} Part;

struct GhParts {
    GArray *all; /* of Part, all slots together, by order: there are tens, not thousands */
};

GhParts *
gh_parts_new(void)
{
    GhParts *parts = g_new0(GhParts, 1);

    parts->all = g_array_new(FALSE, FALSE, sizeof(Part));
    return parts;
}

void
gh_parts_free(GhParts *parts)
{
    if (parts == NULL)
        return;
    g_array_unref(parts->all);
    g_free(parts);
}

void
gh_parts_add(GhParts *parts, const char *slot, int order, const void *part)
{
    const Part added = {.slot = slot, .order = order, .part = part};
    guint place = parts->all->len;

    while (place > 0 && g_array_index(parts->all, Part, place - 1).order > order)
        place--;
    g_array_insert_val(parts->all, place, added);
}

size_t
gh_parts_count(const GhParts *parts, const char *slot)
{
    size_t n = 0;

    for (guint i = 0; i < parts->all->len; i++)
        n += strcmp(g_array_index(parts->all, Part, i).slot, slot) == 0 ? 1 : 0;
    return n;
}

const void *
gh_parts_get(const GhParts *parts, const char *slot, size_t index)
{
    for (guint i = 0; i < parts->all->len; i++) {
        const Part *part = &g_array_index(parts->all, Part, i);
        if (strcmp(part->slot, slot) != 0)
            continue;
        if (index == 0)
            return part->part;
        index--;
    }
    g_assert_not_reached(); /* beyond gh_parts_count */
}
