/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* small_count.h - rates behind which only a few events stand, and how far chance alone moves them.
 *
 * Which     Data points that a framework's check of kind small_count names count events: deaths, crimes, patents.
 *           Of those, a rate is small when fewer than GH_SMALL_COUNT_BELOW events stand behind it.
 * Events    The numerator; where it is not known the rate times its denominator; where that is not known
 *           either and a check ties it to the population, the rate times the population. The last two are
 *           estimates, rounded to a whole number.
 * Interval  Events that come independently of each other are Poisson; the 95 % interval of their expected
 *           number is exact. Source: Garwood, "Fiducial limits for the Poisson distribution",
 *           Biometrika 28 (1936), 437-442. It holds for events, not for errors of counting.
 * Threads   Pure.
 */
#pragma once

#include "evaluation/city.h"
#include "evaluation/figures.h"

enum {
    /* Our choice. With ten events the standard error is still a third of the rate (1 / sqrt 10). */
    GH_SMALL_COUNT_BELOW = 10,
};

typedef struct {
    unsigned n_events;
    bool estimated; /* not reported, but computed from the rate */
    double low,
        high; /* of the rate, in its unit; NAN: no event, and the denominator is not known */
} GhSmallCount;

/* Whether the figure's value is such a rate. base: that of the figure's year, NULL when not known. */
bool gh_small_count(const GhFramework *framework, const GhFigure *figure, const GhCityYear *base,
                    GhSmallCount *ret_small);

/* "3 events stand behind this rate; chance alone could make it anything from 1.2 to 17." Owned by the
 * caller. */
char *gh_say_small_count(const GhLang *lang, const GhDataPoint *point, const GhSmallCount *small);
