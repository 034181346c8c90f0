/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What a drawing holds, and how it is written as SVG. */
#include "draw/drawing.h"

#include <math.h>
#include <string.h>

#include "draw/draw_testing.h"

#define HOSTILE "\"><script>alert('1')</script>&\x01\xFF"
#define HOSTILE_CLEAN "\"><script>alert('1')</script>&\xEF\xBF\xBD\xEF\xBF\xBD"

static const GhPaint FILLED = {.fill = GH_ACCENT};
static const GhTextStyle PLAIN = {.size = 12};

static GhDrawing *
new_drawing(void)
{
    return gh_drawing_new(200, 100, gh_lang_source(), "Title", "Description");
}

static char *
dump_of(const GhDrawing *drawing)
{
    GString *out = g_string_new(NULL);

    gh_drawing_dump(drawing, out);
    return g_string_free(out, FALSE);
}

static char *
svg_of(const GhDrawing *drawing, GhSvgForm form)
{
    GString *out = g_string_new(NULL);

    gh_drawing_svg(drawing, form, "test", out);
    return g_string_free(out, FALSE);
}

/* -- the list -- */

static void
draw_all_kinds(GhDrawing *drawing)
{
    gh_drawing_rect(drawing, 10.004, 20, 30.5, 5.125, &FILLED);
    gh_drawing_circle(drawing, 50, 50, 7.333, &FILLED);
    gh_drawing_line(drawing, -1, 2, 3.999, 4, &(GhPaint){.stroke = GH_INK});
    gh_drawing_sector(
        drawing, &(GhSector){.x = 100, .y = 50, .inner = 20, .outer = 40, .start = 0, .end = 90},
        &FILLED);
    gh_drawing_move_to(drawing, 10, 90);
    gh_drawing_line_to(drawing, 20, 80);
    gh_drawing_curve_to(drawing, 30, 70, 40, 110, 50, 90);
    gh_drawing_close(drawing);
    gh_drawing_paint(drawing, &FILLED);
    gh_drawing_text(drawing, 10.5, 20, &(GhTextStyle){.size = 12, .anchor = GH_ANCHOR_MIDDLE},
                    "Riyadh");
    gh_drawing_text(drawing, 1, 2,
                    &(GhTextStyle){.size = 9, .anchor = GH_ANCHOR_RIGHT, .rotation = -90}, "km");
}

static void
test_dump(void)
{
    g_autoptr(GhDrawing) drawing = new_drawing();

    draw_all_kinds(drawing);
    g_autofree char *dump = dump_of(drawing);
    /* The curve turns where 10 - 100 t + 110 t^2 is 0: at 0.114 (78.366) and 0.795 (95.683). */
    g_assert_cmpstr(dump, ==,
                    "rect 10 20 30.5 5.13\n"
                    "circle 50 50 7.33\n"
                    "line -1 2 4 4\n"
                    "path 100 10 40 40\n"
                    "path 10 78.37 40 17.32\n"
                    "text 10.5 20 middle 12 Riyadh\n"
                    "text 1 2 right 9 rotated -90 km\n");
}

static void
test_neighbours(void)
{
    g_autoptr(GhDrawing) drawing = new_drawing();

    gh_drawing_rect(drawing, 0, 0, 100 / 3.0, 10, &FILLED);
    gh_drawing_rect(drawing, 100 / 3.0, 0, 100 / 3.0, 10, &FILLED);
    g_autofree char *dump = dump_of(drawing);
    g_assert_cmpstr(dump, ==, "rect 0 0 33.33 10\nrect 33.33 0 33.34 10\n");
}

static void
test_nothing(void)
{
    g_autoptr(GhDrawing) drawing = new_drawing();

    gh_drawing_rect(drawing, 0, 0, 0.004, 10, &FILLED);
    gh_drawing_rect(drawing, 0, 0, 10, -1, &FILLED);
    gh_drawing_circle(drawing, 0, 0, 0, &FILLED);
    gh_drawing_sector(drawing, &(GhSector){.end = 90}, &FILLED);
    gh_drawing_text(drawing, 0, 0, &PLAIN, " ");
    gh_drawing_paint(drawing, &FILLED);
    g_autofree char *dump = dump_of(drawing);
    g_assert_cmpstr(dump, ==, "");
}

