/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* spec_test.c - the specification: what is read from it, and what is refused. */
#include "index/spec.h"
#include "index/spec/spec_whole.h"

#include <math.h>
#include <string.h>

static GhIndexSpec *
parse(const char *text, GhFaults *faults, GError **error)
{
    return gh_index_spec_parse("a.json", text, strlen(text), faults, error);
}

static GhIndexSpec *
parse_good(const char *text)
{
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GError) error = NULL;
    GhIndexSpec *spec = parse(text, faults, &error);

    for (size_t i = 0; i < gh_faults_n_listed(faults); i++) {
        g_autofree char *line = gh_fault_format(gh_faults_peek(faults, i), gh_lang_source());
        g_test_message("%s", line);
    }
    g_assert_no_error(error);
    g_assert_cmpuint(gh_faults_n_listed(faults), ==, 0);
    return spec;
}

static void
test_raw_steps(void)
{
    g_autoptr(GhIndexSpec) spec = parse_good(WHOLE);
    g_assert_cmpuint(spec->n_steps, ==, 8);
    g_assert_cmpstr(spec->name, ==, "Small");
    g_assert_cmpstr(spec->sources[0], ==, "Invented");
    g_assert_cmpstr(spec->data_text, ==, "{\"framework\":\"u4ssc\"}");

    const GhIndexScreen *screen = &spec->steps[0]->screen;
    g_assert_cmpfloat(screen->min_available, ==, 0.65);
    g_assert_cmpstr(screen->keep[0], ==, "U1");
    g_assert_null(screen->keep[1]);
    g_assert_null(screen->drop);

    const GhIndexDenominate *denominate = &spec->steps[1]->denominate;
    g_assert_cmpuint(denominate->n_indicators, ==, 2);
    g_assert_cmpstr(denominate->indicators[0].denominator, ==, "area");
    g_assert_cmpfloat(denominate->indicators[0].scale_factor, ==, 2);
    g_assert_null(denominate->indicators[1].denominator);
    g_assert_cmpfloat(denominate->indicators[1].scale_factor, ==, 10);

    const GhIndexImpute *impute = &spec->steps[2]->impute;
    g_assert_cmpint(impute->method, ==, GH_IMPUTE_EM);
    g_assert_cmpfloat(impute->tolerance, ==, 1e-6);
    g_assert_cmpint(impute->max_iterations, ==, 1000);
}

static void
test_own(void)
{
    g_autoptr(GhIndexSpec) spec = parse_good(WHOLE);
    const GhIndexTreat *treat = &spec->steps[3]->treat;

    g_assert_cmpint(treat->usual.winmax, ==, -1);
    g_assert_cmpuint(treat->n_own, ==, 2);
    g_assert_cmpint(treat->own[0].winmax, ==, 2);
    g_assert_cmpfloat(treat->own[0].skew, ==, 2);
    g_assert_true(treat->own[1].skip);
    g_assert_cmpint(treat->own[1].winmax, ==, -1);

    const GhIndexNormalise *normalise = &spec->steps[4]->normalise;
    g_assert_cmpint(normalise->usual.method, ==, GH_NORMALISE_Z_SCORE);
    g_assert_cmpstr(normalise->indicators[0], ==, "a");
    g_assert_cmpint(normalise->own[0].method, ==, GH_NORMALISE_GOALPOSTS);
    g_assert_cmpfloat(normalise->own[0].goal_upper, ==, 3);
    g_assert_true(normalise->own[0].truncate);
}

static void
test_weights(void)
{
    g_autoptr(GhIndexSpec) spec = parse_good(WHOLE);
    const GhIndexWeighting *budget = &spec->steps[5]->weights;

    g_assert_cmpuint(budget->n_levels, ==, 1);
    g_assert_cmpuint(budget->n_codes, ==, 3);
    g_assert_cmpstr(budget->codes[2], ==, "c");
    g_assert_cmpstr(budget->experts[1].expert, ==, "expert 2");
    g_assert_true(isnan(budget->experts[1].points[0]));
    g_assert_cmpfloat(budget->experts[1].points[1], ==, 10);
    const GhIndexWeighting *given = &spec->steps[6]->weights;
    g_assert_null(given->levels);
    g_assert_cmpfloat(given->given[0], ==, 2);
    g_assert_cmpstr(spec->steps[5]->id, ==, "weights");
    g_assert_cmpstr(spec->steps[6]->id, ==, "tops");
}

static void
test_levels(void)
{
    g_autoptr(GhIndexSpec) spec = parse_good(WHOLE);
    const GhIndexAggregate *aggregate = &spec->steps[7]->aggregate;

    g_assert_cmpuint(aggregate->n_levels, ==, 2);
    g_assert_cmpint(aggregate->levels[0].method, ==, GH_AGGREGATE_GEOMETRIC);
    g_assert_cmpint(aggregate->levels[1].method, ==, GH_AGGREGATE_POWER);
    g_assert_cmpfloat(aggregate->levels[1].power, ==, 0.5);
}

