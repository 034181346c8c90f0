/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The ways out held against each other: PDF as poppler reads it and PNG pixel by pixel against SVG, and
 * several threads at once. */
#include "draw/drawing.h"

#include <cairo.h>
#include <math.h>
#include <string.h>

#include "draw/draw_testing.h"
#include "draw/text.h"

/* Of poppler's boxes, which are in points; one unit is a point. */
static const double TOLERANCE = 0.5;

enum {
    WIDTH = 500,
    ROW = 30
};

/* A font's ascent is where poppler's boxes begin (table hhea). */
static const struct {
    const char *text;
    double ascent;
} TEXTS[] = {
    {"Household", 1.069},
    {"\xD0\x92\xD0\xBE\xD0\xB4\xD0\xBE\xD1\x81\xD0\xBD\xD0\xB0\xD0\xB1", 1.069}, /* Cyrillic */
    {"\xD8\xA7\xD9\x84\xD8\xB1\xD9\x8A\xD8\xA7\xD8\xB6", 1.374},                 /* Arabic */
    {"\xE5\xAE\xB6\xE5\xBA\xAD\xE4\xBA\x92\xE8\x81\x94", 1.16},                  /* Chinese */
};

/* -- texts: PDF against SVG -- */

static GhDrawing *
draw_texts(const GhLang *lang)
{
    static const double sizes[] = {7, 12, 20.5};
    GhDrawing *drawing = gh_drawing_new(WIDTH, ROW * 3 * G_N_ELEMENTS(TEXTS) + 200, lang, "Texts",
                                        "Each in a row of its own");
    int row = 1;

    for (size_t i = 0; i < G_N_ELEMENTS(TEXTS); i++) {
        for (int anchor = GH_ANCHOR_LEFT; anchor <= GH_ANCHOR_RIGHT; anchor++, row++)
            gh_drawing_text(drawing, 200.123 + 7 * row, ROW * row,
                            &(GhTextStyle){.size = sizes[row % 3],
                                           .weight = i == 1 ? GH_WEIGHT_BOLD : GH_WEIGHT_REGULAR,
                                           .anchor = (GhAnchor)anchor},
                            TEXTS[i].text);
    }
    return drawing;
}

/* The box around all words of which the middle lies in a row; right of left: none. */
static void
box_of_row(const GPtrArray *words, double top, double bottom, double box[4])
{
    static const char *const sides[] = {"xMin", "yMin", "xMax", "yMax"};

    box[0] = box[1] = G_MAXDOUBLE;
    box[2] = box[3] = -G_MAXDOUBLE;
    for (guint i = 0; i < gh_draw_testing_count(words, "word"); i++) {
        const GhSvgElement *word = gh_draw_testing_nth(words, "word", i);
        double middle =
            (gh_draw_testing_number(word, "yMin") + gh_draw_testing_number(word, "yMax")) / 2;
        if (middle < top || middle > bottom)
            continue;
        for (int side = 0; side < 4; side++) {
            double value = gh_draw_testing_number(word, sides[side]);
            box[side] = side < 2 ? MIN(box[side], value) : MAX(box[side], value);
        }
    }
}

/* Where the SVG's text stands, in the box, by anchor and direction as a browser takes them. */
static double
anchored(const GhSvgElement *text, const double box[4])
{
    const char *anchor = gh_draw_testing_inherited(text, "text-anchor");
    bool rtl = strcmp(gh_draw_testing_inherited(text, "direction"), "rtl") == 0;

    if (g_strcmp0(anchor, "middle") == 0)
        return (box[0] + box[2]) / 2;
    return (g_strcmp0(anchor, "end") == 0) == rtl ? box[0] : box[2];
}

static GPtrArray *
words_of(const GhDrawing *drawing)
{
    static const char *const tool[] = {"pdftotext", "-bbox", NULL};
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) pdf = gh_drawing_pdf(drawing, &error);
    g_assert_no_error(error);

    g_autofree char *out = gh_draw_testing_poppler(pdf, tool);
    return out == NULL ? NULL : gh_draw_testing_parse_svg(strstr(out, "<html"));
}

