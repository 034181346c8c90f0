/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* method_pages.c - how figures become scores, with the worked examples. */
#include <string.h>

#include "evaluation/pages/pages.h"
#include "evaluation/pages/score_view.h"
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

/* The official examples: U4SSC Verification Report, Canton of Geneva, 2022, p. 12, Education. */
static const struct {
    const char *text;
    int points[4];
    size_t n_points;
} examples[] = {
    {.text = GH_MARK("All four indicators reported"), .points = {1, 3, 4, 1}, .n_points = 4},
    {.text = GH_MARK("Three of four reported"), .points = {3, 4, 2}, .n_points = 3},
};

static void
fill_example(const GhFramework *framework, const GhLang *lang, size_t index, GhView *row)
{
    g_autoptr(GString) terms = g_string_new(NULL);
    int sum = 0;
    int most = (int)examples[index].n_points * framework->bands[framework->n_bands - 1].points;

    for (size_t i = 0; i < examples[index].n_points; i++) {
        sum += examples[index].points[i];
        g_string_append_printf(terms, "%s%d", i > 0 ? " + " : "", examples[index].points[i]);
    }
    double score = 100.0 * sum / most;
    gh_view_text(row, "case", GH_T(lang, examples[index].text));
    gh_view_printf(row, "sum", "%s = %d / %d", terms->str, sum, most);
    gh_view_take_text(row, "score", gh_lang_number(lang, score, 2));
    gh_score_view_band(row, framework, lang, gh_score_band(framework, score));
}

static const struct {
    GhRule rule;
    const char *formula; /* with the symbols of the table's caption */
    const char *words;
} rules[] = {
    {GH_RULE_HIGHER, "v ÷ t", GH_MARK("More is better; the target or more reaches it in full.")},
    {GH_RULE_LOWER_ZERO, "v ≤ t: 1; v > t: t ÷ v",
     GH_MARK("Less is better; twice the target reaches half of it.")},
    {GH_RULE_LOWER_RANGE, "(w − v) ÷ (w − t)",
     GH_MARK("Less is better; the share falls evenly from the target to the worst value.")},
    {GH_RULE_DISTANCE_TO_ONE, "v ≤ 1: v; v > 1: 1 ÷ v",
     GH_MARK("A ratio that is best at 1, as between women and men.")},
    {GH_RULE_YES_NO, "v ≥ 1: 1; v < 1: 0", GH_MARK("Yes or no.")},
    {GH_RULE_BANDS, "v ≤ t: 1; v ≤ w: ½; v > w: 0", GH_MARK("Two steps, as a guideline has them.")},
    {GH_RULE_NONE, "–", GH_MARK("No target: shown and not scored.")},
};

static size_t
count_rule(const GhFramework *framework, const GhTargetSet *set, GhRule rule)
{
    size_t n = 0;

    for (size_t i = 0; i < framework->n_data_points; i++)
        n += set->targets[i].rule == rule ? 1 : 0;
    return n;
}

static void
fill_rules(const GhFramework *framework, const GhLang *lang, GhView *view)
{
    for (size_t i = 0; i < G_N_ELEMENTS(rules); i++) {
        GhView *row = gh_view_append(view, "rules");
        gh_view_text(row, "id", gh_rule_text(rules[i].rule));
        gh_view_text(row, "formula", rules[i].formula);
        gh_view_text(row, "words", GH_T(lang, rules[i].words));
        gh_view_printf(row, "n_data_points", "%zu",
                       count_rule(framework, &framework->target_sets[0], rules[i].rule));
    }
}

static void
fill_states(const GhLang *lang, GhView *view)
{
    static const struct {
        GhFigure figure;
        const char *meaning;
    } states[] = {
        {{.status = GH_STATUS_REPORTED, .verified = true},
         GH_MARK("A value that a verifier has confirmed, in a Verification Report or here.")},
        {{.status = GH_STATUS_NOT_VERIFIED},
         GH_MARK(
             "A value, or a place for one, that no verifier has confirmed. A value is scored all "
             "the same.")},
        {{.status = GH_STATUS_NOT_REPORTED}, GH_MARK("The city was asked and gave no value.")},
        {{.status = GH_STATUS_NOT_APPLICABLE},
         GH_MARK("The city has nothing to which the figure could apply. It does not count as "
                 "missing.")},
        {{.status = GH_STATUS_NOT_AVAILABLE},
         GH_MARK("A report speaks of the figure without giving an exact value.")},
        {{.status = GH_STATUS_MISSING},
         GH_MARK("Nothing is known here, not even whether it was "
                 "asked.")},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(states); i++) {
        GhView *row = gh_view_append(view, "states");
        gh_view_text(row, "state_class", gh_state_class(&states[i].figure));
        gh_view_text(row, "word", gh_say_state(lang, &states[i].figure));
        gh_view_text(row, "meaning", GH_T(lang, states[i].meaning));
    }
}

static void
fill_target_sets(const GhFramework *framework, const GhLang *lang, GhView *view)
{
    for (size_t i = 0; i < framework->n_target_sets; i++) {
        const GhTargetSet *set = &framework->target_sets[i];
        size_t n_without = count_rule(framework, set, GH_RULE_NONE);
        GhView *row = gh_view_append(view, "target_sets");
        gh_view_text(row, "name", set->id);
        gh_view_printf(row, "n_with", "%zu", framework->n_data_points - n_without);
        gh_view_printf(row, "n_without", "%zu", n_without);
        if (n_without
            < framework->n_data_points) /* the set of a framework without any has no file */
            gh_view_printf(row, "file_url", "/framework/targets/%s.csv", set->id);
        gh_view_take_text(
            row, "full_label",
            gh_lang_fill(GH_T(lang, "Targets “{name}” as CSV"), "name", set->id, NULL));
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

/* The examples only hold where points are given by four bands, as in U4SSC. */
static bool
has_official_points(const GhFramework *framework)
{
    return framework->scoring == GH_SCORING_POINTS && framework->n_bands == 4;
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
    gh_view_flag(view, "has_examples", has_official_points(framework));
    for (size_t i = 0; i < G_N_ELEMENTS(examples) && has_official_points(framework); i++)
        fill_example(framework, lang, i, gh_view_append(view, "examples"));
    fill_rules(framework, lang, view);
    fill_states(lang, view);
    fill_target_sets(framework, lang, view);
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
