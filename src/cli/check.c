/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* check.c - guildhall check CITY: what a verifier would look at first. Findings are not failures: the
 * command ends with 0 when it could check. */
#include <stdio.h>

#include "base/json_writer.h"
#include "cli/command.h"
#include "evaluation/evaluation.h"

typedef struct {
    char *format, *framework;
    gboolean json;
    int year;
} Options;

static void
options_clear(Options *options)
{
    g_free(options->format);
    g_free(options->framework);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

typedef struct {
    const Options *options;
    const GhFramework *framework;
    const char *name;
    GhCity *city; /* owned */
    int year;
    GPtrArray *findings; /* owned, of GhFinding */
} Check;

static void
check_clear(Check *check)
{
    g_clear_pointer(&check->city, gh_city_free);
    g_clear_pointer(&check->findings, g_ptr_array_unref);
}

static bool
check_work(GhDb *db, void *data, GError **error)
{
    Check *check = data;
    check_clear(check);

    if (!gh_city_require(db, check->name, &check->city, error))
        return false;
    g_autoptr(GhFigureSet) figures =
        gh_figures_load(db, check->framework, check->city->id, check->options->year, error);
    if (figures == NULL)
        return false;
    g_autoptr(GhFigureSet) earlier = NULL;
    if (!gh_figures_load_earlier(db, check->framework, check->city->id, figures->year, &earlier,
                                 error))
        return false;

    check->year = figures->year;
    check->findings = gh_checks_run(check->framework, check->city, figures, earlier);
    return true;
}

static void
print_json(const Check *check)
{
    g_autoptr(GString) out = g_string_new(NULL);
    GhJson json;
    gh_json_init(&json, out);
    gh_json_begin_object(&json);
    gh_json_pair_text(&json, "city", check->city->slug);
    if (check->year == 0)
        gh_json_pair_null(&json, "year");
    else
        gh_json_pair_int(&json, "year", check->year);
    gh_json_key(&json, "findings");
    gh_json_begin_array(&json);
    for (guint i = 0; i < check->findings->len; i++) {
        const GhFinding *finding = g_ptr_array_index(check->findings, i);
        const GhCheck *rule = &check->framework->checks[finding->check];
        gh_json_begin_object(&json);
        gh_json_pair_text(&json, "rule", rule->id);
        gh_json_pair_text(&json, "severity", gh_severity_text(rule->severity));
        gh_json_key(&json, "data_points");
        gh_json_begin_array(&json);
        for (size_t k = 0; k < finding->n_data_points; k++)
            gh_json_text(&json, check->framework->data_points[finding->data_points[k]].id);
        gh_json_end_array(&json);
        gh_json_pair_text(&json, "observed", finding->observed);
        gh_json_pair_text(&json, "message", rule->message);
        gh_json_pair_text(&json, "source", rule->source);
        gh_json_end_object(&json);
    }
    gh_json_end_array(&json);
    gh_json_end_object(&json);
    printf("%s\n", out->str);
}

static void
print_text(const Check *check)
{
    if (check->year == 0) {
        gh_command_say(stdout, "{city} has no figures yet; guildhall import FILE takes them in",
                       "city", check->city->name, NULL);
        return;
    }

    g_autofree char *year = g_strdup_printf("%d", check->year);
    gh_command_say_plural(stdout, "{city} {year}: {n} finding", "{city} {year}: {n} findings",
                          check->findings->len, "city", check->city->name, "year", year, NULL);
    g_autoptr(GString) out = g_string_new(NULL);
    gh_written_findings(check->framework, check->findings, gh_command_lang(), gh_command_width(),
                        out);
    fputs(out->str, stdout);
}

static bool
run_check(Check *check, bool json, GError **error)
{
    g_autoptr(GhStore) store = gh_command_open(GH_STORE_MUST_EXIST, error);
    if (store == NULL)
        return false;
    g_autoptr(GhFramework) framework =
        gh_command_framework(store, check->options->framework, error);
    if (framework == NULL)
        return false;
    if (!gh_command_check_year(framework, check->options->year, error))
        return false;
    check->framework = framework;
    if (!gh_store_read(store, check_work, check, error))
        return false;

    if (json)
        print_json(check);
    else
        print_text(check);
    return true;
}

static int
run(int argc, char **argv)
{
    g_auto(Options) values = {0};
    const GOptionEntry options[] = {
        {"year", 0, 0, G_OPTION_ARG_INT, &values.year,
         GH_MARK("the year; default: the latest with figures"), "Y"},
        {"framework", 0, 0, G_OPTION_ARG_STRING, &values.framework,
         GH_MARK("the framework; default: u4ssc"), "ID"},
        {"format", 0, 0, G_OPTION_ARG_STRING, &values.format, GH_MARK("text (default) or json"),
         "FORMAT"},
        {"json", 0, 0, G_OPTION_ARG_NONE, &values.json, GH_MARK("short for --format json"), NULL},
        G_OPTION_ENTRY_NULL,
    };
    int status = GH_EXIT_DONE;
    if (!gh_command_parse(&gh_command_check, options, &argc, &argv, 1, 1, &status))
        return status;

    const char *format = NULL;
    if (!gh_command_format(&gh_command_check, values.json, values.format, "text", &format))
        return GH_EXIT_USAGE;
    bool json = g_str_equal(format, "json");
    if (!json && !g_str_equal(format, "text"))
        return gh_command_usage_error(&gh_command_check, "unknown format \"{word}\"", "word",
                                      format, NULL);

    Check check = {.options = &values, .name = argv[1]};
    g_autoptr(GError) error = NULL;
    bool done = run_check(&check, json, &error);
    check_clear(&check);
    return done ? GH_EXIT_DONE : gh_command_fail(error);
}

const GhCommand gh_command_check = {
    .name = "check",
    .usage = "CITY [--year Y] [--format text|json]",
    .summary = GH_MARK("lists what looks wrong in a city's figures, and what to do"),
    .run = run,
};
