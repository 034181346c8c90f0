/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* projection.c - Equal Earth, and the frame a view cuts out of it.
 *
 * Source: Savric, Patterson, Jenny 2018, "The Equal Earth map projection", International Journal of
 * Geographical Information Science 33 (3), equations 9 and 10. */
#include <math.h>

#include "draw/map/land.h"

enum {
    FRAME_STEPS = 32 /* steps along each side of a view, which is a curve on the map */
};

static double
radians(double degrees)
{
    return degrees * G_PI / 180.0;
}

/* x and y on a sphere of radius 1; lambda may go beyond half a turn. */
static void
project(double phi, double lambda, double *ret_x, double *ret_y)
{
    const double A1 = 1.340264;
    const double A2 = -0.081106;
    const double A3 = 0.000893;
    const double A4 = 0.003796;
    const double theta = asin(sqrt(3.0) / 2.0 * sin(phi));
    const double t2 = theta * theta;
    const double t6 = t2 * t2 * t2;

    *ret_x = 2.0 * sqrt(3.0) * lambda * cos(theta)
             / (3.0 * (A1 + 3.0 * A2 * t2 + t6 * (7.0 * A3 + 9.0 * A4 * t2)));
    *ret_y = theta * (A1 + A2 * t2 + t6 * (A3 + A4 * t2));
}

/* How far east of west, from 0 to less than a turn. */
static double
degrees_east(double west, double longitude)
{
    double degrees = fmod(longitude - west, 360.0);

    return degrees < 0 ? degrees + 360.0 : degrees;
}

/* How far from the middle meridian the short way round, -180 to less than 180. */
static double
degrees_from(double middle, double longitude)
{
    return degrees_east(middle - 180.0, longitude) - 180.0;
}

void
gh_map_project(double latitude, double longitude, double middle, double *ret_x, double *ret_y)
{
    project(radians(latitude), radians(degrees_from(middle, longitude)), ret_x, ret_y);
}

/* The view from west all around to west again is the world's. */
static double
view_width(const GhMapView *view)
{
    double degrees = degrees_east(view->west, view->east);

    return degrees > 0 ? degrees : 360.0;
}

/* Equal Earth is made for the world: far north it draws land low and wide. A region is stretched upwards
 * by as much as makes shapes true at its middle latitude. Areas stay in proportion, because it is one
 * factor for the whole map. With the same areas on map and sphere, what a degree of longitude is too
 * wide by, a degree of latitude is too low by. */
static double
upward_stretch(const GhMapView *view)
{
    const double phi = radians((view->south + view->north) / 2.0);
    double x = 0, y = 0;

    if (view_width(view) >= 360.0)
        return 1.0;
    project(phi, 1.0, &x, &y);
    return pow(x / cos(phi), 2.0);
}

GhMapFrame
gh_map_frame(const GhMapView *view, double width)
{
    const double half = radians(view_width(view) / 2.0);
    double right = 0, top = 0, bottom = 0;

    /* Left and right are the same, and farthest out where the view comes nearest to the equator. */
    for (int i = 0; i <= FRAME_STEPS; i++) {
        double latitude = view->south + (view->north - view->south) * i / FRAME_STEPS;
        double x = 0;
        project(radians(latitude), half, &x, &top);
        right = MAX(right, x);
        if (i == 0)
            bottom = top;
    }
    const double scale_x = width / (2.0 * right);
    const double scale_y = scale_x * upward_stretch(view);
    return (GhMapFrame){
        .view = view,
        .middle = view->west + view_width(view) / 2.0,
        .left = -right,
        .top = top,
        .scale_x = scale_x,
        .scale_y = scale_y,
        .width = width,
        .height = (top - bottom) * scale_y,
    };
}

void
gh_map_frame_point(const GhMapFrame *frame, double latitude, double degrees_from_middle,
                   double *ret_x, double *ret_y)
{
    double x = 0, y = 0;

    project(radians(latitude), radians(degrees_from_middle), &x, &y);
    *ret_x = (x - frame->left) * frame->scale_x;
    *ret_y = (frame->top - y) * frame->scale_y;
}

bool
gh_map_view_holds(const GhMapView *view, double latitude, double longitude)
{
    /* Neither holds for NAN. */
    return latitude >= view->south && latitude <= view->north
           && degrees_east(view->west, longitude) <= view_width(view);
}

bool
gh_map_frame_place(const GhMapFrame *frame, double latitude, double longitude, double *ret_x,
                   double *ret_y)
{
    if (!gh_map_view_holds(frame->view, latitude, longitude))
        return false;

    gh_map_frame_point(frame, latitude, degrees_from(frame->middle, longitude), ret_x, ret_y);
    return true;
}
