/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* city_private.h - writing cities, for gh_city_add and for the import. Inside a write transaction that
 * appends its own audit entry. */
#pragma once

#include "evaluation/city.h"

/* A new city with its undated base figures (years[0] if there is one). city->id is set already. */
bool gh_city_insert(GhDb *db, const GhCity *city, GError **error);

/* Everything but id and slug. */
bool gh_city_update(GhDb *db, const GhCity *city, GError **error);