static void
test_inner(void)
{
    g_autoptr(GhDrawing) drawing = new_drawing();
    GhDrawing *inner = gh_drawing_new(50, 50, gh_lang_source(), "Inner", "");
    GhDrawing *innermost = gh_drawing_new(10, 10, gh_lang_source(), "Innermost", "");

    gh_drawing_rect(innermost, 1, 1, 2, 2, &FILLED);
    gh_drawing_text(innermost, 0, 5, &PLAIN, "a");
    gh_drawing_take_drawing(inner, 10, 10, 2, innermost);
    gh_drawing_take_drawing(drawing, 100, 0, 0.5, inner);
    g_autofree char *dump = dump_of(drawing);
    g_assert_cmpstr(dump, ==, "rect 106 6 2 2\ntext 105 10 left 12 a\n");

    g_autoptr(GPtrArray) svg = gh_draw_testing_svg(drawing, GH_SVG_INLINE);
    g_assert_cmpstr(gh_draw_testing_nth(svg, "title", 1)->text->str, ==, "Inner");
    g_assert_cmpstr(gh_draw_testing_own(gh_draw_testing_nth(svg, "g", 1), "transform"), ==,
                    "translate(100 0)scale(0.5)");
    g_assert_cmpstr(gh_draw_testing_own(gh_draw_testing_nth(svg, "g", 3), "transform"), ==,
                    "translate(10 10)scale(2)");
}

/* -- SVG has the boxes and anchors of the dump -- */

typedef struct {
    double left, top, right, bottom;
} Box;

static void
extend(Box *box, double x, double y)
{
    box->left = MIN(box->left, x);
    box->right = MAX(box->right, x);
    box->top = MIN(box->top, y);
    box->bottom = MAX(box->bottom, y);
}

/* An arc of less than half a circle through its ends (SVG 1.1, F.6.5). */
static void
extend_by_arc(Box *box, double x1, double y1, const double numbers[7])
{
    double radius = numbers[0], x2 = numbers[5], y2 = numbers[6];
    double half = hypot(x2 - x1, y2 - y1) / 2;
    double away = sqrt(MAX(0, radius * radius - half * half)) * (numbers[4] == 1 ? 1 : -1);
    double x = (x1 + x2) / 2 - away * (y2 - y1) / (2 * half);
    double y = (y1 + y2) / 2 + away * (x2 - x1) / (2 * half);
    double start = atan2(y1 - y, x1 - x);
    double span = atan2(y2 - y, x2 - x) - start;

    if (numbers[4] == 1 && span < 0)
        span += 2 * G_PI;
    if (numbers[4] == 0 && span > 0)
        span -= 2 * G_PI;
    for (int i = 0; i <= 512; i++)
        extend(box, x + radius * cos(start + span * i / 512),
               y + radius * sin(start + span * i / 512));
}

static void
extend_by_curve(Box *box, double x, double y, const double n[6])
{
    for (int i = 0; i <= 512; i++) {
        double t = i / 512.0, u = 1 - t;
        extend(box, u * u * u * x + 3 * u * u * t * n[0] + 3 * u * t * t * n[2] + t * t * t * n[4],
               u * u * u * y + 3 * u * u * t * n[1] + 3 * u * t * t * n[3] + t * t * t * n[5]);
    }
}

static int
count_numbers(char command)
{
    switch (command) {
    case 'M':
    case 'L':
        return 2;
    case 'C':
        return 6;
    case 'A':
        return 7;
    default:
        g_assert_cmpint(command, ==, 'Z');
        return 0;
    }
}

static Box
box_of_path(const char *d)
{
    Box box = {G_MAXDOUBLE, G_MAXDOUBLE, -G_MAXDOUBLE, -G_MAXDOUBLE};
    double x = 0, y = 0;

    while (*d != '\0') {
        char command = *d++;
        double numbers[7] = {0};
        int n = count_numbers(command);
        for (int i = 0; i < n; i++) {
            char *end = NULL;
            numbers[i] = g_ascii_strtod(d, &end);
            g_assert_true(end > d && isfinite(numbers[i]));
            d = end;
        }
        if (command == 'A')
            extend_by_arc(&box, x, y, numbers);
        if (command == 'C')
            extend_by_curve(&box, x, y, numbers);
        if (n > 0) {
            x = numbers[n - 2];
            y = numbers[n - 1];
            extend(&box, x, y);
        }
    }
    return box;
}

