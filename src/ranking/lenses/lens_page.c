/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* lens_page.c - a city through a lens as asked for. */
#include "ranking/lenses/lens_page.h"

void
gh_lens_page_clear(GhLensPage *page)
{
    g_clear_pointer(&page->scores, g_free);
    gh_city_page_clear(&page->page);
}

static bool
answer_no_lens(GhRequest *request, GhReply *reply, const GhFramework *framework, GError **error)
{
    const GhLang *lang = gh_request_lang(request);
    g_autoptr(GString) names = g_string_new(NULL);

    for (size_t i = 0; i < framework->n_lenses; i++)
        g_string_append_printf(names, "%s%s", i > 0 ? ", " : "", framework->lenses[i].id);
    if (framework->n_lenses == 0)
        return gh_reply_not_found(request, reply, GH_T(lang, "This framework has no lens."), error);
    g_autofree char *sentence = gh_lang_fill(
        GH_T(lang, "There is no such lens. There are: {names}."), "names", names->str, NULL);
    return gh_reply_not_found(request, reply, sentence, error);
}

bool
gh_lens_page_load(GhRequest *request, GhReply *reply, GhLensPage *page, bool *ret_answered,
                  GError **error)
{
    if (!gh_city_page_load(request, reply, &page->page, ret_answered, error))
        return false;
    if (*ret_answered)
        return true;

    const GhFramework *framework = page->page.framework;
    page->lens = gh_framework_find_lens(framework, gh_request_param(request, "lens"));
    if (page->lens == NULL) {
        *ret_answered = true;
        return answer_no_lens(request, reply, framework, error);
    }
    page->scores = g_new0(GhGroupScore, MAX(page->lens->n_groups, 1));
    gh_scores_lens(framework, page->page.targets, page->page.scores, page->lens, page->scores);
    return true;
}

GhEvaluation
gh_lens_page_evaluation(const GhLensPage *page)
{
    GhEvaluation evaluation = gh_city_page_evaluation(&page->page);

    evaluation.lens = page->lens;
    return evaluation;
}
