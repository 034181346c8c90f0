/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* How much room texts take, and where they are broken. */
#include "draw/text.h"

#include <pango/pango.h>

#include "draw/draw_testing.h"
#include "draw/font.h"

#define ACCESS "Household Internet access in informal settlements"
#define CHINESE                                                                                    \
    "\xE5\xAE\xB6\xE5\xBA\xAD\xE4\xBA\x92\xE8\x81\x94\xE7\xBD\x91\xE6\x8E\xA5\xE5\x85\xA5"
#define ELLIPSIS "\xE2\x80\xA6"

static const double SIZE = 12;

static double
width_of(const char *text)
{
    return gh_text_width(gh_lang_source(), SIZE, GH_WEIGHT_REGULAR, text);
}

static double
room_of(const char *text)
{
    return gh_text_room(gh_lang_source(), SIZE, GH_WEIGHT_REGULAR, text);
}

/* -- widths -- */

static void
test_width(void)
{
    /* Advances of the font's table hmtx, in 1/1000 of the size: A 639, zero 572. */
    g_assert_cmpfloat_with_epsilon(width_of("A"), 0.639 * SIZE, 0.001);
    g_assert_cmpfloat_with_epsilon(width_of("000"), 3 * 0.572 * SIZE, 0.001);
    g_assert_cmpfloat(width_of(""), ==, 0);
}

static void
test_width_by_size(void)
{
    double once = gh_text_width(gh_lang_source(), 7.5, GH_WEIGHT_REGULAR, ACCESS);
    double twice = gh_text_width(gh_lang_source(), 15, GH_WEIGHT_REGULAR, ACCESS);

    g_assert_cmpfloat_with_epsilon(twice, 2 * once, 1e-9);
}

/* Long ones are measured anew each time: 0.572 is the advance of the zero. */
static void
test_width_of_long(void)
{
    static const gsize lengths[] = {299, 300, 301, 5000};

    for (size_t i = 0; i < G_N_ELEMENTS(lengths); i++) {
        g_autofree char *zeros = g_strnfill(lengths[i], '0');
        for (int again = 0; again < 2; again++)
            g_assert_cmpfloat_with_epsilon(width_of(zeros), 0.572 * SIZE * (double)lengths[i],
                                           0.001 * (double)lengths[i]);
    }
}

static void
test_width_as_drawn(void)
{
    static const char *const all[] = {
        ACCESS, CHINESE, "\xD0\x92\xD0\xBE\xD0\xB4\xD0\xB0", /* Cyrillic */
        "\xD8\xA7\xD9\x84\xD8\xB1\xD9\x8A\xD8\xA7\xD8\xB6"   /* Arabic */
    };

    for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
        g_autoptr(PangoLayout) layout = gh_font_layout_new(gh_lang_source(), SIZE, GH_WEIGHT_BOLD);
        PangoRectangle logical = {0};
        pango_layout_set_text(layout, all[i], -1);
        pango_layout_get_extents(layout, NULL, &logical);
        g_assert_cmpfloat_with_epsilon(
            gh_text_width(gh_lang_source(), SIZE, GH_WEIGHT_BOLD, all[i]),
            (double)logical.width / PANGO_SCALE, 0.05);
    }
}

static void
test_room(void)
{
    g_assert_cmpfloat_with_epsilon(room_of(ACCESS), width_of(ACCESS) * 1.15, 1e-9);
}

static void
test_width_of_hostile(void)
{
    g_assert_cmpfloat(width_of("\xFF"), ==, width_of("\xEF\xBF\xBD"));
    g_assert_cmpfloat(width_of("a\nb"), ==, width_of("a b"));
}

/* The memory is emptied in between: what was known and what is new are measured alike. */
static void
test_many_widths(void)
{
    double first = width_of("Riyadh");

    for (int i = 0; i < 20000; i++) {
        char text[16];
        g_snprintf(text, sizeof(text), "%d", i % 10000);
        g_assert_cmpfloat(width_of(text), >, 0);
    }
    g_assert_cmpfloat(width_of("Riyadh"), ==, first);
}