static void
test_uncertain(void)
{
    g_autoptr(GhIndexSpec) spec = parse_good(WHOLE);
    const GhIndexUncertain *uncertain = spec->uncertain;

    g_assert_cmpint(uncertain->sampling, ==, GH_SAMPLING_SOBOL);
    g_assert_cmpint(uncertain->estimator, ==, GH_ESTIMATOR_CENTRED);
    g_assert_cmpuint(uncertain->replications, ==, 500);
    g_assert_cmpuint(uncertain->bootstrap, ==, 1000);
    g_assert_cmpuint(uncertain->seed, ==, 9007199254740993);
    g_assert_cmpuint(uncertain->n_top, ==, 1);
    g_assert_cmpuint(uncertain->top[0], ==, 3);
    g_assert_cmpuint(uncertain->n_parameters, ==, 7);

    const GhIndexParameter *p = uncertain->parameters;
    g_assert_cmpint(p[0].kind, ==, GH_PARAMETER_CHOICE);
    g_assert_cmpuint(p[0].step, ==, 3);
    g_assert_cmpstr(p[0].path, ==, "winmax");
    g_assert_cmpstr(p[0].labels[1], ==, "none");
    g_assert_cmpstr(p[1].labels[0], ==, "min_max 1 100");
    g_assert_cmpstr(p[1].path, ==, "");
    g_assert_cmpint(p[2].kind, ==, GH_PARAMETER_RANGE);
    g_assert_cmpfloat(p[2].high, ==, 0.9);
    g_assert_cmpint(p[3].kind, ==, GH_PARAMETER_WEIGHTS);
    g_assert_cmpint(p[3].levels[1], ==, 2);
    g_assert_cmpfloat(p[3].factors[1], ==, 0.5);
    g_assert_cmpuint(p[3].n_sets, ==, 50);
    g_assert_cmpint(p[4].kind, ==, GH_PARAMETER_DROP);
    g_assert_null(p[4].codes[0]);
    g_assert_cmpstr(p[4].codes[1], ==, "a");
    g_assert_true(p[5].drop_each);
    g_assert_cmpstr(p[6].path, ==, "levels.1.method");
}

static void
test_canonical(void)
{
    g_autoptr(GhIndexSpec) one = parse_good(
        "{\"format\":\"guildhall-index-1\",\"name\":\"x\",\"steps\":[{\"step\":\"treat\","
        "\"skew\":2,\"kurt\":3},{\"step\":\"aggregate\",\"method\":\"median\"}]}");
    g_autoptr(GhIndexSpec) other = parse_good(
        "{\"name\": \"x\", \"format\": \"guildhall-index-1\", \"steps\": [{\"kurt\": 3,\n"
        "\"skew\": 2, \"step\": \"treat\"}, {\"method\": \"median\", \"step\": \"aggregate\"}]}");

    g_assert_cmpstr(one->text, ==, other->text);
    g_assert_cmpstr(one->steps[0]->text, ==, "{\"kurt\":3,\"skew\":2,\"step\":\"treat\"}");
    g_assert_cmpstr(one->steps[0]->text, ==, other->steps[0]->text);
    g_assert_null(one->uncertain);
    g_assert_null(one->data_text);

    g_autoptr(GhIndexSpec) again = parse_good(one->text);
    g_assert_cmpstr(again->text, ==, one->text);
}

/* -- changes -- */

