/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* wheel.c - the benchmarking wheel: rings of segments around a name. */
#include <math.h>

#include "draw/charts/shown.h"
#include "draw/charts/wheel_text.h"
#include "draw/text.h"

enum {
    RINGS_MAX = 4,
    CENTRE_LINES_MAX = 3,
    TOP_LINES_MAX = 2,
    GROUP_LINES_MAX = 4,
};

/* All lengths below were chosen by eye on a wheel of this size, and grow with it. */
static const double SIZE_USUAL = 720;

/* White between segments: two pixels (UI guide), less where segments themselves are hardly wider. */
static const double GAP = 2;
static const double GAP_SHARE_MAX = 0.25;

static const double MARGIN = 2; /* room for outlines */
static const double PAD = 3;    /* between a ring's edge and what stands in it */
static const double OUTLINE = 0.8;
static const double SMALLER = 0.9; /* letters of a name that else would be cut */

/* The looks are made for a wheel of so many leaves (U4SSC); with fewer all grows, up to a limit. */
static const double LEAVES_USUAL = 112;
static const double GROWTH_MAX = 1.7;

/* Wheels with names in the outermost ring, and those without, whose letters are larger instead. */
typedef struct {
    double centre;                           /* radius of the disc in the middle */
    double top, middle, outermost;           /* shares of the rings in the rest */
    double top_size, group_size, label_size; /* of letters */
    double mark;                             /* radius */
} Look;

static const Look LOOK_NAMES = {
    .centre = 58,
    .top = 46,
    .middle = 100,
    .outermost = 154,
    .top_size = 11.5,
    .group_size = 9.6,
    .label_size = 8.2,
    .mark = 3.6,
};
static const Look LOOK_MARKS = {
    .centre = 72,
    .top = 60,
    .middle = 130,
    .outermost = 96,
    .top_size = 15.5,
    .group_size = 13.5,
    .label_size = 12,
    .mark = 5,
};

typedef struct {
    const GhWheel *wheel;
    GhDrawing *drawing;
    Look look;     /* scaled */
    double middle; /* x and y of the centre */
    double edges[RINGS_MAX + 1];
    size_t n_leaves;
    double gap, pad;
    double growth; /* of letters and marks where segments are few */
    bool anticlockwise;
} Layout;

static size_t
count_leaves(const GhWheelSegment *segments, size_t n_segments)
{
    size_t n = 0;

    for (size_t i = 0; i < n_segments; i++)
        n += segments[i].n_segments > 0 ? count_leaves(segments[i].segments, segments[i].n_segments)
                                        : 1;
    return n;
}

static double
ring_share(const Look *look, unsigned ring, unsigned n_rings)
{
    if (ring + 1 == n_rings)
        return look->outermost;
    return ring == 0 ? look->top : look->middle;
}

static void
share_out_rings(Layout *layout, double radius)
{
    unsigned n_rings = layout->wheel->n_rings;
    double sum = 0;

    for (unsigned i = 0; i < n_rings; i++)
        sum += ring_share(&layout->look, i, n_rings);
    layout->edges[0] = layout->look.centre;
    for (unsigned i = 0; i < n_rings; i++)
        layout->edges[i + 1] =
            layout->edges[i]
            + (radius - layout->look.centre) * ring_share(&layout->look, i, n_rings) / sum;
}

static Look
scaled(const Look *look, double scale)
{
    return (Look){
        .centre = look->centre * scale,
        .top = look->top * scale,
        .middle = look->middle * scale,
        .outermost = look->outermost * scale,
        .top_size = look->top_size * scale,
        .group_size = look->group_size * scale,
        .label_size = look->label_size * scale,
        .mark = look->mark * scale,
    };
}

static Layout
make_layout(const GhWheel *wheel, GhDrawing *drawing)
{
    double size = gh_drawing_width(drawing), scale = size / SIZE_USUAL;
    size_t n_leaves = MAX(count_leaves(wheel->segments, wheel->n_segments), 1);
    Layout layout = {
        .wheel = wheel,
        .drawing = drawing,
        .look = scaled(wheel->leaf_labels ? &LOOK_NAMES : &LOOK_MARKS, scale),
        .middle = size / 2,
        .n_leaves = n_leaves,
        .pad = PAD * scale,
        .growth = CLAMP(sqrt(LEAVES_USUAL / (double)n_leaves), 1, GROWTH_MAX),
        .anticlockwise = g_str_equal(gh_lang_direction(wheel->lang), "rtl"),
    };

    share_out_rings(&layout, size / 2 - MARGIN * scale);
    double leaf_width = layout.edges[wheel->n_rings - 1] * 2 * G_PI / (double)n_leaves;
    layout.gap = MIN(GAP, GAP_SHARE_MAX * leaf_width);
    return layout;
}

