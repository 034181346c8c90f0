/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* statistics_reference_test.c - the published example's statistics, all that the reference folder has of them. */
#include "index/column.h"
#include "index/stats.h"
#include "index/stats/stats_testing.h"

#include <math.h>
#include <string.h>

static void
near(double got, double want, const char *a, const char *b)
{
    g_autofree char *label = g_strdup_printf("%s, %s", a, b);

    gh_index_assert_near(got, want, GH_INDEX_TOLERANCE, label);
}

/* -- distributions -- */

static void
check_figures(const GhIndexDescription *d, const GhIndexTable *want, const char *code)
{
    const struct {
        const char *column;
        double got;
    } figures[] = {
        {"Min", d->min},
        {"Max", d->max},
        {"Mean", d->mean},
        {"Median", d->median},
        {"Std", d->sd},
        {"Skew", d->skew},
        {"Kurt", d->kurt},
        {"N.Avail", (double)d->n_available},
        {"N.NonZero", (double)d->n_nonzero},
        {"N.Unique", (double)d->n_unique},
        {"N.Same", (double)d->n_same},
        {"Frc.Avail", d->share_available},
        {"Frc.NonZero", d->share_nonzero},
        {"Frc.Unique", d->share_unique},
        {"Frc.Same", d->share_same},
    };

    for (size_t f = 0; f < G_N_ELEMENTS(figures); f++)
        near(figures[f].got, gh_index_table_value(want, code, figures[f].column), code,
             figures[f].column);
}

static void
check_flags(const GhIndexDescription *d, const GhIndexTable *want, const char *code)
{
    const GhIndexDescriptionFlags flags =
        gh_index_description_flags(d, &GH_INDEX_DESCRIPTION_LIMITS);

    g_assert_cmpstr(flags.few_available ? "LOW" : "ok", ==,
                    gh_index_table_text(want, code, "Flag.Avail"));
    g_assert_cmpstr(flags.few_nonzero ? "LOW" : "ok", ==,
                    gh_index_table_text(want, code, "Flag.NonZero"));
    g_assert_cmpstr(flags.few_unique ? "LOW" : "ok", ==,
                    gh_index_table_text(want, code, "Flag.Unique"));
    g_assert_cmpstr(flags.outliers ? "OUT" : "ok", ==,
                    gh_index_table_text(want, code, "Flag.SkewKurt"));
}

static void
check_descriptions(const char *step, const char *file)
{
    g_autoptr(GhIndexState) state = gh_stats_testing_state(step);
    g_autoptr(GhIndexTable) want = gh_index_testing_table(file);
    if (state == NULL)
        return;
    size_t n = 0;
    g_autofree size_t *nodes = gh_stats_testing_level(state, 1, &n);
    g_autofree GhIndexDescription *descriptions = g_new(GhIndexDescription, n);

    gh_index_describe(state, nodes, n, descriptions);
    for (size_t k = 0; k < n; k++) {
        const char *code = state->data->nodes[nodes[k]].code;
        check_figures(&descriptions[k], want, code);
        check_flags(&descriptions[k], want, code);
    }
}

static void
test_descriptions(void)
{
    check_descriptions("data/step_Raw.csv", "stats/stats_Raw.csv");
    check_descriptions("data/step_Treated.csv", "stats/stats_Treated.csv");
}

static void
test_quantiles(void)
{
    g_autoptr(GhIndexState) state = gh_stats_testing_state("data/step_Raw.csv");
    g_autoptr(GhIndexTable) want = gh_index_testing_table("stats/quantiles_type7_Raw.csv");
    if (state == NULL)
        return;
    g_autofree double *sorted = g_new(double, state->n_units);

    for (size_t k = 0; k < state->data->n_indicators; k++) {
        const char *code = state->data->nodes[k].code;
        const size_t n = gh_column_sort(gh_index_state_column(state, k), state->n_units, sorted);
        for (size_t c = 0; c < want->n_columns; c++) {
            const double percent = g_ascii_strtod(want->columns[c] + 1, NULL); /* "q25" */
            near(gh_column_quantile(sorted, n, percent / 100),
                 gh_index_table_value(want, code, want->columns[c]), code, want->columns[c]);
        }
    }
}

