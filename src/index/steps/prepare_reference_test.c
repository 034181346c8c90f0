/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* prepare_reference_test.c - the steps on raw values against the published example (ASEM). Needs
 * the reference. */
#include "index/index_testing.h"
#include "index/read.h"
#include "index/steps.h"

#include <math.h>
#include <string.h>

static GhIndexState *
read_state(const char *path)
{
    g_autofree char *data_path = gh_index_testing_path(path);
    g_autofree char *meta_path = gh_index_testing_path("asem_iMeta.csv");
    if (data_path == NULL)
        return NULL;

    g_autoptr(GError) error = NULL;
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GhIndexData) data = gh_index_read_paths(data_path, meta_path, faults, &error);
    g_assert_no_error(error);
    return gh_index_state_new(data);
}

static GhIndexState *
read_asem(void)
{
    return read_state("asem_iData.csv");
}

/* Stricter than gh_index_assert_table about small rates: the tolerance is relative to each value,
 * however small. */
static void
assert_same(const GhIndexState *state, const char *path)
{
    g_autoptr(GhIndexTable) want = gh_index_testing_table(path);

    g_assert_cmpuint(state->n_units, ==, want->n_rows);
    for (size_t j = 0; j < state->data->n_indicators; j++) {
        const char *code = state->data->nodes[j].code;
        for (size_t i = 0; i < state->n_units; i++) {
            const char *unit = state->data->unit_codes[state->rows[i]];
            const double got = gh_index_state_column(state, j)[i];
            const double wanted = gh_index_table_value(want, unit, code);
            if (isnan(got) && isnan(wanted))
                continue;
            if (!(fabs(got - wanted) <= GH_INDEX_TOLERANCE * fabs(wanted)))
                g_error("%s, %s, %s: expected %.17g, got %.17g", path, unit, code, wanted, got);
        }
    }
}

/* -- denomination and imputation -- */

static void
denominate(GhIndexState *state)
{
    g_autoptr(GError) error = NULL;

    g_assert_true(
        gh_index_denominate(state, &(GhIndexDenominate){.scale_factor = 1.0}, NULL, &error));
    g_assert_no_error(error);
}

static void
test_denominated(void)
{
    g_autoptr(GhIndexState) state = read_asem();

    if (state == NULL)
        return;
    denominate(state);
    assert_same(state, "data/denominated.csv");
    assert_same(state, "data/step_Denominated.csv");
}

static void
test_imputed(void)
{
    static const struct {
        const char *file;
        GhIndexImpute how;
    } cases[] = {
        {"impute/i_mean.csv", {.method = GH_IMPUTE_MEAN}},
        {"impute/i_median.csv", {.method = GH_IMPUTE_MEDIAN}},
        {"impute/i_mean_grp_EurAsia.csv", {.method = GH_IMPUTE_MEAN, .group = "EurAsia_group"}},
        {"impute/i_mean_grp_GDP_group.csv", {.method = GH_IMPUTE_MEAN, .group = "GDP_group"}},
        {"impute/i_median_grp_EurAsia.csv", {.method = GH_IMPUTE_MEDIAN, .group = "EurAsia_group"}},
        {"impute/row_i_mean_grouplevel2.csv",
         {.by = GH_IMPUTE_BY_ROW, .group_level = 2, .normalise_first = true}},
        {"impute/row_i_median_grouplevel2.csv",
         {.method = GH_IMPUTE_MEDIAN,
          .by = GH_IMPUTE_BY_ROW,
          .group_level = 2,
          .normalise_first = true}},
        {"impute/row_i_mean_all.csv", {.by = GH_IMPUTE_BY_ROW, .normalise_first = true}},
    };

    for (size_t c = 0; c < G_N_ELEMENTS(cases); c++) {
        g_autoptr(GhIndexState) state = read_asem();
        g_autoptr(GError) error = NULL;
        if (state == NULL)
            return;
        denominate(state);
        g_assert_true(gh_index_impute(state, &cases[c].how, NULL, &error));
        g_assert_no_error(error);
        assert_same(state, cases[c].file);
    }
}