/* The numbers behind the element's name in the dump; 0: no shape or text. */
static int
numbers_of(const GhSvgElement *element, double numbers[4])
{
    static const char *const attributes[][6] = {
        {"rect", "x", "y", "width", "height", NULL},
        {"circle", "cx", "cy", "r", NULL},
        {"line", "x1", "y1", "x2", "y2", NULL},
        {"text", "x", "y", NULL},
    };

    if (strcmp(element->name, "path") == 0) {
        Box box = box_of_path(gh_draw_testing_own(element, "d"));
        numbers[0] = box.left;
        numbers[1] = box.top;
        numbers[2] = box.right - box.left;
        numbers[3] = box.bottom - box.top;
        return 4;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(attributes); i++) {
        int n = 0;
        if (strcmp(element->name, attributes[i][0]) != 0)
            continue;
        for (; attributes[i][n + 1] != NULL; n++)
            numbers[n] = gh_draw_testing_number(element, attributes[i][n + 1]);
        return n;
    }
    return 0;
}

static void
test_svg_geometry(void)
{
    g_autoptr(GhDrawing) drawing = new_drawing();

    draw_all_kinds(drawing);
    for (double end = 20; end <= 360; end += 20)
        gh_drawing_sector(drawing,
                          &(GhSector){.x = 80,
                                      .y = 70,
                                      .inner = end / 10,
                                      .outer = 60.77,
                                      .start = -30,
                                      .end = end - 30,
                                      .gap = 2},
                          &FILLED);
    gh_drawing_arc(drawing, 10, 20, 5, 200, -100);
    gh_drawing_paint(drawing, &(GhPaint){.stroke = GH_INK});

    g_autofree char *dump = dump_of(drawing);
    g_auto(GStrv) lines = g_strsplit(dump, "\n", -1);
    g_autoptr(GPtrArray) svg = gh_draw_testing_svg(drawing, GH_SVG_INLINE);
    guint n_lines = 0;
    for (guint i = 0; i < svg->len; i++) {
        const GhSvgElement *element = svg->pdata[i];
        double numbers[4] = {0};
        int n_numbers = numbers_of(element, numbers);
        if (n_numbers == 0)
            continue;
        g_auto(GStrv) words = g_strsplit(lines[n_lines++], " ", -1);
        g_test_message("%s", lines[n_lines - 1]);
        g_assert_cmpstr(words[0], ==, element->name);
        for (int k = 0; k < n_numbers; k++)
            g_assert_cmpfloat_with_epsilon(g_ascii_strtod(words[k + 1], NULL), numbers[k], 0.03);
    }
    g_assert_cmpstr(lines[n_lines], ==, "");
    g_assert_cmpuint(n_lines, ==, 7 + 18 + 1);
}

/* -- SVG, form -- */

static void
test_inline(void)
{
    g_autoptr(GhDrawing) drawing = new_drawing();
    g_autofree char *svg = svg_of(drawing, GH_SVG_INLINE);

    g_assert_cmpstr(svg, ==,
                    "<svg class=\"drawing\" viewBox=\"0 0 200 100\" width=\"200\" height=\"100\" "
                    "role=\"img\" aria-labelledby=\"test-t test-d\" direction=\"ltr\"><title "
                    "id=\"test-t\">Title</title><desc id=\"test-d\">Description</desc></svg>");
}

