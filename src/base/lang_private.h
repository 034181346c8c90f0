/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* lang_private.h - a catalogue as the files lang*.c share it.
 *
 * Ownership A catalogue owns a copy of its file; its texts point into it.
 */
#pragma once

#include "base/lang.h"
#include "base/lang_plural.h"

/* One message: its forms, one after the other, each closed by NUL. */
typedef struct {
    const char *forms;
    size_t n_bytes; /* with the last NUL */
} GhLangEntry;

struct GhLang {
    char *tag;
    char *bytes;         /* NULL: the source language */
    GHashTable *entries; /* msgid, or context, \004 and msgid -> GhLangEntry */
    GhPlural *plural;    /* NULL: one for 1, other for the rest */
    const char *direction;
    const char *decimal_sign;
    const char *thousands_sign;
};

/* Reads a .mo file into entries, whose keys and texts point into bytes. ret_header gets the
 * catalogue's header, "" when it has none. */
bool gh_lang_mo_read(const char *bytes, size_t n_bytes, GHashTable *entries,
                     const char **ret_header, GError **error);

/* Whether a BCP 47 tag has the form of one: subtags of one to eight letters or digits. */
bool gh_lang_is_tag(const char *tag);
