/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "ranking/ranking_testing.h"

#include <math.h>
#include <string.h>

#include "evaluation/evaluation.h"

/* The figures of a source; asserts success. */
static GhRankingFigures *
load(GhStore *store, const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GhFaults) faults = gh_faults_new();

    g_autoptr(GhRankingSource) source = gh_ranking_source_parse("spec.json", text, faults, &error);
    g_assert_no_error(error);
    GhRankingFigures *figures = gh_ranking_figures_load(store, source, NULL, &error);
    g_assert_no_error(error);
    return figures;
}

static void
test_faults_are_told_at_once(void)
{
    static const char text[] =
        "{\"year\": \"soon\", \"values\": 3, \"data_points\": {}, \"cities\": [],"
        " \"verified_only\": \"yes\", \"min_available\": -1, \"lens\": 1,"
        " \"directions\": {\"a\": 2}}";
    static const char *const columns[] = {
        "data.year",   "data.values",        "data.data_points",
        "data.cities", "data.verified_only", "data.min_available",
        "data.lens",   "data.directions",    "data.framework",
    };
    g_autoptr(GError) error = NULL;
    g_autoptr(GhFaults) faults = gh_faults_new();

    g_assert_null(gh_ranking_source_parse("spec.json", text, faults, &error));
    g_assert_error(error, GH_RANKING_ERROR, GH_RANKING_ERROR_FAULTS);
    for (size_t i = 0; i < G_N_ELEMENTS(columns); i++) {
        bool found = false;
        for (size_t k = 0; k < gh_faults_n_listed(faults); k++)
            found = found || strcmp(gh_faults_peek(faults, k)->column, columns[i]) == 0;
        g_test_message("%s", columns[i]);
        g_assert_true(found);
    }
}

static void
test_hostile_text_is_refused(void)
{
    static const char *const texts[] = {
        "",
        "[]",
        "null",
        "{",
        "{\"framework\": \"../../etc/passwd\"}",
        "{\"framework\": \"a b\"}",
        "{\"framework\": \"u4ssc\", \"framework\": \"u4ssc\"}",
        "{\"framework\": \"u4ssc\", \"cities\": [\"a\", \"a\"]}",
        "{\"framework\": \"u4ssc\", \"cities\": [1]}",
        "{\"framework\": \"u4ssc\", \"cities\": {\"countries\": [\"NO\"], \"more\": 1}}",
        "{\"framework\": \"u4ssc\", \"min_available\": 1e400}",
        "{\"framework\": \"u4ssc\", \"year\": 99999999999}",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GhFaults) faults = gh_faults_new();
        g_test_message("%s", texts[i]);
        g_assert_null(gh_ranking_source_parse("spec.json", texts[i], faults, &error));
        g_assert_error(error, GH_RANKING_ERROR, GH_RANKING_ERROR_FAULTS);
        g_assert_cmpuint(gh_faults_n_errors(faults), >, 0);
    }
}

/* The same data points as they were reported. */
static char *
ask_for_values(const GhIndexData *data)
{
    g_autoptr(GString) out =
        g_string_new("{\"framework\": \"u4ssc\", \"values\": \"value\", \"data_points\": [");

    for (size_t k = 0; k < data->n_indicators; k++)
        g_string_append_printf(out, "%s\"%s\"", k > 0 ? ", " : "", data->nodes[k].code);
    g_string_append(out, "]}");
    return g_string_free(g_steal_pointer(&out), FALSE);
}

static void
test_shares_and_values(GhStoreTesting *testing)
{
    gh_ranking_testing_fill(testing->store);
    g_autoptr(GhRankingFigures) shares =
        load(testing->store, "{\"framework\": \"u4ssc\", \"year\": 2020}");
    g_autofree char *text = ask_for_values(shares->data);
    g_autoptr(GhRankingFigures) values = load(testing->store, text);
    g_autoptr(GError) error = NULL;
    g_autoptr(GhFramework) framework = gh_framework_get(testing->store, "u4ssc", NULL, &error);
    g_assert_no_error(error);

    /* 24 towns and the sparse one; the one without figures is counted. */
    g_assert_cmpuint(shares->data->n_units, ==, GH_RANKING_TESTING_TOWNS + 1);
    g_assert_cmpuint(shares->n_empty, ==, 1);
    g_assert_cmpuint(shares->data->n_indicators, ==, values->data->n_indicators);
    g_assert_cmpuint(shares->left_out->len, >, 0); /* data points nobody reports */
    for (size_t k = 0; k < shares->data->n_indicators; k++) {
        const GhIndexNode *node = &values->data->nodes[k];
        gssize point = gh_framework_find_data_point(framework, node->code);
        const GhTarget *target = &framework->target_sets[0].targets[point];
        g_assert_cmpint(node->direction, ==, 1);
        for (size_t i = 0; i < shares->data->n_units; i++) {
            double value = values->data->values[k * values->data->n_units + i];
            double share = shares->data->values[k * shares->data->n_units + i];
            g_assert_cmpint(isnan(value), ==, isnan(share));
            if (!isnan(value))
                g_assert_cmpfloat(share, ==, gh_score_share(target, value));
        }
    }
}

