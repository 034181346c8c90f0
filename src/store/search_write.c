/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* search_write.c - entries of the search into the database, and out of it.
 *
 * A word stands in the lists of its trigrams as long as an entry of the kind has it, so what the tables
 * hold does not depend on what they held before.
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

/* -- the lists of the trigrams -- */

/* A trigram of a word that begins or ends to stand in the trigram's list. */
typedef struct {
    char trigram[GH_TRIGRAM_SIZE];
    const char *word; /* borrowed */
    bool lost;
} Piece;

static void
append_pieces(GArray *pieces, const char *word, bool lost)
{
    GhTrigrams trigrams;

    gh_trigrams_init(&trigrams, word);
    for (unsigned i = 0; i < trigrams.n; i++) {
        Piece piece = {.word = word, .lost = lost};
        memcpy(piece.trigram, trigrams.texts[i], GH_TRIGRAM_SIZE);
        g_array_append_val(pieces, piece);
    }
}

static int
compare_pieces(const void *a, const void *b)
{
    const Piece *one = a;
    const Piece *other = b;
    int order = strcmp(one->trigram, other->trigram);

    return order != 0 ? order : strcmp(one->word, other->word);
}

static const char SQL_LISTS[] =
    "SELECT trigram, words FROM search_trigram"
    " WHERE trigram IN (SELECT column1 FROM (VALUES " GH_SEARCH_PLACES ") asked) AND kind = $42";
static const char SQL_DELETE_LISTS[] =
    "DELETE FROM search_trigram"
    " WHERE trigram IN (SELECT column1 FROM (VALUES " GH_SEARCH_PLACES ") asked) AND kind = $42";

static GhQuery *
query_lists(GhDb *db, const char *sql, const char *kind, const char *const *trigrams, size_t n,
            GError **error)
{
    GhQuery *query = gh_db_query(db, sql, error);
    if (query == NULL)
        return NULL;
    gh_search_bind_places(query, trigrams, n);
    gh_query_bind_text(query, GH_SEARCH_N_PLACES + 1, kind);
    return query;
}

/* Out of the table, into lists: trigram -> words, both owned. */
static bool
take_lists(GhDb *db, const char *kind, const char *const *trigrams, size_t n, GHashTable *lists,
           GError **error)
{
    bool row = false;

    g_autoptr(GhQuery) select = query_lists(db, SQL_LISTS, kind, trigrams, n, error);
    if (select == NULL || !gh_query_next(select, &row, error))
        return false;
    while (row) {
        g_hash_table_insert(lists, g_strdup(gh_query_text(select, 0)),
                            g_strdup(gh_query_text(select, 1)));
        if (!gh_query_next(select, &row, error))
            return false;
    }
    g_autoptr(GhQuery) delete = query_lists(db, SQL_DELETE_LISTS, kind, trigrams, n, error);
    return delete != NULL && gh_query_run(delete, NULL, error);
}

static bool
take_all_lists(GhDb *db, const char *kind, const GArray *pieces, GHashTable *lists, GError **error)
{
    const char *trigrams[GH_SEARCH_N_PLACES];
    size_t n = 0;

    for (unsigned i = 0; i < pieces->len; i++) {
        const char *trigram = g_array_index(pieces, Piece, i).trigram;
        if (n > 0 && strcmp(trigrams[n - 1], trigram) == 0)
            continue;
        if (n == GH_SEARCH_N_PLACES) {
            if (!take_lists(db, kind, trigrams, n, lists, error))
                return false;
            n = 0;
        }
        trigrams[n++] = trigram;
    }
    return n == 0 || take_lists(db, kind, trigrams, n, lists, error);
}

/* The list with the n pieces of its trigram worked in; both are sorted. "" when no word is left. */
static char *
merge_list(const char *list, const Piece *pieces, size_t n)
{
    g_auto(GStrv) words = g_strsplit(list, " ", -1);
    g_autoptr(GString) merged = g_string_sized_new(strlen(list) + n * GH_SEARCH_WORD_MAX);
    size_t i = 0;
    size_t j = 0;

    while (words[i] != NULL || j < n) {
        int order = words[i] == NULL ? 1 : j == n ? -1 : strcmp(words[i], pieces[j].word);
        const char *word = order <= 0 ? words[i] : pieces[j].word;
        if (order < 0 || !pieces[j].lost)
            g_string_append_printf(merged, "%s%s", merged->len > 0 ? " " : "", word);
        i += order <= 0;
        j += order >= 0;
    }
    return g_string_free(g_steal_pointer(&merged), FALSE);
}

static bool
put_lists(GhDb *db, const char *kind, const GArray *pieces, GHashTable *lists, GError **error)
{
    const Piece *all = (const Piece *)(const void *)pieces->data;

    g_autoptr(GhBulk) bulk = gh_db_bulk(db, "search_trigram", "kind, trigram, words", 3, error);
    if (bulk == NULL)
        return false;
    for (unsigned first = 0, end = 0; first < pieces->len; first = end) {
        while (end < pieces->len && strcmp(all[end].trigram, all[first].trigram) == 0)
            end++;
        const char *list = g_hash_table_lookup(lists, all[first].trigram);
        g_autofree char *merged =
            merge_list(list != NULL ? list : "", &all[first], (size_t)(end - first));
        if (*merged == '\0')
            continue;
        gh_bulk_text(bulk, kind);
        gh_bulk_text(bulk, all[first].trigram);
        gh_bulk_text(bulk, merged);
        if (!gh_bulk_end_row(bulk, error))
            return false;
    }
    return gh_bulk_finish(bulk, error);
}

