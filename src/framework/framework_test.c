/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* framework_test.c - what a parsed framework says: the small one, U4SSC, and other forms. */
#include "framework/framework_testing.h"

#include <math.h>
#include <string.h>

static GhFramework *
parse_u4ssc(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) files = gh_framework_files_from_dir("builtin:u4ssc", &error);
    g_assert_no_error(error);

    g_autoptr(GhFaults) faults = gh_faults_new();
    GhFramework *framework = gh_framework_parse(files, faults, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(gh_faults_n_warnings(faults), ==, 0);
    return framework;
}

/* Numbers: issue text and domain brief A1 (VR-Geneva p. 27, VM p. 15); 24 slots as in A1. */
static void
test_u4ssc_shape(void)
{
    g_autoptr(GhFramework) framework = parse_u4ssc();
    size_t n_groups[3] = {0};
    size_t n_core = 0;

    g_assert_cmpstr(framework->id, ==, "u4ssc");
    g_assert_cmpuint(framework->n_kpis, ==, 91);
    g_assert_cmpuint(framework->n_data_points, ==, 112);
    g_assert_cmpuint(framework->n_levels, ==, 3);
    for (size_t i = 0; i < framework->n_groups; i++)
        n_groups[framework->groups[i].level]++;
    g_assert_cmpuint(n_groups[0], ==, 3);
    g_assert_cmpuint(n_groups[1], ==, 7);
    g_assert_cmpuint(n_groups[2], ==, 24);
    for (size_t i = 0; i < framework->n_kpis; i++)
        n_core += framework->kpis[i].tier == 0;
    g_assert_cmpuint(n_core, ==, 55);
    g_assert_cmpuint(framework->n_qualities, ==, 6);
}

/* Domain brief A1: Economy 55, Environment 28, Society and Culture 29 data points. */
static void
test_u4ssc_dimensions(void)
{
    static const struct {
        const char *name;
        size_t n_data_points;
    } cases[] = {{"Economy", 55}, {"Environment", 28}, {"Society and Culture", 29}};
    g_autoptr(GhFramework) framework = parse_u4ssc();

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        gssize found = gh_framework_find_group(framework, 0, cases[i].name, cases[i].name);
        g_assert_cmpint(found, ==, (gssize)i);
        g_assert_cmpuint(framework->groups[found].n_data_points, ==, cases[i].n_data_points);
    }
}

static void
test_same_name_under_two_tops(void)
{
    g_autoptr(GhFramework) framework = parse_u4ssc();
    gssize economy = gh_framework_find_group(framework, 2, "Economy", "Waste");
    gssize environment = gh_framework_find_group(framework, 2, "Environment", "Waste");

    g_assert_cmpint(economy, >=, 0);
    g_assert_cmpint(environment, >=, 0);
    g_assert_cmpint(economy, !=, environment);
    g_assert_cmpuint(framework->groups[economy].n_data_points, ==, 1);
    g_assert_cmpuint(framework->groups[environment].n_data_points, ==, 6);
    g_assert_cmpint(gh_framework_find_group(framework, 2, "Society and Culture", "Waste"), ==, -1);
}

static void
test_inferred_stays_marked(void)
{
    g_autoptr(GhFramework) framework = parse_u4ssc();
    size_t n_inferred = 0;

    for (size_t i = 0; i < framework->n_kpis; i++)
        n_inferred += framework->kpis[i].inferred;
    g_assert_cmpuint(n_inferred, ==, 50);
    const GhKpi *kpi = &framework->kpis[gh_framework_find_kpi(framework, "EC.I.T.8A")];
    g_assert_true(kpi->inferred);
    g_assert_true(g_strv_contains(kpi->inferred_fields, "definition"));
    g_assert_true(g_strv_contains(kpi->inferred_fields, "tier"));
    g_assert_cmpstr(kpi->sdg_inferred[0], ==, "11.6");
    g_assert_null(kpi->sdg[0]);
}

static void
test_u4ssc_targets(void)
{
    g_autoptr(GhFramework) framework = parse_u4ssc();
    const GhTargetSet *open = gh_framework_find_targets(framework, "open");
    gssize loss = gh_framework_find_data_point(framework, "ec.i.ws.3c.value");

    g_assert_nonnull(open);
    g_assert_cmpint(open->targets[loss].rule, ==, GH_RULE_LOWER_RANGE);
    g_assert_cmpfloat(open->targets[loss].target, ==, 10.0);
    g_assert_cmpfloat(open->targets[loss].worst, ==, 50.0);
    g_assert_null(gh_framework_find_targets(framework, "official"));
    for (size_t i = 0; i < framework->n_data_points; i++) {
        g_assert_true(*open->targets[i].source != '\0');
        g_assert_true(*open->targets[i].explanation != '\0');
    }
}