/* Up to the treatment, as the example does it. */
static GhIndexState *
screened(void)
{
    g_autoptr(GhIndexState) state = read_asem();
    g_autoptr(GError) error = NULL;

    if (state == NULL)
        return NULL;
    denominate(state);
    g_assert_true(gh_index_impute(
        state, &(GhIndexImpute){.method = GH_IMPUTE_MEAN, .group = "EurAsia_group"}, NULL, &error));
    g_assert_no_error(error);
    assert_same(state, "data/step_Imputed.csv");
    g_assert_true(gh_index_screen(state, &(GhIndexScreen){.min_available = 0.9}, NULL, &error));
    g_assert_no_error(error);
    return g_steal_pointer(&state);
}

static void
test_screened(void)
{
    g_autoptr(GhIndexState) state = screened();

    if (state == NULL)
        return;
    g_assert_cmpuint(state->n_units, ==, 51);
    assert_same(state, "data/step_Screened.csv");
}

/* Which units stay when the raw data are screened: those that the published availability says. */
static void
test_screened_raw(void)
{
    g_autoptr(GhIndexTable) available = gh_index_testing_table("stats/avail_summary_Raw.csv");
    g_autoptr(GhIndexState) state = read_asem();
    g_autoptr(GError) error = NULL;
    size_t n_wanted = 0;

    if (state == NULL)
        return;
    g_assert_true(gh_index_screen(state, &(GhIndexScreen){.min_available = 0.95}, NULL, &error));
    g_assert_no_error(error);
    for (size_t r = 0; r < available->n_rows; r++)
        n_wanted += gh_index_table_value(available, available->rows[r], "Dat_Avail") >= 0.95;
    g_assert_cmpuint(state->n_units, ==, n_wanted);
    g_assert_cmpuint(n_wanted, <, 51);
    for (size_t i = 0; i < state->n_units; i++)
        g_assert_cmpfloat(
            gh_index_table_value(available, state->data->unit_codes[state->rows[i]], "Dat_Avail"),
            >=, 0.95);
}

/* -- panel -- */

/* No published result exists for these, and the published panel lacks the same cells every year, so
 * every fifth of its values is taken out. What must hold of any result: values that were there
 * stay, a unit without any stays empty, and everybody else is filled within what his own years
 * span. */
static void
take_out_every_fifth(GhIndexState *state)
{
    for (size_t v = 0; v < state->n_units * state->data->n_indicators; v += 5)
        state->values[v] = NAN;
}

/* The range of a unit's values among its years before one, or all of them; gaps do not count. */
static void
own_range(const GhIndexState *given, size_t indicator, size_t row, bool only_earlier,
          double *ret_low, double *ret_high)
{
    const GhIndexData *data = given->data;
    const double *x = gh_index_state_column(given, indicator);

    *ret_low = INFINITY;
    *ret_high = -INFINITY;
    for (size_t o = 0; o < data->n_units; o++) {
        if (strcmp(data->unit_codes[o], data->unit_codes[row]) != 0
            || (only_earlier && data->years[o] >= data->years[row]))
            continue;
        *ret_low = fmin(*ret_low, x[o]);
        *ret_high = fmax(*ret_high, x[o]);
    }
}

static void
test_panel(void)
{
    static const GhIndexImputeMethod methods[] = {GH_IMPUTE_PANEL_CONSTANT, GH_IMPUTE_LATEST};

    for (size_t k = 0; k < G_N_ELEMENTS(methods); k++) {
        g_autoptr(GhIndexState) state = read_state("data/asem_iData_panel.csv");
        g_autoptr(GError) error = NULL;
        size_t n_filled = 0;
        if (state == NULL)
            return;
        take_out_every_fifth(state);
        g_autoptr(GhIndexState) given = gh_index_state_copy(state);
        g_assert_true(gh_index_impute(state, &(GhIndexImpute){.method = methods[k]}, NULL, &error));
        g_assert_no_error(error);
        for (size_t v = 0; v < state->n_units * state->data->n_indicators; v++) {
            const double before = given->values[v], after = state->values[v];
            double low = before, high = before;
            if (isnan(before))
                own_range(given, v / state->n_units, v % state->n_units,
                          methods[k] == GH_IMPUTE_LATEST, &low, &high);
            g_assert_true(low <= high ? after >= low && after <= high : isnan(after));
            n_filled += isnan(before) && low <= high;
        }
        g_assert_cmpuint(n_filled, >, 1000);
    }
}

