/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* framework_groups.c - from rows to the arrays of the framework: KPIs, data points, groups.
 *
 * A group is a name at a level under a name of the top level. What lies in it follows from the rows
 * of kpis.csv; nobody writes groups down.
 */
#include "framework/framework_private.h"

static int
by_kpi(const void *a, const void *b)
{
    size_t kpi_a = ((const GhDataPointRow *)a)->data_point.kpi;
    size_t kpi_b = ((const GhDataPointRow *)b)->data_point.kpi;
    return (kpi_a > kpi_b) - (kpi_a < kpi_b);
}

/* The data points of a KPI come together, in the order of the file otherwise: the sort is stable. */
static void
build_data_points(GhFrameworkParser *parser)
{
    GhFrameworkOwner *owner = parser->owner;
    size_t n = parser->data_point_rows->len;
    GhDataPoint *points = gh_framework_keep_array(owner, n, sizeof *points);

    g_array_sort(parser->data_point_rows, by_kpi);
    for (size_t i = 0; i < n; i++) {
        points[i] = g_array_index(parser->data_point_rows, GhDataPointRow, i).data_point;
        if (*points[i].id != '\0')
            g_hash_table_insert(owner->data_points, (void *)(uintptr_t)points[i].id,
                                GSIZE_TO_POINTER(i + 1));
    }
    parser->framework->data_points = points;
    parser->framework->n_data_points = n;
}

static void
count_data_points(GhFrameworkParser *parser, GhKpi *kpis)
{
    const GhFramework *framework = parser->framework;

    for (size_t i = 0; i < framework->n_data_points; i++) {
        size_t kpi = framework->data_points[i].kpi;
        if (kpi == SIZE_MAX)
            continue;
        if (kpis[kpi].n_data_points++ == 0)
            kpis[kpi].first_data_point = i;
    }
    for (size_t i = 0; i < framework->n_kpis && parser->data_points_complete; i++)
        if (kpis[i].n_data_points == 0 && *kpis[i].id != '\0')
            gh_faults_add(parser->faults, GH_FAULT_ERROR, "kpis.csv",
                          g_array_index(parser->kpi_rows, GhKpiRow, i).line, "id", kpis[i].id,
                          GH_MARK("has no data point"),
                          GH_MARK("add its data points to data_points.csv"));
}

/* A slip that would otherwise go unnoticed: what alone makes up its KPI has nothing to be weighed
 * against. */
static void
warn_of_lone_weights(GhFrameworkParser *parser)
{
    const GhFramework *framework = parser->framework;

    for (size_t i = 0; i < framework->n_data_points; i++) {
        const GhDataPoint *point = &framework->data_points[i];
        if (point->kpi == SIZE_MAX || point->weight == 1.0
            || framework->kpis[point->kpi].n_data_points > 1
            || framework->scoring == GH_SCORING_POINTS)
            continue;
        gh_faults_add(parser->faults, GH_FAULT_WARNING, "data_points.csv",
                      g_array_index(parser->data_point_rows, GhDataPointRow, i).line, "weight",
                      NULL, GH_MARK("has no effect: the KPI has no other data point"),
                      GH_MARK("weigh the KPI in kpis.csv, or leave it empty"));
    }
}

void
gh_framework_build_rows(GhFrameworkParser *parser)
{
    GhFrameworkOwner *owner = parser->owner;
    size_t n = parser->kpi_rows->len;
    GhKpi *kpis = gh_framework_keep_array(owner, n, sizeof *kpis);

    for (size_t i = 0; i < n; i++) {
        kpis[i] = g_array_index(parser->kpi_rows, GhKpiRow, i).kpi;
        if (*kpis[i].id != '\0')
            g_hash_table_insert(owner->kpis, (void *)(uintptr_t)kpis[i].id,
                                GSIZE_TO_POINTER(i + 1));
    }
    parser->framework->kpis = kpis;
    parser->framework->n_kpis = n;
    build_data_points(parser);
    count_data_points(parser, kpis);
    warn_of_lone_weights(parser);
}

/* Index of the group in groups, added where it is new. */
static size_t
find_or_add_group(GhFrameworkParser *parser, GArray *groups, size_t level, const char *top,
                  const char *name)
{
    const char *level_id = parser->framework->levels[level].id;
    g_autofree char *key = gh_framework_key(level_id, top, name, NULL);
    size_t found = GPOINTER_TO_SIZE(g_hash_table_lookup(parser->owner->groups, key));
    if (found > 0)
        return found - 1;

    GhGroup group = {.level = level, .top = top, .name = name, .weight = 1.0};
    g_array_append_val(groups, group);
    g_hash_table_insert(parser->owner->groups, g_steal_pointer(&key),
                        GSIZE_TO_POINTER((size_t)groups->len));
    return groups->len - 1;
}

/* Returns places[kpi * n_levels + level]: the group in which a KPI lies. */
static size_t *
find_groups(GhFrameworkParser *parser, GArray *groups)
{
    const GhFramework *framework = parser->framework;
    size_t n_levels = framework->n_levels;
    size_t *places =
        gh_framework_keep_array(parser->owner, framework->n_kpis * n_levels, sizeof *places);

    for (size_t level = 0; level < n_levels; level++)
        for (size_t kpi = 0; kpi < framework->n_kpis; kpi++) {
            const char *const *names = g_array_index(parser->kpi_rows, GhKpiRow, kpi).level_names;
            places[kpi * n_levels + level] =
                find_or_add_group(parser, groups, level, names[0], names[level]);
        }
    return places;
}

