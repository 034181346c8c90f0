/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Who hears how far the work is. */

#include "base/progress.h"

typedef struct {
    double share;
    const char *step;
    bool answer;
} Heard;

static bool
listen(const char *step, double share, void *data)
{
    Heard *heard = data;

    heard->step = step;
    heard->share = share;
    return heard->answer;
}

static void
test_nobody(void)
{
    GhProgress nobody = {.func = NULL};

    g_assert_true(gh_progress_report(NULL, "reading", 0.5));
    g_assert_true(gh_progress_report(&nobody, "reading", 0.5));
}

static void
test_listener(void)
{
    Heard heard = {.answer = true};
    GhProgress progress = {.func = listen, .data = &heard};

    g_assert_true(gh_progress_report(&progress, "reading", 0.25));
    g_assert_cmpfloat(heard.share, ==, 0.25);
    g_assert_cmpstr(heard.step, ==, "reading");
    g_assert_true(gh_progress_report(&progress, "reading", 1.5));
    g_assert_cmpfloat(heard.share, ==, 1.0);
    heard.answer = false;
    g_assert_false(gh_progress_report(&progress, "writing", -1));
    g_assert_cmpfloat(heard.share, ==, 0.0);
}

static void
test_short_work(void)
{
    if (g_test_subprocess()) {
        g_autoptr(GhProgressBar) bar = gh_progress_bar_new("import", gh_lang_source());
        GhProgress progress = gh_progress_bar_progress(bar);
        for (int i = 0; i <= 100; i++)
            gh_progress_report(&progress, "reading", i / 100.0);
        return;
    }
    g_test_trap_subprocess(NULL, 0, 0);
    g_test_trap_assert_passed();
    g_test_trap_assert_stderr("");
}

static void
test_long_work(void)
{
    if (g_test_subprocess()) {
        g_autoptr(GhProgressBar) bar = gh_progress_bar_new("import", gh_lang_source());
        GhProgress progress = gh_progress_bar_progress(bar);
        gh_progress_report(&progress, "reading", 0.0);
        g_usleep(550000);
        gh_progress_report(&progress, "reading", 0.5);
        gh_progress_report(&progress, "reading", 0.6);
        gh_progress_report(&progress, "writing", 0.9);
        return;
    }
    g_test_trap_subprocess(NULL, 0, 0);
    g_test_trap_assert_passed();
    g_test_trap_assert_stderr("import: reading\nimport: writing\n");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/progress/work without a listener goes on", test_nobody);
    g_test_add_func("/progress/a listener hears a share of 0 to 1 and may stop the work",
                    test_listener);
    g_test_add_func("/progress/work shorter than half a second says nothing", test_short_work);
    g_test_add_func("/progress/outside a terminal each new step is one line", test_long_work);
    return g_test_run();
}