static void
check_texts(const char *tag)
{
    g_autoptr(GhDrawing) drawing = draw_texts(gh_draw_testing_lang(tag));
    g_autoptr(GPtrArray) words = words_of(drawing);
    g_autoptr(GPtrArray) svg = gh_draw_testing_svg(drawing, GH_SVG_FILE);

    if (words == NULL)
        return;
    g_assert_cmpuint(gh_draw_testing_count(svg, "text"), ==, 3 * G_N_ELEMENTS(TEXTS));
    for (guint i = 0; i < 3 * G_N_ELEMENTS(TEXTS); i++) {
        const GhSvgElement *text = gh_draw_testing_nth(svg, "text", i);
        double y = gh_draw_testing_number(text, "y");
        double size = gh_draw_testing_number(text, "font-size");
        bool bold = gh_draw_testing_inherited(text, "font-weight") != NULL
                    && strcmp(gh_draw_testing_inherited(text, "font-weight"), "700") == 0;
        double box[4] = {0};
        box_of_row(words, y - ROW / 2.0, y + ROW / 4.0, box);
        g_test_message("%s, text %u: x %g y %g in %g %g %g %g", tag, i,
                       gh_draw_testing_number(text, "x"), y, box[0], box[1], box[2], box[3]);
        g_assert_cmpfloat_with_epsilon(anchored(text, box), gh_draw_testing_number(text, "x"),
                                       TOLERANCE);
        g_assert_cmpfloat_with_epsilon(box[1] + TEXTS[i / 3].ascent * size, y, TOLERANCE);
        g_assert_cmpfloat_with_epsilon(box[2] - box[0],
                                       gh_text_width(gh_draw_testing_lang(tag), size,
                                                     bold ? GH_WEIGHT_BOLD : GH_WEIGHT_REGULAR,
                                                     text->text->str),
                                       TOLERANCE);
    }
}

static void
test_texts(void)
{
    check_texts("en");
}

static void
test_texts_right_to_left(void)
{
    check_texts("ar");
}

/* Upwards and downwards: the anchor's side of the box is along y, the baseline along x. */
static void
test_rotated_texts(void)
{
    static const double rotations[] = {90, -90};
    const double size = 12;

    for (size_t r = 0; r < G_N_ELEMENTS(rotations); r++) {
        g_autoptr(GhDrawing) drawing = gh_drawing_new(200, 200, gh_lang_source(), "Rotated", "");
        for (int anchor = GH_ANCHOR_LEFT; anchor <= GH_ANCHOR_RIGHT; anchor++)
            gh_drawing_text(
                drawing, 50 * (anchor + 1), 100,
                &(GhTextStyle){.size = size, .anchor = (GhAnchor)anchor, .rotation = rotations[r]},
                "Riyadh");
        g_autoptr(GPtrArray) words = words_of(drawing);
        if (words == NULL)
            return;
        bool down = rotations[r] > 0;
        double width = gh_text_width(gh_lang_source(), size, GH_WEIGHT_REGULAR, "Riyadh");
        g_assert_cmpuint(gh_draw_testing_count(words, "word"), ==, 3);
        for (guint i = 0; i < 3; i++) {
            const GhSvgElement *word = gh_draw_testing_nth(words, "word", i);
            double before = gh_draw_testing_number(word, "yMin");
            double baseline = down ? gh_draw_testing_number(word, "xMax") - 1.069 * size
                                   : gh_draw_testing_number(word, "xMin") + 1.069 * size;
            int anchor = (int)lround(baseline / 50) - 1;
            double left = anchor == GH_ANCHOR_MIDDLE           ? 100 - width / 2
                          : (anchor == GH_ANCHOR_LEFT) == down ? 100
                                                               : 100 - width;
            g_test_message("rotated %g, anchor %d", rotations[r], anchor);
            g_assert_cmpfloat_with_epsilon(baseline, 50 * (anchor + 1), TOLERANCE);
            g_assert_cmpfloat_with_epsilon(before, left, TOLERANCE);
            g_assert_cmpfloat_with_epsilon(gh_draw_testing_number(word, "yMax"), left + width,
                                           TOLERANCE);
        }
    }
}

