/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* search_bench.c - what one search takes over cities and indicators, as the page asks it:
 * search_bench LOCATION, with the cities of generate.py and the framework U4SSC in it.
 *
 * Prints a line a kind of question: its name, the median of CPU and of wall-clock milliseconds. On
 * PostgreSQL the CPU is that of this program alone, so there the clock counts. */
#include <stdio.h>
#include <time.h>

#include "store/search.h"

enum {
    N_ASKED = 101, /* a kind */
    N_MAX = 20     /* hits a list, as on the page */
};

typedef struct {
    const char *words;
    unsigned n_hits;
} Question;

static bool
ask(GhDb *db, void *data, GError **error)
{
    Question *question = data;
    g_autoptr(GPtrArray) cities = gh_search_find(db, "city", "", question->words, N_MAX, error);
    g_autoptr(GPtrArray) indicators =
        cities != NULL ? gh_search_find(db, "indicator", "u4ssc", question->words, N_MAX, error)
                       : NULL;

    if (indicators == NULL)
        return false;
    question->n_hits = cities->len + indicators->len;
    return true;
}

static bool
read_names(GhDb *db, void *data, GError **error)
{
    static const char SQL_NAMES[] = "SELECT name FROM city ORDER BY city_id LIMIT 101";
    GPtrArray *names = data;
    bool row = false;

    g_ptr_array_set_size(names, 0);
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_NAMES, error);
    if (query == NULL)
        return false;
    while (true) {
        if (!gh_query_next(query, &row, error))
            return false;
        if (!row)
            return true;
        g_ptr_array_add(names, g_strdup(gh_query_text(query, 0)));
    }
}

static double
clock_ms(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int
compare_numbers(const void *a, const void *b)
{
    double one = *(const double *)a;
    double other = *(const double *)b;
    return one < other ? -1 : one > other;
}

static double
median(double *numbers)
{
    qsort(numbers, N_ASKED, sizeof *numbers, compare_numbers);
    return numbers[N_ASKED / 2];
}

/* The third letter left out. */
static char *
misspell(const char *name)
{
    return g_strdup_printf("%.2s%s", name, name + 3);
}

static bool
measure(GhStore *store, const char *kind, const GPtrArray *names, GError **error)
{
    double cpu[N_ASKED], wall[N_ASKED];
    unsigned n_found = 0;

    for (unsigned i = 0; i < N_ASKED; i++) {
        const char *name = g_ptr_array_index(names, i % names->len);
        g_autofree char *misspelt = misspell(name);
        Question question = {.words = g_str_equal(kind, "as written") ? name
                                      : g_str_equal(kind, "misspelt") ? misspelt
                                                                      : kind};
        double cpu_before = clock_ms(CLOCK_PROCESS_CPUTIME_ID);
        double wall_before = clock_ms(CLOCK_MONOTONIC);
        if (!gh_store_read(store, ask, &question, error))
            return false;
        cpu[i] = clock_ms(CLOCK_PROCESS_CPUTIME_ID) - cpu_before;
        wall[i] = clock_ms(CLOCK_MONOTONIC) - wall_before;
        n_found += question.n_hits > 0;
    }
    printf("%s|%.2f|%.2f|%u\n", kind, median(cpu), median(wall), n_found * 100 / N_ASKED);
    return true;
}

int
main(int argc, char **argv)
{
    static const char *const kinds[] = {"as written", "misspelt", "norway", "internet acess"};
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

    if (argc != 2) {
        fputs("search_bench LOCATION\n", stderr);
        return 2;
    }
    g_autoptr(GhStore) store = gh_store_open(argv[1], GH_STORE_MUST_EXIST, &error);
    bool done = store != NULL && gh_store_read(store, read_names, names, &error);
    for (size_t i = 0; done && i < G_N_ELEMENTS(kinds); i++)
        done = measure(store, kinds[i], names, &error);
    if (!done)
        fprintf(stderr, "search_bench: %s\n", error->message);
    return done ? 0 : 1;
}