/* KPIs and data points of every group, in their own order. */
static void
fill_groups(GhFrameworkParser *parser, GhGroup *groups, size_t n_groups, const size_t *places)
{
    const GhFramework *framework = parser->framework;
    size_t n_levels = framework->n_levels;
    size_t *kpis =
        gh_framework_keep_array(parser->owner, framework->n_kpis * n_levels, sizeof *kpis);
    size_t *points =
        gh_framework_keep_array(parser->owner, framework->n_data_points * n_levels, sizeof *points);
    g_autofree size_t *n_kpis = g_new0(size_t, n_groups);
    g_autofree size_t *n_points = g_new0(size_t, n_groups);

    for (size_t i = 0; i < framework->n_kpis * n_levels; i++) {
        n_kpis[places[i]]++;
        n_points[places[i]] += framework->kpis[i / n_levels].n_data_points;
    }
    for (size_t g = 0; g < n_groups; g++) {
        groups[g].kpis = kpis;
        groups[g].data_points = points;
        kpis += n_kpis[g];
        points += n_points[g];
    }
    for (size_t i = 0; i < framework->n_kpis * n_levels; i++) {
        GhGroup *group = &groups[places[i]];
        const GhKpi *kpi = &framework->kpis[i / n_levels];
        ((size_t *)(uintptr_t)group->kpis)[group->n_kpis++] = i / n_levels;
        for (size_t p = 0; p < kpi->n_data_points; p++)
            ((size_t *)(uintptr_t)group->data_points)[group->n_data_points++] =
                kpi->first_data_point + p;
    }
}

/* The group one level up in which each group lies; a fault where there are two. */
static size_t *
find_parents(GhFrameworkParser *parser, const GArray *groups, const size_t *places)
{
    const GhFramework *framework = parser->framework;
    size_t n_levels = framework->n_levels;
    size_t *parents = g_new(size_t, groups->len);
    for (size_t g = 0; g < groups->len; g++)
        parents[g] = SIZE_MAX;

    for (size_t i = 0; i < framework->n_kpis * n_levels; i++) {
        size_t level = i % n_levels;
        if (level == 0)
            continue;
        size_t *parent = &parents[places[i]];
        if (*parent != SIZE_MAX && *parent != places[i - 1])
            gh_faults_add(
                parser->faults, GH_FAULT_ERROR, "kpis.csv",
                g_array_index(parser->kpi_rows, GhKpiRow, i / n_levels).line,
                framework->levels[level].id, g_array_index(groups, GhGroup, places[i]).name,
                GH_MARK("lies in two groups of the level above"),
                GH_MARK("continuous scoring goes level by level: give the two different names,"
                        " or put both in one group"));
        *parent = places[i - 1];
    }
    return parents;
}

static void
build_children(GhFrameworkParser *parser, GArray *groups, const size_t *places)
{
    g_autofree size_t *parents = find_parents(parser, groups, places);
    size_t *children = gh_framework_keep_array(parser->owner, groups->len, sizeof *children);
    g_autofree size_t *n_children = g_new0(size_t, groups->len);

    for (size_t g = 0; g < groups->len; g++)
        if (parents[g] != SIZE_MAX)
            n_children[parents[g]]++;
    for (size_t g = 0; g < groups->len; g++) {
        g_array_index(groups, GhGroup, g).children = children;
        children += n_children[g];
    }
    for (size_t g = 0; g < groups->len; g++) {
        if (parents[g] == SIZE_MAX)
            continue;
        GhGroup *parent = &g_array_index(groups, GhGroup, parents[g]);
        ((size_t *)(uintptr_t)parent->children)[parent->n_children++] = g;
    }
}

static void
apply_weights(GhFrameworkParser *parser, GArray *groups)
{
    for (size_t i = 0; i < parser->weights->len; i++) {
        const GhGroupWeight *weight = &g_array_index(parser->weights, GhGroupWeight, i);
        size_t n_found = 0;
        for (size_t g = 0; g < groups->len; g++) {
            GhGroup *group = &g_array_index(groups, GhGroup, g);
            if (group->level != weight->level || !g_str_equal(group->name, weight->name)
                || (*weight->top != '\0' && !g_str_equal(group->top, weight->top)))
                continue;
            group->weight = weight->weight;
            n_found++;
        }
        if (n_found == 0 && parser->kpis_complete)
            gh_faults_add(parser->faults, GH_FAULT_ERROR, "framework.json", weight->line,
                          weight->path, weight->name, GH_MARK("is not a group of that level"),
                          GH_MARK("write a name as it stands in kpis.csv"));
        if (n_found > 0 && parser->scoring_known && parser->framework->scoring == GH_SCORING_POINTS)
            gh_faults_add(
                parser->faults, GH_FAULT_WARNING, "framework.json", weight->line, weight->path,
                weight->name, GH_MARK("has no effect"),
                GH_MARK("scoring by points counts every data point alike: leave weights out"));
    }
}

void
gh_framework_build_groups(GhFrameworkParser *parser)
{
    GhFramework *framework = parser->framework;
    g_autoptr(GArray) groups = g_array_new(FALSE, TRUE, sizeof(GhGroup));

    if (!parser->levels_known)
        return;
    size_t *places = find_groups(parser, groups);
    apply_weights(parser, groups);
    if (framework->scoring != GH_SCORING_POINTS)
        build_children(parser, groups, places);

    GhGroup *kept = gh_framework_keep_array(parser->owner, groups->len, sizeof *kept);
    for (size_t g = 0; g < groups->len; g++)
        kept[g] = g_array_index(groups, GhGroup, g);
    fill_groups(parser, kept, groups->len, places);
    framework->groups = kept;
    framework->n_groups = groups->len;
    for (size_t i = 0; i < framework->n_kpis; i++)
        ((GhKpi *)(uintptr_t)framework->kpis)[i].groups = places + i * framework->n_levels;
}