static void
test_hierarchy_follows_the_framework(GhStoreTesting *testing)
{
    gh_ranking_testing_fill(testing->store);
    g_autoptr(GhRankingFigures) figures =
        load(testing->store, "{\"framework\": \"u4ssc\", \"year\": 2020}");
    const GhIndexData *data = figures->data;
    size_t top = gh_index_data_top(data);

    g_assert_cmpint(data->n_levels, ==, 4);
    g_assert_cmpstr(data->nodes[top].code, ==, "index");
    g_assert_cmpuint(data->nodes[top].n_children, ==, 3);
    g_assert_cmpstr(data->nodes[data->nodes[top].children[0]].code, ==, "Economy");
    gssize group = gh_index_data_find_node(data, "Economy/Transport");
    g_assert_cmpint(group, >, 0);
    g_assert_cmpstr(data->nodes[data->nodes[group].parent].code, ==, "Economy");
    g_assert_cmpint(gh_index_data_find_group(data, "country"), ==, 0);
    g_assert_cmpint(gh_index_data_find_group(data, "region"), ==, 1);
    gssize population = gh_index_data_find_denominator(data, "population");
    gssize first = gh_index_data_find_unit(data, "town-01");
    g_assert_cmpfloat(data->denominators[population].values[first], ==, 8000);
    g_assert_cmpfloat(figures->populations[first], ==, 8000);
}

static void
test_lens(GhStoreTesting *testing)
{
    gh_ranking_testing_fill(testing->store);
    g_autoptr(GhRankingFigures) figures =
        load(testing->store, "{\"framework\": \"u4ssc\", \"year\": 2020, \"lens\": \"sdg\"}");
    const GhIndexData *data = figures->data;
    g_autoptr(GError) error = NULL;
    g_autoptr(GhFramework) framework = gh_framework_get(testing->store, "u4ssc", NULL, &error);
    g_assert_no_error(error);
    const GhLens *lens = gh_framework_find_lens(framework, "sdg");

    g_assert_cmpint(data->n_levels, ==, 3);
    for (size_t i = 0; i < data->n_indicators; i++) {
        size_t kpi =
            framework->data_points[gh_framework_find_data_point(framework, data->nodes[i].code)]
                .kpi;
        const char *group = data->nodes[data->nodes[i].parent].code;
        bool found = false;
        for (size_t k = 0; k < lens->n_places; k++)
            found = found
                    || (lens->places[k].kpi == kpi && lens->places[k].group >= 0
                        && strcmp(lens->groups[lens->places[k].group].name, group) == 0);
        g_test_message("%s in %s", data->nodes[i].code, group);
        g_assert_true(found);
    }
}

static void
test_choosing(GhStoreTesting *testing)
{
    static const struct {
        const char *label, *text;
        size_t n_units;
    } cases[] = {
        {"cities by slug", "{\"framework\": \"u4ssc\", \"cities\": [\"town-02\", \"town-05\"]}", 2},
        {"cities of a country", "{\"framework\": \"u4ssc\", \"cities\": {\"countries\": [\"KE\"]}}",
         GH_RANKING_TESTING_TOWNS / 3},
        {"every year is a row", "{\"framework\": \"u4ssc\", \"year\": \"all\"}",
         GH_RANKING_TESTING_TOWNS + 1},
    };

    gh_ranking_testing_fill(testing->store);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].label);
        g_autoptr(GhRankingFigures) figures = load(testing->store, cases[i].text);
        g_assert_cmpuint(figures->data->n_units, ==, cases[i].n_units);
    }
    g_autoptr(GhRankingFigures) panel =
        load(testing->store, "{\"framework\": \"u4ssc\", \"year\": \"all\"}");
    g_assert_nonnull(panel->data->years);
    g_assert_cmpint(panel->data->years[0], ==, 2020);
    /* Nothing was verified, so nothing is left. */
    g_autoptr(GError) error = NULL;
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GhRankingSource) source = gh_ranking_source_parse(
        "spec.json", "{\"framework\": \"u4ssc\", \"verified_only\": true}", faults, &error);
    g_assert_null(gh_ranking_figures_load(testing->store, source, NULL, &error));
    g_assert_error(error, GH_RANKING_ERROR, GH_RANKING_ERROR_DATA);
}

/* ec.i.up.2a.compact describes a city and is judged by nothing. */
static void
test_no_direction(GhStoreTesting *testing)
{
    static const char asked[] = "{\"framework\": \"u4ssc\", \"values\": \"value\"}";
    g_autoptr(GError) error = NULL;
    g_autoptr(GhFaults) faults = gh_faults_new();

    gh_ranking_testing_fill(testing->store);
    g_autoptr(GhRankingSource) source = gh_ranking_source_parse("spec.json", asked, faults, &error);
    g_assert_null(gh_ranking_figures_load(testing->store, source, NULL, &error));
    g_assert_error(error, GH_RANKING_ERROR, GH_RANKING_ERROR_DATA);
    g_assert_nonnull(strstr(error->message, "ec.i.up.2a.compact"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/figures/all faults of key data are told at once",
                    test_faults_are_told_at_once);
    g_test_add_func("/figures/hostile text is refused", test_hostile_text_is_refused);
    gh_store_testing_each("/figures/shares are those of the scores", test_shares_and_values);
    gh_store_testing_each("/figures/the hierarchy is the framework's",
                          test_hierarchy_follows_the_framework);
    gh_store_testing_each("/figures/values that are judged by nothing are refused",
                          test_no_direction);
    gh_store_testing_each("/figures/through a lens the groups are its own", test_lens);
    gh_store_testing_each("/figures/cities and years are chosen", test_choosing);
    return g_test_run();
}
