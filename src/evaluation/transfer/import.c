/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* import.c - a file of cities or figures, taken whole or not at all.
 *
 * Reading and checking need no transaction; comparing and writing are one. On a retry of the
 * transaction the comparison is made again: it sets every row's fate anew. */
#include "evaluation/transfer/import_private.h"

typedef struct {
    const GhFramework *framework;
    GhCsv *csv;
    const GhImportOptions *options;
    GhFaults *faults;
    GhCityIndex *cities;
    int64_t *keys; /* of data points, in the order of the framework */
    GhImportRows *rows;
    GhImportResult *result;
} Import;

bool
gh_import_refuse_faults(const GhFaults *faults, const char *name, GError **error)
{
    size_t n = gh_faults_n_errors(faults);
    if (n == 0)
        return true;
    g_set_error(error, GH_EVALUATION_ERROR, GH_EVALUATION_ERROR_FAULTS,
                n == 1 ? "%s: %zu fault; nothing was taken in"
                       : "%s: %zu faults; nothing was taken in",
                name, n);
    return false;
}

static bool
load_names_work(GhDb *db, void *data, GError **error)
{
    Import *import = data;
    g_clear_pointer(&import->cities, gh_city_index_free);
    g_clear_pointer(&import->keys, g_free);

    import->cities = gh_city_index_load(db, error);
    if (import->cities == NULL)
        return false;
    import->keys = gh_framework_data_point_keys(db, import->framework, error);
    return import->keys != NULL;
}

static bool
diff_work(GhDb *db, void *data, GError **error)
{
    Import *import = data;
    return gh_import_diff(db, import->keys, import->rows, import->options->progress, import->result,
                          error);
}

static bool
write_work(GhDb *db, void *data, GError **error)
{
    const Import *import = data;
    return diff_work(db, data, error)
           && gh_import_write(db, import->framework, import->keys, import->rows,
                              gh_csv_name(import->csv), import->options, import->result, error);
}

/* All rows with all faults. In a file whose decimal sign turns out to be the comma, points followed by
 * three digits have another meaning, so such a file is read once more with that knowledge. */
static bool
read_rows(Import *import, const GhImportColumns *columns, const char *bytes, size_t n_bytes,
          GError **error)
{
    bool comma_decimal_file = false;
    g_autoptr(GhFaults) first_faults = gh_faults_new();
    if (!gh_import_read_figures(import->csv, columns, import->framework, import->cities,
                                import->options, false, first_faults, import->rows,
                                &comma_decimal_file, error))
        return false;
    if (!comma_decimal_file) {
        gh_faults_move(import->faults, first_faults);
        return true;
    }

    g_autoptr(GhCsv) again = gh_csv_new(gh_csv_name(import->csv), bytes, n_bytes, error);
    if (again == NULL)
        return false;
    g_array_set_size(import->rows->rows, 0);
    return gh_import_read_figures(again, columns, import->framework, import->cities,
                                  import->options, true, import->faults, import->rows,
                                  &comma_decimal_file, error);
}

static bool
import_figures(GhStore *store, Import *import, const GhImportColumns *columns, const char *bytes,
               size_t n_bytes, GError **error)
{
    const char *name = gh_csv_name(import->csv);
    if (!gh_store_read(store, load_names_work, import, error))
        return false;
    if (!read_rows(import, columns, bytes, n_bytes, error))
        return false;
    gh_import_sort(import->rows, import->keys, import->framework, columns->form, name,
                   import->faults);
    gh_faults_sort(import->faults);
    import->result->n_rows = import->rows->rows->len;
    if (!gh_import_refuse_faults(import->faults, name, error))
        return false;

    return import->options->dry_run ? gh_store_read(store, diff_work, import, error)
                                    : gh_store_write(store, write_work, import, error);
}

static bool
check_options(const GhFramework *framework, const GhImportOptions *options, GError **error)
{
    if (options->year == 0
        || (options->year >= framework->first_year && options->year <= framework->last_year))
        return true;
    g_set_error(error, GH_EVALUATION_ERROR, GH_EVALUATION_ERROR_INVALID,
                "the year %d is not one of framework %s: it takes %d to %d", options->year,
                framework->id, framework->first_year, framework->last_year);
    return false;
}

static bool
import_csv(GhStore *store, Import *import, const char *bytes, size_t n_bytes, GError **error)
{
    GhImportColumns columns = {0};
    gh_import_columns_find(import->csv, import->framework, import->options, import->faults,
                           &columns);

    bool done;
    if (columns.form == GH_IMPORT_CITIES) {
        import->result->cities = true;
        done = gh_import_cities(store, gh_csv_name(import->csv), bytes, n_bytes, import->options,
                                import->faults, import->result, error);
    } else {
        import->result->wide = columns.form == GH_IMPORT_WIDE;
        done = gh_import_refuse_faults(import->faults, gh_csv_name(import->csv), error)
               && import_figures(store, import, &columns, bytes, n_bytes, error);
    }
    gh_import_columns_clear(&columns);
    return done;
}

bool
gh_import(GhStore *store, const GhFramework *framework, const char *name, const char *bytes,
          size_t n_bytes, const GhImportOptions *options, GhFaults *faults,
          GhImportResult *ret_result, GError **error)
{
    if (!check_options(framework, options, error))
        return false;

    g_autoptr(GError) fault = NULL;
    g_autoptr(GhCsv) csv = gh_csv_new(name, bytes, n_bytes, &fault);
    if (csv == NULL) {
        gh_import_add_csv_fault(faults, name, fault);
        return gh_import_refuse_faults(faults, name, error);
    }

    g_autoptr(GhImportRows) rows = gh_import_rows_new();
    GhImportResult result = {0};
    Import import = {
        .framework = framework,
        .csv = csv,
        .options = options,
        .faults = faults,
        .rows = rows,
        .result = &result,
    };
    bool done = import_csv(store, &import, bytes, n_bytes, error);
    gh_city_index_free(import.cities);
    g_free(import.keys);
    if (done)
        *ret_result = result;
    return done;
}
