/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* figures_load.c - the rows of an index: which data points, which cities, and their figures. */
#include <gio/gio.h>
#include <math.h>
#include <string.h>

#include "evaluation/evaluation.h"
#include "ranking/figures/figures_private.h"
#include "ranking/figures/figures_table.h"
#include "ranking/published/published.h"

enum {
    IDS_MAX_BYTES = 400, /* of a message; about a dozen ids */
};

/* -- which data points -- */

static bool
is_asked(const GhRankingSource *source, const GhFramework *framework, const GhTargetSet *targets,
         size_t point)
{
    switch (source->points) {
    case GH_SOURCE_POINTS_SCORED:
        return targets->targets[point].rule != GH_RULE_NONE;
    case GH_SOURCE_POINTS_ALL:
        return true;
    case GH_SOURCE_POINTS_NAMED:
        return g_hash_table_contains(source->point_ids, framework->data_points[point].id);
    }
    g_assert_not_reached();
}

/* 0: the framework judges it by no more-is-better, and the source says nothing. */
static int
direction_of(const GhRankingSource *source, const GhDataPoint *point)
{
    int own = GPOINTER_TO_INT(g_hash_table_lookup(source->directions, point->id));

    if (source->values == GH_SOURCE_SHARES)
        return 1;
    if (own != 0)
        return own;
    return point->direction == GH_DIRECTION_HIGHER  ? 1
           : point->direction == GH_DIRECTION_LOWER ? -1
                                                    : 0;
}

/* The name of a set that no element of all has. */
static const char *
find_stranger(GHashTable *names, bool (*is_known)(const char *name, const void *all),
              const void *all)
{
    GHashTableIter iter;
    void *name = NULL;
    const char *stranger = NULL;

    g_hash_table_iter_init(&iter, names);
    while (g_hash_table_iter_next(&iter, &name, NULL)) {
        /* the first of the alphabet, so that the message is always the same */
        if (!is_known(name, all) && (stranger == NULL || strcmp(name, stranger) < 0))
            stranger = name;
    }
    return stranger;
}

static bool
is_data_point(const char *name, const void *all)
{
    return gh_framework_find_data_point(all, name) >= 0;
}

static bool
check_names(const GhRankingSource *source, const GhFramework *framework, GError **error)
{
    const char *stranger = source->point_ids != NULL
                               ? find_stranger(source->point_ids, is_data_point, framework)
                               : NULL;
    if (stranger == NULL)
        stranger = find_stranger(source->directions, is_data_point, framework);
    if (stranger == NULL)
        return true;
    g_set_error(error, GH_RANKING_ERROR, GH_RANKING_ERROR_DATA,
                "data: framework %s, version %s, has no data point %s", framework->id,
                framework->version, stranger);
    return false;
}

/* The id, behind those named before; a long list ends with dots. */
static void
add_id(GString *ids, const char *id)
{
    if (ids->len > IDS_MAX_BYTES) {
        if (!g_str_has_suffix(ids->str, "..."))
            g_string_append(ids, ", ...");
        return;
    }
    g_string_append_printf(ids, "%s%s", ids->len > 0 ? ", " : "", id);
}

/* Whether all numbers can be read as the source wants them; the ids of those that cannot. */
static bool
check_points(const GhRankingSource *source, const GhFigureTable *table, GError **error)
{
    g_autoptr(GString) without_target = g_string_new(NULL);
    g_autoptr(GString) without_direction = g_string_new(NULL);

    for (guint i = 0; i < table->columns->len; i++) {
        const GhFigureColumn *column = &g_array_index(table->columns, GhFigureColumn, i);
        const char *id = table->framework->data_points[column->data_point].id;
        if (source->values == GH_SOURCE_SHARES
            && table->targets->targets[column->data_point].rule == GH_RULE_NONE)
            add_id(without_target, id);
        if (column->direction == 0)
            add_id(without_direction, id);
    }
    if (without_target->len > 0) {
        g_set_error(error, GH_RANKING_ERROR, GH_RANKING_ERROR_DATA,
                    "data: without a target in the set \"%s\", so without a share of it: %s; leave "
                    "them out, or ask for \"values\": \"value\"",
                    table->targets->id, without_target->str);
        return false;
    }
    if (without_direction->len > 0) {
        g_set_error(
            error, GH_RANKING_ERROR, GH_RANKING_ERROR_DATA,
            "data: neither more nor less is better of %s; say which in \"directions\", leave "
            "them out, or ask for \"values\": \"share_of_target\"",
            without_direction->str);
        return false;
    }
    return true;
}

