/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* wheel_test.c - wheels and legends of invented segments: geometry, names, texts, and golden pictures. */
#include <math.h>
#include <string.h>

#include "draw/charts/charts.h"
#include "draw/draw_testing.h"
#include "draw/golden_testing.h"
#include "draw/texts_testing.h"

#define LEAF(text, shown_, step_)                                                                  \
    {                                                                                              \
        .label = text, .name = text ", spoken", .link = "/" text, .shown = shown_, .step = step_   \
    }
#define BAND(text, step_) LEAF(text, GH_SHOWN_BAND, step_)

/* -- a small wheel in which everything occurs -- */

static const GhWheelSegment WALKING[] = {
    BAND("Pavements", 1),
    BAND("Crossings", 2),
    BAND("Trees", 3),
    BAND("Benches", 4),
};
static const GhWheelSegment CYCLING[] = {
    LEAF("Lanes", GH_SHOWN_NO_DATA, 0),
    LEAF("Stands", GH_SHOWN_NO_TARGET, 0),
};
static const GhWheelSegment WATER[] = {
    BAND("Losses", 3),
    LEAF("Meters", GH_SHOWN_NO_DATA, 0),
};
static const GhWheelSegment STREETS[] = {
    {.label = "Walking",
     .name = "Walking, spoken",
     .link = "/Walking",
     .shown = GH_SHOWN_BAND,
     .step = 2,
     .segments = WALKING,
     .n_segments = G_N_ELEMENTS(WALKING)},
    {.label = "Cycling",
     .name = "Cycling, spoken",
     .shown = GH_SHOWN_NO_TARGET,
     .segments = CYCLING,
     .n_segments = G_N_ELEMENTS(CYCLING)},
};
static const GhWheelSegment PIPES[] = {
    {.label = "Water",
     .name = "Water, spoken",
     .link = "/Water",
     .shown = GH_SHOWN_BAND,
     .step = 3,
     .segments = WATER,
     .n_segments = G_N_ELEMENTS(WATER)},
};
static const GhWheelSegment TOPS[] = {
    {.label = "Streets",
     .name = "Streets, spoken",
     .link = "/Streets",
     .shown = GH_SHOWN_BAND,
     .step = 2,
     .segments = STREETS,
     .n_segments = G_N_ELEMENTS(STREETS)},
    {.label = "Pipes",
     .name = "Pipes, spoken",
     .link = "/Pipes",
     .shown = GH_SHOWN_BAND,
     .step = 4,
     .segments = PIPES,
     .n_segments = G_N_ELEMENTS(PIPES)},
};

static GhWheel
small_wheel(const GhLang *lang)
{
    return (GhWheel){
        .lang = lang,
        .title = "Wheel of Fictional Town",
        .description = "An invented wheel.",
        .centre = "Fictional Town",
        .centre_below = "2025",
        .segments = TOPS,
        .n_segments = G_N_ELEMENTS(TOPS),
        .n_rings = 3,
        .leaf_labels = true,
    };
}

/* -- what can be pointed at -- */

static void
test_parts(void)
{
    /* Group by group, as in a list. */
    static const struct {
        const char *name, *link;
    } want[] = {
        {"Streets, spoken", "/Streets"},     {"Walking, spoken", "/Walking"},
        {"Pavements, spoken", "/Pavements"}, {"Crossings, spoken", "/Crossings"},
        {"Trees, spoken", "/Trees"},         {"Benches, spoken", "/Benches"},
        {"Cycling, spoken", NULL},           {"Lanes, spoken", "/Lanes"},
        {"Stands, spoken", "/Stands"},       {"Pipes, spoken", "/Pipes"},
        {"Water, spoken", "/Water"},         {"Losses, spoken", "/Losses"},
        {"Meters, spoken", "/Meters"},
    };
    const GhWheel wheel = small_wheel(gh_lang_source());
    g_autoptr(GhDrawing) drawing = gh_chart_wheel(&wheel);
    g_autoptr(GPtrArray) elements = gh_draw_testing_svg(drawing, GH_SVG_INLINE);
    size_t n = 0;

    for (guint i = 0; i < elements->len; i++) {
        const GhSvgElement *element = elements->pdata[i];
        const char *name = gh_draw_testing_own(element, "aria-label");
        if (name == NULL)
            continue;
        g_assert_cmpuint(n, <, G_N_ELEMENTS(want));
        g_assert_cmpstr(name, ==, want[n].name);
        g_assert_cmpstr(gh_draw_testing_own(element, "href"), ==, want[n].link);
        if (want[n].link == NULL)
            g_assert_cmpstr(gh_draw_testing_own(element, "tabindex"), ==, "0");
        n++;
    }
    g_assert_cmpuint(n, ==, G_N_ELEMENTS(want));
}

