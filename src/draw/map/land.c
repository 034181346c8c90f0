/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* land.c - the land a frame shows, as one shape.
 *
 * Each ring is turned so that the frame's middle meridian is 0, cut where the map ends (half a turn to
 * each side), projected, and cut at the frame's rectangle. Cutting: Sutherland and Hodgman 1974,
 * "Reentrant polygon clipping", Communications of the ACM 17 (1). Where it leaves edges that run along
 * the border and back, nothing is seen of them, because the land is filled and not stroked.
 */
#include <math.h>

#include "draw/map/land.h"

/* Our choice, in units of the drawing: finer steps are not seen, and would weigh down the page. */
static const double STEP_LEAST = 1.0;
static const double SIZE_LEAST = 1.0;
static const double ROUNDED_TO = 0.1;

/* From how many degrees a unit of the drawing on what a coarser level leaves out is not seen. */
static const double WORLD_FROM = 0.3;
static const double REGION_FROM = 0.05;

typedef struct {
    double x, y;
} Point;

typedef enum {
    AXIS_X,
    AXIS_Y,
} Axis;

/* The side of a straight line along an axis on which points are kept: sign * (value - bound) >= 0. */
typedef struct {
    Axis axis;
    double bound, sign;
} Edge;

static double
distance_inside(const Edge *edge, const Point *point)
{
    return edge->sign * ((edge->axis == AXIS_X ? point->x : point->y) - edge->bound);
}

/* What is left of ring inside the edge; ring and left change places. */
static void
clip(GArray **ring, GArray **left, const Edge *edge)
{
    const Point *points = (const Point *)(const void *)(*ring)->data;
    const guint n = (*ring)->len;

    g_array_set_size(*left, 0);
    for (guint i = 0; i < n; i++) {
        const Point *a = &points[i];
        const Point *b = &points[(i + 1) % n];
        double inside_a = distance_inside(edge, a);
        double inside_b = distance_inside(edge, b);
        if (inside_a >= 0)
            g_array_append_val(*left, *a);
        if ((inside_a >= 0) != (inside_b >= 0)) {
            double t = inside_a / (inside_a - inside_b);
            Point cut = {a->x + t * (b->x - a->x), a->y + t * (b->y - a->y)};
            g_array_append_val(*left, cut);
        }
    }
    GArray *swapped = *ring;
    *ring = *left;
    *left = swapped;
}

typedef struct {
    const GhMapFrame *frame;
    GhDrawing *drawing;
    GArray *ring, *left; /* of Point; left is room to clip into */
} Work;

static void
clip_to(Work *work, const Edge *edges, size_t n_edges)
{
    for (size_t i = 0; i < n_edges && work->ring->len > 0; i++)
        clip(&work->ring, &work->left, &edges[i]);
}

static void
project_ring(Work *work)
{
    for (guint i = 0; i < work->ring->len; i++) {
        Point *point = &g_array_index(work->ring, Point, i);
        gh_map_frame_point(work->frame, point->y, point->x, &point->x, &point->y);
    }
}

static bool
is_seen(const GArray *ring)
{
    double left = INFINITY, right = -INFINITY, top = INFINITY, bottom = -INFINITY;

    for (guint i = 0; i < ring->len; i++) {
        const Point *point = &g_array_index(ring, Point, i);
        left = MIN(left, point->x);
        right = MAX(right, point->x);
        top = MIN(top, point->y);
        bottom = MAX(bottom, point->y);
    }
    return right - left >= SIZE_LEAST || bottom - top >= SIZE_LEAST;
}

static double
rounded(double value)
{
    return round(value / ROUNDED_TO) * ROUNDED_TO;
}

static void
draw_ring(const Work *work)
{
    Point last = {0};

    for (guint i = 0; i < work->ring->len; i++) {
        Point point = g_array_index(work->ring, Point, i);
        if (i == 0)
            gh_drawing_move_to(work->drawing, rounded(point.x), rounded(point.y));
        else if (hypot(point.x - last.x, point.y - last.y) < STEP_LEAST)
            continue;
        else
            gh_drawing_line_to(work->drawing, rounded(point.x), rounded(point.y));
        last = point;
    }
    gh_drawing_close(work->drawing);
}

/* One ring, turned by so many degrees. */
static void
add_ring(Work *work, const int16_t (*points)[2], size_t n_points, double turn)
{
    const GhMapFrame *frame = work->frame;
    const Edge world[] = {
        {AXIS_X, -180.0, 1.0},
        {AXIS_X, 180.0, -1.0},
    };
    const Edge rectangle[] = {
        {AXIS_X, 0, 1.0},
        {AXIS_X, frame->width, -1.0},
        {AXIS_Y, 0, 1.0},
        {AXIS_Y, frame->height, -1.0},
    };

    g_array_set_size(work->ring, 0);
    for (size_t i = 0; i < n_points; i++) {
        Point point = {points[i][0] / GH_LAND_UNITS + turn, points[i][1] / GH_LAND_UNITS};
        g_array_append_val(work->ring, point);
    }
    clip_to(work, world, G_N_ELEMENTS(world));
    project_ring(work);
    clip_to(work, rectangle, G_N_ELEMENTS(rectangle));
    if (work->ring->len >= 3 && is_seen(work->ring))
        draw_ring(work);
}

const GhLand *
gh_land_for(const GhMapFrame *frame)
{
    const double degrees = 180.0 / G_PI / frame->scale_x;

    if (degrees >= WORLD_FROM)
        return &GH_LAND_WORLD;
    return degrees >= REGION_FROM ? &GH_LAND_REGION : &GH_LAND_NEAR;
}

void
gh_land_draw(const GhLand *land, const GhMapFrame *frame, GhDrawing *drawing)
{
    Work work = {
        .frame = frame,
        .drawing = drawing,
        .ring = g_array_new(FALSE, FALSE, sizeof(Point)),
        .left = g_array_new(FALSE, FALSE, sizeof(Point)),
    };
    const int16_t(*points)[2] = land->points;

    for (size_t i = 0; i < land->n_rings; i++) {
        /* Rings and middles both lie within a turn, and so one of these is in the map's turn, or two
         * where the map's end cuts the ring. */
        for (int turns = -1; turns <= 1; turns++)
            add_ring(&work, points, land->ring_sizes[i], 360.0 * turns - frame->middle);
        points += land->ring_sizes[i];
    }
    gh_drawing_paint(drawing, &(GhPaint){.fill = GH_RULE});
    g_array_unref(work.ring);
    g_array_unref(work.left);
}
