/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* framework_checks.c - checks.csv: what a verifier would look at first. */
#include "framework/framework_sheet.h"

#include "base/number.h"
#include "base/text.h"

#include <math.h>
#include <string.h>

enum {
    CHECK_ID,
    CHECK_KIND,
    CHECK_DATA_POINTS,
    CHECK_LIMIT,
    CHECK_BASE,
    CHECK_SEVERITY,
    CHECK_MESSAGE,
    CHECK_SOURCE,
    N_CHECK_COLUMNS,
};

static const GhSheetColumn CHECK_COLUMNS[N_CHECK_COLUMNS] = {
    [CHECK_ID] = {"id", true},
    [CHECK_KIND] = {"kind", true},
    [CHECK_DATA_POINTS] = {"data_points", true},
    [CHECK_LIMIT] = {"limit", true},
    [CHECK_BASE] = {"base", false},
    [CHECK_SEVERITY] = {"severity", true},
    [CHECK_MESSAGE] = {"message", true},
    [CHECK_SOURCE] = {"source", false},
};

typedef enum {
    NO,
    MAY,
    MUST
} Need;

/* What a kind of check needs. */
static const struct {
    size_t n_min, n_max; /* data points */
    Need limit;
    bool base;
    bool ratio; /* only data points with a denominator */
    bool same_unit;
} KINDS[] = {
    [GH_CHECK_SUM] = {2, SIZE_MAX, MUST, false, false, true},
    [GH_CHECK_ORDER] = {2, SIZE_MAX, MAY, false, false, true},
    [GH_CHECK_RANGE] = {1, SIZE_MAX, MUST, false, false, false},
    [GH_CHECK_REPORTED_SHARE] = {0, 0, MUST, false, false, false},
    [GH_CHECK_DENOMINATOR] = {1, SIZE_MAX, MUST, true, true, false},
    [GH_CHECK_BASE_CHANGE] = {0, 0, MUST, true, false, false},
    [GH_CHECK_BASE_STATED] = {1, SIZE_MAX, NO, true, false, false},
    [GH_CHECK_ARITHMETIC] = {1, SIZE_MAX, MUST, false, true, false},
    [GH_CHECK_CHANGE] = {1, SIZE_MAX, MUST, false, false, false},
    [GH_CHECK_QUALITY] = {1, SIZE_MAX, MUST, false, false, false},
    [GH_CHECK_SMALL_COUNT] = {1, SIZE_MAX, MUST, false, true, false},
    [GH_CHECK_SOURCED] = {1, SIZE_MAX, NO, false, false, false},
};

/* What "*" means: all data points, or all with a denominator. Made once: a file may say it often. */
static void
take_every_data_point(GhFrameworkParser *parser, GhCheck *check)
{
    const GhFramework *framework = parser->framework;

    if (parser->every_data_point == NULL) {
        size_t n = framework->n_data_points;
        size_t *every = gh_framework_keep_array(parser->owner, n, sizeof *every);
        size_t *ratios = gh_framework_keep_array(parser->owner, n, sizeof *ratios);
        for (size_t i = 0; i < n; i++) {
            every[i] = i;
            if (*framework->data_points[i].denominator != '\0')
                ratios[parser->n_every_ratio++] = i;
        }
        parser->every_data_point = every;
        parser->every_ratio = ratios;
    }
    bool ratio = KINDS[check->kind].ratio;
    check->data_points = ratio ? parser->every_ratio : parser->every_data_point;
    check->n_data_points = ratio ? parser->n_every_ratio : framework->n_data_points;
}

/* One id of the list: no second time, with a denominator and in the same unit where the kind asks. */
static bool
check_listed(GhSheet *sheet, const GhCheck *check, size_t index)
{
    const GhFramework *framework = gh_sheet_parser(sheet)->framework;
    const GhDataPoint *point = &framework->data_points[index];
    g_autofree char *reason = NULL;
    const char *remedy = GH_MARK("take it out of the list");

    for (size_t i = 0; i < check->n_data_points && reason == NULL; i++)
        if (check->data_points[i] == index)
            reason = g_strdup_printf("names %s twice", point->id);
    if (reason == NULL && KINDS[check->kind].ratio && *point->denominator == '\0')
        reason = g_strdup_printf("names %s, which has no denominator", point->id);
    if (reason == NULL && KINDS[check->kind].same_unit && check->n_data_points > 0) {
        const GhDataPoint *first = &framework->data_points[check->data_points[0]];
        g_autofree char *unit = gh_text_fold_unit(point->unit);
        g_autofree char *first_unit = gh_text_fold_unit(first->unit);
        if (strcmp(unit, first_unit) != 0) {
            reason = g_strdup_printf("compares %s in %s with %s in %s", point->id, point->unit,
                                     first->id, first->unit);
            remedy = GH_MARK("name data points of one unit");
        }
    }
    if (reason != NULL)
        gh_sheet_fault(sheet, GH_FAULT_ERROR, CHECK_DATA_POINTS, reason, remedy);
    return reason == NULL;
}