/* -- geometry -- */

/* Left, top, width, height. */
typedef struct {
    double sides[4];
} Box;

/* The boxes of what was painted with paths: sectors, and parts of marks. */
static GArray *
path_boxes(const GhDrawing *drawing)
{
    g_autoptr(GString) dump = g_string_new(NULL);
    GArray *boxes = g_array_new(FALSE, FALSE, sizeof(Box));

    gh_drawing_dump(drawing, dump);
    g_auto(GStrv) lines = g_strsplit(dump->str, "\n", -1);
    for (size_t i = 0; lines[i] != NULL; i++) {
        if (!g_str_has_prefix(lines[i], "path "))
            continue;
        g_auto(GStrv) words = g_strsplit(lines[i], " ", -1);
        Box box = {0};
        for (size_t k = 0; k < 4; k++)
            box.sides[k] = g_ascii_strtod(words[k + 1], NULL);
        g_array_append_val(boxes, box);
    }
    return boxes;
}

static GhDrawing *
ring(const GhLang *lang, const GhWheelSegment *segments, size_t n_segments, unsigned n_rings)
{
    const GhWheel wheel = {
        .lang = lang,
        .title = "Ring",
        .description = "",
        .centre = "X",
        .centre_below = "",
        .segments = segments,
        .n_segments = n_segments,
        .n_rings = n_rings,
        .size = 720,
    };
    return gh_chart_wheel(&wheel);
}

/* No mark is a path where nothing has data. */
static const GhWheelSegment BLANK[] = {
    LEAF("a", GH_SHOWN_NO_DATA, 0),
    LEAF("b", GH_SHOWN_NO_DATA, 0),
    LEAF("c", GH_SHOWN_NO_DATA, 0),
};
static const GhWheelSegment ONE_AND_THREE[] = {
    {.label = "One", .name = "One", .shown = GH_SHOWN_NO_DATA, .segments = BLANK, .n_segments = 1},
    {.label = "Three",
     .name = "Three",
     .shown = GH_SHOWN_NO_DATA,
     .segments = BLANK,
     .n_segments = 3},
};

static void
assert_box(const GArray *boxes, guint index, double left, double top, double width, double height)
{
    static const double TOLERANCE = 0.02; /* of rounding */
    const double want[] = {left, top, width, height};

    g_assert_cmpuint(index, <, boxes->len);
    for (size_t i = 0; i < 4; i++)
        g_assert_cmpfloat_with_epsilon(g_array_index(boxes, Box, index).sides[i], want[i],
                                       TOLERANCE);
}

/* Four leaves: each a quarter. The outer radius is 360 less a margin of 2 and half a gap of 1. */
static void
test_angles(void)
{
    static const double R = 357, GAP = 1, MIDDLE = 360;
    g_autoptr(GhDrawing) drawing =
        ring(gh_lang_source(), ONE_AND_THREE, G_N_ELEMENTS(ONE_AND_THREE), 2);
    g_autoptr(GArray) boxes = path_boxes(drawing);

    g_assert_cmpuint(boxes->len, ==, 6);
    /* The leaf of the first group: from twelve to three o'clock. The arc begins a gap beside it. */
    double reach = sqrt(R * R - GAP * GAP);
    assert_box(boxes, 1, MIDDLE + GAP, MIDDLE - reach, reach - GAP, reach - GAP);
    /* The three of the second: clockwise on. */
    assert_box(boxes, 3, MIDDLE + GAP, MIDDLE + GAP, reach - GAP, reach - GAP);
    assert_box(boxes, 4, MIDDLE - reach, MIDDLE + GAP, reach - GAP, reach - GAP);
    assert_box(boxes, 5, MIDDLE - reach, MIDDLE - reach, reach - GAP, reach - GAP);
    /* The group around them: three quarters, within the leaves' ring. */
    const double *three = g_array_index(boxes, Box, 2).sides;
    g_assert_cmpfloat(three[2], <, 2 * R - 100);
    g_assert_cmpfloat_with_epsilon(three[2], three[3], 0.02);
}