static void
test_every_group_holds_its_kpis(void)
{
    g_autoptr(GhFramework) framework = parse_u4ssc();

    for (size_t g = 0; g < framework->n_groups; g++) {
        const GhGroup *group = &framework->groups[g];
        for (size_t i = 0; i < group->n_kpis; i++)
            g_assert_cmpuint(framework->kpis[group->kpis[i]].groups[group->level], ==, g);
        for (size_t i = 0; i < group->n_data_points; i++) {
            size_t kpi = framework->data_points[group->data_points[i]].kpi;
            g_assert_cmpuint(framework->kpis[kpi].groups[group->level], ==, g);
        }
        g_assert_cmpuint(group->n_children, ==, 0);
    }
}

static void
test_small_framework(void)
{
    g_autoptr(GPtrArray) files = gh_framework_testing_small();
    g_autoptr(GhFramework) framework = gh_framework_testing_parse(files);

    g_assert_cmpuint(framework->n_levels, ==, 2);
    g_assert_cmpint(framework->scoring, ==, GH_SCORING_ARITHMETIC);
    g_assert_cmpuint(framework->n_bands, ==, 3);
    g_assert_cmpstr(framework->bands[1].label, ==, "fair");
    g_assert_cmpfloat(framework->bands[2].below, ==, HUGE_VAL);
    g_assert_cmpint(framework->bands[2].points, ==, 3);
    g_assert_cmpint(framework->first_year, ==, 2000);
    g_assert_cmpuint(framework->n_tiers, ==, 1);
    g_assert_cmpstr(framework->tiers[0].id, ==, "all");
    g_assert_cmpstr(framework->kpis[0].code, ==, "S1");
    g_assert_cmpint(framework->data_points[5].direction, ==, GH_DIRECTION_LOWER);
    g_assert_cmpfloat(framework->data_points[2].max, ==, HUGE_VAL);
}

static void
test_groups_nest_when_continuous(void)
{
    g_autoptr(GPtrArray) files = gh_framework_testing_small();
    g_autoptr(GhFramework) framework = gh_framework_testing_parse(files);
    const GhGroup *streets = &framework->groups[0];
    const GhGroup *water = &framework->groups[1];

    g_assert_cmpstr(streets->name, ==, "Streets");
    g_assert_cmpfloat(streets->weight, ==, 1.0);
    g_assert_cmpuint(streets->n_children, ==, 3);
    g_assert_cmpstr(framework->groups[streets->children[2]].name, ==, "Safety");
    g_assert_cmpfloat(water->weight, ==, 2.0);
    g_assert_cmpuint(water->n_children, ==, 2);
    g_assert_cmpstr(framework->groups[water->children[1]].name, ==, "Leisure");
    g_assert_cmpuint(framework->groups[water->children[0]].n_kpis, ==, 3);
    g_assert_cmpfloat(framework->kpis[gh_framework_find_kpi(framework, "W1")].weight, ==, 2.0);
}

static void
test_data_points_come_with_their_kpi(void)
{
    g_autoptr(GPtrArray) files = gh_framework_testing_small();
    gh_framework_testing_edit(files, "data_points.csv", "\nw4.fountains",
                              "\ns1.more,S1,More,,,1,number,,,\nw4.fountains");
    g_autoptr(GhFramework) framework = gh_framework_testing_parse(files);

    g_assert_cmpuint(framework->kpis[0].first_data_point, ==, 0);
    g_assert_cmpuint(framework->kpis[0].n_data_points, ==, 2);
    g_assert_cmpstr(framework->data_points[1].id, ==, "s1.more");
    g_assert_cmpuint(framework->kpis[1].first_data_point, ==, 2);
}

