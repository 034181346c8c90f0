/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* index.c - guildhall index: composite indicators, how sure their ranks are, and publishing them. */
#include <string.h>

#include "cli/index_command.h"

typedef struct {
    const char *name;
    int min_arguments, max_arguments; /* behind the word */
    bool (*run)(int argc, char **argv, const GhIndexOptions *options, GError **error);
} Word;

static const Word words[] = {
    {"run", 1, 1, gh_index_command_run},
    {"stats", 1, 1, gh_index_command_stats},
    {"uncertainty", 1, 1, gh_index_command_uncertainty},
    {"compare", 2, 2, gh_index_command_compare},
    {"explain", 1, 2, gh_index_command_explain},
    {"publish", 1, 1, gh_index_command_publish},
    {"list", 0, 0, gh_index_command_list},
    {"withdraw", 1, 1, gh_index_command_withdraw},
};

static void
options_clear(GhIndexOptions *options)
{
    g_free(options->data);
    g_free(options->meta);
    g_free(options->output);
    g_free(options->format_word);
    g_free(options->seed_word);
    g_free(options->sampling);
    g_free(options->of);
    g_free(options->slug);
    g_free(options->title);
    g_free(options->author);
    g_free(options->summary);
    g_free(options->reason);
}
typedef GhIndexOptions Options;
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

/* What can be told without files. False after a usage error. */
static bool
read_format(GhIndexOptions *options)
{
    const GhCommand *command = &gh_command_index;
    const char *word = NULL;

    if (!gh_command_format(command, options->json, options->format_word,
                           options->output != NULL ? "csv" : "text", &word))
        return false;
    options->as_text = g_str_equal(word, "text");
    options->format = GH_TABLE_CSV;
    if (!options->as_text && !gh_table_format_from_text(word, &options->format)) {
        gh_command_usage_error(command, "unknown format \"{word}\"", "word", word, NULL);
        return false;
    }
    if (options->output != NULL && options->as_text) {
        gh_command_usage_error(command, "files are csv, xlsx or json; text goes without -o", NULL);
        return false;
    }
    if (options->output == NULL && options->format == GH_TABLE_XLSX) {
        gh_command_usage_error(command, "a spreadsheet needs -o FOLDER", NULL);
        return false;
    }
    return true;
}

static bool
read_numbers(GhIndexOptions *options)
{
    const GhCommand *command = &gh_command_index;
    guint64 seed = 0;

    if (options->replications < 0 || options->threads < 0) {
        gh_command_usage_error(command, "-n and --threads are 1 or more", NULL);
        return false;
    }
    if (options->seed_word != NULL) {
        if (!g_ascii_string_to_unsigned(options->seed_word, 10, 0, G_MAXUINT64, &seed, NULL)) {
            gh_command_usage_error(command, "--seed is a whole number from 0", NULL);
            return false;
        }
        options->has_seed = true;
        options->seed = seed;
    }
    if ((options->data != NULL) != (options->meta != NULL)) {
        gh_command_usage_error(command, "--data and --meta go together", NULL);
        return false;
    }
    return true;
}

static const Word *
find_word(int argc, char **argv)
{
    for (size_t w = 0; w < G_N_ELEMENTS(words); w++) {
        if (!g_str_equal(words[w].name, argv[1]))
            continue;
        if (argc - 2 >= words[w].min_arguments && argc - 2 <= words[w].max_arguments)
            return &words[w];
        gh_command_usage_error(&gh_command_index, "index {word} takes other arguments", "word",
                               argv[1], NULL);
        return NULL;
    }
    gh_command_usage_error(&gh_command_index, "unknown word \"{word}\"", "word", argv[1], NULL);
    return NULL;
}