static void
test_right_to_left(void)
{
    g_autoptr(GhDrawing) drawing =
        ring(gh_draw_testing_lang("ar"), ONE_AND_THREE, G_N_ELEMENTS(ONE_AND_THREE), 2);
    g_autoptr(GArray) boxes = path_boxes(drawing);
    double reach = sqrt(357 * 357 - 1);

    assert_box(boxes, 1, 360 - reach, 360 - reach, reach - 1, reach - 1);
}

static void
test_single(void)
{
    g_autoptr(GhDrawing) drawing = ring(gh_lang_source(), BLANK, 1, 1);
    g_autoptr(GArray) boxes = path_boxes(drawing);

    g_assert_cmpuint(boxes->len, ==, 1);
    assert_box(boxes, 0, 3, 3, 714, 714);
}

static void
test_nothing(void)
{
    g_autoptr(GhDrawing) drawing = ring(gh_lang_source(), NULL, 0, 3);
    g_autoptr(GArray) boxes = path_boxes(drawing);

    g_assert_cmpuint(boxes->len, ==, 0);
    g_assert_cmpuint(gh_texts_assert_apart(drawing), ==, 1);
}

/* Far more than anyone has: gaps shrink, every segment is there, and no text is forced in. */
static void
test_many(void)
{
    enum {
        N = 3000
    };
    g_autofree GhWheelSegment *leaves = g_new0(GhWheelSegment, N);
    for (size_t i = 0; i < N; i++)
        leaves[i] = (GhWheelSegment)BAND("Leaf", 4);
    GhWheel wheel = small_wheel(gh_lang_source());
    wheel.segments = leaves;
    wheel.n_segments = N;
    wheel.n_rings = 1;
    g_autoptr(GhDrawing) drawing = gh_chart_wheel(&wheel);
    g_autoptr(GArray) boxes = path_boxes(drawing);

    g_assert_cmpuint(boxes->len, ==, N);
    g_assert_cmpuint(gh_texts_assert_apart(drawing), ==, 3); /* the centre's two lines and year */
}

/* -- what a segment shows -- */

typedef struct {
    guint circles, paths, lines;
    bool hatched;
} Shapes;

static Shapes
shapes_of(const GhWheelSegment *leaf)
{
    g_autoptr(GhDrawing) drawing = ring(gh_lang_source(), leaf, 1, 1);
    g_autoptr(GPtrArray) elements = gh_draw_testing_svg(drawing, GH_SVG_INLINE);
    Shapes shapes = {.circles = gh_draw_testing_count(elements, "circle"),
                     .lines = gh_draw_testing_count(elements, "line")};

    for (guint i = 0; i < elements->len; i++) {
        const GhSvgElement *element = elements->pdata[i];
        const char *fill = gh_draw_testing_own(element, "fill");
        bool in_pattern = element->parent != NULL && strcmp(element->parent->name, "pattern") == 0;
        if (strcmp(element->name, "path") == 0 && !in_pattern)
            shapes.paths++;
        if (fill != NULL && g_str_has_prefix(fill, "url("))
            shapes.hatched = true;
    }
    return shapes;
}

