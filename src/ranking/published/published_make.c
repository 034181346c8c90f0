/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* published_make.c - a ranking computed from figures, by way of the files it is published with. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ranking/published/published_private.h"

/* A pair of cities is clear when one stands before the other in so many of the replications; our choice,
 * as is usual for intervals. */
static const double CLEAR_SHARE = 0.95;
static const size_t TOP_K = 10;

const char *const GH_RANKING_FILES[] = {"spec.json",       "iData.csv",       "iMeta.csv",
                                        "scores.csv",      "ranks.csv",       "changes.csv",
                                        "uncertainty.csv", "sensitivity.csv", NULL};

static void
file_clear(gpointer pointer)
{
    GhRankingFile *file = pointer;

    g_clear_pointer(&file->bytes, g_bytes_unref);
}

void
gh_ranking_made_free(GhRankingMade *made)
{
    if (made == NULL)
        return;
    g_clear_pointer(&made->uncertainty, gh_index_uncertainty_result_free);
    g_clear_pointer(&made->result, gh_index_result_free);
    g_clear_pointer(&made->data, gh_index_data_unref);
    g_clear_pointer(&made->spec, gh_index_spec_unref);
    g_clear_pointer(&made->files, g_array_unref);
    g_free(made->shown);
    g_free(made->is_last);
    g_free(made);
}

/* -- figures become files, and files become data -- */

static bool
add_file(GhRankingMade *made, const char *name, GString *content, GError **error)
{
    const GhRankingFile file = {.name = name, .bytes = g_string_free_to_bytes(content)};

    g_array_append_val(made->files, file);
    if (g_bytes_get_size(file.bytes) <= GH_RANKING_MAX_FILE_BYTES)
        return true;
    g_set_error(error, GH_RANKING_ERROR, GH_RANKING_ERROR_LIMIT,
                "%s has more than %d bytes: publish fewer cities or data points", name,
                GH_RANKING_MAX_FILE_BYTES);
    return false;
}

typedef bool (*DataWriter)(const GhIndexData *data, GhTableFormat format, GhTableSink sink,
                           void *sink_data, GError **error);

static bool
add_data_file(GhRankingMade *made, const char *name, DataWriter write, const GhIndexData *data,
              GError **error)
{
    g_autoptr(GString) out = g_string_new(NULL);

    return write(data, GH_TABLE_CSV, gh_table_sink_string, out, error)
           && add_file(made, name, g_steal_pointer(&out), error);
}

static GhIndexFile
file_of(const GhRankingMade *made, const char *name)
{
    for (guint i = 0; i < made->files->len; i++) {
        const GhRankingFile *file = &g_array_index(made->files, GhRankingFile, i);
        if (strcmp(file->name, name) == 0) {
            GhIndexFile found = {.name = name};
            found.bytes = g_bytes_get_data(file->bytes, &found.n_bytes);
            return found;
        }
    }
    g_assert_not_reached();
}

/* What we wrote ourselves has no faults, so the first is told as an error of ours. */
static bool
read_back(GhRankingMade *made, GError **error)
{
    g_autoptr(GhFaults) faults = gh_faults_new();
    const GhIndexFile data = file_of(made, "iData.csv"), meta = file_of(made, "iMeta.csv");

    made->data = gh_index_read(&data, &meta, faults, error);
    if (made->data == NULL && gh_faults_n_listed(faults) > 0) {
        g_autofree char *first = gh_fault_format(gh_faults_peek(faults, 0), gh_lang_source());
        g_prefix_error(error, "%s: ", first);
    }
    return made->data != NULL;
}

/* -- computing -- */

static bool
compute(GhRankingMade *made, unsigned n_threads, const GhProgress *progress, GError **error)
{
    const GhIndexUncertain *uncertain = made->spec->uncertain;
    const GhIndexUncertaintyOptions options = {
        /* With one choice there is nothing to compare. */
        .analysis = uncertain->n_parameters > 1 ? GH_INDEX_SENSITIVITY : GH_INDEX_UNCERTAINTY,
        .n_threads = n_threads,
        .with_dominance = made->data->n_units <= GH_RANKING_MAX_PAIR_CITIES,
        .progress = progress,
    };

    made->result = gh_index_run(made->data, made->spec, progress, error);
    if (made->result == NULL)
        return false;
    made->uncertainty = gh_index_uncertainty(made->data, made->spec, &options, error);
    return made->uncertainty != NULL;
}

