/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* view.h - what a handler hands to a template: named values, lists and nested objects.
 *
 *   GhView *page = gh_view_new();
 *   gh_view_text(page, "name", city->name);              {{name}}
 *   GhView *row = gh_view_append(page, "rows");          {{#rows}}...{{/rows}}
 *   gh_view_text(row, "value", "97");
 *
 * Shapes    Keys are [a-z0-9_]+, but not _ and _n, which mark translated text in templates. Setting a
 *           key again replaces its value (and frees what was under it).
 * Cost      A view is a short list, searched from its start: meant for tens of keys, not thousands.
 *           Keys are string literals (or live as long as the view): they are not copied.
 * Ownership A view owns everything in it. Children returned by gh_view_object and gh_view_append are
 *           borrowed: they live as long as their parent.
 * Threads   One view, one thread.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct GhView GhView;

GhView *gh_view_new(void);
void gh_view_free(GhView *view);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhView, gh_view_free)

/* Text, escaped where it is shown. NULL shows nothing, also where an enclosing view has a value of
 * that key. In a section, {{#key}}, NULL and the empty text are false. */
void gh_view_text(GhView *view, const char *key, const char *text);
void gh_view_printf(GhView *view, const char *key, const char *format, ...) G_GNUC_PRINTF(3, 4);
void gh_view_take_text(GhView *view, const char *key, char *text);

/* A whole number: text is what is shown (gh_lang_number wrote it), n chooses the plural form in
 * {{#_n key}}. text NULL: the digits of n. Zero is false in a section. */
void gh_view_count(GhView *view, const char *key, unsigned long n, const char *text);

/* Markup that is shown as it is: only what our own code rendered. The one way past escaping. */
void gh_view_take_safe_html(GhView *view, const char *key, char *html);

/* A condition for {{#key}} and {{^key}}. */
void gh_view_flag(GhView *view, const char *key, bool value);

/* A nested object ({{#key}}...{{/key}} or {{key.name}}). */
GhView *gh_view_object(GhView *view, const char *key);

/* A new element at the end of the list key, which is made when absent. */
GhView *gh_view_append(GhView *view, const char *key);

/* A list without elements, so that {{^key}} shows the empty state. */
void gh_view_empty_list(GhView *view, const char *key);
