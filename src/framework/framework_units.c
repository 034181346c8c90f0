/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* framework_units.c - units.csv: wordings of units that mean the same. */
#include "framework/framework_sheet.h"

#include "base/text.h"

#include <string.h>

enum {
    UNIT_DATA_POINT,
    UNIT_UNIT,
    UNIT_WORDING,
    N_UNIT_COLUMNS
};

static const GhSheetColumn UNIT_COLUMNS[N_UNIT_COLUMNS] = {
    [UNIT_DATA_POINT] = {"data_point_id", true},
    [UNIT_UNIT] = {"unit", true},
    [UNIT_WORDING] = {"equal_wording", true},
};

/* Folded units of all data points: a row for "*" must concern one of them. */
static GHashTable *
all_units(const GhFramework *framework)
{
    GHashTable *units = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (size_t i = 0; i < framework->n_data_points; i++)
        g_hash_table_add(units, gh_text_fold_unit(framework->data_points[i].unit));
    return units;
}

/* For one data point: it must exist and have that unit. */
static void
check_data_point(GhSheet *sheet, const char *id, const char *folded_unit)
{
    gssize found = gh_sheet_find_data_point(sheet, UNIT_DATA_POINT);
    if (found < 0)
        return;

    const GhDataPoint *point = &gh_sheet_parser(sheet)->framework->data_points[found];
    g_autofree char *own = gh_text_fold_unit(point->unit);
    if (strcmp(own, folded_unit) == 0)
        return;
    g_autofree char *reason = g_strdup_printf("is not the unit of %s", id);
    g_autofree char *remedy = g_strdup_printf("write %s", point->unit);
    gh_sheet_fault(sheet, GH_FAULT_ERROR, UNIT_UNIT, reason, remedy);
}

static void
read_row(GhSheet *sheet, GHashTable *units, GHashTable *seen)
{
    GhFrameworkParser *parser = gh_sheet_parser(sheet);
    const char *id = gh_sheet_peek(sheet, UNIT_DATA_POINT);
    const char *unit = gh_sheet_keep_name(sheet, UNIT_UNIT, GH_CELL_NEEDED);
    const char *wording = gh_sheet_keep_name(sheet, UNIT_WORDING, GH_CELL_NEEDED);
    g_autofree char *folded_unit = gh_text_fold_unit(unit);
    g_autofree char *folded = gh_text_fold_unit(wording);
    bool every = strcmp(id, "*") == 0;

    if (*unit == '\0' || *wording == '\0')
        return;
    if (!every)
        check_data_point(sheet, id, folded_unit);
    else if (parser->data_points_complete && !g_hash_table_contains(units, folded_unit))
        gh_sheet_fault(sheet, GH_FAULT_WARNING, UNIT_UNIT, GH_MARK("is the unit of no data point"),
                       GH_MARK("correct it or delete the row"));

    char *key = every ? gh_framework_key("*", folded_unit, folded, NULL)
                      : gh_framework_key(id, folded, NULL);
    if (g_hash_table_contains(seen, key))
        gh_sheet_fault(sheet, GH_FAULT_ERROR, UNIT_WORDING, GH_MARK("stands there already"),
                       GH_MARK("keep one of the two rows"));
    g_hash_table_add(seen, g_strdup(key));
    g_hash_table_add(parser->owner->units, key);
}

void
gh_framework_parse_units(GhFrameworkParser *parser)
{
    g_autoptr(GhSheet) sheet = gh_sheet_open(parser, "units.csv", UNIT_COLUMNS, N_UNIT_COLUMNS);
    if (sheet == NULL)
        return;

    g_autoptr(GHashTable) units = all_units(parser->framework);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    while (gh_sheet_next(sheet))
        read_row(sheet, units, seen);
}
