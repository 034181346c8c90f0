/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* packed.c - large results of jobs: packed as they are made, and unpacked as they are sent. */
#include "http/packed.h"

#include <gio/gio.h>
#include <string.h>

#include "base/table.h"

/* -- making -- */

struct GhPacking {
    GConverter *zip;
    GByteArray *result; /* borrowed */
    int64_t n_plain;
};

/* Of 1 to 9: the fastest. JSON of scores becomes a fifth, of figures a twentieth. */
static const int LEVEL = 1;

GhPacking *
gh_packing_new(GByteArray *result)
{
    GhPacking *packing = g_new0(GhPacking, 1);

    packing->zip = G_CONVERTER(g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP, LEVEL));
    packing->result = result;
    return packing;
}

void
gh_packing_free(GhPacking *packing)
{
    if (packing == NULL)
        return;
    g_object_unref(packing->zip);
    g_free(packing);
}

static bool
refuse_size(GError **error)
{
    g_set_error(error, GH_TABLE_ERROR, GH_TABLE_ERROR_LIMIT,
                "the file is too large for the web; export it on the command line");
    return false;
}

bool
gh_packing_sink_as_it_is(const char *bytes, size_t n_bytes, void *data, GError **error)
{
    GByteArray *result = data;

    if (n_bytes > GH_JOBS_RESULT_MAX_BYTES - result->len)
        return refuse_size(error);
    g_byte_array_append(result, (const guint8 *)bytes, (guint)n_bytes);
    return true;
}

/* One step; *ret_n_taken of the bytes are done with. */
static bool
pack_some(GhPacking *packing, const char *bytes, size_t n_bytes, GConverterFlags flags,
          size_t *ret_n_taken, bool *ret_finished, GError **error)
{
    char out[16384];
    gsize n_taken = 0;
    gsize n_out = 0;

    GConverterResult step = g_converter_convert(packing->zip, bytes, n_bytes, out, sizeof out,
                                                flags, &n_taken, &n_out, error);
    if (step == G_CONVERTER_ERROR)
        return false;
    *ret_n_taken = n_taken;
    *ret_finished = step == G_CONVERTER_FINISHED;
    return gh_packing_sink_as_it_is(out, n_out, packing->result, error);
}

bool
gh_packing_sink(const char *bytes, size_t n_bytes, void *data, GError **error)
{
    GhPacking *packing = data;
    bool finished = false;

    packing->n_plain += (int64_t)n_bytes;
    if (packing->n_plain > GH_PACKED_PLAIN_MAX)
        return refuse_size(error);
    while (n_bytes > 0) {
        size_t n_taken = 0;
        if (!pack_some(packing, bytes, n_bytes, G_CONVERTER_NO_FLAGS, &n_taken, &finished, error))
            return false;
        bytes += n_taken;
        n_bytes -= n_taken;
    }
    return true;
}

bool
gh_packing_finish(GhPacking *packing, GError **error)
{
    bool finished = false;

    while (!finished) {
        size_t n_taken = 0;
        if (!pack_some(packing, "", 0, G_CONVERTER_INPUT_AT_END, &n_taken, &finished, error))
            return false;
    }
    return true;
}

/* -- reading parts -- */

typedef struct {
    GhJobs *jobs; /* borrowed; lives longer than the server */
    int64_t id;
    int64_t n_stored;  /* size of the result as it is stored */
    int64_t offset;    /* of the next byte in it */
    int64_t part_held; /* index of part */
    GBytes *part;      /* owned; NULL: none read yet */
    GConverter *unzip; /* owned; NULL: sent as stored */
} Sending;

static void
sending_clear(Sending *sending)
{
    g_clear_pointer(&sending->part, g_bytes_unref);
    g_clear_object(&sending->unzip);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Sending, sending_clear)

static void
sending_free(void *data)
{
    sending_clear(data);
    g_free(data);
}

/* The stored bytes from offset to the end of its part; none at the end. Not found: dropped meanwhile. */
static bool
peek_stored(Sending *sending, bool *ret_found, const uint8_t **ret_bytes, size_t *ret_n_bytes,
            GError **error)
{
    int64_t index = sending->offset / GH_JOBS_PART_BYTES;
    size_t n_bytes = 0;

    *ret_found = true;
    *ret_n_bytes = 0;
    *ret_bytes = (const uint8_t *)"";
    if (sending->offset >= sending->n_stored)
        return true;
    if (sending->part == NULL || sending->part_held != index) {
        g_clear_pointer(&sending->part, g_bytes_unref);
        if (!gh_jobs_result_part(sending->jobs, sending->id, index, ret_found, &sending->part,
                                 error))
            return false;
        if (!*ret_found)
            return true;
        sending->part_held = index;
    }

    const uint8_t *bytes = g_bytes_get_data(sending->part, &n_bytes);
    size_t skipped = (size_t)(sending->offset % GH_JOBS_PART_BYTES);
    *ret_found = skipped < n_bytes;
    *ret_bytes = bytes + skipped;
    *ret_n_bytes = n_bytes - skipped;
    return true;
}