static void
test_checks(void)
{
    g_autoptr(GPtrArray) files = gh_framework_testing_small();
    g_autoptr(GhFramework) framework = gh_framework_testing_parse(files);
    const GhCheck *range = &framework->checks[0];
    const GhCheck *order = &framework->checks[1];
    const GhCheck *denominator = &framework->checks[2];
    const GhCheck *count = &framework->checks[3];

    g_assert_cmpfloat(range->low, ==, 1.0);
    g_assert_cmpfloat(range->high, ==, 70.0);
    g_assert_cmpint(range->severity, ==, GH_SEVERITY_WARNING);
    g_assert_cmpfloat(order->low, ==, -HUGE_VAL);
    g_assert_cmpfloat(order->high, ==, 10.0);
    g_assert_cmpstr(framework->data_points[order->data_points[0]].id, ==, "w1.tap");
    g_assert_cmpint(denominator->base, ==, GH_BASE_POPULATION_100000);
    g_assert_cmpfloat(denominator->low, ==, -5.0);
    g_assert_cmpfloat(count->high, ==, HUGE_VAL);
    g_assert_cmpuint(framework->checks[4].n_data_points, ==, framework->n_data_points);
}

static void
test_star_means_ratios_where_needed(void)
{
    g_autoptr(GPtrArray) files = gh_framework_testing_small();
    gh_framework_testing_edit(files, "checks.csv", "range,w2.loss,1..70", "arithmetic,*,-1..1");
    g_autoptr(GhFramework) framework = gh_framework_testing_parse(files);

    /* Eight data points, two of them without a denominator. */
    g_assert_cmpuint(framework->checks[0].n_data_points, ==, 6);
}

static void
test_units(void)
{
    static const struct {
        const char *label;
        const char *id;
        const char *wording;
        bool want;
    } cases[] = {
        {"empty means its own", "w1.tap", "", true},
        {"its own", "w1.tap", "%", true},
        {"a row for all with that unit", "w2.loss", "Per Cent", true},
        {"a row for this one", "s3.deaths", "Deaths/100000", true},
        {"case and blanks", "s3.deaths", "PER 100000 inhabitants", true},
        {"another's row", "s4.time", "deaths / 100 000", false},
        {"another unit", "w1.tap", "m3", false},
    };
    g_autoptr(GPtrArray) files = gh_framework_testing_small();
    g_autoptr(GhFramework) framework = gh_framework_testing_parse(files);

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].label);
        gssize found = gh_framework_find_data_point(framework, cases[i].id);
        g_assert_cmpint(gh_framework_unit_agrees(framework, (size_t)found, cases[i].wording), ==,
                        cases[i].want);
    }
}

/* A spreadsheet of a country with decimal commas saves the same framework like this. */
static void
test_semicolons_and_commas(void)
{
    static const char TARGETS[] =
        "data_point_id;rule;target;worst;unit;source\r\n"
        "s4.time;bands;1,2;1,6;ratio;Our choice\r\n"
        "s3.deaths;lower_zero;2,5;;per 100 000 inhabitants;Our choice\r\n";
    g_autoptr(GPtrArray) files = gh_framework_testing_small();
    gh_framework_testing_edit(files, "targets/town.csv", NULL, TARGETS);
    g_autoptr(GhFramework) framework = gh_framework_testing_parse(files);
    const GhTarget *time = &framework->target_sets[0].targets[3];

    g_assert_cmpfloat(time->target, ==, 1.2);
    g_assert_cmpfloat(time->worst, ==, 1.6);
    g_assert_cmpint(framework->target_sets[0].targets[0].rule, ==, GH_RULE_NONE);
}

/* A catalogue without texts: enough to have a language. GNU gettext manual, "MO Files": magic number,
 * revision, number of texts, offsets of two tables, size and offset of a hash table. */
static const GhLang *
language(const char *tag)
{
    static const uint32_t EMPTY[] = {0x950412de, 0, 0, 28, 28, 0, 28};
    g_autoptr(GError) error = NULL;

    g_assert_true(gh_lang_load(tag, EMPTY, sizeof EMPTY, &error));
    g_assert_no_error(error);
    return gh_lang_find(tag);
}

