/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* kept.c - a published ranking in memory, and its steps done again on its files. */
#include "ranking/published/kept.h"

#include <math.h>
#include <pthread.h>
#include <string.h>

/* Relative; the published score was written and read once as a double. */
static const double SAME = 1e-9;

/* Of one store only: a program serves one, tests many one after the other. */
static struct {
    pthread_mutex_t making; /* held while one is made: many readers after a change wait for one */
    pthread_mutex_t lock;   /* guards all below; held for a moment: those kept are had at once */
    size_t store;           /* its serial */
    GQueue rankings;        /* of GhRankingKept, the one asked for last first */
} memory = {.making = PTHREAD_MUTEX_INITIALIZER,
            .lock = PTHREAD_MUTEX_INITIALIZER,
            .rankings = G_QUEUE_INIT};

void
gh_ranking_kept_unref(GhRankingKept *kept)
{
    if (kept == NULL || !g_atomic_int_dec_and_test(&kept->n_refs))
        return;
    g_clear_pointer(&kept->result, gh_index_result_free);
    g_clear_pointer(&kept->spec, gh_index_spec_unref);
    g_clear_pointer(&kept->whole, gh_ranking_whole_free);
    g_free(kept->why);
    g_free(kept->units);
    g_free(kept);
}

static void
unref(gpointer kept)
{
    gh_ranking_kept_unref(kept);
}

static size_t
size_of(const GhRankingKept *kept)
{
    size_t n = 0;

    if (kept->result == NULL)
        return sizeof *kept;
    n = kept->result->data->n_units * kept->result->data->n_nodes;
    return n * (2 * sizeof(double) + sizeof(int)); /* values before and after, and places */
}

/* -- making one -- */

typedef struct {
    const char *slug;
    GhRankingWhole *whole;
    GBytes *spec, *data, *meta;
    int64_t data_version;
} Stored;