static void
test_file(void)
{
    g_autoptr(GhDrawing) drawing =
        gh_drawing_new(200, 100, gh_draw_testing_lang("ar"), "Title", "");

    gh_drawing_text(drawing, 1, 2, &PLAIN, "a");
    g_autofree char *svg = svg_of(drawing, GH_SVG_FILE);
    g_autoptr(GPtrArray) elements = gh_draw_testing_parse_svg(svg);
    const GhSvgElement *root = elements->pdata[0];
    g_assert_true(g_str_has_prefix(svg, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
    g_assert_cmpstr(gh_draw_testing_own(root, "xmlns"), ==, "http://www.w3.org/2000/svg");
    g_assert_cmpstr(gh_draw_testing_own(root, "xml:lang"), ==, "ar");
    g_assert_true(
        g_str_has_prefix(gh_draw_testing_own(root, "font-family"), "Noto Sans, Noto Sans Arabic"));
    g_assert_cmpstr(gh_draw_testing_own(root, "aria-labelledby"), ==, "test-t");
    g_assert_cmpstr(gh_draw_testing_own(gh_draw_testing_nth(elements, "rect", 0), "fill"), ==,
                    "#fff");
}

static void
test_shared_look(void)
{
    g_autoptr(GhDrawing) drawing = new_drawing();

    for (int i = 0; i < 3; i++)
        gh_drawing_text(drawing, 0, i, &(GhTextStyle){.size = 11, .anchor = GH_ANCHOR_RIGHT}, "a");
    for (int i = 0; i < 5; i++) /* the most, but shapes would become transparent too */
        gh_drawing_text(drawing, 0, i, &(GhTextStyle){.size = 7, .colour = 0x40000000}, "c");
    gh_drawing_text(drawing, 0, 9, &(GhTextStyle){.size = 14, .weight = GH_WEIGHT_BOLD}, "b");
    gh_drawing_rect(drawing, 0, 0, 1, 1, &(GhPaint){.fill = GH_INK});
    gh_drawing_rect(drawing, 0, 0, 1, 1, &(GhPaint){.stroke = 0x80ff0000});
    g_autofree char *svg = svg_of(drawing, GH_SVG_INLINE);
    g_assert_nonnull(strstr(svg, " fill=\"#15212b\" font-size=\"11\" text-anchor=\"end\">"));
    g_assert_nonnull(strstr(svg, "<text x=\"0\" y=\"2\">a</text>"));
    g_assert_nonnull(strstr(svg, "<text x=\"0\" y=\"9\" font-size=\"14\" font-weight=\"700\" "
                                 "text-anchor=\"start\">b</text>"));
    g_assert_nonnull(strstr(svg, "<rect x=\"0\" y=\"0\" width=\"1\" height=\"1\"/>"));
    g_assert_nonnull(strstr(svg, "fill=\"none\" stroke=\"#f00\" stroke-opacity=\".5\"/>"));
}

static void
test_right_to_left(void)
{
    static const struct {
        GhAnchor anchor;
        const char *left_to_right, *right_to_left;
    } cases[] = {
        {GH_ANCHOR_LEFT, "start", "end"},
        {GH_ANCHOR_MIDDLE, "middle", "middle"},
        {GH_ANCHOR_RIGHT, "end", "start"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GhDrawing) drawing = new_drawing();
        GhDrawing *inner = gh_drawing_new(10, 10, gh_draw_testing_lang("ar"), "Inner", "");
        const GhTextStyle style = {.size = 12, .anchor = cases[i].anchor};
        gh_drawing_text(drawing, 0, 0, &style, "a");
        gh_drawing_text(inner, 0, 0, &style, "b");
        gh_drawing_take_drawing(drawing, 0, 0, 1, inner);
        g_autoptr(GPtrArray) svg = gh_draw_testing_svg(drawing, GH_SVG_INLINE);
        const GhSvgElement *outside = gh_draw_testing_nth(svg, "text", 0);
        const GhSvgElement *inside = gh_draw_testing_nth(svg, "text", 1);
        const char *anchor = gh_draw_testing_inherited(outside, "text-anchor");
        g_assert_cmpstr(anchor == NULL ? "start" : anchor, ==, cases[i].left_to_right);
        g_assert_cmpstr(gh_draw_testing_inherited(outside, "direction"), ==, "ltr");
        anchor = gh_draw_testing_inherited(inside, "text-anchor");
        g_assert_cmpstr(anchor == NULL ? "start" : anchor, ==, cases[i].right_to_left);
        g_assert_cmpstr(gh_draw_testing_inherited(inside, "direction"), ==, "rtl");
    }
}

static void
test_hatch(void)
{
    g_autoptr(GhDrawing) drawing = new_drawing();
    const GhPaint hatched = {
        .fill = GH_PAPER, .stroke = GH_SOFT_INK, .fill_style = GH_FILL_HATCHED};
    const GhPaint other = {.stroke = GH_SOFT_INK, .fill_style = GH_FILL_HATCHED};

    gh_drawing_rect(drawing, 0, 0, 10, 10, &hatched);
    gh_drawing_rect(drawing, 20, 0, 10, 10, &hatched);
    gh_drawing_rect(drawing, 40, 0, 10, 10, &other);
    g_autoptr(GPtrArray) svg = gh_draw_testing_svg(drawing, GH_SVG_INLINE);
    g_assert_cmpuint(gh_draw_testing_count(svg, "pattern"), ==, 2);
    g_assert_cmpstr(gh_draw_testing_own(gh_draw_testing_nth(svg, "pattern", 0), "id"), ==,
                    "test-h0");
    /* Each pattern has a path; the first has a rectangle too. */
    g_assert_cmpstr(gh_draw_testing_own(gh_draw_testing_nth(svg, "rect", 1), "fill"), ==,
                    "url(#test-h0)");
    g_assert_cmpstr(gh_draw_testing_own(gh_draw_testing_nth(svg, "rect", 2), "fill"), ==,
                    "url(#test-h0)");
    g_assert_cmpstr(gh_draw_testing_own(gh_draw_testing_nth(svg, "rect", 3), "fill"), ==,
                    "url(#test-h1)");
}

/* -- parts -- */

static void
draw_part(GhDrawing *drawing, const GhDrawingPart *part)
{
    gh_drawing_begin_part(drawing, part);
    gh_drawing_circle(drawing, 5, 5, 5, &FILLED);
    gh_drawing_end_part(drawing);
}

static void
test_parts(void)
{
    static const struct {
        const char *label;
        GhDrawingPart part;
        const char *role, *want;
    } cases[] = {
        {"a name alone is shown when pointed at",
         {.name = "Air"},
         "img",
         "<g><title>Air</title><circle"},
        {"a part with an id",
         {.name = "Air", .id = "air-1"},
         "img",
         "<g id=\"air-1\"><title>Air</title><circle"},
        {"a link",
         {.name = "Air", .link = "/air?a=1&b=2"},
         "group",
         "<a href=\"/air?a=1&amp;b=2\" aria-label=\"Air\"><title>Air</title><circle"},
        {"a link without a name is called by where it leads",
         {.link = "/air"},
         "group",
         "<a href=\"/air\" aria-label=\"/air\"><title>/air</title><circle"},
        {"a part reached by the keyboard",
         {.name = "Air", .focusable = true},
         "group",
         "<g tabindex=\"0\" role=\"img\" aria-label=\"Air\"><title>Air</title><circle"},
        {"a link that could run script is none",
         {.name = "Air", .link = "javascript:alert(1)"},
         "img",
         "<g><title>Air</title><circle"},
        {"an id that would break out is none",
         {.name = "Air", .id = "a\" onload=\"alert(1)"},
         "img",
         "<g><title>Air</title><circle"},
        {"nothing at all", {0}, "img", "<g><circle"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GhDrawing) drawing = new_drawing();
        draw_part(drawing, &cases[i].part);
        g_autofree char *svg = svg_of(drawing, GH_SVG_INLINE);
        g_autoptr(GPtrArray) elements = gh_draw_testing_parse_svg(svg);
        g_test_message("%s: %s", cases[i].label, svg);
        g_assert_nonnull(strstr(svg, cases[i].want));
        g_assert_cmpstr(gh_draw_testing_own(elements->pdata[0], "role"), ==, cases[i].role);
    }
}

static void
test_nested_parts(void)
{
    g_autoptr(GhDrawing) drawing = new_drawing();

    gh_drawing_begin_part(drawing, &(GhDrawingPart){.name = "Group", .focusable = true});
    gh_drawing_begin_part(drawing, &(GhDrawingPart){.name = "Outer", .link = "/outer"});
    draw_part(drawing, &(GhDrawingPart){.name = "Inner", .link = "/inner", .focusable = true});
    gh_drawing_end_part(drawing);
    draw_part(drawing, &(GhDrawingPart){.name = "After", .link = "/after"});
    gh_drawing_end_part(drawing);

    g_autoptr(GPtrArray) svg = gh_draw_testing_svg(drawing, GH_SVG_INLINE);
    g_assert_cmpuint(gh_draw_testing_count(svg, "a"), ==, 2);
    g_assert_cmpstr(gh_draw_testing_own(gh_draw_testing_nth(svg, "a", 1), "href"), ==, "/after");
    /* An image's content could not be reached, so what holds links is a group. */
    g_assert_cmpstr(gh_draw_testing_own(gh_draw_testing_nth(svg, "g", 0), "role"), ==, "group");
    g_assert_null(gh_draw_testing_own(gh_draw_testing_nth(svg, "g", 1), "tabindex"));
    g_assert_cmpstr(gh_draw_testing_nth(svg, "title", 3)->text->str, ==, "Inner");
}

static void
test_hostile(void)
{
    g_autoptr(GhDrawing) drawing = gh_drawing_new(10, 10, gh_lang_source(), HOSTILE, HOSTILE);

    gh_drawing_begin_part(drawing, &(GhDrawingPart){.name = HOSTILE, .link = "/?a=\"><b>'&"});
    gh_drawing_text(drawing, 0, 0, &PLAIN, HOSTILE);
    gh_drawing_end_part(drawing);
    for (int form = GH_SVG_INLINE; form <= GH_SVG_FILE; form++) {
        g_autoptr(GPtrArray) svg = gh_draw_testing_svg(drawing, (GhSvgForm)form);
        const GhSvgElement *link = gh_draw_testing_nth(svg, "a", 0);
        g_assert_cmpuint(gh_draw_testing_count(svg, "script"), ==, 0);
        g_assert_cmpstr(gh_draw_testing_nth(svg, "title", 0)->text->str, ==, HOSTILE_CLEAN);
        g_assert_cmpstr(gh_draw_testing_nth(svg, "title", 1)->text->str, ==, HOSTILE_CLEAN);
        g_assert_cmpstr(gh_draw_testing_nth(svg, "desc", 0)->text->str, ==, HOSTILE_CLEAN);
        g_assert_cmpstr(gh_draw_testing_nth(svg, "text", 0)->text->str, ==, HOSTILE_CLEAN);
        g_assert_cmpstr(gh_draw_testing_own(link, "aria-label"), ==, HOSTILE_CLEAN);
        g_assert_cmpstr(gh_draw_testing_own(link, "href"), ==, "/?a=\"><b>'&");
    }
}

/* -- sectors and marks -- */

/* The ends of a path's pieces. */
static GArray *
points_of(const GhDrawing *drawing, guint index)
{
    g_autoptr(GPtrArray) svg = gh_draw_testing_svg(drawing, GH_SVG_INLINE);
    const char *d = gh_draw_testing_own(gh_draw_testing_nth(svg, "path", index), "d");
    GArray *points = g_array_new(FALSE, FALSE, sizeof(double));

    while (*d != '\0') {
        int n = count_numbers(*d++);
        for (int i = 0; i < n; i++) {
            char *end = NULL;
            double number = g_ascii_strtod(d, &end);
            g_assert_true(end > d && isfinite(number));
            d = end;
            if (i >= n - 2)
                g_array_append_val(points, number);
        }
    }
    return points;
}

/* How far a point lies from the ray from 0, 0 at that angle. */
static double
from_ray(double x, double y, double degrees)
{
    double radians = degrees * G_PI / 180;

    return fabs(x * cos(radians) + y * sin(radians));
}

static void
test_gap(void)
{
    static const double ends[] = {12, 30, 90, 180, 270};

    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
        g_autoptr(GhDrawing) drawing = new_drawing();
        gh_drawing_sector(drawing, &(GhSector){.inner = 40, .outer = 90, .end = ends[i], .gap = 3},
                          &FILLED);
        g_autoptr(GArray) points = points_of(drawing, 0);
        const double *p = (const double *)(const void *)points->data;
        /* Arcs of more than 120 degrees have points in between. */
        guint n_pieces = (points->len / 2 - 2) / 2;
        g_test_message("%g degrees", ends[i]);
        g_assert_cmpuint(points->len, ==, 4 * (n_pieces + 1));
        g_assert_cmpfloat_with_epsilon(from_ray(p[0], p[1], 0), 1.5, 0.01);
        g_assert_cmpfloat_with_epsilon(from_ray(p[2 * n_pieces], p[2 * n_pieces + 1], ends[i]), 1.5,
                                       0.01);
        g_assert_cmpfloat_with_epsilon(from_ray(p[2 * n_pieces + 2], p[2 * n_pieces + 3], ends[i]),
                                       1.5, 0.01);
        g_assert_cmpfloat_with_epsilon(from_ray(p[points->len - 2], p[points->len - 1], 0), 1.5,
                                       0.01);
    }
}

static void
test_degenerate_sectors(void)
{
    static const struct {
        const char *label;
        GhSector sector;
        double width; /* of the box, at least */
    } cases[] = {
        {"a disc's", {.outer = 50, .end = 90}, 49},
        {"a disc's with a gap", {.outer = 50, .end = 90, .gap = 4}, 47},
        {"half a disc with a gap", {.outer = 50, .end = 180, .gap = 4}, 47},
        {"most of a disc with a gap", {.outer = 50, .end = 350, .gap = 4}, 99},
        {"the full ring", {.inner = 20, .outer = 50, .end = 360, .gap = 4}, 100},
        {"the full disc", {.outer = 50, .end = 360}, 100},
        {"more than all", {.inner = 20, .outer = 50, .start = -90, .end = 360}, 100},
        {"narrower than its gap", {.inner = 20, .outer = 50, .end = 1, .gap = 4}, 0.4},
        {"narrower inside than its gap", {.inner = 10, .outer = 50, .end = 15, .gap = 4}, 8},
        {"a circle smaller than the gap", {.inner = 1, .outer = 50, .end = 270, .gap = 4}, 97},
        {"hardly anything", {.inner = 49.99, .outer = 50, .end = 0.01, .gap = 100}, 0},
        {"no ring", {.inner = 50, .outer = 50, .end = 90, .gap = 2}, 48},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GhDrawing) drawing = new_drawing();
        gh_drawing_sector(drawing, &cases[i].sector, &FILLED);
        g_autoptr(GArray) points = points_of(drawing, 0);
        g_autofree char *dump = dump_of(drawing);
        g_auto(GStrv) words = g_strsplit(dump, " ", -1);
        g_test_message("%s: %s", cases[i].label, dump);
        g_assert_cmpfloat(g_ascii_strtod(words[3], NULL), >=, cases[i].width);
        g_assert_cmpfloat(g_ascii_strtod(words[3], NULL), <=, 100.02);
        for (guint k = 0; k + 1 < points->len; k += 2)
            g_assert_cmpfloat(
                hypot(g_array_index(points, double, k), g_array_index(points, double, k + 1)), <=,
                50.01);
    }
}

