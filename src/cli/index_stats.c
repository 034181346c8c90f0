/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* index_stats.c - guildhall index stats: what a statistician looks at before and after. */
#include "cli/index_stats.h"

#include <math.h>

/* -- each column by itself -- */

static bool
write_descriptions(GhTableFormat format, GhTableSink sink, void *sink_data, const void *data,
                   GError **error)
{
    static const GhColumn COLUMNS[] = {
        {"iCode", GH_COLUMN_TEXT},        {"Min", GH_COLUMN_NUMBER},
        {"Q5", GH_COLUMN_NUMBER},         {"Q25", GH_COLUMN_NUMBER},
        {"Median", GH_COLUMN_NUMBER},     {"Q75", GH_COLUMN_NUMBER},
        {"Q95", GH_COLUMN_NUMBER},        {"Max", GH_COLUMN_NUMBER},
        {"Mean", GH_COLUMN_NUMBER},       {"Std", GH_COLUMN_NUMBER},
        {"Skew", GH_COLUMN_NUMBER},       {"Kurt", GH_COLUMN_NUMBER},
        {"N.Avail", GH_COLUMN_NUMBER},    {"N.NonZero", GH_COLUMN_NUMBER},
        {"N.Unique", GH_COLUMN_NUMBER},   {"N.Same", GH_COLUMN_NUMBER},
        {"Frc.Avail", GH_COLUMN_NUMBER},  {"Frc.NonZero", GH_COLUMN_NUMBER},
        {"Frc.Unique", GH_COLUMN_NUMBER}, {"Frc.Same", GH_COLUMN_NUMBER},
    };
    const GhIndexLook *look = data;
    const size_t n = look->nodes->len;
    g_autofree GhIndexDescription *all = g_new0(GhIndexDescription, n);
    g_autoptr(GhTable) table =
        gh_table_new(format, "descriptive", COLUMNS, G_N_ELEMENTS(COLUMNS), sink, sink_data);

    gh_index_describe(look->state, (const size_t *)(void *)look->nodes->data, n, all);
    for (size_t k = 0; k < n; k++) {
        const GhIndexDescription *one = &all[k];
        const double numbers[] = {one->min, one->q5,   one->q25, one->median, one->q75, one->q95,
                                  one->max, one->mean, one->sd,  one->skew,   one->kurt};
        const size_t counts[] = {one->n_available, one->n_nonzero, one->n_unique, one->n_same};
        const double shares[] = {one->share_available, one->share_nonzero, one->share_unique,
                                 one->share_same};
        gh_table_text(table, gh_index_look_code(look, one->node));
        for (size_t c = 0; c < G_N_ELEMENTS(numbers); c++)
            gh_table_number_if_present(table, numbers[c]);
        for (size_t c = 0; c < G_N_ELEMENTS(counts); c++)
            gh_table_int(table, (int64_t)counts[c]);
        for (size_t c = 0; c < G_N_ELEMENTS(shares); c++)
            gh_table_number_if_present(table, shares[c]);
        if (!gh_table_end_row(table, error))
            return false;
    }
    return gh_table_close(table, error);
}

static bool
write_availability(GhTableFormat format, GhTableSink sink, void *sink_data, const void *data,
                   GError **error)
{
    static const char *const NUMBERS[] = {"N_Available", "N_Zero", "N", "Dat_Avail"};
    const GhIndexLook *look = data;
    const GhIndexState *state = look->state;
    g_autofree GhIndexAvailability *units = g_new0(GhIndexAvailability, state->n_units);
    g_autoptr(GArray) columns = gh_index_columns_new(look->data);
    gh_index_columns_add(columns, "iCode", GH_COLUMN_TEXT);
    for (size_t c = 0; c < G_N_ELEMENTS(NUMBERS); c++)
        gh_index_columns_add(columns, NUMBERS[c], GH_COLUMN_NUMBER);
    g_autoptr(GhTable) table =
        gh_table_new(format, "availability", (const GhColumn *)(void *)columns->data, columns->len,
                     sink, sink_data);

    for (size_t k = look->data->n_indicators; k < look->data->n_nodes; k++) {
        if (!state->active[k])
            continue;
        gh_index_availability(state, k, units);
        for (size_t i = 0; i < state->n_units; i++) {
            gh_index_write_unit(table, look->data, state->rows[i]);
            gh_table_text(table, gh_index_look_code(look, k));
            gh_table_int(table, (int64_t)units[i].n_available);
            gh_table_int(table, (int64_t)units[i].n_zero);
            gh_table_int(table, (int64_t)units[i].n);
            gh_table_number(table, (double)units[i].n_available / (double)units[i].n);
            if (!gh_table_end_row(table, error))
                return false;
        }
    }
    return gh_table_close(table, error);
}

