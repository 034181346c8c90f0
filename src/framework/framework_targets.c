/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* framework_targets.c - targets/NAME.csv: what a value is measured against. */
#include "framework/framework_sheet.h"

#include <math.h>
#include <string.h>

enum {
    TARGET_DATA_POINT,
    TARGET_RULE,
    TARGET_TARGET,
    TARGET_WORST,
    TARGET_UNIT,
    TARGET_SOURCE,
    TARGET_CONFIDENCE,
    TARGET_EXPLANATION,
    TARGET_KPI_CODE,
    TARGET_LABEL,
    N_TARGET_COLUMNS,
};

static const GhSheetColumn TARGET_COLUMNS[N_TARGET_COLUMNS] = {
    [TARGET_DATA_POINT] = {"data_point_id", true},
    [TARGET_RULE] = {"rule", true},
    [TARGET_TARGET] = {"target", true},
    [TARGET_WORST] = {"worst", false},
    [TARGET_UNIT] = {"unit", false},
    [TARGET_SOURCE] = {"source", true},
    [TARGET_CONFIDENCE] = {"confidence", false},
    [TARGET_EXPLANATION] = {"explanation", false},
    /* For whoever edits the file: not read. */
    [TARGET_KPI_CODE] = {"kpi_code", false},
    [TARGET_LABEL] = {"data_point_label", false},
};

/* Which numbers a rule takes. */
typedef enum {
    NOT_USED,
    USED,
    ONE
} Use;
static const struct {
    Use target;
    Use worst;
} RULE_USES[] = {
    [GH_RULE_NONE] = {NOT_USED, NOT_USED},
    [GH_RULE_HIGHER] = {USED, NOT_USED},
    [GH_RULE_LOWER_ZERO] = {USED, NOT_USED},
    [GH_RULE_LOWER_RANGE] = {USED, USED},
    [GH_RULE_DISTANCE_TO_ONE] = {ONE, NOT_USED},
    [GH_RULE_YES_NO] = {ONE, NOT_USED},
    [GH_RULE_BANDS] = {USED, USED},
};

static double
read_number(GhSheet *sheet, size_t column, GhRule rule, Use use)
{
    bool empty = *gh_sheet_peek(sheet, column) == '\0';
    double value = gh_sheet_number(sheet, column, NAN);
    g_autofree char *reason = NULL;

    if (use == USED && empty) {
        reason = g_strdup_printf("is empty, but the rule %s needs it", gh_rule_text(rule));
        gh_sheet_fault(sheet, GH_FAULT_ERROR, column, reason, GH_MARK("write a number"));
    } else if (use == NOT_USED && !empty) {
        reason = g_strdup_printf("is not used by the rule %s", gh_rule_text(rule));
        gh_sheet_fault(sheet, GH_FAULT_ERROR, column, reason,
                       GH_MARK("leave it empty, or write another rule"));
    } else if (use == ONE && !empty && value != 1.0 && !isnan(value)) {
        reason = g_strdup_printf("is not the target of the rule %s", gh_rule_text(rule));
        gh_sheet_fault(sheet, GH_FAULT_ERROR, column, reason, GH_MARK("write 1 or leave it empty"));
    }
    return use == ONE ? 1.0 : value;
}

/* The formulas of FORMATS, section 1, divide by the target or by the way from worst to target. */
static void
check_numbers(GhSheet *sheet, const GhTarget *target)
{
    switch (target->rule) {
    case GH_RULE_HIGHER:
        if (target->target <= 0.0)
            gh_sheet_fault(
                sheet, GH_FAULT_ERROR, TARGET_TARGET,
                GH_MARK("cannot be the target of the rule higher: values are divided by it"),
                GH_MARK("write a number above 0, or the rule lower_range if 0 is the best"));
        break;
    case GH_RULE_LOWER_ZERO:
        if (target->target < 0.0)
            gh_sheet_fault(sheet, GH_FAULT_ERROR, TARGET_TARGET, GH_MARK("is below 0"),
                           GH_MARK("write a number above 0"));
        if (target->target == 0.0)
            gh_sheet_fault(
                sheet, GH_FAULT_WARNING, TARGET_TARGET,
                GH_MARK("gives every value above 0 a share of 0"),
                GH_MARK("write the rule lower_range with a worst value for a gradual scale"));
        break;
    case GH_RULE_LOWER_RANGE:
    case GH_RULE_BANDS:
        if (target->worst <= target->target)
            gh_sheet_fault(sheet, GH_FAULT_ERROR, TARGET_WORST, GH_MARK("is not above the target"),
                           GH_MARK("write a number above the target"));
        break;
    case GH_RULE_NONE:
    case GH_RULE_DISTANCE_TO_ONE:
    case GH_RULE_YES_NO:
        break;
    }
}

