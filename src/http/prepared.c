/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* prepared.c - making the forms of an answer, and choosing among them. */
#include "http/prepared.h"

#include <stdatomic.h>
#include <stdint.h>

#include "http/gzip.h"
#include "http/negotiate.h"
#include "http/stream.h"

enum {
    PACK_MIN_BYTES = 1024, /* below, the headers weigh more than what is saved */
    LEVEL_FAST = 4,        /* of a city's page 9 % larger than with 6, in a third less time */
    LEVEL_BEST = 9,
    VERSION_DIGITS = 24, /* 96 bits of SHA-256 */
};

struct GhPrepared {
    atomic_uint n_refs;
    unsigned status;
    char version[VERSION_DIGITS + 1]; /* empty: none */
    struct MHD_Response *plain;
    struct MHD_Response *packed;       /* NULL: not worth it */
    struct MHD_Response *not_modified; /* NULL: no version */
    size_t n_plain;
    size_t n_packed;
};

/* Every answer carries these. Nothing is loaded from elsewhere, nothing runs inline. */
static const char *const safety_headers[][2] = {
    {"Content-Security-Policy",
     "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; font-src 'none'; "
     "connect-src 'self'; form-action 'self'; base-uri 'none'; "
     "frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
};

static const char *
keep_text(GhKeep keep)
{
    switch (keep) {
    case GH_KEEP_NOT:
        return "no-store";
    case GH_KEEP_REVALIDATE:
        return "public, max-age=0, must-revalidate";
    case GH_KEEP_FOREVER:
        return "public, max-age=31536000, immutable";
    }
    g_assert_not_reached();
}

static void
unref_bytes(void *data)
{
    g_bytes_unref(data);
}

/* A response over body (NULL: empty), which it keeps. */
static struct MHD_Response *
wrap_body(GBytes *body)
{
    gsize n_bytes = 0;
    const void *bytes = body != NULL ? g_bytes_get_data(body, &n_bytes) : NULL;

    if (n_bytes == 0)
        return MHD_create_response_from_buffer(0, (void *)(uintptr_t) "", MHD_RESPMEM_PERSISTENT);

    GBytes *held = g_bytes_ref(body);
    /* The library takes a writable pointer but only reads. */
    struct MHD_Response *response = MHD_create_response_from_buffer_with_free_callback_cls(
        n_bytes, (void *)(uintptr_t)bytes, unref_bytes, held);
    if (response == NULL)
        g_bytes_unref(held);
    return response;
}

static bool
add_header(struct MHD_Response *response, const char *name, const char *value)
{
    return MHD_add_response_header(response, name, value) == MHD_YES;
}

static bool
add_vary(struct MHD_Response *response, const GhPreparedSpec *spec, bool is_compressible)
{
    if (spec->language != NULL && is_compressible)
        return add_header(response, "Vary", "Accept-Encoding, Accept-Language");
    if (spec->language != NULL)
        return add_header(response, "Vary", "Accept-Language");
    return !is_compressible || add_header(response, "Vary", "Accept-Encoding");
}

static bool
add_version(struct MHD_Response *response, const char *version, const char *suffix)
{
    g_autofree char *tag = g_strdup_printf("\"%s%s\"", version, suffix);

    return version[0] == '\0' || add_header(response, "ETag", tag);
}

/* The headers that all forms share. */
static bool
add_common(struct MHD_Response *response, const GhPreparedSpec *spec)
{
    bool is_compressible =
        spec->media_type != NULL && gh_negotiate_is_compressible(spec->media_type);

    for (size_t i = 0; i < G_N_ELEMENTS(safety_headers); i++) {
        if (!add_header(response, safety_headers[i][0], safety_headers[i][1]))
            return false;
    }
    for (size_t i = 0; spec->headers != NULL && spec->headers[i] != NULL; i += 2) {
        if (!add_header(response, spec->headers[i], spec->headers[i + 1]))
            return false;
    }
    return add_header(response, "Cache-Control", keep_text(spec->keep))
           && add_vary(response, spec, is_compressible)
           && (spec->language == NULL || add_header(response, "Content-Language", spec->language));
}

static bool
make_plain(GhPrepared *prepared, const GhPreparedSpec *spec)
{
    if (spec->stream != NULL)
        prepared->n_plain = (size_t)MAX(gh_stream_size(spec->stream), 0); /* for the log only */
    else
        prepared->n_plain = spec->body != NULL ? g_bytes_get_size(spec->body) : 0;
    prepared->plain = spec->stream != NULL ? gh_stream_wrap(spec->stream) : wrap_body(spec->body);
    return prepared->plain != NULL && add_common(prepared->plain, spec)
           && add_version(prepared->plain, prepared->version, "")
           && (spec->media_type == NULL
               || add_header(prepared->plain, "Content-Type", spec->media_type));
}

/* True also when it is not worth it. */
static bool
make_packed(GhPrepared *prepared, const GhPreparedSpec *spec)
{
    if (spec->pack == GH_PACK_NOT || spec->stream != NULL || prepared->n_plain <= PACK_MIN_BYTES
        || spec->media_type == NULL || !gh_negotiate_is_compressible(spec->media_type))
        return true;

    int level = spec->pack == GH_PACK_BEST ? LEVEL_BEST : LEVEL_FAST;
    g_autoptr(GBytes) packed = gh_gzip_new(spec->body, level);
    if (packed == NULL || g_bytes_get_size(packed) >= prepared->n_plain)
        return true;

    prepared->packed = wrap_body(packed);
    prepared->n_packed = g_bytes_get_size(packed);
    return prepared->packed != NULL && add_common(prepared->packed, spec)
           && add_version(prepared->packed, prepared->version, "-gz")
           && add_header(prepared->packed, "Content-Encoding", "gzip")
           && add_header(prepared->packed, "Content-Type", spec->media_type);
}

static bool
make_not_modified(GhPrepared *prepared, const GhPreparedSpec *spec)
{
    if (prepared->version[0] == '\0')
        return true;
    prepared->not_modified = wrap_body(NULL);
    return prepared->not_modified != NULL && add_common(prepared->not_modified, spec)
           && add_version(prepared->not_modified, prepared->version, "");
}

GhPrepared *
gh_prepared_new(const GhPreparedSpec *spec)
{
    g_autoptr(GhPrepared) prepared = g_new0(GhPrepared, 1);

    prepared->n_refs = 1;
    prepared->status = spec->status;
    if (spec->keep != GH_KEEP_NOT && spec->status == MHD_HTTP_OK && spec->body != NULL
        && spec->stream == NULL) {
        g_autofree char *digest = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, spec->body);
        (void)g_strlcpy(prepared->version, digest, sizeof(prepared->version)); /* cut on purpose */
    }
    if (!make_plain(prepared, spec) || !make_packed(prepared, spec)
        || !make_not_modified(prepared, spec))
        return NULL;
    return g_steal_pointer(&prepared);
}

