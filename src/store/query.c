/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* query.c - statements and bulk loads as callers see them; the engines do the work. */
#include "store/store_engine.h"

#include <stdarg.h>
#include <string.h>

enum {
    SQL_SHOWN_CHARACTERS = 60
};

void
gh_db_fail(GhDb *db, GError **error, GhStoreError code, const char *format, ...)
{
    va_list arguments;

    db->spoilt = true;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error_literal(error, GH_STORE_ERROR, (int)code, message);
}

char *
gh_sql_shown(const char *sql)
{
    const char *end = sql + strnlen(sql, SQL_SHOWN_CHARACTERS);
    g_autofree char *head = g_strndup(sql, (size_t)(end - sql));
    g_strdelimit(head, "\n\t", ' ');
    return g_strconcat(head, *end == '\0' ? NULL : "...", NULL);
}

/* Steps over one keyword (ASCII, any case) and the blanks behind it. */
static bool
skip_word(const char **text, const char *word)
{
    size_t length = strlen(word);
    if (g_ascii_strncasecmp(*text, word, length) != 0 || !g_ascii_isspace((*text)[length]))
        return false;
    *text += length;
    while (g_ascii_isspace(**text))
        (*text)++;
    return true;
}

bool
gh_sql_is_temporary(const char *sql)
{
    const char *target = sql;
    while (g_ascii_isspace(*target))
        target++;

    if (skip_word(&target, "INSERT"))
        (void)skip_word(&target, "INTO"); /* a bulk load passes the bare name */
    else if (skip_word(&target, "DELETE"))
        (void)skip_word(&target, "FROM");
    else
        (void)skip_word(&target, "UPDATE");
    return g_ascii_strncasecmp(target, "temp_", strlen("temp_")) == 0;
}

/* From the cache, or a new one: beside the cached one while that is in use. */
static GhQuery *
take_query(GhDb *db, const char *sql, GError **error)
{
    GhQuery *query = g_hash_table_lookup(db->cache, sql);
    if (query != NULL && !query->in_use)
        return query;

    bool cached = query == NULL;
    query = db->ops->query_new(db, sql, error);
    if (query == NULL)
        return NULL;

    query->db = db;
    query->sql = sql;
    query->cached = cached;
    query->counts = !gh_sql_is_temporary(sql);
    if (cached)
        g_hash_table_insert(db->cache, (gpointer)(uintptr_t)sql, query);
    return query;
}

GhQuery *
gh_db_query(GhDb *db, const char *sql, GError **error)
{
    g_assert(db->tx != GH_TX_NONE);
    g_assert(db->bulk == NULL); /* a connection in COPY takes no statement */

    GhQuery *query = take_query(db, sql, error);
    if (query == NULL)
        return NULL;

    query->in_use = true;
    if (db->tx == GH_TX_READ && query->writes) {
        g_autofree char *shown = gh_sql_shown(sql);
        gh_db_fail(db, error, GH_STORE_ERROR_SQL, "database: a read may not write (%s)", shown);
        gh_query_free(query);
        return NULL;
    }
    return query;
}

void
gh_query_free(GhQuery *query)
{
    if (query == NULL)
        return;

    if (!query->cached) {
        query->db->ops->query_destroy(query);
        return;
    }
    query->db->ops->query_reset(query);
    query->in_use = false;
}

void
gh_query_reset(GhQuery *query)
{
    query->db->ops->query_reset(query);
}

void
gh_query_bind_int64(GhQuery *query, int position, int64_t value)
{
    query->db->ops->bind_int64(query, position, value);
}

void
gh_query_bind_double(GhQuery *query, int position, double value)
{
    query->db->ops->bind_double(query, position, value);
}

void
gh_query_bind_text(GhQuery *query, int position, const char *text)
{
    if (text == NULL)
        query->db->ops->bind_null(query, position);
    else
        query->db->ops->bind_text(query, position, text);
}

void
gh_query_bind_bytes(GhQuery *query, int position, const void *bytes, size_t n_bytes)
{
    query->db->ops->bind_bytes(query, position, bytes, n_bytes);
}

void
gh_query_bind_null(GhQuery *query, int position)
{
    query->db->ops->bind_null(query, position);
}

