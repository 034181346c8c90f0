/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* csv_source.c - what a CSV file is, before its rows are read: bytes, encoding, separator, faults. */

#include "base/csv_private.h"
#include "base/lang.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    size_t line;
    char *reason;
    char *remedy;
} GhCsvErrorPrivate;

/* NB: the asserts also tell the compiler what GLib's macro leaves open. */
static void
gh_csv_error_private_init(GhCsvErrorPrivate *parts)
{
    g_assert(parts != NULL);
    *parts = (GhCsvErrorPrivate){.line = 0};
}

static void
gh_csv_error_private_copy(const GhCsvErrorPrivate *from, GhCsvErrorPrivate *to)
{
    g_assert(from != NULL && to != NULL);
    to->line = from->line;
    to->reason = g_strdup(from->reason);
    to->remedy = g_strdup(from->remedy);
}

static void
gh_csv_error_private_clear(GhCsvErrorPrivate *parts)
{
    g_assert(parts != NULL);
    g_free(parts->reason);
    g_free(parts->remedy);
}

G_DEFINE_EXTENDED_ERROR(GhCsvError, gh_csv_error)

bool
gh_csv_fail(GError **error, GhCsvError code, const char *name, size_t line, const char *reason,
            const char *remedy)
{
    g_autofree char *place = line > 0 ? g_strdup_printf(", line %zu", line) : g_strdup("");
    GError *fault =
        g_error_new(GH_CSV_ERROR, (int)code, "%s%s: %s; %s", name, place, reason, remedy);
    GhCsvErrorPrivate *own = gh_csv_error_get_private(fault);
    g_assert(own != NULL);

    own->line = line;
    own->reason = g_strdup(reason);
    own->remedy = g_strdup(remedy);
    g_propagate_error(error, fault);
    return false;
}

GhCsvErrorParts
gh_csv_error_parts(const GError *error)
{
    const GhCsvErrorPrivate *parts = gh_csv_error_get_private(error);
    g_assert(parts != NULL);

    return (GhCsvErrorParts){.line = parts->line, .reason = parts->reason, .remedy = parts->remedy};
}

static size_t
line_of(const char *bytes, size_t offset)
{
    size_t line = 1;

    for (size_t i = 0; i < offset; i++)
        line += bytes[i] == '\n' || (bytes[i] == '\r' && bytes[i + 1] != '\n');
    return line;
}

static bool
starts_with(const char *bytes, size_t n_bytes, const char *mark, size_t n_mark)
{
    return n_bytes >= n_mark && memcmp(bytes, mark, n_mark) == 0;
}

static bool
is_utf16(const char *bytes, size_t n_bytes)
{
    return starts_with(bytes, n_bytes, "\xFF\xFE", 2) || starts_with(bytes, n_bytes, "\xFE\xFF", 2)
           || (n_bytes >= 4 && (bytes[0] == '\0') != (bytes[1] == '\0')
               && (bytes[0] == '\0') == (bytes[2] == '\0')
               && (bytes[1] == '\0') == (bytes[3] == '\0'));
}

bool
gh_csv_check_encoding(const char *name, const char *bytes, size_t n_bytes, GError **error)
{
    static const char *const SAVE_AS = GH_MARK("save it as \"CSV UTF-8\" and try again");
    size_t bad = 0;

    if (gh_text_check_utf8(bytes, n_bytes, &bad))
        return true;

    if (is_utf16(bytes, n_bytes))
        return gh_csv_fail(error, GH_CSV_ERROR_ENCODING, name, 0,
                           GH_MARK("is UTF-16 text, not UTF-8"), SAVE_AS);
    if (starts_with(bytes, n_bytes, "PK\x03\x04", 4))
        return gh_csv_fail(error, GH_CSV_ERROR_ENCODING, name, 0,
                           GH_MARK("is a packed file such as .xlsx or .ods, not text"),
                           GH_MARK("open it in a spreadsheet and save the sheet as \"CSV UTF-8\""));

    size_t line = line_of(bytes, bad);
    if (bytes[bad] == '\0')
        return gh_csv_fail(error, GH_CSV_ERROR_FORM, name, line, GH_MARK("has a NUL byte"),
                           GH_MARK("give a text file in CSV form"));
    g_autofree char *reason =
        g_strdup_printf("byte 0x%02X is not UTF-8 (the file may be Latin-1 or Windows-1252)",
                        (unsigned)(unsigned char)bytes[bad]);
    return gh_csv_fail(error, GH_CSV_ERROR_ENCODING, name, line, reason, SAVE_AS);
}

char
gh_csv_find_separator(const char *bytes, size_t n_bytes)
{
    static const char SEPARATORS[] = {',', ';', '\t'};
    size_t counts[G_N_ELEMENTS(SEPARATORS)] = {0};
    bool quoted = false;
    size_t best = 0;

    /* Line breaks before the header belong to blank lines. */
    size_t i = 0;
    while (i < n_bytes && (bytes[i] == '\n' || bytes[i] == '\r'))
        i++;
    for (; i < n_bytes && (quoted || (bytes[i] != '\n' && bytes[i] != '\r')); i++) {
        quoted ^= bytes[i] == '"';
        for (size_t s = 0; s < G_N_ELEMENTS(SEPARATORS); s++)
            counts[s] += !quoted && bytes[i] == SEPARATORS[s];
    }
    for (size_t s = 1; s < G_N_ELEMENTS(SEPARATORS); s++)
        if (counts[s] > counts[best])
            best = s;
    return SEPARATORS[best];
}

/* Reads to the end, one byte more than allowed at most. */
static bool
read_all(int fd, GByteArray *bytes)
{
    enum {
        PIECE = 1024 * 1024
    };

    while (bytes->len <= GH_CSV_MAX_FILE_BYTES) {
        guint n_before = bytes->len;
        g_byte_array_set_size(bytes, n_before + PIECE);
        ssize_t n = read(fd, bytes->data + n_before, PIECE);
        g_byte_array_set_size(bytes, n_before + (guint)MAX(n, 0));
        if (n == 0)
            return true;
        if (n < 0 && errno != EINTR)
            return false;
    }
    return true;
}

char *
gh_csv_read_file(const char *path, size_t *ret_n_bytes, GError **error)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();

    int fd = g_open(path, O_RDONLY | O_CLOEXEC, 0);
    bool done = fd >= 0 && read_all(fd, bytes);
    int problem = errno;
    if (fd >= 0)
        (void)close(fd); /* only read */

    if (!done) {
        g_autofree char *reason = g_strdup_printf("cannot be read (%s)", g_strerror(problem));
        (void)gh_csv_fail(error, GH_CSV_ERROR_IO, path, 0, reason,
                          GH_MARK("check the name and the rights"));
        return NULL;
    }
    *ret_n_bytes = bytes->len;
    return (char *)g_byte_array_free(g_steal_pointer(&bytes), FALSE);
}