static void
test_shown(void)
{
    static const struct {
        const char *label;
        GhWheelSegment leaf;
        Shapes want;
    } cases[] = {
        {"far from target: an open ring", BAND("a", 1), {.circles = 1, .paths = 1}},
        {"on the way: a quarter", BAND("a", 2), {.circles = 1, .paths = 2}},
        {"near target: half", BAND("a", 3), {.circles = 1, .paths = 2}},
        {"on target: a full disc", BAND("a", 4), {.circles = 1, .paths = 1}},
        {"no data: hatched, no mark",
         LEAF("a", GH_SHOWN_NO_DATA, 0),
         {.paths = 1, .hatched = true}},
        {"no target: a dash", LEAF("a", GH_SHOWN_NO_TARGET, 0), {.paths = 1, .lines = 1}},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        Shapes got = shapes_of(&cases[i].leaf);
        g_test_message("%s", cases[i].label);
        g_assert_cmpuint(got.circles, ==, cases[i].want.circles);
        g_assert_cmpuint(got.paths, ==, cases[i].want.paths);
        g_assert_cmpuint(got.lines, ==, cases[i].want.lines);
        g_assert_cmpint(got.hatched, ==, cases[i].want.hatched);
    }
}

/* -- texts -- */

enum {
    N_TOPS = 3,
    N_GROUPS = 8,
    N_LEAVES = 5,
    N_SCRIPTS = 5,
};

/* The longest names of U4SSC in English, once more 40 % longer, and names of that kind elsewhere. */
static const struct {
    const char *tag;
    const char *centre;
    const char *labels[5];
} SCRIPTS[N_SCRIPTS] = {
    {"en",
     "Krimpen aan den IJssel",
     {"Integrated Building Management Systems in Public Buildings",
      "Drainage / Storm Water System ICT Monitoring", "Environmental Quality", "Waste", "O3"}},
    {"en-XA",
     "[\u00c9xample T\u00f6wn \u00b7\u00b7\u00b7\u00b7\u00b7]",
     {"[\u00ce\u00f1ţ\u00e9ĝŕ\u00e0ţ\u00e9ð ƀû\u00eeļð\u00eeñĝ ṁàñàĝéṁéñţ šýšţéṁš îñ þûƀļîç "
      "ƀûîļðîñĝš "
      "\u00b7\u00b7\u00b7\u00b7\u00b7\u00b7\u00b7 \u00b7\u00b7\u00b7\u00b7\u00b7\u00b7\u00b7 "
      "\u00b7\u00b7\u00b7\u00b7\u00b7\u00b7\u00b7]",
      "[Þûƀļîç Šþàçé àñð Ñàţûŕé \u00b7\u00b7\u00b7\u00b7\u00b7\u00b7\u00b7 \u00b7\u00b7]",
      "[Šöçîéţý àñð Çûļţûŕé \u00b7\u00b7\u00b7\u00b7\u00b7\u00b7\u00b7]", "[Ŵàšţé \u00b7\u00b7]",
      "[Ö3 \u00b7]"}},
    {"ru",
     "Санкт-Петербург",
     {"Домохозяйства, имеющие доступ к интернету", "Качество окружающей среды",
      "Водоснабжение и водоотведение", "Транспорт", "Шум"}},
    {"ar",
     "الرياض",
     {"إمكانية وصول الأسر إلى شبكة الإنترنت", "جودة البيئة والموارد الطبيعية",
      "المياه والصرف الصحي", "النقل", "الهواء"}},
    {"zh-Hans",
     "北京市",
     {"公共建筑综合楼宇管理系统覆盖率与监测情况说明", "供水与卫生设施信息通信技术监测", "环境质量",
      "交通", "水"}},
};

