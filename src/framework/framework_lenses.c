/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* framework_lenses.c - lenses/NAME.csv: a second way to group the KPIs, with a reason in every row. */
#include "framework/framework_sheet.h"

#include <string.h>

enum {
    LENS_KPI,
    LENS_GROUP,
    LENS_SUBGROUP,
    LENS_REASON,
    LENS_SOURCE,
    LENS_CONFIDENCE,
    LENS_KPI_NAME,
    N_LENS_COLUMNS,
};

static const GhSheetColumn LENS_COLUMNS[N_LENS_COLUMNS] = {
    [LENS_KPI] = {"kpi_id", true},
    [LENS_GROUP] = {"group", true},
    [LENS_SUBGROUP] = {"subgroup", false},
    [LENS_REASON] = {"reason", true},
    [LENS_SOURCE] = {"source", false},
    [LENS_CONFIDENCE] = {"confidence", false},
    /* For whoever edits the file: not read. */
    [LENS_KPI_NAME] = {"kpi_name", false},
};

static const char *const CONFIDENCE[] = {"read", "inferred", NULL};

/* A group while the file is read. */
typedef struct {
    const char *name;
    gssize parent; /* index in Reading.groups; -1: of none */
} Group;

typedef struct {
    GhFrameworkParser *parser;
    GArray *groups;   /* of Group, in order of first appearance */
    GHashTable *keys; /* parent, name -> index + 1 */
    GArray *places;   /* of GhLensPlace, with indices of groups */
    GHashTable *seen; /* kpi, group -> line: the second is a fault */
    size_t *n_rows;   /* of each KPI */
    bool *placed;     /* each KPI */
} Reading;

static gssize
find_or_add(Reading *reading, gssize parent, const char *name)
{
    g_autofree char *of = g_strdup_printf("%" G_GSSIZE_FORMAT, parent);
    char *key = gh_framework_key(of, name, NULL);
    size_t found = GPOINTER_TO_SIZE(g_hash_table_lookup(reading->keys, key));
    if (found > 0) {
        g_free(key);
        return (gssize)found - 1;
    }

    const Group group = {.name = name, .parent = parent};
    g_array_append_val(reading->groups, group);
    g_hash_table_insert(reading->keys, key, GSIZE_TO_POINTER((size_t)reading->groups->len));
    return (gssize)reading->groups->len - 1;
}

/* -- rows -- */

static gssize
find_kpi(GhSheet *sheet)
{
    GhFrameworkParser *parser = gh_sheet_parser(sheet);
    const char *id = gh_sheet_peek(sheet, LENS_KPI);
    gssize kpi = gh_framework_find_kpi(parser->framework, id);

    if (kpi >= 0 || !parser->kpis_complete)
        return kpi;
    if (*id == '\0') {
        gh_sheet_fault(sheet, GH_FAULT_ERROR, LENS_KPI, GH_MARK("is empty"),
                       GH_MARK("write the id of a KPI"));
        return -1;
    }
    g_autofree char *remedy =
        gh_framework_suggest(parser, (const char *const *)parser->kpi_ids->pdata, id,
                             GH_MARK("write the id of a KPI as in kpis.csv"));
    gh_sheet_fault(sheet, GH_FAULT_ERROR, LENS_KPI, GH_MARK("is not in kpis.csv"), remedy);
    return -1;
}

/* The group or subgroup the row names; -1: it says that the KPI is not placed. */
static gssize
read_group(GhSheet *sheet, Reading *reading)
{
    const char *name = gh_sheet_keep_name(sheet, LENS_GROUP, GH_CELL_MAY_BE_EMPTY);
    const char *sub = gh_sheet_keep_name(sheet, LENS_SUBGROUP, GH_CELL_MAY_BE_EMPTY);

    if (*name == '\0') {
        if (*sub != '\0')
            gh_sheet_fault(sheet, GH_FAULT_ERROR, LENS_SUBGROUP, GH_MARK("has no group"),
                           GH_MARK("write the group as well, or neither"));
        return -1;
    }
    gssize group = find_or_add(reading, -1, name);
    return *sub != '\0' ? find_or_add(reading, group, sub) : group;
}

/* A KPI stands in a group once, and is either placed or not. */
static void
check_twice(GhSheet *sheet, Reading *reading, gssize kpi, gssize group)
{
    g_autofree char *key = g_strdup_printf("%" G_GSSIZE_FORMAT " %" G_GSSIZE_FORMAT, kpi, group);
    size_t line = GPOINTER_TO_SIZE(g_hash_table_lookup(reading->seen, key));
    bool first = reading->n_rows[kpi] == 0;

    if (line > 0) {
        g_autofree char *reason = g_strdup_printf("stands in that group on line %zu already", line);
        gh_sheet_fault(sheet, GH_FAULT_ERROR, LENS_KPI, reason,
                       GH_MARK("keep one of the two rows"));
    } else if (!first && reading->placed[kpi] != (group >= 0)) {
        gh_sheet_fault(
            sheet, GH_FAULT_ERROR, LENS_KPI, GH_MARK("has a row with a group and one without"),
            GH_MARK("without a group means: not placed in this lens; delete one of them"));
    }
    g_hash_table_insert(reading->seen, g_steal_pointer(&key),
                        GSIZE_TO_POINTER(gh_sheet_line(sheet)));
}

