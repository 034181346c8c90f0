/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* faults.h - everything that is wrong with a file, told at once.
 *
 * Each fault names place, value, reason and remedy, so that a person can mend the file without
 * asking. A list is cut at GH_FAULTS_MAX, but the count goes on.
 *
 * Language  Reason and remedy are kept in the source language and translated when they are shown, so
 *           a constant text is marked with GH_MARK where it is given.
 *
 * Ownership The list owns copies of all texts.
 * Threads   One list, one thread.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/lang.h"

enum {
    GH_FAULTS_MAX = 100000 /* about 30 MB; a file with more is not mended by hand */
};

typedef enum {
    GH_FAULT_ERROR,   /* nothing goes in */
    GH_FAULT_WARNING, /* worth a look, goes in */
} GhFaultKind;

typedef struct {
    GhFaultKind kind;
    char *file;
    size_t line;  /* 1 is the header; 0: the file as a whole */
    char *column; /* NULL: the row as a whole */
    char *value;  /* as written, shortened to 80 characters; NULL: none */
    char *reason; /* "is not a number" */
    char *remedy; /* "write digits with a point, for example 97.5" */
} GhFault;

typedef struct GhFaults GhFaults;

GhFaults *gh_faults_new(void);
void gh_faults_free(GhFaults *faults);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhFaults, gh_faults_free)

/* Texts are copied; column, value and remedy may be NULL. */
void gh_faults_add(GhFaults *faults, GhFaultKind kind, const char *file, size_t line,
                   const char *column, const char *value, const char *reason, const char *remedy);

/* Moves all faults of from to the end of faults. */
void gh_faults_move(GhFaults *faults, GhFaults *from);

/* Puts the faults in the order of their lines; those of one line stay as they came. */
void gh_faults_sort(GhFaults *faults);

size_t gh_faults_n_errors(const GhFaults *faults); /* counted, also beyond the list */
size_t gh_faults_n_warnings(const GhFaults *faults);
size_t gh_faults_n_listed(const GhFaults *faults);
const GhFault *gh_faults_peek(const GhFaults *faults, size_t index);

/* "file.csv, line 12, column value: "abc" is not a number; write digits ..." ; the caller owns it.
 * A reason or remedy without a translation stays as it is. */
char *gh_fault_format(const GhFault *fault, const GhLang *lang);
