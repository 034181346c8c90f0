/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* write_data.c - data and metadata as the two files that read.h reads. */
#include "index/write.h"

#include <math.h>

/* -- iData -- */

static GArray *
data_columns(const GhIndexData *data)
{
    GArray *columns = gh_index_columns_new(data);

    gh_index_columns_add(columns, "uName", GH_COLUMN_TEXT);
    for (size_t g = 0; g < data->n_groups; g++)
        gh_index_columns_add(columns, data->groups[g].code, GH_COLUMN_TEXT);
    for (size_t d = 0; d < data->n_denominators; d++)
        gh_index_columns_add(columns, data->denominators[d].code, GH_COLUMN_NUMBER);
    for (size_t o = 0; o < data->n_outside; o++)
        gh_index_columns_add(columns, data->outside[o].code, GH_COLUMN_NUMBER);
    for (size_t j = 0; j < data->n_indicators; j++)
        gh_index_columns_add(columns, data->nodes[j].code, GH_COLUMN_NUMBER);
    return columns;
}

bool
gh_index_write_data(const GhIndexData *data, GhTableFormat format, GhTableSink sink,
                    void *sink_data, GError **error)
{
    g_autoptr(GArray) columns = data_columns(data);
    g_autoptr(GhTable) table = gh_table_new(format, "iData", &g_array_index(columns, GhColumn, 0),
                                            columns->len, sink, sink_data);

    for (size_t i = 0; i < data->n_units; i++) {
        gh_index_write_unit(table, data, i);
        gh_table_text(table, data->unit_names[i]);
        for (size_t g = 0; g < data->n_groups; g++) {
            int category = data->groups[g].of_unit[i];
            gh_table_text(table, category >= 0 ? data->groups[g].categories[category] : NULL);
        }
        for (size_t d = 0; d < data->n_denominators; d++)
            gh_table_number_if_present(table, data->denominators[d].values[i]);
        for (size_t o = 0; o < data->n_outside; o++)
            gh_table_number_if_present(table, data->outside[o].values[i]);
        for (size_t j = 0; j < data->n_indicators; j++)
            gh_table_number_if_present(table, data->values[j * data->n_units + i]);
        if (!gh_table_end_row(table, error))
            return false;
    }
    return gh_table_close(table, error);
}

/* -- iMeta -- */

static const GhColumn META[] = {
    {"Level", GH_COLUMN_NUMBER},     {"iCode", GH_COLUMN_TEXT},       {"iName", GH_COLUMN_TEXT},
    {"Direction", GH_COLUMN_NUMBER}, {"Weight", GH_COLUMN_NUMBER},    {"Unit", GH_COLUMN_TEXT},
    {"Target", GH_COLUMN_NUMBER},    {"Denominator", GH_COLUMN_TEXT}, {"Parent", GH_COLUMN_TEXT},
    {"Type", GH_COLUMN_TEXT},
};

static bool
write_node(GhTable *table, const GhIndexData *data, size_t k, GError **error)
{
    const GhIndexNode *node = &data->nodes[k];
    bool is_indicator = k < data->n_indicators;

    gh_table_int(table, node->level);
    gh_table_text(table, node->code);
    gh_table_text(table, node->name);
    gh_table_int(table, node->direction);
    gh_table_number(table, node->weight);
    gh_table_text(table, node->unit);
    gh_table_number_if_present(table, node->target);
    gh_table_text(table,
                  node->denominator >= 0 ? data->denominators[node->denominator].code : NULL);
    gh_table_text(table, node->parent >= 0 ? data->nodes[node->parent].code : NULL);
    gh_table_text(table, is_indicator ? "Indicator" : "Aggregate");
    for (size_t e = 0; e < data->n_extras; e++)
        gh_table_number_if_present(table, is_indicator ? data->extras[e].values[k] : NAN);
    return gh_table_end_row(table, error);
}

/* A group, a denominator, or a variable outside: a code and a name. */
static bool
write_beside(GhTable *table, const GhIndexData *data, const char *code, const char *name,
             const char *type, GError **error)
{
    gh_table_absent(table); /* Level */
    gh_table_text(table, code);
    gh_table_text(table, name);
    for (size_t i = 3; i + 1 < G_N_ELEMENTS(META); i++)
        gh_table_absent(table);
    gh_table_text(table, type);
    for (size_t e = 0; e < data->n_extras; e++)
        gh_table_absent(table);
    return gh_table_end_row(table, error);
}

static bool
write_variables(GhTable *table, const GhIndexData *data, const GhIndexVariable *variables, size_t n,
                const char *type, GError **error)
{
    for (size_t i = 0; i < n; i++)
        if (!write_beside(table, data, variables[i].code, variables[i].name, type, error))
            return false;
    return true;
}

bool
gh_index_write_meta(const GhIndexData *data, GhTableFormat format, GhTableSink sink,
                    void *sink_data, GError **error)
{
    g_autoptr(GArray) columns = g_array_new(FALSE, FALSE, sizeof(GhColumn));
    g_array_append_vals(columns, META, G_N_ELEMENTS(META));
    for (size_t e = 0; e < data->n_extras; e++)
        gh_index_columns_add(columns, data->extras[e].name, GH_COLUMN_NUMBER);
    g_autoptr(GhTable) table = gh_table_new(format, "iMeta", &g_array_index(columns, GhColumn, 0),
                                            columns->len, sink, sink_data);

    for (size_t k = 0; k < data->n_nodes; k++)
        if (!write_node(table, data, k, error))
            return false;
    for (size_t g = 0; g < data->n_groups; g++)
        if (!write_beside(table, data, data->groups[g].code, data->groups[g].name, "Group", error))
            return false;
    if (!write_variables(table, data, data->denominators, data->n_denominators, "Denominator",
                         error)
        || !write_variables(table, data, data->outside, data->n_outside, "Other", error))
        return false;
    return gh_table_close(table, error);
}