static void
take_listed(GhSheet *sheet, GhCheck *check, char **ids, size_t n_ids)
{
    GhFrameworkParser *parser = gh_sheet_parser(sheet);
    size_t *points = gh_framework_keep_array(parser->owner, n_ids, sizeof *points);

    check->data_points = points;
    for (size_t i = 0; i < n_ids; i++) {
        gssize found = gh_sheet_find_listed_data_point(sheet, CHECK_DATA_POINTS, ids[i]);
        if (found >= 0 && check_listed(sheet, check, (size_t)found))
            points[check->n_data_points++] = (size_t)found;
    }
}

static void
read_data_points(GhSheet *sheet, GhCheck *check)
{
    GhFrameworkParser *parser = gh_sheet_parser(sheet);
    g_auto(GStrv) ids = gh_text_split_list(gh_sheet_peek(sheet, CHECK_DATA_POINTS));
    size_t n = g_strv_length(ids);
    g_autofree char *reason = NULL;

    if (n == 1 && strcmp(ids[0], "*") == 0 && KINDS[check->kind].n_max > 0
        && !KINDS[check->kind].same_unit) {
        take_every_data_point(parser, check);
        return;
    }
    if (n > GH_FRAMEWORK_MAX_DATA_POINTS || n > KINDS[check->kind].n_max) {
        reason = g_strdup_printf("is not used by the kind %s", gh_check_kind_text(check->kind));
        gh_sheet_fault(sheet, GH_FAULT_ERROR, CHECK_DATA_POINTS, reason, GH_MARK("leave it empty"));
        return;
    }
    if (n < KINDS[check->kind].n_min) {
        reason = g_strdup_printf("names %zu data point%s, the kind %s needs %zu or more", n,
                                 n == 1 ? "" : "s", gh_check_kind_text(check->kind),
                                 KINDS[check->kind].n_min);
        gh_sheet_fault(sheet, GH_FAULT_ERROR, CHECK_DATA_POINTS, reason,
                       GH_MARK("write their ids, separated by \" | \""));
        return;
    }
    take_listed(sheet, check, ids, n);
}

/* "98..102", "..5", "90..". Numbers have a decimal point here, whatever the separator: the cell is
 * not a number to a spreadsheet. */
static bool
parse_limit(const char *text, double *ret_low, double *ret_high)
{
    const char *dots = strstr(text, "..");
    if (dots == NULL)
        return false;

    double low = -HUGE_VAL;
    double high = HUGE_VAL;
    g_autofree char *left = g_strstrip(g_strndup(text, (size_t)(dots - text)));
    g_autofree char *right = g_strstrip(g_strdup(dots + 2));
    if (*left == '\0' && *right == '\0')
        return false;
    if (*left != '\0' && !gh_number_parse(left, GH_NUMBER_POINT, false, &low, NULL))
        return false;
    if (*right != '\0' && !gh_number_parse(right, GH_NUMBER_POINT, false, &high, NULL))
        return false;
    *ret_low = low;
    *ret_high = high;
    return true;
}

static void
read_limit(GhSheet *sheet, GhCheck *check)
{
    const char *text = gh_sheet_peek(sheet, CHECK_LIMIT);
    Need need = KINDS[check->kind].limit;
    g_autofree char *reason = NULL;

    check->low = -HUGE_VAL;
    check->high = check->kind == GH_CHECK_ORDER ? 0.0 : HUGE_VAL;
    if (*text == '\0') {
        if (need == MUST && gh_sheet_has(sheet, CHECK_LIMIT)) {
            reason = g_strdup_printf("is empty, but the kind %s needs it",
                                     gh_check_kind_text(check->kind));
            gh_sheet_fault(sheet, GH_FAULT_ERROR, CHECK_LIMIT, reason,
                           GH_MARK("write 98..102, ..5 or 90.."));
        }
        return;
    }
    if (need == NO) {
        reason = g_strdup_printf("is not used by the kind %s", gh_check_kind_text(check->kind));
        gh_sheet_fault(sheet, GH_FAULT_ERROR, CHECK_LIMIT, reason, GH_MARK("leave it empty"));
    } else if (!parse_limit(text, &check->low, &check->high)) {
        gh_sheet_fault(sheet, GH_FAULT_ERROR, CHECK_LIMIT, GH_MARK("is not a limit"),
                       GH_MARK("write the lowest and the highest allowed: 98..102, ..5 or 90.."));
    } else if (check->low > check->high) {
        gh_sheet_fault(sheet, GH_FAULT_ERROR, CHECK_LIMIT, GH_MARK("ends before it begins"),
                       GH_MARK("put the smaller number first"));
    }
}

