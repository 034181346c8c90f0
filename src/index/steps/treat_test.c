/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* treat_test.c - which columns are treated, how, and what is told of it. */
#include "index/steps/prepare_testing.h"

#define DEFAULTS                                                                                   \
    .winmax = 5, .skew = 2.0, .kurt = 3.5, .transform = GH_TRANSFORM_LOG_CT, .lambda = NAN

static const GhIndexTreatOne USUAL = {DEFAULTS};

/* 17 zeros with 1, 9 and 10: fails; with one cell moved still, with two no more (winsorise_test.c
 * has the sums). */
enum {
    N = 20
};
static const double SKEWED[N] = {[3] = 1, [8] = 9, [11] = 10};

static GhIndexState *
treated(const double *x, size_t n, GhIndexTreatOne how, GhIndexNotes **ret_notes)
{
    g_autoptr(GhIndexState) state = prepare_column(x, n);
    g_autoptr(GhIndexNotes) notes = gh_index_notes_new(state->data);
    g_autoptr(GError) error = NULL;

    g_assert_true(gh_index_treat(state, &(GhIndexTreat){.usual = how}, notes, &error));
    if (ret_notes != NULL)
        *ret_notes = g_steal_pointer(&notes);
    return g_steal_pointer(&state);
}

static void
test_winsorising_that_suffices_stays(void)
{
    double want[N];
    g_autoptr(GhIndexNotes) notes = NULL;
    g_autoptr(GhIndexState) state = treated(SKEWED, N, USUAL, &notes);

    memcpy(want, SKEWED, sizeof want);
    want[8] = want[11] = 1;
    assert_values(state, want, "winsorised");
    const GhIndexTreated *how = g_ptr_array_index(notes->treated, 0);
    g_assert_false(how->passed_first);
    g_assert_true(how->passed_winsorised);
    g_assert_null(how->transformed);
    g_assert_cmpuint(how->n_winsorised, ==, 2);
    g_assert_cmpint(notes->marks[11], ==, GH_INDEX_MARK_WINSORISED_HIGH);
    g_assert_cmpint(notes->marks[3], ==, GH_INDEX_MARK_NONE);
}

static void
test_low_outliers(void)
{
    double x[N], want[N];
    g_autoptr(GhIndexNotes) notes = NULL;

    for (size_t i = 0; i < N; i++) {
        x[i] = -SKEWED[i];
        want[i] = fmax(x[i], -1);
    }
    g_autoptr(GhIndexState) state = treated(x, N, USUAL, &notes);
    assert_values(state, want, "mirrored");
    g_assert_cmpint(notes->marks[8], ==, GH_INDEX_MARK_WINSORISED_LOW);
}

/* a = 0.01 (max - min): 0.1 of the original, 0.09 when the 10 has become 9. */
static void
test_log_is_of_the_original_unless_combined(void)
{
    for (int combine = 0; combine <= 1; combine++) {
        GhIndexTreatOne how = USUAL;
        double want[N];
        g_autoptr(GhIndexNotes) notes = NULL;
        how.winmax = 1;
        how.combine = combine == 1;
        g_autoptr(GhIndexState) state = treated(SKEWED, N, how, &notes);
        for (size_t i = 0; i < N; i++)
            want[i] = combine ? log(fmin(SKEWED[i], 9) + 0.09) : log(SKEWED[i] + 0.1);
        assert_values(state, want, combine ? "combined" : "original");
        g_assert_cmpint(notes->marks[0], ==, GH_INDEX_MARK_TRANSFORMED);
        g_assert_cmpstr(((GhIndexTreated *)g_ptr_array_index(notes->treated, 0))->transformed, ==,
                        "log_ct");
    }
}