static void
test_marks(void)
{
    static const char *const wanted[GH_PALETTE_STEPS] = {
        "circle 10 10 7\n",
        "circle 10 10 7\npath 10 3 7 7\n",
        "circle 10 10 7\npath 10 3 7 14\n",
        "circle 10 10 7.75\n",
    };

    for (int step = 1; step <= GH_PALETTE_STEPS; step++) {
        g_autoptr(GhDrawing) drawing = new_drawing();
        gh_drawing_mark(drawing, step, 10, 10, 7.75, GH_INK);
        g_autofree char *dump = dump_of(drawing);
        g_assert_cmpstr(dump, ==, wanted[step - 1]);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/drawing/coordinates are rounded when they are given", test_dump);
    g_test_add_func("/drawing/neighbours still touch when they are rounded", test_neighbours);
    g_test_add_func("/drawing/what has no extent is left out", test_nothing);
    g_test_add_func("/drawing/a drawing stands inside another", test_inner);
    g_test_add_func("/drawing/SVG has the boxes and anchors that were given", test_svg_geometry);
    g_test_add_func("/drawing/SVG for a page is one element", test_inline);
    g_test_add_func("/drawing/SVG as a file stands alone", test_file);
    g_test_add_func("/drawing/SVG says once what most texts share", test_shared_look);
    g_test_add_func("/drawing/anchors are sides of the paper in every direction",
                    test_right_to_left);
    g_test_add_func("/drawing/hatches of the same colours are one pattern", test_hatch);
    g_test_add_func("/drawing/parts are named and reached", test_parts);
    g_test_add_func("/drawing/a part within a link is none itself", test_nested_parts);
    g_test_add_func("/drawing/hostile texts stay texts", test_hostile);
    g_test_add_func("/drawing/a gap is as wide inside as outside", test_gap);
    g_test_add_func("/drawing/sectors of every shape can be drawn", test_degenerate_sectors);
    g_test_add_func("/drawing/marks fill up within their radius", test_marks);
    return g_test_run();
}
