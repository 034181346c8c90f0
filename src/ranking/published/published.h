/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* published.h - rankings as published: made once from a specification and the figures of that day, never
 * changed.
 *
 * Once      A slug is published once. What is to be told anew (new figures, another method) is another
 *           ranking under another slug ("digital-cities-2027"); the old one stays as it was cited. A ranking
 *           that must not be used any more is withdrawn: it stays readable under a notice with the reason.
 * Same      It is made from the very files that it offers: the figures are written as iData.csv and
 *           iMeta.csv, read back, and the engine runs on what was read. Whoever runs it on the files gets
 *           the same numbers.
 * Sure      A specification without "uncertainty" is refused: a place is never published without its
 *           interval.
 * Ownership Structs own their texts. Numbers that are not known are NAN, places that are not known 0.
 * Limits    GH_RANKING_MAX_*.
 */
#pragma once

#include "base/faults.h"
#include "base/progress.h"
#include "index/index.h"
#include "store/store.h"

#define GH_RANKING_ERROR (gh_ranking_error_quark())
GQuark gh_ranking_error_quark(void);

typedef enum {
    GH_RANKING_ERROR_FAULTS,  /* the specification has faults; the list says which */
    GH_RANKING_ERROR_INVALID, /* slug, title or author */
    GH_RANKING_ERROR_EXISTS,  /* the slug was used before */
    GH_RANKING_ERROR_DATA,    /* the figures cannot be used as asked */
    GH_RANKING_ERROR_UNKNOWN, /* no ranking with that slug */
    GH_RANKING_ERROR_LIMIT,   /* larger than GH_RANKING_MAX_* */
} GhRankingError;

enum {
    GH_RANKING_MAX_TITLE_BYTES = 200,
    GH_RANKING_MAX_SUMMARY_BYTES = 2000,
    GH_RANKING_MAX_CITIES = 100000,    /* each is a row, and a page shows 50 */
    GH_RANKING_MAX_PAIR_CITIES = 3000, /* beyond, no share of clear pairs: n x n doubles */
    GH_RANKING_MAX_FILE_BYTES = 256 * 1024 * 1024, /* each */
};

/* A city's place, and how sure it is: over the replications, quantiles type 7. */
typedef struct {
    char *slug, *name, *country_code;
    int64_t city_id;
    int year;  /* of its figures */
    int place; /* 0: none, screened out or without a score */
    double score;
    double mean, median, q5, q25, q75, q95;
    double p_top; /* probability of being among the best top_k of the ranking */
    size_t n_available, n_indicators;
    double population; /* when published */
} GhRankedCity;

/* A city in one year of a panel. */
typedef struct {
    int64_t city_id;
    int year;
    int place;    /* among the cities of that year; 0: none */
    double score; /* NAN: none, and so the next */
    double median, q5, q95;
    size_t n_available;
    bool definition_changed; /* a figure is defined otherwise than the city's one before */
} GhRankedYear;

/* How much of the places' movement one choice of the method explains. */
typedef struct {
    char *name;
    double first, first_low, first_high;
    double total, total_low, total_high;
} GhRankingChoice;

typedef struct {
    int64_t id;
    char *slug, *title, *summary, *author;
    int64_t published_us;
    char *framework_id, *framework_version, *program_version;
    int64_t data_version;
    int year;                     /* that places are of; 0: each city's latest */
    int first_year, last_year;    /* of the figures taken */
    size_t n_years;               /* 1; more: a panel, whose places are of the last */
    bool compares_years;          /* in a panel: scores of its years stand on one scale */
    double scale_low, scale_high; /* its ends; NAN: it has none */
    size_t n_cities;              /* with a place */
    size_t n_indicators;
    size_t replications;
    uint64_t seed;
    size_t top_k;
    double mean_shift;   /* mean over replications, cities and years of |place - published place| */
    double median_width; /* of q95 - q5 over the cities with a place */
    double
        clear_pairs; /* share of pairs of cities whose order is the same in 95 % of the replications */
    int64_t withdrawn_us; /* 0: stands */
    char *withdrawn_reason;
} GhRanking;

