/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* index_run.c - guildhall index run: the index of all units. */
#include "cli/index_command.h"

#include <math.h>

static bool
write_scores(GhTableFormat format, GhTableSink sink, void *sink_data, const void *data,
             GError **error)
{
    return gh_index_write_scores(data, format, sink, sink_data, error);
}

static bool
write_ranks(GhTableFormat format, GhTableSink sink, void *sink_data, const void *data,
            GError **error)
{
    return gh_index_write_ranks(data, format, sink, sink_data, error);
}

static bool
write_changes(GhTableFormat format, GhTableSink sink, void *sink_data, const void *data,
              GError **error)
{
    return gh_index_write_changes(data, format, sink, sink_data, error);
}

/* What the steps did that a reader should know. */
static void
say_notes(const GhIndexResult *result)
{
    const GPtrArray *lists[] = {result->notes->removed, result->notes->remarks};

    for (size_t l = 0; l < G_N_ELEMENTS(lists); l++) {
        for (guint i = 0; i < lists[l]->len; i++)
            fprintf(stderr, "%s\n", (const char *)g_ptr_array_index(lists[l], i));
    }
}

/* The top and the level below it: what fits a terminal. */
static GArray *
shown_nodes(const GhIndexData *data)
{
    enum {
        MOST = 6 /* columns beside place, code and name */
    };
    GArray *nodes = g_array_new(FALSE, FALSE, sizeof(size_t));

    for (int level = data->n_levels; level >= MAX(1, data->n_levels - 1); level--) {
        for (size_t k = 0; k < data->n_nodes && nodes->len < MOST; k++) {
            if (data->nodes[k].level == level)
                g_array_append_val(nodes, k);
        }
    }
    return nodes;
}

typedef struct {
    const GhIndexResult *result;
    size_t top;
} Order;

static int
compare_places(const void *a, const void *b, void *data)
{
    const Order *order = data;
    const size_t i = *(const size_t *)a;
    const size_t j = *(const size_t *)b;
    const int *places = order->result->places + order->top * order->result->data->n_units;
    /* Units without a place stand last. */
    const int place_i = places[i] > 0 ? places[i] : G_MAXINT;
    const int place_j = places[j] > 0 ? places[j] : G_MAXINT;

    if (place_i != place_j)
        return place_i < place_j ? -1 : 1;
    return (i > j) - (i < j);
}

static void
append_texts(GPtrArray *cells, const GhIndexResult *result, size_t row, const GArray *nodes)
{
    const GhIndexData *data = result->data;
    const int place = result->places[gh_index_data_top(data) * data->n_units + row];

    g_ptr_array_add(cells, place > 0 ? g_strdup_printf("%d", place) : g_strdup("-"));
    g_ptr_array_add(cells, gh_index_data_row_name(data, row));
    g_ptr_array_add(cells, g_strdup(data->unit_names[row]));
    for (guint n = 0; n < nodes->len; n++)
        g_ptr_array_add(cells, gh_index_command_number(gh_index_result_value(
                                   result, g_array_index(nodes, size_t, n), row)));
}

static bool
print_result(const GhIndexResult *result, GError **error)
{
    enum {
        N_LEFT = 3
    };
    const GhLang *lang = gh_command_lang();
    const GhIndexData *data = result->data;
    g_autoptr(GArray) nodes = shown_nodes(data);
    g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func(g_free);
    g_autofree size_t *rows = g_new(size_t, data->n_units);
    const Order order = {result, gh_index_data_top(data)};
    g_autoptr(GString) out = g_string_new(NULL);

    g_ptr_array_add(cells, g_strdup(GH_T(lang, "Place")));
    g_ptr_array_add(cells, g_strdup(GH_T(lang, "Unit")));
    g_ptr_array_add(cells, g_strdup(GH_T(lang, "Name")));
    for (guint n = 0; n < nodes->len; n++)
        g_ptr_array_add(cells, g_strdup(data->nodes[g_array_index(nodes, size_t, n)].code));
    for (size_t i = 0; i < data->n_units; i++)
        rows[i] = i;
    g_qsort_with_data(rows, (int)data->n_units, sizeof *rows, compare_places,
                      (void *)(uintptr_t)&order);
    for (size_t i = 0; i < data->n_units; i++)
        append_texts(cells, result, rows[i], nodes);
    gh_index_command_columns(out, (const char *const *)cells->pdata, data->n_units + 1,
                             N_LEFT + nodes->len, N_LEFT);
    return gh_command_write(out->str, out->len, error);
}

bool
gh_index_command_run(int argc, char **argv, const GhIndexOptions *options, GError **error)
{
    g_auto(GhIndexInput) input = {0};
    (void)argc; /* one, as the table of words says */

    if (!gh_index_input_load(argv[0], options, &input, error)
        || !gh_index_command_folder(options, error))
        return false;
    g_autoptr(GhProgressBar) bar = gh_progress_bar_new(input.spec->name, gh_command_lang());
    const GhProgress progress = gh_progress_bar_progress(bar);
    g_autoptr(GhIndexResult) result = gh_index_run(input.data, input.spec, &progress, error);
    g_clear_pointer(&bar, gh_progress_bar_free);
    if (result == NULL)
        return false;

    say_notes(result);
    if (options->output == NULL)
        return options->as_text
                   ? print_result(result, error)
                   : gh_index_command_table(options, "scores", write_scores, result, error);
    if (!gh_index_command_table(options, "scores", write_scores, result, error)
        || !gh_index_command_table(options, "ranks", write_ranks, result, error)
        || !gh_index_command_table(options, "changes", write_changes, result, error))
        return false;
    gh_index_command_say_files(options, 3);
    return true;
}
