/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* pages_testing.h - a server with invented towns, and what a client gets from it.
 *
 * Ownership What is returned belongs to the caller.
 * Errors    Assertions.
 */
#pragma once

#include "evaluation/evaluation.h"
#include "store/store_testing.h"

/* Two towns, as a file; gh_pages_testing_fill takes it in. */
extern const char GH_PAGES_TESTING_CITIES[];

typedef struct {
    GhStore *store;
    GhJobs *jobs;
    GhServer *server;
} GhPagesTesting;

typedef struct {
    const char *label, *path, *status;
    const char *has;     /* NULL: nothing asked */
    const char *has_not; /* NULL: nothing asked */
} GhPagesCase;

void gh_pages_testing_import(GhStore *store, const GhFramework *framework, const char *text);

void gh_pages_testing_fill(GhStore *store);

/* What a server of the tests has besides this district's pages; NULL unless a district above sets it. */
extern void (*gh_pages_testing_register)(GhServer *server, GhJobs *jobs);

GhPagesTesting gh_pages_testing_open(GhStore *store);

void gh_pages_testing_close(GhPagesTesting *site);

/* The whole answer with its head. */
GString *gh_pages_testing_ask(const GhPagesTesting *site, const char *head);

GString *gh_pages_testing_get_bytes(const GhPagesTesting *site, const char *path);

/* The caller owns it. */
char *gh_pages_testing_get(const GhPagesTesting *site, const char *path);

/* What stands between before and after; the caller owns it. */
char *gh_pages_testing_cut(const char *text, const char *before, const char *after);

/* Presses the button of file on the downloads; the address of the job's page, or the whole answer
 * where there is none. The caller owns it. */
char *gh_pages_testing_press(const GhPagesTesting *site, const char *file);

void gh_pages_testing_wait_for(const GhPagesTesting *site, const char *job);

void gh_pages_testing_check_cases(GhStoreTesting *testing, const GhPagesCase *cases,
                                  size_t n_cases);