/* The group of a lens that a KPI's first row names, or the one around it; -1: it is in none. */
static gssize
find_lens_group(const GhLens *lens, size_t kpi)
{
    for (size_t i = 0; i < lens->n_places; i++) {
        if (lens->places[i].kpi != kpi)
            continue;
        gssize group = lens->places[i].group;
        while (group >= 0 && lens->groups[group].parent >= 0)
            group = lens->groups[group].parent;
        return group;
    }
    return -1;
}

/* What a lens does not place has no part in an index through it. */
static bool
place(const GhFigureTable *table, GhFigureColumn *column)
{
    if (table->lens == NULL)
        return true;
    gssize group =
        find_lens_group(table->lens, table->framework->data_points[column->data_point].kpi);
    column->lens_group = group >= 0 ? (size_t)group : 0;
    return group >= 0;
}

static bool
choose_points(const GhRankingSource *source, GhFigureTable *table, GError **error)
{
    const GhFramework *framework = table->framework;

    if (!check_names(source, framework, error))
        return false;
    for (size_t i = 0; i < framework->n_data_points; i++) {
        GhFigureColumn column = {.data_point = i,
                                 .direction = direction_of(source, &framework->data_points[i])};
        if (is_asked(source, framework, table->targets, i) && place(table, &column))
            g_array_append_val(table->columns, column);
    }
    return check_points(source, table, error);
}

/* -- the rows -- */

typedef struct {
    const GhRankingSource *source;
    GhFigureTable *table;
    GHashTable *met; /* names of the source's cities that were there; borrowed texts */
    int year;        /* 0: each city's latest */
    const GhProgress *progress;
    size_t n_walked;
} Walk;

static bool
takes_city(Walk *walk, const GhCity *city)
{
    const GhRankingSource *source = walk->source;
    const char *name = source->cities == GH_SOURCE_CITIES_NAMED ? city->slug : city->country_code;
    void *known = NULL;

    if (source->cities == GH_SOURCE_CITIES_ALL)
        return true;
    if (!g_hash_table_lookup_extended(source->city_names, name, &known, NULL))
        return false;
    g_hash_table_add(walk->met, known);
    return true;
}

static double
take_value(const GhRankingSource *source, const GhTargetSet *targets, const GhFigure *figure)
{
    if (figure->status != GH_STATUS_REPORTED || isnan(figure->value)
        || (source->verified_only && !figure->verified))
        return NAN;
    if (source->values == GH_SOURCE_VALUES)
        return figure->value;
    return gh_score_share(&targets->targets[figure->data_point], figure->value);
}

static bool
take_city(const GhCity *city, const GhFigureSet *set, void *data, GError **error)
{
    Walk *walk = data;
    GhFigureTable *table = walk->table;
    bool has_any = false;

    if (walk->n_walked++ % 256 == 0
        && !gh_progress_report(walk->progress, GH_MARK("reading figures"), 0.5)) {
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped");
        return false;
    }
    if (!takes_city(walk, city))
        return true;
    for (guint i = 0; i < table->columns->len; i++) {
        size_t point = g_array_index(table->columns, GhFigureColumn, i).data_point;
        double value = take_value(walk->source, table->targets, &set->figures[point]);
        has_any = has_any || !isnan(value);
        g_array_append_val(table->values, value);
    }
    if (!has_any) {
        g_array_set_size(table->values, table->values->len - table->columns->len);
        table->n_empty += walk->year == 0 || !walk->source->is_panel ? 1 : 0;
        return true;
    }
    return gh_figure_table_add_row(table, city, set->year, error);
}

static bool
is_met(const char *name, const void *all)
{
    GHashTable *const *met = all;

    return g_hash_table_contains(*met, name);
}

/* Years in which any city has figures, ascending. */
static GArray *
list_years(GhDb *db, const GhFramework *framework, GError **error)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(int));
    g_autoptr(GPtrArray) cities = gh_city_list(db, error);
    if (cities == NULL)
        return NULL;

    g_autofree bool *seen =
        g_new0(bool, (size_t)(framework->last_year - framework->first_year) + 1);
    for (guint i = 0; i < cities->len; i++) {
        const GhCity *city = g_ptr_array_index(cities, i);
        g_autoptr(GArray) years = gh_figures_years(db, framework, city->id, error);
        if (years == NULL)
            return NULL;
        for (guint k = 0; k < years->len; k++) {
            int year = g_array_index(years, int, k);
            if (year >= framework->first_year && year <= framework->last_year)
                seen[year - framework->first_year] = true;
        }
    }
    for (int year = framework->first_year; year <= framework->last_year; year++) {
        if (seen[year - framework->first_year])
            g_array_append_val(all, year);
    }
    return g_steal_pointer(&all);
}

