/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* method_pages.c - how figures become scores, with the worked examples. */
#include "evaluation/pages/pages.h"
#include "evaluation/pages/score_view.h"
#include "evaluation/words/method.h"
#include "evaluation/words/say.h"

static void
fill_bands(const GhFramework *framework, const GhLang *lang, GhView *view)
{
    for (size_t i = 0; i < framework->n_bands; i++) {
        GhView *row = gh_view_append(view, "bands");
        gh_score_view_band(row, framework, lang, i);
        gh_view_take_text(row, "bounds_text", gh_say_band_bounds(framework, lang, i));
        gh_view_printf(row, "points", "%d", framework->bands[i].points);
    }
}

static void
fill_example(const GhFramework *framework, const GhLang *lang, const GhMethodExample *example,
             GhView *row)
{
    double score = 0;

    gh_view_text(row, "case", GH_T(lang, example->text));
    gh_view_take_text(row, "sum", gh_method_example_sum(framework, example, &score));
    gh_view_take_text(row, "score", gh_lang_number(lang, score, 2));
    gh_score_view_band(row, framework, lang, gh_score_band(framework, score));
}

static void
fill_rules(const GhFramework *framework, const GhLang *lang, GhView *view)
{
    for (size_t i = 0; i < GH_N_METHOD_RULES; i++) {
        const GhMethodRule *rule = &GH_METHOD_RULES[i];
        GhView *row = gh_view_append(view, "rules");
        gh_view_text(row, "id", gh_rule_text(rule->rule));
        gh_view_text(row, "formula", rule->formula);
        gh_view_text(row, "words", GH_T(lang, rule->words));
        gh_view_printf(row, "n_data_points", "%zu",
                       gh_method_count_rule(framework, &framework->target_sets[0], rule->rule));
    }
}

static void
fill_states(const GhLang *lang, GhView *view)
{
    for (size_t i = 0; i < GH_N_METHOD_STATES; i++) {
        const GhMethodState *state = &GH_METHOD_STATES[i];
        GhView *row = gh_view_append(view, "states");
        gh_view_text(row, "state_class", gh_state_class(&state->figure));
        gh_view_text(row, "word", gh_say_state(lang, &state->figure));
        gh_view_text(row, "meaning", GH_T(lang, state->meaning));
    }
}

static void
fill_target_sets(const GhFramework *framework, const GhLang *lang, GhView *view)
{
    for (size_t i = 0; i < framework->n_target_sets; i++) {
        const GhTargetSet *set = &framework->target_sets[i];
        size_t n_without = gh_method_count_rule(framework, set, GH_RULE_NONE);
        GhView *row = gh_view_append(view, "target_sets");
        gh_view_text(row, "name", set->id);
        gh_view_printf(row, "n_with", "%zu", framework->n_data_points - n_without);
        gh_view_printf(row, "n_without", "%zu", n_without);
        if (n_without == framework->n_data_points)
            continue; /* the set of a framework without any has no file */
        g_autofree char *base = g_strconcat("/framework/targets/", set->id, NULL);
        g_autofree char *label =
            gh_lang_fill(GH_T(lang, "Targets “{name}”"), "name", set->id, NULL);
        gh_pages_formats(row, lang, label, base, "", "csv|xlsx|json");
    }
}

static size_t
count_inferred(const GhFramework *framework)
{
    size_t n = 0;

    for (size_t i = 0; i < framework->n_kpis; i++)
        n += framework->kpis[i].inferred ? 1 : 0;
    return n;
}

/* GET /method ; public. */
static bool
method_page(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    const GhLang *lang = gh_request_lang(request);

    (void)data;
    g_autoptr(GhFramework) framework = gh_pages_framework(request, error);
    if (framework == NULL)
        return false;

    g_autoptr(GhView) view = gh_view_new();
    gh_pages_breadcrumb(view, GH_T(lang, "Home"), "/");
    gh_pages_breadcrumb(view, GH_T(lang, "Method"), NULL);
    fill_bands(framework, lang, view);
    gh_view_flag(view, "has_examples", gh_method_has_examples(framework));
    for (size_t i = 0; i < GH_N_METHOD_EXAMPLES && gh_method_has_examples(framework); i++)
        fill_example(framework, lang, &GH_METHOD_EXAMPLES[i], gh_view_append(view, "examples"));
    fill_rules(framework, lang, view);
    fill_states(lang, view);
    fill_target_sets(framework, lang, view);
    gh_pages_downloads(view, lang, GH_T(lang, "All checks"), "/framework/checks", "",
                       "csv|xlsx|json");
    gh_view_printf(view, "n_inferred", "%zu", count_inferred(framework));
    gh_view_printf(view, "n_checks", "%zu", framework->n_checks);
    for (size_t i = 0; framework->sources[i] != NULL; i++)
        gh_view_text(gh_view_append(view, "sources"), "text", framework->sources[i]);
    return gh_reply_page(request, reply, "method", GH_T(lang, "Method"), g_steal_pointer(&view),
                         error);
}

void
gh_method_pages_register(GhServer *server)
{
    static const GhRoute routes[] = {
        {.method = GH_GET,
         .path = "/method",
         .role = GH_ROLE_PUBLIC,
         .cache = GH_CACHE_PUBLIC,
         .handler = method_page},
    };

    gh_server_add_routes(server, routes, G_N_ELEMENTS(routes), NULL);
}
