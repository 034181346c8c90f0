/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* spec_test.c - the specification: what is read from it, and what is refused. */
#include "index/spec.h"

#include <math.h>
#include <string.h>

static const char WHOLE[] =
    "{\n"
    "\"format\": \"guildhall-index-1\",\n"
    "\"name\": \"Small\",\n"
    "\"sources\": [\"Invented\"],\n"
    "\"steps\": [\n"
    "{\"step\": \"screen\", \"min_available\": 0.65, \"keep\": [\"U1\"]},\n"
    "{\"step\": \"denominate\", \"indicators\": {\"a\": {\"denominator\": \"area\"},"
    " \"b\": {\"denominator\": null, \"scale_factor\": 10}}, \"scale_factor\": 2},\n"
    "{\"step\": \"impute\", \"method\": \"em\", \"tolerance\": 1e-6},\n"
    "{\"step\": \"treat\", \"winmax\": null, \"indicators\": {\"a\": {\"winmax\": 2},"
    " \"b\": {\"skip\": true}}},\n"
    "{\"step\": \"normalise\", \"method\": \"z_score\", \"mean\": 10, \"sd\": 2, \"indicators\":"
    " {\"a\": {\"method\": \"goalposts\", \"goal_lower\": 1, \"goal_upper\": 3}}},\n"
    "{\"step\": \"weights\", \"method\": \"budget\", \"levels\": [1], \"experts\":"
    " {\"expert 1\": {\"a\": 60, \"b\": 40}, \"expert 2\": {\"b\": 10, \"c\": 90}}},\n"
    "{\"step\": \"weights\", \"id\": \"tops\", \"method\": \"given\", \"weights\": {\"A\": 2}},\n"
    "{\"step\": \"aggregate\", \"method\": \"power\", \"power\": 0.5, \"levels\":"
    " [{\"method\": \"geometric\"}, {}]}\n"
    "],\n"
    "\"uncertainty\": {\n"
    "\"replications\": 500, \"seed\": 9007199254740993, \"output\": \"Index\", \"top\": [3],\n"
    "\"parameters\": [\n"
    "{\"name\": \"Winmax\", \"change\": \"treat.winmax\", \"values\": [1, null]},\n"
    "{\"name\": \"Scores\", \"change\": \"normalise\", \"values\": [{\"method\": \"min_max\","
    " \"lower\": 1, \"upper\": 100}, {\"method\": \"rank\"}]},\n"
    "{\"name\": \"Share\", \"change\": \"screen.min_available\", \"from\": 0.6, \"to\": 0.9},\n"
    "{\"name\": \"Weights\", \"noise\": {\"1\": 0.25, \"2\": 0.5}, \"sets\": 50},\n"
    "{\"name\": \"Without\", \"drop\": [null, \"a\"]},\n"
    "{\"name\": \"Each\", \"drop\": \"all\"},\n"
    "{\"name\": \"Mean\", \"change\": \"aggregate.levels.1.method\", \"values\": [\"power\","
    " \"harmonic\"]}\n"
    "]},\n"
    "\"data\": {\"framework\": \"u4ssc\"}\n"
    "}\n";

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

/* -- faults: one change of the file above, and one line that must be told -- */

typedef struct {
    const char *label, *from, *to, *want;
} Case;