/* Groups of 1 to 8 leaves with labels in turn, so that every length meets every room. */
static GhWheelSegment *
make_segments(const char *const *labels, GPtrArray *memory)
{
    GhWheelSegment *tops = g_new0(GhWheelSegment, N_TOPS);
    size_t turn = 0;

    g_ptr_array_add(memory, tops);
    for (size_t t = 0; t < N_TOPS; t++) {
        GhWheelSegment *groups = g_new0(GhWheelSegment, N_GROUPS);
        g_ptr_array_add(memory, groups);
        tops[t] = (GhWheelSegment){
            .label = labels[1 + t],
            .name = "top",
            .shown = GH_SHOWN_BAND,
            .step = 1 + (int)t,
            .segments = groups,
            .n_segments = N_GROUPS,
        };
        for (size_t g = 0; g < N_GROUPS; g++) {
            GhWheelSegment *leaves = g_new0(GhWheelSegment, g + 1);
            g_ptr_array_add(memory, leaves);
            groups[g] = (GhWheelSegment){
                .label = labels[turn++ % N_LEAVES],
                .name = "group",
                .shown = g % 2 == 0 ? GH_SHOWN_BAND : GH_SHOWN_NO_DATA,
                .step = 1 + (int)(g % 4),
                .segments = leaves,
                .n_segments = g + 1,
            };
            for (size_t i = 0; i <= g; i++) {
                const char *label = labels[turn++ % N_LEAVES];
                leaves[i] = (GhWheelSegment){
                    .label = label,
                    .name = "leaf",
                    .shown = (GhShown)(turn % 3),
                    .step = 1 + (int)(turn % 4),
                };
            }
        }
    }
    return tops;
}

static GhDrawing *
draw_script(size_t script, unsigned n_rings, double size, bool leaf_labels)
{
    g_autoptr(GPtrArray) memory = g_ptr_array_new_with_free_func(g_free);
    GhWheel wheel = small_wheel(gh_draw_testing_lang(SCRIPTS[script].tag));

    wheel.centre = SCRIPTS[script].centre;
    wheel.segments = make_segments(SCRIPTS[script].labels, memory);
    wheel.n_segments = N_TOPS;
    wheel.n_rings = n_rings;
    wheel.size = size;
    wheel.leaf_labels = leaf_labels;
    return gh_chart_wheel(&wheel);
}

static void
test_texts_apart(void)
{
    static const double sizes[] = {240, 560, 720, 1200};

    for (size_t script = 0; script < N_SCRIPTS; script++) {
        for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
            g_test_message("%s, size %.0f", SCRIPTS[script].tag, sizes[i]);
            g_autoptr(GhDrawing) with = draw_script(script, 3, sizes[i], true);
            g_autoptr(GhDrawing) without = draw_script(script, 3, sizes[i], false);
            size_t n_with = gh_texts_assert_apart(with);
            size_t n_without = gh_texts_assert_apart(without);
            /* Of 108 leaves most are named; without their names only groups and the centre are. */
            g_assert_cmpuint(n_with, >, 80);
            g_assert_cmpuint(n_without, <, 80);
            g_assert_cmpuint(n_without, >, 10);
        }
    }
}

static void
test_short_labels(void)
{
    static const GhWheelSegment leaf = {
        .label = "A name that is far too long for the ring however small the letters are made",
        .short_label = "Short",
        .name = "x",
        .shown = GH_SHOWN_NO_TARGET,
    };
    GhWheelSegment leaves[112] = {0};
    for (size_t i = 0; i < G_N_ELEMENTS(leaves); i++)
        leaves[i] = leaf;
    GhWheel wheel = small_wheel(gh_lang_source());
    wheel.segments = leaves;
    wheel.n_segments = G_N_ELEMENTS(leaves);
    wheel.n_rings = 1;
    g_autoptr(GhDrawing) drawing = gh_chart_wheel(&wheel);
    g_autoptr(GString) dump = g_string_new(NULL);

    gh_drawing_dump(drawing, dump);
    g_assert_nonnull(strstr(dump->str, " Short\n"));
    g_assert_null(strstr(dump->str, "far too long"));
}

/* -- pictures -- */

static void
test_golden_wheels(void)
{
    const GhWheel wheel = small_wheel(gh_lang_source());
    GhWheel mirrored = small_wheel(gh_draw_testing_lang("ar"));
    g_autoptr(GhDrawing) drawing = gh_chart_wheel(&wheel);

    gh_golden_assert_drawing("wheel", drawing, 800);
    mirrored.leaf_labels = false;
    g_autoptr(GhDrawing) without = gh_chart_wheel(&mirrored);
    gh_golden_assert_drawing("wheel-right-to-left", without, 400);
    g_autoptr(GhDrawing) full = draw_script(0, 3, 720, true);
    gh_golden_assert_drawing("wheel-full", full, 640);
}