static void
test_availability(void)
{
    g_autoptr(GhIndexState) state = gh_stats_testing_state("data/step_Raw.csv");
    g_autoptr(GhIndexTable) all = gh_index_testing_table("stats/avail_summary_Raw.csv");
    g_autoptr(GhIndexTable) groups = gh_index_testing_table("stats/avail_bygroup_Raw.csv");
    if (state == NULL)
        return;
    const GhIndexData *data = state->data;
    g_autofree GhIndexAvailability *units = g_new(GhIndexAvailability, state->n_units);

    for (size_t k = data->n_indicators; k < data->n_nodes; k++) {
        gh_index_availability(state, k, units);
        for (size_t i = 0; i < state->n_units; i++)
            near((double)units[i].n_available / (double)units[i].n,
                 gh_index_table_value(groups, data->unit_codes[i], data->nodes[k].code),
                 data->unit_codes[i], data->nodes[k].code);
    }
    gh_index_availability(state, gh_index_data_top(data), units);
    for (size_t i = 0; i < state->n_units; i++) {
        const char *unit = data->unit_codes[i];
        const double available = (double)units[i].n_available, zero = (double)units[i].n_zero;
        near((double)units[i].n - available, gh_index_table_value(all, unit, "N_missing"), unit,
             "missing");
        near(zero, gh_index_table_value(all, unit, "N_zero"), unit, "zero");
        near((available - zero) / available, gh_index_table_value(all, unit, "Non_Zero"), unit,
             "share not zero");
    }
}

/* -- correlations -- */

static void
check_matrix(GhCorrelation method, const char *file, const char *p_file)
{
    g_autoptr(GhIndexState) state = gh_stats_testing_state("data/step_Raw.csv");
    g_autoptr(GhIndexTable) want = gh_index_testing_table(file);
    if (state == NULL)
        return;
    g_autoptr(GhIndexTable) p = p_file != NULL ? gh_index_testing_table(p_file) : NULL;
    size_t n = 0;
    g_autofree size_t *nodes = gh_stats_testing_level(state, 1, &n);
    g_autofree GhIndexCorrelation *all = g_new(GhIndexCorrelation, n * n);

    g_assert_true(gh_index_correlations(state, method, nodes, n, nodes, n, all, NULL));
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < n; b++) {
            const char *ca = state->data->nodes[a].code, *cb = state->data->nodes[b].code;
            near(all[a * n + b].r, gh_index_table_value(want, ca, cb), ca, cb);
            if (p != NULL) {
                /* Relative however small they are. */
                const double p_want = gh_index_table_value(p, ca, cb);
                g_assert_cmpfloat(fabs(all[a * n + b].p - p_want), <=, 1e-9 * p_want);
            }
        }
}

static void
test_matrices(void)
{
    check_matrix(GH_CORRELATION_PEARSON, "stats/cor_pearson_Raw.csv",
                 "stats/pvals_pearson_Raw.csv");
    check_matrix(GH_CORRELATION_SPEARMAN, "stats/cor_spearman_Raw.csv", NULL);
    check_matrix(GH_CORRELATION_KENDALL, "stats/cor_kendall_Raw.csv", NULL);
}

static double
pearson(const GhIndexState *state, size_t a, size_t b)
{
    return gh_index_correlate(gh_index_state_column(state, a), gh_index_state_column(state, b),
                              state->n_units, GH_CORRELATION_PEARSON)
        .r;
}

/* Files of pairs: Var1, Var2, Correlation. */
static void
test_correlations_between_levels(void)
{
    static const char *const files[] = {"stats/corr_L1_L2_parent.csv", "stats/corr_L2_L4.csv",
                                        "stats/corr_L3_L4.csv"};

    for (size_t f = 0; f < G_N_ELEMENTS(files); f++) {
        g_autoptr(GhIndexState) state = gh_stats_testing_state("data/step_Aggregated.csv");
        g_autoptr(GhIndexTable) want = gh_index_testing_table(files[f]);
        if (state == NULL)
            return;
        for (size_t r = 0; r < want->n_rows; r++) {
            const char *a = want->rows[r], *b = want->texts[r];
            near(pearson(state, gh_stats_testing_node(state, a), gh_stats_testing_node(state, b)),
                 want->values[want->n_rows + r], a, b);
        }
    }
}

