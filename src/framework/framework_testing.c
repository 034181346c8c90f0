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

static const char LENS_ENTRY[] =
    "],\n"
    "  \"lenses\": [\n"
    "    {\n"
    "      \"id\": \"people\",\n"
    "      \"name\": \"Who it is for\",\n"
    "      \"description\": \"The same indicators by who notices them first.\",\n"
    "      \"origin\": \"ours\",\n"
    "      \"order\": [\"Children\", \"Everybody\", \"Visitors\"]\n"
    "    }\n"
    "  ]\n"
    "}\n";

static const char LENS_ROWS[] =
    "kpi_id,group,subgroup,reason,source,confidence\n"
    "S1,Children,On the way,Children walk to school.,our choice,inferred\n"
    "S2,Everybody,,Everybody is out after dark.,our choice,inferred\n"
    "S3,Children,On the way,Children are hurt most.,Town council 2021,read\n"
    "S3,Everybody,,Anyone can be hurt.,our choice,inferred\n"
    "S4,Everybody,,Everybody crosses the street.,our choice,inferred\n"
    "W1,Everybody,At home,Everybody drinks water.,our choice,inferred\n"
    "W2,,,Nobody notices it.,our choice,inferred\n"
    "W3,Everybody,At home,Everybody pays.,our choice,inferred\n"
    "W4,Children,Outdoors,Children play there.,our choice,inferred\n";

static const char LENS_TRANSLATIONS[] =
    "subject,id,field,text\n"
    "lens,people,name,Pour qui\n"
    "lens_group,Children,name,Les enfants\n"
    "lens:people,S3,reason.1,Les enfants sont les plus touchés.\n";

void
gh_framework_testing_add_lens(GPtrArray *files)
{
    gh_framework_testing_edit(files, "framework.json", "]\n}\n", LENS_ENTRY);
    gh_framework_testing_edit(files, "lenses/people.csv", NULL, LENS_ROWS);
    gh_framework_testing_edit(files, "lang/fr.csv", "subject,id,field,text\n", LENS_TRANSLATIONS);
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
