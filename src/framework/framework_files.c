/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* framework_files.c - the files of a framework, from a folder or from the program itself. */
#include "framework/framework_private.h"

#include "resources/resources.h"

#include <gio/gio.h>
#include <string.h>

static const char BUILTIN_PREFIX[] = "builtin:";
static const char BUILTIN_ROOT[] = "/guildhall/frameworks";
static const char *const FOLDERS[] = {"", "targets/", "lenses/", "lang/"};

static void
file_free(gpointer pointer)
{
    GhFrameworkFile *file = pointer;
    g_free(file->name);
    g_bytes_unref(file->bytes);
    g_free(file);
}

GPtrArray *
gh_framework_files_new(void)
{
    return g_ptr_array_new_with_free_func(file_free);
}

void
gh_framework_files_add(GPtrArray *files, const char *name, GBytes *bytes)
{
    GhFrameworkFile *file = g_new0(GhFrameworkFile, 1);

    file->name = g_strdup(name);
    file->bytes = g_bytes_ref(bytes);
    g_ptr_array_add(files, file);
}

bool
gh_framework_file_is_known(const char *name)
{
    static const char *const NAMES[] = {"framework.json", "kpis.csv",   "data_points.csv",
                                        "units.csv",      "checks.csv", NULL};
    if (gh_words_find(NAMES, name) >= 0)
        return true;

    const char *slash = strchr(name, '/');
    if (slash == NULL || !g_str_has_suffix(slash, ".csv"))
        return false;
    if (!g_str_has_prefix(name, "targets/") && !g_str_has_prefix(name, "lenses/")
        && !g_str_has_prefix(name, "lang/"))
        return false;
    g_autofree char *id = g_strndup(slash + 1, strlen(slash + 1) - strlen(".csv"));
    g_autofree char *fault = gh_framework_id_fault(id);
    return fault == NULL;
}

/* README.md and the like are no one's mistake; a mistyped kpi.csv is. */
static bool
is_wanted(const char *name)
{
    return gh_framework_file_is_known(name) || g_str_has_suffix(name, ".csv")
           || g_str_has_suffix(name, ".json");
}

static bool
add_path(GPtrArray *files, const char *dir, const char *name, GError **error)
{
    g_autofree char *path = g_build_filename(dir, name, NULL);
    g_autoptr(GFile) file = g_file_new_for_path(path);
    g_autoptr(GError) problem = NULL;

    g_autoptr(GFileInfo) info =
        g_file_query_info(file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                          G_FILE_QUERY_INFO_NONE, NULL, &problem);
    if (info != NULL && g_file_info_get_file_type(info) != G_FILE_TYPE_REGULAR)
        return true;
    if (info != NULL && g_file_info_get_size(info) > GH_FRAMEWORK_MAX_FILE_BYTES) {
        g_set_error(error, GH_FRAMEWORK_ERROR, GH_FRAMEWORK_ERROR_IO, "%s: is larger than %d MiB",
                    path, GH_FRAMEWORK_MAX_FILE_BYTES / 1024 / 1024);
        return false;
    }

    char *bytes = NULL;
    gsize n_bytes = 0;
    if (info == NULL || !g_file_get_contents(path, &bytes, &n_bytes, &problem)) {
        g_set_error(error, GH_FRAMEWORK_ERROR, GH_FRAMEWORK_ERROR_IO, "%s: %s", path,
                    problem->message);
        return false;
    }
    g_autoptr(GBytes) content = g_bytes_new_take(bytes, n_bytes);
    gh_framework_files_add(files, name, content);
    return true;
}

static int
by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Wanted files of dir/folder, by name. */
static bool
add_folder(GPtrArray *files, const char *dir, const char *folder, GError **error)
{
    g_autofree char *path = g_build_filename(dir, folder, NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) problem = NULL;

    g_autoptr(GDir) opened = g_dir_open(path, 0, &problem);
    if (opened == NULL) {
        if (*folder != '\0' && g_error_matches(problem, G_FILE_ERROR, G_FILE_ERROR_NOENT))
            return true;
        g_set_error(error, GH_FRAMEWORK_ERROR, GH_FRAMEWORK_ERROR_IO, "%s", problem->message);
        return false;
    }
    for (const char *entry = g_dir_read_name(opened); entry != NULL;
         entry = g_dir_read_name(opened)) {
        g_autofree char *name = g_strconcat(folder, entry, NULL);
        if (is_wanted(name) && *entry != '.')
            g_ptr_array_add(names, g_steal_pointer(&name));
    }

    g_ptr_array_sort(names, by_text);
    for (size_t i = 0; i < names->len; i++)
        if (!add_path(files, dir, g_ptr_array_index(names, i), error))
            return false;
    return true;
}

static void
add_builtin_folder(GPtrArray *files, const char *id, const char *folder)
{
    g_autofree char *path = g_strdup_printf("%s/%s/%s", BUILTIN_ROOT, id, folder);
    g_auto(GStrv) names = gh_resources_children(path);

    for (size_t i = 0; names[i] != NULL; i++) {
        g_autofree char *name = g_strconcat(folder, names[i], NULL);
        g_autofree char *full = g_strconcat(path, names[i], NULL);
        g_autoptr(GBytes) bytes =
            gh_framework_file_is_known(name) ? gh_resources_lookup(full) : NULL;
        if (bytes != NULL)
            gh_framework_files_add(files, name, bytes);
    }
}

GPtrArray *
gh_framework_files_from_dir(const char *dir, GError **error)
{
    g_autoptr(GPtrArray) files = gh_framework_files_new();
    bool builtin = g_str_has_prefix(dir, BUILTIN_PREFIX);
    const char *id = builtin ? dir + strlen(BUILTIN_PREFIX) : dir;

    for (size_t i = 0; i < G_N_ELEMENTS(FOLDERS); i++) {
        if (builtin)
            add_builtin_folder(files, id, FOLDERS[i]);
        else if (!add_folder(files, dir, FOLDERS[i], error))
            return NULL;
    }
    if (files->len == 0) {
        g_set_error(error, GH_FRAMEWORK_ERROR, GH_FRAMEWORK_ERROR_IO,
                    builtin ? "%s is not compiled into this program"
                            : "%s has no file of a framework: framework.json, kpis.csv and"
                              " data_points.csv are expected",
                    dir);
        return NULL;
    }
    return g_steal_pointer(&files);
}