static void
read_base(GhSheet *sheet, GhCheck *check)
{
    bool needed = KINDS[check->kind].base;
    bool empty = *gh_sheet_peek(sheet, CHECK_BASE) == '\0';
    g_autofree char *list = gh_words_list(GH_BASE_WORDS);
    g_autofree char *reason = NULL;

    check->base =
        (GhBase)gh_sheet_choice(sheet, CHECK_BASE, "base figure", GH_BASE_WORDS, GH_BASE_NONE);
    if (needed && empty) {
        g_autofree char *remedy = g_strdup_printf("write %s", list);
        reason =
            g_strdup_printf("is empty, but the kind %s needs it", gh_check_kind_text(check->kind));
        gh_sheet_fault(sheet, GH_FAULT_ERROR, CHECK_BASE, reason, remedy);
    } else if (!needed && !empty) {
        reason = g_strdup_printf("is not used by the kind %s", gh_check_kind_text(check->kind));
        gh_sheet_fault(sheet, GH_FAULT_ERROR, CHECK_BASE, reason, GH_MARK("leave it empty"));
    } else if (check->base == GH_BASE_CURRENCY && check->kind != GH_CHECK_BASE_STATED) {
        gh_sheet_fault(sheet, GH_FAULT_ERROR, CHECK_BASE, GH_MARK("is not a number"),
                       GH_MARK("only the kind base_stated can ask for the currency"));
    }
}

static void
read_check(GhSheet *sheet, GHashTable *seen, GArray *checks)
{
    GhCheck check = {.id = gh_sheet_keep_id(sheet, CHECK_ID)};

    check.id = gh_sheet_check_twice(sheet, CHECK_ID, check.id, seen);
    if (*gh_sheet_peek(sheet, CHECK_KIND) == '\0' && gh_sheet_has(sheet, CHECK_KIND))
        gh_sheet_fault(sheet, GH_FAULT_ERROR, CHECK_KIND, GH_MARK("is empty"),
                       GH_MARK("write a kind of check"));
    if (*gh_sheet_peek(sheet, CHECK_SEVERITY) == '\0' && gh_sheet_has(sheet, CHECK_SEVERITY))
        gh_sheet_fault(sheet, GH_FAULT_ERROR, CHECK_SEVERITY, GH_MARK("is empty"),
                       GH_MARK("write note, warning or error"));
    check.severity = (GhSeverity)gh_sheet_choice(sheet, CHECK_SEVERITY, "severity",
                                                 GH_SEVERITY_WORDS, GH_SEVERITY_NOTE);
    check.message = gh_sheet_keep_text(sheet, CHECK_MESSAGE);
    check.source = gh_sheet_keep_text(sheet, CHECK_SOURCE);
    if (*check.message == '\0' && gh_sheet_has(sheet, CHECK_MESSAGE))
        gh_sheet_fault(sheet, GH_FAULT_ERROR, CHECK_MESSAGE, GH_MARK("is empty"),
                       GH_MARK("say what is wrong and what to do"));

    size_t kind =
        gh_sheet_choice(sheet, CHECK_KIND, "kind of check", GH_CHECK_KIND_WORDS, SIZE_MAX);
    if (kind == SIZE_MAX)
        return; /* nobody knows what else the row would need */
    check.kind = (GhCheckKind)kind;
    read_data_points(sheet, &check);
    read_limit(sheet, &check);
    read_base(sheet, &check);
    g_array_append_val(checks, check);
}

void
gh_framework_parse_checks(GhFrameworkParser *parser)
{
    g_autoptr(GArray) checks = g_array_new(FALSE, TRUE, sizeof(GhCheck));
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    g_autoptr(GhSheet) sheet = gh_sheet_open(parser, "checks.csv", CHECK_COLUMNS, N_CHECK_COLUMNS);
    while (sheet != NULL && gh_sheet_next(sheet)) {
        if (checks->len == GH_FRAMEWORK_MAX_CHECKS) {
            gh_sheet_fault(sheet, GH_FAULT_ERROR, CHECK_ID, GH_MARK("is one check too many"),
                           GH_MARK("keep at most 2000"));
            break;
        }
        read_check(sheet, seen, checks);
    }

    GhCheck *kept = gh_framework_keep_array(parser->owner, checks->len, sizeof *kept);
    for (size_t i = 0; i < checks->len; i++)
        kept[i] = g_array_index(checks, GhCheck, i);
    parser->framework->checks = kept;
    parser->framework->n_checks = checks->len;
}
