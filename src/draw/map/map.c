/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* map.c - views, and a map with its dots and labels. */
#include <math.h>
#include <string.h>

#include "draw/map/land.h"
#include "draw/text.h"

/* Our choice of windows: wide enough that every inhabited place but the farthest north is in one of
 * them. They overlap, and say nothing about what belongs where. The world is cut through the Bering
 * Strait, the only meridian there that cuts no country's mainland. */
const GhMapView GH_MAP_VIEWS[] = {
    {"world", GH_MARK("World"), -169, -169, -57, 84},
    {"africa", GH_MARK("Africa"), -27, 58, -36, 38},
    {"asia", GH_MARK("Asia"), 25, 155, -12, 66},
    {"europe", GH_MARK("Europe"), -26, 52, 34, 72},
    {"latin-america", GH_MARK("Latin America and Caribbean"), -119, -32, -56, 33},
    {"middle-east", GH_MARK("Western Asia and North Africa"), -18, 64, 8, 44},
    {"north-america", GH_MARK("North America"), -169, -50, 14, 74},
    {"oceania", GH_MARK("Oceania"), 110, -128, -49, 24},
};
const size_t GH_N_MAP_VIEWS = G_N_ELEMENTS(GH_MAP_VIEWS);

/* Our choice. One size of type for labels, one for the small rest. */
static const double LABEL_SIZE = 13;
static const double SMALL_SIZE = 11;
static const double DOT_RADIUS = 6;
static const double GROUP_RADIUS = 10;
static const double RING = 1.5; /* of paper around each dot */
static const double LABEL_GAP = 4;
static const double NEAR_DEGREES = 4;
static const double NEAR_SHAPE = 1.5; /* width to height */
static const double NOTE_GAP = 8;

enum {
    COUNT_MAX = 99, /* a larger number does not fit the dot */
    NOTE_LINES_MAX = 6
};

const GhMapView *
gh_map_view_find(const char *id)
{
    for (size_t i = 0; i < GH_N_MAP_VIEWS; i++) {
        if (strcmp(GH_MAP_VIEWS[i].id, id) == 0)
            return &GH_MAP_VIEWS[i];
    }
    return NULL;
}

GhMapView
gh_map_view_near(double latitude, double longitude)
{
    const double south = CLAMP(latitude - NEAR_DEGREES, -90, 90 - 2 * NEAR_DEGREES);
    const double middle = south + NEAR_DEGREES;
    const double half = NEAR_SHAPE * NEAR_DEGREES / cos(middle * G_PI / 180.0);

    return (GhMapView){
        .id = "near",
        .name = GH_MARK("Surroundings"),
        .west = longitude - half,
        .east = longitude + half,
        .south = south,
        .north = south + 2 * NEAR_DEGREES,
    };
}

double
gh_map_height(const GhMapView *view, double width)
{
    return gh_map_frame(view, width).height;
}

/* -- dots and labels -- */

typedef struct {
    double left, top, right, bottom;
} Box;

typedef struct {
    const GhMapDot *dot;
    double x, y, radius;
} Placed;

typedef struct {
    const GhMap *map;
    GhMapFrame frame;
    GhDrawing *drawing;
    GArray *placed; /* of Placed: the dots of the view */
    GArray *taken;  /* of Box: where dots and labels are */
} Work;

static void
place_dots(Work *work)
{
    for (size_t i = 0; i < work->map->n_dots; i++) {
        const GhMapDot *dot = &work->map->dots[i];
        Placed place = {.dot = dot, .radius = dot->n_places > 1 ? GROUP_RADIUS : DOT_RADIUS};
        if (!gh_map_frame_place(&work->frame, dot->latitude, dot->longitude, &place.x, &place.y))
            continue;
        const double reach = place.radius + RING;
        const Box box = {place.x - reach, place.y - reach, place.x + reach, place.y + reach};
        g_array_append_val(work->placed, place);
        g_array_append_val(work->taken, box);
    }
}

static bool
is_free(const Work *work, const Box *box)
{
    if (box->left < 0 || box->right > work->frame.width || box->top < 0
        || box->bottom > work->frame.height)
        return false;
    for (guint i = 0; i < work->taken->len; i++) {
        const Box *other = &g_array_index(work->taken, Box, i);
        if (box->left < other->right && other->left < box->right && box->top < other->bottom
            && other->top < box->bottom)
            return false;
    }
    return true;
}