/* Whether target and data point fit each other. */
static void
check_fit(GhSheet *sheet, const GhTarget *target, size_t index)
{
    const GhFramework *framework = gh_sheet_parser(sheet)->framework;
    const GhDataPoint *point = &framework->data_points[index];
    bool yes_no = strcmp(point->unit, "yes/no") == 0;

    if (!gh_framework_unit_agrees(framework, index, gh_sheet_peek(sheet, TARGET_UNIT))) {
        g_autofree char *reason = g_strdup_printf("is not the unit of %s", point->id);
        g_autofree char *remedy = g_strdup_printf("give the target in %s", point->unit);
        gh_sheet_fault(sheet, GH_FAULT_ERROR, TARGET_UNIT, reason, remedy);
    }
    if (target->rule == GH_RULE_YES_NO && !yes_no)
        gh_sheet_fault(sheet, GH_FAULT_ERROR, TARGET_RULE,
                       GH_MARK("is for data points with the unit yes/no only"),
                       GH_MARK("write another rule, or correct the unit of the data point"));
    if (yes_no && target->rule != GH_RULE_YES_NO && target->rule != GH_RULE_NONE)
        gh_sheet_fault(sheet, GH_FAULT_ERROR, TARGET_RULE,
                       GH_MARK("is not for data points with the unit yes/no"),
                       GH_MARK("write yes_no or none"));

    bool lower = target->rule == GH_RULE_LOWER_ZERO || target->rule == GH_RULE_LOWER_RANGE;
    if ((target->rule == GH_RULE_HIGHER && point->direction == GH_DIRECTION_LOWER)
        || (lower && point->direction == GH_DIRECTION_HIGHER))
        gh_sheet_fault(sheet, GH_FAULT_WARNING, TARGET_RULE,
                       GH_MARK("goes against the direction of the data point"),
                       GH_MARK("check which way is better"));
    if (target->target > point->max || target->target < point->min)
        gh_sheet_fault(
            sheet, GH_FAULT_WARNING, TARGET_TARGET,
            GH_MARK("lies outside min and max of the data point: nobody can reach it exactly"),
            GH_MARK("check target, min and max"));
}

static void
read_row(GhSheet *sheet, GhTarget *targets, GHashTable *seen)
{
    gssize found = gh_sheet_find_data_point(sheet, TARGET_DATA_POINT);
    const char *id = gh_sheet_peek(sheet, TARGET_DATA_POINT);
    if (*id != '\0' && *gh_sheet_check_twice(sheet, TARGET_DATA_POINT, id, seen) == '\0')
        return;

    if (*gh_sheet_peek(sheet, TARGET_RULE) == '\0' && gh_sheet_has(sheet, TARGET_RULE))
        gh_sheet_fault(sheet, GH_FAULT_ERROR, TARGET_RULE, GH_MARK("is empty"),
                       GH_MARK("write a rule; none for a data point that is not scored"));
    size_t rule = gh_sheet_choice(sheet, TARGET_RULE, "rule", GH_RULE_WORDS, SIZE_MAX);
    if (rule == SIZE_MAX)
        return;

    GhTarget target = {.rule = (GhRule)rule};
    target.target = read_number(sheet, TARGET_TARGET, target.rule, RULE_USES[rule].target);
    target.worst = read_number(sheet, TARGET_WORST, target.rule, RULE_USES[rule].worst);
    target.source = gh_sheet_keep_text(sheet, TARGET_SOURCE);
    target.confidence = gh_sheet_keep_name(sheet, TARGET_CONFIDENCE, GH_CELL_MAY_BE_EMPTY);
    target.explanation = gh_sheet_keep_text(sheet, TARGET_EXPLANATION);
    if (*target.source == '\0' && target.rule != GH_RULE_NONE)
        gh_sheet_fault(
            sheet, GH_FAULT_WARNING, TARGET_SOURCE, GH_MARK("is empty"),
            GH_MARK("say where the target comes from, also when it is your own judgement"));
    check_numbers(sheet, &target);
    if (found < 0)
        return;
    check_fit(sheet, &target, (size_t)found);
    targets[found] = target;
}

