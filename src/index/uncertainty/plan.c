/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* plan.c - which value each uncertain parameter has in each replication.
 *
 * A parameter of k values takes number floor(u k) of them. As COINr does, for its estimator and for samples given
 * from outside: k bins of equal width over the range that the sample's column has, closed on the right. */
#include <math.h>

#include "base/number.h"
#include "index/column.h"
#include "index/uncertainty/uncertainty_private.h"

static const size_t SENSITIVITY_SETS =
    100; /* of weights, where the specification names none: spec.h */

size_t
gh_index_plan_n_sets(const GhIndexPlan *plan, const GhIndexParameter *parameter)
{
    if (plan->given != NULL && plan->given->weight_sets != NULL)
        return plan->given->n_sets;
    if (parameter->n_sets == 0 && plan->analysis == GH_INDEX_SENSITIVITY)
        return SENSITIVITY_SETS;
    return parameter->n_sets;
}

/* -- whether each parameter can have an effect -- */

static bool
check_weights(const GhIndexPlan *plan, const GhIndexParameter *parameter, GError **error)
{
    const GhIndexNode *output = &plan->data->nodes[plan->output];

    for (size_t l = 0; l < parameter->n_levels; l++) {
        if (parameter->levels[l] >= 1 && parameter->levels[l] < output->level)
            continue;
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC,
                    "uncertainty, %s: the weights of level %d have no effect on %s, which is made "
                    "of levels 1 to %d",
                    parameter->name, parameter->levels[l], output->code, output->level - 1);
        return false;
    }
    return true;
}

static bool
is_below(const GhIndexPlan *plan, size_t node)
{
    const int level = plan->data->nodes[plan->output].level;

    return node != plan->output
           && gh_index_data_ancestor(plan->data, node, level) == (gssize)plan->output;
}

/* Leaving out what takes no part would pass for a robust index. */
static bool
find_dropped(const GhIndexPlan *plan, const GhIndexParameter *parameter, const char *code,
             const GhIndexState *nominal, size_t *ret_node, GError **error)
{
    const char *output = plan->data->nodes[plan->output].code;

    if (!gh_index_data_require_node(plan->data, code, ret_node, error)) {
        g_prefix_error(error, "uncertainty, %s: ", parameter->name);
        return false;
    }
    if (is_below(plan, *ret_node) && nominal->active[*ret_node])
        return true;
    g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC,
                "uncertainty, %s: leaving out %s has no effect, since it %s %s", parameter->name,
                code, is_below(plan, *ret_node) ? "takes no part in" : "is not below", output);
    return false;
}

static bool
list_dropped(const GhIndexPlan *plan, const GhIndexParameter *parameter,
             const GhIndexState *nominal, GArray *nodes, GError **error)
{
    const gssize none = -1;

    if (parameter->drop_each) {
        g_array_append_val(nodes, none);
        for (gssize j = 0; j < (gssize)plan->data->n_indicators; j++) {
            if (is_below(plan, (size_t)j) && nominal->active[j])
                g_array_append_val(nodes, j);
        }
        return true;
    }
    for (size_t c = 0; c < parameter->n_codes; c++) {
        size_t node = 0;
        if (parameter->codes[c] != NULL
            && !find_dropped(plan, parameter, parameter->codes[c], nominal, &node, error))
            return false;
        const gssize found = parameter->codes[c] != NULL ? (gssize)node : none;
        g_array_append_val(nodes, found);
    }
    return true;
}

/* Which nodes take part is known once the index has been made as it stands. */
static bool
find_drops(GhIndexPlan *plan, GError **error)
{
    g_autoptr(GhIndexState) nominal = NULL;

    plan->drops = g_new0(GArray *, plan->d);
    for (size_t p = 0; p < plan->d; p++) {
        const GhIndexParameter *parameter = &plan->uncertain->parameters[p];
        if (parameter->kind != GH_PARAMETER_DROP)
            continue;
        if (nominal == NULL) {
            nominal = gh_index_state_new(plan->data);
            if (!gh_index_run_steps(nominal, plan->spec->steps, plan->spec->n_steps, NULL, error))
                return false;
        }
        plan->drops[p] = g_array_new(FALSE, FALSE, sizeof(gssize));
        if (!list_dropped(plan, parameter, nominal, plan->drops[p], error))
            return false;
    }
    return true;
}

static bool
check_parameters(const GhIndexPlan *plan, GError **error)
{
    size_t n_weights = 0;

    for (size_t p = 0; p < plan->d; p++) {
        const GhIndexParameter *parameter = &plan->uncertain->parameters[p];
        n_weights += parameter->kind == GH_PARAMETER_WEIGHTS;
        if (parameter->kind == GH_PARAMETER_WEIGHTS && !check_weights(plan, parameter, error))
            return false;
    }
    if (plan->given != NULL && plan->given->weight_sets != NULL && n_weights != 1) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC,
                    "weight sets are given, which needs one uncertain parameter of weights; there "
                    "are %zu",
                    n_weights);
        return false;
    }
    return true;
}

