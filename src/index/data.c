/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* data.c - units, indicators and their hierarchy: made, checked, looked up. */
#include "index/data.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

/* clang-format off */
G_DEFINE_QUARK(gh-index-error-quark, gh_index_error)
/* clang-format on */

static bool
size_is_allowed(const GhIndexDataSize *size, GError **error)
{
    const struct {
        const char *what;
        size_t n, max;
    } limits[] = {
        {"units", size->n_units, GH_INDEX_MAX_UNITS},
        {"indicators and aggregates", size->n_nodes, GH_INDEX_MAX_NODES},
        {"groups", size->n_groups, GH_INDEX_MAX_EXTRAS},
        {"denominators", size->n_denominators, GH_INDEX_MAX_EXTRAS},
        {"outside variables", size->n_outside, GH_INDEX_MAX_EXTRAS},
        {"columns of metadata", size->n_extras, GH_INDEX_MAX_EXTRAS},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(limits); i++) {
        if (limits[i].n > limits[i].max) {
            g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_LIMIT,
                        "%zu %s are more than the %zu that an index can have", limits[i].n,
                        limits[i].what, limits[i].max);
            return false;
        }
    }
    if (size->n_units == 0 || size->n_indicators == 0) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DATA,
                    "there are no %s: an index needs at least one unit and one indicator",
                    size->n_units == 0 ? "units" : "indicators");
        return false;
    }
    return true;
}

static double *
new_gaps(size_t n, GError **error)
{
    double *values = g_try_new(double, n);

    if (values == NULL) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_LIMIT, "no memory for %zu values", n);
        return NULL;
    }
    for (size_t i = 0; i < n; i++)
        values[i] = NAN;
    return values;
}

static GhIndexVariable *
new_variables(size_t n, size_t n_units, GError **error)
{
    GhIndexVariable *variables = g_new0(GhIndexVariable, n + 1);

    for (size_t i = 0; i < n; i++) {
        variables[i].values = new_gaps(n_units, error);
        if (variables[i].values == NULL) {
            for (size_t k = 0; k < i; k++)
                g_free(variables[k].values);
            g_free(variables);
            return NULL;
        }
    }
    return variables;
}

GhIndexData *
gh_index_data_new(const GhIndexDataSize *size, GError **error)
{
    g_assert(size->n_nodes >= size->n_indicators);
    if (!size_is_allowed(size, error))
        return NULL;

    g_autoptr(GhIndexData) data = g_new0(GhIndexData, 1);
    data->ref_count = 1;
    data->n_units = size->n_units;
    data->n_indicators = size->n_indicators;
    data->n_nodes = size->n_nodes;
    data->unit_codes = g_new0(char *, size->n_units);
    data->unit_names = g_new0(char *, size->n_units);
    if (size->with_years)
        data->years = g_new0(int, size->n_units);
    data->nodes = g_new0(GhIndexNode, size->n_nodes);
    for (size_t k = 0; k < size->n_nodes; k++)
        data->nodes[k] = (GhIndexNode){.level = k < size->n_indicators ? 1 : 2,
                                       .parent = -1,
                                       .direction = 1,
                                       .weight = 1.0,
                                       .denominator = -1,
                                       .target = NAN};
    /* Units times indicators is below 2^37, so that no product of sizes here overflows. */
    data->values = new_gaps(size->n_units * size->n_indicators, error);
    if (data->values == NULL)
        return NULL;
    data->groups = g_new0(GhIndexGroup, size->n_groups + 1);
    data->n_groups = size->n_groups;
    for (size_t g = 0; g < size->n_groups; g++) {
        data->groups[g].of_unit = g_new(int, size->n_units);
        for (size_t i = 0; i < size->n_units; i++)
            data->groups[g].of_unit[i] = -1;
    }
    data->denominators = new_variables(size->n_denominators, size->n_units, error);
    if (data->denominators == NULL)
        return NULL;
    data->n_denominators = size->n_denominators;
    data->outside = new_variables(size->n_outside, size->n_units, error);
    if (data->outside == NULL)
        return NULL;
    data->n_outside = size->n_outside;
    data->extras = g_new0(GhIndexExtra, size->n_extras + 1);
    data->n_extras = size->n_extras;
    for (size_t e = 0; e < size->n_extras; e++) {
        data->extras[e].values = new_gaps(size->n_indicators, error);
        if (data->extras[e].values == NULL)
            return NULL;
    }
    return g_steal_pointer(&data);
}

