/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* drawing_reply.h - a drawing as a file to take away: routes that end in ".{format}". */
#pragma once

#include "draw/drawing.h"
#include "http/http.h"

/* Of GhParam: the widths of pictures, for a page, a slide, a poster. Few, so that they are found in the page
 * cache, and the largest takes a core an eighth of a second. */
#define GH_DRAWING_WIDTH_PARAM                                                                     \
    {                                                                                              \
        .name = "width", .kind = GH_PARAM_CHOICE, .choices = "800|1600|2400"                       \
    }

/* Answers, and sets *ret_answered, where the place "format" asks for none of svg, png and pdf. Before the
 * work of loading. */
bool gh_drawing_reply_check(GhRequest *request, GhReply *reply, bool *ret_answered, GError **error);

/* Answers as a download "name.format", a PNG as wide as the parameter "width" says. The drawing is taken;
 * NULL: there was too little to draw, which is answered as a page that was not found. */
bool gh_drawing_reply_asked(GhRequest *request, GhReply *reply, GhDrawing *drawing,
                            const char *name, GError **error);

/* Whether there is a file of that format: "svg", "png", "pdf". */
bool gh_drawing_reply_knows(const char *format);

/* Answers the drawing as a download "name.format"; width_pixels is that of a PNG. The format must be
 * known. */
bool gh_drawing_reply(GhReply *reply, const GhDrawing *drawing, const char *format,
                      const char *name, unsigned width_pixels, GError **error);
