/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* search_write.c - entries of the search into the database, and out of it.
 *
 * A word has its trigrams as long as any entry has the word. So they are written with the first entry
 * and deleted with the last, and what the tables hold does not depend on what they held before.
 */
#include "store/search_words.h"

#include "base/text.h"

#include <string.h>

typedef struct {
    char *key;     /* owned */
    char *name;    /* folded, owned */
    GStrv words;   /* of the name and then of the further text, owned */
    size_t n_name; /* so many of them are the name's */
} Entry;

struct GhSearchBatch {
    char *kind, *scope;
    GHashTable *entries; /* key, borrowed from the Entry -> Entry, owned */
};

static void
entry_free(void *data)
{
    Entry *entry = data;

    g_free(entry->key);
    g_free(entry->name);
    g_strfreev(entry->words);
    g_free(entry);
}

GhSearchBatch *
gh_search_batch_new(const char *kind, const char *scope)
{
    GhSearchBatch *batch = g_new0(GhSearchBatch, 1);

    batch->kind = g_strdup(kind);
    batch->scope = g_strdup(scope);
    batch->entries = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, entry_free);
    return batch;
}

void
gh_search_batch_free(GhSearchBatch *batch)
{
    if (batch == NULL)
        return;
    g_free(batch->kind);
    g_free(batch->scope);
    g_hash_table_unref(batch->entries);
    g_free(batch);
}

void
gh_search_batch_add(GhSearchBatch *batch, const char *key, const char *name, const char *further)
{
    /* The words of the name come first, and a word is kept where it is met first. */
    g_autofree char *text = g_strjoin(" ", name, further, NULL);
    g_auto(GStrv) of_name = gh_search_split(name, GH_SEARCH_ENTRY_WORDS_MAX);
    Entry *entry = g_new0(Entry, 1);

    entry->key = g_strdup(key);
    entry->name = gh_text_fold_search(name);
    entry->words = gh_search_split(text, GH_SEARCH_ENTRY_WORDS_MAX);
    entry->n_name = g_strv_length(of_name);
    g_hash_table_replace(batch->entries, entry->key, entry);
}

/* -- out of the database -- */

static const char SQL_DROP_TRIGRAMS[] =
    "DELETE FROM search_trigram"
    " WHERE trigram IN (" GH_SEARCH_PLACES ") AND word = $42"
    " AND NOT EXISTS (SELECT 1 FROM search_posting WHERE word = $42)";

/* The trigrams of those of words that no entry has any more. */
static bool
drop_lost_words(GhDb *db, const GPtrArray *words, GError **error)
{
    GhTrigrams trigrams;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_DROP_TRIGRAMS, error);
    if (query == NULL)
        return false;
    for (unsigned i = 0; i < words->len; i++) {
        const char *word = g_ptr_array_index(words, i);
        if (!gh_search_word_is_tolerant(word))
            continue;
        gh_trigrams_init(&trigrams, word);
        gh_trigrams_bind(&trigrams, query);
        gh_query_bind_text(query, 42, word);
        if (!gh_query_run(query, NULL, error))
            return false;
    }
    return true;
}

/* The first column of all rows; of texts, owned. query is bound. */
static GPtrArray *
read_words(GhQuery *query, GError **error)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
    bool row = false;

    while (true) {
        if (!gh_query_next(query, &row, error))
            return NULL;
        if (!row)
            return g_steal_pointer(&words);
        g_ptr_array_add(words, g_strdup(gh_query_text(query, 0)));
    }
}

static GhQuery *
query_entry(GhDb *db, const char *sql, const char *kind, const char *scope, const char *key_or_null,
            GError **error)
{
    GhQuery *query = gh_db_query(db, sql, error);
    if (query == NULL)
        return NULL;
    gh_query_bind_text(query, 1, kind);
    gh_query_bind_text(query, 2, scope);
    if (key_or_null != NULL)
        gh_query_bind_text(query, 3, key_or_null);
    return query;
}

