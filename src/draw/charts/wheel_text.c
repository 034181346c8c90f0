/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* wheel_text.c - texts along and across the radius of a ring. */
#include "draw/charts/wheel_text.h"

#include <math.h>
#include <string.h>

#include "draw/text.h"

/* In sizes of the font; our choice, tried with Latin, Cyrillic, Arabic and Chinese letters. */
static const double LINE = 1.15;        /* from baseline to baseline */
static const double LETTERS = 1.1;      /* height of a line without the air between lines */
static const double BASELINE = 0.33;    /* below the middle of the letters */
static const double SHORTEST_CUT = 5.0; /* below, an ellipsis says more than the text */

static double
sine(double degrees)
{
    return sin(degrees * G_PI / 180);
}

static double
cosine(double degrees)
{
    return cos(degrees * G_PI / 180);
}

static double
height_of_lines(double size, unsigned n_lines)
{
    return size * (LETTERS + LINE * (n_lines - 1));
}

/* The sides of a piece of half a circle and more are no limit. */
static double
half_or_right_angle(const GhWheelPiece *piece)
{
    return MIN(piece->half, 90);
}

double
gh_wheel_radius_of_height(const GhWheelPiece *piece, double height)
{
    double half = half_or_right_angle(piece);

    /* A corner at (r, height / 2) is r sin(half) - height / 2 cos(half) away from the side. */
    return MAX(piece->inner, (height / 2 * cosine(half) + piece->gap) / sine(half));
}

/* -- lines, centred on a point and turned about it -- */

typedef struct {
    double x, y, rotation;
    GhAnchor anchor;
} Stand;

static void
write_lines(GhDrawing *drawing, const Stand *stand, const GhWheelType *type, char **lines)
{
    unsigned n_lines = g_strv_length(lines);
    const GhTextStyle style = {
        .size = type->size,
        .weight = type->weight,
        .colour = type->colour,
        .anchor = stand->anchor,
        .rotation = stand->rotation,
    };

    for (unsigned i = 0; i < n_lines; i++) {
        double down = type->size * (BASELINE + LINE * (i - (n_lines - 1) / 2.0));
        gh_drawing_text(drawing, stand->x - down * sine(stand->rotation),
                        stand->y + down * cosine(stand->rotation), &style, lines[i]);
    }
}

static double
room_of_lines(GhDrawing *drawing, const GhWheelType *type, char **lines)
{
    double room = 0;

    for (size_t i = 0; lines[i] != NULL; i++)
        room =
            MAX(room, gh_text_room(gh_drawing_lang(drawing), type->size, type->weight, lines[i]));
    return room;
}

/* -- along the radius -- */

/* The outer ends of the corners must not reach over the ring. */
static double
outer_of_height(const GhWheelPiece *piece, double height)
{
    return sqrt(piece->outer * piece->outer - height * height / 4);
}

static void
write_along(GhDrawing *drawing, const GhWheelPiece *piece, const GhWheelType *type, char **lines)
{
    double outer = outer_of_height(piece, height_of_lines(type->size, g_strv_length(lines)));
    double middle = fmod(piece->middle, 360);
    bool left = middle > 180;
    const Stand stand = {
        .x = piece->x + outer * sine(middle),
        .y = piece->y - outer * cosine(middle),
        .rotation = left ? middle - 270 : middle - 90,
        .anchor = left ? GH_ANCHOR_LEFT : GH_ANCHOR_RIGHT,
    };

    write_lines(drawing, &stand, type, lines);
}

bool
gh_wheel_text_along(GhDrawing *drawing, const GhWheelPiece *piece, const GhWheelType *type,
                    const char *text)
{
    for (unsigned n = 1; n <= type->max_lines; n++) {
        double height = height_of_lines(type->size, n);
        double room = outer_of_height(piece, height) - gh_wheel_radius_of_height(piece, height);
        if (!(room > 0))
            return false;

        g_auto(GStrv) lines =
            gh_text_lines(gh_drawing_lang(drawing), type->size, type->weight, text, room, n);
        if (lines != NULL) {
            write_along(drawing, piece, type, lines);
            return true;
        }
    }
    return false;
}