static void
test_fonts(void)
{
    static const char *const tool[] = {"pdffonts", NULL};
    g_autoptr(GhDrawing) drawing = draw_texts(gh_lang_source());
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) pdf = gh_drawing_pdf(drawing, &error);
    g_assert_no_error(error);

    g_autofree char *out = gh_draw_testing_poppler(pdf, tool);
    if (out == NULL)
        return;
    g_test_message("%s", out);
    g_assert_nonnull(strstr(out, "+NotoSans-Regular "));
    g_assert_nonnull(strstr(out, "+NotoSans-Bold "));
    g_assert_nonnull(strstr(out, "+NotoSansArabic-Regular "));
    g_assert_nonnull(strstr(out, "+NotoSansCJKsc-Regular "));
    g_auto(GStrv) lines = g_strsplit(g_strchomp(out), "\n", -1);
    /* Below two lines of heads: each Noto, embedded, a subset, and with its characters. */
    for (guint i = 2; lines[i] != NULL; i++) {
        g_assert_nonnull(strstr(lines[i], "+Noto"));
        g_assert_nonnull(strstr(lines[i], " yes yes yes "));
    }
}

/* -- PDF besides its texts -- */

static void
test_links(void)
{
    static const char *const tool[] = {"pdfinfo", "-url", NULL};
    static const char *const links[] = {"https://example.org/a?b=(c)'&d=1", "/cities", "#a",
                                        "https://example.org/\xC3\xA9"};
    g_autoptr(GhDrawing) drawing = gh_drawing_new(100, 100, gh_lang_source(), "Links", "");
    g_autoptr(GError) error = NULL;

    for (size_t i = 0; i < G_N_ELEMENTS(links); i++) {
        gh_drawing_begin_part(drawing, &(GhDrawingPart){.name = "Link", .link = links[i]});
        gh_drawing_begin_part(
            drawing, &(GhDrawingPart){.name = "Inner", .link = "https://example.org/inner"});
        gh_drawing_rect(drawing, 10 * (double)i, 10, 8, 8, &(GhPaint){.fill = GH_INK});
        gh_drawing_end_part(drawing);
        gh_drawing_end_part(drawing);
    }
    /* Nothing can be pointed at. */
    gh_drawing_begin_part(drawing,
                          &(GhDrawingPart){.name = "Empty", .link = "https://example.org/empty"});
    gh_drawing_end_part(drawing);

    g_autoptr(GBytes) pdf = gh_drawing_pdf(drawing, &error);
    g_assert_no_error(error);
    g_autofree char *out = gh_draw_testing_poppler(pdf, tool);
    if (out == NULL)
        return;
    g_test_message("%s", out);
    /* The outermost that leads out of the site, percent-encoded; none where there is nothing to see. */
    g_auto(GStrv) lines = g_strsplit(g_strchomp(out), "\n", -1);
    g_assert_cmpuint(g_strv_length(lines), ==, 1 + G_N_ELEMENTS(links));
    g_assert_true(g_str_has_suffix(lines[1], " https://example.org/a?b=%28c%29%27&d=1"));
    g_assert_true(g_str_has_suffix(lines[2], " https://example.org/inner"));
    g_assert_true(g_str_has_suffix(lines[3], " https://example.org/inner"));
    g_assert_true(g_str_has_suffix(lines[4], " https://example.org/%C3%A9"));
}

static void
test_page(void)
{
    static const char *const info[] = {"pdfinfo", NULL};
    static const char *const structure[] = {"pdfinfo", "-struct", NULL};
    g_autoptr(GhDrawing) drawing =
        gh_drawing_new(123.5, 67, gh_lang_source(), "Wheel of Riyadh", "What is seen");
    g_autoptr(GError) error = NULL;

    gh_drawing_rect(drawing, 10, 10, 20, 20, &(GhPaint){.fill = GH_INK});
    g_autoptr(GBytes) pdf = gh_drawing_pdf(drawing, &error);
    g_assert_no_error(error);
    g_autofree char *told = gh_draw_testing_poppler(pdf, info);
    g_autofree char *tags = gh_draw_testing_poppler(pdf, structure);
    if (told == NULL || tags == NULL)
        return;
    g_assert_nonnull(strstr(told, "Wheel of Riyadh\n"));
    g_assert_nonnull(strstr(told, "Tagged:          yes\n"));
    g_assert_nonnull(strstr(told, "Pages:           1\n"));
    g_assert_nonnull(strstr(told, "Page size:       123.5 x 67 pts\n"));
    g_assert_true(g_str_has_prefix(tags, "Document\n  Figure"));
    g_assert_null(strstr(told, "CreationDate"));
}