/* -- pairs -- */

static const struct {
    GhCorrelation method;
    const char *name;
} METHODS[] = {
    {GH_CORRELATION_PEARSON, "pearson"},
    {GH_CORRELATION_SPEARMAN, "spearman"},
    {GH_CORRELATION_KENDALL, "kendall"},
};

/* Every pair once, with every method. */
static bool
write_correlations(GhTableFormat format, GhTableSink sink, void *sink_data, const void *data,
                   GError **error)
{
    static const GhColumn COLUMNS[] = {
        {"Var1", GH_COLUMN_TEXT},          {"Var2", GH_COLUMN_TEXT}, {"Method", GH_COLUMN_TEXT},
        {"Correlation", GH_COLUMN_NUMBER}, {"P", GH_COLUMN_NUMBER},  {"N", GH_COLUMN_NUMBER},
    };
    const GhIndexLook *look = data;
    const GhIndexState *state = look->state;
    g_autoptr(GhTable) table =
        gh_table_new(format, "correlations", COLUMNS, G_N_ELEMENTS(COLUMNS), sink, sink_data);

    for (guint a = 0; a < look->nodes->len; a++) {
        for (guint b = a + 1; b < look->nodes->len; b++) {
            const size_t first = g_array_index(look->nodes, size_t, a);
            const size_t second = g_array_index(look->nodes, size_t, b);
            for (size_t m = 0; m < G_N_ELEMENTS(METHODS); m++) {
                const GhIndexCorrelation r = gh_index_correlate(
                    gh_index_state_column(state, first), gh_index_state_column(state, second),
                    state->n_units, METHODS[m].method);
                gh_table_text(table, gh_index_look_code(look, first));
                gh_table_text(table, gh_index_look_code(look, second));
                gh_table_text(table, METHODS[m].name);
                gh_table_number_if_present(table, r.r);
                gh_table_number_if_present(table, r.p);
                gh_table_int(table, (int64_t)r.n);
                if (!gh_table_end_row(table, error))
                    return false;
            }
        }
    }
    return gh_table_close(table, error);
}

/* Each column against each denominator and each outside variable. */
static bool
write_links(GhTableFormat format, GhTableSink sink, void *sink_data, const void *data,
            GError **error)
{
    static const GhColumn COLUMNS[] = {
        {"Outside", GH_COLUMN_TEXT},     {"iCode", GH_COLUMN_TEXT},
        {"Pearson", GH_COLUMN_NUMBER},   {"P", GH_COLUMN_NUMBER},
        {"Spearman", GH_COLUMN_NUMBER},  {"N", GH_COLUMN_NUMBER},
        {"Intercept", GH_COLUMN_NUMBER}, {"Slope", GH_COLUMN_NUMBER},
    };
    const GhIndexLook *look = data;
    const GhIndexState *state = look->state;
    g_autofree double *outside = g_new(double, state->n_units);
    g_autoptr(GhTable) table =
        gh_table_new(format, "links", COLUMNS, G_N_ELEMENTS(COLUMNS), sink, sink_data);

    for (size_t v = 0; v < look->data->n_denominators + look->data->n_outside; v++) {
        const GhIndexVariable *variable =
            v < look->data->n_denominators ? &look->data->denominators[v]
                                           : &look->data->outside[v - look->data->n_denominators];
        for (size_t i = 0; i < state->n_units; i++)
            outside[i] = variable->values[state->rows[i]];
        for (guint k = 0; k < look->nodes->len; k++) {
            const size_t node = g_array_index(look->nodes, size_t, k);
            const GhIndexLink link =
                gh_index_link(outside, gh_index_state_column(state, node), state->n_units);
            gh_table_text(table, variable->code);
            gh_table_text(table, gh_index_look_code(look, node));
            gh_table_number_if_present(table, link.pearson.r);
            gh_table_number_if_present(table, link.pearson.p);
            gh_table_number_if_present(table, link.spearman.r);
            gh_table_int(table, (int64_t)link.pearson.n);
            gh_table_number_if_present(table, link.intercept);
            gh_table_number_if_present(table, link.slope);
            if (!gh_table_end_row(table, error))
                return false;
        }
    }
    return gh_table_close(table, error);
}

/* -- groups of columns -- */

/* The active children of an aggregate; their columns must be there. */
static GArray *
children_of(const GhIndexLook *look, size_t node)
{
    GArray *children = g_array_new(FALSE, FALSE, sizeof(size_t));
    const GhIndexNode *parent = &look->data->nodes[node];

    for (size_t c = 0; c < parent->n_children; c++) {
        if (look->state->active[parent->children[c]])
            g_array_append_val(children, parent->children[c]);
    }
    return children;
}

