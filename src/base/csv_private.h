/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* csv_private.h - what the files of the CSV reader and writer share; for csv*.c only.
 *
 * Errors    All through gh_csv_fail, so that every fault has its place, reason and remedy.
 */
#pragma once

#include "base/csv.h"

/* Sets the error and returns false. line 0: the file as a whole. */
bool gh_csv_fail(GError **error, GhCsvError code, const char *name, size_t line, const char *reason,
                 const char *remedy);

/* Whether bytes are text that the reader can take: UTF-8 without NUL. */
bool gh_csv_check_encoding(const char *name, const char *bytes, size_t n_bytes, GError **error);

/* The one of , ; tab that gives most columns in the first line outside quotes; comma when none. */
char gh_csv_find_separator(const char *bytes, size_t n_bytes);

/* Whether a spreadsheet would take the field for a formula once apostrophes in front are gone. */
bool gh_csv_looks_like_formula(const char *text, size_t n_bytes);
