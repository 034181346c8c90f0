/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* lang.h - languages: one catalogue per language, passed to whoever writes text for people.
 *
 * The C library's gettext() knows one language per process; a server answers many readers at once.
 * So catalogues are read from compiled gettext files (.mo) and passed as an argument.
 *
 * Ownership Catalogues live until the process ends; texts returned are borrowed from them.
 * Threads   gh_lang_load_* once at start; everything else from every thread.
 * Errors    GH_LANG_ERROR_FORM: not a .mo file, not in UTF-8, or its plural rule cannot be read.
 *           A catalogue is taken whole or not at all.
 * Limits    Files are hostile until checked: at most GH_LANG_MAX_BYTES and GH_LANG_MAX_TEXTS.
 * Source    GNU gettext manual, "The Format of GNU MO Files" and "Plural forms"; RFC 4647,
 *           section 3.4 (lookup of language tags).
 */
#pragma once

#include <glib.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GH_LANG_ERROR (gh_lang_error_quark())
GQuark gh_lang_error_quark(void);

typedef enum {
    GH_LANG_ERROR_FORM,
} GhLangError;

enum {
    GH_LANG_MAX_BYTES = 16 * 1024 * 1024,
    GH_LANG_MAX_TEXTS = 100000,
};

typedef struct GhLang GhLang;

/* The source language, English: every text stands for itself. Never NULL. */
const GhLang *gh_lang_source(void);

/* Loads one catalogue; tag is a BCP 47 tag such as "fr" or "ar". bytes are copied. A tag loaded
 * before is replaced for those who look it up from now on. */
bool gh_lang_load(const char *tag, const void *bytes, size_t n_bytes, GError **error);

/* Loads DIR/TAG.mo for every such file (development, and pseudo-languages in tests). */
bool gh_lang_load_dir(const char *dir, GError **error);

/* Loads the catalogues compiled into the binary (resource /guildhall/po). */
bool gh_lang_load_builtin(GError **error);

/* The catalogue with that tag, or NULL. */
const GhLang *gh_lang_find(const char *tag);

/* The tags of all languages, in order, as one writes a list: "ar-XB, en, en-XA". The caller owns it. */
char *gh_lang_list(void);

/* The best catalogue for an Accept-Language header, else the source language. The header is
 * hostile text; at most 16 entries are looked at. May be NULL. */
const GhLang *gh_lang_negotiate(const char *accept_language);

const char *gh_lang_tag(const GhLang *lang);

/* "ltr" or "rtl". */
const char *gh_lang_direction(const GhLang *lang);

/* Translation of msgid, or msgid itself. */
const char *gh_lang_text(const GhLang *lang, const char *msgid);

/* With a context that tells two equal words apart; context may be NULL. */
const char *gh_lang_text_context(const GhLang *lang, const char *context, const char *msgid);

/* By number: msgid for one, plural otherwise, by the language's own rule. */
const char *gh_lang_plural(const GhLang *lang, const char *msgid, const char *plural,
                           unsigned long n);
const char *gh_lang_plural_context(const GhLang *lang, const char *context, const char *msgid,
                                   const char *plural, unsigned long n);

/* Fills {name} places of a translated text: pairs of name and text, closed by NULL.
 * A place without a value stays as it is. The caller owns the result.
 *   gh_lang_fill(gh_lang_text(lang, "{n} of {total} figures"), "n", "14", "total", "55", NULL) */
char *gh_lang_fill(const char *pattern, ...) G_GNUC_NULL_TERMINATED;
char *gh_lang_fill_va(const char *pattern, va_list arguments); /* which are not used up */

/* The next {name} place in a text, or NULL. ret_name is not NUL-terminated and is followed by }. A
 * name has letters, digits, points and underscores; other braces are plain text. */
const char *gh_lang_find_place(const char *text, const char **ret_name, size_t *ret_n_name);

/* A number for people in that language: its decimal sign and thousands groups (the catalogue
 * translates "." in the context "decimal sign" and "," in the context "thousands sign"), a true
 * minus sign (U+2212), at most decimals places after the decimal sign, trailing zeros dropped.
 * Halves are rounded away from zero as on paper: 0.285 with two places is 0.29, though the double
 * next to it lies below. value must be finite. The caller owns the result. */
char *gh_lang_number(const GhLang *lang, double value, unsigned decimals);

/* The same with all its decimals, for columns of computed numbers: "80.0" below "79.7". */
char *gh_lang_number_fixed(const GhLang *lang, double value, unsigned decimals);

/* The size of a file: "1.2 MB". The caller owns the result. */
char *gh_lang_size(const GhLang *lang, int64_t n_bytes);

/* Marks for po/update in C files; the first translates, the second only marks. */
#define GH_T(lang, msgid) gh_lang_text((lang), (msgid))
#define GH_MARK(msgid) (msgid)
