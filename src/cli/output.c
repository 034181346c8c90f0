/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* output.c - the file a command writes its result to, whole or not at all. */
#include "cli/output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/table.h"

static bool
fail(const char *path, GError **error)
{
    int problem = errno;
    g_set_error(error, G_FILE_ERROR, (int)g_file_error_from_errno(problem), "cannot write %s: %s",
                path != NULL ? path : "to standard output", g_strerror(problem));
    return false;
}

/* Where a symbolic link leads; a path that does not exist yet is its own end. */
static char *
resolve(const char *path)
{
    char *real = realpath(path, NULL);
    if (real == NULL)
        return g_strdup(path);
    char *copy = g_strdup(real);
    free(real);
    return copy;
}

bool
gh_output_open(const char *path, GhOutput *ret_output, GError **error)
{
    GhOutput output = {.file = stdout};
    struct stat old;
    bool exists = path != NULL && stat(path, &old) == 0;

    if (path == NULL) {
        *ret_output = output;
        return true;
    }
    if (exists && !S_ISREG(old.st_mode)) {
        output.path = g_strdup(path);
        output.file = fopen(path, "wbe");
    } else {
        output.path = resolve(path);
        output.partial = g_strdup_printf("%s.partial-%d", output.path, (int)getpid());
        output.file = fopen(output.partial, "wbxe");
    }
    if (output.file == NULL) {
        fail(path, error);
        g_free(output.path);
        g_free(output.partial);
        return false;
    }
    if (exists && output.partial != NULL)
        (void)fchmod(fileno(output.file), old.st_mode & 07777); /* else: the usual mode */
    *ret_output = output;
    return true;
}

bool
gh_output_close(GhOutput *output, bool good, GError **error)
{
    bool done = output->path == NULL ? fflush(output->file) == 0 : fclose(output->file) == 0;

    if (!done && good)
        fail(output->path, error);
    if (done && good && output->partial != NULL && rename(output->partial, output->path) != 0)
        done = fail(output->path, error);
    if (output->partial != NULL && !(done && good))
        (void)unlink(output->partial); /* the error at hand matters more */
    g_clear_pointer(&output->path, g_free);
    g_clear_pointer(&output->partial, g_free);
    return done || !good;
}

bool
gh_output_write(const char *path, GBytes *bytes, GError **error)
{
    size_t size = 0;
    const char *data = g_bytes_get_data(bytes, &size);
    GhOutput output = {0};

    if (!gh_output_open(path, &output, error))
        return false;
    bool good = gh_table_sink_file(data, size, output.file, error);
    return gh_output_close(&output, good, error) && good;
}