/* -- the legend -- */

static const GhLegendEntry LEGEND[] = {
    {.label = "far from target", .below = "0\u201333 %", .shown = GH_SHOWN_BAND, .step = 1},
    {.label = "on the way", .below = "33\u201366 %", .shown = GH_SHOWN_BAND, .step = 2},
    {.label = "near target", .below = "66\u201395 %", .shown = GH_SHOWN_BAND, .step = 3},
    {.label = "on target", .below = "95+ %", .shown = GH_SHOWN_BAND, .step = 4},
    {.label = "no data", .below = "", .shown = GH_SHOWN_NO_DATA},
    {.label = "no target", .below = "", .shown = GH_SHOWN_NO_TARGET},
};

static void
test_legend(void)
{
    static const struct {
        double width;
        unsigned n_columns;
    } cases[] = {{1100, 6}, {700, 4}, {360, 2}, {150, 1}};
    double height = 0;

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GhDrawing) drawing = gh_chart_legend(gh_lang_source(), "Legend", LEGEND,
                                                       G_N_ELEMENTS(LEGEND), cases[i].width);
        g_autoptr(GPtrArray) elements = gh_draw_testing_svg(drawing, GH_SVG_INLINE);
        g_autoptr(GHashTable) columns =
            g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

        g_test_message("width %.0f", cases[i].width);
        g_assert_cmpfloat(gh_drawing_width(drawing), ==, cases[i].width);
        g_assert_cmpfloat(gh_drawing_height(drawing), >=, height);
        height = gh_drawing_height(drawing);
        gh_texts_assert_apart(drawing);
        for (guint k = 0; k < elements->len; k++) {
            const GhSvgElement *element = elements->pdata[k];
            const char *x = gh_draw_testing_own(element, "x");
            bool in_pattern =
                element->parent != NULL && strcmp(element->parent->name, "pattern") == 0;
            if (strcmp(element->name, "rect") == 0 && !in_pattern && x != NULL)
                g_hash_table_add(columns, g_strdup(x));
        }
        g_assert_cmpuint(g_hash_table_size(columns), ==, cases[i].n_columns);
    }
}

static void
test_golden_legends(void)
{
    g_autoptr(GhDrawing) wide =
        gh_chart_legend(gh_lang_source(), "Legend", LEGEND, G_N_ELEMENTS(LEGEND), 700);
    g_autoptr(GhDrawing) narrow =
        gh_chart_legend(gh_draw_testing_lang("ar"), "Legend", LEGEND, G_N_ELEMENTS(LEGEND), 360);

    gh_golden_assert_drawing("legend", wide, 700);
    gh_golden_assert_drawing("legend-right-to-left", narrow, 360);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/wheel/every segment is named and linked, group by group", test_parts);
    g_test_add_func("/wheel/angles are shared out by the number of leaves", test_angles);
    g_test_add_func("/wheel/runs anticlockwise where one reads from right to left",
                    test_right_to_left);
    g_test_add_func("/wheel/a single segment is a full ring", test_single);
    g_test_add_func("/wheel/without segments there is only the centre", test_nothing);
    g_test_add_func("/wheel/three thousand segments are all drawn", test_many);
    g_test_add_func("/wheel/bands have marks, no data is hatched, no target has a dash",
                    test_shown);
    g_test_add_func("/wheel/texts keep apart in every script and size", test_texts_apart);
    g_test_add_func("/wheel/a label that does not fit is replaced by the short one",
                    test_short_labels);
    g_test_add_func("/wheel/looks as before", test_golden_wheels);
    g_test_add_func("/legend/breaks into rows where it is narrow", test_legend);
    g_test_add_func("/legend/looks as before", test_golden_legends);
    return g_test_run();
}