static void
stored_clear(Stored *stored)
{
    g_clear_pointer(&stored->whole, gh_ranking_whole_free);
    g_clear_pointer(&stored->spec, g_bytes_unref);
    g_clear_pointer(&stored->data, g_bytes_unref);
    g_clear_pointer(&stored->meta, g_bytes_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Stored, stored_clear)

static bool
read_stored(GhDb *db, void *data, GError **error)
{
    Stored *stored = data;

    stored_clear(stored); /* an earlier try may have been rolled back */
    if (!gh_db_data_version(db, &stored->data_version, error)
        || !gh_ranking_get(db, stored->slug, &stored->whole, error))
        return false;
    if (stored->whole == NULL)
        return true;
    int64_t id = stored->whole->ranking->id;
    return gh_ranking_file(db, id, "spec.json", &stored->spec, error)
           && gh_ranking_file(db, id, "iData.csv", &stored->data, error)
           && gh_ranking_file(db, id, "iMeta.csv", &stored->meta, error);
}

static GhIndexFile
file_of(const char *name, GBytes *bytes)
{
    GhIndexFile file = {.name = name};

    if (bytes != NULL)
        file.bytes = g_bytes_get_data(bytes, &file.n_bytes);
    if (file.bytes == NULL)
        file.bytes = "";
    return file;
}

/* Whose row it is; in a panel also of which year. */
static char *
row_key(const GhIndexData *data, const char *unit, int year)
{
    return data->years != NULL ? g_strdup_printf("%s %d", unit, year) : g_strdup(unit);
}

static bool
find_units(GhRankingKept *kept, GError **error)
{
    const GhIndexData *data = kept->result->data;
    g_autoptr(GHashTable) rows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (size_t i = 0; i < data->n_units; i++)
        g_hash_table_insert(
            rows, row_key(data, data->unit_codes[i], data->years != NULL ? data->years[i] : 0),
            GSIZE_TO_POINTER(i + 1));
    kept->units = g_new0(size_t, kept->whole->cities->len);
    for (guint i = 0; i < kept->whole->cities->len; i++) {
        const GhRankedCity *city = g_ptr_array_index(kept->whole->cities, i);
        g_autofree char *key = row_key(data, city->slug, city->year);
        size_t row = GPOINTER_TO_SIZE(g_hash_table_lookup(rows, key));
        if (row == 0) {
            g_set_error(error, GH_RANKING_ERROR, GH_RANKING_ERROR_DATA,
                        "iData.csv has no row of %s", key);
            return false;
        }
        kept->units[i] = row - 1;
    }
    return true;
}

bool
gh_ranking_kept_shows(const GhRankingKept *kept, size_t row)
{
    const int *years = kept->result->data->years;

    return years == NULL || years[row] == kept->whole->ranking->year;
}

static bool
do_steps(GhRankingKept *kept, const Stored *stored, GError **error)
{
    g_autoptr(GhFaults) faults = gh_faults_new();
    const GhIndexFile spec = file_of("spec.json", stored->spec);
    const GhIndexFile values = file_of("iData.csv", stored->data);
    const GhIndexFile meta = file_of("iMeta.csv", stored->meta);

    kept->spec = gh_index_spec_parse(spec.name, spec.bytes, spec.n_bytes, faults, error);
    if (kept->spec == NULL)
        return false;
    g_autoptr(GhIndexData) data = gh_index_read(&values, &meta, faults, error);
    if (data == NULL)
        return false;
    kept->top = gh_index_data_top(data);
    if (kept->spec->uncertain != NULL && kept->spec->uncertain->output != NULL
        && !gh_index_data_require_node(data, kept->spec->uncertain->output, &kept->top, error))
        return false;
    kept->result = gh_index_run(data, kept->spec, NULL, error);
    if (kept->result == NULL)
        return false;
    if (find_units(kept, error))
        return true;
    g_clear_pointer(&kept->result, gh_index_result_free);
    return false;
}

static bool
has_same_scores(const GhRankingKept *kept)
{
    for (guint i = 0; i < kept->whole->cities->len; i++) {
        const GhRankedCity *city = g_ptr_array_index(kept->whole->cities, i);
        double now = gh_ranking_kept_shows(kept, kept->units[i])
                         ? gh_index_result_value(kept->result, kept->top, kept->units[i])
                         : (double)NAN;
        if (isnan(now) != isnan(city->score)
            || fabs(now - city->score) > SAME * MAX(1, fabs(city->score)))
            return false;
    }
    return true;
}

static GhRankingKept *
kept_new(Stored *stored)
{
    GhRankingKept *kept = g_new0(GhRankingKept, 1);
    g_autoptr(GError) own = NULL;

    kept->n_refs = 1;
    kept->data_version = stored->data_version;
    kept->whole = g_steal_pointer(&stored->whole);
    /* What was published stands in the database; without the steps the page shows less. */
    if (!do_steps(kept, stored, &own))
        kept->why = g_strdup(own->message);
    kept->is_same = kept->result != NULL && has_same_scores(kept);
    return kept;
}

/* -- keeping a few -- */

/* Forgets what belongs to another store or another state of the data. */
static void
drop_old(const GhStore *store, int64_t version)
{
    const GhRankingKept *first = g_queue_peek_head(&memory.rankings);

    if (memory.store == gh_store_serial(store) && (first == NULL || first->data_version == version))
        return;
    memory.store = gh_store_serial(store);
    g_queue_clear_full(&memory.rankings, unref);
}

static void
drop_excess(void)
{
    size_t n_bytes = 0;

    for (GList *link = memory.rankings.head; link != NULL; link = link->next)
        n_bytes += size_of(link->data);
    while (memory.rankings.length > GH_RANKING_KEPT_MAX
           || (memory.rankings.length > 1 && n_bytes > GH_RANKING_KEPT_MAX_BYTES)) {
        GhRankingKept *last = g_queue_pop_tail(&memory.rankings);
        n_bytes -= size_of(last);
        gh_ranking_kept_unref(last);
    }
}

/* Under the lock. */
static GhRankingKept *
find_slug(const char *slug)
{
    for (GList *link = memory.rankings.head; link != NULL; link = link->next) {
        GhRankingKept *kept = link->data;
        if (strcmp(kept->whole->ranking->slug, slug) != 0)
            continue;
        g_queue_unlink(&memory.rankings, link);
        g_queue_push_head_link(&memory.rankings, link);
        g_atomic_int_inc(&kept->n_refs);
        return kept;
    }
    return NULL;
}

static GhRankingKept *
find_kept(const GhStore *store, const char *slug, int64_t version)
{
    pthread_mutex_lock(&memory.lock);
    drop_old(store, version);
    GhRankingKept *kept = find_slug(slug);
    pthread_mutex_unlock(&memory.lock);
    return kept;
}

static void
keep(const GhStore *store, GhRankingKept *kept)
{
    pthread_mutex_lock(&memory.lock);
    drop_old(store, kept->data_version);
    g_atomic_int_inc(&kept->n_refs);
    g_queue_push_head(&memory.rankings, kept);
    drop_excess();
    pthread_mutex_unlock(&memory.lock);
}

/* With memory.making held. Another reader may have made it meanwhile, of data that are newer. */
static bool
find_or_make(GhStore *store, const char *slug, GhRankingKept **ret_kept, GError **error)
{
    g_auto(Stored) stored = {.slug = slug};
    int64_t version = 0;

    if (!gh_store_data_version(store, &version, error))
        return false;
    *ret_kept = find_kept(store, slug, version);
    if (*ret_kept != NULL)
        return true;
    if (!gh_store_read(store, read_stored, &stored, error))
        return false;
    if (stored.whole == NULL)
        return true;
    *ret_kept = kept_new(&stored);
    keep(store, *ret_kept);
    return true;
}

bool
gh_ranking_kept_get(GhStore *store, const char *slug, GhRankingKept **ret_kept, GError **error)
{
    int64_t version = 0;

    if (!gh_store_data_version(store, &version, error))
        return false;
    *ret_kept = find_kept(store, slug, version);
    if (*ret_kept != NULL)
        return true;

    pthread_mutex_lock(&memory.making);
    const bool done = find_or_make(store, slug, ret_kept, error);
    pthread_mutex_unlock(&memory.making);
    return done;
}

/* -- other weights -- */

static const GhIndexStep *
aggregate_step(const GhIndexSpec *spec)
{
    g_assert(spec->n_steps > 0);
    g_assert(spec->steps[spec->n_steps - 1]->kind == GH_INDEX_STEP_AGGREGATE);
    return spec->steps[spec->n_steps - 1];
}

static bool
has_contests(const GhIndexAggregate *how)
{
    for (size_t i = 0; i < how->n_levels; i++) {
        if (how->levels[i].method == GH_AGGREGATE_COPELAND
            || how->levels[i].method == GH_AGGREGATE_OUTRANKING)
            return true;
    }
    return false;
}

/* Anybody may ask for weights, and no answer is kept: making the aggregates anew takes a quarter of a second at
 * most (measured: 10^8 values, 10^10 comparisons of two cities a second). */
static bool
is_quick(const GhRankingKept *kept)
{
    static const double VALUES_MAX = 2e7, COMPARISONS_MAX = 2e9;
    double n_units = (double)kept->result->data->n_units;
    double n_values = n_units * (double)kept->result->data->n_nodes;

    return n_values <= VALUES_MAX
           && (!has_contests(&aggregate_step(kept->spec)->aggregate)
               || n_units * n_values <= COMPARISONS_MAX);
}

bool
gh_ranking_has_weights(const GhRankingKept *kept)
{
    const GhIndexState *state = kept->result != NULL ? kept->result->state : NULL;

    if (state == NULL || !is_quick(kept))
        return false;
    for (int level = 0; level < kept->result->data->n_levels; level++) {
        if (state->weighting[level] != NULL
            && state->weighting[level]->method == GH_WEIGHTS_BENEFIT_OF_THE_DOUBT)
            return false;
    }
    return true;
}

/* The indicators' columns are those of the result: only the aggregates are made anew. */
static GhIndexState *
reweighed(const GhRankingKept *kept, const double *weights)
{
    GhIndexState *state = gh_index_state_copy(kept->result->state);

    /* What was found in the data stands in weights by now, and is not to be found again. */
    memset(state->weighting, 0, sizeof state->weighting);
    for (size_t i = 0; i < kept->result->data->n_nodes; i++) {
        if (!isnan(weights[i]))
            state->weights[i] = weights[i];
    }
    return state;
}

bool
gh_ranking_reweigh(const GhRankingKept *kept, const double *weights, double *ret_scores,
                   int *ret_places, GError **error)
{
    size_t n_units = kept->result->data->n_units;
    g_autoptr(GhIndexState) state = reweighed(kept, weights);
    g_autofree double *scores = g_new(double, n_units);
    g_autofree int *places = g_new0(int, n_units);
    g_autofree size_t *order = g_new(size_t, n_units);

    if (!gh_index_step_apply(aggregate_step(kept->spec), state, NULL, error))
        return false;
    for (size_t i = 0; i < n_units; i++)
        scores[i] = NAN;
    const double *column = gh_index_state_column(state, kept->top);
    for (size_t i = 0; i < state->n_units; i++) {
        if (gh_ranking_kept_shows(kept, state->rows[i]))
            scores[state->rows[i]] = column[i];
    }
    gh_column_places(scores, n_units, order, places);
    for (guint i = 0; i < kept->whole->cities->len; i++) {
        ret_scores[i] = scores[kept->units[i]];
        ret_places[i] = places[kept->units[i]];
    }
    return true;
}
