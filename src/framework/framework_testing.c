/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* framework_testing.c - frameworks for tests: the small one, with one thing changed. */
#include "framework/framework_testing.h"

#include <string.h>

GPtrArray *
gh_framework_testing_small(void)
{
    g_autoptr(GError) error = NULL;
    GPtrArray *files =
        gh_framework_files_from_dir(GH_SOURCE_ROOT "/tests/data/framework-small", &error);

    g_assert_no_error(error);
    return files;
}

static char *
replace_first(const char *text, const char *find, const char *replace)
{
    const char *at = strstr(text, find);

    if (at == NULL)
        g_error("the file has no \"%s\"", find);
    return g_strdup_printf("%.*s%s%s", (int)(at - text), text, replace, at + strlen(find));
}

void
gh_framework_testing_edit(GPtrArray *files, const char *name, const char *find, const char *replace)
{
    guint at = 0;
    while (at < files->len
           && strcmp(((GhFrameworkFile *)g_ptr_array_index(files, at))->name, name) != 0)
        at++;

    g_autofree char *text = NULL;
    if (at < files->len) {
        GhFrameworkFile *file = g_ptr_array_index(files, at);
        gsize n_bytes = 0;
        const char *bytes = g_bytes_get_data(file->bytes, &n_bytes);
        text = g_strndup(bytes, n_bytes);
        g_ptr_array_remove_index(files, at);
    }
    if (replace == NULL)
        return;

    g_autofree char *edited =
        find != NULL ? replace_first(text != NULL ? text : "", find, replace) : g_strdup(replace);
    g_autoptr(GBytes) bytes = g_bytes_new(edited, strlen(edited));
    gh_framework_files_add(files, name, bytes);
}

GhFramework *
gh_framework_testing_parse(GPtrArray *files)
{
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GError) error = NULL;
    GhFramework *framework = gh_framework_parse(files, faults, &error);

    for (size_t i = 0; framework == NULL && i < gh_faults_n_listed(faults); i++) {
        g_autofree char *line = gh_fault_format(gh_faults_peek(faults, i), gh_lang_source());
        g_test_message("%s", line);
    }
    g_assert_no_error(error);
    return framework;
}
