/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* weights_doubt.c - benefit of the doubt: each unit is weighted as suits it best.
 *
 * Unit i    max over w >= 0 of sum_m w_m y_im, subject to sum_m w_m y_km <= 1 for every unit k, and for each
 *           child j  L s <= w_j y_ij <= U s  with s = sum_m w_m y_im.
 * Source    Melyn and Moesen 1991; Cherchye, Moesen, Rogge and Van Puyenbroeck 2007, equations 2 to 4.
 * Solved as its dual, which has one row a child instead of one a unit:
 *           min sum_k lambda_k  subject to, for each m,
 *           sum_k y_km lambda_k + sum_j alpha_j (L - [j = m]) y_im + sum_j beta_j ([j = m] - U) y_im >= y_im;
 *           the weights are the rows' dual values. Only units that are the best under some weights matter, so
 *           a column for k is made when the weights found break its constraint; columns and basis stay for
 *           the next unit, for which the right-hand sides change, and the share columns where there are any.
 *           Too many columns are slow: those that the last solution does not use are then taken out again.
 * Accuracy  Columns are divided by their maximum before. The weights found are divided by the largest score
 *           they give to any unit, so the constraints hold to rounding whatever GLPK's tolerance.
 * Threads   GLPK keeps an environment per thread (as Debian builds it). It is freed at the end of a call: a
 *           caller must not hold a GLPK problem of its own across one.
 */
#include <glpk.h>
#include <math.h>
#include <string.h>

#include "index/weights/weights_private.h"

/* How far above 1 a unit may come before it gets a column; the scores are as exact as this. */
static const double ABOVE_ONE = 1e-10;

/* GLPK's tolerances, near the least it takes (1e-10 is usual for well scaled problems; ours are). */
static const double TOLERANCE = 1e-10;

/* So many columns a child are too many: with 10,000 x 13 six times as fast as without a limit; 10 and 20 are slower. */
enum {
    MANY_COLUMNS = 5
};

typedef struct {
    size_t n_units, n; /* n: children */
    double *y;         /* n_units x n, row-major, each column's maximum 1 */
    double *largest;   /* n: what columns were divided by; 1 where that would be 0 */
    double lower, upper;
    int first_share; /* column of the first share bound; 0: none */
    GArray *
        listed; /* of size_t: the units that have columns, in the columns' order, after the share bounds */
    GArray *known;              /* of size_t: the units that ever had one */
    bool *is_listed, *is_known; /* n_units */
    glp_prob *lp;
    int *rows;      /* 1 + n: 1..n, as GLPK wants them */
    double *column; /* 1 + n: scratch */
} Doubt;

static void
doubt_free(Doubt *doubt)
{
    if (doubt == NULL)
        return;
    if (doubt->lp != NULL)
        glp_delete_prob(doubt->lp);
    glp_free_env();
    g_free(doubt->y);
    g_free(doubt->largest);
    g_clear_pointer(&doubt->listed, g_array_unref);
    g_clear_pointer(&doubt->known, g_array_unref);
    g_free(doubt->is_listed);
    g_free(doubt->is_known);
    g_free(doubt->rows);
    g_free(doubt->column);
    g_free(doubt);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Doubt, doubt_free)

/* -- the problem that all units share -- */

static bool
fill_values(Doubt *doubt, const double *const *columns, GError **error)
{
    doubt->y = g_try_malloc_n(doubt->n_units, doubt->n * sizeof *doubt->y);
    if (doubt->y == NULL) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_LIMIT,
                    "benefit of the doubt: no memory for %zu x %zu", doubt->n_units, doubt->n);
        return false;
    }
    for (size_t m = 0; m < doubt->n; m++) {
        double largest = 0;
        for (size_t k = 0; k < doubt->n_units; k++)
            largest = MAX(largest, columns[m][k]);
        doubt->largest[m] = largest > 0 ? largest : 1;
        for (size_t k = 0; k < doubt->n_units; k++)
            doubt->y[k * doubt->n + m] = columns[m][k] / doubt->largest[m];
    }
    return true;
}

static void
set_column(Doubt *doubt, int column)
{
    glp_set_mat_col(doubt->lp, column, (int)doubt->n, doubt->rows, doubt->column);
}

static void
list_unit(Doubt *doubt, size_t k)
{
    const int column = glp_add_cols(doubt->lp, 1);

    glp_set_col_bnds(doubt->lp, column, GLP_LO, 0, 0);
    glp_set_obj_coef(doubt->lp, column, 1);
    memcpy(doubt->column + 1, doubt->y + k * doubt->n, doubt->n * sizeof *doubt->y);
    set_column(doubt, column);
    g_array_append_val(doubt->listed, k);
    doubt->is_listed[k] = true;
    if (!doubt->is_known[k])
        g_array_append_val(doubt->known, k);
    doubt->is_known[k] = true;
}

