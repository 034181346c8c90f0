/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* source.h - the program's own source for everyone who uses it over the network (AGPL, section 13).
 *
 * The archive is packed at build time (packaging/source.py) and compiled in, so what is offered is what
 * runs. Whoever changes the program and builds it offers the changed source without doing anything.
 */
#pragma once

#include "http/http.h"

extern const GhRoute gh_source_routes[];
extern const size_t gh_source_n_routes;
