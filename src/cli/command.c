/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* command.c - what every command of the command line shares. */
#include "cli/command.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/layout.h"
#include "cli/help.h"
#include "evaluation/evaluation.h"

static const char CONF_FILE[] = "guildhall.conf";
static const char DEFAULT_DATABASE[] = "guildhall.db";
static const char DEFAULT_FRAMEWORK[] = "u4ssc";

/* Set by --db while options are read; every command knows it. */
static char *option_db;

bool
gh_command_take_leading_db(int argc, char **argv, int *ret_n_taken)
{
    *ret_n_taken = 0;
    if (argc < 2 || !g_str_has_prefix(argv[1], "--db"))
        return true;
    if (argv[1][4] == '=') {
        option_db = g_strdup(argv[1] + 5);
        *ret_n_taken = 1;
        return true;
    }
    if (argv[1][4] != '\0' || argc < 3)
        return argv[1][4] != '\0';
    option_db = g_strdup(argv[2]);
    *ret_n_taken = 2;
    return true;
}

/* -- sentences -- */

/* Values come from files and arguments: what could steer the terminal is shown as a sign. */
static void
print_sentence(FILE *out, const char *sentence)
{
    g_autoptr(GString) line = g_string_new(NULL);

    gh_layout_left(line, sentence, gh_layout_width(sentence));
    fprintf(out, "%s\n", line->str);
}

void
gh_command_say(FILE *out, const char *pattern, ...)
{
    va_list arguments;
    va_start(arguments, pattern);
    g_autofree char *sentence =
        gh_lang_fill_va(gh_lang_text(gh_command_lang(), pattern), arguments);
    va_end(arguments);
    print_sentence(out, sentence);
}

void
gh_command_say_plural(FILE *out, const char *one, const char *many, int64_t n, ...)
{
    g_autofree char *counted = gh_command_counted(one, many, n);
    va_list arguments;
    va_start(arguments, n);
    g_autofree char *sentence = gh_lang_fill_va(counted, arguments);
    va_end(arguments);
    print_sentence(out, sentence);
}

char *
gh_command_count(int64_t n)
{
    return gh_lang_number(gh_command_lang(), (double)n, 0);
}

char *
gh_command_counted(const char *one, const char *many, int64_t n)
{
    g_assert(n >= 0);
    g_autofree char *count = gh_command_count(n);
    return gh_lang_fill(gh_lang_plural(gh_command_lang(), one, many, (unsigned long)n), "n", count,
                        NULL);
}

/* -- arguments -- */

bool
gh_command_parse(const GhCommand *command, const GOptionEntry *options, int *argc, char ***argv,
                 int min_arguments, int max_arguments, int *ret_exit)
{
    gboolean help = FALSE;
    const GOptionEntry common[] = {
        {"db", 0, 0, G_OPTION_ARG_STRING, &option_db,
         GH_MARK("the database; default: see guildhall --help"), "PATH|postgresql://..."},
        {"help", 'h', 0, G_OPTION_ARG_NONE, &help, GH_MARK("show this help"), NULL},
        G_OPTION_ENTRY_NULL,
    };

    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    /* GLib's own --help would end the process from inside. */
    g_option_context_set_help_enabled(context, FALSE);
    if (options != NULL)
        g_option_context_add_main_entries(context, options, NULL);
    g_option_context_add_main_entries(context, common, NULL);

    g_autoptr(GError) error = NULL;
    if (!g_option_context_parse(context, argc, argv, &error)) {
        *ret_exit = gh_command_usage_error(command, error->message, NULL);
        return false;
    }
    if (help) {
        g_autoptr(GString) text = g_string_new(NULL);
        gh_help_append(text, command, options, common);
        fputs(text->str, stdout);
        *ret_exit = GH_EXIT_DONE;
        return false;
    }

    int n_arguments = *argc - 1;
    /* "--" only separates; GLib leaves it in place. */
    if (n_arguments > 0 && g_str_equal((*argv)[1], "--")) {
        memmove(&(*argv)[1], &(*argv)[2], (size_t)(*argc - 1) * sizeof **argv);
        *argc -= 1;
        n_arguments -= 1;
    }
    if (n_arguments < min_arguments) {
        *ret_exit = gh_command_usage_error(command, "an argument is missing", NULL);
        return false;
    }
    if (max_arguments >= 0 && n_arguments > max_arguments) {
        *ret_exit = gh_command_usage_error(command, "unexpected argument \"{word}\"", "word",
                                           (*argv)[max_arguments + 1], NULL);
        return false;
    }
    return true;
}

