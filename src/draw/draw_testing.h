/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* draw_testing.h - what tests of drawings share: languages without texts, SVG as elements, and PDF as
 * poppler's tools read it.
 *
 * Failure   A fault fails the test at once.
 */
#pragma once

#include "draw/drawing.h"

/* A language of that tag whose texts all stand for themselves: for its fonts and direction. */
const GhLang *gh_draw_testing_lang(const char *tag);

/* -- SVG -- */

typedef struct GhSvgElement GhSvgElement;
struct GhSvgElement {
    const GhSvgElement *parent; /* NULL: the root */
    char *name;
    GHashTable *attributes;
    GString *text; /* directly within */
};

/* Elements in document order, of a drawing in either form. Owned by the caller. */
GPtrArray *gh_draw_testing_parse_svg(const char *svg);
GPtrArray *gh_draw_testing_svg(const GhDrawing *drawing, GhSvgForm form);

/* The attribute, or NULL: its own, or what it has or inherits. Borrowed from the elements. */
const char *gh_draw_testing_own(const GhSvgElement *element, const char *attribute);
const char *gh_draw_testing_inherited(const GhSvgElement *element, const char *attribute);
double gh_draw_testing_number(const GhSvgElement *element, const char *attribute);

/* How many elements have that name; and the one among them of that index. */
guint gh_draw_testing_count(const GPtrArray *elements, const char *name);
const GhSvgElement *gh_draw_testing_nth(const GPtrArray *elements, const char *name, guint index);

/* -- poppler's tools -- */

/* What TOOL OPTIONS... FILE writes for the PDF, "-" for the output behind it where tool is pdftotext.
 * NULL, and the test is marked as skipped, where the tool is not installed. Owned by the caller. */
char *gh_draw_testing_poppler(GBytes *pdf, const char *const *tool_and_options);
