/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* drawing_reply.c - a drawing as a file to take away. */
#include "evaluation/pages/drawing_reply.h"

#include <string.h>

static GBytes *
write_svg(const GhDrawing *drawing)
{
    g_autoptr(GString) out = g_string_new(NULL);

    gh_drawing_svg(drawing, GH_SVG_FILE, "drawing", out);
    return g_string_free_to_bytes(g_steal_pointer(&out));
}

bool
gh_drawing_reply_knows(const char *format)
{
    return strcmp(format, "svg") == 0 || strcmp(format, "png") == 0 || strcmp(format, "pdf") == 0;
}

bool
gh_drawing_reply(GhReply *reply, const GhDrawing *drawing, const char *format, const char *name,
                 unsigned width_pixels, GError **error)
{
    g_autofree char *file_name = g_strdup_printf("%s.%s", name, format);
    const char *media_type = "application/pdf";
    GBytes *bytes = NULL;

    g_assert(gh_drawing_reply_knows(format));
    if (strcmp(format, "svg") == 0) {
        media_type = "image/svg+xml";
        bytes = write_svg(drawing);
    } else if (strcmp(format, "png") == 0) {
        media_type = "image/png";
        bytes = gh_drawing_png(drawing, width_pixels, error);
    } else {
        bytes = gh_drawing_pdf(drawing, error);
    }
    if (bytes == NULL)
        return false;

    gh_reply_bytes(reply, media_type, file_name, bytes);
    return true;
}