static void
read_row(GhSheet *sheet, Reading *reading)
{
    gssize kpi = find_kpi(sheet), group = read_group(sheet, reading);
    GhLensPlace place = {
        .group = group,
        .reason = gh_sheet_keep_text(sheet, LENS_REASON),
        .source = gh_sheet_keep_text(sheet, LENS_SOURCE),
        .inferred = gh_sheet_choice(sheet, LENS_CONFIDENCE, "confidence", CONFIDENCE, 0) == 1,
    };

    if (*place.reason == '\0' && gh_sheet_has(sheet, LENS_REASON))
        gh_sheet_fault(sheet, GH_FAULT_ERROR, LENS_REASON, GH_MARK("is empty"),
                       GH_MARK("say in a sentence why the KPI lies there"));
    if (kpi < 0)
        return;
    check_twice(sheet, reading, kpi, group);
    reading->placed[kpi] = group >= 0;
    place.kpi = (size_t)kpi;
    place.number = ++reading->n_rows[kpi];
    g_array_append_val(reading->places, place);
}

static void
read_rows(GhSheet *sheet, Reading *reading)
{
    while (gh_sheet_next(sheet)) {
        if (reading->places->len == GH_FRAMEWORK_MAX_LENS_ROWS) {
            gh_sheet_fault(sheet, GH_FAULT_ERROR, LENS_KPI, GH_MARK("is one row too many"),
                           GH_MARK("keep at most 20000"));
            return;
        }
        if (reading->groups->len > GH_FRAMEWORK_MAX_LENS_GROUPS) {
            gh_sheet_fault(sheet, GH_FAULT_ERROR, LENS_GROUP, GH_MARK("is one group too many"),
                           GH_MARK("keep at most 500 groups and subgroups"));
            return;
        }
        read_row(sheet, reading);
    }
}

/* A lens may leave KPIs out on purpose, but then it says so. */
static void
warn_of_absent(Reading *reading, const char *file)
{
    const GhFramework *framework = reading->parser->framework;
    const char *first = NULL;
    size_t n = 0;

    for (size_t i = 0; i < framework->n_kpis; i++) {
        if (reading->n_rows[i] > 0 || *framework->kpis[i].id == '\0')
            continue;
        if (n++ == 0)
            first = framework->kpis[i].id;
    }
    if (n == 0)
        return;
    g_autofree char *reason =
        n == 1 ? g_strdup_printf("has no row for the KPI %s", first)
               : g_strdup_printf("has no row for %zu KPIs, the first is %s", n, first);
    gh_faults_add(reading->parser->faults, GH_FAULT_WARNING, file, 0, NULL, NULL, reason,
                  GH_MARK("add rows; one without a group means: not placed in this lens"));
}

/* -- from rows to groups -- */

/* Whether a place lies in the group or in one of its subgroups. */
static bool
lies_in(const Reading *reading, const GhLensPlace *place, gssize group)
{
    return place->group >= 0
           && (place->group == group
               || g_array_index(reading->groups, Group, place->group).parent == group);
}

static void
fill_group(const Reading *reading, gssize index, GhLensGroup *group)
{
    GhFrameworkOwner *owner = reading->parser->owner;
    const GhFramework *framework = reading->parser->framework;
    g_autofree bool *has = g_new0(bool, MAX(framework->n_kpis, 1));
    size_t n_points = 0;

    for (guint i = 0; i < reading->places->len; i++) {
        const GhLensPlace *place = &g_array_index(reading->places, GhLensPlace, i);
        if (!lies_in(reading, place, index) || has[place->kpi])
            continue;
        has[place->kpi] = true;
        group->n_kpis++;
        n_points += framework->kpis[place->kpi].n_data_points;
    }
    size_t *kpis = gh_framework_keep_array(owner, group->n_kpis, sizeof *kpis);
    size_t *points = gh_framework_keep_array(owner, n_points, sizeof *points);
    group->kpis = kpis;
    group->data_points = points;
    for (size_t i = 0; i < framework->n_kpis; i++) {
        const GhKpi *kpi = &framework->kpis[i];
        if (!has[i])
            continue;
        *kpis++ = i;
        for (size_t k = 0; k < kpi->n_data_points; k++)
            points[group->n_data_points++] = kpi->first_data_point + k;
    }
}

