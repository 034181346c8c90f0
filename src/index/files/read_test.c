/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* read_test.c - the two CSV files: what is read, and what is told about them. */
#include "index/index_testing.h"
#include "index/read.h"

#include <math.h>
#include <string.h>

static const char META[] = "Type,Level,iCode,Direction,Weight,Parent,Unit,goal,iName,Denominator\n"
                           "Aggregate,3,Index,1,1,,,,The index,\n"
                           "Indicator,1,b,-1,2,Y,kg,7,Bees,pop\n"
                           "Aggregate,2,X,1,1,Index,,,,\n"
                           "Group,,region,,,,,,Region,\n"
                           "Indicator,1,a,1,1,X,,,Ants,\n"
                           "Denominator,,pop,,,,,,People,\n"
                           "Other,,mood,,,,,,,\n"
                           "Aggregate,2,Y,1,0.5,Index,,,,\n";
static const char DATA[] = "uName,uCode,region,a,b,pop,mood\n"
                           "North,N,cold,1.5,NA,10,3\n"
                           "South,S,warm,,4,20,NA\n"
                           "Namibia,NA,cold,2,5,30,1\n"
                           "Nowhere,O,,2,5,30,1\n";

static GhIndexData *
read_texts(const char *data, const char *meta, GhFaults *faults, GError **error)
{
    return gh_index_read(&(GhIndexFile){"iData.csv", data, strlen(data)},
                         &(GhIndexFile){"iMeta.csv", meta, strlen(meta)}, faults, error);
}

static GhIndexData *
read_good(const char *data, const char *meta)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GhFaults) faults = gh_faults_new();
    GhIndexData *read = read_texts(data, meta, faults, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(gh_faults_n_errors(faults), ==, 0);
    return read;
}

static void
test_order(void)
{
    g_autoptr(GhIndexData) data = read_good(DATA, META);
    static const char *const CODES[] = {"b", "a", "X", "Y", "Index"};

    g_assert_cmpuint(data->n_indicators, ==, 2);
    g_assert_cmpuint(data->n_nodes, ==, G_N_ELEMENTS(CODES));
    for (size_t k = 0; k < data->n_nodes; k++)
        g_assert_cmpstr(data->nodes[k].code, ==, CODES[k]);
    g_assert_cmpint(data->nodes[0].parent, ==, 3);
    g_assert_cmpint(data->nodes[0].direction, ==, -1);
    g_assert_cmpfloat(data->nodes[0].weight, ==, 2);
    g_assert_cmpstr(data->nodes[0].name, ==, "Bees");
    g_assert_cmpstr(data->nodes[0].unit, ==, "kg");
    g_assert_cmpint(data->n_levels, ==, 3);
}

static void
test_values(void)
{
    g_autoptr(GhIndexData) data = read_good(DATA, META);

    g_assert_cmpuint(data->n_units, ==, 4);
    g_assert_true(isnan(data->values[0])); /* NA */
    g_assert_cmpfloat(data->values[1], ==, 4);
    g_assert_cmpfloat(data->values[4], ==, 1.5);
    g_assert_true(isnan(data->values[5])); /* empty */
    g_assert_cmpstr(data->unit_codes[2], ==, "NA");
    g_assert_cmpstr(data->unit_names[1], ==, "South");
    g_assert_null(data->years);
}

static void
test_beside(void)
{
    g_autoptr(GhIndexData) data = read_good(DATA, META);

    g_assert_cmpuint(data->n_groups, ==, 1);
    g_assert_cmpuint(data->groups[0].n_categories, ==, 2);
    g_assert_cmpstr(data->groups[0].categories[1], ==, "warm");
    g_assert_cmpint(data->groups[0].of_unit[2], ==, 0);
    g_assert_cmpint(data->groups[0].of_unit[3], ==, -1);
    g_assert_cmpint(data->nodes[0].denominator, ==, 0);
    g_assert_cmpint(data->nodes[1].denominator, ==, -1);
    g_assert_cmpfloat(data->denominators[0].values[1], ==, 20);
    g_assert_cmpstr(data->outside[0].code, ==, "mood");
    g_assert_true(isnan(data->outside[0].values[1]));
    const double *goals = gh_index_data_extra(data, "goal");
    g_assert_cmpfloat(goals[0], ==, 7);
    g_assert_true(isnan(goals[1]));
}

static void
test_panel(void)
{
    g_autoptr(GhIndexData) data = read_good("uCode;Time;region;a;b;pop;mood\n"
                                            "N;2018;x;1,5;1;1;1\nN;2019;x;2;1;1;1\n",
                                            META);
    g_assert_cmpuint(data->n_units, ==, 2);
    g_assert_cmpint(data->years[1], ==, 2019);
    g_assert_cmpfloat(data->values[2], ==, 1.5);

    g_autoptr(GhIndexData) one = read_good("uCode,Time,region,a,b,pop,mood\n"
                                           "N,2018,x,1,1,1,1\nS,2018,x,2,1,1,1\n",
                                           META);
    g_assert_null(one->years);
}

