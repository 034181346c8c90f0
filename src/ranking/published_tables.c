/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* published_tables.c - how sure the places are, as the two tables that go with a ranking. */
#include <math.h>

#include "ranking/published_private.h"

static void
write_unit(const GhRankingMade *made, const GhIndexRankSpread *unit, GhTable *table)
{
    const double spread[] = {unit->score, unit->mean, unit->median, unit->q5,
                             unit->q25,   unit->q75,  unit->q95};

    gh_table_text(table, made->data->unit_codes[unit->row]);
    gh_table_text(table, made->data->unit_names[unit->row]);
    if (unit->nominal > 0)
        gh_table_int(table, unit->nominal);
    else
        gh_table_absent(table);
    for (size_t i = 0; i < G_N_ELEMENTS(spread); i++)
        gh_table_number_if_present(table, spread[i]);
    gh_table_int(table, (int64_t)unit->n);
    for (size_t k = 0; k < made->uncertainty->n_top; k++)
        gh_table_number_if_present(table, unit->n > 0 ? unit->p_top[k] : NAN);
}

bool
gh_ranking_write_uncertainty(const GhRankingMade *made, GString *out, GError **error)
{
    static const GhColumn fixed[] = {
        {"uCode", GH_COLUMN_TEXT},   {"uName", GH_COLUMN_TEXT},  {"place", GH_COLUMN_NUMBER},
        {"score", GH_COLUMN_NUMBER}, {"mean", GH_COLUMN_NUMBER}, {"median", GH_COLUMN_NUMBER},
        {"q5", GH_COLUMN_NUMBER},    {"q25", GH_COLUMN_NUMBER},  {"q75", GH_COLUMN_NUMBER},
        {"q95", GH_COLUMN_NUMBER},   {"n", GH_COLUMN_NUMBER},
    };
    const GhIndexUncertaintyResult *uncertainty = made->uncertainty;
    g_autoptr(GArray) columns = g_array_new(FALSE, FALSE, sizeof(GhColumn));
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

    g_array_append_vals(columns, fixed, G_N_ELEMENTS(fixed));
    for (size_t k = 0; k < uncertainty->n_top; k++) {
        char *name = g_strdup_printf("top_%zu", made->spec->uncertain->top[k]);
        GhColumn column = {.id = name, .kind = GH_COLUMN_NUMBER};
        g_ptr_array_add(names, name);
        g_array_append_val(columns, column);
    }
    g_autoptr(GhTable) table =
        gh_table_new(GH_TABLE_CSV, "uncertainty", &g_array_index(columns, GhColumn, 0),
                     columns->len, gh_table_sink_string, out);
    for (size_t i = 0; i < uncertainty->n_units; i++) {
        write_unit(made, &uncertainty->units[i], table);
        if (!gh_table_end_row(table, error))
            return false;
    }
    return gh_table_close(table, error);
}

bool
gh_ranking_write_sensitivity(const GhRankingMade *made, GString *out, GError **error)
{
    static const GhColumn columns[] = {
        {"parameter", GH_COLUMN_TEXT},    {"first", GH_COLUMN_NUMBER},
        {"first_low", GH_COLUMN_NUMBER},  {"first_high", GH_COLUMN_NUMBER},
        {"total", GH_COLUMN_NUMBER},      {"total_low", GH_COLUMN_NUMBER},
        {"total_high", GH_COLUMN_NUMBER},
    };
    g_autoptr(GhTable) table = gh_table_new(GH_TABLE_CSV, "sensitivity", columns,
                                            G_N_ELEMENTS(columns), gh_table_sink_string, out);

    for (size_t i = 0; i < made->uncertainty->n_sensitivities; i++) {
        const GhIndexSensitivity *one = &made->uncertainty->sensitivities[i];
        const double numbers[] = {one->first, one->first_low, one->first_high,
                                  one->total, one->total_low, one->total_high};
        gh_table_text(table, one->name);
        for (size_t k = 0; k < G_N_ELEMENTS(numbers); k++)
            gh_table_number_if_present(table, numbers[k]);
        if (!gh_table_end_row(table, error))
            return false;
    }
    return gh_table_close(table, error);
}
