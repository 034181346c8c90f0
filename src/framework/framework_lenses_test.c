/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* framework_lenses_test.c - a second way to group the KPIs: the small one, and those of u4ssc. */
#include "framework/framework_testing.h"

#include <string.h>

static GPtrArray *
small_with_lens(void)
{
    GPtrArray *files = gh_framework_testing_small();

    gh_framework_testing_add_lens(files);
    return files;
}

static const GhLensGroup *
find_group(const GhLens *lens, const char *name)
{
    for (size_t i = 0; i < lens->n_groups; i++)
        if (strcmp(lens->groups[i].name, name) == 0)
            return &lens->groups[i];
    return NULL;
}

static GhFramework *
parse_u4ssc(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) files = gh_framework_files_from_dir("builtin:u4ssc", &error);

    g_assert_no_error(error);
    return gh_framework_testing_parse(files);
}

static void
test_order(void)
{
    static const char *const want[] = {"Children",  "On the way", "Outdoors",
                                       "Everybody", "At home",    "Visitors"};
    static const gssize parents[] = {-1, 0, 0, -1, 3, -1};
    g_autoptr(GPtrArray) files = small_with_lens();
    g_autoptr(GhFramework) framework = gh_framework_testing_parse(files);

    g_assert_cmpuint(framework->n_lenses, ==, 1);
    const GhLens *lens = &framework->lenses[0];
    g_assert_cmpstr(lens->id, ==, "people");
    g_assert_cmpint(lens->origin, ==, GH_LENS_OURS);
    g_assert_cmpuint(lens->n_groups, ==, G_N_ELEMENTS(want));
    for (size_t i = 0; i < G_N_ELEMENTS(want); i++) {
        g_assert_cmpstr(lens->groups[i].name, ==, want[i]);
        g_assert_cmpint(lens->groups[i].parent, ==, parents[i]);
    }
}

static void
test_members(void)
{
    static const struct {
        const char *group;
        const char *kpis[6];
    } cases[] = {
        {"Children", {"S1", "S3", "W4", NULL}},
        {"On the way", {"S1", "S3", NULL}},
        {"Everybody", {"S2", "S3", "S4", "W1", "W3", NULL}},
        {"At home", {"W1", "W3", NULL}},
        {"Visitors", {NULL}},
    };
    g_autoptr(GPtrArray) files = small_with_lens();
    g_autoptr(GhFramework) framework = gh_framework_testing_parse(files);
    const GhLens *lens = gh_framework_find_lens(framework, "people");

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const GhLensGroup *group = find_group(lens, cases[i].group);
        size_t n = 0;
        for (; cases[i].kpis[n] != NULL; n++) {
            g_assert_cmpuint(n, <, group->n_kpis);
            g_assert_cmpstr(framework->kpis[group->kpis[n]].id, ==, cases[i].kpis[n]);
        }
        g_assert_cmpuint(group->n_kpis, ==, n);
        g_assert_cmpuint(group->n_data_points, ==, n); /* one each in this framework */
    }
}

static void
test_places(void)
{
    g_autoptr(GPtrArray) files = small_with_lens();
    g_autoptr(GhFramework) framework = gh_framework_testing_parse(files);
    const GhLens *lens = &framework->lenses[0];

    g_assert_cmpuint(lens->n_places, ==, 9);
    g_assert_cmpstr(lens->groups[lens->places[2].group].name, ==, "On the way");
    g_assert_cmpstr(lens->places[2].reason, ==, "Children are hurt most.");
    g_assert_cmpstr(lens->places[2].source, ==, "Town council 2021");
    g_assert_false(lens->places[2].inferred);
    g_assert_true(lens->places[3].inferred);
    g_assert_cmpuint(lens->places[2].number, ==, 1);
    g_assert_cmpuint(lens->places[3].number, ==, 2);
    g_assert_cmpint(lens->places[6].group, ==, -1); /* not placed */
    g_assert_null(gh_framework_find_lens(framework, "sdg"));
}