static void
test_force(void)
{
    static const double passing[] = {1, 2, 3, 4, 5, 6, 7, 8};
    GhIndexTreatOne how = {.winmax = 1, .skew = 2, .kurt = 3.5, .force = true};
    static const double moved[] = {1, 2, 3, 4, 5, 6, 7, 7};
    double logged[8];

    g_autoptr(GhIndexState) plain = treated(passing, 8, USUAL, NULL);
    assert_values(plain, passing, "passes");
    g_autoptr(GhIndexState) state = treated(passing, 8, how, NULL);
    assert_values(state, moved, "forced to winsorise");

    how.transform = GH_TRANSFORM_LOG_CT_ORIG;
    g_autoptr(GhIndexState) both = treated(passing, 8, how, NULL);
    for (size_t i = 0; i < 8; i++)
        logged[i] = log(moved[i]); /* - min + 1 = itself */
    assert_values(both, logged, "forced, one upon the other");
}

/* i1 has its own winmax; its other parameters and all of i2's are the usual ones, and gaps do not
 * matter. */
static void
test_own_parameters_leave_the_others(void)
{
    static const char *const own[] = {"i1"};
    GhIndexTreatOne one = USUAL;
    double rows[(N + 1) * 2];
    g_autoptr(GError) error = NULL;

    one.winmax = 1;
    for (size_t i = 0; i < N; i++)
        rows[2 * i] = rows[2 * i + 1] = SKEWED[i];
    rows[2 * N] = rows[2 * N + 1] = NAN;
    g_autoptr(GhIndexState) state =
        prepare_state(&(Prepared){.n_units = N + 1, .n_indicators = 2, .values = rows});
    g_assert_true(gh_index_treat(
        state, &(GhIndexTreat){.usual = USUAL, .indicators = own, .own = &one, .n_own = 1}, NULL,
        &error));
    gh_index_assert_near(gh_index_state_column(state, 0)[11], log(10.1), 1e-12, "own: logarithm");
    gh_index_assert_near(gh_index_state_column(state, 1)[11], 1.0, 1e-12, "usual: winsorised");
    g_assert_true(isnan(gh_index_state_column(state, 0)[N]));
}

