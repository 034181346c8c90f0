/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* document_runs.c - texts of several runs. */
#include <string.h>

#include "draw/clean.h"
#include "draw/document/document_private.h"

/* Where a picture stands in a text. */
#define OBJECT "\xEF\xBF\xBC" /* U+FFFC */

static void
clear_run(void *run)
{
    g_free(((GhDocRun *)run)->word);
}

GhDocRuns *
gh_doc_runs_new(void)
{
    GhDocRuns *runs = g_new0(GhDocRuns, 1);
    runs->text = g_string_new(NULL);
    runs->runs = g_array_new(FALSE, FALSE, sizeof(GhDocRun));
    g_array_set_clear_func(runs->runs, clear_run);
    return runs;
}

void
gh_doc_runs_free(GhDocRuns *runs)
{
    if (runs == NULL)
        return;
    g_string_free(runs->text, TRUE);
    g_array_unref(runs->runs);
    g_free(runs);
}

/* A note of the data may be of any length. The caller owns it. */
static char *
clean_and_cut(const char *text)
{
    g_autofree char *clean = gh_clean_text(text);

    if (g_utf8_strlen(clean, -1) <= GH_DOCUMENT_RUN_MAX)
        return g_steal_pointer(&clean);
    g_autofree char *beginning = g_utf8_substring(clean, 0, GH_DOCUMENT_RUN_MAX);
    return g_strconcat(g_strchomp(beginning), "\u2026", NULL);
}

/* Runs of blanks are one blank, also across runs; none begins a text. */
static void
append_clean(GString *out, const char *text)
{
    g_autofree char *clean = clean_and_cut(text);
    size_t n_text = strlen(text);
    bool blank_before = n_text > 0 && g_ascii_isspace(text[0]);
    bool blank_behind = n_text > 0 && g_ascii_isspace(text[n_text - 1]) && *clean != '\0';

    if (blank_before && out->len > 0 && out->str[out->len - 1] != ' ')
        g_string_append_c(out, ' ');
    g_string_append(out, clean);
    if (blank_behind)
        g_string_append_c(out, ' ');
}

void
gh_doc_runs_add(GhDocRuns *runs, GhDocRun run, const char *word, const char *text)
{
    run.start = runs->text->len;
    run.word = word != NULL ? gh_clean_text(word) : NULL;
    if (run.kind == GH_DOC_RUN_LINK && (run.word == NULL || !gh_clean_is_absolute_link(run.word))) {
        run.kind = GH_DOC_RUN_PLAIN;
        g_clear_pointer(&run.word, g_free);
    }
    if (run.kind == GH_DOC_RUN_MARK)
        g_string_append(runs->text, OBJECT);
    else
        append_clean(runs->text, text);
    if (run.kind == GH_DOC_RUN_NOTE)
        runs->n_notes++;
    runs->tagged = runs->tagged || run.kind >= GH_DOC_RUN_LINK;
    g_array_append_val(runs->runs, run);
}

GhDocRuns *
gh_doc_runs_new_plain(const char *text)
{
    GhDocRuns *runs = gh_doc_runs_new();
    gh_doc_runs_add(runs, (GhDocRun){.kind = GH_DOC_RUN_PLAIN}, NULL, text);
    return runs;
}

size_t
gh_doc_run_at(const GhDocRuns *runs, size_t offset)
{
    size_t low = 0, high = runs->runs->len;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (g_array_index(runs->runs, GhDocRun, middle).start <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}