/* Selects words of entries, deletes the entries, then what was kept for those words. */
static bool
drop_entries(GhDb *db, const char *sql_words, const char *sql_delete, const char *kind,
             const char *scope, const char *key_or_null, GError **error)
{
    g_autoptr(GhQuery) select = query_entry(db, sql_words, kind, scope, key_or_null, error);
    g_autoptr(GPtrArray) words = select != NULL ? read_words(select, error) : NULL;
    if (words == NULL)
        return false;
    if (words->len == 0)
        return true;

    g_autoptr(GhQuery) delete = query_entry(db, sql_delete, kind, scope, key_or_null, error);
    return delete != NULL && gh_query_run(delete, NULL, error) && drop_lost_words(db, words, error);
}

static const char SQL_WORDS[] = "SELECT word FROM search_posting"
                                " WHERE kind = $1 AND scope = $2 AND entry_key = $3";
static const char SQL_DELETE[] = "DELETE FROM search_posting"
                                 " WHERE kind = $1 AND scope = $2 AND entry_key = $3";

bool
gh_search_drop(GhDb *db, const char *kind, const char *scope, const char *key, GError **error)
{
    return drop_entries(db, SQL_WORDS, SQL_DELETE, kind, scope, key, error);
}

static const char SQL_SCOPE_WORDS[] = "SELECT DISTINCT word FROM search_posting"
                                      " WHERE kind = $1 AND scope = $2";
static const char SQL_DELETE_SCOPE[] = "DELETE FROM search_posting WHERE kind = $1 AND scope = $2";

bool
gh_search_drop_scope(GhDb *db, const char *kind, const char *scope, GError **error)
{
    return drop_entries(db, SQL_SCOPE_WORDS, SQL_DELETE_SCOPE, kind, scope, NULL, error);
}

/* -- into the database -- */

/* A word of an entry; everything borrowed. */
typedef struct {
    const char *word;
    const Entry *entry;
    int place;
} Posting;

static int
compare_postings(const void *a, const void *b)
{
    const Posting *one = a;
    const Posting *other = b;
    int order = strcmp(one->word, other->word);

    return order != 0 ? order : strcmp(one->entry->key, other->entry->key);
}

/* In the order of the table's key, in which rows are appended fastest; of Posting. */
static GArray *
list_postings(const GhSearchBatch *batch)
{
    GArray *postings = g_array_new(FALSE, FALSE, sizeof(Posting));
    GHashTableIter iter;
    void *value = NULL;

    g_hash_table_iter_init(&iter, batch->entries);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        const Entry *entry = value;
        for (size_t i = 0; entry->words[i] != NULL; i++) {
            Posting posting = {
                .word = entry->words[i], .entry = entry, .place = i < entry->n_name ? 0 : 1};
            g_array_append_val(postings, posting);
        }
    }
    g_array_sort(postings, compare_postings);
    return postings;
}

static const char SQL_HAS_WORD[] = "SELECT 1 FROM search_posting WHERE word = $1 LIMIT 1";

/* The words of the postings that have no trigrams yet, though they may; of texts, borrowed. */
static GPtrArray *
list_new_words(GhDb *db, const GArray *postings, GError **error)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    const char *last = "";

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_HAS_WORD, error);
    if (query == NULL)
        return NULL;
    for (unsigned i = 0; i < postings->len; i++) {
        const char *word = g_array_index(postings, Posting, i).word;
        bool known = false;
        if (strcmp(word, last) == 0 || !gh_search_word_is_tolerant(word))
            continue;
        last = word;
        gh_query_bind_text(query, 1, word);
        if (!gh_query_next(query, &known, error))
            return NULL;
        gh_query_reset(query);
        if (!known)
            g_ptr_array_add(words, (char *)(uintptr_t)word);
    }
    return g_steal_pointer(&words);
}

static bool
insert_postings(const GhSearchBatch *batch, GhDb *db, const GArray *postings, GError **error)
{
    g_autoptr(GhBulk) bulk =
        gh_db_bulk(db, "search_posting", "word, kind, scope, entry_key, place, name", 6, error);
    if (bulk == NULL)
        return false;
    for (unsigned i = 0; i < postings->len; i++) {
        const Posting *posting = &g_array_index(postings, Posting, i);
        gh_bulk_text(bulk, posting->word);
        gh_bulk_text(bulk, batch->kind);
        gh_bulk_text(bulk, batch->scope);
        gh_bulk_text(bulk, posting->entry->key);
        gh_bulk_int64(bulk, posting->place);
        gh_bulk_text(bulk, posting->entry->name);
        if (!gh_bulk_end_row(bulk, error))
            return false;
    }
    return gh_bulk_finish(bulk, error);
}