/* -- PNG: pixels inside and outside the boxes -- */

typedef struct {
    const unsigned char *bytes;
    size_t n;
} Reader;

static cairo_status_t
read_bytes(void *closure, unsigned char *data, unsigned n_data)
{
    Reader *reader = closure;

    if (n_data > reader->n)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(data, reader->bytes, n_data);
    reader->bytes += n_data;
    reader->n -= n_data;
    return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *
picture_of(const GhDrawing *drawing, unsigned width)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) png = gh_drawing_png(drawing, width, &error);
    g_assert_no_error(error);

    Reader reader = {.bytes = g_bytes_get_data(png, NULL), .n = g_bytes_get_size(png)};
    cairo_surface_t *picture = cairo_image_surface_create_from_png_stream(read_bytes, &reader);
    g_assert_cmpint(cairo_surface_status(picture), ==, CAIRO_STATUS_SUCCESS);
    return picture;
}

/* The colour of the pixel at x, y of the drawing, ten pixels a unit. */
static GhColour
pixel_at(cairo_surface_t *picture, double x, double y)
{
    const unsigned char *row = cairo_image_surface_get_data(picture)
                               + (int)(y * 10) * cairo_image_surface_get_stride(picture);
    uint32_t pixel = 0;

    memcpy(&pixel, row + (int)(x * 10) * 4, sizeof(pixel));
    return pixel | 0xff000000;
}

static void
test_pixels(void)
{
    static const struct {
        const char *label;
        double x, y;
        GhColour want;
    } cases[] = {
        {"inside the rectangle's left top", 10.1, 10.1, GH_ACCENT},
        {"inside its right bottom", 39.8, 29.8, GH_ACCENT},
        {"left of it", 9.8, 20, GH_PAPER},
        {"below it", 20, 30.1, GH_PAPER},
        {"inside the circle's right", 89.7, 20, GH_DANGER},
        {"right of it", 90.2, 20, GH_PAPER},
        {"in the corner of its box", 71.5, 11.5, GH_PAPER},
        {"on the line", 20, 50, GH_INK},
        {"within half its width", 20, 50.9, GH_INK},
        {"beyond it", 20, 51.2, GH_PAPER},
        {"before its end", 10.1, 50, GH_INK},
        {"behind its end", 9.8, 50, GH_PAPER},
        {"in the gap of a dashed line", 16, 60, GH_PAPER},
        {"on a dash", 11, 60, GH_INK},
        {"in the sector", 70 + 15 * 0.7071, 70 - 15 * 0.7071, GH_ACCENT},
        {"in the sector's gap", 70.9, 55, GH_PAPER},
        {"beside the gap", 71.2, 55, GH_ACCENT},
        {"within the inner radius", 70 + 9.5 * 0.7071, 70 - 9.5 * 0.7071, GH_PAPER},
        {"beyond the outer radius", 70 + 20.3 * 0.7071, 70 - 20.3 * 0.7071, GH_PAPER},
        {"on a hatch's line", 27, 75, GH_SOFT_INK},
        {"on the next line", 24, 72, GH_SOFT_INK},
        {"between the lines", 25.5, 73.5, GH_WASH},
        {"outside the hatched shape", 39, 75, GH_PAPER},
        {"in the inner drawing", 81, 81, GH_DANGER},
        {"outside the inner drawing", 84.3, 81, GH_PAPER},
    };
    g_autoptr(GhDrawing) drawing = gh_drawing_new(100, 100, gh_lang_source(), "Shapes", "");
    GhDrawing *inner = gh_drawing_new(10, 10, gh_lang_source(), "Inner", "");

    gh_drawing_rect(drawing, 10, 10, 30, 20, &(GhPaint){.fill = GH_ACCENT});
    gh_drawing_circle(drawing, 80, 20, 10, &(GhPaint){.fill = GH_DANGER});
    gh_drawing_line(drawing, 10, 50, 40, 50, &(GhPaint){.stroke = GH_INK, .stroke_width = 2});
    gh_drawing_line(drawing, 10, 60, 40, 60,
                    &(GhPaint){.stroke = GH_INK, .stroke_width = 2, .dash = 4});
    gh_drawing_sector(
        drawing,
        &(GhSector){.x = 70, .y = 70, .inner = 10, .outer = 20, .start = 0, .end = 90, .gap = 2},
        &(GhPaint){.fill = GH_ACCENT});
    gh_drawing_rect(
        drawing, 20, 70, 15, 10,
        &(GhPaint){.fill = GH_WASH, .stroke = GH_SOFT_INK, .fill_style = GH_FILL_HATCHED});
    gh_drawing_rect(inner, 0, 0, 2, 2, &(GhPaint){.fill = GH_DANGER});
    gh_drawing_take_drawing(drawing, 80, 80, 2, inner);

    cairo_surface_t *picture = picture_of(drawing, 1000);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].label);
        g_assert_cmphex(pixel_at(picture, cases[i].x, cases[i].y), ==, cases[i].want);
    }
    cairo_surface_destroy(picture);
}