/* Aggregates whose children are among the columns looked at: all, or those above the indicators. */
static bool
is_shown(const GhIndexLook *look, size_t node)
{
    return look->state->active[node]
           && (look->nodes->len > look->n_indicators || look->data->nodes[node].level == 2);
}

static bool
write_reliability(GhTableFormat format, GhTableSink sink, void *sink_data, const void *data,
                  GError **error)
{
    static const GhColumn COLUMNS[] = {
        {"group", GH_COLUMN_TEXT}, {"n", GH_COLUMN_NUMBER}, {"alpha", GH_COLUMN_NUMBER}};
    const GhIndexLook *look = data;
    g_autoptr(GhTable) table =
        gh_table_new(format, "reliability", COLUMNS, G_N_ELEMENTS(COLUMNS), sink, sink_data);

    for (size_t k = look->data->n_indicators; k < look->data->n_nodes; k++) {
        if (!is_shown(look, k))
            continue;
        g_autoptr(GArray) children = children_of(look, k);
        gh_table_text(table, gh_index_look_code(look, k));
        gh_table_int(table, children->len);
        gh_table_number_if_present(
            table,
            gh_index_cronbach(look->state, (const size_t *)(void *)children->data, children->len));
        if (!gh_table_end_row(table, error))
            return false;
    }
    return gh_table_close(table, error);
}

static bool
write_one_group(GhTable *table, const GhIndexLook *look, size_t node, GError **error)
{
    g_autoptr(GArray) children = children_of(look, node);
    const size_t *codes = (const size_t *)(void *)children->data;
    g_autoptr(GError) own = NULL;
    g_autoptr(GhIndexComponents) components =
        children->len > 1 ? gh_index_components(look->state, codes, children->len, &own) : NULL;

    /* A group whose components are not defined (a column without spread) is told and passed: the others'
     * are still worth having. */
    if (own != NULL)
        gh_command_say(stderr, "no components of {group}: {why}", "group",
                       gh_index_look_code(look, node), "why", own->message, NULL);
    for (size_t c = 0; components != NULL && c < components->n; c++) {
        for (size_t j = 0; j < components->n; j++) {
            gh_table_text(table, gh_index_look_code(look, node));
            gh_table_int(table, (int64_t)c + 1);
            gh_table_number(table, components->eigenvalues[c]);
            gh_table_number(table, components->shares[c]);
            gh_table_text(table, gh_index_look_code(look, codes[j]));
            gh_table_number(table, components->vectors[c * components->n + j]);
            if (!gh_table_end_row(table, error))
                return false;
        }
    }
    return true;
}

static bool
write_components(GhTableFormat format, GhTableSink sink, void *sink_data, const void *data,
                 GError **error)
{
    static const GhColumn COLUMNS[] = {
        {"group", GH_COLUMN_TEXT},      {"pc", GH_COLUMN_NUMBER},  {"eigenvalue", GH_COLUMN_NUMBER},
        {"var_frac", GH_COLUMN_NUMBER}, {"iCode", GH_COLUMN_TEXT}, {"loading", GH_COLUMN_NUMBER},
    };
    const GhIndexLook *look = data;
    g_autoptr(GhTable) table =
        gh_table_new(format, "components", COLUMNS, G_N_ELEMENTS(COLUMNS), sink, sink_data);

    for (size_t k = look->data->n_indicators; k < look->data->n_nodes; k++) {
        if (is_shown(look, k) && !write_one_group(table, look, k, error))
            return false;
    }
    return gh_table_close(table, error);
}

static bool
write_weights(GhTableFormat format, GhTableSink sink, void *sink_data, const void *data,
              GError **error)
{
    static const GhColumn COLUMNS[] = {{"iCode", GH_COLUMN_TEXT},
                                       {"Level", GH_COLUMN_NUMBER},
                                       {"Weight", GH_COLUMN_NUMBER},
                                       {"EffWeight", GH_COLUMN_NUMBER}};
    const GhIndexLook *look = data;
    g_autofree double *effective = g_new0(double, look->data->n_nodes);
    g_autoptr(GhTable) table =
        gh_table_new(format, "weights", COLUMNS, G_N_ELEMENTS(COLUMNS), sink, sink_data);

    gh_index_effective_weights(look->state, effective);
    for (size_t k = 0; k < look->data->n_nodes; k++) {
        gh_table_text(table, gh_index_look_code(look, k));
        gh_table_int(table, look->data->nodes[k].level);
        gh_table_number(table, look->state->weights[k]);
        gh_table_number(table, effective[k]);
        if (!gh_table_end_row(table, error))
            return false;
    }
    return gh_table_close(table, error);
}

/* -- the word -- */

