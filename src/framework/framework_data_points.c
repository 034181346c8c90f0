/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* framework_data_points.c - data_points.csv: what is asked for, one row a figure. */
#include "framework/framework_sheet.h"

#include <math.h>
#include <string.h>

enum {
    DP_ID,
    DP_KPI,
    DP_LABEL,
    DP_NUMERATOR,
    DP_DENOMINATOR,
    DP_FACTOR,
    DP_UNIT,
    DP_MIN,
    DP_MAX,
    DP_DIRECTION,
    DP_WEIGHT,
    N_DP_COLUMNS,
};

static const GhSheetColumn DP_COLUMNS[N_DP_COLUMNS] = {
    [DP_ID] = {"id", true},
    [DP_KPI] = {"kpi", true},
    [DP_LABEL] = {"label", true},
    [DP_NUMERATOR] = {"numerator", false},
    [DP_DENOMINATOR] = {"denominator", false},
    [DP_FACTOR] = {"factor", false},
    [DP_UNIT] = {"unit", true},
    [DP_MIN] = {"min", false},
    [DP_MAX] = {"max", false},
    [DP_DIRECTION] = {"direction", false},
    [DP_WEIGHT] = {"weight", false},
};

/* Columns of a file of figures, or of cities: a data point of that name could not be told from them. */
static const char *const RESERVED[] = {"city", "country_code", "report", "year", "month", "kpi_id",
                                       "data_point_id", "value", "unit", "status", "note", "source",
                                       "numerator", "denominator", "how", "quality", "verification",
                                       /* and of a file of cities */
                                       "slug", "name", "population", "area_km2", "latitude",
                                       "longitude", "households", "gdp", "currency", NULL};

static const char *
read_id(GhSheet *sheet)
{
    const char *id = gh_sheet_keep_id(sheet, DP_ID);
    g_autofree char *lower = g_ascii_strdown(id, -1);

    if (gh_words_find(RESERVED, lower) >= 0)
        gh_sheet_fault(sheet, GH_FAULT_ERROR, DP_ID, GH_MARK("is a column of the files of figures"),
                       GH_MARK("give the data point another id"));
    return id;
}

/* Index among the rows of kpis.csv, SIZE_MAX where there is none. */
static size_t
read_kpi(GhSheet *sheet, GHashTable *kpis)
{
    GhFrameworkParser *parser = gh_sheet_parser(sheet);
    const char *id = gh_sheet_peek(sheet, DP_KPI);
    size_t found = GPOINTER_TO_SIZE(g_hash_table_lookup(kpis, id));
    if (found > 0)
        return found - 1;

    if (*id == '\0' && gh_sheet_has(sheet, DP_KPI)) {
        gh_sheet_fault(sheet, GH_FAULT_ERROR, DP_KPI, GH_MARK("is empty"),
                       GH_MARK("write the id of a KPI"));
    } else if (parser->kpis_complete && gh_sheet_has(sheet, DP_KPI)) {
        g_autofree char *remedy =
            gh_framework_suggest(parser, (const char *const *)parser->kpi_ids->pdata, id,
                                 GH_MARK("write the id of a row in kpis.csv"));
        gh_sheet_fault(sheet, GH_FAULT_ERROR, DP_KPI, GH_MARK("is not in kpis.csv"), remedy);
    }
    return SIZE_MAX;
}

static void
read_formula(GhSheet *sheet, GhDataPoint *point)
{
    point->numerator = gh_sheet_keep_text(sheet, DP_NUMERATOR);
    point->denominator = gh_sheet_keep_text(sheet, DP_DENOMINATOR);
    point->factor = gh_sheet_number(sheet, DP_FACTOR, 1.0);
    if (point->factor == 0.0)
        gh_sheet_fault(sheet, GH_FAULT_ERROR, DP_FACTOR, GH_MARK("makes every value 0"),
                       GH_MARK("write 1, 100 for percent, or another number"));
    if (*point->denominator != '\0' && *point->numerator == '\0')
        gh_sheet_fault(sheet, GH_FAULT_ERROR, DP_NUMERATOR, GH_MARK("is empty"),
                       GH_MARK("say what is divided by the denominator"));
}

