/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* health.h - /healthz: the process answers. /readyz: it can do its work.
 *
 * /readyz asks the database and is 503 while that fails. The program refuses to start on a database
 * whose migrations are not its own, so a ready server's are current.
 * Source    The names are those that container platforms ask for.
 */
#pragma once

#include "http/http.h"

extern const GhRoute gh_health_routes[];
extern const size_t gh_health_n_routes;
