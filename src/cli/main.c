/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* main.c - finds the command and hands over. One file a command beside this one. */
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "cli/command.h"
#include "cli/help.h"

static const GhCommand *const commands[] = {
    &gh_command_init,    &gh_command_serve,  &gh_command_framework_, &gh_command_city,
    &gh_command_import,  &gh_command_export, &gh_command_check,      &gh_command_evaluate,
    &gh_command_compare, &gh_command_wheel,  &gh_command_report,     &gh_command_index,
    &gh_command_audit,   &gh_command_backup, &gh_command_restore,
};

static void
print_overview(FILE *out)
{
    const GhLang *lang = gh_command_lang();
    g_autoptr(GString) text = g_string_new(NULL);
    size_t columns = 0;

    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
        columns = MAX(columns, strlen(commands[i]->name));

    gh_help_append_paragraph(text, GH_T(lang, "Usage: guildhall COMMAND [arguments]"));
    g_string_append_c(text, '\n');
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
        gh_help_append_term(text, commands[i]->name, columns, GH_T(lang, commands[i]->summary));
    g_string_append_c(text, '\n');
    gh_help_append_paragraph(
        text, GH_T(lang, "guildhall COMMAND --help explains one command. The database is --db "
                         "PATH|postgresql://..., else GUILDHALL_DB, else the one named in "
                         "guildhall.conf, else guildhall.db in this folder."));
    fputs(text->str, out);
}

static const GhCommand *
find_command(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++) {
        if (g_str_equal(commands[i]->name, name))
            return commands[i];
    }
    return NULL;
}

/* Languages that the operator adds without building: *.mo in the folder GUILDHALL_LANG_DIR. */
static bool
load_languages(GError **error)
{
    if (!gh_lang_load_builtin(error))
        return false;

    const char *dir = g_getenv("GUILDHALL_LANG_DIR");
    return dir == NULL || gh_lang_load_dir(dir, error);
}

/* What was printed must have arrived; a command that changed something has done so all the same. */
static int
finish(int status)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    if (status == GH_EXIT_DONE)
        fprintf(stderr, "guildhall: %s\n",
                GH_T(gh_command_lang(), "not all of the output could be written (disk full?); the "
                                        "command itself was carried out"));
    return status == GH_EXIT_DONE ? GH_EXIT_FAILED : status;
}

int
main(int argc, char **argv)
{
    /* Characters as the terminal has them; numbers always with a point, whatever the locale. */
    setlocale(LC_CTYPE, "");
    g_set_prgname("guildhall");
    gh_log_init(GH_LOG_PLAIN, GH_LOG_INFO);

    g_autoptr(GError) error = NULL;
    if (!load_languages(&error))
        return gh_command_fail(error);

    int n_taken = 0;
    if (!gh_command_take_leading_db(argc, argv, &n_taken)) {
        print_overview(stderr);
        return GH_EXIT_USAGE;
    }
    argc -= n_taken;
    argv += n_taken;
    if (argc < 2) {
        print_overview(stderr);
        return GH_EXIT_USAGE;
    }
    if (g_str_equal(argv[1], "--help") || g_str_equal(argv[1], "-h")
        || g_str_equal(argv[1], "help")) {
        print_overview(stdout);
        return finish(GH_EXIT_DONE);
    }
    if (g_str_equal(argv[1], "--version")) {
        printf("guildhall %s\n", GH_VERSION);
        return finish(GH_EXIT_DONE);
    }

    const GhCommand *command = find_command(argv[1]);
    if (command == NULL) {
        g_autofree char *sentence = gh_lang_fill(
            GH_T(gh_command_lang(), "unknown command \"{word}\""), "word", argv[1], NULL);
        fprintf(stderr, "guildhall: %s\n", sentence);
        print_overview(stderr);
        return GH_EXIT_USAGE;
    }

    return finish(command->run(argc - 1, argv + 1));
}
