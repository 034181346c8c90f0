/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* read.c - data and metadata from two CSV files, put together. */
#include "index/files/read_private.h"

#include <string.h>

static gboolean
same_row(gconstpointer a, gconstpointer b)
{
    return a == b;
}

static size_t
count_type(const GhIndexMeta *meta, GhIndexRowType type)
{
    size_t n = 0;

    for (guint i = 0; i < meta->rows->len; i++)
        n += ((const GhIndexMetaRow *)g_ptr_array_index(meta->rows, i))->type == type;
    return n;
}

/* Where the numbers of a row of the metadata stand; NULL: text, or no column. */
static const double *
find_numbers(const GhIndexFigures *figures, const GhIndexMetaRow *row)
{
    guint column = 0;

    if (!g_ptr_array_find_with_equal_func(figures->columns, row, same_row, &column))
        return NULL;
    return &g_array_index(figures->numbers, double, column);
}

static void
copy_column(const GhIndexFigures *figures, const double *numbers, double *ret_values)
{
    size_t stride = figures->columns->len;

    for (size_t i = 0; i < figures->codes->len; i++)
        ret_values[i] = numbers[i * stride];
}

static void
fill_units(GhIndexData *data, GhIndexFigures *figures)
{
    for (guint i = 0; i < data->n_units; i++) {
        data->unit_codes[i] = g_steal_pointer(&g_ptr_array_index(figures->codes, i));
        data->unit_names[i] = g_steal_pointer(&g_ptr_array_index(figures->names, i));
        if (figures->years != NULL)
            data->years[i] = g_array_index(figures->years, int, i);
    }
}

static void
fill_group(GhIndexData *data, GhIndexFigures *figures, size_t group, GhIndexMetaRow *row)
{
    GhIndexGroup *to = &data->groups[group];
    guint at = 0;

    g_assert_true(g_ptr_array_find_with_equal_func(figures->groups, row, same_row, &at));
    GPtrArray *categories = g_ptr_array_index(figures->categories, at);
    to->code = g_steal_pointer(&row->code);
    to->name = g_steal_pointer(&row->name);
    to->n_categories = categories->len;
    to->categories = g_new0(char *, categories->len + 1);
    for (guint i = 0; i < categories->len; i++)
        to->categories[i] = g_steal_pointer(&g_ptr_array_index(categories, i));
    for (size_t i = 0; i < data->n_units; i++)
        to->of_unit[i] = g_array_index(figures->memberships, int, i * figures->groups->len + at);
}

static void
fill_variable(GhIndexVariable *to, const GhIndexFigures *figures, const double *numbers,
              GhIndexMetaRow *row)
{
    copy_column(figures, numbers, to->values);
    to->code = g_steal_pointer(&row->code);
    to->name = g_steal_pointer(&row->name);
}

/* Groups, denominators and what is outside, each in the order of the metadata. */
static void
fill_variables(GhIndexData *data, const GhIndexMeta *meta, GhIndexFigures *figures)
{
    size_t n_groups = 0;
    size_t n_denominators = 0;
    size_t n_outside = 0;

    for (guint i = 0; i < meta->rows->len; i++) {
        GhIndexMetaRow *row = g_ptr_array_index(meta->rows, i);
        const double *numbers = find_numbers(figures, row);
        if (row->type == GH_INDEX_ROW_GROUP)
            fill_group(data, figures, n_groups++, row);
        else if (row->type == GH_INDEX_ROW_DENOMINATOR)
            fill_variable(&data->denominators[n_denominators++], figures, numbers, row);
        else if (row->type == GH_INDEX_ROW_OTHER && numbers != NULL)
            fill_variable(&data->outside[n_outside++], figures, numbers, row);
    }
}

/* Rows of the hierarchy: indicators, then aggregates by level; each as the metadata have them. */
static GPtrArray *
order_nodes(const GhIndexMeta *meta)
{
    GPtrArray *nodes = g_ptr_array_new();

    for (int level = 1; level <= GH_INDEX_MAX_LEVELS; level++)
        for (guint i = 0; i < meta->rows->len; i++) {
            GhIndexMetaRow *row = g_ptr_array_index(meta->rows, i);
            if (row->level == level)
                g_ptr_array_add(nodes, row);
        }
    return nodes;
}