/* The box of what is not white, in units of the drawing. */
static void
box_of_ink(cairo_surface_t *picture, double box[4])
{
    box[0] = box[1] = G_MAXDOUBLE;
    box[2] = box[3] = -G_MAXDOUBLE;
    for (int y = 0; y < cairo_image_surface_get_height(picture); y++) {
        for (int x = 0; x < cairo_image_surface_get_width(picture); x++) {
            if ((pixel_at(picture, x / 10.0 + 0.05, y / 10.0 + 0.05) & 0xff) > 0x7f)
                continue;
            box[0] = MIN(box[0], x / 10.0);
            box[1] = MIN(box[1], y / 10.0);
            box[2] = MAX(box[2], (x + 1) / 10.0);
            box[3] = MAX(box[3], (y + 1) / 10.0);
        }
    }
}

/* H has a box that is known: its stems from 0.098 to 0.643 of the size, as high as 0.714 (table glyf). */
static void
test_pixels_of_text(void)
{
    static const struct {
        double rotation, box[4];
    } cases[] = {
        {0, {50 + 1.96, 50 - 14.28, 50 + 12.86, 50}},
        {90, {50, 50 + 1.96, 50 + 14.28, 50 + 12.86}},
        {-90, {50 - 14.28, 50 - 12.86, 50, 50 - 1.96}},
        {180, {50 - 12.86, 50, 50 - 1.96, 50 + 14.28}},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GhDrawing) drawing = gh_drawing_new(100, 100, gh_lang_source(), "Text", "");
        double box[4] = {0};
        gh_drawing_text(drawing, 50, 50, &(GhTextStyle){.size = 20, .rotation = cases[i].rotation},
                        "H");
        cairo_surface_t *picture = picture_of(drawing, 1000);
        box_of_ink(picture, box);
        g_test_message("rotated %g: %g %g %g %g", cases[i].rotation, box[0], box[1], box[2],
                       box[3]);
        for (int side = 0; side < 4; side++)
            g_assert_cmpfloat_with_epsilon(box[side], cases[i].box[side], 0.15);
        cairo_surface_destroy(picture);
    }
}

static void
test_sizes(void)
{
    static const struct {
        const char *label;
        double width, height;
        unsigned asked;
        const char *want; /* of the message; NULL: is drawn */
    } cases[] = {
        {"the largest", 100, 50, 4000, NULL},
        {"one pixel", 100, 1, 1, NULL},
        {"wider than the limit", 100, 50, 4001,
         "a picture 4001 pixels wide was asked for, expected 1 to 4000 pixels a side"},
        {"none", 100, 50, 0,
         "a picture 0 pixels wide was asked for, expected 1 to 4000 pixels a side"},
        {"higher than the limit", 100, 500, 1000,
         "a picture 1000 pixels wide would be 5000 high, expected 1 to 4000 pixels a side; ask for "
         "800 or fewer"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GhDrawing) drawing =
            gh_drawing_new(cases[i].width, cases[i].height, gh_lang_source(), "Size", "");
        g_autoptr(GError) error = NULL;
        g_autoptr(GBytes) png = gh_drawing_png(drawing, cases[i].asked, &error);
        g_test_message("%s", cases[i].label);
        if (cases[i].want == NULL) {
            g_assert_no_error(error);
            g_assert_nonnull(png);
        } else {
            g_assert_null(png);
            g_assert_error(error, GH_DRAW_ERROR, GH_DRAW_ERROR_SIZE);
            g_assert_cmpstr(error->message, ==, cases[i].want);
        }
    }
}

