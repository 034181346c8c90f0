/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* stream.c - reading a body while it is sent. */
#include "http/stream.h"

#include "base/log.h"

struct GhStream {
    int64_t size_bytes; /* or GH_REPLY_SIZE_UNKNOWN */
    GhReplyRead read;
    void *data; /* owned if there is free_data */
    GDestroyNotify free_data;
};

GhStream *
gh_stream_new(int64_t size_bytes, GhReplyRead read, void *data, GDestroyNotify free_data)
{
    GhStream *stream = g_new0(GhStream, 1);

    g_assert(size_bytes >= 0 || size_bytes == GH_REPLY_SIZE_UNKNOWN);
    *stream =
        (GhStream){.size_bytes = size_bytes, .read = read, .data = data, .free_data = free_data};
    return stream;
}

void
gh_stream_free(GhStream *stream)
{
    if (stream == NULL)
        return;
    if (stream->free_data != NULL)
        stream->free_data(stream->data);
    g_free(stream);
}

int64_t
gh_stream_size(const GhStream *stream)
{
    return stream->size_bytes;
}

/* The library's call. It goes forward only, since a response with a stream is sent once. */
static ssize_t
read_block(void *cls, uint64_t position, char *buffer, size_t n_buffer)
{
    GhStream *stream = cls;
    g_autoptr(GError) problem = NULL;
    size_t n_bytes = 0;

    if (!stream->read(stream->data, (uint8_t *)buffer, n_buffer, &n_bytes, &problem)) {
        g_autofree char *at = g_strdup_printf("%" G_GUINT64_FORMAT, position);

        gh_log(GH_LOG_ERROR, "reply broken off", "after_bytes", at, "error", problem->message,
               NULL);
        return MHD_CONTENT_READER_END_WITH_ERROR;
    }
    g_assert(n_bytes <= n_buffer);
    return n_bytes > 0 ? (ssize_t)n_bytes : MHD_CONTENT_READER_END_OF_STREAM;
}

static void
free_stream(void *data)
{
    gh_stream_free(data);
}

struct MHD_Response *
gh_stream_wrap(GhStream *stream)
{
    uint64_t size =
        stream->size_bytes >= 0 ? (uint64_t)stream->size_bytes : (uint64_t)MHD_SIZE_UNKNOWN;
    struct MHD_Response *response = MHD_create_response_from_callback(
        size, GH_STREAM_BLOCK_BYTES, read_block, stream, free_stream);

    if (response == NULL)
        gh_stream_free(stream);
    return response;
}