/* A trigram of a word. */
typedef struct {
    char trigram[GH_TRIGRAM_SIZE];
    const char *word; /* borrowed */
    unsigned n_trigrams;
} Piece;

static int
compare_pieces(const void *a, const void *b)
{
    const Piece *one = a;
    const Piece *other = b;
    int order = strcmp(one->trigram, other->trigram);

    return order != 0 ? order : strcmp(one->word, other->word);
}

static GArray *
list_pieces(const GPtrArray *words)
{
    GArray *pieces = g_array_new(FALSE, FALSE, sizeof(Piece));
    GhTrigrams trigrams;

    for (unsigned i = 0; i < words->len; i++) {
        gh_trigrams_init(&trigrams, g_ptr_array_index(words, i));
        for (unsigned j = 0; j < trigrams.n; j++) {
            Piece piece = {.word = g_ptr_array_index(words, i), .n_trigrams = trigrams.n};
            memcpy(piece.trigram, trigrams.texts[j], GH_TRIGRAM_SIZE);
            g_array_append_val(pieces, piece);
        }
    }
    g_array_sort(pieces, compare_pieces);
    return pieces;
}

static bool
insert_trigrams(GhDb *db, const GPtrArray *words, GError **error)
{
    g_autoptr(GArray) pieces = list_pieces(words);

    g_autoptr(GhBulk) bulk =
        gh_db_bulk(db, "search_trigram", "trigram, word, n_trigrams", 3, error);
    if (bulk == NULL)
        return false;
    for (unsigned i = 0; i < pieces->len; i++) {
        const Piece *piece = &g_array_index(pieces, Piece, i);
        gh_bulk_text(bulk, piece->trigram);
        gh_bulk_text(bulk, piece->word);
        gh_bulk_int64(bulk, piece->n_trigrams);
        if (!gh_bulk_end_row(bulk, error))
            return false;
    }
    return gh_bulk_finish(bulk, error);
}

bool
gh_search_batch_write(GhSearchBatch *batch, GhDb *db, GError **error)
{
    GHashTableIter iter;
    void *key = NULL;

    g_hash_table_iter_init(&iter, batch->entries);
    while (g_hash_table_iter_next(&iter, &key, NULL))
        if (!gh_search_drop(db, batch->kind, batch->scope, key, error))
            return false;

    g_autoptr(GArray) postings = list_postings(batch);
    g_autoptr(GPtrArray) new_words = list_new_words(db, postings, error);
    return new_words != NULL && insert_postings(batch, db, postings, error)
           && insert_trigrams(db, new_words, error);
}

bool
gh_search_put(GhDb *db, const char *kind, const char *scope, const char *key, const char *name,
              const char *further, GError **error)
{
    g_autoptr(GhSearchBatch) batch = gh_search_batch_new(kind, scope);

    gh_search_batch_add(batch, key, name, further);
    return gh_search_batch_write(batch, db, error);
}

/* -- by which rules -- */

static const char SQL_VERSION[] = "SELECT version FROM search_kind WHERE kind = $1";

bool
gh_search_is_current(GhDb *db, const char *kind, int version, bool *ret_current, GError **error)
{
    bool row = false;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_VERSION, error);
    if (query == NULL)
        return false;
    gh_query_bind_text(query, 1, kind);
    if (!gh_query_next(query, &row, error))
        return false;
    *ret_current = row && gh_query_int64(query, 0) == version;
    return true;
}

static const char SQL_SET_VERSION[] =
    "INSERT INTO search_kind (kind, version) VALUES ($1, $2)"
    " ON CONFLICT (kind) DO UPDATE SET version = excluded.version";

bool
gh_search_set_current(GhDb *db, const char *kind, int version, GError **error)
{
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_SET_VERSION, error);
    if (query == NULL)
        return false;
    gh_query_bind_text(query, 1, kind);
    gh_query_bind_int64(query, 2, version);
    return gh_query_run(query, NULL, error);
}