static void
free_texts(char **texts, size_t n)
{
    for (size_t i = 0; texts != NULL && i < n; i++)
        g_free(texts[i]);
    g_free(texts);
}

static void
free_variables(GhIndexVariable *variables, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        g_free(variables[i].code);
        g_free(variables[i].name);
        g_free(variables[i].values);
    }
    g_free(variables);
}

static void
data_free(GhIndexData *data)
{
    free_texts(data->unit_codes, data->n_units);
    free_texts(data->unit_names, data->n_units);
    g_free(data->years);
    for (size_t k = 0; k < data->n_nodes; k++) {
        g_free(data->nodes[k].code);
        g_free(data->nodes[k].name);
        g_free(data->nodes[k].unit);
    }
    g_free(data->nodes);
    g_free(data->values);
    for (size_t g = 0; g < data->n_groups; g++) {
        g_free(data->groups[g].code);
        g_free(data->groups[g].name);
        free_texts(data->groups[g].categories, data->groups[g].n_categories);
        g_free(data->groups[g].of_unit);
    }
    g_free(data->groups);
    free_variables(data->denominators, data->n_denominators);
    free_variables(data->outside, data->n_outside);
    for (size_t e = 0; e < data->n_extras; e++) {
        g_free(data->extras[e].name);
        g_free(data->extras[e].values);
    }
    g_free(data->extras);
    g_free(data->child_list);
    g_free(data);
}

GhIndexData *
gh_index_data_ref(GhIndexData *data)
{
    g_atomic_int_inc(&data->ref_count);
    return data;
}

void
gh_index_data_unref(GhIndexData *data)
{
    if (data != NULL && g_atomic_int_dec_and_test(&data->ref_count))
        data_free(data);
}

/* -- checking -- */

static void
fill_text(char **text)
{
    if (*text == NULL)
        *text = g_strdup("");
}

static bool
code_is_usable(const char *what, const char *code, GError **error)
{
    if (code == NULL || code[0] == '\0') {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DATA, "%s without a code", what);
        return false;
    }
    if (strlen(code) > GH_INDEX_MAX_CODE_BYTES) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_LIMIT,
                    "the code of %s is longer than %d bytes: \"%.40s...\"", what,
                    GH_INDEX_MAX_CODE_BYTES, code);
        return false;
    }
    return true;
}

static bool
check_units(GhIndexData *data, GError **error)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (size_t i = 0; i < data->n_units; i++) {
        if (!code_is_usable("a unit", data->unit_codes[i], error))
            return false;
        fill_text(&data->unit_names[i]);
        g_autofree char *key =
            data->years != NULL
                ? g_strdup_printf("%s, year %d", data->unit_codes[i], data->years[i])
                : g_strdup(data->unit_codes[i]);
        if (g_hash_table_contains(seen, key)) {
            g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DATA,
                        "unit %s stands in the data twice; each has one row", key);
            return false;
        }
        g_hash_table_add(seen, g_steal_pointer(&key));
    }
    return true;
}

static bool
check_node(const GhIndexData *data, size_t k, GError **error)
{
    const GhIndexNode *node = &data->nodes[k];

    if (node->direction != 1 && node->direction != -1) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DATA,
                    "%s has direction %d; write 1 or -1", node->code, node->direction);
        return false;
    }
    if (!isfinite(node->weight) || node->weight < 0.0) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DATA,
                    "%s has weight %g; weights are 0 or more", node->code, node->weight);
        return false;
    }
    if ((k < data->n_indicators) != (node->level == 1)) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DATA,
                    "%s has level %d; indicators, and only they, are level 1", node->code,
                    node->level);
        return false;
    }
    if (node->parent >= 0 && data->nodes[node->parent].level != node->level + 1) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DATA,
                    "%s at level %d has parent %s at level %d; a parent is one level above",
                    node->code, node->level, data->nodes[node->parent].code,
                    data->nodes[node->parent].level);
        return false;
    }
    if (node->parent < 0 && node->level < data->n_levels) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DATA,
                    "%s at level %d has no parent; only the highest level, %d, goes without",
                    node->code, node->level, data->n_levels);
        return false;
    }
    return true;
}

