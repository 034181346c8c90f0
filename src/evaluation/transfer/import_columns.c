/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* import_columns.c - what each column of an imported file is. */
#include "evaluation/transfer/import_private.h"

#include "base/text.h"

/* The names of FORMATS, section 2. */
static const char *const field_names[] = {
    [GH_FIELD_CITY] = "city",
    [GH_FIELD_COUNTRY] = "country_code",
    [GH_FIELD_REPORT] = "report",
    [GH_FIELD_YEAR] = "year",
    [GH_FIELD_MONTH] = "month",
    [GH_FIELD_KPI] = "kpi_id",
    [GH_FIELD_DATA_POINT] = "data_point_id",
    [GH_FIELD_VALUE] = "value",
    [GH_FIELD_UNIT] = "unit",
    [GH_FIELD_STATUS] = "status",
    [GH_FIELD_NOTE] = "note",
    [GH_FIELD_SOURCE] = "source",
    [GH_FIELD_NUMERATOR] = "numerator",
    [GH_FIELD_DENOMINATOR] = "denominator",
    [GH_FIELD_HOW] = "how",
    [GH_FIELD_QUALITY] = "quality",
    [GH_FIELD_VERIFICATION] = "verification",
};
G_STATIC_ASSERT(G_N_ELEMENTS(field_names) == GH_N_IMPORT_FIELDS);

/* A name further off than this is not taken for a slip of the pen. */
enum {
    NEAR_EDITS = 2
};

const char *
gh_import_field_name(GhImportField field)
{
    return field_names[field];
}

void
gh_import_columns_clear(GhImportColumns *columns)
{
    g_clear_pointer(&columns->data_points, g_free);
}

static int
find_field(const char *name)
{
    for (int field = 0; field < GH_N_IMPORT_FIELDS; field++) {
        if (g_ascii_strcasecmp(field_names[field], name) == 0)
            return field;
    }
    return -1;
}

static GhImportForm
find_form(const GhCsv *csv)
{
    if (gh_csv_find_column(csv, field_names[GH_FIELD_DATA_POINT]) >= 0
        || gh_csv_find_column(csv, field_names[GH_FIELD_VALUE]) >= 0)
        return GH_IMPORT_LONG;
    if (gh_csv_find_column(csv, "slug") >= 0
        || (gh_csv_find_column(csv, "name") >= 0
            && gh_csv_find_column(csv, field_names[GH_FIELD_CITY]) < 0))
        return GH_IMPORT_CITIES;
    return GH_IMPORT_WIDE;
}

static bool
field_fits_form(int field, GhImportForm form)
{
    return form == GH_IMPORT_LONG || field == GH_FIELD_CITY || field == GH_FIELD_COUNTRY
           || field == GH_FIELD_YEAR;
}

/* The known name nearest to what was written, or NULL. */
static const char *
nearest_name(const char *written, const GhFramework *framework, GhImportForm form)
{
    const char *nearest = NULL;
    unsigned best = NEAR_EDITS + 1;
    g_autofree char *folded = g_ascii_strdown(written, -1);

    for (size_t field = 0; field < GH_N_IMPORT_FIELDS; field++) {
        /* In the wide form most of them have no place: to name one would only lead astray. */
        if (!field_fits_form((int)field, form))
            continue;
        unsigned distance = gh_text_distance(folded, field_names[field], NEAR_EDITS);
        if (distance < best) {
            best = distance;
            nearest = field_names[field];
        }
    }
    for (size_t i = 0; form == GH_IMPORT_WIDE && i < framework->n_data_points; i++) {
        unsigned distance = gh_text_distance(folded, framework->data_points[i].id, NEAR_EDITS);
        if (distance < best) {
            best = distance;
            nearest = framework->data_points[i].id;
        }
    }
    return nearest;
}

static void
add_unknown_column(GhFaults *faults, const GhCsv *csv, const GhFramework *framework,
                   GhImportForm form, const char *name)
{
    const char *near = nearest_name(name, framework, form);
    g_autofree char *remedy =
        near != NULL ? g_strdup_printf("did you mean %s?", near)
        : form == GH_IMPORT_WIDE
            ? g_strdup(
                GH_MARK("name the columns city, year and then data points by their id, or use the "
                        "long form with the columns city, year, data_point_id, value"))
            : g_strdup(
                GH_MARK("take the column out, or give it one of the names of the long form"));
    gh_faults_add(faults, GH_FAULT_ERROR, gh_csv_name(csv), 1, name, NULL,
                  GH_MARK("is no column of this form"), remedy);
}

static void
require(GhFaults *faults, const GhCsv *csv, const GhImportColumns *columns, GhImportField field,
        const char *remedy)
{
    if (columns->of_field[field] < 0)
        gh_faults_add(faults, GH_FAULT_ERROR, gh_csv_name(csv), 1, field_names[field], NULL,
                      GH_MARK("is missing in the header"), remedy);
}

void
gh_import_columns_find(const GhCsv *csv, const GhFramework *framework,
                       const GhImportOptions *options, GhFaults *faults,
                       GhImportColumns *ret_columns)
{
    GhImportColumns columns = {.form = find_form(csv)};
    for (size_t field = 0; field < GH_N_IMPORT_FIELDS; field++)
        columns.of_field[field] = -1;
    if (columns.form == GH_IMPORT_CITIES) {
        *ret_columns = columns;
        return;
    }

    size_t n_columns = gh_csv_n_columns(csv);
    size_t n_data_points = 0;
    columns.data_points = g_new(gssize, n_columns);
    for (size_t column = 0; column < n_columns; column++) {
        const char *name = gh_csv_column(csv, column);
        int field = find_field(name);
        columns.data_points[column] = -1;
        if (field >= 0 && field_fits_form(field, columns.form)) {
            columns.of_field[field] = (int)column;
            continue;
        }
        if (columns.form == GH_IMPORT_WIDE)
            columns.data_points[column] = gh_framework_find_data_point(framework, name);
        if (columns.data_points[column] >= 0)
            n_data_points++;
        else
            add_unknown_column(faults, csv, framework, columns.form, name);
    }

    if (options->city == NULL)
        require(faults, csv, &columns, GH_FIELD_CITY, GH_MARK("add the column, or give --city"));
    if (options->year == 0)
        require(faults, csv, &columns, GH_FIELD_YEAR, GH_MARK("add the column, or give --year"));
    if (columns.form == GH_IMPORT_LONG) {
        require(faults, csv, &columns, GH_FIELD_DATA_POINT, GH_MARK("add the column"));
        require(faults, csv, &columns, GH_FIELD_VALUE, GH_MARK("add the column"));
    } else if (n_data_points == 0)
        gh_faults_add(
            faults, GH_FAULT_ERROR, gh_csv_name(csv), 1, NULL, NULL,
            GH_MARK("has no column with the id of a data point"),
            GH_MARK("name the columns city, year and then data points by their id, or use the long "
                    "form with the columns city, year, data_point_id, value"));
    *ret_columns = columns;
}
