/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* index_input.c - what guildhall index works on, and where its tables go. */
#include "cli/index_command.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "base/layout.h"
#include "base/number.h"
#include "cli/output.h"
#include "ranking/ranking.h"

void
gh_index_input_clear(GhIndexInput *input)
{
    g_clear_pointer(&input->spec, gh_index_spec_unref);
    g_clear_pointer(&input->data, gh_index_data_unref);
}

GhIndexSpec *
gh_index_command_spec(const char *path, GError **error)
{
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autofree char *bytes = NULL;
    size_t n_bytes = 0;

    if (!g_file_get_contents(path, &bytes, &n_bytes, error))
        return NULL;
    GhIndexSpec *spec = gh_index_spec_parse(path, bytes, n_bytes, faults, error);
    gh_command_print_faults(faults);
    return spec;
}

static GhIndexData *
read_files(const GhIndexOptions *options, GError **error)
{
    g_autoptr(GhFaults) faults = gh_faults_new();
    GhIndexData *data = gh_index_read_paths(options->data, options->meta, faults, error);

    gh_command_print_faults(faults);
    return data;
}

static GhIndexData *
read_platform(const char *path, const GhIndexSpec *spec, GError **error)
{
    if (spec->data_text == NULL) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC,
                    "%s says nothing about data; give --data and --meta, or write \"data\" into it "
                    "to take the figures of this platform",
                    path);
        return NULL;
    }
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GhRankingSource) source =
        gh_ranking_source_parse(path, spec->data_text, faults, error);
    gh_command_print_faults(faults);
    if (source == NULL)
        return NULL;
    g_autoptr(GhStore) store = gh_command_open(GH_STORE_MUST_EXIST, error);
    if (store == NULL)
        return NULL;
    g_autoptr(GhRankingFigures) figures = gh_ranking_figures_load(store, source, NULL, error);
    return figures != NULL ? gh_index_data_ref(figures->data) : NULL;
}

bool
gh_index_input_load(const char *path, const GhIndexOptions *options, GhIndexInput *ret_input,
                    GError **error)
{
    g_auto(GhIndexInput) input = {.spec = gh_index_command_spec(path, error)};

    if (input.spec == NULL)
        return false;
    input.data =
        options->data != NULL ? read_files(options, error) : read_platform(path, input.spec, error);
    if (input.data == NULL)
        return false;
    ret_input->spec = g_steal_pointer(&input.spec);
    ret_input->data = g_steal_pointer(&input.data);
    return true;
}

/* -- tables -- */

bool
gh_index_command_folder(const GhIndexOptions *options, GError **error)
{
    static const int MODE = 0777; /* as far as the umask allows */

    if (options->output == NULL || g_mkdir_with_parents(options->output, MODE) == 0)
        return true;
    g_set_error(error, G_IO_ERROR, (int)g_io_error_from_errno(errno),
                "cannot make the folder %s: %s", options->output, g_strerror(errno));
    return false;
}

bool
gh_index_command_table(const GhIndexOptions *options, const char *name, GhIndexTableFunc write,
                       const void *data, GError **error)
{
    g_autofree char *file = g_strdup_printf("%s.%s", name, gh_table_format_text(options->format));
    g_autofree char *path =
        options->output != NULL ? g_build_filename(options->output, file, NULL) : NULL;
    GhOutput output = {0};

    if (!gh_output_open(path, &output, error))
        return false;
    const bool good = write(options->format, gh_table_sink_file, output.file, data, error);
    return gh_output_close(&output, good, error) && good;
}

void
gh_index_command_say_files(const GhIndexOptions *options, size_t n_files)
{
    g_autofree char *files = gh_command_counted("{n} file", "{n} files", (int64_t)n_files);

    if (options->output != NULL)
        gh_command_say(stderr, "{files} in {folder}", "files", files, "folder", options->output,
                       NULL);
}

/* -- for reading -- */

char *
gh_index_command_number(double value)
{
    static const int DIGITS = 4; /* our choice: as many as a reader compares */

    if (isnan(value))
        return g_strdup("-");
    if (value == 0.0)
        return g_strdup("0");
    const int magnitude = (int)floor(log10(fabs(value)));
    if (magnitude >= 15 || magnitude < -6) {
        char text[GH_NUMBER_TEXT_SIZE];
        return g_strdup(gh_number_format(value, text));
    }
    return gh_lang_number(gh_command_lang(), value, (unsigned)CLAMP(DIGITS - 1 - magnitude, 0, 9));
}

void
gh_index_command_columns(GString *out, const char *const *cells, size_t n_rows, size_t n_columns,
                         size_t n_left)
{
    g_autofree size_t *widths = g_new0(size_t, n_columns);

    for (size_t r = 0; r < n_rows; r++) {
        for (size_t c = 0; c < n_columns; c++)
            widths[c] = MAX(widths[c], gh_layout_width(cells[r * n_columns + c]));
    }
    for (size_t r = 0; r < n_rows; r++) {
        g_autoptr(GString) line = g_string_new(NULL);
        for (size_t c = 0; c < n_columns; c++) {
            if (c > 0)
                g_string_append(line, "  ");
            if (c < n_left)
                gh_layout_left(line, cells[r * n_columns + c], widths[c]);
            else
                gh_layout_right(line, cells[r * n_columns + c], widths[c]);
        }
        g_string_append(out, g_strchomp(line->str));
        g_string_append_c(out, '\n');
    }
}