bool
gh_query_next(GhQuery *query, bool *ret_row, GError **error)
{
    GhDb *db = query->db;
    int64_t before = db->n_changed;

    bool done = db->ops->next(query, ret_row, error);
    if (!query->counts)
        db->n_changed = before;
    return done;
}

bool
gh_query_run(GhQuery *query, int64_t *ret_changed_or_null, GError **error)
{
    GhDb *db = query->db;
    int64_t before = db->n_changed;
    bool row = true;
    bool done = true;

    while (done && row)
        done = db->ops->next(query, &row, error);
    db->ops->query_reset(query);

    int64_t changed = db->n_changed - before;
    if (!query->counts)
        db->n_changed = before;
    if (done && ret_changed_or_null != NULL)
        *ret_changed_or_null = changed;
    return done;
}

bool
gh_query_is_null(const GhQuery *query, int column)
{
    return query->db->ops->is_null(query, column);
}

int64_t
gh_query_int64(const GhQuery *query, int column)
{
    return query->db->ops->column_int64(query, column);
}

double
gh_query_double(const GhQuery *query, int column)
{
    return query->db->ops->column_double(query, column);
}

const char *
gh_query_text(const GhQuery *query, int column)
{
    return query->db->ops->column_text(query, column);
}

const void *
gh_query_bytes(GhQuery *query, int column, size_t *ret_n_bytes)
{
    return query->db->ops->column_bytes(query, column, ret_n_bytes);
}

GhBulk *
gh_db_bulk(GhDb *db, const char *table, const char *columns, size_t n_columns, GError **error)
{
    g_assert(db->tx != GH_TX_NONE && db->tx != GH_TX_READ);
    g_assert(db->bulk == NULL);

    GhBulk *bulk = db->ops->bulk_new(db, table, columns, n_columns, error);
    if (bulk == NULL)
        return NULL;

    bulk->db = db;
    bulk->n_columns = n_columns;
    bulk->counts = !gh_sql_is_temporary(table);
    db->bulk = bulk;
    return bulk;
}

void
gh_bulk_int64(GhBulk *bulk, int64_t value)
{
    g_assert(bulk->column < bulk->n_columns);
    bulk->db->ops->bulk_int64(bulk, value);
    bulk->column++;
}

void
gh_bulk_double(GhBulk *bulk, double value)
{
    g_assert(bulk->column < bulk->n_columns);
    bulk->db->ops->bulk_double(bulk, value);
    bulk->column++;
}

void
gh_bulk_text(GhBulk *bulk, const char *text)
{
    g_assert(bulk->column < bulk->n_columns);
    if (text == NULL)
        bulk->db->ops->bulk_null(bulk);
    else
        bulk->db->ops->bulk_text(bulk, text);
    bulk->column++;
}

void
gh_bulk_bytes(GhBulk *bulk, const void *bytes, size_t n_bytes)
{
    g_assert(bulk->column < bulk->n_columns);
    bulk->db->ops->bulk_bytes(bulk, bytes, n_bytes);
    bulk->column++;
}

void
gh_bulk_null(GhBulk *bulk)
{
    g_assert(bulk->column < bulk->n_columns);
    bulk->db->ops->bulk_null(bulk);
    bulk->column++;
}

bool
gh_bulk_end_row(GhBulk *bulk, GError **error)
{
    g_assert(bulk->column == bulk->n_columns); /* a row with too few values */
    bulk->column = 0;
    bulk->n_rows++;
    return bulk->db->ops->bulk_end_row(bulk, error);
}

bool
gh_bulk_finish(GhBulk *bulk, GError **error)
{
    g_assert(bulk->column == 0 && !bulk->finished);
    if (!bulk->db->ops->bulk_finish(bulk, error))
        return false;

    bulk->finished = true;
    if (bulk->counts)
        bulk->db->n_changed += bulk->n_rows;
    return true;
}

void
gh_bulk_free(GhBulk *bulk)
{
    if (bulk == NULL)
        return;

    GhDb *db = bulk->db;
    if (!bulk->finished)
        db->spoilt = true;
    db->ops->bulk_destroy(bulk);
    db->bulk = NULL;
}
