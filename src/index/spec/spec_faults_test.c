/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* spec_faults_test.c - what the specification refuses, word for word. */
#include "index/spec.h"
#include "index/spec/spec_whole.h"

#include <string.h>

static GhIndexSpec *
parse(const char *text, GhFaults *faults, GError **error)
{
    return gh_index_spec_parse("a.json", text, strlen(text), faults, error);
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
    {"whole numbers that no double has", "\"from\": 0.6, \"to\": 0.9",
     "\"from\": 1, \"to\": 1e300, \"whole\": true",
     "a.json, line 20, column uncertainty.parameters[2]: is too wide a range; write ends that lie "
     "nearer to each other"},
    {"a range beyond all numbers", "\"from\": 0.6, \"to\": 0.9",
     "\"from\": -1.7e308, \"to\": 1.7e308",
     "a.json, line 20, column uncertainty.parameters[2]: is too wide a range; write ends that lie "
     "nearer to each other"},
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

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(FAULTS); i++) {
        g_autofree char *path = g_strdup_printf("/spec/told with its line: %s", FAULTS[i].label);
        g_test_add_data_func(path, &FAULTS[i], test_fault);
    }
    g_test_add_func("/spec/faults are told at once", test_all_at_once);
    g_test_add_func("/spec/a parameter without effect is a warning", test_without_effect);
    return g_test_run();
}
