/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* variants.c - what a replication's values do to the index: other steps, other weights, fewer nodes. */
#include <math.h>

#include "index/uncertainty/random.h"
#include "index/uncertainty/uncertainty_private.h"

enum {
    VARIANTS_MAX =
        4096 /* of a step, made beforehand; beyond, and for ranges, when they are needed */
};

/* -- steps -- */

typedef struct {
    GhIndexStep *step; /* NULL: left out, or not made */
    bool is_made;
} Variant;

/* A step and what is uncertain about it. */
typedef struct {
    size_t *parameters; /* of this step, whole-step choices first */
    size_t n_parameters;
    Variant *variants; /* by the parameters' values, the last one fastest; NULL: made when needed */
    size_t n_variants;
} UncertainStep;

struct GhIndexVariants {
    const GhIndexPlan *plan;
    UncertainStep *steps; /* n_steps */
};

static json_t *
range_value(const GhIndexParameter *parameter, double setting)
{
    return parameter->whole ? json_integer((json_int_t)setting) : json_real(setting);
}

/* ret_step: owned; NULL when the step is left out. */
static bool
make_variant(const GhIndexPlan *plan, const UncertainStep *uncertain, size_t step,
             const double *settings, GhIndexStep **ret_step, GError **error)
{
    g_autofree GhIndexChange *changes = g_new0(GhIndexChange, uncertain->n_parameters);
    bool left_out = false;

    for (size_t k = 0; k < uncertain->n_parameters; k++) {
        const GhIndexParameter *parameter = &plan->uncertain->parameters[uncertain->parameters[k]];
        const double setting = settings[uncertain->parameters[k]];
        changes[k].path = parameter->path;
        changes[k].value = parameter->kind == GH_PARAMETER_CHOICE
                               ? json_incref(parameter->values[(size_t)setting])
                               : range_value(parameter, setting);
        left_out = left_out || (*parameter->path == '\0' && json_is_null(changes[k].value));
    }
    GhIndexStep *made = left_out ? NULL
                                 : gh_index_step_changed(plan->spec->steps[step], changes,
                                                         uncertain->n_parameters, error);
    for (size_t k = 0; k < uncertain->n_parameters; k++)
        json_decref(changes[k].value);
    if (made == NULL && !left_out)
        return false;
    *ret_step = made;
    return true;
}

static size_t
variant_number(const GhIndexPlan *plan, const UncertainStep *uncertain, const double *settings)
{
    size_t number = 0;

    for (size_t k = 0; k < uncertain->n_parameters; k++) {
        const size_t p = uncertain->parameters[k];
        number = number * plan->uncertain->parameters[p].n_values + (size_t)settings[p];
    }
    return number;
}

/* A combination that cannot be made stays unmade: it is an error of the replication that has it, if any. */
static void
make_variants(const GhIndexPlan *plan, UncertainStep *uncertain, size_t step)
{
    g_autofree double *settings = g_new0(double, plan->d);
    size_t n_variants = 1;

    for (size_t k = 0; k < uncertain->n_parameters; k++) {
        const GhIndexParameter *parameter = &plan->uncertain->parameters[uncertain->parameters[k]];
        if (parameter->kind != GH_PARAMETER_CHOICE
            || n_variants > VARIANTS_MAX / parameter->n_values)
            return;
        n_variants *= parameter->n_values;
    }
    uncertain->n_variants = n_variants;
    uncertain->variants = g_new0(Variant, n_variants);
    for (size_t v = 0; v < n_variants; v++) {
        size_t rest = v;
        for (size_t k = uncertain->n_parameters; k > 0; k--) {
            const size_t p = uncertain->parameters[k - 1];
            settings[p] = (double)(rest % plan->uncertain->parameters[p].n_values);
            rest /= plan->uncertain->parameters[p].n_values;
        }
        Variant *variant = &uncertain->variants[v];
        variant->is_made = make_variant(plan, uncertain, step, settings, &variant->step, NULL);
    }
}

/* A whole step first: the others change what it became. */
static void
add_parameter(UncertainStep *step, size_t p, bool whole, size_t d)
{
    if (step->parameters == NULL)
        step->parameters = g_new0(size_t, d);
    size_t at = step->n_parameters++;
    for (; whole && at > 0; at--)
        step->parameters[at] = step->parameters[at - 1];
    step->parameters[at] = p;
}