/* -- treatment -- */

#define DEFAULTS                                                                                   \
    .winmax = 5, .skew = 2.0, .kurt = 3.5, .transform = GH_TRANSFORM_LOG_CT, .lambda = NAN

static const struct {
    const char *name;
    GhIndexTreatOne how;
    bool raw;
} TREATED[] = {
    {"treat/default", {DEFAULTS}, .raw = false},
    {"treat/raw_default", {DEFAULTS}, .raw = true},
    {"treat/winmax1",
     {.winmax = 1, .skew = 2.0, .kurt = 3.5, .transform = GH_TRANSFORM_LOG_CT},
     .raw = false},
    {"treat/winmax1_combine",
     {.winmax = 1, .skew = 2.0, .kurt = 3.5, .transform = GH_TRANSFORM_LOG_CT, .combine = true},
     .raw = false},
    {"treat/winmax1_logCTplus",
     {.winmax = 1, .skew = 2.0, .kurt = 3.5, .transform = GH_TRANSFORM_LOG_CT_PLUS},
     .raw = false},
    {"treat/winmax1_logCTorig",
     {.winmax = 1, .skew = 2.0, .kurt = 3.5, .transform = GH_TRANSFORM_LOG_CT_ORIG},
     .raw = false},
    {"treat/winmax_null", {DEFAULTS}, .raw = false},
};

/* A figure of _details.csv; absent columns and cells are checks that were not made. */
static double
detail(const GhIndexTable *details, const char *code, const char *column)
{
    for (size_t c = 0; c < details->n_columns; c++) {
        if (strcmp(details->columns[c], column) == 0)
            return gh_index_table_value(details, code, column);
    }
    return NAN;
}

static void
assert_details(const GhIndexState *state, const GPtrArray *treated, const char *name)
{
    g_autofree char *path = g_strconcat(name, "_details.csv", NULL);
    g_autoptr(GhIndexTable) want = gh_index_testing_table(path);

    g_assert_cmpuint(treated->len, ==, want->n_rows);
    for (guint t = 0; t < treated->len; t++) {
        const GhIndexTreated *got = g_ptr_array_index(treated, t);
        const char *code = state->data->nodes[got->node].code;
        const bool won = !isnan(detail(want, code, "winsorise.nwin"));
        const struct {
            const char *column;
            double got;
        } figures[] = {
            {"check_SkewKurt0.Pass", got->passed_first},
            {"check_SkewKurt0.Skew", got->skew_before},
            {"check_SkewKurt0.Kurt", got->kurt_before},
            {"winsorise.nwin", won ? (double)got->n_winsorised : (double)NAN},
            {"check_SkewKurt1.Pass", won ? got->passed_winsorised : (double)NAN},
            {"check_SkewKurt1.Skew", got->skew_winsorised},
            {"check_SkewKurt1.Kurt", got->kurt_winsorised},
            {"check_SkewKurt2.Pass",
             got->transformed != NULL ? got->passed_transformed : (double)NAN},
            {"check_SkewKurt2.Skew", got->skew_after},
            {"check_SkewKurt2.Kurt", got->kurt_after},
        };
        if (!won)
            g_assert_cmpuint(got->n_winsorised, ==, 0);
        for (size_t f = 0; f < G_N_ELEMENTS(figures); f++) {
            g_autofree char *label = g_strdup_printf("%s %s %s", path, code, figures[f].column);
            gh_index_assert_near(figures[f].got, detail(want, code, figures[f].column),
                                 GH_INDEX_TOLERANCE, label);
        }
    }
}

