/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* texts_testing.c - boxes of texts as rectangles that may be turned; two are apart when a line along a
 * side of one of them parts them. */
#include "draw/texts_testing.h"

#include <math.h>

#include "draw/drawing_private.h"
#include "draw/text.h"

enum {
    CORNERS = 4
};

/* Of the size: Latin capitals are 0.72 high, Chinese characters 0.88; letters reach 0.24 below. */
static const double ABOVE = 0.88;
static const double BELOW = 0.24;

static const double SLACK = 0.02; /* coordinates are rounded to 0.01 */

typedef struct {
    double x[CORNERS], y[CORNERS];
    const char *text;
} Box;

/* Where an inner drawing stands in the outermost. */
typedef struct {
    double x, y, factor;
} Place;

static Box
box_of(const Place *place, const GhLang *lang, const GhItem *item)
{
    const GhTextStyle *style = &item->style;
    double width = gh_text_room(lang, style->size, style->weight, item->text);
    double share = style->anchor == GH_ANCHOR_LEFT     ? 0
                   : style->anchor == GH_ANCHOR_MIDDLE ? 0.5
                                                       : 1;
    double left = -share * width, right = left + width;
    double top = -ABOVE * style->size, bottom = BELOW * style->size;
    const double across[CORNERS] = {left, right, right, left};
    const double down[CORNERS] = {top, top, bottom, bottom};
    double sine = sin(style->rotation * G_PI / 180), cosine = cos(style->rotation * G_PI / 180);
    Box box = {.text = item->text};

    for (size_t i = 0; i < CORNERS; i++) {
        double x = item->x + across[i] * cosine - down[i] * sine;
        double y = item->y + across[i] * sine + down[i] * cosine;
        box.x[i] = place->x + place->factor * x;
        box.y[i] = place->y + place->factor * y;
    }
    return box;
}

static void
collect(GArray *boxes, const Place *place, const GhDrawing *drawing)
{
    for (size_t i = 0; i < drawing->items->len; i++) {
        const GhItem *item = gh_drawing_item(drawing, i);

        if (item->kind == GH_ITEM_TEXT) {
            const Box box = box_of(place, drawing->lang, item);
            g_array_append_val(boxes, box);
        } else if (item->kind == GH_ITEM_DRAWING) {
            const Place inner = {
                .x = place->x + place->factor * item->x,
                .y = place->y + place->factor * item->y,
                .factor = place->factor * item->factor,
            };
            collect(boxes, &inner, item->drawing);
        }
    }
}

/* From where to where a box reaches along a direction. */
static void
extent(const Box *box, double dx, double dy, double *ret_low, double *ret_high)
{
    double low = INFINITY, high = -INFINITY;

    for (size_t i = 0; i < CORNERS; i++) {
        double at = box->x[i] * dx + box->y[i] * dy;
        low = MIN(low, at);
        high = MAX(high, at);
    }
    *ret_low = low;
    *ret_high = high;
}

static bool
parted_by_side(const Box *a, const Box *b, const Box *of)
{
    for (size_t i = 0; i < 2; i++) {
        double dx = of->x[i + 1] - of->x[i], dy = of->y[i + 1] - of->y[i];
        double length = hypot(dx, dy);
        double low_a = 0, high_a = 0, low_b = 0, high_b = 0;

        extent(a, dx / length, dy / length, &low_a, &high_a);
        extent(b, dx / length, dy / length, &low_b, &high_b);
        if (high_a <= low_b + SLACK || high_b <= low_a + SLACK)
            return true;
    }
    return false;
}

static void
assert_inside(const GhDrawing *drawing, const Box *box)
{
    for (size_t i = 0; i < CORNERS; i++) {
        if (box->x[i] >= -SLACK && box->x[i] <= drawing->width + SLACK && box->y[i] >= -SLACK
            && box->y[i] <= drawing->height + SLACK)
            continue;
        g_test_message("\"%s\" reaches over the edge: %.2f, %.2f", box->text, box->x[i], box->y[i]);
        g_test_fail();
        return;
    }
}

size_t
gh_texts_assert_apart(const GhDrawing *drawing)
{
    g_autoptr(GArray) boxes = g_array_new(FALSE, FALSE, sizeof(Box));

    collect(boxes, &(Place){.factor = 1}, drawing);
    for (guint i = 0; i < boxes->len; i++) {
        const Box *a = &g_array_index(boxes, Box, i);
        assert_inside(drawing, a);
        for (guint j = 0; j < i; j++) {
            const Box *b = &g_array_index(boxes, Box, j);
            if (parted_by_side(a, b, a) || parted_by_side(a, b, b))
                continue;
            g_test_message("\"%s\" and \"%s\" meet", b->text, a->text);
            g_test_fail();
        }
    }
    return boxes->len;
}