GhIndexVariants *
gh_index_variants_new(const GhIndexPlan *plan)
{
    GhIndexVariants *variants = g_new0(GhIndexVariants, 1);

    variants->plan = plan;
    variants->steps = g_new0(UncertainStep, plan->spec->n_steps);
    for (size_t p = 0; p < plan->d; p++) {
        const GhIndexParameter *parameter = &plan->uncertain->parameters[p];
        if (parameter->kind == GH_PARAMETER_CHOICE || parameter->kind == GH_PARAMETER_RANGE)
            add_parameter(&variants->steps[parameter->step], p, parameter->path[0] == '\0',
                          plan->d);
    }
    for (size_t s = 0; s < plan->spec->n_steps; s++) {
        if (variants->steps[s].n_parameters > 0)
            make_variants(plan, &variants->steps[s], s);
    }
    return variants;
}

void
gh_index_variants_free(GhIndexVariants *variants)
{
    if (variants == NULL)
        return;
    for (size_t s = 0; s < variants->plan->spec->n_steps; s++) {
        UncertainStep *step = &variants->steps[s];
        for (size_t v = 0; v < step->n_variants; v++)
            g_clear_pointer(&step->variants[v].step, gh_index_step_unref);
        g_free(step->variants);
        g_free(step->parameters);
    }
    g_free(variants->steps);
    g_free(variants);
}

bool
gh_index_variants_apply(const GhIndexVariants *variants, size_t step, const double *settings,
                        GhIndexState *state, GError **error)
{
    const GhIndexPlan *plan = variants->plan;
    const UncertainStep *uncertain = &variants->steps[step];
    g_autoptr(GhIndexStep) made = NULL;

    if (uncertain->n_parameters == 0)
        return gh_index_step_apply(plan->spec->steps[step], state, NULL, error);
    if (uncertain->variants != NULL) {
        const Variant *variant = &uncertain->variants[variant_number(plan, uncertain, settings)];
        if (variant->is_made)
            return variant->step == NULL || gh_index_step_apply(variant->step, state, NULL, error);
    }
    if (!make_variant(plan, uncertain, step, settings, &made, error))
        return false;
    return made == NULL || gh_index_step_apply(made, state, NULL, error);
}

/* -- nodes and weights -- */

void
gh_index_plan_drop(const GhIndexPlan *plan, const double *settings, GhIndexState *state)
{
    for (size_t p = 0; p < plan->d; p++) {
        const gssize node =
            plan->drops[p] != NULL ? gh_index_plan_dropped(plan, p, settings[p]) : -1;
        if (node >= 0)
            gh_index_state_drop(state, (size_t)node);
    }
}

static const double *
factor_of_level(const GhIndexParameter *parameter, int level)
{
    for (size_t l = 0; l < parameter->n_levels; l++) {
        if (parameter->levels[l] == level)
            return &parameter->factors[l];
    }
    return NULL;
}

/* Source: Saisana, Saltelli, Tarantola 2005: w' = w (1 + f (2 U - 1)). */
static void
noisy_weights(const GhIndexPlan *plan, size_t p, double setting, GhIndexState *state)
{
    const GhIndexParameter *parameter = &plan->uncertain->parameters[p];
    const size_t n_nodes = plan->data->n_nodes;
    const size_t set = (size_t)setting;

    for (size_t k = 0; k < n_nodes; k++) {
        const double *factor = factor_of_level(parameter, plan->data->nodes[k].level);
        if (factor == NULL)
            continue;
        const double u = gh_index_uniform(plan->seed, GH_STREAM_WEIGHTS + (uint32_t)p,
                                          (uint64_t)set * n_nodes + k);
        state->weights[k] *= 1.0 + *factor * (2.0 * u - 1.0);
    }
}

static void
given_weights(const GhIndexPlan *plan, double setting, GhIndexState *state)
{
    const double *set = plan->given->weight_sets + (size_t)setting * plan->data->n_nodes;

    for (size_t k = 0; k < plan->data->n_nodes; k++) {
        if (!isnan(set[k]))
            state->weights[k] = set[k];
    }
}

bool
gh_index_plan_weigh(const GhIndexPlan *plan, const double *settings, GhIndexState *state,
                    GError **error)
{
    for (size_t p = 0; p < plan->d; p++) {
        const GhIndexParameter *parameter = &plan->uncertain->parameters[p];
        if (parameter->kind != GH_PARAMETER_WEIGHTS)
            continue;
        for (size_t l = 0; l < parameter->n_levels; l++) {
            if (state->weighting[parameter->levels[l] - 1] == NULL)
                continue;
            g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC,
                        "%s would have no effect, since the weights of level %d are found in the "
                        "data; take the level out of the parameter or use given or equal weights",
                        parameter->name, parameter->levels[l]);
            return false;
        }
        if (plan->given != NULL && plan->given->weight_sets != NULL)
            given_weights(plan, settings[p], state);
        else
            noisy_weights(plan, p, settings[p], state);
    }
    return true;
}
