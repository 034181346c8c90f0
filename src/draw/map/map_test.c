/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* map_test.c - the projection, the land, the views, and maps with dots and labels. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "draw/golden_testing.h"
#include "draw/map/land.h"
#include "draw/text.h"

static const double WIDTH = 720;

/* -- the projection -- */

static void
test_published_values(void)
{
    double x = 0, y = 0, pole_x = 0;

    /* PROJ 9, test/gie/builtins.gie, +proj=eqearth +R=6378137: 180 E on the equator is at 17263256.84.
     * Its mirror image is asked for, since 180 E and W are one meridian. */
    gh_map_project(0, -180, 0, &x, &y);
    g_assert_cmpfloat_with_epsilon(-x * 6378137.0, 17263256.84, 0.005);
    g_assert_cmpfloat(y, ==, 0);

    /* Published of the projection: a pole is a line 0.59247 as long as the equator. */
    gh_map_project(90, -180, 0, &pole_x, &y);
    g_assert_cmpfloat_with_epsilon(pole_x / x, 0.59247, 0.000005);
}

static void
test_symmetry(void)
{
    for (int latitude = 0; latitude <= 90; latitude += 15) {
        for (int longitude = 0; longitude < 180; longitude += 20) {
            double east[2], west[2], south[2], turned[2];
            gh_map_project(latitude, longitude, 0, &east[0], &east[1]);
            gh_map_project(latitude, -longitude, 0, &west[0], &west[1]);
            gh_map_project(-latitude, longitude, 0, &south[0], &south[1]);
            gh_map_project(latitude, longitude + 170 - 360, 170, &turned[0], &turned[1]);
            g_assert_cmpfloat_with_epsilon(west[0], -east[0], 1e-12);
            g_assert_cmpfloat_with_epsilon(west[1], east[1], 1e-12);
            g_assert_cmpfloat_with_epsilon(south[0], east[0], 1e-12);
            g_assert_cmpfloat_with_epsilon(south[1], -east[1], 1e-12);
            g_assert_cmpfloat_with_epsilon(turned[0], east[0], 1e-9);
        }
    }
}

/* The area of a small quadrangle of degrees on the map, over that on the sphere. */
static double
area_ratio(double latitude, double longitude)
{
    const double step = 0.01;
    const double radians = step * G_PI / 180.0;
    double east[2], west[2], north[2], south[2];

    gh_map_project(latitude, longitude + step / 2, 0, &east[0], &east[1]);
    gh_map_project(latitude, longitude - step / 2, 0, &west[0], &west[1]);
    gh_map_project(latitude + step / 2, longitude, 0, &north[0], &north[1]);
    gh_map_project(latitude - step / 2, longitude, 0, &south[0], &south[1]);
    double on_map =
        (east[0] - west[0]) * (north[1] - south[1]) - (east[1] - west[1]) * (north[0] - south[0]);
    return on_map / (radians * radians * cos(latitude * G_PI / 180.0));
}

static void
test_equal_areas(void)
{
    /* The coefficients have six decimals. */
    for (int latitude = -85; latitude <= 85; latitude += 17) {
        for (int longitude = -170; longitude <= 170; longitude += 34)
            g_assert_cmpfloat_with_epsilon(area_ratio(latitude, longitude), 1.0, 2e-5);
    }
}

/* A region is stretched so that at its middle a degree up is as long as one across on the ground. */
static void
test_region_shapes(void)
{
    for (size_t i = 1; i < GH_N_MAP_VIEWS; i++) {
        const GhMapView *view = &GH_MAP_VIEWS[i];
        const GhMapFrame frame = gh_map_frame(view, WIDTH);
        const double latitude = (view->south + view->north) / 2.0;
        double a[2], b[2], c[2];
        gh_map_frame_point(&frame, latitude, 0, &a[0], &a[1]);
        gh_map_frame_point(&frame, latitude, 0.01, &b[0], &b[1]);
        gh_map_frame_point(&frame, latitude + 0.01, 0, &c[0], &c[1]);
        double shape = (b[0] - a[0]) / (a[1] - c[1]) / cos(latitude * G_PI / 180.0);
        g_test_message("%s: %f", view->id, shape);
        g_assert_cmpfloat_with_epsilon(shape, 1.0, 0.001);
    }
}

