/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* charts_testing.c - names of many scripts, and widths from a phone to a desk. */
#include "draw/charts/charts_testing.h"

#include <time.h>

#include "draw/draw_testing.h"
#include "draw/texts_testing.h"

/* The longest names of frameworks/u4ssc; the second row with accents and 40 % more, as the
 * pseudo-language en-XA has them. The others are what such names may look like. */
static const struct {
    const char *tag;
    const char *names[GH_CHARTS_TESTING_NAMES];
} LANGUAGES[] = {
    {"en",
     {"Integrated building management systems in public buildings",
      "Urban development and spatial planning: Integrated",
      "Inhabitants in informal or inadequate housing", "Air Pollution: PM10", "SMEs",
      "Households under an audited Water Safety Plan"}},
    {"en-XA",
     {"[Îñţéĝŕåţéð ƀûîļðîñĝ ɱåñåĝéɱéñţ šýšţéɱš îñ þûƀļîç ƀûîļðîñĝš one two three four five]",
      "[Ûŕƀåñ ðéṽéļöþɱéñţ åñð šþåţîåļ þļåññîñĝ: Îñţéĝŕåţéð one two three four]",
      "[Îñĥåƀîţåñţš îñ îñƒöŕɱåļ öŕ îñåðéǫûåţé ĥöûšîñĝ one two three]",
      "[Åîŕ Þöļļûţîöñ: ÞṀ10 one two]", "[ŠṀÉš one]",
      "[Ĥöûšéĥöļðš ûñðéŕ åñ åûðîţéð Ŵåţéŕ Šåƒéţý Þļåñ one two three]"}},
    {"ar",
     {"أنظمة الإدارة المتكاملة للمباني في المباني العامة",
      "التنمية الحضرية والتخطيط المكاني: متكامل", "السكان في المساكن غير الرسمية أو غير اللائقة",
      "تلوث الهواء: PM10", "الشركات الصغيرة", "الأسر المشمولة بخطة سلامة مياه خاضعة للتدقيق"}},
    {"ru",
     {"Интегрированные системы управления зданиями в общественных зданиях",
      "Градостроительство и территориальное планирование: комплексное",
      "Жители неофициального или неудовлетворительного жилья", "Загрязнение воздуха: PM10", "МСП",
      "Домохозяйства с проверенным планом безопасности водоснабжения"}},
    {"zh",
     {"公共建筑中的综合楼宇管理系统以及其他需要很长名称才能说明白的各种设施与服务",
      "城市发展与空间规划：一体化", "居住在非正规或条件不足住房中的居民", "空气污染：PM10",
      "中小企业", "纳入经审计的水安全计划的家庭"}},
};

static const double WIDTHS[] = {280, 340, 519, 520, 560, 720, 1120};

static const double COST_MAX = 0.005; /* seconds; our choice, as for the wheel */

const char *const *
gh_charts_testing_names(const char *tag)
{
    for (size_t i = 0; i < G_N_ELEMENTS(LANGUAGES); i++) {
        if (g_str_equal(LANGUAGES[i].tag, tag))
            return LANGUAGES[i].names;
    }
    g_error("no names of %s", tag);
}

void
gh_charts_testing_sweep(GhChartsTestingDraw draw)
{
    for (size_t i = 0; i < G_N_ELEMENTS(LANGUAGES); i++) {
        const GhLang *lang = gh_draw_testing_lang(LANGUAGES[i].tag);
        for (size_t k = 0; k < G_N_ELEMENTS(WIDTHS); k++) {
            g_autoptr(GhDrawing) drawing = draw(lang, LANGUAGES[i].names, WIDTHS[k]);
            g_test_message("%s, %g wide", LANGUAGES[i].tag, WIDTHS[k]);
            g_assert_cmpfloat(gh_drawing_width(drawing), ==, WIDTHS[k]);
            g_assert_cmpuint(gh_texts_assert_apart(drawing), >, 0);
        }
    }
}

static double
thread_seconds(void)
{
    struct timespec now = {0};

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

void
gh_charts_testing_cost(GhDrawing *(*draw)(void))
{
    static const int TRIES = 20;
    double best = 1;

    for (int i = 0; i < TRIES; i++) {
        double begin = thread_seconds();
        g_autoptr(GhDrawing) drawing = draw();
        g_autoptr(GString) svg = g_string_new(NULL);
        gh_drawing_svg(drawing, GH_SVG_INLINE, "cost", svg);
        best = MIN(best, thread_seconds() - begin);
        g_assert_cmpuint(svg->len, >, 0);
    }
    g_test_message("%.2f ms", best * 1000);
    if (g_test_perf())
        g_assert_cmpfloat(best, <, COST_MAX);
}

char *
gh_charts_testing_number(const GhLang *lang, double value, void *data)
{
    (void)data;
    return gh_lang_number(lang, value, 6);
}
