/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* output.h - the file a command writes its result to, whole or not at all.
 *
 * A regular file is written under a temporary name beside it and renamed at the end, so that a command that
 * fails leaves the old file as it was; it keeps its mode, and a symbolic link stays one. What is no regular
 * file (a pipe, a device) is written to directly, as the shell would.
 *
 * Threads   The main thread only.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdio.h>

typedef struct {
    FILE *file;    /* write here */
    char *path;    /* NULL: standard output */
    char *partial; /* NULL: written to directly */
} GhOutput;

/* path NULL: standard output. */
bool gh_output_open(const char *path, GhOutput *ret_output, GError **error);

/* Ends the writing. good: the command succeeded and the file is kept; else it is thrown away. Returns false
 * with an error where the last bytes could not be written (only looked at when good). */
bool gh_output_close(GhOutput *output, bool good, GError **error);

/* Opens, writes and closes. */
bool gh_output_write(const char *path, GBytes *bytes, GError **error);