/* COINr marks what was winsorised although a transformation of the original has replaced it. */
static GhIndexMark
mark_of(const char *text)
{
    if (strstr(text, "log_CT") != NULL)
        return GH_INDEX_MARK_TRANSFORMED;
    if (strcmp(text, "winhi") == 0)
        return GH_INDEX_MARK_WINSORISED_HIGH;
    return strcmp(text, "winlo") == 0 ? GH_INDEX_MARK_WINSORISED_LOW : GH_INDEX_MARK_NONE;
}

static void
assert_points(const GhIndexState *state, const GhIndexNotes *notes, const char *name)
{
    g_autofree char *path = g_strconcat(name, "_points.csv", NULL);
    g_autoptr(GhIndexTable) want = gh_index_testing_table(path);

    for (size_t j = 0; j < state->data->n_indicators; j++) {
        for (size_t i = 0; i < state->n_units; i++) {
            const char *unit = state->data->unit_codes[state->rows[i]];
            const char *code = state->data->nodes[j].code;
            const GhIndexMark got = notes->marks[j * notes->n_units + state->rows[i]];
            if (got != mark_of(gh_index_table_text(want, unit, code)))
                g_error("%s, %s, %s: expected \"%s\", got mark %d", path, unit, code,
                        gh_index_table_text(want, unit, code), (int)got);
        }
    }
}

static void
test_treated(void)
{
    for (size_t c = 0; c < G_N_ELEMENTS(TREATED); c++) {
        g_autoptr(GhIndexState) state = TREATED[c].raw ? read_asem() : screened();
        g_autofree char *values = g_strconcat(TREATED[c].name, "_data.csv", NULL);
        g_autoptr(GError) error = NULL;
        if (state == NULL)
            return;
        g_autoptr(GhIndexNotes) notes = gh_index_notes_new(state->data);
        g_assert_true(
            gh_index_treat(state, &(GhIndexTreat){.usual = TREATED[c].how}, notes, &error));
        g_assert_no_error(error);
        assert_same(state, values);
        assert_details(state, notes->treated, TREATED[c].name);
        assert_points(state, notes, TREATED[c].name);
    }
}

static void
test_treated_example(void)
{
    g_autoptr(GhIndexState) state = screened();
    g_autoptr(GError) error = NULL;

    if (state == NULL)
        return;
    g_assert_true(gh_index_treat(state, &(GhIndexTreat){.usual = {DEFAULTS}}, NULL, &error));
    g_assert_no_error(error);
    assert_same(state, "data/step_Treated.csv");
    assert_same(state, "treat/qTreat_data.csv");

    g_autoptr(GhIndexTable) stats = gh_index_testing_table("stats/stats_Treated.csv");
    for (size_t j = 0; j < state->data->n_indicators; j++) {
        const GhMoments moments =
            gh_column_moments(gh_index_state_column(state, j), state->n_units);
        const char *code = state->data->nodes[j].code;
        gh_index_assert_near(moments.skew, gh_index_table_value(stats, code, "Skew"),
                             GH_INDEX_TOLERANCE, code);
        gh_index_assert_near(moments.kurt, gh_index_table_value(stats, code, "Kurt"),
                             GH_INDEX_TOLERANCE, code);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/prepare/rates are those published", test_denominated);
    g_test_add_func("/prepare/filled gaps are those published", test_imputed);
    g_test_add_func("/prepare/screening the example takes nobody out", test_screened);
    g_test_add_func("/prepare/screening raw data keeps those with the published availability",
                    test_screened_raw);
    g_test_add_func("/prepare/gaps of a panel are filled within what the unit's own years span",
                    test_panel);
    g_test_add_func("/prepare/treated values, checks, counts and marks are those published",
                    test_treated);
    g_test_add_func("/prepare/the treated example is the one published, and so are its moments",
                    test_treated_example);
    return g_test_run();
}
