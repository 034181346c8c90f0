/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Any bytes as a CSV file. What can be read must come back the same when it is written and read
 * again; every number and text found goes through the functions an import would use. */

#include "base/csv.h"
#include "base/number.h"
#include "base/text.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_number(const char *text)
{
    char written[GH_NUMBER_TEXT_SIZE];
    double value = 0;
    double back = 0;

    (void)gh_number_has_decimal_comma(text); /* must not fail; any answer will do */
    if (!gh_number_parse(text, GH_NUMBER_POINT_OR_COMMA, false, &value, NULL))
        return;
    gh_number_format(value, written);
    g_assert_true(gh_number_parse(written, GH_NUMBER_POINT, false, &back, NULL));
    g_assert_true(memcmp(&value, &back, sizeof value) == 0);
}

static void
check_text(const char *text)
{
    g_autofree char *name = gh_text_fold_name(text);
    g_autofree char *unit = gh_text_fold_unit(text);
    g_autofree char *slug = gh_text_slug(text);
    g_auto(GStrv) list = gh_text_split_list(text);
    g_autofree char *again = gh_text_fold_name(name);

    g_assert_cmpstr(name, ==, again);
    g_assert_nonnull(unit);
    g_assert_nonnull(list);
    g_assert_true(slug == NULL || gh_text_is_slug(slug));
}

/* Everything that can be read, in our own form behind a key column: a first column whose name
 * begins with a byte order mark would otherwise lose it. */
static char *
write_again(GhCsv *csv, size_t *ret_n_rows)
{
    GString *out = g_string_new("the first column");
    bool row = false;

    for (size_t i = 0; i < gh_csv_n_columns(csv); i++) {
        g_string_append_c(out, ',');
        gh_csv_write_text(out, gh_csv_column(csv, i));
    }
    while (true) {
        g_autoptr(GError) error = NULL;
        if (!gh_csv_next(csv, &row, &error)) {
            g_assert_cmpstr(gh_csv_error_parts(error).reason, !=, "");
            continue;
        }
        if (!row)
            return g_string_free(out, FALSE);
        g_string_append(out, "\nkey");
        for (size_t i = 0; i < gh_csv_n_columns(csv); i++) {
            g_string_append_c(out, ',');
            gh_csv_write_text(out, gh_csv_field(csv, i));
            check_number(gh_csv_field(csv, i));
            check_text(gh_csv_field(csv, i));
        }
        (*ret_n_rows)++;
    }
}

/* The next row of the right number of fields. */
static bool
next_good_row(GhCsv *csv)
{
    bool row = false;

    while (!gh_csv_next(csv, &row, NULL))
        ;
    return row;
}

static void
check_same(const char *name, const uint8_t *data, size_t size, const char *written, size_t n_rows)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GhCsv) first = gh_csv_new(name, (const char *)data, size, NULL);
    g_autoptr(GhCsv) second = gh_csv_new(name, written, strlen(written), &error);

    /* The key column may stand there twice, or be one too many. */
    if (second == NULL)
        return;
    for (size_t i = 0; i < n_rows; i++) {
        g_assert_true(next_good_row(first));
        g_assert_true(next_good_row(second));
        for (size_t column = 0; column < gh_csv_n_columns(first); column++)
            g_assert_cmpstr(gh_csv_field(first, column), ==, gh_csv_field(second, column + 1));
    }
    g_assert_false(next_good_row(second));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t n_rows = 0;

    g_autoptr(GhCsv) csv = gh_csv_new("fuzz", (const char *)data, size, NULL);
    if (csv == NULL)
        return 0;
    g_autofree char *written = write_again(csv, &n_rows);
    check_same("fuzz", data, size, written, n_rows);
    return 0;
}