static void
choose_top(GhRankingMade *made)
{
    const GhIndexUncertain *uncertain = made->spec->uncertain;

    for (size_t i = 0; i < uncertain->n_top; i++) {
        if (uncertain->top[i] == TOP_K
            || (made->top_k != TOP_K && uncertain->top[i] > made->top_k)) {
            made->top_k = uncertain->top[i];
            made->top_index = i;
        }
    }
}

static double
median_width(const GhRankingMade *made)
{
    const GhIndexUncertaintyResult *uncertainty = made->uncertainty;
    g_autofree double *widths = g_new(double, uncertainty->n_units);
    g_autofree double *sorted = g_new(double, uncertainty->n_units);
    size_t n = 0;

    for (size_t i = 0; i < uncertainty->n_units; i++) {
        const GhIndexRankSpread *unit = &uncertainty->units[i];
        if (made->shown[i] && unit->nominal > 0 && unit->n > 0)
            widths[n++] = unit->q95 - unit->q5;
    }
    n = gh_column_sort(widths, n, sorted);
    return gh_column_quantile(sorted, n, 0.5);
}

/* NAN without pairs, or where dominance was not asked for. */
static double
clear_pairs(const GhRankingMade *made)
{
    const GhIndexUncertaintyResult *uncertainty = made->uncertainty;
    size_t n = uncertainty->n_units, n_pairs = 0, n_clear = 0;

    if (uncertainty->dominance == NULL)
        return NAN;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = i + 1; j < n; j++) {
            double before = uncertainty->dominance[i * n + j];
            if (!made->shown[i] || !made->shown[j] || uncertainty->units[i].nominal == 0
                || uncertainty->units[j].nominal == 0 || isnan(before))
                continue;
            n_pairs++;
            n_clear += before >= CLEAR_SHARE || before <= 1 - CLEAR_SHARE ? 1 : 0;
        }
    }
    return n_pairs > 0 ? (double)n_clear / (double)n_pairs : NAN;
}

/* -- results become files -- */

typedef bool (*ResultWriter)(const GhIndexResult *result, GhTableFormat format, GhTableSink sink,
                             void *sink_data, GError **error);

static bool
add_results(GhRankingMade *made, GError **error)
{
    static const struct {
        const char *name;
        ResultWriter write;
    } of_result[] = {{"scores.csv", gh_index_write_scores},
                     {"ranks.csv", gh_index_write_ranks},
                     {"changes.csv", gh_index_write_changes}};

    for (size_t i = 0; i < G_N_ELEMENTS(of_result); i++) {
        g_autoptr(GString) out = g_string_new(NULL);
        if (!of_result[i].write(made->result, GH_TABLE_CSV, gh_table_sink_string, out, error)
            || !add_file(made, of_result[i].name, g_steal_pointer(&out), error))
            return false;
    }
    g_autoptr(GString) uncertainty = g_string_new(NULL);
    g_autoptr(GString) sensitivity = g_string_new(NULL);
    return gh_index_write_uncertainty(made->uncertainty, made->data, made->spec->uncertain,
                                      GH_TABLE_CSV, gh_table_sink_string, uncertainty, error)
           && add_file(made, "uncertainty.csv", g_steal_pointer(&uncertainty), error)
           && gh_index_write_sensitivity(made->uncertainty, GH_TABLE_CSV, gh_table_sink_string,
                                         sensitivity, error)
           && add_file(made, "sensitivity.csv", g_steal_pointer(&sensitivity), error);
}

GhRankingMade *
gh_ranking_make(GhIndexSpec *spec, const char *bytes, size_t n_bytes, GhIndexData *figures,
                unsigned n_threads, const GhProgress *progress, GError **error)
{
    g_autoptr(GhRankingMade) made = g_new0(GhRankingMade, 1);

    made->spec = gh_index_spec_ref(spec);
    made->files = g_array_new(FALSE, TRUE, sizeof(GhRankingFile));
    g_array_set_clear_func(made->files, file_clear);
    choose_top(made);
    if (!add_file(made, "spec.json", g_string_new_len(bytes, (gssize)n_bytes), error)
        || !add_data_file(made, "iData.csv", gh_index_write_data, figures, error)
        || !add_data_file(made, "iMeta.csv", gh_index_write_meta, figures, error)
        || !read_back(made, error) || !compute(made, n_threads, progress, error)
        || !add_results(made, error))
        return NULL;
    gh_ranking_find_shown(made);
    made->median_width = median_width(made);
    made->clear_pairs = clear_pairs(made);
    return g_steal_pointer(&made);
}
