/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* figures_table.c - figures collected row by row, and made into the data of an index. */
#include "ranking/figures/figures_table.h"

#include <math.h>
#include <string.h>

#include "ranking/figures/countries.h"
#include "ranking/published/published.h"

static const char TOP_CODE[] = "index";

static void
row_clear(gpointer pointer)
{
    GhFigureRow *row = pointer;

    g_free(row->slug);
    g_free(row->name);
    g_free(row->country_code);
}

GhFigureTable *
gh_figure_table_new(const GhFramework *framework, const GhTargetSet *targets, const GhLens *lens)
{
    GhFigureTable *table = g_new0(GhFigureTable, 1);

    table->framework = gh_framework_ref(framework);
    table->targets = targets;
    table->lens = lens;
    table->columns = g_array_new(FALSE, FALSE, sizeof(GhFigureColumn));
    table->rows = g_array_new(FALSE, TRUE, sizeof(GhFigureRow));
    g_array_set_clear_func(table->rows, row_clear);
    table->values = g_array_new(FALSE, FALSE, sizeof(double));
    return table;
}

void
gh_figure_table_free(GhFigureTable *table)
{
    if (table == NULL)
        return;
    gh_framework_unref(table->framework);
    g_array_unref(table->columns);
    g_array_unref(table->rows);
    g_array_unref(table->values);
    g_free(table);
}

void
gh_figure_table_reset(GhFigureTable *table)
{
    g_array_set_size(table->rows, 0);
    g_array_set_size(table->values, 0);
    table->n_empty = 0;
}

bool
gh_figure_table_add_row(GhFigureTable *table, const GhCity *city, int year, GError **error)
{
    if (table->rows->len >= GH_INDEX_MAX_UNITS) {
        g_set_error(error, GH_RANKING_ERROR, GH_RANKING_ERROR_LIMIT, "more than %d rows",
                    GH_INDEX_MAX_UNITS);
        return false;
    }
    GhFigureRow row = {.city_id = city->id,
                       .slug = g_strdup(city->slug),
                       .name = g_strdup(city->name),
                       .country_code = g_strdup(city->country_code),
                       .year = year,
                       .base = gh_city_base(city, year)};
    row.base.currency = NULL;
    row.base.source = NULL;
    g_array_append_val(table->rows, row);
    return true;
}

static double
value_of(const GhFigureTable *table, size_t row, size_t column)
{
    return g_array_index(table->values, double, row * table->columns->len + column);
}

/* -- which columns are known of enough rows -- */

static bool
is_known_enough(const GhFigureTable *table, size_t column, double min_available)
{
    size_t n = 0;

    for (guint i = 0; i < table->rows->len; i++)
        n += isnan(value_of(table, i, column)) ? 0 : 1;
    return n > 0 && (double)n >= min_available * table->rows->len;
}

/* Indices of columns, in order. */
static GArray *
keep_columns(const GhFigureTable *table, double min_available, GPtrArray *left_out)
{
    GArray *kept = g_array_new(FALSE, FALSE, sizeof(size_t));

    for (size_t i = 0; i < table->columns->len; i++) {
        size_t point = g_array_index(table->columns, GhFigureColumn, i).data_point;
        if (is_known_enough(table, i, min_available))
            g_array_append_val(kept, i);
        else
            g_ptr_array_add(left_out, g_strdup(table->framework->data_points[point].id));
    }
    return kept;
}

/* -- the hierarchy -- */

/* Indices of the groups of one level, or of the lens, that have a kept column; in their own order. */
typedef struct {
    GArray *groups; /* of size_t */
    size_t level;   /* of the framework */
} Layer;

static size_t
group_of(const GhFigureTable *table, const GArray *kept, size_t i, size_t level)
{
    const GhFramework *framework = table->framework;
    size_t column = g_array_index(kept, size_t, i);
    const GhFigureColumn *from = &g_array_index(table->columns, GhFigureColumn, column);

    return table->lens != NULL
               ? from->lens_group
               : framework->kpis[framework->data_points[from->data_point].kpi].groups[level];
}

static Layer
layer_new(const GhFigureTable *table, const GArray *kept, size_t level)
{
    Layer layer = {.groups = g_array_new(FALSE, FALSE, sizeof(size_t)), .level = level};
    size_t n_groups = table->lens != NULL ? table->lens->n_groups : table->framework->n_groups;
    g_autofree bool *used = g_new0(bool, n_groups);

    for (size_t i = 0; i < kept->len; i++)
        used[group_of(table, kept, i, level)] = true;
    for (size_t i = 0; i < n_groups; i++) {
        if (used[i])
            g_array_append_val(layer.groups, i);
    }
    return layer;
}

static size_t
layer_find(const Layer *layer, size_t group)
{
    for (size_t i = 0; i < layer->groups->len; i++) {
        if (g_array_index(layer->groups, size_t, i) == group)
            return i;
    }
    g_assert_not_reached();
}

