/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* framework_kpis.c - kpis.csv: one row a KPI. */
#include "framework/framework_sheet.h"

#include <string.h>

enum {
    KPI_ID,
    KPI_CODE,
    KPI_NAME,
    KPI_TIER,
    KPI_TYPE,
    KPI_DEFINITION,
    KPI_RATIONALE,
    KPI_DIRECTION,
    KPI_SDG,
    KPI_SDG_INFERRED,
    KPI_TYPICAL_SOURCES,
    KPI_VERIFICATION_CHECKS,
    KPI_BENCHMARK_NOTE,
    KPI_SOURCE_PAGES,
    KPI_CONFIDENCE,
    KPI_INFERRED_FIELDS,
    KPI_NOTES,
    KPI_WEIGHT,
    N_KPI_COLUMNS, /* the levels follow */
};

static const GhSheetColumn KPI_COLUMNS[N_KPI_COLUMNS] = {
    [KPI_ID] = {"id", true},
    [KPI_CODE] = {"code", false},
    [KPI_NAME] = {"name", true},
    [KPI_TIER] = {"tier", false},
    [KPI_TYPE] = {"type", false},
    [KPI_DEFINITION] = {"definition", false},
    [KPI_RATIONALE] = {"rationale", false},
    [KPI_DIRECTION] = {"direction", true},
    [KPI_SDG] = {"sdg", false},
    [KPI_SDG_INFERRED] = {"sdg_inferred", false},
    [KPI_TYPICAL_SOURCES] = {"typical_sources", false},
    [KPI_VERIFICATION_CHECKS] = {"verification_checks", false},
    [KPI_BENCHMARK_NOTE] = {"benchmark_note", false},
    [KPI_SOURCE_PAGES] = {"source_pages", false},
    [KPI_CONFIDENCE] = {"confidence", false},
    [KPI_INFERRED_FIELDS] = {"inferred_fields", false},
    [KPI_NOTES] = {"notes", false},
    [KPI_WEIGHT] = {"weight", false},
};

/* Besides columns of kpis.csv: the whole formula, or a column of data_points.csv. */
static const char *const INFERRED_DATA_POINT_FIELDS[] = {
    "data_points",           "data_points.label",
    "data_points.numerator", "data_points.denominator",
    "data_points.factor",    "data_points.unit",
    "data_points.min",       "data_points.max",
    "data_points.direction", NULL};

static void
check_inferred_fields(GhSheet *sheet, const GhKpi *kpi)
{
    const GhFramework *framework = gh_sheet_parser(sheet)->framework;

    for (size_t i = 0; kpi->inferred_fields[i] != NULL; i++) {
        const char *field = kpi->inferred_fields[i];
        bool known = gh_words_find(INFERRED_DATA_POINT_FIELDS, field) >= 0;
        for (size_t k = 0; k < N_KPI_COLUMNS; k++)
            known |= strcmp(KPI_COLUMNS[k].name, field) == 0;
        for (size_t k = 0; k < framework->n_levels; k++)
            known |= strcmp(framework->levels[k].id, field) == 0;
        if (!known)
            gh_sheet_fault(
                sheet, GH_FAULT_ERROR, KPI_INFERRED_FIELDS,
                GH_MARK("names a field that does not exist"),
                GH_MARK("write columns of kpis.csv, or data_points and data_points.COLUMN"));
    }
}

/* Where a framework has tiers, every KPI names one. */
static size_t
read_tier(GhSheet *sheet)
{
    const GhFrameworkParser *parser = gh_sheet_parser(sheet);
    const GhFramework *framework = parser->framework;
    g_autofree const char **words = g_new0(const char *, framework->n_tiers + 1);
    for (size_t i = 0; i < framework->n_tiers; i++)
        words[i] = framework->tiers[i].id;

    if (!parser->levels_known)
        return 0;
    if (*gh_sheet_peek(sheet, KPI_TIER) == '\0' && framework->n_tiers > 1) {
        g_autofree char *list = gh_words_list(words);
        g_autofree char *remedy = g_strdup_printf("write %s", list);
        gh_sheet_fault(sheet, GH_FAULT_ERROR, KPI_TIER, GH_MARK("is empty"), remedy);
    }
    return gh_sheet_choice(sheet, KPI_TIER, "tier of framework.json", words, 0);
}

static const char *const *
read_levels(GhSheet *sheet)
{
    GhFrameworkParser *parser = gh_sheet_parser(sheet);
    size_t n = parser->framework->n_levels;
    const char **names = gh_framework_keep_array(parser->owner, n, sizeof *names);

    for (size_t i = 0; i < n; i++)
        names[i] = gh_sheet_keep_name(sheet, N_KPI_COLUMNS + i, GH_CELL_NEEDED);
    return names;
}

static bool
read_confidence(GhSheet *sheet)
{
    static const char *const WORDS[] = {"read", "inferred", NULL};
    return gh_sheet_choice(sheet, KPI_CONFIDENCE, "confidence", WORDS, 0) == 1;
}

