/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* write.c - results as tables: scores, places, and what the steps changed. */
#include "index/write.h"

#include <math.h>

void
gh_index_columns_add(GArray *columns, const char *id, GhColumnKind kind)
{
    const GhColumn column = {.id = id, .kind = kind};
    g_array_append_val(columns, column);
}

GArray *
gh_index_columns_new(const GhIndexData *data)
{
    GArray *columns = g_array_new(FALSE, FALSE, sizeof(GhColumn));

    gh_index_columns_add(columns, "uCode", GH_COLUMN_TEXT);
    if (data->years != NULL)
        gh_index_columns_add(columns, "Time", GH_COLUMN_NUMBER);
    return columns;
}

void
gh_index_write_unit(GhTable *table, const GhIndexData *data, size_t row)
{
    gh_table_text(table, data->unit_codes[row]);
    if (data->years != NULL)
        gh_table_int(table, data->years[row]);
}

/* The row of the state for each row of the data; -1: screened out. */
static gssize *
state_rows(const GhIndexState *state)
{
    gssize *rows = g_new0(gssize, state->data->n_units);

    for (size_t i = 0; i < state->data->n_units; i++)
        rows[i] = -1;
    for (size_t i = 0; i < state->n_units; i++)
        rows[state->rows[i]] = (gssize)i;
    return rows;
}

static GArray *
node_columns(const GhIndexData *data)
{
    GArray *columns = gh_index_columns_new(data);

    for (size_t k = 0; k < data->n_nodes; k++)
        gh_index_columns_add(columns, data->nodes[k].code, GH_COLUMN_NUMBER);
    return columns;
}

bool
gh_index_write_scores(const GhIndexResult *result, GhTableFormat format, GhTableSink sink,
                      void *sink_data, GError **error)
{
    const GhIndexData *data = result->data;
    const GhIndexState *state = result->state;
    g_autoptr(GArray) columns = node_columns(data);
    g_autofree gssize *rows = state_rows(state);
    g_autoptr(GhTable) table = gh_table_new(format, "Scores", &g_array_index(columns, GhColumn, 0),
                                            columns->len, sink, sink_data);

    for (size_t i = 0; i < data->n_units; i++) {
        gh_index_write_unit(table, data, i);
        for (size_t k = 0; k < data->n_nodes; k++) {
            bool has = rows[i] >= 0 && state->active[k];
            gh_table_number_if_present(table, has ? gh_index_state_column(state, k)[rows[i]] : NAN);
        }
        if (!gh_table_end_row(table, error))
            return false;
    }
    return gh_table_close(table, error);
}

bool
gh_index_write_ranks(const GhIndexResult *result, GhTableFormat format, GhTableSink sink,
                     void *sink_data, GError **error)
{
    const GhIndexData *data = result->data;
    g_autoptr(GArray) columns = node_columns(data);
    g_autoptr(GhTable) table = gh_table_new(format, "Ranks", &g_array_index(columns, GhColumn, 0),
                                            columns->len, sink, sink_data);

    for (size_t i = 0; i < data->n_units; i++) {
        gh_index_write_unit(table, data, i);
        for (size_t k = 0; k < data->n_nodes; k++) {
            int place = result->places[k * data->n_units + i];
            if (place > 0)
                gh_table_int(table, place);
            else
                gh_table_absent(table);
        }
        if (!gh_table_end_row(table, error))
            return false;
    }
    return gh_table_close(table, error);
}

static const char *const MARKS[] = {
    [GH_INDEX_MARK_NONE] = "",
    [GH_INDEX_MARK_IMPUTED] = "imputed",
    [GH_INDEX_MARK_WINSORISED_HIGH] = "winsorised_high",
    [GH_INDEX_MARK_WINSORISED_LOW] = "winsorised_low",
    [GH_INDEX_MARK_TRANSFORMED] = "transformed",
};

static bool
write_change(GhTable *table, const GhIndexResult *result, size_t row, size_t indicator,
             GError **error)
{
    unsigned char mark = result->notes->marks[indicator * result->data->n_units + row];

    if (mark == GH_INDEX_MARK_NONE)
        return true;
    gh_index_write_unit(table, result->data, row);
    gh_table_text(table, result->data->nodes[indicator].code);
    gh_table_text(table, MARKS[mark]);
    return gh_table_end_row(table, error);
}

bool
gh_index_write_changes(const GhIndexResult *result, GhTableFormat format, GhTableSink sink,
                       void *sink_data, GError **error)
{
    const GhIndexData *data = result->data;
    g_autoptr(GArray) columns = gh_index_columns_new(data);
    gh_index_columns_add(columns, "iCode", GH_COLUMN_TEXT);
    gh_index_columns_add(columns, "change", GH_COLUMN_TEXT);
    g_autoptr(GhTable) table = gh_table_new(format, "Changes", &g_array_index(columns, GhColumn, 0),
                                            columns->len, sink, sink_data);

    for (size_t j = 0; j < data->n_indicators; j++)
        for (size_t i = 0; i < data->n_units; i++)
            if (!write_change(table, result, i, j, error))
                return false;
    return gh_table_close(table, error);
}
