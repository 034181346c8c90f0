/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* replay.c - runs a fuzz target over the files given, as an ordinary test.
 *
 * Without an engine a fuzz target still guards its parser: its seeds and all inputs that once broke
 * it stand in tests/fuzz/seeds/NAME. Arguments are files or folders. Each file is one TAP line; an
 * input that breaks the target ends the process, which the runner reports with the file named last.
 */

#include <glib.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int n_done = 0;

static void
replay_file(const char *path)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *bytes = NULL;
    gsize n_bytes = 0;

    if (!g_file_get_contents(path, &bytes, &n_bytes, &error)) {
        printf("not ok %d %s\n# %s\n", ++n_done, path, error->message);
        return;
    }

    /* An exact copy, so that a sanitizer sees every byte read behind the end. */
    uint8_t *exact = malloc(n_bytes > 0 ? n_bytes : 1);
    for (gsize i = 0; i < n_bytes; i++)
        exact[i] = (uint8_t)bytes[i];
    printf("# %s\n", path);
    fflush(stdout);
    (void)LLVMFuzzerTestOneInput(exact, n_bytes); /* its answer is for the engine only */
    free(exact);

    g_autofree char *name = g_path_get_basename(path);
    printf("ok %d seed %s\n", ++n_done, name);
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
replay_folder(const char *path)
{
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    const char *name = NULL;

    while (folder != NULL && (name = g_dir_read_name(folder)) != NULL)
        g_ptr_array_add(names, g_build_filename(path, name, NULL));
    g_ptr_array_sort(names, compare_names);
    for (guint i = 0; i < names->len; i++)
        replay_file(names->pdata[i]);
}

int
main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (g_file_test(argv[i], G_FILE_TEST_IS_DIR))
            replay_folder(argv[i]);
        else
            replay_file(argv[i]);
    printf("1..%d\n", n_done);
    return n_done > 0 ? 0 : 1;
}
