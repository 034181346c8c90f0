/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* index_uncertainty.c - guildhall index uncertainty: how sure each place is, and what it depends on. */
#include "cli/index_command.h"

#include <stdlib.h>

typedef struct {
    const GhIndexData *data;
    const GhIndexUncertain *uncertain;
    const GhIndexUncertaintyResult *result;
} Outcome;

/* -- tables -- */

static bool
write_places(GhTableFormat format, GhTableSink sink, void *sink_data, const void *data,
             GError **error)
{
    const Outcome *outcome = data;

    return gh_index_write_uncertainty(outcome->result, outcome->data, outcome->uncertain, format,
                                      sink, sink_data, error);
}

static bool
write_sensitivity(GhTableFormat format, GhTableSink sink, void *sink_data, const void *data,
                  GError **error)
{
    const Outcome *outcome = data;

    return gh_index_write_sensitivity(outcome->result, format, sink, sink_data, error);
}

/* One row a replication: its number, what each parameter was, and how far places moved. */
static bool
write_replications(GhTableFormat format, GhTableSink sink, void *sink_data, const void *data,
                   GError **error)
{
    const Outcome *outcome = data;
    const GhIndexUncertaintyResult *result = outcome->result;
    const size_t n_parameters = outcome->uncertain->n_parameters;
    g_autofree GhColumn *columns = g_new(GhColumn, n_parameters + 2);

    columns[0] = (GhColumn){"rep", GH_COLUMN_NUMBER};
    for (size_t p = 0; p < n_parameters; p++)
        columns[p + 1] = (GhColumn){outcome->uncertain->parameters[p].name, GH_COLUMN_TEXT};
    columns[n_parameters + 1] = (GhColumn){"mean_shift", GH_COLUMN_NUMBER};
    g_autoptr(GhTable) table =
        gh_table_new(format, "replications", columns, n_parameters + 2, sink, sink_data);
    for (size_t r = 0; r < result->n_all; r++) {
        char **values = g_ptr_array_index(result->parameters, r);
        gh_table_int(table, (int64_t)r + 1);
        for (size_t p = 0; p < n_parameters; p++)
            gh_table_text(table, values[p]);
        gh_table_number_if_present(table, result->shifts[r]);
        if (!gh_table_end_row(table, error))
            return false;
    }
    return gh_table_close(table, error);
}

/* One row a unit, a column a replication. */
static bool
write_wide(const Outcome *outcome, const char *title, bool scores, GhTableFormat format,
           GhTableSink sink, void *sink_data, GError **error)
{
    const GhIndexUncertaintyResult *result = outcome->result;
    g_autoptr(GArray) columns = gh_index_columns_new(outcome->data);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

    for (size_t r = 0; r < result->n_all; r++) {
        char *name = g_strdup_printf("r_%zu", r + 1);
        g_ptr_array_add(names, name);
        gh_index_columns_add(columns, name, GH_COLUMN_NUMBER);
    }
    g_autoptr(GhTable) table = gh_table_new(format, title, (const GhColumn *)(void *)columns->data,
                                            columns->len, sink, sink_data);
    for (size_t i = 0; i < result->n_units; i++) {
        gh_index_write_unit(table, outcome->data, result->units[i].row);
        for (size_t r = 0; r < result->n_all; r++) {
            const size_t cell = r * result->n_units + i;
            if (scores)
                gh_table_number_if_present(table, result->scores[cell]);
            else if (result->places[cell] > 0)
                gh_table_int(table, result->places[cell]);
            else
                gh_table_absent(table);
        }
        if (!gh_table_end_row(table, error))
            return false;
    }
    return gh_table_close(table, error);
}

static bool
write_all_scores(GhTableFormat format, GhTableSink sink, void *sink_data, const void *data,
                 GError **error)
{
    return write_wide(data, "scores", true, format, sink, sink_data, error);
}

static bool
write_all_places(GhTableFormat format, GhTableSink sink, void *sink_data, const void *data,
                 GError **error)
{
    return write_wide(data, "ranks", false, format, sink, sink_data, error);
}