static int
run(int argc, char **argv)
{
    g_auto(Options) values = {0};
    const GOptionEntry options[] = {
        {"data", 0, 0, G_OPTION_ARG_FILENAME, &values.data,
         GH_MARK("a CSV file of units and indicators; default: the platform's figures"), "FILE"},
        {"meta", 0, 0, G_OPTION_ARG_FILENAME, &values.meta,
         GH_MARK("the CSV file that says what its columns are"), "FILE"},
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &values.output,
         GH_MARK("where all tables go, as files"), "FOLDER"},
        {"format", 0, 0, G_OPTION_ARG_STRING, &values.format_word,
         GH_MARK("text, csv, json; with -o csv (default), xlsx, json"), "FORMAT"},
        {"json", 0, 0, G_OPTION_ARG_NONE, &values.json, GH_MARK("short for --format json"), NULL},
        {"replications", 'n', 0, G_OPTION_ARG_INT, &values.replications,
         GH_MARK("how often the index is made anew; default: the specification's"), "N"},
        {"seed", 0, 0, G_OPTION_ARG_STRING, &values.seed_word,
         GH_MARK("where random numbers begin; default: the specification's"), "S"},
        {"threads", 0, 0, G_OPTION_ARG_INT, &values.threads,
         GH_MARK("default: one a processor; the result is the same with any number"), "T"},
        {"sensitivity", 0, 0, G_OPTION_ARG_NONE, &values.sensitivity,
         GH_MARK("uncertainty: also which choice the places depend on most"), NULL},
        {"keep", 0, 0, G_OPTION_ARG_NONE, &values.replications_out,
         GH_MARK("uncertainty: also every replication with its parameters"), NULL},
        {"dominance", 0, 0, G_OPTION_ARG_NONE, &values.dominance,
         GH_MARK("uncertainty: also how often each unit is before each other"), NULL},
        {"of", 0, 0, G_OPTION_ARG_STRING, &values.of,
         GH_MARK("stats: raw (default), normalised or aggregated values"), "WHICH"},
        {"slug", 0, 0, G_OPTION_ARG_STRING, &values.slug,
         GH_MARK("publish: the last part of its address"), "SLUG"},
        {"title", 0, 0, G_OPTION_ARG_STRING, &values.title, GH_MARK("publish: its title"), "TEXT"},
        {"author", 0, 0, G_OPTION_ARG_STRING, &values.author,
         GH_MARK("publish: who answers for it"), "TEXT"},
        {"summary", 0, 0, G_OPTION_ARG_STRING, &values.summary,
         GH_MARK("publish: what it measures, in a sentence"), "TEXT"},
        {"reason", 0, 0, G_OPTION_ARG_STRING, &values.reason,
         GH_MARK("withdraw: why it must not be used any more"), "TEXT"},
        G_OPTION_ENTRY_NULL,
    };
    int status = GH_EXIT_DONE;
    if (!gh_command_parse(&gh_command_index, options, &argc, &argv, 1, 3, &status))
        return status;

    const Word *word = find_word(argc, argv);
    if (word == NULL || !read_format(&values) || !read_numbers(&values))
        return GH_EXIT_USAGE;

    g_autoptr(GError) error = NULL;
    return word->run(argc - 2, argv + 2, &values, &error) ? GH_EXIT_DONE : gh_command_fail(error);
}

const GhCommand gh_command_index = {
    .name = "index",
    .usage =
        "run|stats|uncertainty SPEC | explain SPEC [UNIT] | compare SPEC OTHER | publish SPEC | "
        "list | withdraw SLUG [--data DATA.csv --meta META.csv] [-n N] [--seed S] "
        "[--threads T] [-o DIR]",
    .summary =
        GH_MARK("makes composite indicators, tells how sure their ranks are, publishes them"),
    .details = GH_MARK(
        "run makes the index; uncertainty makes it anew many times and says how sure each place "
        "is; stats "
        "describes the data; explain tells what the steps did, or takes one unit's result apart; "
        "compare "
        "sets two specifications side by side. SPEC is a JSON file (docs/index-format.md)."),
    .run = run,
};