int
gh_command_usage_error(const GhCommand *command, const char *pattern, ...)
{
    va_list arguments;
    va_start(arguments, pattern);
    g_autofree char *sentence =
        gh_lang_fill_va(gh_lang_text(gh_command_lang(), pattern), arguments);
    va_end(arguments);

    g_autoptr(GString) usage = g_string_new(NULL);
    gh_help_append_usage(usage, command);
    g_autofree char *line = g_strdup_printf("guildhall: %s", sentence);
    print_sentence(stderr, line);
    fputs(usage->str, stderr);
    return GH_EXIT_USAGE;
}

int
gh_command_fail(const GError *error)
{
    /* It may quote a file: its control characters must not reach the terminal. */
    g_autofree char *line = g_strdup_printf("guildhall: %s", error->message);
    print_sentence(stderr, line);
    return GH_EXIT_FAILED;
}

void
gh_command_print_faults(const GhFaults *faults)
{
    for (size_t i = 0; i < gh_faults_n_listed(faults); i++) {
        const GhFault *fault = gh_faults_peek(faults, i);
        g_autofree char *text = gh_fault_format(fault, gh_command_lang());
        if (fault->kind == GH_FAULT_WARNING)
            gh_command_say(stderr, "warning: {fault}", "fault", text, NULL);
        else
            print_sentence(stderr, text);
    }

    size_t n_all = gh_faults_n_errors(faults) + gh_faults_n_warnings(faults);
    if (n_all > gh_faults_n_listed(faults))
        gh_command_say_plural(stderr, "... and {n} more", "... and {n} more",
                              (int64_t)(n_all - gh_faults_n_listed(faults)), NULL);
}

char *
gh_command_conf(const char *group, const char *key)
{
    g_autoptr(GKeyFile) conf = g_key_file_new();
    if (!g_key_file_load_from_file(conf, CONF_FILE, G_KEY_FILE_NONE, NULL))
        return NULL;
    return g_key_file_get_string(conf, group, key, NULL);
}

char *
gh_command_site(void)
{
    char *site = gh_command_conf("site", "address");

    if (site != NULL && g_str_has_suffix(site, "/"))
        site[strlen(site) - 1] = '\0';
    return site;
}

const GhLang *
gh_command_lang_named(const GhCommand *command, const char *tag)
{
    const GhLang *lang = tag != NULL ? gh_lang_find(tag) : gh_command_lang();
    if (lang != NULL)
        return lang;

    g_autofree char *languages = gh_lang_list();
    gh_command_usage_error(command, "there is no language \"{tag}\" here, only: {languages}", "tag",
                           tag, "languages", languages, NULL);
    return NULL;
}

/* Everything that guildhall.conf may say. */
static const struct {
    const char *group, *key;
} conf_keys[] = {
    {"database", "location"},
    {"server", "listen"},
    {"site", "name"},
    {"site", "address"},
};

static bool
is_conf_key(const char *group, const char *key)
{
    for (size_t i = 0; i < G_N_ELEMENTS(conf_keys); i++) {
        if (g_str_equal(conf_keys[i].group, group) && g_str_equal(conf_keys[i].key, key))
            return true;
    }
    return false;
}

/* A misspelt key would be passed over in silence, and another database used. */
static bool
check_conf_keys(GKeyFile *conf, GError **error)
{
    g_auto(GStrv) groups = g_key_file_get_groups(conf, NULL);
    for (char **group = groups; *group != NULL; group++) {
        g_auto(GStrv) keys = g_key_file_get_keys(conf, *group, NULL, NULL);
        for (char **key = keys; key != NULL && *key != NULL; key++) {
            if (is_conf_key(*group, *key))
                continue;
            g_set_error(
                error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_KEY_NOT_FOUND,
                "%s: nothing is called %s in [%s]; there are location in [database], listen in "
                "[server], name in [site]",
                CONF_FILE, *key, *group);
            return false;
        }
    }
    return true;
}

