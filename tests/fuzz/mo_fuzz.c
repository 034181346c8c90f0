/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Any bytes as a compiled catalogue, and its header as a plural rule. Read through the parts below
 * gh_lang_load, which would keep every catalogue for ever. */
#include <stdint.h>
#include <string.h>

#include "base/lang_private.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_plural(const char *header)
{
    const char *rule = strstr(header, "nplurals");
    g_autoptr(GError) error = NULL;
    if (rule == NULL)
        return;

    g_autofree char *line = g_strndup(rule, strcspn(rule, "\n"));
    g_autofree GhPlural *plural = gh_plural_parse(line, &error);
    g_assert_true((plural == NULL) == (error != NULL));
    for (unsigned long n = 0; plural != NULL && n < 1000; n++)
        g_assert_cmpuint(gh_plural_choose(plural, n), <, GH_PLURAL_MAX_FORMS);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* An allocation of exactly this size, so that the sanitizer sees any step outside. */
    g_autofree char *bytes = size > 0 ? g_memdup2(data, size) : NULL;
    g_autoptr(GHashTable) entries = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    const char *header = NULL;
    GHashTableIter iter;
    gpointer key = NULL;
    gpointer value = NULL;

    if (!gh_lang_mo_read(bytes, size, entries, &header, NULL))
        return 0;
    check_plural(header);
    g_hash_table_iter_init(&iter, entries);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        const GhLangEntry *entry = value;
        g_assert_true(g_utf8_validate(key, -1, NULL));
        g_assert_true(entry->n_bytes > 0 && entry->forms[entry->n_bytes - 1] == '\0');
    }
    return 0;
}