static void
test_extents(void)
{
    static const char *const all[] = {
        "H\xC3\x89\xE1\xBA\xBE\xC7\xBAgjpq\xC3\xA7", /* Latin */
        "\xD0\x99\xD0\x81\xD1\x89\xD1\x80",          /* Cyrillic */
        "\xD8\xA3\xD8\xA5\xD8\xA2\xD8\xAC\xD8\xB9\xD9\x8A\xD9\x82 \xD9\x83\xD9\x84\xD8\xA7", /* Arabic */
        CHINESE "\xE5\x9C\x8B",
        "\xD7\xA2\xD7\x91\xD7\xA8\xD7\x99\xD7\xAA",                                 /* Hebrew */
        "\xE0\xB8\x81\xE0\xB8\xB5\xE0\xB9\x89\xE0\xB8\x9B\xE0\xB8\xB9\xE0\xB9\x88", /* Thai */
    };

    for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
        g_autoptr(PangoLayout) layout = gh_font_layout_new(gh_lang_source(), SIZE, GH_WEIGHT_BOLD);
        PangoRectangle ink = {0};
        g_test_message("text %zu", i);
        pango_layout_set_text(layout, all[i], -1);
        pango_layout_line_get_extents(pango_layout_get_line_readonly(layout, 0), &ink, NULL);
        g_assert_cmpfloat((double)-ink.y / PANGO_SCALE, <=, gh_text_ascent(SIZE));
        g_assert_cmpfloat((double)(ink.y + ink.height) / PANGO_SCALE, <=, gh_text_descent(SIZE));
    }
}

/* -- lines -- */

static void
test_lines(void)
{
    double room = room_of("Household Internet");
    g_auto(GStrv) lines = gh_text_lines(gh_lang_source(), SIZE, GH_WEIGHT_REGULAR, ACCESS, room, 4);

    g_assert_nonnull(lines);
    g_autofree char *joined = g_strjoinv("|", lines);
    g_assert_cmpstr(joined, ==, "Household Internet|access in informal|settlements");
}

static const struct {
    const char *label, *text;
    double room_share; /* of the whole text's */
    unsigned max_lines;
    const char *want; /* lines joined; NULL: none */
} cases[] = {
    {"what fits is one line", ACCESS, 1, 1, ACCESS},
    {"what does not fit in so many lines has none", ACCESS, 0.5, 2, NULL},
    {"a word is never cut", "Infrastructure", 0.9, 5, NULL},
    {"a word that is too long among others", "a Infrastructure a", 0.5, 5, NULL},
    {"a hyphen may end a line", "e-government services", 0.7, 2, "e-government|services"},
    {"blanks are no lines", "  a  ", 1, 1, "a"},
    {"nothing is one empty line", "", 1, 1, ""},
    {"lines of the text are none of ours", "a\nb", 1, 1, "a b"},
    {"Chinese is broken between characters", CHINESE, 0.5, 3,
     "\xE5\xAE\xB6\xE5\xBA\xAD\xE4\xBA\x92|\xE8\x81\x94\xE7\xBD\x91\xE6\x8E\xA5|\xE5\x85\xA5"},
    {"no line may be asked for", "a", 1, 0, NULL},
};

static void
test_line_cases(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        double room = room_of(cases[i].text) * cases[i].room_share;
        g_auto(GStrv) lines = gh_text_lines(gh_lang_source(), SIZE, GH_WEIGHT_REGULAR,
                                            cases[i].text, room, cases[i].max_lines);
        g_autofree char *got = lines == NULL ? NULL : g_strjoinv("|", lines);
        g_test_message("%s", cases[i].label);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
}