static void
test_what_is_left_alone(void)
{
    static const struct {
        const char *label;
        size_t n;
        double x[10];
        const char *remark;
    } cases[] = {
        {"constant", 5, {3, 3, 3, 3, 3}, "all values are equal"},
        {"constant but for a gap", 5, {3, 3, NAN, 3, 3}, "all values are equal"},
        {"no value", 3, {NAN, NAN, NAN}, "no unit has a value"},
        {"one unit", 1, {3}, "all values are equal"},
        {"three values", 4, {1, NAN, 2, 900}, "fewer than four"},
        {"two different values", 10, {0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, "two different values"},
    };

    for (size_t c = 0; c < G_N_ELEMENTS(cases); c++) {
        for (int force = 0; force <= 1; force++) {
            GhIndexTreatOne how = USUAL;
            g_autoptr(GhIndexNotes) notes = NULL;
            how.skew = 0.1; /* that nothing passes */
            how.force = force == 1;
            g_autoptr(GhIndexState) state = treated(cases[c].x, cases[c].n, how, &notes);
            assert_values(state, cases[c].x, cases[c].label);
            g_assert_cmpuint(notes->remarks->len, ==, 1);
            g_assert_true(has_text(notes->remarks, cases[c].remark));
        }
    }
}

static void
test_what_still_fails_is_told(void)
{
    GhIndexTreatOne how = USUAL;
    g_autoptr(GhIndexNotes) notes = NULL;

    how.winmax = 1;
    how.transform = GH_TRANSFORM_NONE;
    g_autoptr(GhIndexState) state = treated(SKEWED, N, how, &notes);
    g_assert_cmpfloat(gh_index_state_column(state, 0)[11], ==, 9); /* kept all the same */
    g_assert_true(has_text(notes->remarks, "i1: still outside"));

    how.skip = true;
    g_autoptr(GhIndexState) skipped = treated(SKEWED, N, how, NULL);
    assert_values(skipped, SKEWED, "skipped");
}

static void
test_lambda_found_is_told(void)
{
    GhIndexTreatOne how = USUAL;
    g_autoptr(GhIndexNotes) notes = NULL;

    how.winmax = 0;
    how.transform = GH_TRANSFORM_BOX_COX;
    g_autoptr(GhIndexState) state = treated(SKEWED, N, how, &notes);
    g_assert_true(has_text(notes->remarks, "i1: Box-Cox with lambda"));
    g_assert_cmpfloat(gh_index_state_column(state, 0)[0], ==, 0); /* y = 1 */
}

/* x and a x + b with a > 0: the same cells move, the same checks pass; log_ct differs by ln a. */
static void
test_scale_and_shift(void)
{
    g_autoptr(GRand) chance = g_rand_new_with_seed(11);
    static const double scales[] = {1e-200, 0.5, 3.0, 1e200};

    for (int round = 0; round < 200; round++) {
        const double scale = scales[round % 4], shift = round % 4 == 2 ? 40 : 0;
        double x[N], moved[N];
        g_autoptr(GhIndexNotes) notes = NULL, notes_moved = NULL;
        for (size_t i = 0; i < N; i++) {
            x[i] = pow(g_rand_double(chance), -1.5);
            moved[i] = scale * x[i] + shift;
        }
        GhIndexTreatOne how = USUAL;
        how.winmax = round % 6;
        g_autoptr(GhIndexState) plain = treated(x, N, how, &notes);
        g_autoptr(GhIndexState) other = treated(moved, N, how, &notes_moved);
        const GhIndexTreated *a = g_ptr_array_index(notes->treated, 0);
        const GhIndexTreated *b = g_ptr_array_index(notes_moved->treated, 0);
        g_assert_cmpuint(a->n_winsorised, ==, b->n_winsorised);
        g_assert_cmpstr(a->transformed, ==, b->transformed);
        g_assert_true(memcmp(notes->marks, notes_moved->marks, N) == 0);
        for (size_t i = 0; i < N; i++) {
            const double got = gh_index_state_column(other, 0)[i],
                         y = gh_index_state_column(plain, 0)[i];
            const double want = a->transformed != NULL ? y + log(scale) : scale * y + shift;
            g_assert_cmpfloat(fabs(got - want), <=,
                              1e-11 * fabs(want) + (scale > 1e-100 ? 1e-12 : 0));
        }
    }
}

static void
test_order_of_units(void)
{
    double shuffled[N], want[N];
    g_autoptr(GhIndexState) plain = treated(SKEWED, N, USUAL, NULL);

    for (size_t i = 0; i < N; i++)
        shuffled[i] = SKEWED[(7 * i + 3) % N];
    g_autoptr(GhIndexState) other = treated(shuffled, N, USUAL, NULL);
    for (size_t i = 0; i < N; i++)
        want[i] = gh_index_state_column(plain, 0)[(7 * i + 3) % N];
    assert_values(other, want, "shuffled");
}

/* 2020 is skewed, 2021 is not: together they would both be treated or none. */
static void
test_each_year_by_itself(void)
{
    double values[2 * N], want[2 * N];
    int years[2 * N];
    const char *units[2 * N];
    g_autoptr(GError) error = NULL;
    static const char *const names[N] = {"A", "B", "C", "D", "E", "F", "G", "H", "I", "J",
                                         "K", "L", "M", "N", "O", "P", "Q", "R", "S", "T"};

    for (size_t i = 0; i < 2 * N; i++) {
        units[i] = names[i / 2];
        years[i] = i % 2 == 0 ? 2020 : 2021;
        values[i] = i % 2 == 0 ? SKEWED[i / 2] : (double)i;
        want[i] = i % 2 == 0 ? fmin(values[i], 1) : values[i];
    }
    g_autoptr(GhIndexState) state = prepare_state(&(Prepared){
        .n_units = 2 * N, .n_indicators = 1, .values = values, .years = years, .units = units});
    g_autoptr(GhIndexNotes) notes = gh_index_notes_new(state->data);
    g_assert_true(gh_index_treat(state, &(GhIndexTreat){.usual = USUAL, .over = GH_OVER_YEAR},
                                 notes, &error));
    assert_values(state, want, "by year");
    g_assert_cmpuint(notes->treated->len, ==, 2);
    g_assert_cmpint(((GhIndexTreated *)g_ptr_array_index(notes->treated, 0))->year, ==, 2020);
    g_assert_cmpint(((GhIndexTreated *)g_ptr_array_index(notes->treated, 1))->year, ==, 2021);
}

static void
test_what_is_refused(void)
{
    static const char *const unknown[] = {"i9"}, *const aggregate[] = {"Index"},
                             *const twice[] = {"i1", "i1"};
    static const GhIndexTreatOne own[] = {{DEFAULTS}, {DEFAULTS}};
    static const struct {
        GhIndexTreat how;
        GhIndexError code;
        const char *named;
    } cases[] = {
        {{.usual = {.winmax = -2}}, GH_INDEX_ERROR_SPEC, "winmax"},
        {{.usual = {.skew = NAN}}, GH_INDEX_ERROR_SPEC, "skew"},
        {{.usual = {.winmax = -1, .force = true}}, GH_INDEX_ERROR_SPEC, "force"},
        {{.usual = {DEFAULTS}, .over = GH_OVER_YEAR}, GH_INDEX_ERROR_SPEC, "Time"},
        {{.usual = {DEFAULTS}, .indicators = unknown, .own = own, .n_own = 1},
         GH_INDEX_ERROR_UNKNOWN,
         "i9"},
        {{.usual = {DEFAULTS}, .indicators = aggregate, .own = own, .n_own = 1},
         GH_INDEX_ERROR_SPEC,
         "Index"},
        {{.usual = {DEFAULTS}, .indicators = twice, .own = own, .n_own = 2},
         GH_INDEX_ERROR_SPEC,
         "i1"},
    };

    for (size_t c = 0; c < G_N_ELEMENTS(cases); c++) {
        g_autoptr(GhIndexState) state = prepare_column(SKEWED, N);
        g_autoptr(GError) error = NULL;
        assert_refused(gh_index_treat(state, &cases[c].how, NULL, &error), &error, cases[c].code,
                       cases[c].named);
    }
}

static void
test_values_too_large_for_their_mean(void)
{
    static const double huge[] = {1.7e308, 1.6e308, 1e308, 0, 5};
    g_autoptr(GhIndexState) state = prepare_column(huge, 5);
    g_autoptr(GError) error = NULL;

    assert_refused(gh_index_treat(state, &(GhIndexTreat){.usual = USUAL}, NULL, &error), &error,
                   GH_INDEX_ERROR_DEGENERATE, "indicator i1");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/treat/a column that passes once winsorised is not transformed",
                    test_winsorising_that_suffices_stays);
    g_test_add_func("/treat/outliers below are treated like those above", test_low_outliers);
    g_test_add_func(
        "/treat/the logarithm is of the original, not of the winsorised column, unless combined",
        test_log_is_of_the_original_unless_combined);
    g_test_add_func("/treat/force works although the column passes first", test_force);
    g_test_add_func(
        "/treat/partial parameters of an indicator drop no defaults, and gaps do not matter",
        test_own_parameters_leave_the_others);
    g_test_add_func("/treat/what cannot be judged or helped is left alone, with a remark",
                    test_what_is_left_alone);
    g_test_add_func("/treat/what still fails is kept and told, what is skipped is not touched",
                    test_what_still_fails_is_told);
    g_test_add_func("/treat/the lambda that was found is told", test_lambda_found_is_told);
    g_test_add_func("/treat/scale and shift change no decision", test_scale_and_shift);
    g_test_add_func("/treat/the order of units changes nothing", test_order_of_units);
    g_test_add_func("/treat/over year each year is judged by itself", test_each_year_by_itself);
    g_test_add_func("/treat/what cannot be meant is refused by name", test_what_is_refused);
    g_test_add_func("/treat/values too large for their mean are an error that names the indicator",
                    test_values_too_large_for_their_mean);
    return g_test_run();
}