static void
test_text_outside(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GhIndexData) data = read_texts("uCode,region,a,b,pop,mood,more\n"
                                             "N,x,1,1,1,good,1\nS,x,1,1,1,bad,1\n",
                                             META, faults, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(data->n_outside, ==, 0);
    g_assert_cmpuint(gh_faults_n_warnings(faults), ==, 2);
    g_assert_cmpstr(gh_faults_peek(faults, 0)->column, ==, "more");
    g_assert_cmpstr(gh_faults_peek(faults, 1)->column, ==, "mood");
}

/* One change of the good files a case; told: file, line, column, value and the first words of the reason. */
typedef struct {
    const char *label;
    const char *file; /* the one that changes */
    const char *from, *to;
    size_t line;
    const char *column, *value, *reason;
} Fault;

static const Fault FAULTS[] = {
    {.label = "a column that is needed",
     .file = "iMeta.csv",
     .from = "Direction",
     .to = "Way",
     .line = 1,
     .column = "Direction",
     .reason = "is missing"},
    {.label = "a type",
     .file = "iMeta.csv",
     .from = "Other",
     .to = "Else",
     .line = 8,
     .column = "Type",
     .value = "Else",
     .reason = "is not a type"},
    {.label = "a code twice",
     .file = "iMeta.csv",
     .from = "Indicator,1,a",
     .to = "Indicator,1,b",
     .line = 6,
     .column = "iCode",
     .value = "b",
     .reason = "stands there twice"},
    {.label = "no code",
     .file = "iMeta.csv",
     .from = "Indicator,1,a",
     .to = "Indicator,1,",
     .line = 6,
     .column = "iCode",
     .reason = "is empty"},
    {.label = "a group called Time",
     .file = "iMeta.csv",
     .from = "region",
     .to = "time",
     .line = 5,
     .column = "iCode",
     .value = "time",
     .reason = "names the units"},
    {.label = "an indicator's level",
     .file = "iMeta.csv",
     .from = "Indicator,1,a",
     .to = "Indicator,2,a",
     .line = 6,
     .column = "Level",
     .value = "2",
     .reason = "is not an indicator's level"},
    {.label = "an aggregate's level",
     .file = "iMeta.csv",
     .from = "2,X",
     .to = "1,X",
     .line = 4,
     .column = "Level",
     .value = "1",
     .reason = "is not an aggregate's level"},
    {.label = "a direction",
     .file = "iMeta.csv",
     .from = "b,-1",
     .to = "b,0",
     .line = 3,
     .column = "Direction",
     .value = "0",
     .reason = "is not a direction"},
    {.label = "a weight below 0",
     .file = "iMeta.csv",
     .from = "-1,2,Y",
     .to = "-1,-2,Y",
     .line = 3,
     .column = "Weight",
     .value = "-2",
     .reason = "is not a weight"},
    {.label = "no weight",
     .file = "iMeta.csv",
     .from = "-1,2,Y",
     .to = "-1,,Y",
     .line = 3,
     .column = "Weight",
     .value = "",
     .reason = "is not a weight"},
    {.label = "a parent that is not there",
     .file = "iMeta.csv",
     .from = "2,Y,kg",
     .to = "2,Z,kg",
     .line = 3,
     .column = "Parent",
     .value = "Z",
     .reason = "is no aggregate"},
    {.label = "a parent two levels up",
     .file = "iMeta.csv",
     .from = "2,Y,kg",
     .to = "2,Index,kg",
     .line = 3,
     .column = "Parent",
     .value = "Index",
     .reason = "is not one level above"},
    {.label = "no parent below the top",
     .file = "iMeta.csv",
     .from = "2,Y,kg",
     .to = "2,,kg",
     .line = 3,
     .column = "Parent",
     .reason = "is empty"},
    {.label = "an aggregate of nothing",
     .file = "iMeta.csv",
     .from = "2,Y,kg",
     .to = "2,X,kg",
     .line = 9,
     .column = "iCode",
     .value = "Y",
     .reason = "has nothing below it"},
    {.label = "a denominator that is not there",
     .file = "iMeta.csv",
     .from = "Bees,pop",
     .to = "Bees,pup",
     .line = 3,
     .column = "Denominator",
     .value = "pup",
     .reason = "is no denominator"},
    {.label = "a parameter that is text",
     .file = "iMeta.csv",
     .from = ",,,Ants",
     .to = ",,x,Ants",
     .line = 6,
     .column = "goal",
     .value = "x",
     .reason = "is not a number"},
    {.label = "a column of the metadata that is missing",
     .file = "iData.csv",
     .from = ",a,",
     .to = ",aa,",
     .line = 1,
     .column = "a",
     .reason = "is missing"},
    {.label = "no codes",
     .file = "iData.csv",
     .from = "uCode",
     .to = "city",
     .line = 1,
     .column = "uCode",
     .reason = "is missing"},
    {.label = "text among figures",
     .file = "iData.csv",
     .from = "1.5",
     .to = "many",
     .line = 2,
     .column = "a",
     .value = "many",
     .reason = "is not a number"},
    {.label = "an infinite figure",
     .file = "iData.csv",
     .from = "1.5",
     .to = "Inf",
     .line = 2,
     .column = "a",
     .value = "Inf",
     .reason = "is not"},
    {.label = "a unit twice",
     .file = "iData.csv",
     .from = "South,S",
     .to = "South,N",
     .line = 3,
     .column = "uCode",
     .value = "N",
     .reason = "stands there twice"},
    {.label = "a unit without code",
     .file = "iData.csv",
     .from = "South,S",
     .to = "South,",
     .line = 3,
     .column = "uCode",
     .reason = "is empty"},
    {.label = "a row too short",
     .file = "iData.csv",
     .from = "20,NA",
     .to = "20",
     .line = 3,
     .reason = "has 6 fields"},
};

