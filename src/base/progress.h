/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* progress.h - how far long work has come, told to whoever wants to know.
 *
 * The work calls gh_progress_report with a share; the receiver (a bar on a terminal, plain lines in
 * a log, a job's row) decides how often to show it, and may ask the work to stop.
 *
 * Threads   One progress, one thread.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "base/lang.h"

typedef struct GhProgress GhProgress;

/* Called at each report. step is what is being done now ("reading", "writing"), share 0..1.
 * Returns false to ask the work to stop. */
typedef bool (*GhProgressFunc)(const char *step, double share, void *data);

struct GhProgress {
    GhProgressFunc func; /* may be NULL: nobody listens */
    void *data;          /* borrowed */
};

/* Returns false when the work should stop. progress may be NULL. */
bool gh_progress_report(const GhProgress *progress, const char *step, double share);

/* A bar on stderr when that is a terminal, a plain line at each new step elsewhere; at most ten
 * updates a second, and none for work that ends within half a second. title is shown as it is, steps
 * in that language: they are marked with GH_MARK where they are reported. */
typedef struct GhProgressBar GhProgressBar;
GhProgressBar *gh_progress_bar_new(const char *title, const GhLang *lang);
GhProgress gh_progress_bar_progress(GhProgressBar *bar);
void gh_progress_bar_free(GhProgressBar *bar); /* clears the bar */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhProgressBar, gh_progress_bar_free)
