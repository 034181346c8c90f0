/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* normalise_column.c - one column by one method.
 *
 * All methods but the ranks are a straight line, some with its ends cut off, so that each method only says which
 * line, from the smallest, largest and mean value, and one loop does the work. A straight line is finite everywhere
 * when it is at both ends: values that are too large are found there, once a column.
 */
#include "index/steps/normalise_private.h"

#include <math.h>

/* y = clamp((x - origin) / span, low, high) scale + offset */
typedef struct {
    double origin, span;
    double low, high;
    double scale, offset;
} Line;

const char *
gh_normalise_method_text(GhIndexNormaliseMethod method)
{
    switch (method) {
    case GH_NORMALISE_MIN_MAX:
        return "min_max";
    case GH_NORMALISE_Z_SCORE:
        return "z_score";
    case GH_NORMALISE_RANK:
        return "rank";
    case GH_NORMALISE_BORDA:
        return "borda";
    case GH_NORMALISE_PERCENTILE_RANK:
        return "percentile_rank";
    case GH_NORMALISE_DISTANCE_TO_MAX:
        return "distance_to_max";
    case GH_NORMALISE_DISTANCE_TO_REFERENCE:
        return "distance_to_reference";
    case GH_NORMALISE_DISTANCE_TO_TARGET:
        return "distance_to_target";
    case GH_NORMALISE_FRACTION_OF_MAX:
        return "fraction_of_max";
    case GH_NORMALISE_GOALPOSTS:
        return "goalposts";
    case GH_NORMALISE_SCALED:
        return "scaled";
    case GH_NORMALISE_MAZZIOTTA_PARETO:
        return "mazziotta_pareto";
    case GH_NORMALISE_ADJUSTED_MAZZIOTTA_PARETO:
        return "adjusted_mazziotta_pareto";
    case GH_NORMALISE_NONE:
        return "none";
    }
    g_assert_not_reached();
}

/* -- parameters -- */

static bool
check_interval(double lower, double upper, const char *names, GError **error)
{
    if (isfinite(lower) && isfinite(upper) && lower < upper)
        return true;
    g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC,
                "%s must be two numbers, the first below the second, not %g and %g", names, lower,
                upper);
    return false;
}

static bool
check_positive(double value, const char *name, GError **error)
{
    if (isfinite(value) && value > 0.0)
        return true;
    g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC, "%s must be above 0, not %g", name,
                value);
    return false;
}

bool
gh_normalise_check(const GhIndexNormaliseOne *how, GError **error)
{
    switch (how->method) {
    case GH_NORMALISE_MIN_MAX:
        return check_interval(how->lower, how->upper, "\"lower\" and \"upper\"", error);
    case GH_NORMALISE_Z_SCORE:
        if (!isfinite(how->mean)) {
            g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC, "\"mean\" must be a number");
            return false;
        }
        return check_positive(how->sd, "\"sd\"", error);
    case GH_NORMALISE_GOALPOSTS:
    case GH_NORMALISE_SCALED:
        return check_interval(how->goal_lower, how->goal_upper, "\"goal_lower\" and \"goal_upper\"",
                              error)
               && check_positive(how->scale, "\"scale\"", error);
    case GH_NORMALISE_DISTANCE_TO_REFERENCE:
        if (how->reference == NULL) {
            g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC,
                        "distance_to_reference needs \"reference\", the code of a unit");
            return false;
        }
        return true;
    case GH_NORMALISE_RANK:
    case GH_NORMALISE_BORDA:
    case GH_NORMALISE_PERCENTILE_RANK:
    case GH_NORMALISE_DISTANCE_TO_MAX:
    case GH_NORMALISE_DISTANCE_TO_TARGET:
    case GH_NORMALISE_FRACTION_OF_MAX:
    case GH_NORMALISE_MAZZIOTTA_PARETO:
    case GH_NORMALISE_ADJUSTED_MAZZIOTTA_PARETO:
    case GH_NORMALISE_NONE:
        return true;
    }
    g_assert_not_reached();
}

/* -- lines; x has been directed -- */

static bool
needs_spread(const GhMoments *of, const GhNormaliseColumn *column, GError **error)
{
    if (of->max > of->min)
        return true;
    g_set_error(
        error, GH_INDEX_ERROR, GH_INDEX_ERROR_DEGENERATE,
        "all values are %g, and %s needs some that differ; leave the indicator out, or give it "
        "a method of its own (rank, goalposts)",
        column->direction * of->min, gh_normalise_method_text(column->how->method));
    return false;
}

/* Raw upper and lower ends, turned with the direction: -1 makes of l, u the ends -u, -l. */
static Line
goal_line(const GhNormaliseColumn *column)
{
    const GhIndexNormaliseOne *how = column->how;
    const bool turn = column->turned_goals && column->direction < 0;
    const double lower = turn ? -how->goal_upper : how->goal_lower;
    const double upper = turn ? -how->goal_lower : how->goal_upper;

    return (Line){lower, upper - lower, -INFINITY, INFINITY, how->scale, 0.0};
}

