/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* packed.h - large results of jobs: packed as they are made, and unpacked as they are sent.
 *
 * Why       CSV and JSON of all cities shrink to a fifth or less, which is what the database has to
 *           hold. Neither way has the whole file in memory: a sending holds one part of it.
 * Form      gzip (RFC 1952), so that the stored bytes are a file of their own, NAME.gz.
 * Limits    GH_PACKED_PLAIN_MAX bytes before packing, GH_JOBS_RESULT_MAX_BYTES after it.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "http/http.h"
#include "store/jobs.h"

/* Our choice, and below 2^32: gzip states the size before packing in four bytes. */
#define GH_PACKED_PLAIN_MAX (INT64_C(2) * 1024 * 1024 * 1024)

/* -- making -- */

typedef struct GhPacking GhPacking;

/* What is packed is appended to result, which the caller owns. */
GhPacking *gh_packing_new(GByteArray *result);
void gh_packing_free(GhPacking *packing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhPacking, gh_packing_free)

/* A GhTableSink; data is the GhPacking. GH_TABLE_ERROR_LIMIT when the file becomes too large. */
bool gh_packing_sink(const char *bytes, size_t n_bytes, void *data, GError **error);
bool gh_packing_finish(GhPacking *packing, GError **error);

/* The same for what is packed already, a workbook: data is the GByteArray. */
bool gh_packing_sink_as_it_is(const char *bytes, size_t n_bytes, void *data, GError **error);

/* -- sending -- */

typedef enum {
    GH_PACKED_AS_STORED,
    GH_PACKED_UNPACK,
} GhPackedForm;

/* How large a packed result is unpacked, as its last four bytes say. *ret_found: the result is there. */
bool gh_packed_plain_size(GhJobs *jobs, const GhJob *job, bool *ret_found, int64_t *ret_size_bytes,
                          GError **error);

/* Answers with the result of a job that is done, read part by part while it is sent. */
void gh_packed_reply(GhReply *reply, GhJobs *jobs, const GhJob *job, GhPackedForm form,
                     const char *media_type, const char *file_name, int64_t size_bytes);
