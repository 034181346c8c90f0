/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* components.c - principal components: the eigenvectors of the correlation matrix.
 *
 * Source    OECD/JRC 2008, section 4.1; Jolliffe 2002, chapter 2. GSL's symmetric eigensolver, whose error is
 *           of the order of 1e-15 of the largest eigenvalue.
 */
#include "index/stats.h"

#include <gsl/gsl_eigen.h>
#include <math.h>
#include <string.h>

#include "index/column.h"

/* Our choice: 2,000 columns take some minutes and 100 MB, and no index has more in one group. */
enum {
    MAX_COLUMNS = 2000
};

/* A sum of loadings, or a loading, that is as near to 0 as this is 0 but for rounding. */
static const double ZERO_LOADING = 1e-9;

G_DEFINE_AUTOPTR_CLEANUP_FUNC(gsl_matrix, gsl_matrix_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(gsl_vector, gsl_vector_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(gsl_eigen_symmv_workspace, gsl_eigen_symmv_free)

/* -- complete units -- */

static bool
is_complete(const GhIndexState *state, const size_t *nodes, size_t n_nodes, size_t unit)
{
    for (size_t k = 0; k < n_nodes; k++)
        if (isnan(gh_index_state_column(state, nodes[k])[unit]))
            return false;
    return true;
}

static size_t
list_complete(const GhIndexState *state, const size_t *nodes, size_t n_nodes, size_t *units)
{
    size_t n = 0;

    for (size_t i = 0; i < state->n_units; i++)
        if (is_complete(state, nodes, n_nodes, i))
            units[n++] = i;
    return n;
}

/* Too few complete units: says which column has the most gaps, since that is the one to look at. */
static void
set_too_few(const GhIndexState *state, const size_t *nodes, size_t n_nodes, size_t n_complete,
            GError **error)
{
    size_t fewest = 0, fewest_available = SIZE_MAX;

    for (size_t k = 0; k < n_nodes; k++) {
        size_t n = gh_column_range(gh_index_state_column(state, nodes[k]), state->n_units).n;
        if (n < fewest_available) {
            fewest_available = n;
            fewest = k;
        }
    }
    g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DEGENERATE,
                "principal components need 2 units with all %zu values, %zu of %zu have them;"
                " %s is known of %zu",
                n_nodes, n_complete, state->n_units, state->data->nodes[nodes[fewest]].code,
                fewest_available);
}

/* -- the correlation matrix -- */

/* The standardised values of one column over the complete units. */
static bool
standardise(const GhIndexState *state, size_t node, const size_t *units, size_t n, double *ret,
            GError **error)
{
    const double *x = gh_index_state_column(state, node);

    for (size_t i = 0; i < n; i++)
        ret[i] = x[units[i]];
    const GhMoments moments = gh_column_mean_sd(ret, n);
    if (moments.min == moments.max) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DEGENERATE,
                    "principal components: %s is %g in all %zu complete units;"
                    " leave it out",
                    state->data->nodes[node].code, moments.min, n);
        return false;
    }
    /* The eigenvalues of a matrix that holds NAN would be looked for without end. */
    if (!(moments.sd > 0) || !isfinite(moments.sd)) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DEGENERATE,
                    "principal components: the spread of %s, from %g to %g, is too large or too"
                    " small to be computed with; give it in another unit",
                    state->data->nodes[node].code, moments.min, moments.max);
        return false;
    }
    for (size_t i = 0; i < n; i++)
        ret[i] = (ret[i] - moments.mean) / moments.sd;
    return true;
}

static gsl_matrix *
correlation_matrix(const double *z, size_t n_units, size_t n_columns)
{
    gsl_matrix *matrix = gsl_matrix_alloc(n_columns, n_columns);

    for (size_t a = 0; a < n_columns; a++) {
        gsl_matrix_set(matrix, a, a, 1);
        for (size_t b = 0; b < a; b++) {
            double sum = 0;
            for (size_t i = 0; i < n_units; i++)
                sum += z[a * n_units + i] * z[b * n_units + i];
            gsl_matrix_set(matrix, a, b, sum / (double)(n_units - 1));
            gsl_matrix_set(matrix, b, a, sum / (double)(n_units - 1));
        }
    }
    return matrix;
}

/* -- eigenvectors -- */

/* weights.h: the sum of loadings is positive, and where that is 0 the first loading that is not. */
static void
fix_sign(double *vector, size_t n)
{
    double decides = 0;

    for (size_t k = 0; k < n; k++)
        decides += vector[k];
    for (size_t k = 0; k < n && fabs(decides) < ZERO_LOADING; k++)
        decides = vector[k];
    for (size_t k = 0; k < n && decides < 0; k++)
        vector[k] = -vector[k];
}

static GhIndexComponents *
decompose(gsl_matrix *matrix, size_t n_complete)
{
    const size_t n = matrix->size1;
    GhIndexComponents *components = g_new0(GhIndexComponents, 1);
    g_autoptr(gsl_vector) values = gsl_vector_alloc(n);
    g_autoptr(gsl_matrix) vectors = gsl_matrix_alloc(n, n);
    g_autoptr(gsl_eigen_symmv_workspace) workspace = gsl_eigen_symmv_alloc(n);

    /* These fail only for matrices that are not square, or orders that do not exist. */
    gsl_eigen_symmv(matrix, values, vectors, workspace);
    gsl_eigen_symmv_sort(values, vectors, GSL_EIGEN_SORT_VAL_DESC);

    components->n = n;
    components->n_complete = n_complete;
    components->eigenvalues = g_new(double, n);
    components->shares = g_new(double, n);
    components->vectors = g_new(double, n *n);
    for (size_t c = 0; c < n; c++) {
        /* A correlation matrix has no negative eigenvalue; rounding can make one out of 0. */
        components->eigenvalues[c] = MAX(gsl_vector_get(values, c), 0);
        components->shares[c] = components->eigenvalues[c] / (double)n;
        for (size_t k = 0; k < n; k++)
            components->vectors[c * n + k] = gsl_matrix_get(vectors, k, c);
        fix_sign(components->vectors + c * n, n);
    }
    return components;
}

GhIndexComponents *
gh_index_components(const GhIndexState *state, const size_t *nodes, size_t n_nodes, GError **error)
{
    g_assert(n_nodes > 0);
    if (n_nodes > MAX_COLUMNS) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_LIMIT,
                    "principal components of %zu columns; at most %d", n_nodes, MAX_COLUMNS);
        return NULL;
    }
    g_autofree size_t *units = g_new(size_t, state->n_units);
    const size_t n = list_complete(state, nodes, n_nodes, units);
    if (n < 2) {
        set_too_few(state, nodes, n_nodes, n, error);
        return NULL;
    }
    g_autofree double *z = g_try_malloc_n(n, n_nodes * sizeof *z);
    if (z == NULL) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_LIMIT,
                    "no memory for principal components of %zu x %zu", n, n_nodes);
        return NULL;
    }
    for (size_t k = 0; k < n_nodes; k++)
        if (!standardise(state, nodes[k], units, n, z + k * n, error))
            return NULL;

    g_autoptr(gsl_matrix) matrix = correlation_matrix(z, n, n_nodes);
    return decompose(matrix, n);
}

void
gh_index_components_free(GhIndexComponents *components)
{
    if (components == NULL)
        return;
    g_free(components->eigenvalues);
    g_free(components->shares);
    g_free(components->vectors);
    g_free(components);
}
