/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* write_uncertainty.c - how sure the places are, as tables. */
#include "index/write.h"

static void
write_spread(const GhIndexRankSpread *unit, const GhIndexData *data, size_t n_top, GhTable *table)
{
    const double spread[] = {unit->mean, unit->median, unit->q5, unit->q25, unit->q75, unit->q95};

    gh_index_write_unit(table, data, unit->row);
    gh_table_text(table, data->unit_names[unit->row]);
    gh_table_number_if_present(table, unit->score);
    if (unit->nominal > 0)
        gh_table_int(table, unit->nominal);
    else
        gh_table_absent(table);
    for (size_t i = 0; i < G_N_ELEMENTS(spread); i++)
        gh_table_number_if_present(table, spread[i]);
    gh_table_int(table, (int64_t)unit->n);
    for (size_t t = 0; t < n_top; t++)
        gh_table_number_if_present(table, unit->p_top[t]);
}

bool
gh_index_write_uncertainty(const GhIndexUncertaintyResult *result, const GhIndexData *data,
                           const GhIndexUncertain *uncertain, GhTableFormat format,
                           GhTableSink sink, void *sink_data, GError **error)
{
    static const GhColumn FIXED[] = {
        {"uName", GH_COLUMN_TEXT},  {"Score", GH_COLUMN_NUMBER},  {"Nominal", GH_COLUMN_NUMBER},
        {"Mean", GH_COLUMN_NUMBER}, {"Median", GH_COLUMN_NUMBER}, {"Q5", GH_COLUMN_NUMBER},
        {"Q25", GH_COLUMN_NUMBER},  {"Q75", GH_COLUMN_NUMBER},    {"Q95", GH_COLUMN_NUMBER},
        {"N", GH_COLUMN_NUMBER},
    };
    g_autoptr(GArray) columns = gh_index_columns_new(data);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

    g_array_append_vals(columns, FIXED, G_N_ELEMENTS(FIXED));
    for (size_t t = 0; t < result->n_top; t++) {
        char *name = g_strdup_printf("Top%zu", uncertain->top[t]);
        const GhColumn column = {.id = name, .kind = GH_COLUMN_NUMBER};
        g_ptr_array_add(names, name);
        g_array_append_val(columns, column);
    }
    g_autoptr(GhTable) table = gh_table_new(
        format, "uncertainty", &g_array_index(columns, GhColumn, 0), columns->len, sink, sink_data);
    for (size_t i = 0; i < result->n_units; i++) {
        write_spread(&result->units[i], data, result->n_top, table);
        if (!gh_table_end_row(table, error))
            return false;
    }
    return gh_table_close(table, error);
}

bool
gh_index_write_sensitivity(const GhIndexUncertaintyResult *result, GhTableFormat format,
                           GhTableSink sink, void *sink_data, GError **error)
{
    static const GhColumn COLUMNS[] = {
        {"Variable", GH_COLUMN_TEXT},  {"Si", GH_COLUMN_NUMBER},     {"STi", GH_COLUMN_NUMBER},
        {"Si_q5", GH_COLUMN_NUMBER},   {"Si_q95", GH_COLUMN_NUMBER}, {"STi_q5", GH_COLUMN_NUMBER},
        {"STi_q95", GH_COLUMN_NUMBER},
    };
    g_autoptr(GhTable) table =
        gh_table_new(format, "sensitivity", COLUMNS, G_N_ELEMENTS(COLUMNS), sink, sink_data);

    for (size_t p = 0; p < result->n_sensitivities; p++) {
        const GhIndexSensitivity *one = &result->sensitivities[p];
        const double numbers[] = {one->first,      one->total,     one->first_low,
                                  one->first_high, one->total_low, one->total_high};
        gh_table_text(table, one->name);
        for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
            gh_table_number_if_present(table, numbers[i]);
        if (!gh_table_end_row(table, error))
            return false;
    }
    return gh_table_close(table, error);
}