static const struct {
    const char *name;
    GhIndexTableFunc write;
} FILES[] = {
    {"descriptive", write_descriptions},  {"availability", write_availability},
    {"correlations", write_correlations}, {"components", write_components},
    {"reliability", write_reliability},   {"links", write_links},
    {"weights", write_weights},           {"clusters", gh_index_write_clusters},
    {"removed", gh_index_write_removed},
};

static bool
print_descriptions(const GhIndexLook *look, GError **error)
{
    enum {
        N_COLUMNS = 9,
        N_LEFT = 1
    };
    const GhLang *lang = gh_command_lang();
    const size_t n = look->nodes->len;
    g_autofree GhIndexDescription *all = g_new0(GhIndexDescription, n);
    g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) out = g_string_new(NULL);
    const char *const headings[N_COLUMNS] = {
        GH_T(lang, "Indicator"), GH_T(lang, "Known"), GH_T(lang, "Lowest"),
        GH_T(lang, "Median"),    GH_T(lang, "Mean"),  GH_T(lang, "Highest"),
        GH_T(lang, "Std. dev."), GH_T(lang, "Skew"),  GH_T(lang, "Kurtosis"),
    };

    for (size_t c = 0; c < N_COLUMNS; c++)
        g_ptr_array_add(cells, g_strdup(headings[c]));
    gh_index_describe(look->state, (const size_t *)(void *)look->nodes->data, n, all);
    for (size_t k = 0; k < n; k++) {
        const double numbers[] = {all[k].min, all[k].median, all[k].mean, all[k].max,
                                  all[k].sd,  all[k].skew,   all[k].kurt};
        g_ptr_array_add(cells, g_strdup(gh_index_look_code(look, all[k].node)));
        g_ptr_array_add(cells, g_strdup_printf("%zu", all[k].n_available));
        for (size_t c = 0; c < G_N_ELEMENTS(numbers); c++)
            g_ptr_array_add(cells, gh_index_command_number(numbers[c]));
    }
    gh_index_command_columns(out, (const char *const *)cells->pdata, n + 1, N_COLUMNS, N_LEFT);
    return gh_command_write(out->str, out->len, error);
}

static bool
write_or_print(const GhIndexOptions *options, const GhIndexLook *look, GError **error)
{
    if (options->output == NULL)
        return options->as_text ? print_descriptions(look, error)
                                : gh_index_command_table(options, "descriptive", write_descriptions,
                                                         look, error);
    for (size_t f = 0; f < G_N_ELEMENTS(FILES); f++) {
        if (!gh_index_command_table(options, FILES[f].name, FILES[f].write, look, error))
            return false;
    }
    gh_index_command_say_files(options, G_N_ELEMENTS(FILES));
    return true;
}

/* Which values: the raw ones, those of the steps up to "normalise", or all with the aggregates. */
typedef enum {
    OF_RAW,
    OF_NORMALISED,
    OF_AGGREGATED,
} Of;

static bool
read_of(const GhIndexOptions *options, Of *ret_of, GError **error)
{
    static const char *const WORDS[] = {"raw", "normalised", "aggregated"};

    *ret_of = OF_RAW;
    for (size_t w = 0; w < G_N_ELEMENTS(WORDS); w++) {
        if (options->of != NULL && g_str_equal(options->of, WORDS[w])) {
            *ret_of = (Of)w;
            return true;
        }
    }
    if (options->of == NULL)
        return true;
    g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC,
                "--of is raw, normalised or aggregated, not \"%s\"", options->of);
    return false;
}

bool
gh_index_command_stats(int argc, char **argv, const GhIndexOptions *options, GError **error)
{
    g_auto(GhIndexInput) input = {0};
    g_autoptr(GhIndexState) raw = NULL;
    g_autoptr(GhIndexResult) result = NULL;
    Of of = OF_RAW;
    (void)argc; /* one, as the table of words says */

    if (!read_of(options, &of, error) || !gh_index_input_load(argv[0], options, &input, error)
        || !gh_index_command_folder(options, error))
        return false;
    raw = gh_index_state_new(input.data);
    const GhIndexState *state = raw;
    if (of != OF_RAW) {
        result = gh_index_run(input.data, input.spec, NULL, error);
        if (result == NULL)
            return false;
        state = result->state;
    }
    g_autoptr(GArray) nodes = g_array_new(FALSE, FALSE, sizeof(size_t));
    GhIndexLook look = {.state = state,
                        .spec = input.spec,
                        .data = input.data,
                        .nodes = nodes,
                        .n_threads = (unsigned)options->threads};
    const size_t n_shown = of == OF_AGGREGATED ? input.data->n_nodes : input.data->n_indicators;
    for (size_t k = 0; k < n_shown; k++) {
        if (!look.state->active[k])
            continue;
        g_array_append_val(nodes, k);
        look.n_indicators += k < input.data->n_indicators ? 1 : 0;
    }
    return write_or_print(options, &look, error);
}
