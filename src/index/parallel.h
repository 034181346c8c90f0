/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* parallel.h - many items on several threads: inside the index only.
 *
 * Order     Each worker starts with a run of neighbouring items and goes through it in order, so that what it did for
 *           the last item can serve the next; a worker that is done takes the later half of the longest run left.
 * Same      Items must not depend on each other. The failure reported is that of the first item that fails, whatever
 *           the number of threads.
 * Threads   The caller's is the first worker, and the only one that reports progress.
 */
#pragma once

#include "base/progress.h"

enum {
    GH_INDEX_MAX_THREADS = 256
};

typedef bool (*GhIndexItemFunc)(unsigned worker, size_t item, void *data, GError **error);

typedef struct {
    size_t n_items;
    unsigned n_workers; /* from gh_index_workers */
    size_t
        grain; /* shorter runs are not split: what a worker loses by starting elsewhere; 1 at least */
    const char *step;           /* marked for translation, for progress */
    const GhProgress *progress; /* may be NULL */
} GhIndexParallel;

/* n_threads 0: one a core. Never more than items, at least 1. */
unsigned gh_index_workers(unsigned n_threads, size_t n_items);

/* False with the error of the first item that failed, or G_IO_ERROR_CANCELLED. */
bool gh_index_parallel(const GhIndexParallel *how, GhIndexItemFunc func, void *data,
                       GError **error);