static bool
reference_line(const GhMoments *of, const GhNormaliseColumn *column, Line *ret, GError **error)
{
    const double reference = column->direction * column->reference;

    if (!(reference > of->min)) {
        g_set_error(
            error, GH_INDEX_ERROR, GH_INDEX_ERROR_DEGENERATE,
            "the reference \"%s\" is the worst of all, so that no distance to it can be told; "
            "choose another reference, or give the indicator a method of its own",
            column->how->reference);
        return false;
    }
    *ret = (Line){of->min, reference - of->min, -INFINITY, column->how->cap ? 1.0 : INFINITY, 1.0,
                  0.0};
    return true;
}

static bool
target_line(const GhMoments *of, const GhNormaliseColumn *column, Line *ret, GError **error)
{
    if (!isfinite(column->target)) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC,
                    "distance_to_target needs a target, in the metadata or as \"target\"");
        return false;
    }
    const double target = column->direction * column->target;
    if (!(target > of->min)) {
        g_set_error(
            error, GH_INDEX_ERROR, GH_INDEX_ERROR_DEGENERATE,
            "the target %g is not better than the worst value, %g; correct the target, or give "
            "the indicator a method of its own",
            column->target, column->direction * of->min);
        return false;
    }
    *ret =
        (Line){of->min, target - of->min, -INFINITY, column->how->cap ? 1.0 : INFINITY, 1.0, 0.0};
    return true;
}

/* x / max; where less is better 1 - x / max of the raw values (Jahan and Edwards 2015, linear, max), which keeps 0
 * and the order; with x' = -x and min' = -max that is (x' - min') / -min'. */
static bool
fraction_line(const GhMoments *of, const GhNormaliseColumn *column, Line *ret, GError **error)
{
    if (column->as_coinr) {
        *ret = (Line){0.0, of->max, -INFINITY, INFINITY, 1.0, 0.0};
        if (of->max == 0.0) {
            g_set_error(
                error, GH_INDEX_ERROR, GH_INDEX_ERROR_DEGENERATE,
                "the best value is 0, and COINr divides by it; leave \"as_coinr\" out, or give "
                "the indicator a method of its own");
            return false;
        }
        return true;
    }
    const double largest = column->direction > 0 ? of->max : -of->min;
    if (!(largest > 0.0)) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DEGENERATE,
                    "the largest value is %g, and fraction_of_max needs one above 0; give the "
                    "indicator a method of its own",
                    largest);
        return false;
    }
    *ret = (Line){column->direction > 0 ? 0.0 : of->min, largest, -INFINITY, INFINITY, 1.0, 0.0};
    return true;
}

/* r = 60 (x - (g - d)) / (2 d) + 70 with d = (max - min) / 2 (Mazziotta and Pareto 2016). */
static Line
adjusted_line(const GhMoments *of, const GhNormaliseColumn *column)
{
    const double g = isnan(column->reference) ? of->mean : column->direction * column->reference;
    const double range = of->max - of->min;

    return (Line){g - range / 2.0, range, -INFINITY, INFINITY, 60.0, 70.0};
}

static bool
line_of(const GhMoments *of, const GhNormaliseColumn *column, Line *ret, GError **error)
{
    const GhIndexNormaliseOne *how = column->how;
    const double range = of->max - of->min;

    switch (how->method) {
    case GH_NORMALISE_MIN_MAX:
        *ret = (Line){of->min, range, -INFINITY, INFINITY, how->upper - how->lower, how->lower};
        return needs_spread(of, column, error);
    case GH_NORMALISE_Z_SCORE:
        *ret = (Line){of->mean, of->sd, -INFINITY, INFINITY, how->sd, how->mean};
        return needs_spread(of, column, error);
    case GH_NORMALISE_MAZZIOTTA_PARETO:
        *ret = (Line){of->mean, of->sd, -INFINITY, INFINITY, 10.0, 100.0};
        return needs_spread(of, column, error);
    case GH_NORMALISE_ADJUSTED_MAZZIOTTA_PARETO:
        *ret = adjusted_line(of, column);
        return needs_spread(of, column, error);
    case GH_NORMALISE_DISTANCE_TO_MAX:
        *ret = (Line){of->min, range, -INFINITY, INFINITY, 1.0, 0.0};
        return needs_spread(of, column, error);
    case GH_NORMALISE_DISTANCE_TO_REFERENCE:
        return reference_line(of, column, ret, error);
    case GH_NORMALISE_DISTANCE_TO_TARGET:
        return target_line(of, column, ret, error);
    case GH_NORMALISE_FRACTION_OF_MAX:
        return fraction_line(of, column, ret, error);
    case GH_NORMALISE_GOALPOSTS:
        *ret = goal_line(column);
        if (how->truncate) {
            ret->low = 0.0;
            ret->high = 1.0;
        }
        return true;
    case GH_NORMALISE_SCALED:
        *ret = goal_line(column);
        return true;
    case GH_NORMALISE_RANK:
    case GH_NORMALISE_BORDA:
    case GH_NORMALISE_PERCENTILE_RANK:
    case GH_NORMALISE_NONE:
        break;
    }
    g_assert_not_reached();
}

