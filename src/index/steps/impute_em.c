/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* impute_em.c - gaps from a multivariate normal distribution fitted to all there is:
 * expectation-maximisation.
 *
 * Model     The indicators of a group (the node of group_level) follow a normal distribution with
 *           mean mu and covariance Sigma; what is missing is missing at random.
 * E step    For each unit, o what it has and m what it lacks:
 *           z_m = mu_m + B (z_o - mu_o), B = Sigma_mo Sigma_oo^-1, C = Sigma_mm - B Sigma_om.
 * M step    mu = mean of z; Sigma = mean of z z' + C, less mu mu'.
 * Start     Columns are standardised by what is available: mu 0, Sigma the unit matrix.
 * End       When no z_m moves by more than tolerance, in standard deviations; the gaps get z_m.
 * Singular  Fewer units than indicators, or indicators that determine each other, leave Sigma_oo
 *           without an inverse: an error, since a ridge would give numbers that look estimated and
 *           are made up.
 * Source    Dempster, Laird and Rubin (1977); Little and Rubin, Statistical Analysis with Missing
 *           Data, 3rd ed. (2019), section 11.2.
 */
#include <math.h>
#include <string.h>

#include "index/steps/impute_private.h"

static const double SMALLEST_PIVOT = 1e-10; /* of a variance near 1: our choice */

typedef struct {
    size_t n, p;           /* units, indicators of the model */
    size_t *indicators;    /* p */
    const char *group;     /* for messages */
    double *mean, *sd;     /* p: standardisation */
    double *z;             /* n x p, a unit together: standardised, gaps as estimated */
    bool *gap;             /* n x p */
    size_t *order;         /* units with equal patterns together */
    double *mu, *sigma;    /* p, p x p */
    double *sum, *squares; /* p, p x p: of the M step */
    size_t *o, *m;         /* indices of what a pattern has, and lacks */
    size_t n_o, n_m;
    double *L; /* n_o x n_o: Cholesky factor of Sigma_oo, row by row in steps of p */
    double *B; /* n_m x n_o, in steps of p */
    double *C; /* n_m x n_m, in steps of p */
} Model;

static void
model_clear(Model *model)
{
    g_free(model->indicators);
    g_free(model->mean);
    g_free(model->sd);
    g_free(model->z);
    g_free(model->gap);
    g_free(model->order);
    g_free(model->mu);
    g_free(model->sigma);
    g_free(model->sum);
    g_free(model->squares);
    g_free(model->o);
    g_free(model->m);
    g_free(model->L);
    g_free(model->B);
    g_free(model->C);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Model, model_clear)

static void
model_init(Model *model, size_t n, size_t p)
{
    *model = (Model){.n = n};
    model->indicators = g_new(size_t, p);
    model->mean = g_new(double, p);
    model->sd = g_new(double, p);
    model->z = g_new(double, n *p);
    model->gap = g_new(bool, n *p);
    model->order = g_new(size_t, n);
    model->mu = g_new0(double, p);
    model->sigma = g_new0(double, p *p);
    model->sum = g_new(double, p);
    model->squares = g_new(double, p *p);
    model->o = g_new(size_t, p);
    model->m = g_new(size_t, p);
    model->L = g_new(double, p *p);
    model->B = g_new(double, p *p);
    model->C = g_new(double, p *p);
}

/* -- the model's table -- */

typedef struct {
    const bool *gap;
    size_t p;
} Patterns;

static int
compare_patterns(const void *a, const void *b, void *data)
{
    const Patterns *patterns = data;
    const size_t i = *(const size_t *)a;
    const size_t j = *(const size_t *)b;
    const int order = memcmp(patterns->gap + i * patterns->p, patterns->gap + j * patterns->p,
                             patterns->p * sizeof *patterns->gap);

    return order != 0 ? order : (i > j) - (i < j);
}

static bool
same_pattern(const Model *model, size_t i, size_t j)
{
    return memcmp(model->gap + i * model->p, model->gap + j * model->p,
                  model->p * sizeof *model->gap)
           == 0;
}

static void
fill_table(Model *model, const GhIndexState *state, const size_t *rows)
{
    const size_t p = model->p;
    Patterns patterns = {.gap = model->gap, .p = p};

    for (size_t i = 0; i < model->n; i++) {
        for (size_t k = 0; k < p; k++) {
            const double x = gh_index_state_column(state, model->indicators[k])[rows[i]];
            model->gap[i * p + k] = isnan(x);
            model->z[i * p + k] = isnan(x) ? 0.0 : (x - model->mean[k]) / model->sd[k];
        }
        model->order[i] = i;
    }
    qsort_r(model->order, model->n, sizeof *model->order, compare_patterns, &patterns);
    for (size_t k = 0; k < p; k++)
        model->sigma[k * p + k] = 1.0;
}