/* Takes out the columns that the basis does not use, when there are many. */
static void
unlist_unused(Doubt *doubt)
{
    const int first = glp_get_num_cols(doubt->lp) - (int)doubt->listed->len + 1;
    size_t n_kept = 0;
    int n_out = 0;

    if (doubt->listed->len <= MANY_COLUMNS * doubt->n)
        return;
    g_autofree int *out = g_new(int, doubt->listed->len + 1);
    size_t *listed = (size_t *)(void *)doubt->listed->data;
    for (size_t c = 0; c < doubt->listed->len; c++) {
        if (glp_get_col_stat(doubt->lp, first + (int)c) == GLP_BS) {
            listed[n_kept++] = listed[c];
            continue;
        }
        doubt->is_listed[listed[c]] = false;
        out[++n_out] = first + (int)c;
    }
    g_array_set_size(doubt->listed, (guint)n_kept);
    if (n_out > 0)
        glp_del_cols(doubt->lp, n_out, out);
}

/* The best unit of each column: with these every right-hand side can be met, so each problem has a solution. */
static void
list_best_units(Doubt *doubt)
{
    for (size_t m = 0; m < doubt->n; m++) {
        size_t best = 0;
        for (size_t k = 1; k < doubt->n_units; k++)
            if (doubt->y[k * doubt->n + m] > doubt->y[best * doubt->n + m])
                best = k;
        if (!doubt->is_listed[best])
            list_unit(doubt, best);
    }
}

/* columns are available and >= 0. */
static Doubt *
doubt_new(const double *const *columns, size_t n_columns, size_t n_units, double lower,
          double upper, GError **error)
{
    g_autoptr(Doubt) doubt = g_new0(Doubt, 1);

    doubt->n_units = n_units;
    doubt->n = n_columns;
    doubt->lower = lower;
    doubt->upper = upper;
    doubt->largest = g_new(double, n_columns);
    doubt->listed = g_array_new(FALSE, FALSE, sizeof(size_t));
    doubt->known = g_array_new(FALSE, FALSE, sizeof(size_t));
    doubt->is_listed = g_new0(bool, n_units);
    doubt->is_known = g_new0(bool, n_units);
    doubt->rows = g_new(int, n_columns + 1);
    doubt->column = g_new(double, n_columns + 1);
    for (size_t m = 0; m <= n_columns; m++)
        doubt->rows[m] = (int)m;
    if (!fill_values(doubt, columns, error))
        return NULL;

    doubt->lp = glp_create_prob();
    glp_set_obj_dir(doubt->lp, GLP_MIN);
    glp_add_rows(doubt->lp, (int)n_columns);
    if (lower > 0 || upper < 1) {
        doubt->first_share = glp_add_cols(doubt->lp, 2 * (int)n_columns);
        for (int c = 0; c < 2 * (int)n_columns; c++)
            glp_set_col_bnds(doubt->lp, doubt->first_share + c, GLP_LO, 0, 0);
    }
    list_best_units(doubt);
    return g_steal_pointer(&doubt);
}

/* -- one unit -- */

/* The share bounds of the unit: alpha_j for the lower, beta_j for the upper. */
static void
set_shares(Doubt *doubt, const double *y)
{
    for (size_t j = 0; j < doubt->n; j++) {
        for (size_t m = 0; m < doubt->n; m++)
            doubt->column[m + 1] = (doubt->lower - (j == m)) * y[m];
        set_column(doubt, doubt->first_share + (int)j);
        for (size_t m = 0; m < doubt->n; m++)
            doubt->column[m + 1] = ((j == m) - doubt->upper) * y[m];
        set_column(doubt, doubt->first_share + (int)(doubt->n + j));
    }
}

/* From the basis of the last solution, or from the beginning when the new columns make that one singular. */
static bool
optimise(Doubt *doubt, GError **error)
{
    glp_smcp how;

    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.meth = GLP_DUALP;
    how.tol_bnd = TOLERANCE;
    how.tol_dj = TOLERANCE;
    for (int attempt = 0; attempt < 2; attempt++) {
        if (glp_simplex(doubt->lp, &how) == 0 && glp_get_status(doubt->lp) == GLP_OPT)
            return true;
        glp_std_basis(doubt->lp);
    }
    g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DEGENERATE,
                "benefit of the doubt: the linear programme has no solution that can be found");
    return false;
}

static double
score_of(const Doubt *doubt, size_t k, const double *weights)
{
    double sum = 0;

    for (size_t m = 0; m < doubt->n; m++)
        sum += weights[m] * doubt->y[k * doubt->n + m];
    return sum;
}