static double
on_line(const Line *line, double x)
{
    double share = (x - line->origin) / line->span;

    /* Comparisons with NAN are false: gaps stay gaps. */
    share = share < line->low ? line->low : share;
    share = share > line->high ? line->high : share;
    return share * line->scale + line->offset;
}

static void
apply_line(const Line *line, double *restrict x, size_t n)
{
    const Line l = *line;

    if (isfinite(l.low) || isfinite(l.high)) {
        for (size_t i = 0; i < n; i++)
            x[i] = on_line(&l, x[i]);
        return;
    }
    for (size_t i = 0; i < n; i++)
        x[i] = (x[i] - l.origin) / l.span * l.scale + l.offset;
}

static bool
normalise_by_line(double *x, size_t n, const GhNormaliseColumn *column, GError **error)
{
    const GhIndexNormaliseMethod method = column->how->method;
    const bool with_mean = method == GH_NORMALISE_Z_SCORE || method == GH_NORMALISE_MAZZIOTTA_PARETO
                           || method == GH_NORMALISE_ADJUSTED_MAZZIOTTA_PARETO;
    const GhMoments of = with_mean ? gh_column_mean_sd(x, n) : gh_column_range(x, n);
    Line line = {0};

    if (!line_of(&of, column, &line, error))
        return false;
    if (!isfinite(line.span) || !isfinite(on_line(&line, of.min))
        || !isfinite(on_line(&line, of.max))) {
        g_set_error(
            error, GH_INDEX_ERROR, GH_INDEX_ERROR_DEGENERATE,
            "values from %g to %g are too far apart to be computed with; correct them, or give "
            "them in a larger unit",
            of.min, of.max);
        return false;
    }
    apply_line(&line, x, n);
    return true;
}

/* -- ranks -- */

static bool
normalise_by_rank(double *x, size_t n, const GhNormaliseColumn *column, GhNormaliseScratch *scratch,
                  GError **error)
{
    const GhIndexNormaliseMethod method = column->how->method;
    const size_t n_available = gh_column_range(x, n).n;
    double span = 1.0;

    if (method == GH_NORMALISE_PERCENTILE_RANK) {
        if (n_available < 2) {
            g_set_error(
                error, GH_INDEX_ERROR, GH_INDEX_ERROR_DEGENERATE,
                "one unit has a value, and percentile_rank needs two; leave the indicator out, "
                "or give it a method of its own (goalposts)");
            return false;
        }
        span = (double)(n_available - 1);
    }
    if (scratch->order == NULL) {
        scratch->order = g_new(size_t, scratch->n);
        scratch->values = g_new(double, scratch->n);
    }
    gh_column_rank(x, n, column->how->ties, scratch->order, scratch->values);
    const double first = method == GH_NORMALISE_RANK ? 0.0 : 1.0;
    for (size_t i = 0; i < n; i++)
        x[i] = (scratch->values[i] - first) / span;
    return true;
}

bool
gh_normalise_column(double *x, size_t n, const GhNormaliseColumn *column,
                    GhNormaliseScratch *scratch, GError **error)
{
    if (column->direction < 0) {
        for (size_t i = 0; i < n; i++)
            x[i] = 0.0 - x[i]; /* 0 stays 0 and does not become -0 */
    }

    switch (column->how->method) {
    case GH_NORMALISE_NONE:
        return true;
    case GH_NORMALISE_RANK:
    case GH_NORMALISE_BORDA:
    case GH_NORMALISE_PERCENTILE_RANK:
        return normalise_by_rank(x, n, column, scratch, error);
    case GH_NORMALISE_MIN_MAX:
    case GH_NORMALISE_Z_SCORE:
    case GH_NORMALISE_DISTANCE_TO_MAX:
    case GH_NORMALISE_DISTANCE_TO_REFERENCE:
    case GH_NORMALISE_DISTANCE_TO_TARGET:
    case GH_NORMALISE_FRACTION_OF_MAX:
    case GH_NORMALISE_GOALPOSTS:
    case GH_NORMALISE_SCALED:
    case GH_NORMALISE_MAZZIOTTA_PARETO:
    case GH_NORMALISE_ADJUSTED_MAZZIOTTA_PARETO:
        return normalise_by_line(x, n, column, error);
    }
    g_assert_not_reached();
}