/* -- the E step -- */

/* Sigma_oo = L L'. The indicator whose variance the ones before it explain wholly is returned; -1:
 * fine. */
static gssize
factorise(Model *model)
{
    const size_t p = model->p;
    double *L = model->L;

    for (size_t i = 0; i < model->n_o; i++) {
        for (size_t j = 0; j <= i; j++) {
            double rest = model->sigma[model->o[i] * p + model->o[j]];
            for (size_t k = 0; k < j; k++)
                rest -= L[i * p + k] * L[j * p + k];
            if (i == j && rest < SMALLEST_PIVOT)
                return (gssize)model->o[i];
            L[i * p + j] = i == j ? sqrt(rest) : rest / L[j * p + j];
        }
    }
    return -1;
}

/* B Sigma_oo = Sigma_mo, solved through L row by row; then C. */
static void
solve_pattern(Model *model)
{
    const size_t p = model->p;
    const double *L = model->L;

    for (size_t a = 0; a < model->n_m; a++) {
        const double *covariance = model->sigma + model->m[a] * p;
        double *b = model->B + a * p;
        for (size_t i = 0; i < model->n_o; i++) {
            double rest = covariance[model->o[i]];
            for (size_t k = 0; k < i; k++)
                rest -= L[i * p + k] * b[k];
            b[i] = rest / L[i * p + i];
        }
        for (size_t i = model->n_o; i-- > 0;) {
            double rest = b[i];
            for (size_t k = i + 1; k < model->n_o; k++)
                rest -= L[k * p + i] * b[k];
            b[i] = rest / L[i * p + i];
        }
        for (size_t c = 0; c < model->n_m; c++) {
            double rest = covariance[model->m[c]];
            for (size_t i = 0; i < model->n_o; i++)
                rest -= b[i] * model->sigma[model->m[c] * p + model->o[i]];
            model->C[a * p + c] = rest;
        }
    }
}

static void
read_pattern(Model *model, size_t unit)
{
    model->n_o = model->n_m = 0;
    for (size_t k = 0; k < model->p; k++) {
        if (model->gap[unit * model->p + k])
            model->m[model->n_m++] = k;
        else
            model->o[model->n_o++] = k;
    }
}

/* Returns the largest change of an estimate. */
static double
expect_unit(Model *model, size_t unit)
{
    double *z = model->z + unit * model->p;
    double change = 0.0;

    for (size_t a = 0; a < model->n_m; a++) {
        double estimate = model->mu[model->m[a]];
        for (size_t i = 0; i < model->n_o; i++)
            estimate += model->B[a * model->p + i] * (z[model->o[i]] - model->mu[model->o[i]]);
        change = fmax(change, fabs(estimate - z[model->m[a]]));
        z[model->m[a]] = estimate;
    }
    return change;
}

static void
add_unit(Model *model, size_t unit)
{
    const size_t p = model->p;
    const double *z = model->z + unit * p;

    for (size_t i = 0; i < p; i++) {
        model->sum[i] += z[i];
        for (size_t j = 0; j < p; j++)
            model->squares[i * p + j] += z[i] * z[j];
    }
    for (size_t a = 0; a < model->n_m; a++) {
        for (size_t c = 0; c < model->n_m; c++)
            model->squares[model->m[a] * p + model->m[c]] += model->C[a * p + c];
    }
}

static void
maximise(Model *model)
{
    const size_t p = model->p;
    const double n = (double)model->n;

    for (size_t i = 0; i < p; i++)
        model->mu[i] = model->sum[i] / n;
    for (size_t i = 0; i < p; i++) {
        for (size_t j = 0; j < p; j++)
            model->sigma[i * p + j] = model->squares[i * p + j] / n - model->mu[i] * model->mu[j];
    }
}

/* One E and one M step. Returns the indicator that is determined by others, -1: fine. */
static gssize
iterate(Model *model, double *ret_change)
{
    double change = 0.0;

    memset(model->sum, 0, model->p * sizeof *model->sum);
    memset(model->squares, 0, model->p * model->p * sizeof *model->squares);
    for (size_t k = 0; k < model->n; k++) {
        const size_t unit = model->order[k];
        if (k == 0 || !same_pattern(model, unit, model->order[k - 1])) {
            read_pattern(model, unit);
            const gssize determined = model->n_m > 0 ? factorise(model) : -1;
            if (determined >= 0)
                return determined;
            solve_pattern(model);
        }
        change = fmax(change, expect_unit(model, unit));
        add_unit(model, unit);
    }
    maximise(model);
    *ret_change = change;
    return -1;
}

