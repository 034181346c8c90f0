/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* search.c - finding entries by words that may be misspelt.
 *
 * Word by word: the rows of search_posting that the word leads to are read, and an entry stays in as
 * long as each word has led to it. First the words as they were written (a range of the table's key);
 * then, when no entry has them all in full, also words that are alike: by the trigrams they share, or
 * with two letters swapped.
 */
#include "store/search_words.h"

#include "base/text.h"

#include <string.h>

/* An entry that has all words up to now. */
typedef struct {
    char *key, *name; /* owned; the name is folded */
    unsigned n_words; /* asked for and found */
    bool exact, in_name;
    double similarity;

    /* The best match of the word that is looked for now. */
    bool word_exact, word_in_name;
    double word_similarity;

    unsigned
        rank; /* 0: the name or the key is what was asked for; 1: the name begins so; 2: else */
} Found;

typedef struct {
    const char *kind, *scope;
    GStrv words;       /* asked for */
    GHashTable *found; /* key, borrowed -> Found, owned */

    unsigned i_word; /* the one that is looked for now */
    GhTrigrams trigrams;
    char *last; /* owned: the row before had this word, and it was as alike as that: */
    double last_similarity;
} Search;

static void
found_free(void *data)
{
    Found *found = data;

    g_free(found->key);
    g_free(found->name);
    g_free(found);
}

/* -- one row -- */

/* Many entries share a word: Norway. */
static double
similarity_to(Search *search, const char *word)
{
    GhTrigrams trigrams;

    if (search->last != NULL && strcmp(search->last, word) == 0)
        return search->last_similarity;
    gh_trigrams_init(&trigrams, word);
    double shared = gh_trigrams_similarity(&search->trigrams, &trigrams);
    double swapped = gh_search_swap_similarity(search->words[search->i_word], word);
    search->last_similarity = MAX(shared, swapped);
    g_free(search->last);
    search->last = g_strdup(word);
    return search->last_similarity;
}

/* A word in full, wherever it stands, before one that only begins so: the D of a code is not Drainage. */
static bool
is_better(const Found *found, bool exact, bool in_name, double similarity)
{
    bool full = similarity >= 1.0;

    if (exact != found->word_exact)
        return exact;
    if (full != (found->word_similarity >= 1.0))
        return full;
    if (in_name != found->word_in_name)
        return in_name;
    return similarity > found->word_similarity;
}

/* The entry of a row, if the words before have all led to it. */
static Found *
entry_of_row(Search *search, const GhQuery *row)
{
    const char *key = gh_query_text(row, 1);
    Found *found = g_hash_table_lookup(search->found, key);

    if (found == NULL && search->i_word == 0) {
        found = g_new0(Found, 1);
        found->key = g_strdup(key);
        found->name = g_strdup(gh_query_text(row, 3));
        found->exact = found->in_name = true;
        found->similarity = 1.0;
        g_hash_table_insert(search->found, found->key, found);
    }
    return found != NULL && found->n_words >= search->i_word ? found : NULL;
}

static void
take_row(Search *search, const GhQuery *row)
{
    const char *word = gh_query_text(row, 0);
    Found *found = entry_of_row(search, row);
    if (found == NULL)
        return;

    bool exact = g_str_has_prefix(word, search->words[search->i_word]);
    bool in_name = gh_query_int64(row, 2) == 0;
    double similarity = similarity_to(search, word);
    bool first = found->n_words == search->i_word;
    if (!first && !is_better(found, exact, in_name, similarity))
        return;
    found->n_words = search->i_word + 1;
    found->word_exact = exact;
    found->word_in_name = in_name;
    found->word_similarity = similarity;
}

static bool
take_rows(Search *search, GhQuery *query, GError **error)
{
    bool row = false;

    while (true) {
        if (!gh_query_next(query, &row, error))
            return false;
        if (!row)
            return true;
        take_row(search, query);
    }
}

/* -- one word -- */

/* Both statements have the columns that take_row reads. */
static const char SQL_WRITTEN[] = "SELECT word, entry_key, place, name FROM search_posting"
                                  " WHERE kind = $3 AND word >= $1 AND word < $2 AND scope = $4";

static bool
find_written(GhDb *db, Search *search, GError **error)
{
    static const char LAST_CHARACTER[] = "\U0010FFFF"; /* in the order of bytes, too */
    const char *word = search->words[search->i_word];
    g_autofree char *end = g_strconcat(word, LAST_CHARACTER, NULL);

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_WRITTEN, error);
    if (query == NULL)
        return false;
    gh_query_bind_text(query, 1, word);
    gh_query_bind_text(query, 2, end);
    gh_query_bind_text(query, 3, search->kind);
    gh_query_bind_text(query, 4, search->scope);
    return take_rows(search, query, error);
}

static const char SQL_OF_WORDS[] =
    "SELECT p.word, p.entry_key, p.place, p.name"
    " FROM (SELECT column1 AS word FROM (VALUES " GH_SEARCH_PLACES ") asked) a"
    " JOIN search_posting p ON p.word = a.word"
    " WHERE p.kind = $42 AND p.scope = $43";