static void
read_kpi(GhSheet *sheet, GhKpi *kpi)
{
    kpi->id = gh_sheet_keep_id(sheet, KPI_ID);
    kpi->code = gh_sheet_keep_name(sheet, KPI_CODE, GH_CELL_MAY_BE_EMPTY);
    if (*kpi->code == '\0')
        kpi->code = kpi->id;
    kpi->name = gh_sheet_keep_name(sheet, KPI_NAME, GH_CELL_NEEDED);
    kpi->tier = read_tier(sheet);
    kpi->type = gh_sheet_keep_name(sheet, KPI_TYPE, GH_CELL_MAY_BE_EMPTY);
    kpi->definition = gh_sheet_keep_text(sheet, KPI_DEFINITION);
    kpi->rationale = gh_sheet_keep_text(sheet, KPI_RATIONALE);
    kpi->benchmark_note = gh_sheet_keep_text(sheet, KPI_BENCHMARK_NOTE);
    kpi->notes = gh_sheet_keep_text(sheet, KPI_NOTES);
    kpi->sdg = gh_sheet_keep_list(sheet, KPI_SDG);
    kpi->sdg_inferred = gh_sheet_keep_list(sheet, KPI_SDG_INFERRED);
    kpi->typical_sources = gh_sheet_keep_list(sheet, KPI_TYPICAL_SOURCES);
    kpi->verification_checks = gh_sheet_keep_list(sheet, KPI_VERIFICATION_CHECKS);
    kpi->source_pages = gh_sheet_keep_list(sheet, KPI_SOURCE_PAGES);
    kpi->inferred_fields = gh_sheet_keep_list(sheet, KPI_INFERRED_FIELDS);
    kpi->inferred = read_confidence(sheet);
    kpi->weight = gh_sheet_weight(sheet, KPI_WEIGHT);

    if (gh_sheet_has(sheet, KPI_DIRECTION) && *gh_sheet_peek(sheet, KPI_DIRECTION) == '\0')
        gh_sheet_fault(sheet, GH_FAULT_ERROR, KPI_DIRECTION, GH_MARK("is empty"),
                       GH_MARK("write higher, lower, target or neutral"));
    kpi->direction = (GhDirection)gh_sheet_choice(sheet, KPI_DIRECTION, "direction",
                                                  GH_DIRECTION_WORDS, GH_DIRECTION_NEUTRAL);
    if (gh_sheet_has(sheet, KPI_DEFINITION) && *kpi->definition == '\0')
        gh_sheet_fault(sheet, GH_FAULT_WARNING, KPI_DEFINITION, GH_MARK("is empty"),
                       GH_MARK("say in a sentence what is measured"));
}

static void
read_rows(GhSheet *sheet)
{
    GhFrameworkParser *parser = gh_sheet_parser(sheet);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    while (gh_sheet_next(sheet)) {
        if (parser->kpi_rows->len == GH_FRAMEWORK_MAX_KPIS) {
            g_autofree char *remedy = g_strdup_printf("at most %d KPIs", GH_FRAMEWORK_MAX_KPIS);
            gh_sheet_fault(sheet, GH_FAULT_ERROR, KPI_ID, GH_MARK("is one KPI too many"), remedy);
            return;
        }
        GhKpiRow row = {.line = gh_sheet_line(sheet)};
        read_kpi(sheet, &row.kpi);
        check_inferred_fields(sheet, &row.kpi);
        row.level_names = read_levels(sheet);

        row.kpi.id = gh_sheet_check_twice(sheet, KPI_ID, row.kpi.id, seen);
        g_array_append_val(parser->kpi_rows, row);
        if (*row.kpi.id != '\0')
            g_ptr_array_add(parser->kpi_ids, (void *)(uintptr_t)row.kpi.id);
    }
}

void
gh_framework_parse_kpis(GhFrameworkParser *parser)
{
    const GhFramework *framework = parser->framework;
    size_t n_columns = N_KPI_COLUMNS + framework->n_levels;
    g_autofree GhSheetColumn *columns = g_new0(GhSheetColumn, n_columns);
    memcpy(columns, KPI_COLUMNS, sizeof KPI_COLUMNS);
    for (size_t i = 0; i < framework->n_levels; i++)
        columns[N_KPI_COLUMNS + i] = (GhSheetColumn){framework->levels[i].id, true};

    g_autoptr(GhSheet) sheet = gh_sheet_open(parser, "kpis.csv", columns, n_columns);
    if (sheet != NULL) {
        read_rows(sheet);
        if (parser->kpi_rows->len == 0)
            gh_faults_add(parser->faults, GH_FAULT_ERROR, "kpis.csv", 0, NULL, NULL,
                          GH_MARK("has no KPI"), GH_MARK("add a row a KPI below the header"));
        parser->kpis_complete =
            gh_sheet_is_complete(sheet) && gh_sheet_has(sheet, KPI_ID) && parser->kpi_rows->len > 0;
    }
    g_ptr_array_add(parser->kpi_ids, NULL);
}