static bool
fit(Model *model, const GhImputation *imputation, GError **error)
{
    const GhIndexImpute *how = imputation->how;
    const GhIndexNode *nodes = imputation->state->data->nodes;
    double change = INFINITY;

    if (model->n <= model->p) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DATA,
                    "impute: em needs more units than indicators in %s, there are %zu and %zu; "
                    "take a lower "
                    "group_level, or method regression or mean",
                    model->group, model->n, model->p);
        return false;
    }
    for (int i = 0; i < how->max_iterations; i++) {
        const gssize determined = iterate(model, &change);
        if (determined >= 0) {
            g_set_error(
                error, GH_INDEX_ERROR, GH_INDEX_ERROR_DEGENERATE,
                "impute: em: in %s the indicator %s is determined by the others, so that their "
                "covariance has no inverse; drop one, take a lower group_level, or method "
                "regression "
                "or mean",
                model->group, nodes[model->indicators[determined]].code);
            return false;
        }
        /* The first E step starts from the means, where it cannot move anything. */
        if (i > 0 && change <= how->tolerance)
            return true;
    }
    g_set_error(
        error, GH_INDEX_ERROR, GH_INDEX_ERROR_DATA,
        "impute: em did not settle in %s within %d iterations: the last moved an estimate by %g "
        "standard deviations; raise max_iterations, or take method mean",
        model->group, how->max_iterations, change);
    return false;
}

/* -- from the table and back -- */

/* Columns with spread make the model; in one without, gaps get its one value at once. */
static bool
choose_indicators(GhImputation *imputation, Model *model, const size_t *rows, const size_t *members,
                  size_t n_members, double *x, GError **error)
{
    for (size_t k = 0; k < n_members; k++) {
        const double *column = gh_index_state_column(imputation->state, members[k]);
        for (size_t i = 0; i < model->n; i++)
            x[i] = column[rows[i]];
        const GhMoments moments = gh_column_mean_sd(x, model->n);
        if (moments.max > moments.min) {
            if (!gh_impute_check_spread(imputation, members[k], moments.sd, error))
                return false;
            model->mean[model->p] = moments.mean;
            model->sd[model->p] = moments.sd;
            model->indicators[model->p++] = members[k];
            continue;
        }
        for (size_t i = 0; i < model->n; i++) {
            if (imputation->wanted[members[k]] && isnan(x[i])
                && !gh_impute_fill(imputation, rows[i], members[k], moments.min, error))
                return false;
        }
    }
    return true;
}

static bool
has_wanted_gaps(const GhImputation *imputation, const Model *model)
{
    for (size_t v = 0; v < model->n * model->p; v++) {
        if (model->gap[v] && imputation->wanted[model->indicators[v % model->p]])
            return true;
    }
    return false;
}

static bool
impute_part(GhImputation *imputation, const char *group, const size_t *rows, size_t n_rows,
            const size_t *members, size_t n_members, double *x, GError **error)
{
    g_auto(Model) model = {0};

    model_init(&model, n_rows, n_members);
    model.group = group;
    if (!choose_indicators(imputation, &model, rows, members, n_members, x, error))
        return false;
    fill_table(&model, imputation->state, rows);
    if (!has_wanted_gaps(imputation, &model))
        return true;
    if (!fit(&model, imputation, error))
        return false;

    for (size_t i = 0; i < n_rows; i++) {
        for (size_t k = 0; k < model.p; k++) {
            const double value = model.mean[k] + model.sd[k] * model.z[i * model.p + k];
            if (model.gap[i * model.p + k] && imputation->wanted[model.indicators[k]]
                && !gh_impute_fill(imputation, rows[i], model.indicators[k], value, error))
                return false;
        }
    }
    return true;
}

bool
gh_impute_em(GhImputation *imputation, GError **error)
{
    const GhIndexState *state = imputation->state;
    const GhIndexImpute *how = imputation->how;

    g_autoptr(GhIndexParts) groups =
        gh_index_parts_by_node(state, how->group_level, "impute", error);
    if (groups == NULL)
        return false;
    g_autoptr(GhIndexParts) parts = gh_index_parts_over(state, how->over, "impute", error);
    if (parts == NULL)
        return false;

    g_autofree double *x = g_new(double, state->n_units);
    for (size_t g = 0; g < groups->n; g++) {
        const size_t *members = groups->members + groups->starts[g];
        const gssize node = how->group_level == 0
                                ? -1
                                : gh_index_data_ancestor(state->data, members[0], how->group_level);
        const char *group = node < 0 ? "all indicators" : state->data->nodes[node].code;
        for (size_t p = 0; p < parts->n; p++) {
            if (!impute_part(imputation, group, parts->members + parts->starts[p],
                             gh_index_part_size(parts, p), members, gh_index_part_size(groups, g),
                             x, error))
                return false;
        }
    }
    return true;
}
