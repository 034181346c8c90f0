/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* index_compare.c - guildhall index compare: two specifications on the same data, side by side. */
#include "cli/index_command.h"

#include <stdlib.h>

typedef struct {
    const GhIndexData *data;
    GhIndexComparison *comparison;
} Pair;

static void
place_cell(GhTable *table, int place)
{
    if (place > 0)
        gh_table_int(table, place);
    else
        gh_table_absent(table);
}

static bool
write_pairs(GhTableFormat format, GhTableSink sink, void *sink_data, const void *data,
            GError **error)
{
    static const GhColumn COLUMNS[] = {
        {"uName", GH_COLUMN_TEXT},      {"Rank.1", GH_COLUMN_NUMBER},
        {"Rank.2", GH_COLUMN_NUMBER},   {"Diff", GH_COLUMN_NUMBER},
        {"Abs.diff", GH_COLUMN_NUMBER}, {"Score.1", GH_COLUMN_NUMBER},
        {"Score.2", GH_COLUMN_NUMBER},
    };
    const Pair *pair = data;
    const GArray *units = pair->comparison->units;
    g_autoptr(GArray) columns = gh_index_columns_new(pair->data);
    g_array_append_vals(columns, COLUMNS, G_N_ELEMENTS(COLUMNS));
    g_autoptr(GhTable) table =
        gh_table_new(format, "comparison", (const GhColumn *)(void *)columns->data, columns->len,
                     sink, sink_data);

    for (guint i = 0; i < units->len; i++) {
        const GhIndexCompared *unit = &g_array_index(units, GhIndexCompared, i);
        const bool both = unit->place_a > 0 && unit->place_b > 0;
        gh_index_write_unit(table, pair->data, unit->row);
        gh_table_text(table, pair->data->unit_names[unit->row]);
        place_cell(table, unit->place_a);
        place_cell(table, unit->place_b);
        if (both) {
            gh_table_int(table, unit->place_a - unit->place_b);
            gh_table_int(table, abs(unit->place_a - unit->place_b));
        } else {
            gh_table_absent(table);
            gh_table_absent(table);
        }
        gh_table_number_if_present(table, unit->value_a);
        gh_table_number_if_present(table, unit->value_b);
        if (!gh_table_end_row(table, error))
            return false;
    }
    return gh_table_close(table, error);
}

/* The widest gaps first; equal ones as in the data. */
static int
compare_gaps(const void *a, const void *b)
{
    const GhIndexCompared *x = a;
    const GhIndexCompared *y = b;
    const int gap_x = x->place_a > 0 && x->place_b > 0 ? abs(x->place_a - x->place_b) : -1;
    const int gap_y = y->place_a > 0 && y->place_b > 0 ? abs(y->place_a - y->place_b) : -1;

    if (gap_x != gap_y)
        return gap_x > gap_y ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

static bool
print_pairs(const Pair *pair, GError **error)
{
    enum {
        N_COLUMNS = 5,
        N_LEFT = 2
    };
    const GhLang *lang = gh_command_lang();
    const GArray *units = pair->comparison->units;
    g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) out = g_string_new(NULL);
    const char *const headings[N_COLUMNS] = {
        GH_T(lang, "Unit"),   GH_T(lang, "Name"),  GH_T(lang, "First"),
        GH_T(lang, "Second"), GH_T(lang, "Moves"),
    };

    for (size_t c = 0; c < N_COLUMNS; c++)
        g_ptr_array_add(cells, g_strdup(headings[c]));
    for (guint i = 0; i < units->len; i++) {
        const GhIndexCompared *unit = &g_array_index(units, GhIndexCompared, i);
        const int places[] = {unit->place_a, unit->place_b};
        g_ptr_array_add(cells, gh_index_data_row_name(pair->data, unit->row));
        g_ptr_array_add(cells, g_strdup(pair->data->unit_names[unit->row]));
        for (size_t p = 0; p < G_N_ELEMENTS(places); p++)
            g_ptr_array_add(cells,
                            places[p] > 0 ? g_strdup_printf("%d", places[p]) : g_strdup("-"));
        /* Up is towards the first place. */
        g_ptr_array_add(cells, unit->place_a > 0 && unit->place_b > 0
                                   ? g_strdup_printf("%+d", unit->place_a - unit->place_b)
                                   : g_strdup("-"));
    }
    gh_index_command_columns(out, (const char *const *)cells->pdata, units->len + 1, N_COLUMNS,
                             N_LEFT);
    return gh_command_write(out->str, out->len, error);
}

static void
say_comparison(const GhIndexComparison *comparison)
{
    g_autofree char *mean = gh_index_command_number(comparison->mean_shift);
    g_autofree char *most = g_strdup_printf("%d", comparison->max_shift);
    g_autofree char *spearman = gh_index_command_number(comparison->spearman);
    g_autofree char *kendall = gh_index_command_number(comparison->kendall);

    gh_command_say(stderr,
                   "a unit moves by {mean} places on average, {most} at most; scores correlate "
                   "with {spearman} (Spearman), {kendall} (Kendall)",
                   "mean", mean, "most", most, "spearman", spearman, "kendall", kendall, NULL);
    if (comparison->only_a + comparison->only_b > 0) {
        g_autofree char *first = gh_command_count((int64_t)comparison->only_a);
        g_autofree char *second = gh_command_count((int64_t)comparison->only_b);
        gh_command_say(stderr, "in one of them only: {first} in the first, {second} in the second",
                       "first", first, "second", second, NULL);
    }
}

bool
gh_index_command_compare(int argc, char **argv, const GhIndexOptions *options, GError **error)
{
    g_auto(GhIndexInput) first = {0};
    g_auto(GhIndexInput) second = {0};
    (void)argc; /* two, as the table of words says */

    if (!gh_index_input_load(argv[0], options, &first, error)
        || !gh_index_input_load(argv[1], options, &second, error)
        || !gh_index_command_folder(options, error))
        return false;
    g_autoptr(GhIndexResult) a = gh_index_run(first.data, first.spec, NULL, error);
    if (a == NULL) {
        g_prefix_error(error, "%s: ", argv[0]);
        return false;
    }
    g_autoptr(GhIndexResult) b = gh_index_run(second.data, second.spec, NULL, error);
    if (b == NULL) {
        g_prefix_error(error, "%s: ", argv[1]);
        return false;
    }
    g_autoptr(GhIndexComparison) comparison = gh_index_compare(a, NULL, b, NULL, error);
    if (comparison == NULL)
        return false;

    const Pair pair = {first.data, comparison};
    g_array_sort(comparison->units, compare_gaps);
    say_comparison(comparison);
    if (options->output == NULL && options->as_text)
        return print_pairs(&pair, error);
    if (!gh_index_command_table(options, "comparison", write_pairs, &pair, error))
        return false;
    gh_index_command_say_files(options, 1);
    return true;
}
