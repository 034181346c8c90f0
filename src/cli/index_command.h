/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* index_command.h - what the words of guildhall index share: run, stats, uncertainty, compare, explain and so on.
 *
 * Input     A specification, and data: two CSV files (--data, --meta), or the platform's figures as the
 *           specification's "data" says.
 * Output    Text to read on standard output; -o FOLDER takes all tables as files. Tables in CSV or JSON come on
 *           standard output too, when asked for.
 * Threads   The main thread only.
 */
#pragma once

#include "base/progress.h"
#include "base/table.h"
#include "cli/command.h"
#include "index/index.h"

typedef struct {
    char *data, *meta, *output, *format_word;
    gboolean json;
    int replications; /* 0: the specification's */
    char *seed_word;
    int threads; /* 0: one a core */
    char *sampling, *of;
    gboolean sensitivity, replications_out, dominance;
    char *slug, *title, *author, *summary, *reason;
    /* read from the words above */
    bool as_text; /* neither CSV nor JSON was asked for */
    GhTableFormat format;
    bool has_seed;
    uint64_t seed;
} GhIndexOptions;

/* A specification with its data. */
typedef struct {
    GhIndexSpec *spec; /* owned */
    GhIndexData *data; /* owned */
} GhIndexInput;
void gh_index_input_clear(GhIndexInput *input);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(GhIndexInput, gh_index_input_clear)

/* Reads the specification; faults and warnings go to standard error. */
GhIndexSpec *gh_index_command_spec(const char *path, GError **error);

/* Reads both. */
bool gh_index_input_load(const char *path, const GhIndexOptions *options, GhIndexInput *ret_input,
                         GError **error);

/* Writes one table: to FOLDER/name.format, or to standard output. */
typedef bool (*GhIndexTableFunc)(GhTableFormat format, GhTableSink sink, void *sink_data,
                                 const void *data, GError **error);
bool gh_index_command_table(const GhIndexOptions *options, const char *name, GhIndexTableFunc write,
                            const void *data, GError **error);

/* Makes the folder of -o where it is not there; nothing without -o. */
bool gh_index_command_folder(const GhIndexOptions *options, GError **error);

/* "3 files in DIR", when -o was given. */
void gh_index_command_say_files(const GhIndexOptions *options, size_t n_files);

/* A number for reading: four significant digits, the terminal's decimal sign; "-" for NAN. Owned by the caller. */
char *gh_index_command_number(double value);

/* Appends a table for reading: cells n_rows x n_columns, row by row, the first row the heading; numbers to the
 * right from column n_left on. */
void gh_index_command_columns(GString *out, const char *const *cells, size_t n_rows,
                              size_t n_columns, size_t n_left);

/* "impute: a gap gets the mean of the other units."; owned by the caller. */
char *gh_index_command_say_step(const GhIndexStep *step);

/* The words, each true on success. argv[0] is the specification. */
bool gh_index_command_run(int argc, char **argv, const GhIndexOptions *options, GError **error);
bool gh_index_command_stats(int argc, char **argv, const GhIndexOptions *options, GError **error);
bool gh_index_command_uncertainty(int argc, char **argv, const GhIndexOptions *options,
                                  GError **error);
bool gh_index_command_compare(int argc, char **argv, const GhIndexOptions *options, GError **error);
bool gh_index_command_explain(int argc, char **argv, const GhIndexOptions *options, GError **error);
bool gh_index_command_publish(int argc, char **argv, const GhIndexOptions *options, GError **error);
bool gh_index_command_list(int argc, char **argv, const GhIndexOptions *options, GError **error);
bool gh_index_command_withdraw(int argc, char **argv, const GhIndexOptions *options,
                               GError **error);
