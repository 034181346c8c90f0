/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* key.h - what the marks of a chart mean: samples with words, in lines above it; inside charts/ only.
 *
 * Ownership A key borrows its labels; it owns its lines.
 */
#pragma once

#include "draw/charts/flow.h"

/* Draws the sample of one entry: it begins at x, in flow, and its middle is at y. */
typedef void (*GhKeySample)(const GhFlow *flow, double x, double y, size_t entry,
                            const void *chart);

typedef struct GhKeyPlace GhKeyPlace;

typedef struct {
    double sample; /* width of one */
    GhKeyPlace *places;
    size_t n_places;
    double height; /* 0: no entries */
} GhKey;

/* Entries without a label, NULL or "", are left out. */
GhKey gh_key(const GhLang *lang, double width, double sample, const char *const *labels,
             size_t n_labels);
void gh_key_clear(GhKey *key);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(GhKey, gh_key_clear)

void gh_key_draw(const GhKey *key, const GhFlow *flow, double top, GhKeySample draw,
                 const void *chart);
