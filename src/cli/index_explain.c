/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* index_explain.c - guildhall index explain: what the steps did, or one unit's result taken apart. */
#include "cli/index_command.h"

#include <math.h>
#include <string.h>

#include "base/layout.h"

/* -- one unit -- */

typedef struct {
    const GhIndexResult *result;
    const GhIndexExplanation *explanation;
} Explained;

/* From the top down, each node behind its parent. */
static void
walk(const GhIndexData *data, size_t node, GArray *order)
{
    g_array_append_val(order, node);
    for (size_t c = 0; c < data->nodes[node].n_children; c++)
        walk(data, data->nodes[node].children[c], order); /* no deeper than GH_INDEX_MAX_LEVELS */
}

static bool
write_parts(GhTableFormat format, GhTableSink sink, void *sink_data, const void *data,
            GError **error)
{
    static const GhColumn COLUMNS[] = {
        {"Level", GH_COLUMN_NUMBER},     {"iCode", GH_COLUMN_TEXT},
        {"iName", GH_COLUMN_TEXT},       {"Raw", GH_COLUMN_NUMBER},
        {"Score", GH_COLUMN_NUMBER},     {"Rank", GH_COLUMN_NUMBER},
        {"EffWeight", GH_COLUMN_NUMBER}, {"Contribution", GH_COLUMN_NUMBER},
    };
    const Explained *explained = data;
    const GhIndexData *index = explained->result->data;
    const size_t row = explained->explanation->row;
    g_autoptr(GArray) order = g_array_new(FALSE, FALSE, sizeof(size_t));
    g_autoptr(GhTable) table =
        gh_table_new(format, "explanation", COLUMNS, G_N_ELEMENTS(COLUMNS), sink, sink_data);

    walk(index, gh_index_data_top(index), order);
    for (guint n = 0; n < order->len; n++) {
        const size_t k = g_array_index(order, size_t, n);
        const GhIndexContribution *part = &explained->explanation->nodes[k];
        gh_table_int(table, index->nodes[k].level);
        gh_table_text(table, index->nodes[k].code);
        gh_table_text(table, index->nodes[k].name);
        gh_table_number_if_present(
            table, k < index->n_indicators ? index->values[k * index->n_units + row] : NAN);
        gh_table_number_if_present(table, part->value);
        if (part->place > 0)
            gh_table_int(table, part->place);
        else
            gh_table_absent(table);
        gh_table_number_if_present(table, part->effective);
        gh_table_number_if_present(table, part->contribution);
        if (!gh_table_end_row(table, error))
            return false;
    }
    return gh_table_close(table, error);
}

static bool
print_parts(const Explained *explained, GError **error)
{
    enum {
        N_COLUMNS = 5,
        N_LEFT = 1,
        INDENT = 2
    };
    const GhLang *lang = gh_command_lang();
    const GhIndexData *data = explained->result->data;
    g_autoptr(GArray) order = g_array_new(FALSE, FALSE, sizeof(size_t));
    g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) out = g_string_new(NULL);
    const char *const headings[N_COLUMNS] = {
        GH_T(lang, "Part"),   GH_T(lang, "Score"),        GH_T(lang, "Place"),
        GH_T(lang, "Weight"), GH_T(lang, "Contribution"),
    };

    for (size_t c = 0; c < N_COLUMNS; c++)
        g_ptr_array_add(cells, g_strdup(headings[c]));
    walk(data, gh_index_data_top(data), order);
    for (guint n = 0; n < order->len; n++) {
        const size_t k = g_array_index(order, size_t, n);
        const GhIndexContribution *part = &explained->explanation->nodes[k];
        g_ptr_array_add(cells,
                        g_strdup_printf("%*s%s", INDENT * (data->n_levels - data->nodes[k].level),
                                        "", data->nodes[k].code));
        g_ptr_array_add(cells, gh_index_command_number(part->value));
        g_ptr_array_add(cells,
                        part->place > 0 ? g_strdup_printf("%d", part->place) : g_strdup("-"));
        g_ptr_array_add(cells, gh_index_command_number(part->effective));
        g_ptr_array_add(cells, gh_index_command_number(part->contribution));
    }
    gh_index_command_columns(out, (const char *const *)cells->pdata, order->len + 1, N_COLUMNS,
                             N_LEFT);
    return gh_command_write(out->str, out->len, error);
}

static void
say_strengths(const GhIndexData *data, size_t row)
{
    enum {
        N = 5
    };
    GhIndexStrength strong[N];
    GhIndexStrength weak[N];
    size_t n = 0;
    g_autoptr(GString) best = g_string_new(NULL);
    g_autoptr(GString) worst = g_string_new(NULL);

    /* No indicator is both: at most half of those the unit has. */
    for (size_t j = 0; j < data->n_indicators; j++)
        n += isnan(data->values[j * data->n_units + row]) ? 0 : 1;
    n = gh_index_strengths(data, row, MIN(N, n / 2), strong, weak);
    for (size_t i = 0; i < n; i++) {
        g_string_append_printf(best, "%s%s (%d)", i > 0 ? ", " : "",
                               data->nodes[strong[i].node].code, strong[i].place);
        g_string_append_printf(worst, "%s%s (%d)", i > 0 ? ", " : "",
                               data->nodes[weak[i].node].code, weak[i].place);
    }
    if (n == 0)
        return;
    gh_command_say(stderr, "strong, with its place: {parts}", "parts", best->str, NULL);
    gh_command_say(stderr, "weak, with its place: {parts}", "parts", worst->str, NULL);
}