static const Case FAULTS[] = {
    {"another format", "guildhall-index-1", "guildhall-index-9",
     "a.json, line 2, column format: \"guildhall-index-9\" is not a format known here; write "
     "guildhall-index-1"},
    {"no name", "\"name\": \"Small\",", "",
     "a.json, line 1, column name: is missing; add it; docs/index-format.md says what it means"},
    {"a mistyped key of the file", "\"sources\"", "\"source\"",
     "a.json, line 4, column source: is not a key of this file; did you mean sources?"},
    {"a mistyped key of a step", "\"min_available\": 0.65", "\"min_availabl\": 0.65",
     "a.json, line 6, column steps[0].min_availabl: is not a key of this file; did you mean "
     "min_available?"},
    {"a key of another step", "\"tolerance\": 1e-6", "\"winmax\": 3",
     "a.json, line 8, column steps[2].winmax: is not a key of this file; the keys here are step, "
     "id, method, by, group, group_level, normalise_first, value, max_years, max_iterations, "
     "tolerance, over or indicators"},
    {"a key of an indicator", "{\"winmax\": 2}", "{\"winmx\": 2}",
     "a.json, line 9, column steps[3].indicators.a.winmx: is not a key of this file; did you mean "
     "winmax?"},
    {"a key of a level", "{\"method\": \"geometric\"}", "{\"metod\": \"geometric\"}",
     "a.json, line 13, column steps[7].levels[0].metod: is not a key of this file; did you mean "
     "method?"},
    {"a step that does not exist", "\"step\": \"treat\"", "\"step\": \"teat\"",
     "a.json, line 9, column steps[3].step: \"teat\" is not a step; did you mean treat?"},
    {"a method that does not exist", "\"z_score\"", "\"zscore\"",
     "a.json, line 10, column steps[4].method: \"zscore\" is not known here; did you mean "
     "z_score?"},
    {"no method", "\"method\": \"em\", ", "",
     "a.json, line 8, column steps[2].method: is missing; add it; docs/index-format.md says what "
     "it means"},
    {"a share above 1", "0.65", "65",
     "a.json, line 6, column steps[0].min_available: \"65\" is out of range; write a number from "
     "0 to 1"},
    {"text for a number", "0.65", "\"0.65\"",
     "a.json, line 6, column steps[0].min_available: is a text; write a number from 0 to 1"},
    {"half a value to winsorise", "{\"winmax\": 2}", "{\"winmax\": 2.5}",
     "a.json, line 9, column steps[3].indicators.a.winmax: \"2.5\" is not a whole number; write a "
     "whole number from 0 to 4000000"},
    {"winmax below 0", "{\"winmax\": 2}", "{\"winmax\": -1}",
     "a.json, line 9, column steps[3].indicators.a.winmax: \"-1\" is out of range; write a whole "
     "number from 0 to 4000000"},
    {"a text for yes or no", "\"skip\": true", "\"skip\": \"yes\"",
     "a.json, line 9, column steps[3].indicators.b.skip: is a text; write true or false"},
    {"no spread", "\"sd\": 2", "\"sd\": 0",
     "a.json, line 10, column steps[4].sd: \"0\" is out of range; write a number above 0"},
    {"goalposts that fall", "\"goal_lower\": 1", "\"goal_lower\": 4",
     "a.json, line 10, column steps[4].indicators.a.goal_upper: is not above its lower end; put "
     "the smaller number first"},
    {"goalposts without posts", ", \"goal_upper\": 3", "",
     "a.json, line 10, column steps[4].indicators.a: \"goalposts\" needs its goalposts; add "
     "goal_lower and goal_upper, or from_metadata: true"},
    {"an indicator without denominator", "{\"denominator\": \"area\"}", "{}",
     "a.json, line 7, column steps[1].indicators.a.denominator: is missing; add it; "
     "docs/index-format.md says what it means"},
    {"points below 0", "\"c\": 90", "\"c\": -90",
     "a.json, line 11, column steps[5].experts.expert 2.c: \"-90\" is out of range; write a "
     "number of 0 or more"},
    {"weights with another method", "\"method\": \"given\"", "\"method\": \"equal\"",
     "a.json, line 12, column steps[6].weights: does not go with this method; take it out, or use "
     "the method given"},
    {"a weight below 0", "{\"A\": 2}", "{\"A\": -2}",
     "a.json, line 12, column steps[6].weights.A: \"-2\" is out of range; write a number of 0 or "
     "more"},
    {"a level of weights", "\"levels\": [1]", "\"levels\": [0]",
     "a.json, line 11, column steps[5].levels[0]: \"0\" is out of range; write a whole number from "
     "1 to 11"},
    {"a power of 0", "\"power\": 0.5", "\"power\": 0",
     "a.json, line 13, column steps[7].levels[1].power: is 0; write a number other than 0; for 0 "
     "use the method geometric"},
    {"no power", "\"power\": 0.5, ", "",
     "a.json, line 13, column steps[7].levels[1].power: is missing; write a number other than 0; "
     "for 0 use the method geometric"},
    {"two steps of one name", "\"id\": \"tops\"", "\"id\": \"screen\"",
     "a.json, line 12, column steps[6].id: \"screen\" stands there twice; give each step its own "
     "id"},
    {"a name with a point", "\"id\": \"tops\"", "\"id\": \"t.o\"",
     "a.json, line 12, column steps[6].id: \"t.o\" has a point; take it out"},
    {"no aggregation",
     "\"aggregate\", \"method\": \"power\", \"power\": 0.5, \"levels\":"
     " [{\"method\": \"geometric\"}, {}]",
     "\"screen\"",
     "a.json, line 5, column steps: has no aggregate; end with {\"step\": \"aggregate\", "
     "\"method\": \"arithmetic\"}"},
    {"aggregation too early", "{\"step\": \"screen\", \"min_available\": 0.65, \"keep\": [\"U1\"]}",
     "{\"step\": \"aggregate\", \"method\": \"median\"}",
     "a.json, line 7, column steps[1]: comes after aggregate; put it before: aggregate is the last "
     "step"},
    {"denominating scores",
     "{\"step\": \"weights\", \"id\": \"tops\", \"method\": \"given\","
     " \"weights\": {\"A\": 2}}",
     "{\"step\": \"denominate\", \"id\": \"late\"}",
     "a.json, line 12, column steps[6]: comes after normalise; put it before: it needs raw values"},
    {"normalising twice",
     "{\"step\": \"weights\", \"id\": \"tops\", \"method\": \"given\","
     " \"weights\": {\"A\": 2}}",
     "{\"step\": \"normalise\", \"id\": \"n\", \"method\": \"none\"}",
     "a.json, line 12, column steps[6]: is a second normalise; take it out; one step has the "
     "methods of all indicators"},
    {"a key given twice", "\"name\": \"Small\",", "\"name\": \"Small\", \"name\": \"S\",",
     "a.json, line 3, column 23: is not JSON: duplicate object key near '\"name\"'; look for a "
     "missing comma, quote or bracket there or just before"},
    {"an uncertain step that does not exist", "\"treat.winmax\"", "\"treet.winmax\"",
     "a.json, line 18, column uncertainty.parameters[0].change: \"treet\" is not a step of this "
     "file; did you mean treat?"},
    {"an uncertain key that does not exist", "\"treat.winmax\"", "\"treat.wins\"",
     "a.json, line 18, column uncertainty.parameters[0].values[0]: is refused: treat.wins is not a "
     "key of this file; the keys here are step, id, winmax, skew, kurt, force, transform, lambda, "
     "combine, skip, over or indicators"},
    {"a value that the step refuses", "[1, null]", "[1, -3]",
     "a.json, line 18, column uncertainty.parameters[0].values[1]: is refused: treat.winmax is out "
     "of range; write a whole number from 0 to 4000000"},
    {"a method that the step refuses", "{\"method\": \"rank\"}", "{\"method\": \"ranks\"}",
     "a.json, line 19, column uncertainty.parameters[1].values[1]: is refused: normalise.method is "
     "not known here; did you mean rank?"},
    {"leaving out the aggregation",
     "\"aggregate.levels.1.method\", \"values\": [\"power\","
     " \"harmonic\"]",
     "\"aggregate\", \"values\": [null]",
     "a.json, line 24, column uncertainty.parameters[6].values[0]: leaves out the aggregation; "
     "write another aggregation"},
    {"a level that is not there", "levels.1.method", "levels.2.method",
     "a.json, line 24, column uncertainty.parameters[6].values[0]: is refused: aggregate cannot be "
     "changed at \"levels.2.method\": there is no such place"},
    {"one name for two parameters", "\"name\": \"Scores\"", "\"name\": \"Winmax\"",
     "a.json, line 19, column uncertainty.parameters[1].name: \"Winmax\" stands there twice; give "
     "each parameter its own name"},
    {"two parameters of one key", "\"screen.min_available\"", "\"treat\"",
     "a.json, line 20, column uncertainty.parameters[2].change: \"Winmax\" is changed by another "
     "parameter too; put both into the values of one parameter"},
    {"a range upside down", "\"from\": 0.6", "\"from\": 0.95",
     "a.json, line 20, column uncertainty.parameters[2]: is no range; write values: [ ... ], or "
     "from and to, the smaller first"},
    {"a range beyond the key's", "\"to\": 0.9", "\"to\": 1.9",
     "a.json, line 20, column uncertainty.parameters[2]: is refused: screen.min_available is out "
     "of range; write a number from 0 to 1"},
    {"halves of whole numbers", "\"screen.min_available\"", "\"treat.indicators.a.winmax\"",
     "a.json, line 20, column uncertainty.parameters[2]: is refused: treat.indicators.a.winmax is "
     "not a whole number; write a whole number from 0 to 4000000"},
    {"noise above 100 %", "\"2\": 0.5", "\"2\": 1.5",
     "a.json, line 21, column uncertainty.parameters[3].noise.2: \"1.5\" is out of range; write a "
     "number above 0 and at most 1"},
    {"noise at a level in words", "\"2\": 0.5", "\"top\": 0.5",
     "a.json, line 21, column uncertainty.parameters[3].noise.top: \"top\" is not a level with "
     "weights; write a whole number from 1 to 11"},
    {"a drop twice", "[null, \"a\"]", "[\"a\", \"a\"]",
     "a.json, line 22, column uncertainty.parameters[4].drop[1]: \"a\" stands there twice; name it "
     "once"},
    {"two kinds in one", "\"drop\": \"all\"", "\"drop\": \"all\", \"sets\": 3",
     "a.json, line 23, column uncertainty.parameters[5].sets: does not go with the others; write "
     "one of change, noise and drop, and what belongs to it"},
    {"nothing uncertain", "\"drop\": \"all\"", "\"whole\": true",
     "a.json, line 23, column uncertainty.parameters[5]: says not what is uncertain; write one of "
     "change, noise and drop"},
    {"one replication", "\"replications\": 500", "\"replications\": 1",
     "a.json, line 16, column uncertainty.replications: \"1\" is out of range; write a whole "
     "number from 2 to 10000000"},
    {"places that fall", "\"top\": [3]", "\"top\": [3, 3]",
     "a.json, line 16, column uncertainty.top[1]: does not rise; write the places from the "
     "smallest to the largest"},
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
    const Case *test = pointer;
    g_autofree char *text = replaced(WHOLE, test->from, test->to);
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GError) error = NULL;

    g_assert_null(parse(text, faults, &error));
    g_assert_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_FAULTS);
    for (size_t i = 0; i < gh_faults_n_listed(faults); i++) {
        g_autofree char *line = gh_fault_format(gh_faults_peek(faults, i), gh_lang_source());
        if (strcmp(line, test->want) == 0)
            return;
        g_test_message("told: %s", line);
    }
    g_test_fail_printf("not told: %s", test->want);
}

