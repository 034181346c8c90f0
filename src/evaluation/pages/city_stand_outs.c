/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* city_stand_outs.c - what is strong, weak, missing and unusual, for the template of a city. */
#include "evaluation/pages/pages.h"
#include "evaluation/words/stand_outs.h"

/* More would no longer stand out; the others open on demand. */
enum {
    SENTENCES_MAX = 4
};

static const struct {
    GhStandOutKind kind;
    const char *heading, *none;
} kinds[] = {
    {GH_STAND_OUT_STRONG, GH_MARK("Strong"), GH_MARK("No figure is on target yet.")},
    {GH_STAND_OUT_WEAK, GH_MARK("Weak"), GH_MARK("No scored figure lies in the two lowest bands.")},
    {GH_STAND_OUT_MISSING, GH_MARK("Missing"), GH_MARK("Nothing is missing.")},
    {GH_STAND_OUT_UNUSUAL, GH_MARK("Unusual"), GH_MARK("No check found anything.")},
};

static void
fill_sentence(const GhCityPage *page, const GhStandOut *stand_out, GhView *sentence)
{
    const GhFramework *framework = page->framework;

    gh_view_text(sentence, "subject", stand_out->subject);
    gh_view_text(sentence, "text", stand_out->text);
    gh_view_text(sentence, "line_url", "");
    if (stand_out->data_point >= 0) {
        g_autofree char *url = gh_city_page_indicator_url(page, (size_t)stand_out->data_point);
        gh_view_text(sentence, "line_url", url);
    } else if (stand_out->group >= 0) {
        g_autofree char *anchor = gh_city_page_anchor(&framework->groups[stand_out->group]);
        gh_view_printf(sentence, "line_url", "#%s", anchor);
    }
}

static void
fill_kind(const GhCityPage *page, const GPtrArray *stand_outs, GhStandOutKind kind, GhView *view)
{
    size_t n = 0;
    GhView *more = NULL;

    gh_view_empty_list(view, "sentences");
    gh_view_flag(view, "more", false);
    for (guint i = 0; i < stand_outs->len; i++) {
        const GhStandOut *stand_out = g_ptr_array_index(stand_outs, i);
        if (stand_out->kind != kind)
            continue;
        if (n++ == SENTENCES_MAX)
            more = gh_view_object(view, "more");
        fill_sentence(page, stand_out, gh_view_append(more != NULL ? more : view, "sentences"));
    }
    if (more != NULL)
        gh_view_printf(more, "n_more", "%zu", n - SENTENCES_MAX);
}

void
gh_city_page_stand_outs(const GhCityPage *page, const GhLang *lang, GhView *view)
{
    const GhEvaluation evaluation = gh_city_page_evaluation(page);
    g_autoptr(GPtrArray) stand_outs = gh_stand_outs(&evaluation, page->earlier, lang);

    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        GhView *entry = gh_view_append(view, "stand_outs");
        gh_view_text(entry, "heading", GH_T(lang, kinds[i].heading));
        gh_view_text(entry, "none", GH_T(lang, kinds[i].none));
        fill_kind(page, stand_outs, kinds[i].kind, entry);
    }
}