/* -- the land -- */

/* Whether a place is on land: rays to the east meet coasts an odd number of times. */
static bool
is_land(const GhLand *land, double latitude, double longitude)
{
    const int16_t(*points)[2] = land->points;
    bool inside = false;

    for (size_t i = 0; i < land->n_rings; i++) {
        const size_t n = land->ring_sizes[i];
        for (size_t j = 0; j < 3 * n; j++) {
            /* Rings may lie a turn to either side. */
            const double turn = 360.0 * ((double)(j / n) - 1.0);
            const int16_t *a = points[j % n];
            const int16_t *b = points[(j + 1) % n];
            const double y = latitude * GH_LAND_UNITS;
            if ((a[1] > y) == (b[1] > y))
                continue;
            double x = a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0]);
            inside ^= x / GH_LAND_UNITS + turn > longitude;
        }
        points += n;
    }
    return inside;
}

static void
test_land(void)
{
    static const struct {
        const char *label;
        double latitude, longitude;
        bool want;
    } cases[] = {
        {"Madrid", 40.4, -3.7, true},
        {"Riyadh", 24.7, 46.7, true},
        {"the Amazon", -5, -60, true},
        {"Alice Springs", -23.7, 133.9, true},
        {"Chukotka, east of the date line", 66.5, -175, true},
        {"Chukotka, west of the date line", 67, 178, true},
        {"the middle of the Atlantic", 30, -40, false},
        {"the Caspian Sea, a hole in the land", 42, 51, false},
        {"the Pacific at the date line", 0, 180, false},
        {"the Mediterranean", 35, 18, false},
        {"the South Pole, which is left out", -89, 0, false},
    };
    const GhLand *levels[] = {&GH_LAND_WORLD, &GH_LAND_REGION, &GH_LAND_NEAR};

    for (size_t level = 0; level < G_N_ELEMENTS(levels); level++) {
        for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
            g_test_message("level %zu: %s", level, cases[i].label);
            g_assert_cmpint(is_land(levels[level], cases[i].latitude, cases[i].longitude), ==,
                            cases[i].want);
        }
    }
    g_assert_true(is_land(&GH_LAND_REGION, 1.37, 103.8));  /* Singapore, a small island */
    g_assert_true(is_land(&GH_LAND_REGION, 35.88, 14.42)); /* Malta */
}

/* The largest level any drawing uses is chosen so that it fits the page. */
static void
test_levels(void)
{
    const GhMapFrame world = gh_map_frame(gh_map_view_find("world"), WIDTH);
    const GhMapFrame europe = gh_map_frame(gh_map_view_find("europe"), WIDTH);
    const GhMapView around = gh_map_view_near(59.9, 10.8);
    const GhMapFrame near = gh_map_frame(&around, WIDTH);

    g_assert_true(gh_land_for(&world) == &GH_LAND_WORLD);
    g_assert_true(gh_land_for(&europe) == &GH_LAND_REGION);
    g_assert_true(gh_land_for(&near) == &GH_LAND_NEAR);
}

/* -- views -- */

static void
test_views_hold(void)
{
    static const struct {
        const char *view, *label;
        double latitude, longitude;
        bool want;
    } cases[] = {
        {"world", "Oslo", 59.9, 10.8, true},
        {"world", "Apia, beyond the date line", -13.8, -171.8, true},
        {"world", "on the meridian where the map is cut", 10, -169, true},
        {"world", "the South Pole", -90, 0, false},
        {"world", "an unknown place", NAN, NAN, false},
        {"world", "an unknown longitude", 10, NAN, false},
        {"africa", "Nairobi", -1.3, 36.8, true},
        {"africa", "Oslo", 59.9, 10.8, false},
        {"north-america", "Honolulu", 21.3, -157.9, true},
        {"north-america", "Toronto", 43.7, -79.4, true},
        {"latin-america", "Kingston", 18, -76.8, true},
        {"latin-america", "Ushuaia", -54.8, -68.3, true},
        {"asia", "Tokyo", 35.7, 139.7, true},
        {"asia", "Oslo, in the corner of the picture", 59.9, 10.8, false},
        {"middle-east", "Riyadh", 24.7, 46.7, true},
        {"middle-east", "Rabat", 34, -6.8, true},
        {"europe", "Reykjavik", 64.1, -21.9, true},
        {"europe", "Nicosia", 35.2, 33.4, true},
        {"europe", "Riyadh", 24.7, 46.7, false},
        {"oceania", "Perth", -32, 115.9, true},
        {"oceania", "Apia, beyond the date line", -13.8, -171.8, true},
        {"oceania", "Lima", -12, -77, false},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const GhMapView *view = gh_map_view_find(cases[i].view);
        g_test_message("%s: %s", cases[i].view, cases[i].label);
        g_assert_nonnull(view);
        g_assert_cmpint(gh_map_view_holds(view, cases[i].latitude, cases[i].longitude), ==,
                        cases[i].want);
    }
    g_assert_null(gh_map_view_find("atlantis"));
}