/* The group of the top level over a group of a lower one: they share its name. */
static size_t
top_of(const GhFramework *framework, size_t group)
{
    const char *top = framework->groups[group].top;
    gssize found = gh_framework_find_group(framework, 0, top, top);

    g_assert(found >= 0);
    return (size_t)found;
}

static void
fill_group(const GhFigureTable *table, size_t group, int level, size_t parent, GhIndexNode *node)
{
    const GhGroup *from = table->lens == NULL ? &table->framework->groups[group] : NULL;

    node->name = g_strdup(from != NULL ? from->name : table->lens->groups[group].name);
    node->code = from != NULL && from->level > 0 ? g_strconcat(from->top, "/", from->name, NULL)
                                                 : g_strdup(node->name);
    node->level = level;
    node->parent = (gssize)parent;
    node->weight = from != NULL ? from->weight : 1; /* a lens has none */
}

static void
fill_indicator(const GhFigureTable *table, const GhRankingSource *source, size_t column,
               size_t parent, GhIndexNode *node)
{
    const GhFigureColumn *from = &g_array_index(table->columns, GhFigureColumn, column);
    const GhDataPoint *point = &table->framework->data_points[from->data_point];
    const GhTarget *target = &table->targets->targets[from->data_point];
    bool is_share = source->values == GH_SOURCE_SHARES;
    const char *kpi = table->framework->kpis[point->kpi].name;

    node->code = g_strdup(point->id);
    node->name = g_strdup(point->label[0] != '\0' ? point->label : kpi);
    node->unit = g_strdup(is_share ? "% of target" : point->unit);
    node->level = 1;
    node->parent = (gssize)parent;
    node->direction = from->direction;
    /* Where figures are pooled as points, each counts the same. */
    node->weight = table->framework->scoring == GH_SCORING_POINTS
                       ? 1
                       : point->weight * table->framework->kpis[point->kpi].weight;
    node->target = is_share ? 100 : target->target;
}

/* Nodes: indicators, groups of the lowest level, those of the top where it is another one, the index. */
static void
fill_nodes(const GhFigureTable *table, const GhRankingSource *source, const GArray *kept,
           const Layer *low, const Layer *top, GhIndexData *data)
{
    const GhFramework *framework = table->framework;
    size_t n_low = low->groups->len, n_top = top != NULL ? top->groups->len : 0;
    size_t first_low = kept->len, first_top = first_low + n_low, index = first_top + n_top;
    int level = top != NULL ? 4 : 3;

    for (size_t i = 0; i < kept->len; i++)
        fill_indicator(table, source, g_array_index(kept, size_t, i),
                       first_low + layer_find(low, group_of(table, kept, i, low->level)),
                       &data->nodes[i]);
    for (size_t i = 0; i < n_low; i++) {
        size_t group = g_array_index(low->groups, size_t, i);
        size_t parent = top != NULL ? first_top + layer_find(top, top_of(framework, group)) : index;
        fill_group(table, group, 2, parent, &data->nodes[first_low + i]);
    }
    for (size_t i = 0; i < n_top; i++)
        fill_group(table, g_array_index(top->groups, size_t, i), 3, index,
                   &data->nodes[first_top + i]);
    data->nodes[index].code = g_strdup(TOP_CODE);
    data->nodes[index].name = g_strdup("Index");
    data->nodes[index].level = level;
}

/* -- what stands beside -- */

static int
find_category(GPtrArray *categories, const char *name)
{
    if (name == NULL || name[0] == '\0')
        return -1;
    for (guint i = 0; i < categories->len; i++) {
        if (strcmp(g_ptr_array_index(categories, i), name) == 0)
            return (int)i;
    }
    g_ptr_array_add(categories, g_strdup(name));
    return (int)categories->len - 1;
}

/* What sorts cities into groups; NULL or "" where it is not known. */
typedef const char *(*CategoryOf)(const char *country_code);

static const char *
category_country(const char *country_code)
{
    return country_code;
}

static const char *
category_region(const char *country_code)
{
    const GhCountry *country = gh_country_find(country_code);

    return country != NULL ? country->region : NULL;
}

static const char *
category_income(const char *country_code)
{
    const GhCountry *country = gh_country_find(country_code);

    return country != NULL && country->income != GH_INCOME_NOT_CLASSIFIED
               ? gh_income_name(country->income)
               : NULL;
}

static const struct {
    const char *code, *name;
    CategoryOf category;
} GROUPS[] = {
    {"country", "Country", category_country},
    {"region", "Region", category_region},
    {"income", "Income of the country", category_income},
};

