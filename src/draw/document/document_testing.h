/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* document_testing.h - documents for tests, and what readers of their PDF see. All data is invented.
 *
 * Ownership What is returned belongs to the caller.
 * Errors    Assertions. What poppler or qpdf would say is NULL where the tool is not installed, after
 *           the test was marked as skipped.
 */
#pragma once

#include <jansson.h>

#include "draw/document/document.h"

/* Category, indicator, value. */
enum {
    GH_DOCUMENT_TESTING_N_COLUMNS = 3,
};
extern const GhDocumentColumn GH_DOCUMENT_TESTING_COLUMNS[GH_DOCUMENT_TESTING_N_COLUMNS];

GhDocument *gh_document_testing_new(const char *tag);

/* Writes and lets go of it. */
GBytes *gh_document_testing_write(GhDocument *document);

/* "p7w0 p7w1 ..." : every word says where it belongs. */
char *gh_document_testing_words(const char *name, int n_words);

void gh_document_testing_add_words(GhDocument *document, const char *kind, int number, int n_words);

GhDrawing *gh_document_testing_figure(const char *tag);

void gh_document_testing_begin_table(GhDocument *document);

/* Pages as text in their layout; NULL where the tool is not installed. */
char **gh_document_testing_pages(GBytes *pdf);

json_t *gh_document_testing_json(GBytes *pdf);

/* The page, from 0, that has a text; it must be one only. */
int gh_document_testing_page_with(char **pages, const char *text);

int gh_document_testing_lines_with(const char *page, const char *text);

void gh_document_testing_assert_has(const char *text, const char *part);

/* Poppler sees no word's end in blanks as narrow as those of "1 / 3". */
void gh_document_testing_assert_page_number(const char *page, const char *want);

/* Left edge of a word on the first page it stands on. */
double gh_document_testing_left_of(const char *boxes, const char *word);

/* One of each. */
GhDocument *gh_document_testing_sample(const char *tag);

/* All values of a key in the file's objects, in their order, each with "|" behind it. */
void gh_document_testing_gather(json_t *value, const char *key, GString *out);