/* The row of that name, "AUT 2018" in a panel; of a code alone the last year. */
static bool
find_row(const GhIndexData *data, const char *unit, size_t *ret_row, GError **error)
{
    for (size_t i = 0; i < data->n_units; i++) {
        g_autofree char *name = gh_index_data_row_name(data, i);
        *ret_row = i;
        if (g_str_equal(name, unit))
            return true;
    }
    if (!gh_index_data_require_unit(data, unit, ret_row, error))
        return false;
    for (size_t i = 0; i < data->n_units; i++) {
        if (g_str_equal(data->unit_codes[i], unit) && data->years[i] > data->years[*ret_row])
            *ret_row = i;
    }
    g_autofree char *name = gh_index_data_row_name(data, *ret_row);
    gh_command_say(stderr, "the last year, \"{row}\"; other years are asked for in the same way",
                   "row", name, NULL);
    return true;
}

static bool
explain_unit(const GhIndexResult *result, const GhIndexSpec *spec, const char *unit,
             const GhIndexOptions *options, GError **error)
{
    size_t row = 0;
    if (!find_row(result->data, unit, &row, error))
        return false;
    g_autoptr(GhIndexExplanation) explanation =
        gh_index_explain(result, spec, row, gh_index_data_top(result->data), error);
    if (explanation == NULL)
        return false;

    const Explained explained = {result, explanation};
    if (!explanation->is_exact)
        gh_command_say(stderr,
                       "contributions are approximate: this index is not a weighted sum "
                       "(docs/index.md)",
                       NULL);
    say_strengths(result->data, row);
    if (options->output == NULL && options->as_text)
        return print_parts(&explained, error);
    if (!gh_index_command_table(options, "explanation", write_parts, &explained, error))
        return false;
    gh_index_command_say_files(options, 1);
    return true;
}

/* -- the steps -- */

static void
append_list(GString *out, const GPtrArray *texts)
{
    enum {
        INDENT = 3
    };

    for (guint i = 0; i < texts->len; i++) {
        g_string_append_printf(out, "%*s", INDENT, "");
        gh_layout_hang(out, g_ptr_array_index(texts, i), INDENT, gh_command_width());
    }
}

static void
count_marks(const GhIndexNotes *notes, size_t counts[GH_INDEX_MARK_TRANSFORMED + 1])
{
    for (size_t c = 0; c < notes->n_units * notes->n_indicators; c++)
        counts[notes->marks[c]]++;
}

static bool
explain_steps(const GhIndexResult *result, const GhIndexSpec *spec, GError **error)
{
    const GhLang *lang = gh_command_lang();
    size_t counts[GH_INDEX_MARK_TRANSFORMED + 1] = {0};
    g_autoptr(GString) out = g_string_new(NULL);

    g_string_append_printf(out, "%s\n", spec->name);
    for (size_t s = 0; s < spec->n_steps; s++) {
        g_autofree char *number = g_strdup_printf("%2zu  ", s + 1);
        g_autofree char *said = gh_index_command_say_step(spec->steps[s]);
        g_string_append(out, number);
        gh_layout_hang(out, said, strlen(number), gh_command_width());
    }
    count_marks(result->notes, counts);
    const struct {
        const char *what;
        size_t n;
    } changes[] = {
        {GH_MARK("values imputed"), counts[GH_INDEX_MARK_IMPUTED]},
        {GH_MARK("values moved in from above"), counts[GH_INDEX_MARK_WINSORISED_HIGH]},
        {GH_MARK("values moved in from below"), counts[GH_INDEX_MARK_WINSORISED_LOW]},
        {GH_MARK("values transformed"), counts[GH_INDEX_MARK_TRANSFORMED]},
        {GH_MARK("units left out"), result->notes->removed->len},
    };
    for (size_t c = 0; c < G_N_ELEMENTS(changes); c++)
        g_string_append_printf(out, "%6zu  %s\n", changes[c].n, GH_T(lang, changes[c].what));
    append_list(out, result->notes->removed);
    append_list(out, result->notes->remarks);
    append_list(out, result->notes->weights);
    return gh_command_write(out->str, out->len, error);
}

bool
gh_index_command_explain(int argc, char **argv, const GhIndexOptions *options, GError **error)
{
    g_auto(GhIndexInput) input = {0};

    if (!gh_index_input_load(argv[0], options, &input, error)
        || !gh_index_command_folder(options, error))
        return false;
    g_autoptr(GhIndexResult) result = gh_index_run(input.data, input.spec, NULL, error);
    if (result == NULL)
        return false;
    return argc > 1 ? explain_unit(result, input.spec, argv[1], options, error)
                    : explain_steps(result, input.spec, error);
}