static bool
walk_panel(GhDb *db, Walk *walk, GError **error)
{
    g_autoptr(GArray) years = list_years(db, walk->table->framework, error);
    if (years == NULL)
        return false;

    for (guint i = 0; i < years->len; i++) {
        walk->year = g_array_index(years, int, i);
        if (!gh_figures_each_city(db, walk->table->framework, walk->year, take_city, walk, error))
            return false;
    }
    return true;
}

static bool
walk_rows(GhDb *db, const GhRankingSource *source, GhFigureTable *table, const GhProgress *progress,
          GError **error)
{
    g_autoptr(GHashTable) met = g_hash_table_new(g_str_hash, g_str_equal);
    Walk walk = {
        .source = source, .table = table, .met = met, .year = source->year, .progress = progress};

    if (source->is_panel
            ? !walk_panel(db, &walk, error)
            : !gh_figures_each_city(db, table->framework, source->year, take_city, &walk, error))
        return false;

    const char *stranger = source->cities == GH_SOURCE_CITIES_ALL
                               ? NULL
                               : find_stranger(source->city_names, is_met, &met);
    if (stranger == NULL)
        return true;
    g_set_error(error, GH_RANKING_ERROR, GH_RANKING_ERROR_DATA,
                source->cities == GH_SOURCE_CITIES_NAMED
                    ? "data: there is no city with the slug %s"
                    : "data: there is no city of the country %s",
                stranger);
    return false;
}

/* -- all of it -- */

typedef struct {
    const GhRankingSource *source;
    GhFigureTable *table;
    const GhProgress *progress;
} Work;

static bool
read_table(GhDb *db, void *data, GError **error)
{
    Work *work = data;

    gh_figure_table_reset(work->table); /* an earlier try may have been rolled back */
    return gh_db_data_version(db, &work->table->data_version, error)
           && walk_rows(db, work->source, work->table, work->progress, error);
}

static const GhTargetSet *
find_targets(const GhRankingSource *source, const GhFramework *framework, GError **error)
{
    const GhTargetSet *targets = source->targets != NULL
                                     ? gh_framework_find_targets(framework, source->targets)
                                 : framework->n_target_sets > 0 ? &framework->target_sets[0]
                                                                : NULL;

    if (targets == NULL)
        g_set_error(error, GH_RANKING_ERROR, GH_RANKING_ERROR_DATA,
                    "data: framework %s has no target set %s", framework->id,
                    source->targets != NULL ? source->targets : "at all");
    return targets;
}

static bool
find_lens(const GhRankingSource *source, const GhFramework *framework, const GhLens **ret_lens,
          GError **error)
{
    if (source->lens == NULL)
        return true;
    *ret_lens = gh_framework_find_lens(framework, source->lens);
    if (*ret_lens == NULL)
        g_set_error(error, GH_RANKING_ERROR, GH_RANKING_ERROR_DATA,
                    "data: framework %s, version %s, has no lens %s", framework->id,
                    framework->version, source->lens);
    return *ret_lens != NULL;
}

GhRankingFigures *
gh_ranking_figures_load(GhStore *store, const GhRankingSource *source, const GhProgress *progress,
                        GError **error)
{
    g_autoptr(GhFramework) framework =
        gh_framework_get(store, source->framework, source->version, error);
    if (framework == NULL)
        return NULL;
    const GhTargetSet *targets = find_targets(source, framework, error);
    if (targets == NULL)
        return NULL;

    const GhLens *lens = NULL;
    if (!find_lens(source, framework, &lens, error))
        return NULL;

    g_autoptr(GhFigureTable) table = gh_figure_table_new(framework, targets, lens);
    Work work = {.source = source, .table = table, .progress = progress};
    if (!choose_points(source, table, error) || !gh_store_read(store, read_table, &work, error))
        return NULL;
    g_autoptr(GhRankingFigures) figures = gh_figure_table_finish(table, source, error);
    if (figures == NULL || !gh_ranking_figures_find_breaks(store, source, figures, error))
        return NULL;
    return g_steal_pointer(&figures);
}

void
gh_ranking_figures_free(GhRankingFigures *figures)
{
    if (figures == NULL)
        return;
    g_clear_pointer(&figures->data, gh_index_data_unref);
    g_free(figures->framework_id);
    g_free(figures->framework_version);
    g_clear_pointer(&figures->left_out, g_ptr_array_unref);
    g_free(figures->years);
    g_free(figures->breaks);
    g_free(figures->populations);
    g_free(figures->city_ids);
    g_free(figures);
}
