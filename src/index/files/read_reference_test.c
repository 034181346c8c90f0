/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* read_reference_test.c - the two files of the published example, against what COINr keeps of them. Needs the
 * reference. */
#include "index/index_testing.h"
#include "index/read.h"

#include <stdlib.h>

static GhIndexData *
read_reference(const char *data_name)
{
    g_autofree char *data = gh_index_testing_path(data_name);
    g_autofree char *meta = gh_index_testing_path("asem_iMeta.csv");
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GError) error = NULL;
    if (data == NULL || meta == NULL)
        return NULL;

    GhIndexData *read = gh_index_read_paths(data, meta, faults, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(gh_faults_n_warnings(faults), ==, 0);
    return read;
}

static void
test_example(void)
{
    g_autoptr(GhIndexData) data = read_reference("asem_iData.csv");
    if (data == NULL)
        return;
    g_assert_cmpuint(data->n_units, ==, 51);
    g_assert_cmpuint(data->n_indicators, ==, 49);
    g_assert_cmpuint(data->n_nodes, ==, 60);
    g_assert_cmpuint(data->n_groups, ==, 4);
    g_assert_cmpuint(data->n_denominators, ==, 4);
    g_assert_null(data->years);

    g_autoptr(GhIndexTable) raw = gh_index_testing_table("data/step_Raw.csv");
    gh_index_assert_table(data, data->values, data->n_units, NULL, 0, data->n_indicators, raw);
}

static void
test_example_units(void)
{
    g_autoptr(GhIndexData) data = read_reference("asem_iData.csv");
    if (data == NULL)
        return;

    g_autoptr(GhIndexTable) want = gh_index_testing_table("data/meta_unit.csv");
    for (size_t i = 0; i < data->n_units; i++) {
        const char *code = data->unit_codes[i];
        g_assert_cmpstr(data->unit_names[i], ==, gh_index_table_text(want, code, "uName"));
        for (size_t g = 0; g < data->n_groups; g++)
            g_assert_cmpstr(data->groups[g].categories[data->groups[g].of_unit[i]], ==,
                            gh_index_table_text(want, code, data->groups[g].code));
        for (size_t d = 0; d < data->n_denominators; d++)
            gh_index_assert_near(data->denominators[d].values[i],
                                 gh_index_table_value(want, code, data->denominators[d].code), 0,
                                 code);
    }
}

/* The first column of meta_ind.csv is the level, so its rows are found by position. */
static void
test_example_indicators(void)
{
    g_autoptr(GhIndexData) data = read_reference("asem_iData.csv");
    if (data == NULL)
        return;

    g_autoptr(GhIndexTable) want = gh_index_testing_table("data/meta_ind.csv");
    size_t code = gh_index_table_column(want, "iCode");
    size_t n_found = 0;
    for (size_t r = 0; r < want->n_rows; r++) {
        gssize k = gh_index_data_find_node(data, want->texts[code * want->n_rows + r]);
        if (k < 0)
            continue; /* groups and denominators */
        const GhIndexNode *node = &data->nodes[k];
        const char *parent = node->parent >= 0 ? data->nodes[node->parent].code : "";
        const char *denominator =
            node->denominator >= 0 ? data->denominators[node->denominator].code : "";
        n_found++;
        g_assert_cmpint(node->level, ==, atoi(want->rows[r]));
#define CELL(column) (gh_index_table_column(want, column) * want->n_rows + r)
        g_assert_cmpstr(node->name, ==, want->texts[CELL("iName")]);
        g_assert_cmpstr(node->unit, ==, want->texts[CELL("Unit")]);
        g_assert_cmpstr(parent, ==, want->texts[CELL("Parent")]);
        g_assert_cmpstr(denominator, ==, want->texts[CELL("Denominator")]);
        g_assert_cmpfloat(node->direction, ==, want->values[CELL("Direction")]);
        g_assert_cmpfloat(node->weight, ==, want->values[CELL("Weight")]);
        gh_index_assert_near(node->target, want->values[CELL("Target")], 0, node->code);
#undef CELL
    }
    g_assert_cmpuint(n_found, ==, data->n_nodes);
}

static void
test_example_lineage(void)
{
    g_autoptr(GhIndexData) data = read_reference("asem_iData.csv");
    if (data == NULL)
        return;

    g_autoptr(GhIndexTable) want = gh_index_testing_table("data/lineage.csv");
    g_assert_cmpuint(want->n_rows, ==, data->n_indicators);
    for (size_t r = 0; r < want->n_rows; r++) {
        gssize k = gh_index_data_find_node(data, want->rows[r]);
        g_assert_cmpint(k, >=, 0);
        for (size_t c = 0; c < want->n_columns; c++) {
            gssize above = gh_index_data_ancestor(data, (size_t)k, (int)c + 2);
            g_assert_cmpint(above, >=, 0);
            g_assert_cmpstr(data->nodes[above].code, ==, want->texts[c * want->n_rows + r]);
        }
    }
}

static void
test_example_panel(void)
{
    g_autoptr(GhIndexData) data = read_reference("data/asem_iData_panel.csv");
    if (data == NULL)
        return;
    g_assert_cmpuint(data->n_units, ==, 255);
    g_assert_nonnull(data->years);
    int first = data->years[0];
    int last = first;
    for (size_t i = 0; i < data->n_units; i++) {
        first = MIN(first, data->years[i]);
        last = MAX(last, data->years[i]);
    }
    g_assert_cmpint(first, ==, 2018);
    g_assert_cmpint(last, ==, 2022);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/read/the example: its values", test_example);
    g_test_add_func("/read/the example: its units", test_example_units);
    g_test_add_func("/read/the example: its indicators", test_example_indicators);
    g_test_add_func("/read/the example: its lineage", test_example_lineage);
    g_test_add_func("/read/the example: its panel", test_example_panel);
    return g_test_run();
}