bool
gh_packed_plain_size(GhJobs *jobs, const GhJob *job, bool *ret_found, int64_t *ret_size_bytes,
                     GError **error)
{
    enum {
        SIZE_BYTES = 4 /* RFC 1952, 2.3.1: ISIZE, the least significant byte first */
    };
    g_auto(Sending) reading = {.jobs = jobs, .id = job->id, .n_stored = job->result_size_bytes};
    int64_t size_bytes = 0;

    *ret_found = job->result_size_bytes > SIZE_BYTES;
    for (int i = 0; i < SIZE_BYTES && *ret_found; i++) {
        const uint8_t *bytes = NULL;
        size_t n_bytes = 0;
        reading.offset = reading.n_stored - SIZE_BYTES + i;
        if (!peek_stored(&reading, ret_found, &bytes, &n_bytes, error))
            return false;
        if (*ret_found)
            size_bytes |= (int64_t)bytes[0] << (8 * i);
    }
    if (*ret_found)
        *ret_size_bytes = size_bytes;
    return true;
}

/* -- sending -- */

static bool
copy_some(Sending *sending, const uint8_t *bytes, size_t n_bytes, uint8_t *buffer, size_t n_buffer,
          size_t *ret_n_bytes)
{
    size_t n = MIN(n_bytes, n_buffer);

    memcpy(buffer, bytes, n);
    sending->offset += (int64_t)n;
    *ret_n_bytes = n;
    return true;
}

/* May fill nothing and still go on: the unpacker then wants more. */
static bool
unpack_some(Sending *sending, const uint8_t *bytes, size_t n_bytes, uint8_t *buffer,
            size_t n_buffer, size_t *ret_n_bytes, bool *ret_finished, GError **error)
{
    bool is_last = sending->offset + (int64_t)n_bytes >= sending->n_stored;
    gsize n_taken = 0;
    gsize n_out = 0;

    GConverterResult step = g_converter_convert(
        sending->unzip, bytes, n_bytes, buffer, n_buffer,
        is_last ? G_CONVERTER_INPUT_AT_END : G_CONVERTER_NO_FLAGS, &n_taken, &n_out, error);
    if (step == G_CONVERTER_ERROR)
        return false;
    sending->offset += (int64_t)n_taken;
    *ret_n_bytes = n_out;
    *ret_finished = step == G_CONVERTER_FINISHED;
    return true;
}

/* GhReplyRead */
static bool
read_some(void *data, uint8_t *buffer, size_t n_buffer, size_t *ret_n_bytes, GError **error)
{
    Sending *sending = data;
    bool finished = false;

    *ret_n_bytes = 0;
    while (*ret_n_bytes == 0 && !finished) {
        const uint8_t *bytes = NULL;
        size_t n_bytes = 0;
        bool found = false;
        if (!peek_stored(sending, &found, &bytes, &n_bytes, error))
            return false;
        if (!found) {
            g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                        "the result of job %" G_GINT64_FORMAT " was dropped while it was sent",
                        sending->id);
            return false;
        }
        if (sending->unzip == NULL)
            return copy_some(sending, bytes, n_bytes, buffer, n_buffer, ret_n_bytes);
        if (!unpack_some(sending, bytes, n_bytes, buffer, n_buffer, ret_n_bytes, &finished, error))
            return false;
    }
    return true;
}

void
gh_packed_reply(GhReply *reply, GhJobs *jobs, const GhJob *job, GhPackedForm form,
                const char *media_type, const char *file_name, int64_t size_bytes)
{
    Sending *sending = g_new0(Sending, 1);

    sending->jobs = jobs;
    sending->id = job->id;
    sending->n_stored = job->result_size_bytes;
    if (form == GH_PACKED_UNPACK)
        sending->unzip = G_CONVERTER(g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP));
    gh_reply_stream(reply, media_type, file_name, size_bytes, read_some, sending, sending_free);
}
