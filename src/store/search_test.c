/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* search_test.c - what is found, in which order, and how alike it is; the same on both databases. */
#include "store/audit.h"
#include "store/backup.h"
#include "store/backup_testing.h"
#include "store/search_words.h"
#include "store/store_testing.h"

#include <math.h>
#include <string.h>

/* -- words -- */

/* Counted by hand; the first three stand in docs/search.md. */
static const struct {
    const char *label, *one, *other;
    double shared, all; /* similarity = 2 * shared / all */
} similarities[] = {
    {"a letter left out", "ryadh", "riyadh", 4, 6 + 7},
    {"another way to write a letter", "aalesund", "alesund", 7, 9 + 8},
    {"a double letter", "acess", "access", 5, 6 + 7},
    {"one letter wrong in the middle of five", "osoka", "osaka", 3, 6 + 6},
    {"the beginning of a word", "int", "internet", 3, 4 + 9},
    {"equal words", "oslo", "oslo", 5, 10},
    {"nothing in common", "oslo", "bergen", 0, 5 + 7},
    {"neighbours swapped in a short word", "olso", "oslo", 1, 5 + 5},
    {"a repetition counts once", "aaaa", "aa", 3, 4 + 3},
    {"another script", "\u043c\u043e\u0441\u043a\u0432\u0430", "\u043c\u043e\u0441\u0432\u0430", 4,
     7 + 6},
    {"one letter", "a", "ab", 1, 2 + 3},
};

static void
test_similarity(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(similarities); i++) {
        GhTrigrams one, other;
        g_test_message("%s: %s, %s", similarities[i].label, similarities[i].one,
                       similarities[i].other);
        gh_trigrams_init(&one, similarities[i].one);
        gh_trigrams_init(&other, similarities[i].other);
        double want = 2 * similarities[i].shared / similarities[i].all;
        g_assert_cmpfloat_with_epsilon(gh_trigrams_similarity(&one, &other), want, 1e-12);
        g_assert_cmpfloat_with_epsilon(gh_trigrams_similarity(&other, &one), want, 1e-12);
    }
}

static const struct {
    const char *word, *other;
    double want;
} swaps[] = {
    {"olso", "oslo", 3.0 / 5.0},
    {"riaydh", "riyadh", 5.0 / 7.0},
    {"osol", "oslo", 3.0 / 5.0},
    {"oslo", "oslo", 0},
    {"sool", "oslo", 0},
    {"oslo", "osl", 0},
    {"osl", "oslo", 0},
    {"a", "b", 0},
    {"\u0431\u0430", "\u0430\u0431", 1.0 / 3.0},
};

static void
test_swaps(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(swaps); i++) {
        double got = gh_search_swap_similarity(swaps[i].word, swaps[i].other);
        g_test_message("%s, %s", swaps[i].word, swaps[i].other);
        g_assert_cmpfloat_with_epsilon(got, swaps[i].want, 1e-12);
    }
    g_auto(GStrv) all = gh_search_swaps("bool");
    g_autofree char *text = g_strjoinv(" ", all);
    g_assert_cmpstr(text, ==, "obol bolo"); /* the two o make no other word */
}

static void
test_longest_word(void)
{
    g_autofree char *letters = g_strnfill(300, 'x');
    g_auto(GStrv) words = gh_search_split(letters, 8);
    GhTrigrams trigrams;

    g_assert_cmpuint(strlen(words[0]), ==, GH_SEARCH_WORD_MAX);
    gh_trigrams_init(&trigrams, words[0]);
    g_assert_cmpuint(trigrams.n, ==, 4); /* "  x", " xx", "xxx", "xx " */

    /* The most there can be: four bytes a letter, all of them different. */
    g_autoptr(GString) text = g_string_new(NULL);
    for (gunichar c = 0x10400; c < 0x10400 + GH_SEARCH_WORD_MAX; c++)
        g_string_append_unichar(text, c + 0x28); /* Deseret, small letters */
    g_auto(GStrv) wide = gh_search_split(text->str, 8);
    gh_trigrams_init(&trigrams, wide[0]);
    g_assert_cmpuint(trigrams.n, <=, GH_TRIGRAMS_MAX);
}

