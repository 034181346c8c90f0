/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* reply.c - answers that need no page. */
#include "http/reply.h"

#include <string.h>

void
gh_reply_init(GhReply *reply)
{
    *reply = (GhReply){.status = MHD_HTTP_OK, .headers = g_ptr_array_new_with_free_func(g_free)};
}

void
gh_reply_clear(GhReply *reply)
{
    g_clear_pointer(&reply->body, g_bytes_unref);
    g_clear_pointer(&reply->stream, gh_stream_free);
    g_clear_pointer(&reply->media_type, g_free);
    g_clear_pointer(&reply->headers, g_ptr_array_unref);
}

GhPrepared *
gh_reply_prepare(GhReply *reply, GhKeep keep, GhPack pack)
{
    bool has_stream = reply->stream != NULL;

    /* The list ends with NULL for as long as it is read here. */
    g_ptr_array_add(reply->headers, NULL);
    GhPrepared *prepared = gh_prepared_new(&(GhPreparedSpec){
        .status = reply->status,
        .body = reply->body,
        .stream = g_steal_pointer(&reply->stream),
        .media_type = reply->media_type,
        .language = reply->language,
        .headers = (const char *const *)reply->headers->pdata,
        .keep = has_stream ? GH_KEEP_NOT : keep,
        .pack = pack,
    });
    g_ptr_array_remove_index(reply->headers, reply->headers->len - 1);
    return prepared;
}

static void
set_body(GhReply *reply, const char *media_type, GBytes *bytes)
{
    g_clear_pointer(&reply->body, g_bytes_unref);
    g_clear_pointer(&reply->stream, gh_stream_free);
    g_free(reply->media_type);
    reply->body = bytes;
    reply->media_type = g_strdup(media_type);
}

/* Names that every system takes; other characters go only into the encoded form beside it. */
static char *
write_disposition(const char *file_name)
{
    g_autofree char *plain = g_strdup(file_name);
    g_autofree char *encoded = g_uri_escape_string(file_name, NULL, FALSE);

    for (char *at = plain; *at != '\0'; at++) {
        if (!g_ascii_isalnum(*at) && strchr("._-", *at) == NULL)
            *at = '_';
    }
    return g_strdup_printf("attachment; filename=\"%s\"; filename*=UTF-8''%s", plain, encoded);
}

static void
offer_as_download(GhReply *reply, const char *file_name)
{
    g_autofree char *disposition = write_disposition(file_name);

    gh_reply_header(reply, "Content-Disposition", disposition);
}

void
gh_reply_bytes(GhReply *reply, const char *media_type, const char *file_name, GBytes *bytes)
{
    set_body(reply, media_type, bytes);
    if (file_name != NULL)
        offer_as_download(reply, file_name);
}

void
gh_reply_stream(GhReply *reply, const char *media_type, const char *file_name, int64_t size_bytes,
                GhReplyRead read, void *data, GDestroyNotify free_data)
{
    set_body(reply, media_type, NULL);
    reply->stream = gh_stream_new(size_bytes, read, data, free_data);
    if (file_name != NULL)
        offer_as_download(reply, file_name);
}

void
gh_reply_plain(GhReply *reply, unsigned status, const char *text)
{
    reply->status = status;
    reply->language = NULL;
    set_body(reply, "text/plain; charset=utf-8", g_bytes_new(text, strlen(text)));
}

void
gh_reply_redirect(GhReply *reply, const char *path)
{
    /* Only to ourselves: // and /\ would lead to another host. */
    g_assert(path[0] == '/' && path[1] != '/' && path[1] != '\\');
    reply->status = MHD_HTTP_SEE_OTHER;
    gh_reply_header(reply, "Location", path);
}

void
gh_reply_status(GhReply *reply, unsigned status)
{
    reply->status = status;
}

void
gh_reply_header(GhReply *reply, const char *name, const char *value)
{
    g_assert(strpbrk(name, "\r\n: ") == NULL && strpbrk(value, "\r\n") == NULL);
    g_ptr_array_add(reply->headers, g_strdup(name));
    g_ptr_array_add(reply->headers, g_strdup(value));
}

void
gh_reply_pass_by_cache(GhReply *reply)
{
    reply->passes_by_cache = true;
}
