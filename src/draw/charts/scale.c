/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* scale.c - an axis of numbers with round ticks. */
#include "draw/charts/scale.h"

#include <glib.h>
#include <math.h>

const GhExtent GH_EXTENT_NONE = {NAN, NAN};

/* A maximum up to so many times the largest value is shown; our choice. */
static const double NEAR_MAXIMUM = 4;

/* Beyond, neighbouring doubles are further apart than ticks could be. */
static const double LARGEST = 1e300;

void
gh_extent_add(GhExtent *extent, double value)
{
    if (!isfinite(value))
        return;
    value = CLAMP(value, -LARGEST, LARGEST);
    extent->low = fmin(extent->low, value);
    extent->high = fmax(extent->high, value);
}

/* The smallest of 1, 2, 5, 10 times a power of ten that is not below raw. */
static double
round_up(double raw)
{
    static const double STEPS[] = {1, 2, 5, 10};
    double power = pow(10, floor(log10(raw)));

    for (size_t i = 0; i < G_N_ELEMENTS(STEPS); i++) {
        /* A hair below counts, so that a fifth of 1 is a step of 0.2. */
        if (STEPS[i] * power >= raw * (1 - 1e-9))
            return STEPS[i] * power;
    }
    g_assert_not_reached();
}

/* n steps: an integer over a power of ten where the step is a fraction, since 3 * 0.1 is not 0.3. */
static double
steps_from_zero(double step, double n)
{
    if (step >= 1)
        return n * step;
    return n == 0 ? 0 : n / round(1 / step);
}

static bool
is_unit_fraction(double step)
{
    double inverse = 1 / step;

    return step < 1 && fabs(inverse - round(inverse)) < 1e-6 * inverse;
}

static double
tick_at(double step, double n)
{
    /* 0.1, 0.2, 0.5, 0.01, ...: all are one over an integer. */
    return is_unit_fraction(step) || step >= 1 ? steps_from_zero(step, n) : n * step;
}

/* Rounds a bound to a tick outwards, but not beyond the logical bound of values that keep to it. */
static double
outwards(double step, double value, double bound, bool up)
{
    double n = value / step;
    double tick = tick_at(step, up ? ceil(n - 1e-9) : floor(n + 1e-9));

    if (up)
        return value <= bound ? fmin(tick, bound) : tick;
    return value >= bound ? fmax(tick, bound) : tick;
}

/* An axis has a length, also where all values are one. */
static void
widen(double *low, double *high, double min, double max)
{
    double by = fmax(1, fabs(*low) * 0.1);

    if (*high > *low)
        return;
    if (*high + by <= max || *low - by < min)
        *high += by;
    else
        *low -= by;
}

GhScale
gh_scale(const GhExtent *extent, double min, double max, unsigned n_steps_max)
{
    bool empty = isnan(extent->low);
    double low = empty ? fmin(fmax(0, min), max) : extent->low;
    double high = empty ? fmin(fmax(1, min), max) : extent->high;

    widen(&low, &high, min, max);
    GhScale scale = {.step = round_up((high - low) / MAX(n_steps_max, 1))};
    scale.low = outwards(scale.step, low, min, false);
    scale.high = outwards(scale.step, high, max, true);
    scale.first = ceil(scale.low / scale.step - 1e-9);
    scale.n_ticks = 1 + (size_t)fmax(0, floor(scale.high / scale.step + 1e-9) - scale.first);
    return scale;
}

GhScale
gh_scale_from_zero(const GhExtent *extent, double min, double max, unsigned n_steps_max)
{
    GhExtent wider = *extent;

    gh_extent_add(&wider, fmin(fmax(0, min), max));
    if (wider.high > 0 && max > wider.high && max <= NEAR_MAXIMUM * wider.high)
        gh_extent_add(&wider, max);
    return gh_scale(&wider, min, max, n_steps_max);
}

double
gh_scale_tick(const GhScale *scale, size_t tick)
{
    return tick_at(scale->step, scale->first + (double)tick);
}

double
gh_scale_share(const GhScale *scale, double value)
{
    return CLAMP((value - scale->low) / (scale->high - scale->low), 0, 1);
}