GhPrepared *
gh_prepared_ref(GhPrepared *prepared)
{
    atomic_fetch_add(&prepared->n_refs, 1);
    return prepared;
}

static void
destroy_response_if_present(struct MHD_Response *response)
{
    if (response != NULL)
        MHD_destroy_response(response);
}

void
gh_prepared_unref(GhPrepared *prepared)
{
    if (prepared == NULL || atomic_fetch_sub(&prepared->n_refs, 1) > 1)
        return;
    destroy_response_if_present(prepared->plain);
    destroy_response_if_present(prepared->packed);
    destroy_response_if_present(prepared->not_modified);
    g_free(prepared);
}

size_t
gh_prepared_size(const GhPrepared *prepared)
{
    static const size_t HEADERS_ABOUT = 3 * 2048; /* three responses with their headers */

    return prepared->n_plain + prepared->n_packed + HEADERS_ABOUT;
}

bool
gh_prepared_is_kept(const GhPrepared *prepared)
{
    return prepared->version[0] != '\0';
}

GhSending
gh_prepared_choose(const GhPrepared *prepared, const char *accept_encoding,
                   const char *if_none_match)
{
    if (prepared->not_modified != NULL && if_none_match != NULL
        && gh_negotiate_has_version(if_none_match, prepared->version))
        return (GhSending){.response = prepared->not_modified, .status = MHD_HTTP_NOT_MODIFIED};
    if (prepared->packed != NULL && gh_negotiate_gzip(accept_encoding))
        return (GhSending){.response = prepared->packed,
                           .status = prepared->status,
                           .n_bytes = prepared->n_packed};
    return (GhSending){
        .response = prepared->plain, .status = prepared->status, .n_bytes = prepared->n_plain};
}