static const struct {
    const char *label, *text, *room_of; /* the room of this text */
    unsigned max_lines;
    const char *want;
} cuts[] = {
    {"what fits is not cut", ACCESS, ACCESS, 1, ACCESS},
    {"what fits in lines is not cut", "Household Internet", "Household", 2, "Household|Internet"},
    {"one line", ACCESS, "Household In" ELLIPSIS, 1, "Household In" ELLIPSIS},
    {"no blank before the ellipsis", ACCESS, "Household " ELLIPSIS, 1, "Household" ELLIPSIS},
    {"the last of two lines", ACCESS, "Household Internet", 2,
     "Household Internet|access in informa" ELLIPSIS},
    {"a word that is too long ends it", "a Infrastructure b", "Infra" ELLIPSIS, 3,
     "a|Infra" ELLIPSIS},
    {"a letter keeps its mark",
     "eee\xCC\x81"
     "eeee",
     "eee" ELLIPSIS, 1, "eee\xCC\x81" ELLIPSIS},
    {"no room for anything", ACCESS, "", 3, ELLIPSIS},
    {"Chinese", CHINESE, "\xE5\xAE\xB6\xE5\xBA\xAD" ELLIPSIS, 1,
     "\xE5\xAE\xB6\xE5\xBA\xAD" ELLIPSIS},
};

static void
test_cuts(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(cuts); i++) {
        g_auto(GStrv) lines =
            gh_text_lines_cut(gh_lang_source(), SIZE, GH_WEIGHT_REGULAR, cuts[i].text,
                              room_of(cuts[i].room_of), cuts[i].max_lines);
        g_autofree char *got = g_strjoinv("|", lines);
        g_test_message("%s", cuts[i].label);
        g_assert_cmpstr(got, ==, cuts[i].want);
    }
}

/* -- fonts -- */

static void
test_faces(void)
{
    static const struct {
        const char *tag, *face;
    } faces[] = {
        {"en", "Noto Sans CJK SC"},      {"ar", "Noto Sans CJK SC"},
        {"zh", "Noto Sans CJK SC"},      {"zh-CN", "Noto Sans CJK SC"},
        {"zh-Hans", "Noto Sans CJK SC"}, {"zh-Hant", "Noto Sans CJK TC"},
        {"zh-TW", "Noto Sans CJK TC"},   {"zh-HK", "Noto Sans CJK HK"},
        {"ja", "Noto Sans CJK JP"},      {"ko-KR", "Noto Sans CJK KR"},
        {"kok", "Noto Sans CJK SC"}, /* Konkani is not Korean */
    };

    for (size_t i = 0; i < G_N_ELEMENTS(faces); i++) {
        const GhLang *lang = gh_draw_testing_lang(faces[i].tag);
        g_autoptr(PangoLayout) layout = gh_font_layout_new(lang, SIZE, GH_WEIGHT_REGULAR);
        PangoFontDescription *found = NULL;
        pango_layout_set_text(layout, CHINESE, -1);
        const PangoGlyphItem *run = pango_layout_get_line_readonly(layout, 0)->runs->data;
        found = pango_font_describe(run->item->analysis.font);
        g_test_message("%s", faces[i].tag);
        g_assert_cmpstr(pango_font_description_get_family(found), ==, faces[i].face);
        pango_font_description_free(found);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text/a width is the sum of the font's advances", test_width);
    g_test_add_func("/text/a width grows with the size", test_width_by_size);
    g_test_add_func("/text/a long text has the same width again", test_width_of_long);
    g_test_add_func("/text/a width is that of the text as it is drawn", test_width_as_drawn);
    g_test_add_func("/text/room is the width and 15 percent", test_room);
    g_test_add_func("/text/a text is measured as it will be drawn", test_width_of_hostile);
    g_test_add_func("/text/widths stay the same when many are measured", test_many_widths);
    g_test_add_func("/text/letters of every script keep between ascent and descent", test_extents);
    g_test_add_func("/text/lines are as long as they may be", test_lines);
    g_test_add_func("/text/lines end where the language allows", test_line_cases);
    g_test_add_func("/text/what does not fit ends in an ellipsis", test_cuts);
    g_test_add_func("/text/the language chooses the face of Chinese characters", test_faces);
    return g_test_run();
}
