/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* postgres.c - the PostgreSQL engine. */
#include "store/store_engine.h"

static GhDb *
postgres_open(const char *location, GhStoreOpen how, GError **error)
{
    (void)location;
    (void)how;
    g_set_error(error, GH_STORE_ERROR, GH_STORE_ERROR_OPEN, "PostgreSQL is not there yet");
    return NULL;
}

const GhEngineOps gh_engine_postgres = {.open = postgres_open};