/* Every group is followed by its subgroups; places[] are led to the new indices. */
static void
build_groups(const Reading *reading, GhLens *lens)
{
    GhFrameworkOwner *owner = reading->parser->owner;
    size_t n = reading->groups->len;
    GhLensGroup *groups = gh_framework_keep_array(owner, n, sizeof *groups);
    g_autofree gssize *moved = g_new0(gssize, MAX(n, 1));

    for (gssize i = 0; i < (gssize)n; i++) {
        if (g_array_index(reading->groups, Group, i).parent >= 0)
            continue;
        gssize parent = (gssize)lens->n_groups;
        for (gssize k = i; k < (gssize)n; k++) {
            const Group *group = &g_array_index(reading->groups, Group, k);
            if (k != i && group->parent != i)
                continue;
            moved[k] = (gssize)lens->n_groups;
            groups[lens->n_groups] =
                (GhLensGroup){.name = group->name, .parent = k == i ? -1 : parent};
            fill_group(reading, k, &groups[lens->n_groups++]);
        }
    }
    lens->groups = groups;

    GhLensPlace *places = gh_framework_keep_array(owner, reading->places->len, sizeof *places);
    for (guint i = 0; i < reading->places->len; i++) {
        places[i] = g_array_index(reading->places, GhLensPlace, i);
        if (places[i].group >= 0)
            places[i].group = moved[places[i].group];
    }
    lens->places = places;
    lens->n_places = reading->places->len;
}

/* -- files -- */

static void
parse_lens(GhFrameworkParser *parser, const GhLensRow *row, GhLens *lens)
{
    g_autofree char *file = g_strdup_printf("lenses/%s.csv", row->lens.id);

    *lens = row->lens;
    if (gh_framework_peek_file(parser, file) == NULL) {
        g_autofree char *reason = g_strdup_printf("has no file %s", file);
        gh_faults_add(parser->faults, GH_FAULT_ERROR, "framework.json", row->line, row->path,
                      row->lens.id, reason, GH_MARK("add the file, or take the lens out"));
        return;
    }
    g_autoptr(GhSheet) sheet = gh_sheet_open(parser, file, LENS_COLUMNS, N_LENS_COLUMNS);
    if (sheet == NULL)
        return;

    size_t n_kpis = MAX(parser->framework->n_kpis, 1);
    g_autoptr(GArray) groups = g_array_new(FALSE, TRUE, sizeof(Group));
    g_autoptr(GArray) places = g_array_new(FALSE, TRUE, sizeof(GhLensPlace));
    g_autoptr(GHashTable) keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autofree size_t *n_rows = g_new0(size_t, n_kpis);
    g_autofree bool *placed = g_new0(bool, n_kpis);
    Reading reading = {
        .parser = parser,
        .groups = groups,
        .keys = keys,
        .places = places,
        .seen = seen,
        .n_rows = n_rows,
        .placed = placed,
    };

    for (size_t i = 0; row->order[i] != NULL; i++)
        find_or_add(&reading, -1, row->order[i]);
    read_rows(sheet, &reading);
    if (gh_sheet_is_complete(sheet) && parser->kpis_complete)
        warn_of_absent(&reading, file);
    build_groups(&reading, lens);
}

static bool
is_announced(const GhFrameworkParser *parser, const char *id)
{
    for (guint i = 0; i < parser->lenses->len; i++) {
        if (strcmp(g_array_index(parser->lenses, GhLensRow, i).lens.id, id) == 0)
            return true;
    }
    return false;
}

static void
check_files(GhFrameworkParser *parser)
{
    for (guint i = 0; i < parser->files->len; i++) {
        const GhFrameworkFile *file = g_ptr_array_index(parser->files, i);
        if (!g_str_has_prefix(file->name, "lenses/") || !gh_framework_file_is_known(file->name))
            continue;
        g_autofree char *id = g_path_get_basename(file->name);
        id[strlen(id) - strlen(".csv")] = '\0';
        if (!is_announced(parser, id))
            gh_faults_add(parser->faults, GH_FAULT_ERROR, file->name, 0, NULL, NULL,
                          GH_MARK("is not announced in framework.json"),
                          GH_MARK("add an entry with its id to \"lenses\", or take the file away"));
    }
}

void
gh_framework_parse_lenses(GhFrameworkParser *parser)
{
    size_t n = parser->lenses->len;
    GhLens *lenses = gh_framework_keep_array(parser->owner, n, sizeof *lenses);

    for (size_t i = 0; i < n; i++) {
        const GhLensRow *row = &g_array_index(parser->lenses, GhLensRow, i);
        if (*row->lens.id != '\0')
            parse_lens(parser, row, &lenses[i]);
    }
    if (parser->lenses_known)
        check_files(parser);
    parser->framework->lenses = lenses;
    parser->framework->n_lenses = n;
}