static void
fill_groups(const GhFigureTable *table, GhIndexData *data)
{
    for (size_t k = 0; k < G_N_ELEMENTS(GROUPS); k++) {
        GhIndexGroup *group = &data->groups[k];
        GPtrArray *categories = g_ptr_array_new();
        group->code = g_strdup(GROUPS[k].code);
        group->name = g_strdup(GROUPS[k].name);
        for (guint i = 0; i < table->rows->len; i++) {
            const char *country = g_array_index(table->rows, GhFigureRow, i).country_code;
            group->of_unit[i] = find_category(categories, GROUPS[k].category(country));
        }
        group->n_categories = categories->len;
        group->categories = (char **)g_ptr_array_free(categories, FALSE);
    }
}

static void
fill_denominators(const GhFigureTable *table, GhIndexVariable *denominators)
{
    static const char *const names[] = {"population", "households", "area_km2", "gdp"};

    for (size_t k = 0; k < G_N_ELEMENTS(names); k++) {
        denominators[k].code = g_strdup(names[k]);
        denominators[k].name = g_strdup(names[k]);
    }
    for (guint i = 0; i < table->rows->len; i++) {
        const GhCityYear *base = &g_array_index(table->rows, GhFigureRow, i).base;
        denominators[0].values[i] = base->population;
        denominators[1].values[i] = base->households;
        denominators[2].values[i] = base->area_km2;
        denominators[3].values[i] = base->gdp;
    }
}

static void
fill_units(const GhFigureTable *table, const GArray *kept, GhIndexData *data)
{
    for (size_t i = 0; i < data->n_units; i++) {
        const GhFigureRow *row = &g_array_index(table->rows, GhFigureRow, i);
        data->unit_codes[i] = g_strdup(row->slug);
        data->unit_names[i] = g_strdup(row->name);
        if (data->years != NULL)
            data->years[i] = row->year;
        for (size_t k = 0; k < kept->len; k++)
            data->values[k * data->n_units + i] =
                value_of(table, i, g_array_index(kept, size_t, k));
    }
}

/* -- all of it -- */

static GhIndexData *
make_data(const GhFigureTable *table, const GhRankingSource *source, const GArray *kept,
          GError **error)
{
    const GhFramework *framework = table->framework;
    Layer low = layer_new(table, kept, framework->n_levels - 1);
    Layer top = layer_new(table, kept, 0);
    bool has_top = table->lens == NULL && framework->n_levels > 1;
    const GhIndexDataSize size = {
        .n_units = table->rows->len,
        .n_indicators = kept->len,
        .n_nodes = kept->len + low.groups->len + (has_top ? top.groups->len : 0) + 1,
        .n_groups = G_N_ELEMENTS(GROUPS),
        .n_denominators = 4,
        .with_years = source->is_panel,
    };
    g_autoptr(GhIndexData) data = gh_index_data_new(&size, error);

    if (data != NULL) {
        fill_nodes(table, source, kept, &low, has_top ? &top : NULL, data);
        fill_units(table, kept, data);
        fill_groups(table, data);
        fill_denominators(table, data->denominators);
    }
    g_array_unref(low.groups);
    g_array_unref(top.groups);
    if (data == NULL || !gh_index_data_complete(data, error))
        return NULL;
    return g_steal_pointer(&data);
}

/* Whose the rows are, beside the data. */
static void
fill_rows(const GhFigureTable *table, GhRankingFigures *figures)
{
    size_t n = table->rows->len;

    figures->years = g_new0(int, n);
    figures->populations = g_new0(double, n);
    figures->city_ids = g_new0(int64_t, n);
    for (size_t i = 0; i < n; i++) {
        const GhFigureRow *row = &g_array_index(table->rows, GhFigureRow, i);
        figures->years[i] = row->year;
        figures->populations[i] = row->base.population;
        figures->city_ids[i] = row->city_id;
        figures->first_year = i == 0 ? row->year : MIN(figures->first_year, row->year);
        figures->last_year = MAX(figures->last_year, row->year);
    }
}

GhRankingFigures *
gh_figure_table_finish(GhFigureTable *table, const GhRankingSource *source, GError **error)
{
    g_autoptr(GhRankingFigures) figures = g_new0(GhRankingFigures, 1);
    figures->left_out = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GArray) kept = keep_columns(table, source->min_available, figures->left_out);

    if (kept->len == 0) {
        g_set_error(error, GH_RANKING_ERROR, GH_RANKING_ERROR_DATA,
                    table->rows->len == 0
                        ? "data: no city has any of the figures asked for"
                        : "data: no data point is known of enough cities for \"min_available\"");
        return NULL;
    }
    figures->data = make_data(table, source, kept, error);
    if (figures->data == NULL)
        return NULL;
    figures->framework_id = g_strdup(table->framework->id);
    figures->framework_version = g_strdup(table->framework->version);
    figures->data_version = table->data_version;
    figures->year = source->year;
    figures->n_empty = table->n_empty;
    fill_rows(table, figures);
    return g_steal_pointer(&figures);
}
