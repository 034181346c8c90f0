/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* spread_strip_test.c - where the value stands on the strip, from the places in its SVG. */
#include <math.h>
#include <string.h>

#include "draw/charts/charts.h"

static char *
draw(const GhSpreadStrip *strip)
{
    g_autoptr(GhDrawing) drawing = gh_chart_spread_strip(strip);
    g_autoptr(GString) svg = g_string_new(NULL);

    gh_drawing_svg(drawing, GH_SVG_INLINE, "strip", svg);
    return g_string_free(g_steal_pointer(&svg), FALSE);
}

/* The strip is 120 wide with 6 left free at both ends: 0 is at 6, 100 at 114, 25 at 33. */
static void
test_places(void)
{
    static const struct {
        const char *label;
        double value, max;
        const char *has; /* NULL: no dot */
    } cases[] = {
        {"in the middle of the range", 50, 100, "cx=\"60\""},
        {"at its beginning", 0, 100, "cx=\"6\""},
        {"beyond the highest, the range makes room", 200, 100, "cx=\"114\""},
        {"no value, no dot", NAN, 100, NULL},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *svg = draw(&(GhSpreadStrip){.lang = gh_lang_source(),
                                                     .title = "A figure",
                                                     .description = "better than half",
                                                     .min = 0,
                                                     .lower = 25,
                                                     .median = 50,
                                                     .upper = 75,
                                                     .max = cases[i].max,
                                                     .value = cases[i].value,
                                                     .step = 2});
        g_test_message("%s: %s", cases[i].label, svg);
        g_assert_nonnull(strstr(svg, "<title"));
        g_assert_nonnull(strstr(svg, "<rect"));
        if (cases[i].has != NULL)
            g_assert_nonnull(strstr(svg, cases[i].has));
        else
            g_assert_null(strstr(svg, "<circle"));
    }
}

static void
test_equal_and_none(void)
{
    g_autofree char *equal = draw(&(GhSpreadStrip){.lang = gh_lang_source(),
                                                   .title = "A figure",
                                                   .description = "",
                                                   .min = 7,
                                                   .lower = 7,
                                                   .median = 7,
                                                   .upper = 7,
                                                   .max = 7,
                                                   .value = 7});
    g_autofree char *alone = draw(&(GhSpreadStrip){.lang = gh_lang_source(),
                                                   .title = "A figure",
                                                   .description = "",
                                                   .min = NAN,
                                                   .lower = NAN,
                                                   .median = NAN,
                                                   .upper = NAN,
                                                   .max = NAN,
                                                   .value = 7});

    g_assert_nonnull(strstr(equal, "cx=\"60\""));
    g_assert_nonnull(strstr(alone, "cx=\"60\""));
    g_assert_null(strstr(alone, "<rect"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/strip/the dot stands at its value, and the range makes room for it",
                    test_places);
    g_test_add_func("/strip/equal values and none at all are drawn in the middle",
                    test_equal_and_none);
    return g_test_run();
}