static bool
write_dominance(GhTableFormat format, GhTableSink sink, void *sink_data, const void *data,
                GError **error)
{
    const Outcome *outcome = data;
    const size_t n = outcome->result->n_units;
    g_autofree GhColumn *columns = g_new(GhColumn, n + 1);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

    columns[0] = (GhColumn){"before", GH_COLUMN_TEXT};
    for (size_t j = 0; j < n; j++) {
        g_ptr_array_add(names, gh_index_data_row_name(outcome->data, j));
        columns[j + 1] = (GhColumn){g_ptr_array_index(names, j), GH_COLUMN_NUMBER};
    }
    g_autoptr(GhTable) table = gh_table_new(format, "dominance", columns, n + 1, sink, sink_data);
    for (size_t i = 0; i < n; i++) {
        gh_table_text(table, g_ptr_array_index(names, i));
        for (size_t j = 0; j < n; j++)
            gh_table_number_if_present(table, outcome->result->dominance[i * n + j]);
        if (!gh_table_end_row(table, error))
            return false;
    }
    return gh_table_close(table, error);
}

/* -- for reading -- */

static int
compare_spreads(const void *a, const void *b)
{
    const GhIndexRankSpread *x = *(const GhIndexRankSpread *const *)a;
    const GhIndexRankSpread *y = *(const GhIndexRankSpread *const *)b;
    const int place_x = x->nominal > 0 ? x->nominal : G_MAXINT;
    const int place_y = y->nominal > 0 ? y->nominal : G_MAXINT;

    if (place_x != place_y)
        return place_x < place_y ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

static void
append_spreads(const Outcome *outcome, GString *out)
{
    enum {
        N_COLUMNS = 6,
        N_LEFT = 2
    };
    const GhLang *lang = gh_command_lang();
    const GhIndexUncertaintyResult *result = outcome->result;
    g_autofree const GhIndexRankSpread **order = g_new(const GhIndexRankSpread *, result->n_units);
    g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func(g_free);

    const char *const headings[N_COLUMNS] = {
        GH_T(lang, "Unit"),   GH_T(lang, "Name"),         GH_T(lang, "Place"),
        GH_T(lang, "Median"), GH_T(lang, "90 % between"), GH_T(lang, "Score"),
    };
    for (size_t c = 0; c < N_COLUMNS; c++)
        g_ptr_array_add(cells, g_strdup(headings[c]));
    for (size_t i = 0; i < result->n_units; i++)
        order[i] = &result->units[i];
    /* Pointers are sorted. NOLINTNEXTLINE(bugprone-sizeof-expression) */
    qsort(order, result->n_units, sizeof *order, compare_spreads);
    for (size_t i = 0; i < result->n_units; i++) {
        const GhIndexRankSpread *unit = order[i];
        g_autofree char *low = gh_index_command_number(unit->q5);
        g_autofree char *high = gh_index_command_number(unit->q95);
        g_ptr_array_add(cells, gh_index_data_row_name(outcome->data, unit->row));
        g_ptr_array_add(cells, g_strdup(outcome->data->unit_names[unit->row]));
        g_ptr_array_add(cells,
                        unit->nominal > 0 ? g_strdup_printf("%d", unit->nominal) : g_strdup("-"));
        g_ptr_array_add(cells, gh_index_command_number(unit->median));
        g_ptr_array_add(cells, g_strdup_printf("%s - %s", low, high));
        g_ptr_array_add(cells, gh_index_command_number(unit->score));
    }
    gh_index_command_columns(out, (const char *const *)cells->pdata, result->n_units + 1, N_COLUMNS,
                             N_LEFT);
}

static void
append_sensitivities(const Outcome *outcome, GString *out)
{
    enum {
        N_COLUMNS = 3,
        N_LEFT = 1
    };
    const GhLang *lang = gh_command_lang();
    const GhIndexUncertaintyResult *result = outcome->result;
    g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func(g_free);

    g_ptr_array_add(cells, g_strdup(GH_T(lang, "What the places depend on")));
    g_ptr_array_add(cells, g_strdup(GH_T(lang, "By itself (Si)")));
    g_ptr_array_add(cells, g_strdup(GH_T(lang, "With others (STi)")));
    for (size_t p = 0; p < result->n_sensitivities; p++) {
        g_ptr_array_add(cells, g_strdup(result->sensitivities[p].name));
        g_ptr_array_add(cells, gh_index_command_number(result->sensitivities[p].first));
        g_ptr_array_add(cells, gh_index_command_number(result->sensitivities[p].total));
    }
    g_string_append_c(out, '\n');
    gh_index_command_columns(out, (const char *const *)cells->pdata, result->n_sensitivities + 1,
                             N_COLUMNS, N_LEFT);
}

static void
say_shift(const GhIndexUncertaintyResult *result)
{
    g_autofree char *n = gh_command_count((int64_t)result->n_replications);
    g_autofree char *mean = gh_index_command_number(result->mean_shift);
    g_autofree char *low = gh_index_command_number(result->shift_q5);
    g_autofree char *high = gh_index_command_number(result->shift_q95);
    g_autofree char *seed = g_strdup_printf("%" G_GUINT64_FORMAT, result->seed);

    gh_command_say(stderr,
                   "{n} replications, seed {seed}: a unit moves by {mean} places on average "
                   "({low} to {high} in 90 % of them)",
                   "n", n, "seed", seed, "mean", mean, "low", low, "high", high, NULL);
}

/* -- the word -- */

static bool
write_files(const GhIndexOptions *options, const Outcome *outcome, GError **error)
{
    const struct {
        bool wanted;
        const char *name;
        GhIndexTableFunc write;
    } files[] = {
        {true, "uncertainty", write_places},
        {outcome->result->sensitivities != NULL, "sensitivity", write_sensitivity},
        {options->replications_out, "replications", write_replications},
        {options->replications_out, "replication_scores", write_all_scores},
        {options->replications_out, "replication_ranks", write_all_places},
        {options->dominance, "dominance", write_dominance},
    };
    size_t n_files = 0;

    for (size_t f = 0; f < G_N_ELEMENTS(files); f++) {
        if (!files[f].wanted)
            continue;
        if (!gh_index_command_table(options, files[f].name, files[f].write, outcome, error))
            return false;
        n_files++;
    }
    gh_index_command_say_files(options, n_files);
    return true;
}

static bool
print_outcome(const GhIndexOptions *options, const Outcome *outcome, GError **error)
{
    g_autoptr(GString) out = g_string_new(NULL);

    if (!options->as_text)
        return gh_index_command_table(options, "uncertainty", write_places, outcome, error);
    append_spreads(outcome, out);
    if (outcome->result->sensitivities != NULL)
        append_sensitivities(outcome, out);
    return gh_command_write(out->str, out->len, error);
}

bool
gh_index_command_uncertainty(int argc, char **argv, const GhIndexOptions *options, GError **error)
{
    g_auto(GhIndexInput) input = {0};
    (void)argc; /* one, as the table of words says */

    if ((options->replications_out || options->dominance) && options->output == NULL) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC,
                    "--keep and --dominance write files: add -o FOLDER");
        return false;
    }
    if (!gh_index_input_load(argv[0], options, &input, error)
        || !gh_index_command_folder(options, error))
        return false;
    g_autoptr(GhProgressBar) bar = gh_progress_bar_new(input.spec->name, gh_command_lang());
    const GhProgress progress = gh_progress_bar_progress(bar);
    const GhIndexUncertaintyOptions how = {
        .analysis = options->sensitivity ? GH_INDEX_SENSITIVITY : GH_INDEX_UNCERTAINTY,
        .replications = (size_t)options->replications,
        .seed = options->has_seed ? &options->seed : NULL,
        .n_threads = (unsigned)options->threads,
        .keep_replications = options->replications_out,
        .with_dominance = options->dominance,
        .progress = &progress,
    };
    g_autoptr(GhIndexUncertaintyResult) result =
        gh_index_uncertainty(input.data, input.spec, &how, error);
    g_clear_pointer(&bar, gh_progress_bar_free);
    if (result == NULL)
        return false;

    const Outcome outcome = {input.data, input.spec->uncertain, result};
    say_shift(result);
    return options->output != NULL ? write_files(options, &outcome, error)
                                   : print_outcome(options, &outcome, error);
}