/* The row of a file of pairs with these two, in either order; -1: it has none. columns: of the second code. */
static gssize
find_pair(const GhIndexTable *table, char *const *firsts, char *const *seconds, const char *a,
          const char *b)
{
    for (size_t r = 0; r < table->n_rows; r++)
        if ((strcmp(firsts[r], a) == 0 && strcmp(seconds[r], b) == 0)
            || (strcmp(firsts[r], b) == 0 && strcmp(seconds[r], a) == 0))
            return (gssize)r;
    return -1;
}

/* Within a pillar: at least 0.9 (none), or at most -0.4. Columns Group, Ind1, Ind2, Corr. */
static void
test_flagged_correlations(void)
{
    g_autoptr(GhIndexState) state = gh_stats_testing_state("data/step_Normalised.csv");
    g_autoptr(GhIndexTable) low = gh_index_testing_table("stats/corr_flags_low.csv");
    g_autoptr(GhIndexTable) high = gh_index_testing_table("stats/corr_flags_high.csv");
    if (state == NULL)
        return;
    const GhIndexNode *nodes = state->data->nodes;
    size_t n_low = 0, n_high = 0;

    for (size_t a = 0; a < state->data->n_indicators; a++)
        for (size_t b = 0; b < a; b++) {
            const double r = pearson(state, a, b);
            if (nodes[a].parent != nodes[b].parent)
                continue;
            n_high += r >= 0.9 ? 1 : 0;
            if (r > -0.4)
                continue;
            gssize row =
                find_pair(low, low->texts, low->texts + low->n_rows, nodes[a].code, nodes[b].code);
            g_assert_cmpint(row, >=, 0);
            near(r, low->values[2 * low->n_rows + (size_t)row], nodes[a].code, nodes[b].code);
            n_low++;
        }
    g_assert_cmpuint(n_low, ==, low->n_rows);
    g_assert_cmpuint(n_high, ==, high->n_rows);
}

static void
test_correlations_with_denominators(void)
{
    g_autoptr(GhIndexState) state = gh_stats_testing_state("data/step_Raw.csv");
    g_autoptr(GhIndexTable) want = gh_index_testing_table("stats/denom_corr.csv");
    if (state == NULL)
        return;
    const GhIndexData *data = state->data;
    size_t n = 0;

    for (size_t k = 0; k < data->n_indicators; k++)
        for (size_t d = 0; d < data->n_denominators; d++) {
            const GhIndexVariable *denominator = &data->denominators[d];
            const double r =
                gh_index_link(denominator->values, gh_index_state_column(state, k), state->n_units)
                    .pearson.r;
            if (fabs(r) <= 0.7)
                continue;
            gssize row =
                find_pair(want, want->rows, want->texts, data->nodes[k].code, denominator->code);
            g_assert_cmpint(row, >=, 0);
            near(r, want->values[want->n_rows + (size_t)row], data->nodes[k].code,
                 denominator->code);
            n++;
        }
    g_assert_cmpuint(n, ==, want->n_rows);
}

static void
test_cronbach(void)
{
    g_autoptr(GhIndexState) state = gh_stats_testing_state("data/step_Aggregated.csv");
    g_autoptr(GhIndexTable) want = gh_index_testing_table("stats/cronbach.csv");
    if (state == NULL)
        return;

    for (size_t r = 0; r < want->n_rows; r++) {
        const GhIndexNode *node = &state->data->nodes[gh_stats_testing_node(state, want->rows[r])];
        near(gh_index_cronbach(state, node->children, node->n_children), want->values[r],
             want->rows[r], "alpha");
    }
}

/* -- components: files with a row a group and number -- */

/* Theirs, brought to our sign. Columns: iCode, pc, loading. */
static void
check_loadings(const GhIndexState *state, const GhIndexComponents *ours, const size_t *nodes,
               const GhIndexTable *want, const char *group)
{
    for (size_t c = 0; c < ours->n; c++) {
        g_autofree double *theirs = g_new0(double, ours->n);
        double product = 0;
        for (size_t r = 0; r < want->n_rows; r++)
            for (size_t k = 0; k < ours->n; k++)
                if (strcmp(want->rows[r], group) == 0
                    && strcmp(want->texts[r], state->data->nodes[nodes[k]].code) == 0
                    && want->values[want->n_rows + r] == (double)(c + 1))
                    theirs[k] = want->values[2 * want->n_rows + r];
        for (size_t k = 0; k < ours->n; k++)
            product += theirs[k] * ours->vectors[c * ours->n + k];
        for (size_t k = 0; k < ours->n; k++)
            near(ours->vectors[c * ours->n + k], copysign(1, product) * theirs[k], group,
                 state->data->nodes[nodes[k]].code);
    }
}