/* The rows of these words, in as many statements as they need. */
static bool
find_of_words(GhDb *db, Search *search, const char *const *words, size_t n, GError **error)
{
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_OF_WORDS, error);
    if (query == NULL)
        return false;
    for (size_t i = 0; i < n; i += GH_SEARCH_N_PLACES) {
        gh_search_bind_places(query, words + i, MIN(n - i, (size_t)GH_SEARCH_N_PLACES));
        gh_query_bind_text(query, 42, search->kind);
        gh_query_bind_text(query, 43, search->scope);
        if (!take_rows(search, query, error))
            return false;
        gh_query_reset(query);
    }
    return true;
}

static bool
find_swapped(GhDb *db, Search *search, GError **error)
{
    static const glong LETTERS_MIN = 3; /* in a word of two they leave nothing alike */
    const char *word = search->words[search->i_word];
    g_auto(GStrv) swaps = gh_search_swaps(word);

    return g_utf8_strlen(word, -1) < LETTERS_MIN
           || find_of_words(db, search, (const char *const *)swaps, g_strv_length(swaps), error);
}

static const char SQL_LISTS[] =
    "SELECT t.words"
    " FROM (SELECT column1 AS trigram FROM (VALUES " GH_SEARCH_PLACES ") asked) a"
    " JOIN search_trigram t ON t.trigram = a.trigram"
    " WHERE t.kind = $42";

/* The lists of the word's trigrams, each a text that is cut at its spaces here; of texts, owned. */
static GPtrArray *
read_lists(GhDb *db, const Search *search, GError **error)
{
    g_autoptr(GPtrArray) lists = g_ptr_array_new_with_free_func(g_free);
    const char *trigrams[GH_TRIGRAMS_MAX];
    bool row = false;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_LISTS, error);
    if (query == NULL)
        return NULL;
    for (unsigned i = 0; i < search->trigrams.n; i++)
        trigrams[i] = search->trigrams.texts[i];
    gh_search_bind_places(query, trigrams, search->trigrams.n);
    gh_query_bind_text(query, 42, search->kind);
    while (true) {
        if (!gh_query_next(query, &row, error))
            return NULL;
        if (!row)
            return g_steal_pointer(&lists);
        g_ptr_array_add(lists, g_strdup(gh_query_text(query, 0)));
    }
}

/* Counts how many of the lists a word stands in: word (borrowed from lists, whose spaces become ends of
 * texts) -> number. */
static GHashTable *
count_shared(GPtrArray *lists)
{
    GHashTable *counts = g_hash_table_new(g_str_hash, g_str_equal);

    for (unsigned i = 0; i < lists->len; i++) {
        char *word = g_ptr_array_index(lists, i);
        while (word != NULL) {
            char *space = strchr(word, ' ');
            if (space != NULL)
                *space = '\0';
            unsigned n = GPOINTER_TO_UINT(g_hash_table_lookup(counts, word));
            g_hash_table_insert(counts, word, GUINT_TO_POINTER(n + 1));
            word = space != NULL ? space + 1 : NULL;
        }
    }
    return counts;
}

/* A word with n trigrams is alike when 2 shared / (n + asked) >= percent / 100, in whole numbers. */
static bool
is_alike(const Search *search, const char *word, unsigned n_shared)
{
    GhTrigrams trigrams;

    /* It has at least those that are shared: most words need not be cut up. */
    if (n_shared * 200 < (n_shared + search->trigrams.n) * GH_SEARCH_SIMILARITY_MIN_PERCENT)
        return false;
    gh_trigrams_init(&trigrams, word);
    return n_shared * 200 >= (trigrams.n + search->trigrams.n) * GH_SEARCH_SIMILARITY_MIN_PERCENT;
}

static bool
find_alike(GhDb *db, Search *search, GError **error)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    GHashTableIter iter;
    void *word = NULL;
    void *n_shared = NULL;

    g_autoptr(GPtrArray) lists = read_lists(db, search, error);
    if (lists == NULL)
        return false;
    g_autoptr(GHashTable) counts = count_shared(lists);
    g_hash_table_iter_init(&iter, counts);
    while (g_hash_table_iter_next(&iter, &word, &n_shared))
        if (is_alike(search, word, GPOINTER_TO_UINT(n_shared)))
            g_ptr_array_add(words, word);
    return find_of_words(db, search, (const char *const *)words->pdata, words->len, error);
}

/* Forgets the entries that the word did not lead to, and adds it to what is known of the others. */
static gboolean
is_lost(gpointer key, gpointer value, gpointer data)
{
    const Search *search = data;
    Found *found = value;

    (void)key;
    if (found->n_words <= search->i_word)
        return TRUE;
    found->exact = found->exact && found->word_exact;
    found->in_name = found->in_name && found->word_in_name;
    found->similarity = MIN(found->similarity, found->word_similarity);
    return FALSE;
}