static void
read_bounds(GhSheet *sheet, GhDataPoint *point)
{
    bool yes_no = strcmp(point->unit, "yes/no") == 0;

    point->min = gh_sheet_number(sheet, DP_MIN, yes_no ? 0.0 : -HUGE_VAL);
    point->max = gh_sheet_number(sheet, DP_MAX, yes_no ? 1.0 : HUGE_VAL);
    if (point->min > point->max)
        gh_sheet_fault(sheet, GH_FAULT_ERROR, DP_MIN, GH_MARK("is above max"),
                       GH_MARK("put the smaller number in min"));
    else if (yes_no && (point->min != 0.0 || point->max != 1.0))
        gh_sheet_fault(sheet, GH_FAULT_ERROR, DP_UNIT, GH_MARK("goes from 0 to 1 only"),
                       GH_MARK("write 0 in min and 1 in max, or leave them empty"));
}

static GhDirection
read_direction(GhSheet *sheet, size_t kpi)
{
    const GArray *rows = gh_sheet_parser(sheet)->kpi_rows;
    GhDirection inherited =
        kpi != SIZE_MAX ? g_array_index(rows, GhKpiRow, kpi).kpi.direction : GH_DIRECTION_NEUTRAL;
    return (GhDirection)gh_sheet_choice(sheet, DP_DIRECTION, "direction", GH_DIRECTION_WORDS,
                                        inherited);
}

static void
read_rows(GhSheet *sheet, GHashTable *kpis)
{
    GhFrameworkParser *parser = gh_sheet_parser(sheet);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    while (gh_sheet_next(sheet)) {
        if (parser->data_point_rows->len == GH_FRAMEWORK_MAX_DATA_POINTS) {
            gh_sheet_fault(sheet, GH_FAULT_ERROR, DP_ID, GH_MARK("is one data point too many"),
                           GH_MARK("at most 20000 data points"));
            return;
        }
        GhDataPointRow row = {.line = gh_sheet_line(sheet)};
        GhDataPoint *point = &row.data_point;
        point->id = read_id(sheet);
        point->kpi = read_kpi(sheet, kpis);
        point->label = gh_sheet_keep_name(sheet, DP_LABEL, GH_CELL_NEEDED);
        point->unit = gh_sheet_keep_name(sheet, DP_UNIT, GH_CELL_NEEDED);
        read_formula(sheet, point);
        read_bounds(sheet, point);
        point->direction = read_direction(sheet, point->kpi);
        point->weight = gh_sheet_weight(sheet, DP_WEIGHT);

        point->id = gh_sheet_check_twice(sheet, DP_ID, point->id, seen);
        g_array_append_val(parser->data_point_rows, row);
        if (*point->id != '\0')
            g_ptr_array_add(parser->data_point_ids, (void *)(uintptr_t)point->id);
    }
}

void
gh_framework_parse_data_points(GhFrameworkParser *parser)
{
    g_autoptr(GHashTable) kpis = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < parser->kpi_rows->len; i++) {
        const char *id = g_array_index(parser->kpi_rows, GhKpiRow, i).kpi.id;
        g_hash_table_insert(kpis, (void *)(uintptr_t)id, GSIZE_TO_POINTER(i + 1));
    }
    g_hash_table_remove(kpis, "");

    g_autoptr(GhSheet) sheet = gh_sheet_open(parser, "data_points.csv", DP_COLUMNS, N_DP_COLUMNS);
    if (sheet != NULL) {
        read_rows(sheet, kpis);
        parser->data_points_complete = gh_sheet_is_complete(sheet) && gh_sheet_has(sheet, DP_ID);
    }
    g_ptr_array_add(parser->data_point_ids, NULL);
}