static bool
check_nodes(GhIndexData *data, GError **error)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

    data->n_levels = 1;
    for (size_t k = 0; k < data->n_nodes; k++) {
        GhIndexNode *node = &data->nodes[k];
        if (!code_is_usable("an indicator or aggregate", node->code, error))
            return false;
        if (!g_hash_table_add(seen, node->code)) {
            g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DATA,
                        "code %s stands in the metadata twice; each is one indicator or aggregate",
                        node->code);
            return false;
        }
        fill_text(&node->name);
        fill_text(&node->unit);
        data->n_levels = MAX(data->n_levels, node->level);
    }
    if (data->n_levels > GH_INDEX_MAX_LEVELS) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_LIMIT,
                    "%d levels are more than the %d that an index can have", data->n_levels,
                    GH_INDEX_MAX_LEVELS);
        return false;
    }
    for (size_t k = 0; k < data->n_nodes; k++) {
        if (!check_node(data, k, error))
            return false;
    }
    return true;
}

/* Children of a node together, in node order: counted first, then filled in. */
static bool
make_children(GhIndexData *data, GError **error)
{
    g_autofree size_t *next = g_new0(size_t, data->n_nodes);
    size_t place = 0;

    data->child_list = g_new0(size_t, data->n_nodes);
    for (size_t k = 0; k < data->n_nodes; k++) {
        if (data->nodes[k].parent >= 0)
            data->nodes[data->nodes[k].parent].n_children++;
    }
    for (size_t k = 0; k < data->n_nodes; k++) {
        data->nodes[k].children = data->child_list + place;
        next[k] = place;
        place += data->nodes[k].n_children;
        if (k >= data->n_indicators && data->nodes[k].n_children == 0) {
            g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DATA,
                        "aggregate %s has nothing below it; give it indicators or take it out",
                        data->nodes[k].code);
            return false;
        }
    }
    for (size_t k = 0; k < data->n_nodes; k++) {
        if (data->nodes[k].parent >= 0)
            data->child_list[next[data->nodes[k].parent]++] = k;
    }
    return true;
}

static bool
check_values(const GhIndexData *data, GError **error)
{
    for (size_t j = 0; j < data->n_indicators; j++) {
        for (size_t i = 0; i < data->n_units; i++) {
            const double value = data->values[j * data->n_units + i];
            if (!isinf(value))
                continue;
            g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DATA,
                        "unit %s, indicator %s: the value is infinite; leave it empty",
                        data->unit_codes[i], data->nodes[j].code);
            return false;
        }
    }
    return true;
}

bool
gh_index_data_complete(GhIndexData *data, GError **error)
{
    for (size_t g = 0; g < data->n_groups; g++)
        fill_text(&data->groups[g].name);
    for (size_t d = 0; d < data->n_denominators; d++)
        fill_text(&data->denominators[d].name);
    for (size_t v = 0; v < data->n_outside; v++)
        fill_text(&data->outside[v].name);
    return check_units(data, error) && check_nodes(data, error) && make_children(data, error)
           && check_values(data, error);
}

/* -- looking up -- */

gssize
gh_index_data_find_node(const GhIndexData *data, const char *code)
{
    for (size_t k = 0; k < data->n_nodes; k++) {
        if (strcmp(data->nodes[k].code, code) == 0)
            return (gssize)k;
    }
    return -1;
}

gssize
gh_index_data_find_unit(const GhIndexData *data, const char *code)
{
    for (size_t i = 0; i < data->n_units; i++) {
        if (strcmp(data->unit_codes[i], code) == 0)
            return (gssize)i;
    }
    return -1;
}