/* n targets with the rule none. */
static GhTarget *
new_targets(GhFrameworkOwner *owner, size_t n)
{
    GhTarget *targets = gh_framework_keep_array(owner, n, sizeof *targets);

    for (size_t i = 0; i < n; i++)
        targets[i] = (GhTarget){
            .target = NAN, .worst = NAN, .source = "", .confidence = "", .explanation = ""};
    return targets;
}

static void
parse_set(GhFrameworkParser *parser, const char *file, const char *id, GArray *sets)
{
    size_t n = parser->framework->n_data_points;
    g_autoptr(GhSheet) sheet = gh_sheet_open(parser, file, TARGET_COLUMNS, N_TARGET_COLUMNS);
    if (sheet == NULL)
        return;

    GhTarget *targets = new_targets(parser->owner, n);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    while (gh_sheet_next(sheet))
        read_row(sheet, targets, seen);

    GhTargetSet set = {.id = gh_framework_keep_text(parser->owner, id), .targets = targets};
    g_array_append_val(sets, set);
}

/* A framework can be used without targets, but whoever asks for scores needs a set to name. */
static void
add_empty_set(GhFrameworkParser *parser, GArray *sets)
{
    size_t n = parser->framework->n_data_points;
    GhTargetSet set = {.id = "none", .targets = new_targets(parser->owner, n)};

    g_array_append_val(sets, set);
    gh_faults_add(parser->faults, GH_FAULT_WARNING, "targets/NAME.csv", 0, NULL, NULL,
                  GH_MARK("is missing: nothing will be scored"),
                  GH_MARK("add a target set, for example targets/open.csv"));
}

/* By name, so that the order of a directory does not matter; "open" ships with the program and stays
 * the first where it is there. */
static int
by_id(const void *a, const void *b)
{
    const char *id_a = ((const GhTargetSet *)a)->id;
    const char *id_b = ((const GhTargetSet *)b)->id;
    int open = (strcmp(id_b, "open") == 0) - (strcmp(id_a, "open") == 0);
    return open != 0 ? open : strcmp(id_a, id_b);
}

void
gh_framework_parse_targets(GhFrameworkParser *parser)
{
    g_autoptr(GArray) sets = g_array_new(FALSE, TRUE, sizeof(GhTargetSet));
    size_t n_files = 0;

    for (size_t i = 0; i < parser->files->len; i++) {
        const GhFrameworkFile *file = g_ptr_array_index(parser->files, i);
        if (!g_str_has_prefix(file->name, "targets/") || !gh_framework_file_is_known(file->name))
            continue;
        if (n_files++ == GH_FRAMEWORK_MAX_TARGET_SETS) {
            gh_faults_add(parser->faults, GH_FAULT_ERROR, file->name, 0, NULL, NULL,
                          GH_MARK("is one target set too many"), GH_MARK("keep at most 50"));
            break;
        }
        g_autofree char *base = g_path_get_basename(file->name);
        base[strlen(base) - strlen(".csv")] = '\0';
        parse_set(parser, file->name, base, sets);
    }

    if (n_files == 0)
        add_empty_set(parser, sets);
    g_array_sort(sets, by_id);
    GhTargetSet *kept = gh_framework_keep_array(parser->owner, sets->len, sizeof *kept);
    for (size_t i = 0; i < sets->len; i++)
        kept[i] = g_array_index(sets, GhTargetSet, i);
    parser->framework->target_sets = kept;
    parser->framework->n_target_sets = sets->len;
}
