/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* lang_plural.h - the rule by which a language chooses among its plural forms.
 *
 * Accepts   What stands in a catalogue's header: "nplurals=2; plural=n != 1;". The expression is C's
 *           with the variable n, unsigned decimal numbers, ! * / % + - < > <= >= == != && || ?: and
 *           parentheses.
 * Limits    GH_PLURAL_MAX_FORMS forms, GH_PLURAL_MAX_NODES operations, depth GH_PLURAL_MAX_DEPTH.
 * Ownership A rule owns itself: free with g_free.
 * Threads   A rule is read-only once parsed.
 * Source    GNU gettext manual, "Additional functions for plural forms".
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

enum {
    GH_PLURAL_MAX_FORMS = 6, /* Arabic has six, the most there are */
    GH_PLURAL_MAX_NODES = 256,
    GH_PLURAL_MAX_DEPTH = 64,
};

typedef struct GhPlural GhPlural;

/* text runs from "nplurals" to its semicolons. Errors: GH_LANG_ERROR_FORM. */
GhPlural *gh_plural_parse(const char *text, GError **error);

/* 0 .. number of forms - 1. An expression that divides by zero or points outside gives 0. */
unsigned gh_plural_choose(const GhPlural *plural, unsigned long n);
