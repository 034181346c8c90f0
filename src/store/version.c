/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* version.c - the version of the data, asked for often and read seldom. */
#include "store/store_engine.h"

static const char SQL_VERSION[] = "SELECT version"
                                  " FROM data_version"
                                  " WHERE id = 1";

bool
gh_db_data_version(GhDb *db, int64_t *ret_version, GError **error)
{
    bool row = false;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_VERSION, error);
    if (query == NULL || !gh_query_next(query, &row, error))
        return false;

    if (!row) {
        gh_db_fail(db, error, GH_STORE_ERROR_DAMAGED, "the table data_version has lost its row");
        return false;
    }
    *ret_version = gh_query_int64(query, 0);
    return true;
}

static bool
read_version(GhDb *db, void *data, GError **error)
{
    return gh_db_data_version(db, data, error);
}

/* True when the value read last is still young enough. */
static bool
peek_version(GhStore *store, int64_t now_us, int64_t *ret_version)
{
    pthread_mutex_lock(&store->version_lock);
    bool young = store->version_read_us != 0
                 && now_us - store->version_read_us < GH_STORE_VERSION_AGE_MS * INT64_C(1000);
    if (young)
        *ret_version = store->version;
    pthread_mutex_unlock(&store->version_lock);
    return young;
}

bool
gh_store_data_version(GhStore *store, int64_t *ret_version, GError **error)
{
    int64_t now_us = g_get_monotonic_time();
    int64_t version = 0;

    if (peek_version(store, now_us, ret_version))
        return true;
    if (!gh_store_read(store, read_version, &version, error))
        return false;

    pthread_mutex_lock(&store->version_lock);
    /* A slower thread must not put an older answer over a newer one. */
    if (now_us >= store->version_read_us) {
        store->version = version;
        store->version_read_us = now_us;
    }
    pthread_mutex_unlock(&store->version_lock);
    *ret_version = version;
    return true;
}
