/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* compare_page.h - two to four cities in a year, as asked for in an address, loaded once for the page
 * and its files.
 *
 * Fields    city1, year1 to city4, year4; empty ones are passed over. A city is an address word, a
 *           name, or "Name, CC"; a year left empty is the latest with figures.
 * Faults    What cannot be compared is said in a sentence at its field; nothing that was typed is lost.
 */
#pragma once

#include "evaluation/compare.h"
#include "evaluation/pages/pages.h"

enum {
    GH_COMPARED_MIN = 2,
    GH_COMPARED_MAX = 4, /* more columns would be too narrow to read */
};

/* One of the fields. */
typedef struct {
    const char *city_text, *year_text; /* as typed, "" for nothing; borrowed from the request */
    GhCity *city;                      /* owned; NULL: not found */
    GhFigureSet *figures;              /* owned */
    GhScores *scores;                  /* owned */
    char *city_fault, *year_fault;     /* sentences, owned; NULL: none */
} GhCompared;

typedef struct {
    GhFramework *framework;     /* owned */
    const GhTargetSet *targets; /* borrowed from framework */
    GhOverview *overview;       /* owned */
    GhCompared fields[GH_COMPARED_MAX];
    GhEvaluation evaluations[GH_COMPARED_MAX]; /* the fields that were found, without gaps */
    size_t n_evaluations;
    size_t n_asked;   /* fields that are not empty */
    size_t n_faults;  /* sentences */
    bool has_unknown; /* a fault is that a city or a year is not here */
} GhComparePage;
void gh_compare_page_clear(GhComparePage *page);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(GhComparePage, gh_compare_page_clear)

/* The parameters of all addresses of a comparison. */
extern const GhParam GH_COMPARE_PARAMS[];
extern const size_t GH_N_COMPARE_PARAMS;

/* Loads what the fields name. Answers itself, and sets *ret_answered, only for an unknown target set:
 * other faults belong beside their fields. */
bool gh_compare_page_load(GhRequest *request, GhReply *reply, GhComparePage *page,
                          bool *ret_answered, GError **error);

/* Whether there is something to compare. */
bool gh_compare_page_is_complete(const GhComparePage *page);

/* "Riyadh 2020: 0 of 34 figures verified; Asker 2022: ...", of the first n. Owned by the caller. */
char *gh_compare_say_verified(const GhComparePage *page, const GhLang *lang, size_t n);

/* 404 for a file of a comparison that is not complete: only the page has a form to complete it. */
bool gh_compare_reply_incomplete(GhRequest *request, GhReply *reply, GError **error);

/* "city1=riyadh&year1=2020&...&targets=open": all that a permanent address of this comparison names.
 * Owned by the caller. */
char *gh_compare_page_query(const GhComparePage *page);

/* How the city is named in a field: "Riyadh", or "Springfield, CA" where it has namesakes. Owned by
 * the caller. */
char *gh_compare_city_name(const GhOverview *overview, const GhCity *city);

/* Keys of the template compare_form. */
void gh_compare_form(const GhComparePage *page, const GhLang *lang, GhView *view);

/* GET /compare.{format} */
bool gh_compare_file(GhRequest *request, GhReply *reply, void *data, GError **error);
