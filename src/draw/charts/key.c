/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* key.c - samples with words, side by side as long as the line has room. */
#include "draw/charts/key.h"

/* Units; our choice. */
static const double SAMPLE_GAP = 6; /* between a sample and its words */
static const double ENTRY_GAP = 18;
static const double LINE_GAP = 4;
static const double BELOW = 8; /* between the key and what it explains */

enum {
    LINES_MAX = 4
};

struct GhKeyPlace {
    size_t entry;
    double x, y; /* of the sample's beginning, and of the first line's top */
    GhBlock block;
};

/* A line's height is that of its highest entry. */
typedef struct {
    double x, y, height;
} Pen;

static void
put(GhKey *key, const GhLang *lang, double width, size_t entry, const char *label, Pen *pen)
{
    static const GhInk ink = {&GH_TYPE_NOTE, GH_WEIGHT_REGULAR, GH_INK};
    double lead = key->sample + SAMPLE_GAP;
    GhBlock block = gh_block(lang, &ink, label, width - lead, LINES_MAX);
    double room = lead + gh_block_room(lang, &block);

    if (pen->x > 0 && pen->x + room > width) {
        pen->y += pen->height + LINE_GAP;
        pen->x = pen->height = 0;
    }
    key->places[key->n_places++] =
        (GhKeyPlace){.entry = entry, .x = pen->x, .y = pen->y, .block = block};
    pen->x += room + ENTRY_GAP;
    pen->height = MAX(pen->height, gh_block_height(&block));
}

GhKey
gh_key(const GhLang *lang, double width, double sample, const char *const *labels, size_t n_labels)
{
    GhKey key = {.sample = sample, .places = g_new0(GhKeyPlace, MAX(n_labels, 1))};
    Pen pen = {0};

    for (size_t i = 0; i < n_labels; i++) {
        if (labels[i] != NULL && *labels[i] != '\0')
            put(&key, lang, width, i, labels[i], &pen);
    }
    key.height = key.n_places > 0 ? pen.y + pen.height + BELOW : 0;
    return key;
}

void
gh_key_clear(GhKey *key)
{
    for (size_t i = 0; i < key->n_places; i++)
        gh_block_clear(&key->places[i].block);
    g_clear_pointer(&key->places, g_free);
    key->n_places = 0;
}

void
gh_key_draw(const GhKey *key, const GhFlow *flow, double top, GhKeySample draw, const void *chart)
{
    for (size_t i = 0; i < key->n_places; i++) {
        const GhKeyPlace *place = &key->places[i];
        draw(flow, place->x, top + place->y + place->block.type->pitch / 2, place->entry, chart);
        gh_flow_block(flow, place->x + key->sample + SAMPLE_GAP, top + place->y, GH_ALIGN_START,
                      &place->block);
    }
}
