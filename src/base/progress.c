/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* progress.c - a bar for people who wait. */

#include "base/progress.h"

#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

static const int64_t QUIET_US = 500000;  /* work that ends within half a second says nothing */
static const int64_t UPDATE_US = 100000; /* ten updates a second are enough for the eye */
enum {
    BAR_WIDTH = 30
};

struct GhProgressBar {
    char *title;
    const GhLang *lang;
    char *step;         /* the step shown last; NULL when none was */
    int64_t started_us; /* monotonic */
    int64_t next_us;    /* before then nothing is shown */
    bool is_terminal;
    bool is_drawn;
};

bool
gh_progress_report(const GhProgress *progress, const char *step, double share)
{
    if (progress == NULL || progress->func == NULL)
        return true;
    return progress->func(step, CLAMP(share, 0.0, 1.0), progress->data);
}

GhProgressBar *
gh_progress_bar_new(const char *title, const GhLang *lang)
{
    GhProgressBar *bar = g_new0(GhProgressBar, 1);

    bar->title = g_strdup(title);
    bar->lang = lang;
    bar->started_us = g_get_monotonic_time();
    bar->next_us = bar->started_us + QUIET_US;
    bar->is_terminal = isatty(STDERR_FILENO) == 1;
    return bar;
}

static void
draw(GhProgressBar *bar, const char *step, double share)
{
    static const char FULL[] = "##############################";
    static const char FREE[] = "..............................";
    G_STATIC_ASSERT(sizeof FULL == BAR_WIDTH + 1 && sizeof FREE == BAR_WIDTH + 1);
    int full = (int)(share * BAR_WIDTH);

    fprintf(stderr, "\r\033[K%s: %s [%.*s%.*s] %3.0f %%", bar->title, gh_lang_text(bar->lang, step),
            full, FULL, BAR_WIDTH - full, FREE, share * 100.0);
    fflush(stderr);
    bar->is_drawn = true;
}

static bool
on_report(const char *step, double share, void *data)
{
    GhProgressBar *bar = data;
    int64_t now_us = g_get_monotonic_time();

    if (now_us < bar->next_us)
        return true;
    if (bar->is_terminal) {
        bar->next_us = now_us + UPDATE_US;
        draw(bar, step, share);
        return true;
    }
    if (g_strcmp0(bar->step, step) != 0) {
        fprintf(stderr, "%s: %s\n", bar->title, gh_lang_text(bar->lang, step));
        g_free(bar->step);
        bar->step = g_strdup(step);
    }
    return true;
}

GhProgress
gh_progress_bar_progress(GhProgressBar *bar)
{
    return (GhProgress){.func = on_report, .data = bar};
}

void
gh_progress_bar_free(GhProgressBar *bar)
{
    if (bar == NULL)
        return;
    if (bar->is_drawn)
        fputs("\r\033[K", stderr);
    g_free(bar->title);
    g_free(bar->step);
    g_free(bar);
}