static void
test_split(void)
{
    static const struct {
        const char *text, *want;
        unsigned n_max;
    } cases[] = {
        {"Krimpen aan den IJssel", "krimpen|aan|den|ijssel", 8},
        {"New York, New York", "new|york", 8},
        {"one two three", "one|two", 2},
        {"\u5317\u4eac", "\u5317|\u4eac", 8},
        {" ' % _ \\ \" ", "", 8},
        {"", "", 8},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(GStrv) words = gh_search_split(cases[i].text, cases[i].n_max);
        g_autofree char *got = g_strjoinv("|", words);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
}

static void
test_tolerant(void)
{
    g_assert_true(gh_search_word_is_tolerant("as"));
    g_assert_false(gh_search_word_is_tolerant("a"));
    g_assert_false(gh_search_word_is_tolerant("\u5317"));
    g_assert_false(gh_search_word_is_tolerant("1c"));
    g_assert_false(gh_search_word_is_tolerant("2030"));
}

/* -- entries -- */

typedef struct {
    const char *kind, *scope, *key, *name, *further;
} Row;

/* Names of real places and indicators; the definitions are shortened. */
static const Row ROWS[] = {
    {"city", "", "riyadh", "Riyadh", "Saudi Arabia SA \u0627\u0644\u0631\u064a\u0627\u0636"},
    {"city", "", "alesund", "\u00c5lesund", "Norway NO"},
    {"city", "", "oslo", "Oslo", "Norway NO"},
    {"city", "", "bodo", "Bod\u00f8", "Norway NO"},
    {"city", "", "york", "York", "United Kingdom GB"},
    {"city", "", "new-york", "New York", "United States US"},
    {"city", "", "yorkton", "Yorkton", "Canada CA"},
    {"city", "", "giessen", "Gie\u00dfen", "Germany DE"},
    {"city", "", "moscow", "\u041c\u043e\u0441\u043a\u0432\u0430", "Russia RU moscow"},
    {"city", "", "beijing", "\u5317\u4eac\u5e02", "China CN beijing"},
    {"city", "", "sao-paulo", "S\u00e3o Paulo", "Brazil BR"},
    {"city", "", "val-d-or", "Val-d'Or", "Canada CA"},
    {"indicator", "u4ssc", "EC.ICT.ICT.1C", "Household Internet access",
     "EC.ICT.ICT.1C EC: ICT: ICT: 1C Share of households with a connection "
     "\u5bb6\u5ead\u4e92\u8054\u7f51"},
    {"indicator", "u4ssc", "EC.ICT.WS.1C", "Smart water meters",
     "EC.ICT.WS.1C EC: ICT: WS: 1C Share of households with a meter"},
    {"indicator", "u4ssc", "EC.ICT.ICT.2C", "Fixed broadband subscriptions",
     "EC.ICT.ICT.2C EC: ICT: ICT: 2C Subscriptions to the internet"},
    {"indicator", "other", "X1", "Internet cafes", NULL},
};

static bool
append_entry(GhDb *db, GError **error)
{
    const GhAuditEntry entry = {.actor = "operator", .action = "search test", .subject = "x"};
    return gh_audit_append(db, &entry, NULL, error);
}

static bool
put_rows(GhDb *db, void *data, GError **error)
{
    (void)data;
    for (size_t i = 0; i < G_N_ELEMENTS(ROWS); i++)
        if (!gh_search_put(db, ROWS[i].kind, ROWS[i].scope, ROWS[i].key, ROWS[i].name,
                           ROWS[i].further, error))
            return false;
    return append_entry(db, error);
}

static void
write_with(GhStore *store, GhStoreWork work, void *data)
{
    g_autoptr(GError) error = NULL;
    gh_store_write(store, work, data, &error);
    g_assert_no_error(error);
}

typedef struct {
    const char *kind, *scope, *words;
    unsigned n_max;
    GPtrArray *hits;
} Question;

static bool
ask_work(GhDb *db, void *data, GError **error)
{
    Question *question = data;

    g_clear_pointer(&question->hits, g_ptr_array_unref);
    question->hits = gh_search_find(db, question->kind, question->scope, question->words,
                                    question->n_max, error);
    return question->hits != NULL;
}

/* "oslo 1.00, bodo ~0.62": ~ where it is only alike, + where it was found beside the name. The caller
 * owns it. */
static char *
ask(GhStore *store, const char *kind, const char *scope, const char *words, unsigned n_max)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    Question question = {.kind = kind, .scope = scope, .words = words, .n_max = n_max};

    gh_store_read(store, ask_work, &question, &error);
    g_assert_no_error(error);
    for (unsigned i = 0; i < question.hits->len; i++) {
        const GhSearchHit *hit = g_ptr_array_index(question.hits, i);
        g_string_append_printf(text, "%s%s %s%s%.2f", i > 0 ? ", " : "", hit->key,
                               hit->exact ? "" : "~", hit->in_name ? "" : "+", hit->similarity);
    }
    g_ptr_array_unref(question.hits);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static const struct {
    const char *label, *words, *want;
} city_questions[] = {
    {"a letter left out", "Ryadh", "riyadh ~0.62"},
    {"without accents", "alesund", "alesund 1.00"},
    {"with accents, in capitals", "\u00c5LESUND", "alesund 1.00"},
    {"the old spelling", "Aalesund", "alesund ~0.82"},
    {"a stroke", "bodo", "bodo 1.00"},
    {"a sharp s", "giessen", "giessen 1.00"},
    {"the country, by name", "norway", "alesund +1.00, bodo +1.00, oslo +1.00"},
    {"the whole name first, then a word of it; the beginning of a word is not looked beyond",
     "york", "york 1.00, new-york 1.00, yorkton 0.62"},
    {"the beginning of a word", "riy", "riyadh 0.55"},
    {"the beginning, where it is also like another word", "yorkt",
     "yorkton 0.71, york ~0.73, new-york ~0.73"},
    {"every word has to be found", "york norway", ""},
    {"words of name and country", "york canada", "yorkton +0.62"},
    {"the order of words does not matter", "york new", "new-york 1.00"},
    {"one word right, in one two letters swapped", "new yrok", "new-york ~0.60"},
    {"neighbours swapped in a short word", "Olso", "oslo ~0.60"},
    {"one word right, one wrong", "new zork", ""},
    {"one word right, one nearly", "sao paolo", "sao-paulo ~0.50"},
    {"an apostrophe", "Val d\u2019Or", "val-d-or 1.00"},
    {"Cyrillic", "\u043c\u043e\u0441\u043a\u0432\u0430", "moscow 1.00"},
    {"Cyrillic, misspelt", "\u043c\u043e\u0441\u0432\u0430", "moscow ~0.62"},
    {"Arabic", "\u0627\u0644\u0631\u064a\u0627\u0636", "riyadh +1.00"},
    {"Arabic, two letters swapped", "\u0627\u0644\u0631\u0627\u064a\u0636", "riyadh ~+0.71"},
    {"Chinese", "\u5317\u4eac", "beijing 1.00"},
    {"one Chinese character within a word", "\u4eac", "beijing 1.00"},
    {"another Chinese character", "\u5357", ""},
    {"a country's code", "us", "new-york +1.00"},
    {"nothing like it", "qqqqqq", ""},
    {"signs alone", "%_'\"\\;--", ""},
    {"no word", "", ""},
    {"other kinds are not looked at", "internet", ""},
};

static void
test_cities(GhStoreTesting *testing)
{
    write_with(testing->store, put_rows, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(city_questions); i++) {
        g_autofree char *got = ask(testing->store, "city", "", city_questions[i].words, 10);
        g_test_message("%s: %s", city_questions[i].label, city_questions[i].words);
        g_assert_cmpstr(got, ==, city_questions[i].want);
    }
}

static const struct {
    const char *label, *words, *want;
} indicator_questions[] = {
    {"a word of the name, then of the further text", "internet",
     "EC.ICT.ICT.1C 1.00, EC.ICT.ICT.2C +1.00"},
    {"a misspelt word beside a right one", "internet acess", "EC.ICT.ICT.1C ~0.77"},
    {"its own id first", "EC.ICT.ICT.1C", "EC.ICT.ICT.1C +1.00, EC.ICT.WS.1C +1.00"},
    {"and its code", "ec: ict: ict: 1c", "EC.ICT.ICT.1C +1.00, EC.ICT.WS.1C +1.00"},
    {"a number is not another number", "EC.ICT.ICT.3C", ""},
    {"a word within a Chinese text", "\u4e92\u8054\u7f51", "EC.ICT.ICT.1C +1.00"},
    {"the beginning of words, in the name first", "house",
     "EC.ICT.ICT.1C 0.62, EC.ICT.WS.1C +0.59"},
};

static void
test_indicators(GhStoreTesting *testing)
{
    write_with(testing->store, put_rows, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(indicator_questions); i++) {
        g_autofree char *got =
            ask(testing->store, "indicator", "u4ssc", indicator_questions[i].words, 10);
        g_test_message("%s: %s", indicator_questions[i].label, indicator_questions[i].words);
        g_assert_cmpstr(got, ==, indicator_questions[i].want);
    }
    g_autofree char *other = ask(testing->store, "indicator", "other", "internet", 10);
    g_assert_cmpstr(other, ==, "X1 1.00");
}

static void
test_limits(GhStoreTesting *testing)
{
    g_autofree char *letters = g_strnfill(5000, 'z');
    g_autofree char *long_words = g_strconcat("oslo ", letters, NULL);

    write_with(testing->store, put_rows, NULL);
    g_autofree char *two = ask(testing->store, "city", "", "norway", 2);
    g_assert_cmpstr(two, ==, "alesund +1.00, bodo +1.00");
    g_autofree char *none = ask(testing->store, "city", "", long_words, 10);
    g_assert_cmpstr(none, ==, "");
    /* Eight words count; the ninth is left out. */
    g_autofree char *ninth =
        ask(testing->store, "city", "", "o os osl oslo n no nor norway zzzz", 10);
    g_assert_cmpstr(ninth, ==, "oslo +0.29");
}

/* -- what the tables hold -- */

static bool
rename_work(GhDb *db, void *data, GError **error)
{
    const char *const *names = data;

    for (; *names != NULL; names++)
        if (!gh_search_put(db, "city", "", "oslo", *names, "Norway NO", error))
            return false;
    return append_entry(db, error);
}

static void
test_put_replaces(GhStoreTesting *testing)
{
    static const char *const back_and_forth[] = {"Kristiania", "Oslo", NULL};
    static const char *const renamed[] = {"Kristiania", NULL};

    write_with(testing->store, put_rows, NULL);
    g_autofree char *before = gh_store_testing_dump(testing->location, GH_BACKUP_TESTING_MARKED);
    write_with(testing->store, rename_work, (void *)(uintptr_t)back_and_forth);
    g_autofree char *after = gh_store_testing_dump(testing->location, GH_BACKUP_TESTING_MARKED);
    g_assert_cmpstr(before, ==, after);

    write_with(testing->store, rename_work, (void *)(uintptr_t)renamed);
    g_autofree char *old = ask(testing->store, "city", "", "oslo", 10);
    g_assert_cmpstr(old, ==, "");
    g_autofree char *new = ask(testing->store, "city", "", "cristiania", 10);
    g_assert_cmpstr(new, ==, "oslo ~0.73");
}

static bool
drop_work(GhDb *db, void *data, GError **error)
{
    (void)data;
    return gh_search_drop(db, "city", "", "york", error)
           && gh_search_drop(db, "city", "", "nowhere", error)
           && gh_search_drop_scope(db, "indicator", "u4ssc", error) && append_entry(db, error);
}

static bool
drop_rest_work(GhDb *db, void *data, GError **error)
{
    (void)data;
    return gh_search_drop_scope(db, "indicator", "other", error)
           && gh_search_drop_scope(db, "city", "", error) && append_entry(db, error);
}

static void
test_drop(GhStoreTesting *testing)
{
    g_autofree char *empty = gh_store_testing_dump(testing->location, GH_BACKUP_TESTING_MARKED);

    write_with(testing->store, put_rows, NULL);
    write_with(testing->store, drop_work, NULL);
    g_autofree char *still = ask(testing->store, "city", "", "york", 10);
    g_assert_cmpstr(still, ==, "new-york 1.00, yorkton 0.62");
    g_autofree char *gone = ask(testing->store, "indicator", "u4ssc", "internet", 10);
    g_assert_cmpstr(gone, ==, "");
    g_autofree char *other = ask(testing->store, "indicator", "other", "intrenet", 10);
    g_assert_cmpstr(other, ==, "X1 ~0.78");

    write_with(testing->store, drop_rest_work, NULL);
    g_autofree char *after = gh_store_testing_dump(testing->location, GH_BACKUP_TESTING_MARKED);
    g_assert_cmpstr(after, ==, empty);
}

static bool
batch_work(GhDb *db, void *data, GError **error)
{
    GhSearchBatch *batch = data;
    return gh_search_batch_write(batch, db, error) && append_entry(db, error);
}

static void
test_batch(GhStoreTesting *testing)
{
    g_autoptr(GhSearchBatch) cities = gh_search_batch_new("city", "");
    g_autoptr(GhSearchBatch) indicators = gh_search_batch_new("indicator", "u4ssc");
    g_autoptr(GhSearchBatch) others = gh_search_batch_new("indicator", "other");
    GhSearchBatch *const batches[] = {cities, indicators, others};

    write_with(testing->store, put_rows, NULL);
    g_autofree char *singly = gh_store_testing_dump(testing->location, GH_BACKUP_TESTING_MARKED);
    write_with(testing->store, drop_work, NULL);
    write_with(testing->store, drop_rest_work, NULL);

    gh_search_batch_add(cities, "riyadh", "Another name", NULL); /* the later one counts */
    for (size_t i = 0; i < G_N_ELEMENTS(ROWS); i++) {
        GhSearchBatch *batch = strcmp(ROWS[i].kind, "city") == 0     ? cities
                               : strcmp(ROWS[i].scope, "other") == 0 ? others
                                                                     : indicators;
        gh_search_batch_add(batch, ROWS[i].key, ROWS[i].name, ROWS[i].further);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(batches); i++)
        write_with(testing->store, batch_work, batches[i]);
    g_autofree char *at_once = gh_store_testing_dump(testing->location, GH_BACKUP_TESTING_MARKED);
    g_assert_cmpstr(at_once, ==, singly);
}

static bool
read_current(GhDb *db, void *data, GError **error)
{
    bool *current = data;
    return gh_search_is_current(db, "city", 1, &current[0], error)
           && gh_search_is_current(db, "city", 2, &current[1], error)
           && gh_search_is_current(db, "song", 1, &current[2], error);
}

static bool
set_current(GhDb *db, void *data, GError **error)
{
    (void)data;
    return gh_search_set_current(db, "city", 2, error) && append_entry(db, error);
}

static void
test_version(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;
    bool current[3] = {false, true, true};

    gh_store_read(testing->store, read_current, current, &error);
    g_assert_no_error(error);
    g_assert_true(current[0] && !current[1] && !current[2]);
    write_with(testing->store, set_current, NULL);
    gh_store_read(testing->store, read_current, current, &error);
    g_assert_no_error(error);
    g_assert_true(!current[0] && current[1] && !current[2]);
}

static void
test_backup(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;

    write_with(testing->store, put_rows, NULL);
    g_autofree char *backup = gh_backup_testing_make_backup(testing);
    gh_backup_testing_expect_same(testing->location, backup, NULL);
    for (int engine = GH_ENGINE_SQLITE; engine <= GH_ENGINE_POSTGRESQL; engine++) {
        g_autofree char *target = gh_store_testing_location(testing, (GhEngine)engine, "target");
        if (target == NULL)
            return;
        gh_backup_restore(backup, target, NULL, &error);
        g_assert_no_error(error);
        g_autoptr(GhStore) restored = gh_store_open(target, GH_STORE_MUST_EXIST, &error);
        g_assert_no_error(error);
        g_autofree char *got = ask(restored, "city", "", "Ryadh", 10);
        g_assert_cmpstr(got, ==, "riyadh ~0.62");
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/search/words are as alike as the trigrams they share", test_similarity);
    g_test_add_func("/search/two letters swapped leave a word alike", test_swaps);
    g_test_add_func("/search/the longest word has room", test_longest_word);
    g_test_add_func("/search/a text is split into its different words", test_split);
    g_test_add_func("/search/numbers and single letters are never taken for others", test_tolerant);
    gh_store_testing_each("/search/cities are found by names and countries, also misspelt",
                          test_cities);
    gh_store_testing_each("/search/indicators are found by name, code and further text",
                          test_indicators);
    gh_store_testing_each("/search/questions and answers have limits", test_limits);
    gh_store_testing_each("/search/an entry takes the place of the one before", test_put_replaces);
    gh_store_testing_each("/search/what is dropped leaves nothing behind", test_drop);
    gh_store_testing_each("/search/many at once are as many one by one", test_batch);
    gh_store_testing_each("/search/entries of an empty database are current, by one version only",
                          test_version);
    gh_store_testing_each("/search/a backup keeps what can be found", test_backup);
    return g_test_run();
}
