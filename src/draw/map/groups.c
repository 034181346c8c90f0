/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* groups.c - places that stand too close together for a dot each. */
#include "draw/map/land.h"

typedef struct {
    double x, y;
    size_t index; /* of the place where it stands */
} Group;

static const Group *
find_group(const GArray *groups, double x, double y)
{
    for (guint i = 0; i < groups->len; i++) {
        const Group *group = &g_array_index(groups, Group, i);
        double dx = group->x - x;
        double dy = group->y - y;
        if (dx * dx + dy * dy < GH_MAP_DOTS_APART * GH_MAP_DOTS_APART)
            return group;
    }
    return NULL;
}

void
gh_map_group(const GhMapView *view, double width, const GhMapDot *places, size_t n_places,
             size_t *ret_groups)
{
    const GhMapFrame frame = gh_map_frame(view, width);
    g_autoptr(GArray) groups = g_array_new(FALSE, FALSE, sizeof(Group));

    for (size_t i = 0; i < n_places; i++) {
        Group own = {.index = i};
        ret_groups[i] = GH_MAP_OUTSIDE;
        if (!gh_map_frame_place(&frame, places[i].latitude, places[i].longitude, &own.x, &own.y))
            continue;
        const Group *group = find_group(groups, own.x, own.y);
        ret_groups[i] = group != NULL ? group->index : i;
        if (group == NULL)
            g_array_append_val(groups, own);
    }
}