/* A KPI in two subgroups of one group counts there once. */
static void
test_once(void)
{
    g_autoptr(GPtrArray) files = small_with_lens();
    gh_framework_testing_edit(files, "lenses/people.csv", "S3,Everybody,,",
                              "S3,Children,Outdoors,");
    g_autoptr(GhFramework) framework = gh_framework_testing_parse(files);
    const GhLens *lens = &framework->lenses[0];

    g_assert_cmpuint(find_group(lens, "Children")->n_kpis, ==, 3);
    g_assert_cmpuint(find_group(lens, "On the way")->n_kpis, ==, 2);
    g_assert_cmpuint(find_group(lens, "Outdoors")->n_kpis, ==, 2);
}

static void
test_translation(void)
{
    /* A catalogue without texts: enough to have a language (framework_test.c). */
    static const uint32_t EMPTY[] = {0x950412de, 0, 0, 28, 28, 0, 28};
    g_autoptr(GPtrArray) files = small_with_lens();
    g_autoptr(GhFramework) framework = gh_framework_testing_parse(files);
    const GhLens *lens = &framework->lenses[0];
    g_autoptr(GError) error = NULL;

    g_assert_true(gh_lang_load("fr", EMPTY, sizeof EMPTY, &error));
    g_assert_no_error(error);
    const GhLang *french = gh_lang_find("fr");
    g_assert_cmpstr(gh_framework_text(framework, french, "lens", "people", "name", lens->name), ==,
                    "Pour qui");
    g_assert_cmpstr(
        gh_framework_text(framework, french, "lens_group", "Children", "name", "Children"), ==,
        "Les enfants");
    g_assert_cmpstr(gh_lens_reason(framework, french, lens, &lens->places[2]), ==,
                    "Les enfants sont les plus touchés.");
    g_assert_cmpstr(gh_lens_reason(framework, french, lens, &lens->places[3]), ==,
                    "Anyone can be hurt.");
}

/* -- faults -- */

/* One change to the small framework with its lens, and all that is then said. */
static const struct {
    const char *label, *file;
    const char *find;    /* NULL: the whole file */
    const char *replace; /* NULL: the file is taken away */
    const char *want;    /* a warning begins with "warning: " and stops nothing */
} FAULTS[] = {
    {"a lens without a file", "lenses/people.csv", NULL, NULL,
     "framework.json, line 25, column lenses[0]: \"people\" has no file lenses/people.csv; add the "
     "file, or take the lens out"},
    {"a file that no entry names", "lenses/other.csv", NULL, "kpi_id,group,reason\n",
     "lenses/other.csv: is not announced in framework.json; add an entry with its id to "
     "\"lenses\", or take the file away"},
    {"an unknown origin", "framework.json", "\"origin\": \"ours\"", "\"origin\": \"mine\"",
     "framework.json, line 29, column lenses[0].origin: \"mine\" is not an origin; write ours, or "
     "official where the body that made the grouping says itself which KPI lies where"},
    {"no origin", "framework.json", "      \"origin\": \"ours\",\n", "",
     "framework.json, line 25, column lenses[0].origin: is missing; add it: a text in quotes"},
    {"a lens without a name", "framework.json", "\"name\": \"Who it is for\",", "",
     "framework.json, line 25, column lenses[0].name: is missing; add it: a text in quotes"},
    {"a group named twice", "framework.json", "\"Visitors\"", "\"Children\"",
     "framework.json, line 30, column lenses[0].order[2]: \"Children\" stands there twice; name "
     "each "
     "group once"},
    {"an unknown KPI", "lenses/people.csv", "W3,Everybody", "W33,Everybody",
     "lenses/people.csv, line 9, column kpi_id: \"W33\" is not in kpis.csv; write the id of a KPI "
     "as in kpis.csv\n"
     "warning: lenses/people.csv: has no row for the KPI W3; add rows; one without a group means: "
     "not placed in this lens"},
    {"the same row twice", "lenses/people.csv", "S3,Everybody,,", "S3,Children,On the way,",
     "lenses/people.csv, line 5, column kpi_id: \"S3\" stands in that group on line 4 already; "
     "keep "
     "one of the two rows"},
    {"placed and not placed", "lenses/people.csv", "S3,Everybody,,", "S3,,,",
     "lenses/people.csv, line 5, column kpi_id: \"S3\" has a row with a group and one without; "
     "without a group means: not placed in this lens; delete one of them"},
    {"no reason", "lenses/people.csv", "Everybody pays.", "",
     "lenses/people.csv, line 9, column reason: is empty; say in a sentence why the KPI lies "
     "there"},
    {"a subgroup without its group", "lenses/people.csv", "W4,Children,", "W4,,",
     "lenses/people.csv, line 10, column subgroup: \"Outdoors\" has no group; write the group as "
     "well, or neither"},
    {"an unknown confidence", "lenses/people.csv", "2021,read", "2021,red",
     "lenses/people.csv, line 4, column confidence: \"red\" is not a confidence; write read or "
     "inferred"},
    {"no column of reasons", "lenses/people.csv", "reason", "why",
     "lenses/people.csv, line 1, column reason: is missing; add this column\n"
     "lenses/people.csv, line 1, column why: is not a column of this file; the columns are kpi_id, "
     "group, subgroup, reason, source, confidence or kpi_name"},
    {"a KPI left out is told", "lenses/people.csv",
     "W4,Children,Outdoors,Children play there.,our "
     "choice,inferred\n",
     "",
     "warning: lenses/people.csv: has no row for the KPI W4; add rows; one without a group means: "
     "not placed in this lens"},
    {"several left out are told in one line", "lenses/people.csv",
     "W3,Everybody,At home,Everybody pays.,our choice,inferred\nW4,Children,Outdoors,Children play "
     "there.,our choice,inferred\n",
     "",
     "warning: lenses/people.csv: has no row for 2 KPIs, the first is W3; add rows; one without a "
     "group means: not placed in this lens"},
    {"a translation of a lens that is gone", "lang/fr.csv", "lens,people", "lens,persons",
     "warning: lang/fr.csv, line 2, column id: \"persons\" is not in the framework; correct the "
     "id "
     "or delete the row"},
};