/* -- where a segment lies, and what is written into it -- */

static GhSector
sector_of(const Layout *layout, unsigned ring, size_t first_leaf, size_t n_leaves)
{
    double start = 360.0 * (double)first_leaf / (double)layout->n_leaves;
    double end = 360.0 * (double)(first_leaf + n_leaves) / (double)layout->n_leaves;

    return (GhSector){
        .x = layout->middle,
        .y = layout->middle,
        .inner = layout->edges[ring] + layout->gap / 2,
        .outer = layout->edges[ring + 1] - layout->gap / 2,
        .start = layout->anticlockwise ? 360 - end : start,
        .end = layout->anticlockwise ? 360 - start : end,
        .gap = layout->gap,
    };
}

static GhWheelPiece
piece_of(const Layout *layout, const GhSector *sector)
{
    return (GhWheelPiece){
        .x = sector->x,
        .y = sector->y,
        .inner = sector->inner + layout->pad,
        .outer = sector->outer - layout->pad,
        .middle = (sector->start + sector->end) / 2,
        .half = (sector->end - sector->start) / 2,
        .gap = sector->gap / 2,
    };
}

/* The mark at the outer end, or in the middle where no name shares the piece; takes its room from
 * the piece. */
static void
draw_mark_along(const Layout *layout, const GhWheelSegment *segment, bool alone,
                GhWheelPiece *piece)
{
    static const double ROOM_SHARE = 0.8; /* of the width of the piece */
    double angle = piece->middle * G_PI / 180;
    double usual = layout->growth * layout->look.mark;
    double at = alone ? (piece->inner + piece->outer) / 2 : piece->outer - usual;
    double half_width = at * sin(MIN(piece->half, 90) * G_PI / 180) - piece->gap;
    double radius = MIN(usual, ROOM_SHARE * half_width);

    if (!(radius > 0) || segment->shown == GH_SHOWN_NO_DATA)
        return;
    gh_shown_mark_turned(layout->drawing, segment->shown, segment->step, piece->x + at * sin(angle),
                         piece->y - at * cos(angle), radius, piece->middle - 90);
    piece->outer -= 2 * usual + layout->pad;
}

/* The whole label, else the short one, in the largest letters that fit. In the outermost ring, where names
 * are long, else as much of it as there is room for. */
static void
write_along(const Layout *layout, const GhWheelSegment *segment, const GhWheelPiece *piece,
            bool is_leaf)
{
    const Look *look = &layout->look;
    double usual = is_leaf ? look->label_size : look->group_size;
    double smaller = is_leaf ? SMALLER * look->label_size : look->label_size;
    const double sizes[] = {layout->growth * usual, usual, smaller};
    const char *shorter = segment->short_label != NULL ? segment->short_label : segment->label;
    GhWheelType type = {
        .weight = is_leaf ? GH_WEIGHT_REGULAR : GH_WEIGHT_BOLD,
        .colour = gh_shown_colour_on(segment->shown, segment->step),
        .max_lines = GROUP_LINES_MAX,
    };

    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
        type.size = sizes[i];
        if (gh_wheel_text_along(layout->drawing, piece, &type, segment->label)
            || gh_wheel_text_along(layout->drawing, piece, &type, shorter))
            return;
    }
    if (is_leaf)
        (void)gh_wheel_text_along_cut(layout->drawing, piece, &type, shorter); /* or none */
}

static bool
write_across(const Layout *layout, const GhWheelSegment *segment, const GhWheelPiece *piece)
{
    static const double MARK_SHARE = 0.45; /* about as high as its letters */
    const double sizes[] = {layout->growth * layout->look.top_size, layout->look.top_size};
    GhWheelType type = {
        .weight = GH_WEIGHT_BOLD,
        .colour = gh_shown_colour_on(segment->shown, segment->step),
        .max_lines = TOP_LINES_MAX,
    };

    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
        double mark = MARK_SHARE * sizes[i], x = 0, y = 0;
        double lead = segment->shown == GH_SHOWN_NO_DATA ? 0 : 3 * mark;
        type.size = sizes[i];
        if (!gh_wheel_text_across(layout->drawing, piece, &type, segment->label, lead, &x, &y))
            continue;
        gh_shown_mark_turned(layout->drawing, segment->shown, segment->step, x, y, mark,
                             piece->middle);
        return true;
    }
    return false;
}

static void
fill_segment(const Layout *layout, const GhWheelSegment *segment, unsigned ring,
             const GhSector *sector)
{
    bool is_leaf = ring + 1 == layout->wheel->n_rings;
    bool has_label = !is_leaf || layout->wheel->leaf_labels;
    GhWheelPiece piece = piece_of(layout, sector);

    if (ring == 0 && has_label && !is_leaf && write_across(layout, segment, &piece))
        return;
    draw_mark_along(layout, segment, !has_label, &piece);
    if (has_label)
        write_along(layout, segment, &piece, is_leaf);
}