static void
fill_links(GhIndexData *data, GPtrArray *nodes)
{
    g_autoptr(GHashTable) numbers = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < nodes->len; i++)
        g_hash_table_insert(numbers, data->nodes[i].code, GUINT_TO_POINTER(i + 1));
    for (guint i = 0; i < nodes->len; i++) {
        const GhIndexMetaRow *row = g_ptr_array_index(nodes, i);
        GhIndexNode *node = &data->nodes[i];
        node->parent = (gssize)GPOINTER_TO_UINT(g_hash_table_lookup(numbers, row->parent)) - 1;
        if (row->type == GH_INDEX_ROW_INDICATOR)
            node->denominator = gh_index_data_find_denominator(data, row->denominator);
    }
}

static void
fill_nodes(GhIndexData *data, const GhIndexMeta *meta, const GhIndexFigures *figures)
{
    g_autoptr(GPtrArray) nodes = order_nodes(meta);

    for (guint i = 0; i < nodes->len; i++) {
        GhIndexMetaRow *row = g_ptr_array_index(nodes, i);
        GhIndexNode *node = &data->nodes[i];
        node->level = row->level;
        node->direction = row->direction;
        node->weight = row->weight;
        node->target = row->target;
        if (row->type == GH_INDEX_ROW_INDICATOR) {
            copy_column(figures, find_numbers(figures, row), data->values + i * data->n_units);
            for (size_t k = 0; k < data->n_extras; k++)
                data->extras[k].values[i] = row->extras[k];
        }
        node->code = g_steal_pointer(&row->code);
        node->name = g_steal_pointer(&row->name);
        node->unit = g_steal_pointer(&row->unit);
    }
    for (guint i = 0; i < data->n_extras; i++)
        data->extras[i].name = g_steal_pointer(&g_ptr_array_index(meta->extras, i));
    fill_links(data, nodes);
}

static GhIndexData *
assemble(GhIndexMeta *meta, GhIndexFigures *figures, GError **error)
{
    GhIndexDataSize size = {
        .n_units = figures->codes->len,
        .n_indicators = count_type(meta, GH_INDEX_ROW_INDICATOR),
        .n_groups = figures->groups->len,
        .n_denominators = count_type(meta, GH_INDEX_ROW_DENOMINATOR),
        .n_extras = meta->extras->len,
        .with_years = figures->years != NULL,
    };
    size.n_nodes = size.n_indicators + count_type(meta, GH_INDEX_ROW_AGGREGATE);
    for (guint i = 0; i < meta->rows->len; i++) {
        const GhIndexMetaRow *row = g_ptr_array_index(meta->rows, i);
        size.n_outside += row->type == GH_INDEX_ROW_OTHER && find_numbers(figures, row) != NULL;
    }

    g_autoptr(GhIndexData) data = gh_index_data_new(&size, error);
    if (data == NULL)
        return NULL;

    /* Codes are taken out of the rows, so they cannot be looked up by them any more. */
    g_hash_table_remove_all(meta->by_code);
    fill_units(data, figures);
    fill_variables(data, meta, figures);
    fill_nodes(data, meta, figures);
    if (!gh_index_data_complete(data, error))
        return NULL;
    return g_steal_pointer(&data);
}

GhIndexData *
gh_index_read(const GhIndexFile *data, const GhIndexFile *meta, GhFaults *faults, GError **error)
{
    size_t n_errors = gh_faults_n_errors(faults);
    g_autoptr(GhIndexMeta) known = gh_index_meta_read(meta, faults);
    g_autoptr(GhIndexFigures) figures = gh_index_figures_read(data, known, faults);
    size_t n_found = gh_faults_n_errors(faults) - n_errors;

    if (n_found > 0) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_FAULTS, "%s and %s have %zu fault%s",
                    data->name, meta->name, n_found, n_found == 1 ? "" : "s");
        return NULL;
    }
    g_assert_nonnull(figures);
    return assemble(known, figures, error);
}

GhIndexData *
gh_index_read_paths(const char *data_path, const char *meta_path, GhFaults *faults, GError **error)
{
    size_t n_data = 0;
    g_autofree char *data = gh_csv_read_file(data_path, &n_data, error);
    if (data == NULL)
        return NULL;

    size_t n_meta = 0;
    g_autofree char *meta = gh_csv_read_file(meta_path, &n_meta, error);
    if (meta == NULL)
        return NULL;

    return gh_index_read(&(GhIndexFile){data_path, data, n_data},
                         &(GhIndexFile){meta_path, meta, n_meta}, faults, error);
}
