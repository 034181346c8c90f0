/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* answer.h - what is sent for a request that was admitted: a kept page, a static file, what the route's
 * handler makes, or a page that says why there is none; seen only inside http/.
 *
 * Order     Role, parameters, form token, cache, handler. A handler that fails is logged here, once.
 */
#pragma once

#include "http/prepared.h"
#include "http/request.h"

/* NULL only without memory. The caller owns the reference. */
GhPrepared *gh_answer(GhRequest *request, bool *ret_was_cached);