static void
test_changed(void)
{
    g_autoptr(GhIndexSpec) spec = parse_good(WHOLE);
    g_autoptr(GError) error = NULL;
    json_t *one = json_integer(1);
    json_t *whole = json_pack("{s:s}", "method", "rank");
    const GhIndexChange own[] = {{"indicators.a.winmax", one}, {"indicators.c.winmax", one}};

    g_autoptr(GhIndexStep) treat = gh_index_step_changed(spec->steps[3], own, 2, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(treat->treat.n_own, ==, 3);
    g_assert_cmpint(treat->treat.own[0].winmax, ==, 1);
    g_assert_cmpint(spec->steps[3]->treat.own[0].winmax, ==, 2);

    const GhIndexChange all = {"", whole};
    g_autoptr(GhIndexStep) rank = gh_index_step_changed(spec->steps[4], &all, 1, &error);
    g_assert_no_error(error);
    g_assert_cmpint(rank->normalise.usual.method, ==, GH_NORMALISE_RANK);
    g_assert_cmpuint(rank->normalise.n_own, ==, 0);
    g_assert_cmpstr(rank->text, ==, "{\"method\":\"rank\",\"step\":\"normalise\"}");

    g_autoptr(GhIndexStep) same = gh_index_step_changed(spec->steps[4], NULL, 0, &error);
    g_assert_cmpstr(same->text, ==, spec->steps[4]->text);
    json_decref(one);
    json_decref(whole);
}

/* A change goes into a copy: the value that two variants share stays as it was. */
static void
test_value_untouched(void)
{
    g_autoptr(GhIndexSpec) spec = parse_good(WHOLE);
    json_t *whole = json_pack("{s:s,s:{s:{s:i}}}", "step", "treat", "indicators", "a", "winmax", 7);
    json_t *one = json_integer(1);
    const GhIndexChange changes[] = {{"", whole}, {"indicators.a.winmax", one}};

    g_autoptr(GhIndexStep) changed = gh_index_step_changed(spec->steps[3], changes, 2, NULL);
    g_assert_cmpint(changed->treat.own[0].winmax, ==, 1);
    g_assert_cmpint(json_integer_value(json_object_get(
                        json_object_get(json_object_get(whole, "indicators"), "a"), "winmax")),
                    ==, 7);
    json_decref(one);
    json_decref(whole);
}

static void
test_refused(void)
{
    g_autoptr(GhIndexSpec) spec = parse_good(WHOLE);
    static const struct {
        const char *path, *json, *want;
    } cases[] = {
        {"winmax", "\"many\"", "treat.winmax is a text; write a whole number from 0 to 4000000"},
        {"winmx", "1", "treat.winmx is not a key of this file; did you mean winmax?"},
        {"step", "\"screen\"", "treat cannot be changed at \"step\": it says which step this is"},
        {"winmax.a", "1", "treat cannot be changed at \"winmax.a\": there is no such place"},
        {"", "{\"step\":\"screen\"}", "treat cannot be changed at \"\": it would be another step"},
        {"", "3", "treat cannot be changed at \"\": a whole step is an object"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        json_t *value = json_loads(cases[i].json, JSON_DECODE_ANY, NULL);
        const GhIndexChange change = {cases[i].path, value};
        g_assert_null(gh_index_step_changed(spec->steps[3], &change, 1, &error));
        g_assert_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC);
        g_assert_cmpstr(error->message, ==, cases[i].want);
        json_decref(value);
    }
}

static void
test_outlives(void)
{
    GhIndexSpec *spec = parse_good(WHOLE);
    g_autoptr(GhIndexStep) step = gh_index_step_ref(spec->steps[5]);

    gh_index_spec_unref(gh_index_spec_ref(spec));
    gh_index_spec_unref(spec);
    g_assert_cmpstr(step->weights.experts[0].expert, ==, "expert 1");
}

static void
test_limits(void)
{
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autofree char *large = g_strnfill(GH_INDEX_SPEC_MAX_BYTES + 1, ' ');
    g_autofree char *line = NULL;

    g_assert_null(parse(large, faults, NULL));
    line = gh_fault_format(gh_faults_peek(faults, 0), gh_lang_source());
    g_assert_cmpstr(line, ==, "a.json: is too large; a specification has at most 1 MB");
    g_assert_null(parse("", faults, NULL));
    g_assert_null(parse("[]", faults, NULL));
    g_assert_null(parse("{\"steps\": 3, \"uncertainty\": 4}", faults, NULL));
}

/* Each value is tried and each expert has a number for every code, so that a file could ask for hours or gigabytes. */
static void
test_numbers(void)
{
    g_autoptr(GString) text = g_string_new("{\"format\": \"guildhall-index-1\", \"name\": \"x\","
                                           "\"steps\": [{\"step\": \"weights\", \"method\":"
                                           " \"budget\", \"experts\": {");
    for (int i = 0; i < 201; i++)
        g_string_append_printf(text, "%s\"e%d\": {\"a\": 1}", i > 0 ? "," : "", i);
    g_string_append(text, "}}, {\"step\": \"treat\"}, {\"step\": \"aggregate\", \"method\":"
                          " \"median\"}], \"uncertainty\": {\"parameters\": [{\"name\": \"w\","
                          " \"change\": \"treat.winmax\", \"values\": [0");
    for (int i = 1; i < 999; i++)
        g_string_append_printf(text, ",%d", i);
    g_string_append(text,
                    "]}, {\"name\": \"s\", \"change\": \"treat.skew\", \"values\": [1, 2]}]}}");

    g_autoptr(GhFaults) faults = gh_faults_new();
    g_assert_null(parse(text->str, faults, NULL));
    g_assert_cmpuint(gh_faults_n_listed(faults), ==, 2);
    g_assert_cmpstr(gh_faults_peek(faults, 0)->reason, ==, "has too many experts");
    g_assert_cmpstr(gh_faults_peek(faults, 1)->reason, ==, "is too long");
    g_assert_cmpstr(gh_faults_peek(faults, 1)->remedy, ==, "write at most 1");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/spec/steps on raw values", test_raw_steps);
    g_test_add_func("/spec/an indicator's own parameters stand on the usual ones", test_own);
    g_test_add_func("/spec/weights, and the points of experts", test_weights);
    g_test_add_func("/spec/a level's aggregation stands on the usual one", test_levels);
    g_test_add_func("/spec/what is uncertain", test_uncertain);
    g_test_add_func("/spec/the same content has the same text", test_canonical);
    g_test_add_func("/spec/a changed step is read anew", test_changed);
    g_test_add_func("/spec/a change leaves the value as it was", test_value_untouched);
    g_test_add_func("/spec/a change that the step refuses", test_refused);
    g_test_add_func("/spec/a step may outlive its specification", test_outlives);
    g_test_add_func("/spec/what is too large, or is no object", test_limits);
    g_test_add_func("/spec/values and experts are limited", test_numbers);
    return g_test_run();
}