bool
gh_wheel_text_along_cut(GhDrawing *drawing, const GhWheelPiece *piece, const GhWheelType *type,
                        const char *text)
{
    double height = height_of_lines(type->size, 1);
    double room = outer_of_height(piece, height) - gh_wheel_radius_of_height(piece, height);
    if (!(room >= SHORTEST_CUT * type->size))
        return false;

    g_auto(GStrv) lines =
        gh_text_lines_cut(gh_drawing_lang(drawing), type->size, type->weight, text, room, 1);
    write_along(drawing, piece, type, lines);
    return true;
}

/* -- across the radius -- */

/* How wide a box of that height may be: its inner edge touches the inner circle there, where the ring
 * is longest, and its outer corners the outer one; and the inner corners the sides. */
static double
width_across(const GhWheelPiece *piece, double height)
{
    double half = half_or_right_angle(piece), top = piece->inner + height;
    if (top >= piece->outer)
        return 0;

    double to_circle = 2 * sqrt(piece->outer * piece->outer - top * top);
    if (half >= 90)
        return to_circle;
    return MIN(to_circle, 2 * (piece->inner * sine(half) - piece->gap) / cosine(half));
}

/* Where the middle of a box stands: in the middle of the ring as the eye sees it, between its own
 * middle and its ends, which lie further out. */
static double
radius_across(const GhWheelPiece *piece, double width, double height)
{
    double ring = (piece->inner + piece->outer) / 2;
    double ends = sqrt(MAX(ring * ring - width * width / 4, 0));
    double highest = sqrt(piece->outer * piece->outer - width * width / 4) - height / 2;

    return CLAMP((ring + ends) / 2, piece->inner + height / 2, highest);
}

static void
write_across(GhDrawing *drawing, const GhWheelPiece *piece, const GhWheelType *type, char **lines,
             double lead, double *ret_lead_x, double *ret_lead_y)
{
    double text_width = room_of_lines(drawing, type, lines);
    double height = height_of_lines(type->size, g_strv_length(lines));
    double radius = radius_across(piece, text_width + lead, height);
    double middle = fmod(piece->middle, 360);
    double rotation = middle > 90 && middle < 270 ? middle - 180 : middle;
    bool from_right = g_str_equal(gh_lang_direction(gh_drawing_lang(drawing)), "rtl");
    double x = piece->x + radius * sine(middle), y = piece->y - radius * cosine(middle);
    /* Lead and text together are centred, so the text moves by half a lead. */
    double text_aside = from_right ? -lead / 2 : lead / 2;
    double lead_aside = from_right ? text_width / 2 : -text_width / 2;
    const Stand stand = {
        .x = x + text_aside * cosine(rotation),
        .y = y + text_aside * sine(rotation),
        .rotation = rotation,
        .anchor = GH_ANCHOR_MIDDLE,
    };

    write_lines(drawing, &stand, type, lines);
    *ret_lead_x = x + lead_aside * cosine(rotation);
    *ret_lead_y = y + lead_aside * sine(rotation);
}

bool
gh_wheel_text_across(GhDrawing *drawing, const GhWheelPiece *piece, const GhWheelType *type,
                     const char *text, double lead, double *ret_lead_x, double *ret_lead_y)
{
    for (unsigned n = 1; n <= type->max_lines; n++) {
        double room = width_across(piece, height_of_lines(type->size, n)) - lead;
        if (!(room > 0))
            return false;

        g_auto(GStrv) lines =
            gh_text_lines(gh_drawing_lang(drawing), type->size, type->weight, text, room, n);
        if (lines != NULL) {
            write_across(drawing, piece, type, lines, lead, ret_lead_x, ret_lead_y);
            return true;
        }
    }
    return false;
}