/* Group by group, so that the keyboard goes through the wheel as through the list beside it. */
static void
draw_segments(const Layout *layout, const GhWheelSegment *segments, size_t n_segments,
              unsigned ring, size_t first_leaf)
{
    for (size_t i = 0; i < n_segments; i++) {
        const GhWheelSegment *segment = &segments[i];
        size_t n_leaves = count_leaves(segment, 1);
        const GhSector sector = sector_of(layout, ring, first_leaf, n_leaves);
        const GhPaint paint = gh_shown_paint(segment->shown, segment->step, OUTLINE);
        const GhDrawingPart part = {
            .name = segment->name,
            .link = segment->link,
            .focusable = true,
        };

        gh_drawing_begin_part(layout->drawing, &part);
        gh_drawing_sector(layout->drawing, &sector, &paint);
        fill_segment(layout, segment, ring, &sector);
        gh_drawing_end_part(layout->drawing);
        if (ring + 1 < layout->wheel->n_rings)
            draw_segments(layout, segment->segments, segment->n_segments, ring + 1, first_leaf);
        first_leaf += n_leaves;
    }
}

/* -- the centre -- */

/* The largest letters in which the name fits the disc; in the smallest it is cut. */
static char **
fit_centre(const Layout *layout, double radius, double below, double *ret_size)
{
    static const double SHARES[] = {0.42, 0.36, 0.31, 0.27, 0.23, 0.20};
    const GhLang *lang = layout->wheel->lang;
    const char *name = layout->wheel->centre;

    for (size_t i = 0; i < G_N_ELEMENTS(SHARES); i++) {
        double size = SHARES[i] * radius;
        bool last = i + 1 == G_N_ELEMENTS(SHARES);
        for (unsigned n = 1; n <= CENTRE_LINES_MAX; n++) {
            double height = gh_text_ascent(size) + gh_text_descent(size) + (n - 1) * size * 1.2;
            double half = (height + below) / 2;
            double room = 2 * sqrt(MAX(radius * radius - half * half, 0));
            char **lines = last && n == CENTRE_LINES_MAX
                               ? gh_text_lines_cut(lang, size, GH_WEIGHT_BOLD, name, room, n)
                               : gh_text_lines(lang, size, GH_WEIGHT_BOLD, name, room, n);
            *ret_size = size;
            if (lines != NULL)
                return lines;
        }
    }
    g_assert_not_reached();
}

/* Name and year stand one below the other, together in the middle of the disc. */
static void
draw_centre(const Layout *layout)
{
    static const double LINE = 1.2, YEAR_SHARE = 0.27, ROOM_SHARE = 0.94;
    const GhWheel *wheel = layout->wheel;
    double radius = layout->look.centre * ROOM_SHARE;
    bool has_below = *wheel->centre_below != '\0';
    double year_size = YEAR_SHARE * layout->look.centre;
    double below = has_below ? LINE * year_size : 0;
    double size = 0;
    g_auto(GStrv) lines = fit_centre(layout, radius, below, &size);
    unsigned n_lines = g_strv_length(lines);
    double height = LINE * size * n_lines + below;
    /* Capitals are about 0.72 of the size high: so much of a line stands above its baseline. */
    double y = layout->middle - height / 2 + (LINE + 0.72) / 2 * size;

    for (unsigned i = 0; i < n_lines; i++, y += LINE * size)
        gh_drawing_text(layout->drawing, layout->middle, y,
                        &(GhTextStyle){.size = size,
                                       .weight = GH_WEIGHT_BOLD,
                                       .colour = GH_INK,
                                       .anchor = GH_ANCHOR_MIDDLE},
                        lines[i]);
    if (has_below)
        gh_drawing_text(
            layout->drawing, layout->middle,
            layout->middle + height / 2 - (LINE - 0.72) / 2 * year_size,
            &(GhTextStyle){.size = year_size, .colour = GH_SOFT_INK, .anchor = GH_ANCHOR_MIDDLE},
            wheel->centre_below);
}

GhDrawing *
gh_chart_wheel(const GhWheel *wheel)
{
    double size = wheel->size > 0 ? wheel->size : SIZE_USUAL;
    GhDrawing *drawing = gh_drawing_new(size, size, wheel->lang, wheel->title, wheel->description);

    g_assert(wheel->n_rings >= 1 && wheel->n_rings <= RINGS_MAX);
    const Layout layout = make_layout(wheel, drawing);
    draw_centre(&layout);
    draw_segments(&layout, wheel->segments, wheel->n_segments, 0, 0);
    return drawing;
}