/* To the right of its dot, else to the left, else nowhere: the name is on the dot and in the list. */
static void
draw_label(Work *work, const Placed *place)
{
    const double room =
        gh_text_room(work->map->lang, LABEL_SIZE, GH_WEIGHT_REGULAR, place->dot->label);
    const double ascent = gh_text_ascent(LABEL_SIZE);
    const double descent = gh_text_descent(LABEL_SIZE);
    const double away = place->radius + LABEL_GAP;
    const double baseline = place->y + (ascent - descent) / 2.0;

    for (int i = 0; i < 2; i++) {
        const bool is_right = i == 0;
        const double left = is_right ? place->x + away : place->x - away - room;
        const Box box = {left, baseline - ascent, left + room, baseline + descent};
        if (!is_free(work, &box))
            continue;
        g_array_append_val(work->taken, box);
        gh_drawing_text(work->drawing, is_right ? box.left : box.right, baseline,
                        &(GhTextStyle){.size = LABEL_SIZE,
                                       .anchor = is_right ? GH_ANCHOR_LEFT : GH_ANCHOR_RIGHT},
                        place->dot->label);
        return;
    }
}

static void
draw_count(Work *work, const Placed *place)
{
    const GhTextStyle style = {.size = SMALL_SIZE,
                               .weight = GH_WEIGHT_BOLD,
                               .colour = GH_PAPER,
                               .anchor = GH_ANCHOR_MIDDLE};
    const size_t n = place->dot->n_places;
    g_autofree char *number = gh_lang_number(work->map->lang, (double)MIN(n, (size_t)COUNT_MAX), 0);
    g_autofree char *text = g_strconcat(number, n > COUNT_MAX ? "+" : "", NULL);
    const double cap_height = 0.71 * SMALL_SIZE; /* of Noto Sans: 714 of 1000 units */

    gh_drawing_text(work->drawing, place->x, place->y + cap_height / 2.0, &style, text);
}

static void
draw_dot(Work *work, const Placed *place)
{
    const GhMapDot *dot = place->dot;

    gh_drawing_begin_part(work->drawing, &(GhDrawingPart){.name = dot->name, .link = dot->link});
    gh_drawing_circle(work->drawing, place->x, place->y, place->radius + RING / 2.0,
                      &(GhPaint){.fill = GH_ACCENT, .stroke = GH_PAPER, .stroke_width = RING});
    if (dot->n_places > 1)
        draw_count(work, place);
    if (work->map->labels && dot->label != NULL)
        draw_label(work, place);
    gh_drawing_end_part(work->drawing);
}

/* -- the note below -- */

static char **
note_lines(const GhMap *map)
{
    if (map->note == NULL)
        return g_new0(char *, 1);
    return gh_text_lines_cut(map->lang, SMALL_SIZE, GH_WEIGHT_REGULAR, map->note, map->width,
                             NOTE_LINES_MAX);
}

static double
line_height(void)
{
    return ceil(gh_text_ascent(SMALL_SIZE) + gh_text_descent(SMALL_SIZE));
}

static void
draw_note(const GhMap *map, char *const *lines, double top, GhDrawing *drawing)
{
    const bool is_rtl = strcmp(gh_lang_direction(map->lang), "rtl") == 0;

    for (size_t i = 0; lines[i] != NULL; i++)
        gh_drawing_text(drawing, is_rtl ? map->width : 0,
                        top + (double)i * line_height() + gh_text_ascent(SMALL_SIZE),
                        &(GhTextStyle){.size = SMALL_SIZE,
                                       .colour = GH_SOFT_INK,
                                       .anchor = is_rtl ? GH_ANCHOR_RIGHT : GH_ANCHOR_LEFT},
                        lines[i]);
}

GhDrawing *
gh_map(const GhMap *map)
{
    const GhMapFrame frame = gh_map_frame(map->view, map->width);
    g_auto(GStrv) lines = note_lines(map);
    const guint n_lines = g_strv_length(lines);
    const double note_height = n_lines > 0 ? NOTE_GAP + n_lines * line_height() : 0;
    Work work = {
        .map = map,
        .frame = frame,
        .drawing = gh_drawing_new(map->width, ceil(frame.height + note_height), map->lang,
                                  map->title, map->description),
        .placed = g_array_new(FALSE, FALSE, sizeof(Placed)),
        .taken = g_array_new(FALSE, FALSE, sizeof(Box)),
    };

    gh_drawing_rect(work.drawing, 0, 0, frame.width, frame.height, &(GhPaint){.fill = GH_WASH});
    gh_land_draw(gh_land_for(&frame), &frame, work.drawing);
    place_dots(&work);
    for (guint i = 0; i < work.placed->len; i++)
        draw_dot(&work, &g_array_index(work.placed, Placed, i));
    draw_note(map, lines, frame.height + NOTE_GAP, work.drawing);

    g_array_unref(work.placed);
    g_array_unref(work.taken);
    return work.drawing;
}
