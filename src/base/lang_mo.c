/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* lang_mo.c - reads a compiled gettext file (.mo). Nothing in it is trusted: every number is checked
 * against the size of the file before it is used. */
#include <stdint.h>
#include <string.h>

#include "base/lang_private.h"

/* GNU gettext manual, "The Format of GNU MO Files": seven 32-bit words, in the byte order of the
 * machine that made the file. */
static const uint32_t MAGIC = 0x950412de;
static const size_t HEADER_BYTES = 28;
enum {
    AT_REVISION = 4,
    AT_COUNT = 8,
    AT_ORIGINALS = 12,
    AT_TRANSLATIONS = 16
};

typedef struct {
    const char *bytes;
    size_t n_bytes;
    bool swapped;
} File;

typedef struct {
    const char *text; /* closed by NUL */
    size_t n_bytes;   /* without it */
} Text;

static bool G_GNUC_PRINTF(2, 3) fail(GError **error, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error(error, GH_LANG_ERROR, GH_LANG_ERROR_FORM, "not a usable .mo file: %s", message);
    return false;
}

/* offset + 4 must lie inside the file. */
static uint32_t
word_at(const File *file, size_t offset)
{
    uint32_t word = 0;

    memcpy(&word, file->bytes + offset, sizeof word);
    return file->swapped ? GUINT32_SWAP_LE_BE(word) : word;
}

static bool
read_head(File *file, GError **error)
{
    if (file->n_bytes < HEADER_BYTES)
        return fail(error, "it has %zu bytes and needs at least %zu", file->n_bytes, HEADER_BYTES);
    if (file->n_bytes > GH_LANG_MAX_BYTES)
        return fail(error, "it is larger than %d bytes", GH_LANG_MAX_BYTES);

    uint32_t magic = word_at(file, 0);
    if (magic != MAGIC && magic != GUINT32_SWAP_LE_BE(MAGIC))
        return fail(error, "it does not begin with the number of one");
    file->swapped = magic != MAGIC;
    /* Major revisions 0 and 1 are the same for us; a minor one only adds. */
    uint32_t revision = word_at(file, AT_REVISION);
    if (revision >> 16 > 1)
        return fail(error, "its revision %u is unknown", revision >> 16);
    return true;
}

/* The text that entry i of the table at `table` describes: length, then offset. */
static bool
read_text(const File *file, uint64_t table, uint32_t i, Text *ret_text, GError **error)
{
    uint64_t entry = table + (uint64_t)i * 8;
    if (entry + 8 > file->n_bytes)
        return fail(error, "its table of texts reaches past its end");

    uint64_t length = word_at(file, (size_t)entry);
    uint64_t offset = word_at(file, (size_t)entry + 4);
    if (offset + length >= file->n_bytes)
        return fail(error, "text %u reaches past its end", i);
    const char *text = file->bytes + offset;
    if (text[length] != '\0')
        return fail(error, "text %u is not closed", i);

    *ret_text = (Text){.text = text, .n_bytes = (size_t)length};
    return true;
}

/* Every form between its NULs. */
static bool
is_utf8(const Text *text)
{
    for (size_t start = 0; start <= text->n_bytes;) {
        size_t n_form = strlen(text->text + start);
        if (!g_utf8_validate(text->text + start, (gssize)n_form, NULL))
            return false;
        start += n_form + 1;
    }
    return true;
}

static bool
add_entry(const File *file, uint32_t i, GHashTable *entries, GError **error)
{
    Text original = {0};
    Text translation = {0};

    if (!read_text(file, word_at(file, AT_ORIGINALS), i, &original, error)
        || !read_text(file, word_at(file, AT_TRANSLATIONS), i, &translation, error))
        return false;
    if (!is_utf8(&original) || !is_utf8(&translation))
        return fail(error, "text %u is not UTF-8", i);
    if (translation.n_bytes == 0)
        return true;

    GhLangEntry *entry = g_new(GhLangEntry, 1);
    *entry = (GhLangEntry){.forms = translation.text, .n_bytes = translation.n_bytes + 1};
    /* A text with plural forms is found by its singular, which stands first. */
    union {
        const char *constant;
        char *pointer; /* the table takes keys without const and leaves them alone */
    } key = {.constant = original.text};
    g_hash_table_replace(entries, key.pointer, entry);
    return true;
}

bool
gh_lang_mo_read(const char *bytes, size_t n_bytes, GHashTable *entries, const char **ret_header,
                GError **error)
{
    File file = {.bytes = bytes, .n_bytes = n_bytes};
    if (!read_head(&file, error))
        return false;
    uint32_t count = word_at(&file, AT_COUNT);
    if (count > GH_LANG_MAX_TEXTS)
        return fail(error, "it claims %u texts, more than %d", count, GH_LANG_MAX_TEXTS);

    for (uint32_t i = 0; i < count; i++) {
        if (!add_entry(&file, i, entries, error))
            return false;
    }
    const GhLangEntry *header = g_hash_table_lookup(entries, "");
    *ret_header = header == NULL ? "" : header->forms;
    return true;
}
