/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* command.h - what every command of the command line shares.
 *
 * Output    Results on stdout; log, progress and faults on stderr.
 * Exit      GH_EXIT_DONE, GH_EXIT_FAILED (failed or refused), GH_EXIT_USAGE.
 * Language  Sentences for people in that of the terminal; what other programs read, the log and the
 *           messages of errors are the same everywhere.
 * Threads   The main thread only.
 */
#pragma once

#include <stdio.h>

#include "base/faults.h"
#include "base/lang.h"
#include "framework/framework.h"
#include "store/store.h"

enum {
    GH_EXIT_DONE = 0,
    GH_EXIT_FAILED = 1,
    GH_EXIT_USAGE = 2,
};

typedef struct {
    const char *name;
    const char *usage;   /* what follows the name: "CITY|--all [options]" */
    const char *summary; /* marked msgid: one line for the list of commands */
    const char *details; /* marked msgid: what else --help says; NULL: nothing */
    int (*run)(int argc, char **argv);
} GhCommand;

/* Reads options and checks the number of arguments left. options: GOptionEntry table, NULL-ended, or
 * NULL; its descriptions are marked msgids. On --help prints help, on a fault prints it with the usage line; either way returns false and
 * *ret_exit. On success argv[1..argc-1] are the arguments. max_arguments -1: any number. */
bool gh_command_parse(const GhCommand *command, const GOptionEntry *options, int *argc,
                      char ***argv, int min_arguments, int max_arguments, int *ret_exit);

/* Prints a sentence and a line end: the translation of pattern, its {name} places filled from pairs of
 * name and text, closed by NULL. po/update collects the patterns, so they are written out here. */
void gh_command_say(FILE *out, const char *pattern, ...) G_GNUC_NULL_TERMINATED;

/* The same by number; {n} is the number itself. */
void gh_command_say_plural(FILE *out, const char *one, const char *many, int64_t n,
                           ...) G_GNUC_NULL_TERMINATED;

/* A whole number for people: "12,345"; and with what is counted: "{n} figure", "{n} figures". Owned by
 * the caller. */
char *gh_command_count(int64_t n);
char *gh_command_counted(const char *one, const char *many, int64_t n);

/* A wrong use found after parsing: prints the sentence, made as gh_command_say does, and the usage
 * line. Returns GH_EXIT_USAGE. */
int gh_command_usage_error(const GhCommand *command, const char *pattern,
                           ...) G_GNUC_NULL_TERMINATED;

/* Prints "guildhall: message" and returns GH_EXIT_FAILED. */
int gh_command_fail(const GError *error);

/* Prints all faults, one a line, and how many more there are. */
void gh_command_print_faults(const GhFaults *faults);

/* "guildhall --db X init" means the same as "guildhall init --db X": takes --db X or --db=X from in front
 * of the command. *ret_n_taken words of argv are used up. False when X is missing. */
bool gh_command_take_leading_db(int argc, char **argv, int *ret_n_taken);

/* Where the database is: --db, else GUILDHALL_DB, else guildhall.conf, else guildhall.db here.
 * Owned by the caller. */
char *gh_command_location(void);
GhStore *gh_command_open(GhStoreOpen how, GError **error);

/* Makes what the search finds, in a database from before the search or with other rules for it. */
bool gh_command_refresh_index(GhStore *store, GError **error);

/* A value of guildhall.conf in this folder, or NULL; owned by the caller. */
char *gh_command_conf(const char *group, const char *key);

/* The framework named by --framework (NULL: u4ssc). */
GhFramework *gh_command_framework(GhStore *store, const char *id, GError **error);

/* The target set of that name (NULL: the framework's first). */
const GhTargetSet *gh_command_targets(const GhFramework *framework, const char *id, GError **error);

/* The language of the terminal, from LANGUAGE, LC_ALL, LC_MESSAGES, LANG. */
const GhLang *gh_command_lang(void);

/* The language named by --lang (NULL: that of the terminal); NULL after a usage error that says which there
 * are. */
const GhLang *gh_command_lang_named(const GhCommand *command, const char *tag);

/* The site's address for links, without a slash at its end ([site] address); NULL: not known. Owned by the
 * caller. */
char *gh_command_site(void);

/* Columns of the terminal (80 when it is none), and whether colours are wanted (NO_COLOR). */
unsigned gh_command_width(void);
bool gh_command_colour(void);

/* Writes bytes to standard output and makes sure that they left the program. */
bool gh_command_write(const char *bytes, size_t n_bytes, GError **error);

/* The format asked for by --json and --format; usual where neither is given. False after a usage error: the
 * two contradict each other. */
bool gh_command_format(const GhCommand *command, bool json, const char *format, const char *usual,
                       const char **ret_format);

/* What a year option holds where it is not given: no year that anyone would type. */
enum {
    GH_YEAR_NOT_GIVEN = 0
};

/* Refuses a year that the framework has no figures of. */
bool gh_command_check_year(const GhFramework *framework, int year, GError **error);

extern const GhCommand gh_command_init;
extern const GhCommand gh_command_serve;
extern const GhCommand gh_command_framework_;
extern const GhCommand gh_command_city;
extern const GhCommand gh_command_import;
extern const GhCommand gh_command_export;
extern const GhCommand gh_command_check;
extern const GhCommand gh_command_evaluate;
extern const GhCommand gh_command_compare;
extern const GhCommand gh_command_audit;
extern const GhCommand gh_command_backup;
extern const GhCommand gh_command_restore;
extern const GhCommand gh_command_report;
extern const GhCommand gh_command_wheel;
extern const GhCommand gh_command_index;
