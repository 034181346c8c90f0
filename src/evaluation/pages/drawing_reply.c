/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* drawing_reply.c - a drawing as a file to take away. */
#include "evaluation/pages/drawing_reply.h"

#include <string.h>

enum {
    PNG_WIDTH = 1600, /* sharp on a slide */
};

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

bool
gh_drawing_reply_check(GhRequest *request, GhReply *reply, bool *ret_answered, GError **error)
{
    *ret_answered = !gh_drawing_reply_knows(gh_request_param(request, "format"));
    if (!*ret_answered)
        return true;
    return gh_reply_not_found(
        request, reply, GH_T(gh_request_lang(request), "Charts are offered as svg, png and pdf."),
        error);
}

/* As wide as asked for, but not higher than a picture can be: shares of many data points are long. */
static unsigned
fitting_width(const GhRequest *request, const GhDrawing *drawing)
{
    double shape = gh_drawing_width(drawing) / gh_drawing_height(drawing);
    int64_t width = PNG_WIDTH;

    (void)gh_request_param_int(request, "width", &width); /* absent: the usual */
    return MIN((unsigned)width, (unsigned)MAX(shape * GH_DRAWING_PNG_MAX_PIXELS, 1));
}

bool
gh_drawing_reply_asked(GhRequest *request, GhReply *reply, GhDrawing *drawing, const char *name,
                       GError **error)
{
    g_autoptr(GhDrawing) taken = drawing;

    if (taken == NULL)
        return gh_reply_not_found(request, reply,
                                  GH_T(gh_request_lang(request),
                                       "There are too few figures for this chart. The page of the "
                                       "city, indicator or comparison shows those there are."),
                                  error);
    return gh_drawing_reply(reply, taken, gh_request_param(request, "format"), name,
                            fitting_width(request, taken), error);
}