static void
check_eigenvalues(const GhIndexComponents *ours, const GhIndexTable *want, const char *group)
{
    size_t n = 0;

    for (size_t r = 0; r < want->n_rows; r++) {
        if (strcmp(want->rows[r], group) != 0)
            continue;
        near(ours->eigenvalues[n], want->values[want->n_rows + r], group, "eigenvalue");
        near(ours->shares[n], want->values[2 * want->n_rows + r], group, "share");
        n++;
    }
    g_assert_cmpuint(n, ==, ours->n);
}

static void
test_components(void)
{
    for (int level = 1; level <= 3; level++) {
        g_autofree char *eigen_file = g_strdup_printf("weights/pca_eigen_L%d.csv", level);
        g_autofree char *loadings_file = g_strdup_printf("weights/pca_loadings_L%d.csv", level);
        g_autoptr(GhIndexState) state = gh_stats_testing_state("data/step_Aggregated.csv");
        g_autoptr(GhIndexTable) eigen = gh_index_testing_table(eigen_file);
        g_autoptr(GhIndexTable) loadings = gh_index_testing_table(loadings_file);
        if (state == NULL)
            return;
        for (size_t p = 0; p < state->data->n_nodes; p++) {
            const GhIndexNode *parent = &state->data->nodes[p];
            g_autoptr(GError) error = NULL;
            if (parent->level != level + 1)
                continue;
            g_autoptr(GhIndexComponents) ours =
                gh_index_components(state, parent->children, parent->n_children, &error);
            g_assert_no_error(error);
            check_eigenvalues(ours, eigen, parent->code);
            check_loadings(state, ours, parent->children, loadings, parent->code);
        }
    }
}

static void
test_components_of_all_indicators(void)
{
    g_autoptr(GhIndexState) state = gh_stats_testing_state("data/step_Aggregated.csv");
    g_autoptr(GhIndexTable) eigen = gh_index_testing_table("weights/pca_eigen_L1_nogroups.csv");
    g_autoptr(GhIndexTable) weights = gh_index_testing_table("weights/pca_weights_L1_nogroups.csv");
    if (state == NULL)
        return;
    size_t n = 0;
    double product = 0;
    g_autofree size_t *nodes = gh_stats_testing_level(state, 1, &n);
    g_autoptr(GhIndexComponents) ours = gh_index_components(state, nodes, n, NULL);

    for (size_t c = 0; c < n; c++)
        near(ours->eigenvalues[c], eigen->values[c], "eigenvalue", eigen->rows[c]);
    for (size_t k = 0; k < n; k++)
        product +=
            ours->vectors[k] * gh_index_table_value(weights, state->data->nodes[k].code, "Weight");
    for (size_t k = 0; k < n; k++) {
        const char *code = state->data->nodes[k].code;
        near(ours->vectors[k], copysign(1, product) * gh_index_table_value(weights, code, "Weight"),
             code, "loading");
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/statistics/ASEM/distributions and flags are those published",
                    test_descriptions);
    g_test_add_func("/statistics/ASEM/quantiles are those published", test_quantiles);
    g_test_add_func("/statistics/ASEM/availability is that published", test_availability);
    g_test_add_func("/statistics/ASEM/correlations and probabilities are those published",
                    test_matrices);
    g_test_add_func("/statistics/ASEM/correlations between levels are those published",
                    test_correlations_between_levels);
    g_test_add_func("/statistics/ASEM/the same correlations stand out", test_flagged_correlations);
    g_test_add_func("/statistics/ASEM/the same indicators go with denominators",
                    test_correlations_with_denominators);
    g_test_add_func("/statistics/ASEM/Cronbach's alphas are those published", test_cronbach);
    g_test_add_func("/statistics/ASEM/components are those published, with our signs",
                    test_components);
    g_test_add_func("/statistics/ASEM/components of all indicators are those published",
                    test_components_of_all_indicators);
    return g_test_run();
}