/* -- how many replications -- */

/* 0: rows are not a whole number of times the parts. */
static size_t
replications_of_rows(const GhIndexPlan *plan, size_t n_rows)
{
    const size_t parts = plan->analysis == GH_INDEX_SENSITIVITY ? plan->d + 2 : 1;
    return n_rows % parts == 0 ? n_rows / parts : 0;
}

static bool
set_replications(GhIndexPlan *plan, size_t wanted, GError **error)
{
    const bool sensitivity = plan->analysis == GH_INDEX_SENSITIVITY;

    plan->n = wanted > 0 ? wanted : plan->uncertain->replications;
    if (plan->given != NULL && plan->given->sample != NULL) {
        const size_t of_rows = replications_of_rows(plan, plan->given->n_rows);
        if (of_rows == 0 || (wanted > 0 && wanted != of_rows)) {
            g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC,
                        "the sample given has %zu rows; it needs N%s rows, N being the number of "
                        "replications",
                        plan->given->n_rows, sensitivity ? " (parameters + 2)" : "");
            return false;
        }
        plan->n = of_rows;
    }
    const size_t times = sensitivity ? plan->d + 2 : 1;
    if (plan->n < 1 || plan->n > GH_INDEX_MAX_REPLICATIONS / times) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_LIMIT,
                    "%zu replications%s; 1 to %d in all are possible", plan->n,
                    sensitivity ? " times (parameters + 2)" : "", GH_INDEX_MAX_REPLICATIONS);
        return false;
    }
    if (plan->n * times > GH_INDEX_MAX_SETTINGS / plan->d) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_LIMIT,
                    "%zu replications of %zu parameters are too many to hold; at most %zu "
                    "replications of so many parameters are possible",
                    plan->n * times, plan->d, GH_INDEX_MAX_SETTINGS / plan->d);
        return false;
    }
    plan->n_all = plan->n * times;
    plan->n_rank = sensitivity ? 2 * plan->n : plan->n;
    return true;
}

/* -- from the sample to values -- */

typedef struct {
    bool observed; /* as COINr: bins over min .. max */
    double min, max;
} Bins;

static size_t
bin_of(const Bins *bins, double u, size_t k)
{
    if (!bins->observed || !(bins->max > bins->min))
        return MIN((size_t)(u * (double)k), k - 1);
    const double width = (bins->max - bins->min) / (double)k;
    size_t bin = 0, end = k; /* the bin is in bin .. end - 1 */
    while (bin + 1 < end) {
        const size_t middle = bin + (end - bin) / 2;
        if (u > bins->min + (double)middle * width)
            bin = middle;
        else
            end = middle;
    }
    return bin;
}

static double
value_of(const GhIndexPlan *plan, size_t p, const Bins *bins, size_t replication, double u)
{
    const GhIndexParameter *parameter = &plan->uncertain->parameters[p];

    switch (parameter->kind) {
    case GH_PARAMETER_CHOICE:
        return (double)bin_of(bins, u, parameter->n_values);
    case GH_PARAMETER_DROP:
        return (double)bin_of(bins, u, plan->drops[p]->len);
    case GH_PARAMETER_WEIGHTS: {
        const size_t n_sets = gh_index_plan_n_sets(plan, parameter);
        return n_sets > 0 ? (double)bin_of(bins, u, n_sets) : (double)replication;
    }
    case GH_PARAMETER_RANGE:
        if (parameter->whole) {
            const double n_values = floor(parameter->high) - ceil(parameter->low) + 1.0;
            return ceil(parameter->low) + (double)bin_of(bins, u, (size_t)n_values);
        }
        return parameter->low + u * (parameter->high - parameter->low);
    }
    g_assert_not_reached();
}

static void
fill_settings(GhIndexPlan *plan, const double *sample)
{
    const bool observed = plan->uncertain->estimator == GH_ESTIMATOR_COINR
                          || (plan->given != NULL && plan->given->sample != NULL);

    g_assert(sample != NULL || plan->d == 0 || plan->n_all == 0);
    plan->settings = g_new(double, plan->n_all * plan->d);
    for (size_t p = 0; p < plan->d; p++) {
        const double *column = sample + p * plan->n_all;
        const GhMoments range = gh_column_range(column, plan->n_all);
        const Bins bins = {.observed = observed, .min = range.min, .max = range.max};
        for (size_t r = 0; r < plan->n_all; r++)
            plan->settings[r * plan->d + p] = value_of(plan, p, &bins, r, column[r]);
    }
}