/* The unit that scores highest under the weights. Known ones are looked at first: mostly one of them breaks its
 * constraint, if any does. */
static size_t
find_highest(const Doubt *doubt, const double *weights, double *ret_score)
{
    size_t highest = 0;

    *ret_score = -1;
    for (size_t p = 0; p < doubt->known->len; p++) {
        size_t k = g_array_index(doubt->known, size_t, p);
        double score = score_of(doubt, k, weights);
        if (score > *ret_score) {
            *ret_score = score;
            highest = k;
        }
    }
    if (*ret_score > 1 + ABOVE_ONE && !doubt->is_listed[highest])
        return highest;
    for (size_t k = 0; k < doubt->n_units; k++) {
        double score = score_of(doubt, k, weights);
        if (score > *ret_score) {
            *ret_score = score;
            highest = k;
        }
    }
    return highest;
}

/* Weights are for y; the unit has a value above 0 wherever the share bounds ask for one. */
static bool
doubt_solve(Doubt *doubt, size_t unit, double *weights, double *ret_score, GError **error)
{
    const double *y = doubt->y + unit * doubt->n;
    double highest_score = 0;

    unlist_unused(doubt);
    for (size_t m = 0; m < doubt->n; m++)
        glp_set_row_bnds(doubt->lp, (int)m + 1, GLP_LO, y[m], 0);
    if (doubt->first_share > 0)
        set_shares(doubt, y);
    for (;;) {
        if (!optimise(doubt, error))
            return false;
        for (size_t m = 0; m < doubt->n; m++)
            weights[m] = MAX(glp_get_row_dual(doubt->lp, (int)m + 1), 0);
        size_t highest = find_highest(doubt, weights, &highest_score);
        /* A listed unit above 1 is GLPK's tolerance: another column would not help. */
        if (highest_score <= 1 + ABOVE_ONE || doubt->is_listed[highest])
            break;
        list_unit(doubt, highest);
    }

    for (size_t m = 0; m < doubt->n; m++)
        weights[m] /= highest_score;
    *ret_score = score_of(doubt, unit, weights);
    return true;
}

/* -- what the method asks of the values -- */

static bool
check_column(const double *column, size_t n_units, size_t *ret_bad)
{
    for (size_t i = 0; i < n_units; i++) {
        if (isfinite(column[i]) && column[i] >= 0)
            continue;
        *ret_bad = i;
        return false;
    }
    return true;
}

typedef enum {
    UNIT_GOOD,
    UNIT_ALL_ZERO, /* no weights raise its score */
    UNIT_TOO_FEW, /* a share of 0 where at least lower is asked, or too few to share out under upper */
} UnitFault;

static UnitFault
check_unit(const double *const *columns, size_t n_columns, size_t unit, double lower, double upper)
{
    size_t n_positive = 0;

    for (size_t m = 0; m < n_columns; m++)
        n_positive += columns[m][unit] > 0;
    if (n_positive == 0)
        return UNIT_ALL_ZERO;
    if ((lower > 0 && n_positive < n_columns) || (double)n_positive * upper < 1 - ABOVE_ONE)
        return UNIT_TOO_FEW;
    return UNIT_GOOD;
}

static bool
set_unit_fault(UnitFault fault, const char *unit, const char *of, double lower, double upper,
               GError **error)
{
    switch (fault) {
    case UNIT_GOOD:
        return true;
    case UNIT_ALL_ZERO:
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DEGENERATE,
                    "benefit of the doubt: all values of %s within %s are 0, no weights can speak"
                    " for it; normalise to a range that starts above 0",
                    unit, of);
        return false;
    case UNIT_TOO_FEW:
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DEGENERATE,
                    "benefit of the doubt: %s has zeros within %s, so shares between %g and %g"
                    " cannot be kept; normalise to a range that starts above 0",
                    unit, of, lower, upper);
        return false;
    }
    g_assert_not_reached();
}

static bool
check_share_bounds(const char *of, size_t n_columns, double lower, double upper, GError **error)
{
    const double n = (double)n_columns;

    if (n * lower <= 1 + ABOVE_ONE && n * upper >= 1 - ABOVE_ONE)
        return true;
    g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC,
                "benefit of the doubt: %zu shares between %g and %g cannot sum to 1 within %s",
                n_columns, lower, upper, of);
    return false;
}

