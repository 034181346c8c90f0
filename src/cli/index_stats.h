/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* index_stats.h - what the tables of guildhall index stats are made of; for index_stats*.c only. */
#pragma once

#include "cli/index_command.h"

/* A state and the nodes that are looked at. */
typedef struct {
    const GhIndexState *state;
    const GhIndexSpec *spec;
    GhIndexData *data;
    GArray *nodes;       /* of size_t: active indicators, and all nodes where they are aggregated */
    size_t n_indicators; /* the first of them */
    unsigned n_threads;
} GhIndexLook;

static inline const char *
gh_index_look_code(const GhIndexLook *look, size_t node)
{
    return look->data->nodes[node].code;
}

/* Tables that cannot always be made. Where one cannot, standard error says why and it has its heading only: the
 * others are still worth having, and often tell what to do about it. data: a GhIndexLook. */
bool gh_index_write_clusters(GhTableFormat format, GhTableSink sink, void *sink_data,
                             const void *data, GError **error);
bool gh_index_write_removed(GhTableFormat format, GhTableSink sink, void *sink_data,
                            const void *data, GError **error);