static bool
check_given_sample(const GhIndexPlan *plan, GError **error)
{
    const double *sample = plan->given->sample;

    for (size_t v = 0; v < plan->n_all * plan->d; v++) {
        if (sample[v] >= 0.0 && sample[v] <= 1.0)
            continue;
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DATA,
                    "the sample given has %g in row %zu, column %zu; numbers from 0 to 1 are "
                    "expected",
                    sample[v], v % plan->n_all + 1, v / plan->n_all + 1);
        return false;
    }
    return true;
}

static bool
draw_settings(GhIndexPlan *plan, GError **error)
{
    if (plan->given != NULL && plan->given->sample != NULL) {
        if (!check_given_sample(plan, error))
            return false;
        fill_settings(plan, plan->given->sample);
        return true;
    }

    g_autofree double *sample = g_new(double, plan->n_all * plan->d);
    const bool drawn = plan->analysis == GH_INDEX_SENSITIVITY
                           ? gh_index_sensitivity_sample(plan->uncertain->sampling, plan->n,
                                                         plan->d, plan->seed, sample, error)
                           : gh_index_sample(plan->uncertain->sampling, plan->n, plan->d,
                                             plan->seed, sample, error);
    if (drawn)
        fill_settings(plan, sample);
    return drawn;
}

GhIndexPlan *
gh_index_plan_new(GhIndexData *data, const GhIndexSpec *spec,
                  const GhIndexUncertaintyOptions *options, GError **error)
{
    if (spec->uncertain == NULL || spec->uncertain->n_parameters == 0) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC,
                    "the specification names no uncertain parameters; its key \"uncertainty\" "
                    "would");
        return NULL;
    }

    g_autoptr(GhIndexPlan) plan = g_new0(GhIndexPlan, 1);
    plan->data = data;
    plan->spec = spec;
    plan->uncertain = spec->uncertain;
    plan->given = options->given;
    plan->analysis = options->analysis;
    plan->seed = options->seed != NULL ? *options->seed : spec->uncertain->seed;
    plan->d = spec->uncertain->n_parameters;
    plan->output = gh_index_data_top(data);
    if (spec->uncertain->output != NULL
        && !gh_index_data_require_node(data, spec->uncertain->output, &plan->output, error))
        return NULL;

    if (!check_parameters(plan, error) || !find_drops(plan, error)
        || !set_replications(plan, options->replications, error) || !draw_settings(plan, error))
        return NULL;
    return g_steal_pointer(&plan);
}

void
gh_index_plan_free(GhIndexPlan *plan)
{
    if (plan == NULL)
        return;
    for (size_t p = 0; plan->drops != NULL && p < plan->d; p++)
        g_clear_pointer(&plan->drops[p], g_array_unref);
    g_free(plan->drops);
    g_free(plan->settings);
    g_free(plan);
}

/* -- in words -- */

static char *
value_text(const GhIndexPlan *plan, size_t p, double setting)
{
    const GhIndexParameter *parameter = &plan->uncertain->parameters[p];
    char number[GH_NUMBER_TEXT_SIZE];

    switch (parameter->kind) {
    case GH_PARAMETER_CHOICE:
        return g_strdup(parameter->labels[(size_t)setting]);
    case GH_PARAMETER_RANGE:
        return g_strdup(gh_number_format(setting, number));
    case GH_PARAMETER_WEIGHTS:
        return g_strdup_printf(gh_index_plan_n_sets(plan, parameter) > 0 ? "set %.0f" : "own %.0f",
                               setting + 1.0);
    case GH_PARAMETER_DROP: {
        const gssize node = gh_index_plan_dropped(plan, p, setting);
        return g_strdup(node >= 0 ? plan->data->nodes[node].code : "none");
    }
    }
    g_assert_not_reached();
}

char **
gh_index_plan_texts(const GhIndexPlan *plan, size_t replication)
{
    const double *settings = gh_index_plan_settings(plan, replication);
    char **texts = g_new0(char *, plan->d + 1);

    for (size_t p = 0; p < plan->d; p++)
        texts[p] = value_text(plan, p, settings[p]);
    return texts;
}

char *
gh_index_plan_name(const GhIndexPlan *plan, size_t replication)
{
    g_auto(GStrv) texts = gh_index_plan_texts(plan, replication);
    GString *name = g_string_new(NULL);

    g_string_printf(name, "replication %zu (", replication + 1);
    for (size_t p = 0; p < plan->d; p++)
        g_string_append_printf(name, "%s%s: %s", p > 0 ? ", " : "",
                               plan->uncertain->parameters[p].name, texts[p]);
    g_string_append_c(name, ')');
    return g_string_free(name, FALSE);
}