gssize
gh_index_data_find_group(const GhIndexData *data, const char *code)
{
    for (size_t g = 0; g < data->n_groups; g++) {
        if (strcmp(data->groups[g].code, code) == 0)
            return (gssize)g;
    }
    return -1;
}

static gssize
find_variable(const GhIndexVariable *variables, size_t n, const char *code)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(variables[i].code, code) == 0)
            return (gssize)i;
    }
    return -1;
}

gssize
gh_index_data_find_denominator(const GhIndexData *data, const char *code)
{
    return find_variable(data->denominators, data->n_denominators, code);
}

gssize
gh_index_data_find_outside(const GhIndexData *data, const char *code)
{
    return find_variable(data->outside, data->n_outside, code);
}

/* Of the codes given, the one that a mistyped code most likely means; NULL when none is near. */
static const char *
nearest_code(const char *wanted, const char *(*code_of)(const GhIndexData *data, size_t i),
             const GhIndexData *data, size_t n)
{
    static const unsigned MAX_SLIPS = 2; /* our choice: two letters wrong, missing or too many */
    const char *nearest = NULL;
    unsigned least = MAX_SLIPS + 1;

    for (size_t i = 0; i < n; i++) {
        const char *code = code_of(data, i);
        const unsigned distance = gh_text_distance(wanted, code, MAX_SLIPS);
        if (distance < least) {
            least = distance;
            nearest = code;
        }
    }
    return nearest;
}

static const char *
node_code(const GhIndexData *data, size_t i)
{
    return data->nodes[i].code;
}

static const char *
unit_code(const GhIndexData *data, size_t i)
{
    return data->unit_codes[i];
}

static const char *
group_code(const GhIndexData *data, size_t i)
{
    return data->groups[i].code;
}

static bool
require(const GhIndexData *data, const char *what, const char *code, gssize found,
        const char *(*code_of)(const GhIndexData *data, size_t i), size_t n, size_t *ret,
        GError **error)
{
    if (found >= 0) {
        *ret = (size_t)found;
        return true;
    }
    const char *nearest = nearest_code(code, code_of, data, n);
    if (nearest != NULL)
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_UNKNOWN,
                    "there is no %s \"%s\"; did you mean \"%s\"?", what, code, nearest);
    else
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_UNKNOWN, "there is no %s \"%s\"%s", what,
                    code, n == 0 ? ": the metadata name none" : "; look at how it is written");
    return false;
}

bool
gh_index_data_require_node(const GhIndexData *data, const char *code, size_t *ret_node,
                           GError **error)
{
    return require(data, "indicator or aggregate", code, gh_index_data_find_node(data, code),
                   node_code, data->n_nodes, ret_node, error);
}

bool
gh_index_data_require_unit(const GhIndexData *data, const char *code, size_t *ret_unit,
                           GError **error)
{
    return require(data, "unit", code, gh_index_data_find_unit(data, code), unit_code,
                   data->n_units, ret_unit, error);
}

char *
gh_index_data_row_name(const GhIndexData *data, size_t row)
{
    return data->years == NULL ? g_strdup(data->unit_codes[row])
                               : g_strdup_printf("%s %d", data->unit_codes[row], data->years[row]);
}

bool
gh_index_data_require_group(const GhIndexData *data, const char *code, size_t *ret_group,
                            GError **error)
{
    return require(data, "group", code, gh_index_data_find_group(data, code), group_code,
                   data->n_groups, ret_group, error);
}

const double *
gh_index_data_extra(const GhIndexData *data, const char *name)
{
    for (size_t e = 0; e < data->n_extras; e++) {
        if (strcmp(data->extras[e].name, name) == 0)
            return data->extras[e].values;
    }
    return NULL;
}

gssize
gh_index_data_ancestor(const GhIndexData *data, size_t node, int level)
{
    gssize at = (gssize)node;

    if (level < data->nodes[node].level)
        return -1;
    while (at >= 0 && data->nodes[at].level < level)
        at = data->nodes[at].parent;
    return at;
}

size_t
gh_index_data_top(const GhIndexData *data)
{
    size_t top = 0;

    while (data->nodes[top].level < data->n_levels)
        top++;
    return top;
}
