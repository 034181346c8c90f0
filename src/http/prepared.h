/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* prepared.h - an answer ready to be sent any number of times: headers set, body compressed.
 *
 * Forms     Plain, gzip (when the body is text, over 1 kB and smaller that way), and "not modified"
 *           when there is a version. Sending chooses one and copies nothing.
 * Ownership Reference counted; connections that are still sending keep their form alive.
 * Threads   Safe from every thread once made.
 * Cost      Kept bodies in memory: gh_prepared_size.
 */
#pragma once

#include <glib.h>
#include <microhttpd.h>
#include <stdbool.h>

typedef enum {
    GH_KEEP_NOT,        /* no-store: private, or different each time */
    GH_KEEP_REVALIDATE, /* may be kept, but asked for every time: the version makes that cheap */
    GH_KEEP_FOREVER,    /* the address changes with the content */
} GhKeep;

typedef enum {
    GH_PACK_NOT,  /* plain form only */
    GH_PACK_FAST, /* made while someone waits: a page of 100 kB in 0.7 ms instead of 1.0 */
    GH_PACK_BEST, /* made once at start: 2 % smaller */
} GhPack;

typedef struct GhStream GhStream;

typedef struct {
    unsigned status;
    GBytes *body;               /* borrowed; NULL: empty */
    GhStream *stream;           /* taken; not NULL: in place of body, plain and without version */
    const char *media_type;     /* NULL: none */
    const char *language;       /* tag; NULL: the same for every language */
    const char *const *headers; /* further ones: name, value, name, value ..., NULL; or NULL */
    GhKeep keep;
    GhPack pack;
} GhPreparedSpec;

typedef struct GhPrepared GhPrepared;

/* NULL when the library refuses: out of memory. */
GhPrepared *gh_prepared_new(const GhPreparedSpec *spec);
GhPrepared *gh_prepared_ref(GhPrepared *prepared);
void gh_prepared_unref(GhPrepared *prepared);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhPrepared, gh_prepared_unref)

size_t gh_prepared_size(const GhPrepared *prepared);

/* Whether it has a version, and so may be sent again: what was made with GH_KEEP_NOT, or is not a
 * 200, has none. */
bool gh_prepared_is_kept(const GhPrepared *prepared);

/* What to send to a client with these headers (both may be NULL). The response is borrowed. */
typedef struct {
    struct MHD_Response *response;
    unsigned status;
    size_t n_bytes;
} GhSending;

GhSending gh_prepared_choose(const GhPrepared *prepared, const char *accept_encoding,
                             const char *if_none_match);
