/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* reply.h - an answer while a handler makes it; seen only inside http/. */
#pragma once

#include "http/http.h"
#include "http/prepared.h"
#include "http/stream.h"

struct GhReply {
    unsigned status;
    GBytes *body;         /* owned; NULL: empty, or a stream */
    GhStream *stream;     /* owned; NULL: body */
    char *media_type;     /* owned; NULL: none */
    const char *language; /* borrowed tag; NULL: the same in every language */
    GPtrArray *headers;   /* of owned name, value, name, value ... */
    bool passes_by_cache; /* though its route has one */
};

void gh_reply_init(GhReply *reply);
void gh_reply_clear(GhReply *reply);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(GhReply, gh_reply_clear)

/* NULL: out of memory. A stream goes over to the result, so there is only one. */
GhPrepared *gh_reply_prepare(GhReply *reply, GhKeep keep, GhPack pack);

/* A page of the frame with one thought: what happened, and what to do. Both texts are translated. */
bool gh_reply_message(GhRequest *request, GhReply *reply, unsigned status, const char *heading,
                      const char *sentence, GError **error);

/* The same in plain English text, when nothing can be rendered or the request deserves no work. */
void gh_reply_plain(GhReply *reply, unsigned status, const char *text);