/* What a view holds is in the picture, also in the surroundings of places at the map's ends. */
static void
test_views_frame(void)
{
    GhMapView views[] = {
        gh_map_view_near(0, 179.9), gh_map_view_near(-54.8, -68.3), gh_map_view_near(89.9, 0),
        *gh_map_view_find("world"), *gh_map_view_find("asia"),      *gh_map_view_find("oceania"),
    };

    for (size_t i = 0; i < G_N_ELEMENTS(views); i++) {
        const GhMapFrame frame = gh_map_frame(&views[i], WIDTH);
        g_assert_cmpfloat(frame.height, ==, gh_map_height(&views[i], WIDTH));
        for (double latitude = -90; latitude <= 90; latitude += 0.5) {
            for (double longitude = -180; longitude < 180; longitude += 0.5) {
                double x = -1, y = -1;
                if (!gh_map_frame_place(&frame, latitude, longitude, &x, &y))
                    continue;
                g_assert_cmpfloat(x, >=, -0.05);
                g_assert_cmpfloat(x, <=, WIDTH + 0.05);
                g_assert_cmpfloat(y, >=, -0.05);
                g_assert_cmpfloat(y, <=, frame.height + 0.05);
            }
        }
    }
}

/* -- dots -- */

/* Invented places all over the world; the same every time. */
static GArray *
scatter(size_t n)
{
    GArray *places = g_array_new(FALSE, FALSE, sizeof(GhMapDot));
    g_autoptr(GRand) rand = g_rand_new_with_seed(1);

    for (size_t i = 0; i < n; i++) {
        GhMapDot dot = {.latitude = g_rand_double_range(rand, -55, 70),
                        .longitude = g_rand_double_range(rand, -180, 180),
                        .label = "A town",
                        .name = "A town",
                        .link = "/cities/a-town"};
        g_array_append_val(places, dot);
    }
    return places;
}

/* The dots of groups, as a page makes them. */
static GArray *
group(const GhMapView *view, const GArray *places)
{
    const GhMapDot *all = (const GhMapDot *)(const void *)places->data;
    g_autofree size_t *groups = g_new0(size_t, places->len);
    g_autofree size_t *sizes = g_new0(size_t, places->len);
    GArray *dots = g_array_new(FALSE, FALSE, sizeof(GhMapDot));

    gh_map_group(view, WIDTH, all, places->len, groups);
    for (guint i = 0; i < places->len; i++) {
        if (groups[i] != GH_MAP_OUTSIDE)
            sizes[groups[i]]++;
    }
    for (guint i = 0; i < places->len; i++) {
        GhMapDot dot = all[i];
        dot.n_places = sizes[i];
        if (sizes[i] > 0)
            g_array_append_val(dots, dot);
    }
    return dots;
}

static void
test_groups(void)
{
    const GhMapView *europe = gh_map_view_find("europe");
    const GhMapDot places[] = {
        {.latitude = 60, .longitude = 10},   {.latitude = 60.1, .longitude = 10.1},
        {.latitude = -30, .longitude = 10},  {.latitude = 40, .longitude = 0},
        {.latitude = 59.9, .longitude = 10}, {.latitude = NAN, .longitude = NAN},
    };
    const size_t want[] = {0, 0, GH_MAP_OUTSIDE, 3, 0, GH_MAP_OUTSIDE};
    size_t groups[G_N_ELEMENTS(places)];

    gh_map_group(europe, WIDTH, places, G_N_ELEMENTS(places), groups);
    for (size_t i = 0; i < G_N_ELEMENTS(places); i++)
        g_assert_cmpuint(groups[i], ==, want[i]);
}

