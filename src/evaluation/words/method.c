/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* method.c - the method in words and worked examples. */
#include "evaluation/words/method.h"

enum {
    EXAMPLE_BANDS = 4
};

const GhMethodRule GH_METHOD_RULES[] = {
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
const size_t GH_N_METHOD_RULES = G_N_ELEMENTS(GH_METHOD_RULES);

const GhMethodExample GH_METHOD_EXAMPLES[] = {
    {.text = GH_MARK("All four indicators reported"), .points = {1, 3, 4, 1}, .n_points = 4},
    {.text = GH_MARK("Three of four reported"), .points = {3, 4, 2}, .n_points = 3},
};
const size_t GH_N_METHOD_EXAMPLES = G_N_ELEMENTS(GH_METHOD_EXAMPLES);

const GhMethodState GH_METHOD_STATES[] = {
    {{.status = GH_STATUS_REPORTED, .verified = true},
     GH_MARK("A value that a verifier has confirmed, in a Verification Report or here.")},
    {{.status = GH_STATUS_NOT_VERIFIED},
     GH_MARK("A value, or a place for one, that no verifier has confirmed. A value is scored all "
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
const size_t GH_N_METHOD_STATES = G_N_ELEMENTS(GH_METHOD_STATES);

size_t
gh_method_count_rule(const GhFramework *framework, const GhTargetSet *set, GhRule rule)
{
    size_t n = 0;

    for (size_t i = 0; i < framework->n_data_points; i++)
        n += set->targets[i].rule == rule ? 1 : 0;
    return n;
}

bool
gh_method_has_examples(const GhFramework *framework)
{
    return framework->scoring == GH_SCORING_POINTS && framework->n_bands == EXAMPLE_BANDS;
}

char *
gh_method_example_sum(const GhFramework *framework, const GhMethodExample *example,
                      double *ret_score)
{
    g_autoptr(GString) terms = g_string_new(NULL);
    int sum = 0;
    int most = (int)example->n_points * gh_score_points_max(framework);

    for (size_t i = 0; i < example->n_points; i++) {
        sum += example->points[i];
        g_string_append_printf(terms, "%s%d", i > 0 ? " + " : "", example->points[i]);
    }
    g_string_append_printf(terms, " = %d / %d", sum, most);
    *ret_score = 100.0 * sum / most;
    return g_string_free(g_steal_pointer(&terms), FALSE);
}
