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

/* Whether gh_csv_write_text puts an apostrophe in front of text[at]: there begins a cell (the text itself, or
 * what stands behind a semicolon, tab or line break), and it begins like a formula, also behind
 * apostrophes. Reading takes one apostrophe off at the same places. */
bool gh_csv_is_formula_start(const char *text, size_t n_bytes, size_t at);