static void
test_failing_output(void)
{
    g_autoptr(GhDrawing) drawing =
        gh_drawing_new(1000, 1000, gh_lang_source(), "Broken", "No scale at all");
    GhDrawing *inner = gh_drawing_new(10, 10, gh_lang_source(), "Inner", "");
    g_autoptr(GError) error = NULL;

    /* A factor of 0 has no way back, which cairo refuses. */
    gh_drawing_rect(inner, 0, 0, 2, 2, &(GhPaint){.fill = GH_DANGER});
    gh_drawing_take_drawing(drawing, 80, 80, 0, inner);
    g_assert_null(gh_drawing_pdf(drawing, &error));
    g_assert_error(error, GH_DRAW_ERROR, GH_DRAW_ERROR_OUTPUT);
    g_clear_error(&error);
    g_assert_null(gh_drawing_png(drawing, 100, &error));
    g_assert_error(error, GH_DRAW_ERROR, GH_DRAW_ERROR_OUTPUT);
}

/* -- threads -- */

enum {
    N_THREADS = 4
};

typedef struct {
    GBytes *svg, *png, *pdf;
    double width;
} Outs;

/* All ways out of a drawing made in this thread. */
static void *
draw_all_ways(void *data)
{
    const GhLang *lang = data;
    g_autoptr(GhDrawing) drawing = draw_texts(lang);
    GString *svg = g_string_new(NULL);
    Outs *outs = g_new0(Outs, 1);

    for (size_t i = 0; i < G_N_ELEMENTS(TEXTS); i++)
        outs->width += gh_text_width(lang, 10, GH_WEIGHT_BOLD, TEXTS[i].text);
    gh_drawing_svg(drawing, GH_SVG_FILE, "test", svg);
    outs->svg = g_string_free_to_bytes(svg);
    outs->png = gh_drawing_png(drawing, 300, NULL);
    outs->pdf = gh_drawing_pdf(drawing, NULL);
    return outs;
}

static void
free_outs(Outs *outs)
{
    g_bytes_unref(outs->svg);
    g_bytes_unref(outs->png);
    g_bytes_unref(outs->pdf);
    g_free(outs);
}

static void
test_threads(void)
{
    const GhLang *lang = gh_draw_testing_lang("ar");
    GThread *threads[N_THREADS] = {NULL};
    Outs *here = draw_all_ways((void *)(uintptr_t)lang);

    g_assert_nonnull(here->png);
    g_assert_nonnull(here->pdf);
    for (size_t i = 0; i < N_THREADS; i++)
        threads[i] = g_thread_new("draw", draw_all_ways, (void *)(uintptr_t)lang);
    for (size_t i = 0; i < N_THREADS; i++) {
        Outs *there = g_thread_join(threads[i]);
        g_assert_true(g_bytes_equal(here->svg, there->svg));
        g_assert_true(g_bytes_equal(here->png, there->png));
        g_assert_true(g_bytes_equal(here->pdf, there->pdf));
        g_assert_cmpfloat(here->width, ==, there->width);
        free_outs(there);
    }
    free_outs(here);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ways out/texts of all scripts stand in PDF where SVG has them", test_texts);
    g_test_add_func("/ways out/so they do from right to left", test_texts_right_to_left);
    g_test_add_func("/ways out/rotated texts turn about their anchor", test_rotated_texts);
    g_test_add_func("/ways out/PDF embeds subsets of Noto only", test_fonts);
    g_test_add_func("/ways out/PDF links where it can be followed from anywhere", test_links);
    g_test_add_func("/ways out/PDF is one tagged page of the drawing's size", test_page);
    g_test_add_func("/ways out/pixels are inside where shapes are", test_pixels);
    g_test_add_func("/ways out/pixels of a text are where its letters are", test_pixels_of_text);
    g_test_add_func("/ways out/a picture has at most its limit a side", test_sizes);
    g_test_add_func("/ways out/what cairo cannot paint is an error", test_failing_output);
    g_test_add_func("/ways out/four threads draw the same bytes", test_threads);
    return g_test_run();
}