static char *
replaced(const char *text, const char *from, const char *to)
{
    const char *at = strstr(text, from);
    g_assert_nonnull(at);
    return g_strdup_printf("%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

static void
test_fault(gconstpointer pointer)
{
    const Fault *want = pointer;
    bool in_meta = strcmp(want->file, "iMeta.csv") == 0;
    g_autofree char *changed = replaced(in_meta ? META : DATA, want->from, want->to);
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GError) error = NULL;

    g_autoptr(GhIndexData) data =
        read_texts(in_meta ? DATA : changed, in_meta ? changed : META, faults, &error);
    g_assert_null(data);
    g_assert_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_FAULTS);
    for (size_t i = 0; i < gh_faults_n_listed(faults); i++) {
        const GhFault *fault = gh_faults_peek(faults, i);
        if (fault->kind == GH_FAULT_ERROR && strcmp(fault->file, want->file) == 0
            && fault->line == want->line && g_strcmp0(fault->column, want->column) == 0
            && g_strcmp0(fault->value, want->value) == 0
            && g_str_has_prefix(fault->reason, want->reason)
            && (fault->remedy != NULL && *fault->remedy != '\0'))
            return;
        g_autofree char *line = gh_fault_format(fault, gh_lang_source());
        g_test_message("told: %s", line);
    }
    g_test_fail_printf("%s: not told", want->label);
}

static void
test_all_at_once(void)
{
    g_autofree char *data = replaced(DATA, "1.5", "many");
    g_autofree char *meta = replaced(META, "b,-1", "b,0");
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GError) error = NULL;

    g_assert_null(read_texts(data, meta, faults, &error));
    g_assert_cmpuint(gh_faults_n_errors(faults), ==, 2);
    g_assert_cmpstr(error->message, ==, "iData.csv and iMeta.csv have 2 faults");
}

static void
test_half_a_panel(void)
{
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_assert_null(read_texts("uCode,Time,region,a,b,pop,mood\nN,2018,x,1,1,1,1\nN,,x,2,1,1,1\n"
                             "S,late,x,2,1,1,1\n",
                             META, faults, NULL));
    g_assert_cmpuint(gh_faults_n_errors(faults), ==, 2);
    g_assert_cmpstr(gh_faults_peek(faults, 0)->value, ==, "late");
    g_assert_cmpuint(gh_faults_peek(faults, 1)->line, ==, 3);
}

static void
test_nothing(void)
{
    static const struct {
        const char *label, *data, *meta;
    } cases[] = {
        {"no bytes", "", ""},
        {"headers only", "uCode\n", "Level,iCode,Direction,Weight,Parent,Type\n"},
        {"no aggregate", "uCode,a\nx,1\n",
         "Level,iCode,Direction,Weight,Parent,Type\n1,a,1,1,,Indicator\n"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GhFaults) faults = gh_faults_new();
        g_autoptr(GError) error = NULL;
        g_test_message("%s", cases[i].label);
        g_assert_null(read_texts(cases[i].data, cases[i].meta, faults, &error));
        g_assert_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_FAULTS);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/read/nodes stand in the order of the metadata, level by level", test_order);
    g_test_add_func("/read/empty and NA are gaps, but NA can be a unit's code", test_values);
    g_test_add_func("/read/groups, denominators, outside variables and parameters", test_beside);
    g_test_add_func("/read/several years are a panel, one year is not", test_panel);
    g_test_add_func("/read/text outside the index is left out with a warning", test_text_outside);
    for (size_t i = 0; i < G_N_ELEMENTS(FAULTS); i++) {
        g_autofree char *path = g_strdup_printf("/read/told with its place: %s", FAULTS[i].label);
        g_test_add_data_func(path, &FAULTS[i], test_fault);
    }
    g_test_add_func("/read/faults of both files are told at once", test_all_at_once);
    g_test_add_func("/read/a year that some rows lack", test_half_a_panel);
    g_test_add_func("/read/files with nothing in them", test_nothing);
    return g_test_run();
}
