/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* drawing_reply.h - a drawing as a file to take away. */
#pragma once

#include "draw/drawing.h"
#include "http/http.h"

/* Whether there is a file of that format: "svg", "png", "pdf". */
bool gh_drawing_reply_knows(const char *format);

/* Answers the drawing as a download "name.format"; width_pixels is that of a PNG. The format must be
 * known. */
bool gh_drawing_reply(GhReply *reply, const GhDrawing *drawing, const char *format,
                      const char *name, unsigned width_pixels, GError **error);