typedef struct {
    GhRanking *ranking;
    GPtrArray *cities;  /* of GhRankedCity, by place, then by name; those without a place last */
    GPtrArray *choices; /* of GhRankingChoice, as in the specification; empty: one choice only */
    GArray *years;      /* of GhRankedYear, by city_id, then by year; empty: no panel */
} GhRankingWhole;
void gh_ranking_free(GhRanking *ranking);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhRanking, gh_ranking_free)
void gh_ranking_whole_free(GhRankingWhole *whole);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhRankingWhole, gh_ranking_whole_free)

/* -- making -- */

typedef struct {
    const char *slug, *title, *summary, *author; /* summary may be NULL */
    const char *actor;                           /* for the audit trail */
    const char *spec_name;                       /* for messages */
    const char *spec;
    size_t n_spec_bytes;
    unsigned n_threads; /* 0: one a core */
    const GhProgress *progress;
} GhRankingPublish;

/* Reads figures, computes, and stores all of it or nothing. Audited. Figures of all years ("year": "all") are a
 * panel: places are of its last year, and faults has a warning where scores of its years cannot be compared. */
bool gh_ranking_publish(GhStore *store, const GhRankingPublish *publish, GhFaults *faults,
                        GError **error);

/* reason is shown. A ranking that was withdrawn before is GH_RANKING_ERROR_EXISTS. Audited. */
bool gh_ranking_withdraw(GhStore *store, const char *slug, const char *reason, const char *actor,
                         GError **error);

/* -- reading, inside a transaction -- */

/* Of GhRanking (frees its elements), latest first, withdrawn ones last. */
GPtrArray *gh_ranking_list(GhDb *db, GError **error);

/* *ret_whole stays NULL when there is none. */
bool gh_ranking_get(GhDb *db, const char *slug, GhRankingWhole **ret_whole, GError **error);

/* A file as it was published ("iData.csv"); *ret_bytes stays NULL when there is none. */
bool gh_ranking_file(GhDb *db, int64_t ranking_id, const char *name, GBytes **ret_bytes,
                     GError **error);

/* Names of its files in the order a reader wants them, NULL-ended. */
extern const char *const GH_RANKING_FILES[];

/* The places of one city in the rankings that stand, latest first, of GhRankingOfCity (frees its
 * elements). */
typedef struct {
    GhRanking *ranking;
    GhRankedCity *city;
} GhRankingOfCity;
GPtrArray *gh_ranking_of_city(GhDb *db, int64_t city_id, GError **error);

/* -- panels -- */

/* Whether scores of different years stand on one scale, as the steps are published. */
typedef enum {
    GH_YEARS_COMPARABLE,
    GH_YEARS_BY_THEMSELVES, /* a step takes each year by itself: "over": "year" */
    GH_YEARS_RANKS,         /* indicators are made places: a step between two has no fixed size */
    GH_YEARS_CONTESTS,      /* the score counts wins over the other cities of the year */
} GhRankingYears;
GhRankingYears gh_ranking_years(const GhIndexSpec *spec);

/* The ends between which all scores are: those of min_max, carried up by means. NAN where there are none. */
void gh_ranking_scale(const GhIndexSpec *spec, double *ret_low, double *ret_high);

/* The rows of a city, ascending; *ret_n 0: none. Borrowed from years, which is as in GhRankingWhole. */
const GhRankedYear *gh_ranking_years_find(const GArray *years, int64_t city_id, size_t *ret_n);

/* A city over the years of the panels that stand, latest first, of GhRankingOverYears (frees its elements). */
typedef struct {
    GhRanking *ranking;
    GArray *years; /* of GhRankedYear */
} GhRankingOverYears;
GPtrArray *gh_ranking_over_years(GhDb *db, int64_t city_id, GError **error);
/* The same in a transaction of its own. */
bool gh_ranking_panels_load(GhStore *store, int64_t city_id, GPtrArray **ret_panels,
                            GError **error);
