/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* format_test.c - docs/index-format.md and the parser know the same keys. */
#include <string.h>

#include "index/spec/spec_private.h"

static char *
read_document(void)
{
    char *text = NULL;
    g_autoptr(GError) error = NULL;
    g_file_get_contents(GH_SOURCE_ROOT "/docs/index-format.md", &text, NULL, &error);
    g_assert_no_error(error);
    return text;
}

/* The section "### NAME", up to the next heading; owned. */
static char *
section_of(const char *document, const char *name)
{
    g_autofree char *heading = g_strdup_printf("\n### %s\n", name);
    const char *start = strstr(document, heading);
    if (start == NULL)
        g_error("docs/index-format.md has no section \"%s\"", name);
    start += strlen(heading);
    const char *end = strstr(start, "\n#");
    return end != NULL ? g_strndup(start, (size_t)(end - start)) : g_strdup(start);
}

static size_t
count_rows(const char *section)
{
    size_t n = 0;
    for (const char *row = strstr(section, "\n| `"); row != NULL; row = strstr(row + 1, "\n| `"))
        n++;
    return n;
}

static void
check_key(const char *section, const char *name, const char *key)
{
    g_autofree char *row = g_strdup_printf("\n| `%s` |", key);
    if (strstr(section, row) == NULL)
        g_error("docs/index-format.md, section \"%s\": no row for %s", name, key);
}

static void
test_keys(void)
{
    g_autofree char *document = read_document();

    for (size_t t = 0; GH_INDEX_FIELDS[t] != NULL; t++) {
        const GhIndexFields *table = GH_INDEX_FIELDS[t];
        g_autofree char *section = section_of(document, table->name);
        size_t n = table->n_fields;
        for (size_t i = 0; i < table->n_fields; i++)
            check_key(section, table->name, table->fields[i].key);
        for (size_t i = 0; table->further != NULL && table->further[i] != NULL; i++, n++)
            check_key(section, table->name, table->further[i]);
        g_test_message("%s", table->name);
        g_assert_cmpuint(count_rows(section), ==, n); /* and none that is gone */
    }
}

static void
test_words(void)
{
    g_autofree char *document = read_document();

    for (size_t t = 0; GH_INDEX_FIELDS[t] != NULL; t++) {
        const GhIndexFields *table = GH_INDEX_FIELDS[t];
        g_autofree char *section = section_of(document, table->name);
        for (size_t i = 0; i < table->n_fields; i++) {
            const char *const *words = table->fields[i].words;
            for (size_t w = 0; words != NULL && words[w] != NULL; w++) {
                g_autofree char *quoted = g_strdup_printf("`%s`", words[w]);
                if (strstr(section, quoted) == NULL)
                    g_error("section \"%s\": %s does not name %s", table->name,
                            table->fields[i].key, words[w]);
            }
        }
    }
}

static void
test_example(void)
{
    static const char BEGIN[] = "```json\n";
    g_autofree char *document = read_document();
    const char *start = strstr(document, BEGIN);
    g_assert_nonnull(start);
    start += strlen(BEGIN);
    const char *end = strstr(start, "```");
    g_assert_nonnull(end);

    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(GhIndexSpec) spec =
        gh_index_spec_parse("example", start, (size_t)(end - start), faults, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(gh_faults_n_warnings(faults), ==, 0);
    g_assert_cmpuint(spec->n_steps, ==, 7);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/format/every key has its row, and every row its key", test_keys);
    g_test_add_func("/format/every word has its place", test_words);
    g_test_add_func("/format/the example is read without a fault", test_example);
    return g_test_run();
}