static void
test_translation(void)
{
    static const struct {
        const char *label;
        const char *tag;
        const char *subject;
        const char *id;
        const char *field;
        const char *want;
    } cases[] = {
        {"a name", "fr", "group", "Water", "name", "Eau"},
        {"a region falls back to its language", "fr-CA", "group", "Water", "name", "Eau"},
        {"another language", "de", "group", "Water", "name", "the text"},
        {"a text without a translation", "fr", "group", "Streets", "name", "the text"},
        {"an element of a list", "fr", "kpi", "S1", "verification_checks.1", "Demander le plan"},
        {"a target", "fr", "target:town", "w1.tap", "explanation", "Chaque logement."},
    };
    g_autoptr(GPtrArray) files = gh_framework_testing_small();
    g_autoptr(GhFramework) framework = gh_framework_testing_parse(files);

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].label);
        g_assert_cmpstr(gh_framework_text(framework, language(cases[i].tag), cases[i].subject,
                                          cases[i].id, cases[i].field, "the text"),
                        ==, cases[i].want);
    }
    g_assert_cmpstr(
        gh_framework_text(framework, gh_lang_source(), "group", "Water", "name", "Water"), ==,
        "Water");
}

static void
test_missing_folder(void)
{
    g_autoptr(GError) error = NULL;

    g_assert_null(gh_framework_files_from_dir("builtin:nothing", &error));
    g_assert_error(error, GH_FRAMEWORK_ERROR, GH_FRAMEWORK_ERROR_IO);
    g_clear_error(&error);
    g_assert_null(gh_framework_files_from_dir(GH_SOURCE_ROOT "/no/such/folder", &error));
    g_assert_error(error, GH_FRAMEWORK_ERROR, GH_FRAMEWORK_ERROR_IO);
}

/* docs/framework-format.md shows the small framework whole; what it shows is what the tests use. */
static void
test_page_shows_the_small_framework(void)
{
    g_autoptr(GPtrArray) files = gh_framework_testing_small();
    g_autofree char *page = NULL;
    g_autoptr(GError) error = NULL;

    g_file_get_contents(GH_SOURCE_ROOT "/docs/framework-format.md", &page, NULL, &error);
    g_assert_no_error(error);
    for (size_t i = 0; i < files->len; i++) {
        const GhFrameworkFile *file = g_ptr_array_index(files, i);
        gsize n_bytes = 0;
        const char *bytes = g_bytes_get_data(file->bytes, &n_bytes);
        g_autofree char *block = g_strdup_printf("```\n%.*s```\n", (int)n_bytes, bytes);
        g_test_message("%s", file->name);
        g_assert_nonnull(strstr(page, block));
    }
}

/* Told and not asserted: a busy machine is no fault. Measured 2 ms, where 8 are wanted. */
static void
test_cold_parse_is_quick(void)
{
    gint64 start = g_get_monotonic_time();
    gh_framework_unref(parse_u4ssc());
    double ms = (double)(g_get_monotonic_time() - start) / 1000.0;

    g_test_message("%.2f ms", ms);
    g_test_minimized_result(ms, "cold parse of u4ssc: %.2f ms", ms);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/framework/u4ssc has 91 KPIs, 112 data points, 3, 7 and 24 groups",
                    test_u4ssc_shape);
    g_test_add_func("/framework/the dimensions of u4ssc hold 55, 28 and 29 data points",
                    test_u4ssc_dimensions);
    g_test_add_func("/framework/the same name under two tops is two groups",
                    test_same_name_under_two_tops);
    g_test_add_func("/framework/what is inferred stays marked", test_inferred_stays_marked);
    g_test_add_func("/framework/every data point of u4ssc has an open target with its source",
                    test_u4ssc_targets);
    g_test_add_func("/framework/every group holds its own KPIs and data points",
                    test_every_group_holds_its_kpis);
    g_test_add_func("/framework/levels, bands, years and tiers are the framework's own",
                    test_small_framework);
    g_test_add_func("/framework/groups nest where scoring is continuous",
                    test_groups_nest_when_continuous);
    g_test_add_func("/framework/the data points of a KPI come together",
                    test_data_points_come_with_their_kpi);
    g_test_add_func("/framework/checks have limits, bases and data points", test_checks);
    g_test_add_func("/framework/a star in a check of ratios means those with a denominator",
                    test_star_means_ratios_where_needed);
    g_test_add_func("/framework/units agree by wording, not by spelling", test_units);
    g_test_add_func("/framework/semicolons and decimal commas read the same",
                    test_semicolons_and_commas);
    g_test_add_func(
        "/framework/texts are translated, and stand for themselves without a translation",
        test_translation);
    g_test_add_func("/framework/a folder that is not there is an error", test_missing_folder);
    g_test_add_func("/framework/the page about the format shows the small framework",
                    test_page_shows_the_small_framework);
    g_test_add_func("/framework/a cold parse takes a few milliseconds", test_cold_parse_is_quick);
    return g_test_run();
}