static void
test_faults(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(FAULTS); i++) {
        g_autoptr(GPtrArray) files = small_with_lens();
        g_autoptr(GhFaults) faults = gh_faults_new();
        g_autoptr(GString) got = g_string_new(NULL);
        gh_framework_testing_edit(files, FAULTS[i].file, FAULTS[i].find, FAULTS[i].replace);
        g_autoptr(GhFramework) framework = gh_framework_parse(files, faults, NULL);
        for (size_t k = 0; k < gh_faults_n_listed(faults); k++) {
            const GhFault *fault = gh_faults_peek(faults, k);
            g_autofree char *line = gh_fault_format(fault, gh_lang_source());
            g_string_append_printf(got, "%s%s%s", k > 0 ? "\n" : "",
                                   fault->kind == GH_FAULT_WARNING ? "warning: " : "", line);
        }
        g_test_message("%s", FAULTS[i].label);
        g_assert_cmpstr(got->str, ==, FAULTS[i].want);
        g_assert_cmpint(framework == NULL, ==, gh_faults_n_errors(faults) > 0);
    }
}

/* 501 groups and subgroups. */
static void
test_limit(void)
{
    g_autoptr(GString) rows = g_string_new("kpi_id,group,subgroup,reason\n");
    g_autoptr(GPtrArray) files = small_with_lens();
    g_autoptr(GhFaults) faults = gh_faults_new();

    for (size_t i = 0; i <= GH_FRAMEWORK_MAX_LENS_GROUPS; i++)
        g_string_append_printf(rows, "S1,Everybody,Part %zu,Why.\n", i);
    gh_framework_testing_edit(files, "lenses/people.csv", NULL, rows->str);
    g_assert_null(gh_framework_parse(files, faults, NULL));
    g_autofree char *first = gh_fault_format(gh_faults_peek(faults, 0), gh_lang_source());
    g_assert_nonnull(strstr(first, "is one group too many; keep at most 500"));
}

/* -- u4ssc -- */

static void
test_every_kpi(void)
{
    static const struct {
        const char *id;
        size_t n_groups, n_unplaced;
    } cases[] = {{"sdg", 17, 0}, {"oecd", 7, 3}};
    g_autoptr(GhFramework) framework = parse_u4ssc();

    g_assert_cmpuint(framework->n_lenses, ==, G_N_ELEMENTS(cases));
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const GhLens *lens = gh_framework_find_lens(framework, cases[i].id);
        g_autofree size_t *n_rows = g_new0(size_t, framework->n_kpis);
        size_t n_unplaced = 0;
        g_assert_cmpint(lens->origin, ==, GH_LENS_OURS);
        g_assert_cmpuint(lens->n_groups, ==, cases[i].n_groups);
        for (size_t k = 0; k < lens->n_places; k++) {
            n_rows[lens->places[k].kpi]++;
            n_unplaced += lens->places[k].group < 0;
            g_assert_true(*lens->places[k].reason != '\0' && *lens->places[k].source != '\0');
        }
        g_assert_cmpuint(n_unplaced, ==, cases[i].n_unplaced);
        for (size_t k = 0; k < framework->n_kpis; k++)
            g_assert_cmpuint(n_rows[k], >, 0);
    }
}