static void
test_all_at_once(void)
{
    g_autofree char *once = replaced(WHOLE, "0.65", "65");
    g_autofree char *twice = replaced(once, "\"sd\": 2", "\"sd\": 0");
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GError) error = NULL;

    g_assert_null(parse(twice, faults, &error));
    g_assert_cmpuint(gh_faults_n_errors(faults), ==, 2);
    g_assert_cmpstr(error->message, ==, "a.json has 2 faults");
}

static void
test_without_effect(void)
{
    g_autofree char *text = replaced(WHOLE, "\"tolerance\": 1e-6", "\"max_years\": 3");
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GhIndexSpec) spec = parse(text, faults, NULL);

    g_assert_nonnull(spec);
    g_assert_cmpuint(gh_faults_n_warnings(faults), ==, 1);
    g_autofree char *line = gh_fault_format(gh_faults_peek(faults, 0), gh_lang_source());
    g_assert_cmpstr(line, ==,
                    "a.json, line 8, column steps[2].max_years: has no effect with this method; "
                    "take it out");
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
    for (size_t i = 0; i < G_N_ELEMENTS(FAULTS); i++) {
        g_autofree char *path = g_strdup_printf("/spec/told with its line: %s", FAULTS[i].label);
        g_test_add_data_func(path, &FAULTS[i], test_fault);
    }
    g_test_add_func("/spec/faults are told at once", test_all_at_once);
    g_test_add_func("/spec/a parameter without effect is a warning", test_without_effect);
    g_test_add_func("/spec/a changed step is read anew", test_changed);
    g_test_add_func("/spec/a change leaves the value as it was", test_value_untouched);
    g_test_add_func("/spec/a change that the step refuses", test_refused);
    g_test_add_func("/spec/a step may outlive its specification", test_outlives);
    g_test_add_func("/spec/what is too large, or is no object", test_limits);
    return g_test_run();
}