/* A guildhall.conf that cannot be read as one must not be passed over: it may name the database. */
static bool
check_conf(GError **error)
{
    g_autoptr(GKeyFile) conf = g_key_file_new();
    g_autoptr(GError) local = NULL;
    if (g_key_file_load_from_file(conf, CONF_FILE, G_KEY_FILE_NONE, &local))
        return check_conf_keys(conf, error);
    if (g_error_matches(local, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return true;

    g_propagate_prefixed_error(error, g_steal_pointer(&local), "%s: ", CONF_FILE);
    return false;
}

char *
gh_command_location(void)
{
    if (option_db != NULL)
        return g_strdup(option_db);

    const char *from_environment = g_getenv("GUILDHALL_DB");
    if (from_environment != NULL && from_environment[0] != '\0')
        return g_strdup(from_environment);

    char *from_conf = gh_command_conf("database", "location");
    return from_conf != NULL ? from_conf : g_strdup(DEFAULT_DATABASE);
}

GhStore *
gh_command_open(GhStoreOpen how, GError **error)
{
    if (!check_conf(error))
        return NULL;

    g_autofree char *location = gh_command_location();
    if (!gh_store_check_location(location, error))
        return NULL;
    return gh_store_open(location, how, error);
}

bool
gh_command_refresh_index(GhStore *store, GError **error)
{
    return gh_framework_refresh_index(store, error) && gh_city_refresh_index(store, error);
}

GhFramework *
gh_command_framework(GhStore *store, const char *id, GError **error)
{
    return gh_framework_get(store, id != NULL ? id : DEFAULT_FRAMEWORK, NULL, error);
}

const GhTargetSet *
gh_command_targets(const GhFramework *framework, const char *id, GError **error)
{
    g_assert(framework->n_target_sets > 0);
    if (id == NULL)
        return &framework->target_sets[0];

    const GhTargetSet *targets = gh_framework_find_targets(framework, id);
    if (targets != NULL)
        return targets;

    g_autoptr(GString) known = g_string_new(NULL);
    for (size_t i = 0; i < framework->n_target_sets; i++)
        g_string_append_printf(known, "%s%s", i > 0 ? ", " : "", framework->target_sets[i].id);
    g_set_error(error, GH_EVALUATION_ERROR, GH_EVALUATION_ERROR_UNKNOWN,
                "no target set \"%s\" in framework %s; there is: %s", id, framework->id,
                known->str);
    return NULL;
}

const GhLang *
gh_command_lang(void)
{
    static const char *const variables[] = {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"};

    for (size_t i = 0; i < G_N_ELEMENTS(variables); i++) {
        const char *value = g_getenv(variables[i]);
        if (value == NULL || value[0] == '\0')
            continue;
        /* "fr_CH.UTF-8:de" becomes "fr-CH,de", which asks for fr-CH, else fr, else de. */
        g_auto(GStrv) wishes = g_strsplit(value, ":", -1);
        for (char **wish = wishes; *wish != NULL; wish++)
            g_strdelimit(*wish, "_", '-')[strcspn(*wish, ".@")] = '\0';
        g_autofree char *tags = g_strjoinv(",", wishes);
        return gh_lang_negotiate(tags);
    }
    return gh_lang_source();
}

unsigned
gh_command_width(void)
{
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return 80;
}

bool
gh_command_colour(void)
{
    const char *term = g_getenv("TERM");
    return isatty(STDOUT_FILENO) && g_getenv("NO_COLOR") == NULL
           && (term == NULL || !g_str_equal(term, "dumb"));
}

bool
gh_command_write(const char *bytes, size_t n_bytes, GError **error)
{
    if (fwrite(bytes, 1, n_bytes, stdout) == n_bytes && fflush(stdout) == 0)
        return true;
    g_set_error(error, G_FILE_ERROR, (int)g_file_error_from_errno(errno),
                "cannot write to standard output: %s", g_strerror(errno));
    return false;
}

bool
gh_command_format(const GhCommand *command, bool json, const char *format, const char *usual,
                  const char **ret_format)
{
    if (json && format != NULL && !g_str_equal(format, "json")) {
        (void)gh_command_usage_error(command, "--json and --format {word} contradict each other",
                                     "word", format, NULL);
        return false;
    }
    *ret_format = json ? "json" : format != NULL ? format : usual;
    return true;
}

bool
gh_command_check_year(const GhFramework *framework, int year, GError **error)
{
    if (year == GH_YEAR_NOT_GIVEN
        || (year >= framework->first_year && year <= framework->last_year))
        return true;
    g_set_error(error, GH_EVALUATION_ERROR, GH_EVALUATION_ERROR_INVALID,
                "the year %d is not one of framework %s: it takes %d to %d", year, framework->id,
                framework->first_year, framework->last_year);
    return false;
}
