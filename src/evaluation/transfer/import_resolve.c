/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* import_resolve.c - cities by slug or by name, for many rows. */
#include <string.h>

#include "base/text.h"
#include "evaluation/transfer/import_private.h"

typedef struct {
    int64_t id;
    char *slug, *country_code;
} Entry;

struct GhCityIndex {
    GPtrArray *entries;   /* of Entry, owned */
    GHashTable *by_slug;  /* slug -> Entry, borrowed */
    GHashTable *by_name;  /* folded name -> GPtrArray of Entry */
    GHashTable *by_words; /* words as written -> GPtrArray of Entry (borrowed) or NULL */
    GPtrArray *last;      /* the answer to last_words */
    char *last_words;
};

static void
entry_free(gpointer pointer)
{
    Entry *entry = pointer;
    g_free(entry->slug);
    g_free(entry->country_code);
    g_free(entry);
}

static GhCityIndex *
index_new(void)
{
    GhCityIndex *index = g_new0(GhCityIndex, 1);
    index->entries = g_ptr_array_new_with_free_func(entry_free);
    index->by_slug =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
    index->by_name =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
    index->by_words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return index;
}

void
gh_city_index_free(GhCityIndex *index)
{
    if (index == NULL)
        return;
    g_hash_table_unref(index->by_words);
    g_hash_table_unref(index->by_name);
    g_hash_table_unref(index->by_slug);
    g_ptr_array_unref(index->entries);
    g_free(index->last_words);
    g_free(index);
}

static void
index_add(GhCityIndex *index, const Entry *values, const char *name_key)
{
    Entry *entry = g_memdup2(values, sizeof *values);
    g_ptr_array_add(index->entries, entry);

    GPtrArray *one = g_ptr_array_sized_new(1);
    g_ptr_array_add(one, entry);
    g_hash_table_insert(index->by_slug, entry->slug, one);

    GPtrArray *namesakes = g_hash_table_lookup(index->by_name, name_key);
    if (namesakes == NULL) {
        namesakes = g_ptr_array_new();
        g_hash_table_insert(index->by_name, g_strdup(name_key), namesakes);
    }
    g_ptr_array_add(namesakes, entry);
}

static const char SQL_CITIES[] = "SELECT city_id, slug, name_key, country_code FROM city";

GhCityIndex *
gh_city_index_load(GhDb *db, GError **error)
{
    g_autoptr(GhCityIndex) index = index_new();
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_CITIES, error);
    if (query == NULL)
        return NULL;

    for (bool row = true;;) {
        if (!gh_query_next(query, &row, error))
            return NULL;
        if (!row)
            return g_steal_pointer(&index);
        const Entry values = {
            .id = gh_query_int64(query, 0),
            .slug = g_strdup(gh_query_text(query, 1)),
            .country_code = g_strdup(gh_query_text(query, 3)),
        };
        index_add(index, &values, gh_query_text(query, 2));
    }
}

/* All cities that the words may mean; NULL when none. */
static GPtrArray *
find_words(GhCityIndex *index, const char *words)
{
    /* Files mostly come city by city. */
    if (index->last_words != NULL && strcmp(index->last_words, words) == 0)
        return index->last;

    gpointer found = NULL;
    if (!g_hash_table_lookup_extended(index->by_words, words, NULL, &found)) {
        found = g_hash_table_lookup(index->by_slug, words);
        if (found == NULL) {
            g_autofree char *folded = gh_text_fold_name(words);
            found = g_hash_table_lookup(index->by_name, folded);
        }
        g_hash_table_insert(index->by_words, g_strdup(words), found);
    }
    g_free(index->last_words);
    index->last_words = g_strdup(words);
    index->last = found;
    return found;
}

/* The slug nearest to what was written, or NULL. */
static const char *
nearest_slug(const GhCityIndex *index, const char *words)
{
    static const unsigned NEAR_EDITS = 2;
    const char *nearest = NULL;
    unsigned best = NEAR_EDITS + 1;

    g_autofree char *slug = gh_text_slug(words);
    if (slug == NULL)
        return NULL;
    for (guint i = 0; i < index->entries->len; i++) {
        const Entry *entry = g_ptr_array_index(index->entries, i);
        unsigned distance = gh_text_distance(slug, entry->slug, NEAR_EDITS);
        if (distance < best) {
            best = distance;
            nearest = entry->slug;
        }
    }
    return nearest;
}

static const Entry *
choose_by_country(const GPtrArray *namesakes, const char *country_code)
{
    for (guint i = 0; i < namesakes->len; i++) {
        const Entry *entry = g_ptr_array_index(namesakes, i);
        if (g_ascii_strcasecmp(entry->country_code, country_code) == 0)
            return entry;
    }
    return NULL;
}

static void
explain_unknown(const GhCityIndex *index, const char *words, char **ret_reason, char **ret_remedy)
{
    const char *near = words[0] != '\0' ? nearest_slug(index, words) : NULL;
    *ret_reason = g_strdup(words[0] != '\0' ? GH_MARK("is no city of this database")
                                            : GH_MARK("names no city"));
    *ret_remedy =
        near != NULL
            ? g_strdup_printf("did you mean %s?", near)
            : g_strdup(GH_MARK("write the slug or name of a city, or add it: guildhall city add "
                               "NAME --country CC"));
}

static void
explain_ambiguous(const GPtrArray *namesakes, char **ret_reason, char **ret_remedy)
{
    g_autoptr(GString) slugs = g_string_new(NULL);
    for (guint i = 0; i < namesakes->len; i++) {
        const Entry *entry = g_ptr_array_index(namesakes, i);
        g_string_append_printf(slugs, "%s%s", i > 0 ? ", " : "", entry->slug);
    }
    *ret_reason = g_strdup(GH_MARK("is the name of several cities"));
    *ret_remedy = g_strdup_printf("give country_code, or one of the slugs %s", slugs->str);
}

int64_t
gh_city_index_find(GhCityIndex *index, const char *slug_or_name, const char *country_code,
                   char **ret_reason, char **ret_remedy)
{
    const GPtrArray *namesakes = find_words(index, slug_or_name);
    if (namesakes == NULL) {
        explain_unknown(index, slug_or_name, ret_reason, ret_remedy);
        return 0;
    }

    const Entry *first = g_ptr_array_index(namesakes, 0);
    if (country_code[0] == '\0') {
        if (namesakes->len == 1)
            return first->id;
        explain_ambiguous(namesakes, ret_reason, ret_remedy);
        return 0;
    }

    const Entry *chosen = choose_by_country(namesakes, country_code);
    if (chosen == NULL) {
        /* "springfield" may be a slug and, in another country, a name. */
        g_autofree char *folded = gh_text_fold_name(slug_or_name);
        const GPtrArray *of_name = g_hash_table_lookup(index->by_name, folded);
        if (of_name != NULL)
            chosen = choose_by_country(of_name, country_code);
    }
    if (chosen != NULL)
        return chosen->id;
    *ret_reason = g_strdup_printf("is not in country \"%s\"", country_code);
    *ret_remedy =
        g_strdup_printf("%s is in %s: correct country_code or the city", first->slug,
                        first->country_code[0] != '\0' ? first->country_code : "no country yet");
    return 0;
}