static void
test_many(void)
{
    const GhMapView *world = gh_map_view_find("world");
    const GhMapFrame frame = gh_map_frame(world, WIDTH);
    g_autoptr(GArray) places = scatter(10000);
    g_autoptr(GArray) dots = group(world, places);
    size_t n_places = 0;

    /* Circles of half that distance around the dots do not overlap, and have to fit the picture. */
    g_assert_cmpuint(dots->len, >, 50);
    g_assert_cmpuint(dots->len, <, 700);
    for (guint i = 0; i < dots->len; i++) {
        const GhMapDot *a = &g_array_index(dots, GhMapDot, i);
        double ax = 0, ay = 0;
        gh_map_frame_place(&frame, a->latitude, a->longitude, &ax, &ay);
        n_places += a->n_places;
        for (guint j = 0; j < i; j++) {
            const GhMapDot *b = &g_array_index(dots, GhMapDot, j);
            double bx = 0, by = 0;
            gh_map_frame_place(&frame, b->latitude, b->longitude, &bx, &by);
            g_assert_cmpfloat(hypot(ax - bx, ay - by), >=, GH_MAP_DOTS_APART);
        }
    }
    g_assert_cmpuint(n_places, ==, 10000);
}

static GhDrawing *
draw(const char *view, const GArray *dots, const char *note)
{
    return gh_map(&(GhMap){.lang = gh_lang_source(),
                           .title = "A map",
                           .description = "Of invented towns.",
                           .view = gh_map_view_find(view),
                           .dots = (const GhMapDot *)(const void *)dots->data,
                           .n_dots = dots->len,
                           .width = WIDTH,
                           .labels = true,
                           .note = note});
}

/* Each text of a drawing, as gh_drawing_dump writes it: "text X Y ANCHOR SIZE WORDS". */
typedef struct {
    double left, right, top, bottom;
} Box;

static GArray *
label_boxes(const GhDrawing *drawing)
{
    g_autoptr(GString) dump = g_string_new(NULL);
    GArray *boxes = g_array_new(FALSE, FALSE, sizeof(Box));

    gh_drawing_dump(drawing, dump);
    g_auto(GStrv) lines = g_strsplit(dump->str, "\n", -1);
    for (size_t i = 0; lines[i] != NULL; i++) {
        double x = 0, y = 0, size = 0;
        char anchor[16] = "";
        int n = 0;
        if (sscanf(lines[i], "text %lf %lf %15s %lf %n", &x, &y, anchor, &size, &n) < 4)
            continue;
        if (strcmp(anchor, "middle") == 0)
            continue; /* the number on a dot */
        double width = gh_text_width(gh_lang_source(), size, GH_WEIGHT_REGULAR, lines[i] + n);
        double left = strcmp(anchor, "left") == 0 ? x : x - width;
        Box box = {left, left + width, y - gh_text_ascent(size), y + gh_text_descent(size)};
        g_array_append_val(boxes, box);
    }
    return boxes;
}

static void
test_labels(void)
{
    g_autoptr(GArray) places = scatter(200);
    g_autoptr(GArray) dots = group(gh_map_view_find("world"), places);
    g_autoptr(GhDrawing) drawing = draw("world", dots, NULL);
    g_autoptr(GArray) boxes = label_boxes(drawing);

    g_assert_cmpuint(boxes->len, >, 10);
    g_assert_cmpuint(boxes->len, <, dots->len);
    for (guint i = 0; i < boxes->len; i++) {
        const Box *a = &g_array_index(boxes, Box, i);
        g_assert_cmpfloat(a->left, >=, 0);
        g_assert_cmpfloat(a->right, <=, WIDTH);
        for (guint j = 0; j < i; j++) {
            const Box *b = &g_array_index(boxes, Box, j);
            g_assert_true(a->left >= b->right || b->left >= a->right || a->top >= b->bottom
                          || b->top >= a->bottom);
        }
    }
}