bool
gh_index_benefit_of_the_doubt(const double *const *columns, size_t n_columns, size_t n_units,
                              size_t unit, double share_lower, double share_upper,
                              double *ret_weights, double *ret_score, GError **error)
{
    g_assert(n_columns > 0 && unit < n_units);
    for (size_t m = 0; m < n_columns; m++) {
        size_t bad = 0;
        if (check_column(columns[m], n_units, &bad))
            continue;
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DATA,
                    "benefit of the doubt: column %zu, row %zu is %g; it must be 0 or more", m + 1,
                    bad + 1, columns[m][bad]);
        return false;
    }
    g_autofree char *name = g_strdup_printf("row %zu", unit + 1);
    if (!check_share_bounds("the columns", n_columns, share_lower, share_upper, error)
        || !set_unit_fault(check_unit(columns, n_columns, unit, share_lower, share_upper), name,
                           "the columns", share_lower, share_upper, error))
        return false;

    g_autoptr(Doubt) doubt =
        doubt_new(columns, n_columns, n_units, share_lower, share_upper, error);
    g_autofree double *weights = g_new(double, n_columns);
    if (doubt == NULL || !doubt_solve(doubt, unit, weights, ret_score, error))
        return false;
    for (size_t m = 0; m < n_columns; m++)
        ret_weights[m] = weights[m] / doubt->largest[m];
    return true;
}

/* -- all units of a group -- */

static const char *
unit_code(const GhIndexState *state, size_t unit)
{
    return state->data->unit_codes[state->rows[unit]];
}

static bool
check_values(const GhIndexState *state, const size_t *children, size_t n, GError **error)
{
    for (size_t c = 0; c < n; c++) {
        const double *column = gh_index_state_column(state, children[c]);
        const char *child = state->data->nodes[children[c]].code;
        size_t bad = 0;
        if (check_column(column, state->n_units, &bad))
            continue;
        if (isnan(column[bad]))
            g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DATA,
                        "benefit of the doubt: %s has no value of %s; impute before",
                        unit_code(state, bad), child);
        else
            g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DATA,
                        "benefit of the doubt: %s of %s is %g; normalise to a range of 0 or more",
                        child, unit_code(state, bad), column[bad]);
        return false;
    }
    return true;
}

static bool
score_units(GhIndexState *state, const GhIndexWeighting *how, size_t parent, Doubt *doubt,
            double *mean_shares, GError **error)
{
    double *scores = gh_index_state_column(state, parent);
    g_autofree double *weights = g_new(double, doubt->n);

    for (size_t i = 0; i < state->n_units; i++) {
        double score = 0;
        if (!doubt_solve(doubt, i, weights, &score, error)) {
            g_prefix_error(error, "%s, %s: ", state->data->nodes[parent].code, unit_code(state, i));
            return false;
        }
        for (size_t m = 0; m < doubt->n; m++)
            mean_shares[m] +=
                weights[m] * doubt->y[i * doubt->n + m] / score / (double)state->n_units;
        scores[i] = how->scale * score;
    }
    return true;
}

static bool
weight_group(GhIndexState *state, const GhIndexWeighting *how, size_t parent, GhIndexNotes *notes,
             GError **error)
{
    const GhIndexNode *node = &state->data->nodes[parent];
    g_autofree size_t *children = g_new(size_t, node->n_children);
    g_autofree const double **columns = g_new(const double *, node->n_children);
    g_autofree double *mean_shares = g_new0(double, node->n_children);
    const size_t n = gh_weights_siblings(state, parent, children);

    if (!check_share_bounds(node->code, n, how->share_lower, how->share_upper, error)
        || !check_values(state, children, n, error))
        return false;
    for (size_t c = 0; c < n; c++)
        columns[c] = gh_index_state_column(state, children[c]);
    for (size_t i = 0; i < state->n_units; i++)
        if (!set_unit_fault(check_unit(columns, n, i, how->share_lower, how->share_upper),
                            unit_code(state, i), node->code, how->share_lower, how->share_upper,
                            error))
            return false;

    g_autoptr(Doubt) doubt =
        doubt_new(columns, n, state->n_units, how->share_lower, how->share_upper, error);
    if (doubt == NULL || !score_units(state, how, parent, doubt, mean_shares, error))
        return false;
    for (size_t c = 0; c < n; c++) {
        state->weights[children[c]] = mean_shares[c];
        if (notes != NULL)
            g_ptr_array_add(notes->weights,
                            g_strdup_printf("%s: %.1f %% of the score of %s in the mean of units,"
                                            " each weighted as suits it best",
                                            state->data->nodes[children[c]].code,
                                            100 * mean_shares[c], node->code));
    }
    return true;
}

bool
gh_weights_doubt(GhIndexState *state, const GhIndexWeighting *how, int level, GhIndexNotes *notes,
                 GError **error)
{
    if (state->n_units == 0)
        return true;
    for (size_t p = state->data->n_indicators; p < state->data->n_nodes; p++)
        if (state->data->nodes[p].level == level + 1 && state->active[p]
            && !weight_group(state, how, p, notes, error))
            return false;
    return true;
}