/* Lists are taken out, changed and put back: few statements, however many words. */
static bool
change_lists(GhDb *db, const char *kind, GArray *pieces, GError **error)
{
    g_autoptr(GHashTable) lists = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);

    if (pieces->len == 0)
        return true;
    g_array_sort(pieces, compare_pieces);
    return take_all_lists(db, kind, pieces, lists, error)
           && put_lists(db, kind, pieces, lists, error);
}

/* -- out of the database -- */

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

/* Adds the words of entries to a set (of owned texts), and deletes the entries. */
static bool
take_out(GhDb *db, const char *sql_words, const char *sql_delete, const char *kind,
         const char *scope, const char *key_or_null, GHashTable *words, GError **error)
{
    bool row = false;

    g_autoptr(GhQuery) select = query_entry(db, sql_words, kind, scope, key_or_null, error);
    if (select == NULL || !gh_query_next(select, &row, error))
        return false;
    if (!row)
        return true;
    while (row) {
        g_hash_table_add(words, g_strdup(gh_query_text(select, 0)));
        if (!gh_query_next(select, &row, error))
            return false;
    }
    g_autoptr(GhQuery) delete = query_entry(db, sql_delete, kind, scope, key_or_null, error);
    return delete != NULL && gh_query_run(delete, NULL, error);
}

static const char SQL_WORDS[] = "SELECT word FROM search_posting"
                                " WHERE kind = $1 AND scope = $2 AND entry_key = $3";
static const char SQL_DELETE[] = "DELETE FROM search_posting"
                                 " WHERE kind = $1 AND scope = $2 AND entry_key = $3";
static const char SQL_SCOPE_WORDS[] = "SELECT DISTINCT word FROM search_posting"
                                      " WHERE kind = $1 AND scope = $2";
static const char SQL_DELETE_SCOPE[] = "DELETE FROM search_posting WHERE kind = $1 AND scope = $2";

static const char SQL_HAS_WORD[] = "SELECT 1 FROM search_posting"
                                   " WHERE word = $1 AND kind = $2 LIMIT 1";

/* The pieces of those of words that no entry of the kind has any more. */
static bool
append_lost(GhDb *db, const char *kind, GHashTable *words, GArray *pieces, GError **error)
{
    GHashTableIter iter;
    void *word = NULL;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_HAS_WORD, error);
    if (query == NULL)
        return false;
    g_hash_table_iter_init(&iter, words);
    while (g_hash_table_iter_next(&iter, &word, NULL)) {
        bool has = false;
        if (!gh_search_word_is_tolerant(word))
            continue;
        gh_query_bind_text(query, 1, word);
        gh_query_bind_text(query, 2, kind);
        if (!gh_query_next(query, &has, error))
            return false;
        gh_query_reset(query);
        if (!has)
            append_pieces(pieces, word, true);
    }
    return true;
}

static GHashTable *
word_set_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

static GArray *
pieces_new(void)
{
    return g_array_new(FALSE, FALSE, sizeof(Piece));
}

static bool
drop(GhDb *db, const char *sql_words, const char *sql_delete, const char *kind, const char *scope,
     const char *key_or_null, GError **error)
{
    g_autoptr(GHashTable) words = word_set_new();
    g_autoptr(GArray) pieces = pieces_new();

    return take_out(db, sql_words, sql_delete, kind, scope, key_or_null, words, error)
           && append_lost(db, kind, words, pieces, error) && change_lists(db, kind, pieces, error);
}

bool
gh_search_drop(GhDb *db, const char *kind, const char *scope, const char *key, GError **error)
{
    return drop(db, SQL_WORDS, SQL_DELETE, kind, scope, key, error);
}

bool
gh_search_drop_scope(GhDb *db, const char *kind, const char *scope, GError **error)
{
    return drop(db, SQL_SCOPE_WORDS, SQL_DELETE_SCOPE, kind, scope, NULL, error);
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

/* The pieces of all words, each once; sorted postings have equal words side by side. */
static void
append_kept(const GArray *postings, GArray *pieces)
{
    const char *last = "";

    for (unsigned i = 0; i < postings->len; i++) {
        const char *word = g_array_index(postings, Posting, i).word;
        if (strcmp(word, last) != 0 && gh_search_word_is_tolerant(word))
            append_pieces(pieces, word, false);
        last = word;
    }
}

static bool
take_out_old(const GhSearchBatch *batch, GhDb *db, GHashTable *words, GError **error)
{
    GHashTableIter iter;
    void *key = NULL;

    g_hash_table_iter_init(&iter, batch->entries);
    while (g_hash_table_iter_next(&iter, &key, NULL))
        if (!take_out(db, SQL_WORDS, SQL_DELETE, batch->kind, batch->scope, key, words, error))
            return false;
    return true;
}

bool
gh_search_batch_write(GhSearchBatch *batch, GhDb *db, GError **error)
{
    g_autoptr(GHashTable) old_words = word_set_new();
    g_autoptr(GArray) pieces = pieces_new();

    if (g_hash_table_size(batch->entries) == 0)
        return true;
    g_autoptr(GArray) postings = list_postings(batch);
    append_kept(postings, pieces);
    return take_out_old(batch, db, old_words, error) && insert_postings(batch, db, postings, error)
           && append_lost(db, batch->kind, old_words, pieces, error)
           && change_lists(db, batch->kind, pieces, error);
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