static GArray *
towns(void)
{
    static const GhMapDot dots[] = {
        {59.91, 10.75, "Oslo", "Oslo, Norway", "/cities/oslo", 1},
        {64.15, -21.94, NULL, "3 cities near Reykjavik", "/cities?near=reykjavik", 3},
        {39.47, -0.38, "Valencia", "Valencia & <sea>", "/cities/valencia", 1},
        {24.71, 46.68, "Riyadh", "Riyadh, Saudi Arabia", "/cities/riyadh", 1},
        {NAN, NAN, "Nowhere", "Nowhere", "/cities/nowhere", 1},
    };

    return g_array_append_vals(g_array_new(FALSE, FALSE, sizeof(GhMapDot)), dots,
                               G_N_ELEMENTS(dots));
}

static void
test_names(void)
{
    g_autoptr(GArray) dots = towns();
    g_autoptr(GhDrawing) drawing = draw("europe", dots, NULL);
    g_autoptr(GString) svg = g_string_new(NULL);

    gh_drawing_svg(drawing, GH_SVG_INLINE, "map", svg);
    g_assert_nonnull(strstr(svg->str, "href=\"/cities/oslo\""));
    g_assert_nonnull(strstr(svg->str, "Oslo, Norway"));
    g_assert_nonnull(strstr(svg->str, "3 cities near Reykjavik"));
    g_assert_nonnull(strstr(svg->str, "Valencia &amp; &lt;sea&gt;"));
    g_assert_null(strstr(svg->str, "riyadh")); /* not in Europe */
    g_assert_null(strstr(svg->str, "nowhere"));
}

static void
test_note(void)
{
    g_autoptr(GArray) dots = towns();
    g_autoptr(GhDrawing) plain = draw("world", dots, NULL);
    g_autoptr(GhDrawing) noted = draw("world", dots, "A note in small letters.");

    g_assert_cmpfloat(gh_drawing_height(noted), >, gh_drawing_height(plain) + 10);
}

static void
test_without_dots(void)
{
    g_autoptr(GArray) none = g_array_new(FALSE, FALSE, sizeof(GhMapDot));

    for (size_t i = 0; i < GH_N_MAP_VIEWS; i++) {
        g_autoptr(GhDrawing) drawing = draw(GH_MAP_VIEWS[i].id, none, NULL);
        g_autoptr(GString) svg = g_string_new(NULL);
        gh_drawing_svg(drawing, GH_SVG_INLINE, "map", svg);
        g_test_message("%s: %zu bytes", GH_MAP_VIEWS[i].id, svg->len);
        g_assert_cmpuint(svg->len, >, 5000);
        g_assert_cmpuint(svg->len, <, 64000);
    }
}

static void
test_golden(void)
{
    g_autoptr(GArray) dots = towns();
    g_autoptr(GhDrawing) world = draw("world", dots, "Land: Natural Earth, public domain.");
    g_autoptr(GhDrawing) europe = draw("europe", dots, NULL);

    gh_golden_assert_drawing("map-world", world, 900);
    gh_golden_assert_drawing("map-europe", europe, 900);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/map/Equal Earth has the values that were published", test_published_values);
    g_test_add_func("/map/both halves of the map are alike", test_symmetry);
    g_test_add_func("/map/areas are in proportion everywhere", test_equal_areas);
    g_test_add_func("/map/a region has true shapes at its middle", test_region_shapes);
    g_test_add_func("/map/land is land and sea is sea on every level", test_land);
    g_test_add_func("/map/a closer view has finer land", test_levels);
    g_test_add_func("/map/a view holds its cities and no others", test_views_hold);
    g_test_add_func("/map/what a view holds is in the picture", test_views_frame);
    g_test_add_func("/map/places close together share a dot", test_groups);
    g_test_add_func("/map/10,000 places are few dots that stand apart", test_many);
    g_test_add_func("/map/labels are left out where they would overlap", test_labels);
    g_test_add_func("/map/every dot of the view has its name and link", test_names);
    g_test_add_func("/map/a note is written below the map", test_note);
    g_test_add_func("/map/a map without dots shows the land of its view", test_without_dots);
    g_test_add_func("/map/the world and Europe look like their pictures", test_golden);
    return g_test_run();
}