/* "17.8.1" is of goal "17 Partnerships for the goals". */
static bool
is_of_goal(const char *target, const char *group)
{
    size_t length = strcspn(target, ".");

    return strncmp(target, group, length) == 0 && group[length] == ' ';
}

static bool
names_goal(const char *const *targets, const char *group)
{
    for (size_t i = 0; targets[i] != NULL; i++)
        if (is_of_goal(targets[i], group))
            return true;
    return false;
}

/* A KPI lies in the goals that kpis.csv names and in no other; where it names none, the choice is ours. */
static void
test_goals(void)
{
    g_autoptr(GhFramework) framework = parse_u4ssc();
    const GhLens *lens = gh_framework_find_lens(framework, "sdg");
    size_t n_ours = 0;

    for (size_t i = 0; i < lens->n_places; i++) {
        const GhLensPlace *place = &lens->places[i];
        const GhKpi *kpi = &framework->kpis[place->kpi];
        const char *goal = lens->groups[place->group].name;
        bool read = names_goal(kpi->sdg, goal);
        g_test_message("%s in %s", kpi->id, goal);
        g_assert_cmpint(place->inferred, ==, !read);
        if (kpi->sdg[0] == NULL && kpi->sdg_inferred[0] == NULL)
            n_ours++;
        else
            g_assert_true(read || names_goal(kpi->sdg_inferred, goal));
    }
    g_assert_cmpuint(n_ours, ==, 5); /* of three KPIs */
    for (size_t g = 0; g < lens->n_groups; g++) {
        const GhLensGroup *group = &lens->groups[g];
        size_t n = 0;
        for (size_t k = 0; k < framework->n_kpis; k++)
            n += names_goal(framework->kpis[k].sdg, group->name)
                 || names_goal(framework->kpis[k].sdg_inferred, group->name);
        g_assert_cmpuint(group->n_kpis, >=, n);
    }
}

/* Only what was read of the OECD: three pillars, four aims. */
static void
test_oecd(void)
{
    static const char *const want[] = {"Smart city tools",
                                       "Stakeholder engagement for smart cities",
                                       "Smart city performance",
                                       "Well-being",
                                       "Inclusion",
                                       "Sustainability",
                                       "Resilience"};
    g_autoptr(GhFramework) framework = parse_u4ssc();
    const GhLens *lens = gh_framework_find_lens(framework, "oecd");

    for (size_t i = 0; i < G_N_ELEMENTS(want); i++) {
        g_assert_cmpstr(lens->groups[i].name, ==, want[i]);
        g_assert_cmpint(lens->groups[i].parent, ==, i < 3 ? -1 : 2);
        g_assert_cmpuint(lens->groups[i].n_kpis, >, 0);
    }
    g_assert_nonnull(strstr(lens->description, "not the framework of the OECD"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/lenses/groups stand in the order given, each followed by its subgroups",
                    test_order);
    g_test_add_func("/lenses/a group holds its KPIs and those of its subgroups", test_members);
    g_test_add_func("/lenses/a row says where, why, and from where", test_places);
    g_test_add_func("/lenses/a KPI counts once in a group", test_once);
    g_test_add_func("/lenses/names and reasons are translated", test_translation);
    g_test_add_func("/lenses/every fault is told with its file, line and column", test_faults);
    g_test_add_func("/lenses/too many groups are refused", test_limit);
    g_test_add_func("/lenses/every KPI of u4ssc has its row in every lens", test_every_kpi);
    g_test_add_func("/lenses/the goals are those that the KPIs name", test_goals);
    g_test_add_func("/lenses/the OECD view has the names that were read and no others", test_oecd);
    return g_test_run();
}