static bool
find_word(GhDb *db, Search *search, bool tolerant, GError **error)
{
    const char *word = search->words[search->i_word];

    gh_trigrams_init(&search->trigrams, word);
    g_clear_pointer(&search->last, g_free);
    if (!find_written(db, search, error))
        return false;
    if (tolerant && gh_search_word_is_tolerant(word)
        && (!find_alike(db, search, error) || !find_swapped(db, search, error)))
        return false;
    g_hash_table_foreach_remove(search->found, is_lost, search);
    return true;
}

/* -- all words -- */

static bool
find_words(GhDb *db, Search *search, bool tolerant, GError **error)
{
    g_hash_table_remove_all(search->found);
    for (search->i_word = 0; search->words[search->i_word] != NULL; search->i_word++) {
        if (!find_word(db, search, tolerant, error))
            return false;
        if (g_hash_table_size(search->found) == 0)
            break;
    }
    return true;
}

/* Whether an entry has all words in full, not only as the beginnings of its own. */
static bool
has_full(const Search *search)
{
    GHashTableIter iter;
    void *value = NULL;

    g_hash_table_iter_init(&iter, search->found);
    while (g_hash_table_iter_next(&iter, NULL, &value))
        if (((const Found *)value)->similarity >= 1.0)
            return true;
    return false;
}

/* -- the order -- */

/* Whether key has the letters and digits of joined and no others: "EC.ICT.ICT.1C" is asked for as
 * "ec ict ict 1c" too. Keys are ASCII. */
static bool
is_key(const char *key, const char *joined)
{
    for (; *key != '\0'; key++)
        if (g_ascii_isalnum(*key) && *joined++ != g_ascii_tolower(*key))
            return false;
    return *joined == '\0';
}

static unsigned
rank_of(const Found *found, const char *asked, const char *joined)
{
    unsigned n_words = 1;

    if (strcmp(found->name, asked) == 0 || is_key(found->key, joined))
        return 0;
    if (!found->in_name)
        return G_MAXUINT;
    for (const char *at = found->name; *at != '\0'; at++)
        n_words += *at == ' ';
    return 2 * n_words + (g_str_has_prefix(found->name, asked) ? 0 : 1);
}

static void
rank_found(GPtrArray *all, const char *words)
{
    g_autofree char *asked = gh_text_fold_search(words);
    g_auto(GStrv) parts = g_strsplit(asked, " ", -1);
    g_autofree char *joined = g_strjoinv("", parts);

    for (unsigned i = 0; i < all->len; i++) {
        Found *found = g_ptr_array_index(all, i);
        found->rank = rank_of(found, asked, joined);
    }
}

static int
compare_found(const void *a, const void *b)
{
    const Found *one = *(Found *const *)a;
    const Found *other = *(Found *const *)b;

    if (one->exact != other->exact)
        return one->exact ? -1 : 1;
    if (one->in_name != other->in_name)
        return one->in_name ? -1 : 1;
    if (one->similarity < other->similarity || one->similarity > other->similarity)
        return one->similarity > other->similarity ? -1 : 1;
    if (one->rank != other->rank)
        return one->rank < other->rank ? -1 : 1;
    int order = strcmp(one->name, other->name);
    return order != 0 ? order : strcmp(one->key, other->key);
}

/* Of Found, borrowed. */
static GPtrArray *
list_found(const Search *search)
{
    GPtrArray *all = g_ptr_array_new();
    GHashTableIter iter;
    void *value = NULL;

    g_hash_table_iter_init(&iter, search->found);
    while (g_hash_table_iter_next(&iter, NULL, &value))
        g_ptr_array_add(all, value);
    return all;
}

static GPtrArray *
best_hits(const Search *search, const char *asked, unsigned n_max)
{
    g_autoptr(GPtrArray) all = list_found(search);
    GPtrArray *hits = g_ptr_array_new_with_free_func((GDestroyNotify)gh_search_hit_free);

    rank_found(all, asked);
    g_ptr_array_sort(all, compare_found);
    for (unsigned i = 0; i < MIN(all->len, n_max); i++) {
        const Found *found = g_ptr_array_index(all, i);
        GhSearchHit *hit = g_new0(GhSearchHit, 1);
        hit->key = g_strdup(found->key);
        hit->similarity = found->similarity;
        hit->exact = found->exact;
        hit->in_name = found->in_name;
        g_ptr_array_add(hits, hit);
    }
    return hits;
}

void
gh_search_hit_free(GhSearchHit *hit)
{
    if (hit == NULL)
        return;
    g_free(hit->key);
    g_free(hit);
}

GPtrArray *
gh_search_find(GhDb *db, const char *kind, const char *scope, const char *words, unsigned n_max,
               GError **error)
{
    g_auto(GStrv) asked = gh_search_split(words, GH_SEARCH_WORDS_MAX);
    g_autoptr(GHashTable) found = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, found_free);
    Search search = {.kind = kind, .scope = scope, .words = asked, .found = found};

    bool done = find_words(db, &search, false, error);
    if (done && !has_full(&search))
        done = find_words(db, &search, true, error);
    g_free(search.last);
    return done ? best_hits(&search, words, n_max) : NULL;
}
