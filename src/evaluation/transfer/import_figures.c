/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* import_figures.c - the rows of a file of figures, long or wide, with every fault in them. */
#include <gio/gio.h>
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "evaluation/transfer/import_private.h"

/* How often progress is told. */
enum {
    ROWS_BETWEEN_REPORTS = 8192
};

static const char VERIFICATION_REPORT[] = "verification report"; /* folded */

typedef struct {
    GhCsv *csv;
    const GhImportColumns *columns;
    const GhFramework *framework;
    GhCityIndex *cities;
    const GhImportOptions *options;
    bool comma_decimal_file;
    GhFaults *faults;
    GhImportRows *rows;
    bool found_decimal_comma;
} Reader;

GhImportRows *
gh_import_rows_new(void)
{
    GhImportRows *rows = g_new0(GhImportRows, 1);
    rows->rows = g_array_new(FALSE, FALSE, sizeof(GhImportRow));
    rows->texts = g_string_chunk_new(16 * 1024);
    return rows;
}

void
gh_import_rows_free(GhImportRows *rows)
{
    if (rows == NULL)
        return;
    g_array_unref(rows->rows);
    g_string_chunk_free(rows->texts);
    g_free(rows);
}

void
gh_import_add_csv_fault(GhFaults *faults, const char *file_name, const GError *error)
{
    GhCsvErrorParts parts = gh_csv_error_parts(error);
    gh_faults_add(faults, GH_FAULT_ERROR, file_name, parts.line, NULL, NULL, parts.reason,
                  parts.remedy);
}

/* -- faults -- */

static void
add_fault(Reader *reader, const char *column, const char *value, const char *reason,
          const char *remedy)
{
    gh_faults_add(reader->faults, GH_FAULT_ERROR, gh_csv_name(reader->csv),
                  gh_csv_line(reader->csv), column, value, reason, remedy);
}

static void G_GNUC_PRINTF(5, 6)
    add_fault_remedy(Reader *reader, const char *column, const char *value, const char *reason,
                     const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *remedy = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    add_fault(reader, column, value, reason, remedy);
}

/* -- single fields -- */

static const char *
field_text(const Reader *reader, GhImportField field)
{
    int column = reader->columns->of_field[field];
    return column >= 0 ? gh_csv_field(reader->csv, (size_t)column) : "";
}

/* Kept text of a field, NULL when empty. */
static const char *
kept_text(Reader *reader, GhImportField field)
{
    const char *text = field_text(reader, field);
    return text[0] != '\0' ? g_string_chunk_insert_const(reader->rows->texts, text) : NULL;
}

static bool
read_number(Reader *reader, const char *column, const char *text, double *ret_value)
{
    g_autoptr(GError) error = NULL;
    if (gh_number_parse(text, GH_NUMBER_POINT_OR_COMMA, reader->comma_decimal_file, ret_value,
                        &error)) {
        if (!reader->found_decimal_comma && strchr(text, ',') != NULL)
            reader->found_decimal_comma = gh_number_has_decimal_comma(text);
        return true;
    }

    /* "REASON; REMEDY" */
    g_auto(GStrv) parts = g_strsplit(error->message, "; ", 2);
    add_fault(reader, column, text, parts[0], parts[1]);
    return false;
}

static bool
read_optional_number(Reader *reader, GhImportField field, double *ret_value)
{
    const char *text = field_text(reader, field);
    *ret_value = NAN;
    return text[0] == '\0' || read_number(reader, gh_import_field_name(field), text, ret_value);
}

static bool
read_year(Reader *reader, uint16_t *ret_year)
{
    const GhFramework *framework = reader->framework;
    const char *text = field_text(reader, GH_FIELD_YEAR);
    int fixed = reader->options->year;

    guint64 year = 0;
    if (text[0] == '\0' && fixed != 0) {
        year = (guint64)fixed;
    } else if (!g_ascii_string_to_unsigned(text, 10, (guint64)framework->first_year,
                                           (guint64)framework->last_year, &year, NULL)) {
        add_fault_remedy(reader, "year", text,
                         text[0] == '\0' ? GH_MARK("is empty") : GH_MARK("is not a year"),
                         "write a year from %d to %d", framework->first_year, framework->last_year);
        return false;
    }
    if (fixed != 0 && year != (guint64)fixed) {
        add_fault_remedy(reader, "year", text, GH_MARK("differs from --year"),
                         "leave --year out, or take only the rows of %d", fixed);
        return false;
    }
    *ret_year = (uint16_t)year;
    return true;
}

static bool
read_small_int(Reader *reader, GhImportField field, unsigned max, const char *reason,
               uint8_t *ret_value)
{
    const char *text = field_text(reader, field);
    guint64 value = 0;
    if (text[0] != '\0' && !g_ascii_string_to_unsigned(text, 10, 1, max, &value, NULL)) {
        add_fault_remedy(reader, gh_import_field_name(field), text, reason,
                         "write a whole number from 1 to %u, or leave it empty", max);
        return false;
    }
    *ret_value = (uint8_t)value;
    return true;
}

static bool
read_city(Reader *reader, int64_t *ret_city_id)
{
    const char *text = field_text(reader, GH_FIELD_CITY);
    const char *fixed = reader->options->city;
    const char *words = text[0] == '\0' && fixed != NULL ? fixed : text;

    g_autofree char *reason = NULL, *remedy = NULL;
    int64_t id = gh_city_index_find(reader->cities, words, field_text(reader, GH_FIELD_COUNTRY),
                                    &reason, &remedy);
    if (id == 0) {
        add_fault(reader, "city", words, reason, remedy);
        return false;
    }
    if (fixed != NULL && words != fixed) {
        g_autofree char *r1 = NULL, *r2 = NULL;
        if (gh_city_index_find(reader->cities, fixed, "", &r1, &r2) != id) {
            add_fault_remedy(reader, "city", text, GH_MARK("differs from --city"),
                             "leave --city out, or take only the rows of %s", fixed);
            return false;
        }
    }
    *ret_city_id = id;
    return true;
}

static bool
read_data_point(Reader *reader, uint32_t *ret_data_point)
{
    const GhFramework *framework = reader->framework;
    const char *id = field_text(reader, GH_FIELD_DATA_POINT);
    gssize index = gh_framework_find_data_point(framework, id);
    if (index < 0) {
        const char *near = NULL;
        unsigned best = 3;
        for (size_t i = 0; i < framework->n_data_points; i++) {
            unsigned distance = gh_text_distance(id, framework->data_points[i].id, best);
            if (distance < best) {
                best = distance;
                near = framework->data_points[i].id;
            }
        }
        add_fault_remedy(reader, "data_point_id", id,
                         id[0] == '\0' ? GH_MARK("is empty")
                                       : GH_MARK("is no data point of the framework"),
                         near != NULL ? "did you mean %s?" : "write the id of a data point of %s",
                         near != NULL ? near : framework->id);
        return false;
    }

    const char *kpi_id = field_text(reader, GH_FIELD_KPI);
    const GhKpi *kpi = &framework->kpis[framework->data_points[index].kpi];
    if (kpi_id[0] != '\0' && strcmp(kpi_id, kpi->id) != 0) {
        add_fault_remedy(reader, "kpi_id", kpi_id, GH_MARK("is not the KPI of this data point"),
                         "the data point %s belongs to %s", id, kpi->id);
        return false;
    }
    *ret_data_point = (uint32_t)index;
    return true;
}

/* The words yes and no stand for 1 and 0 where the unit is yes/no. FORMATS, section 2. */
static bool
read_yes_no(const char *text, double *ret_value)
{
    if (g_ascii_strcasecmp(text, "yes") == 0)
        *ret_value = 1;
    else if (g_ascii_strcasecmp(text, "no") == 0)
        *ret_value = 0;
    else
        return false;
    return true;
}

static bool
read_value(Reader *reader, const char *column, const char *text, uint32_t data_point,
           double *ret_value)
{
    const GhDataPoint *point = &reader->framework->data_points[data_point];
    bool is_yes_no = strcmp(point->unit, "yes/no") == 0;
    double value = NAN;

    if (!(is_yes_no && read_yes_no(text, &value)) && !read_number(reader, column, text, &value))
        return false;
    if (is_yes_no && value != 0 && value != 1) {
        add_fault(reader, column, text, GH_MARK("is neither yes nor no"),
                  GH_MARK("write yes, no, 1 or 0"));
        return false;
    }
    if (value < point->min || value > point->max) {
        char low[GH_NUMBER_TEXT_SIZE], high[GH_NUMBER_TEXT_SIZE];
        bool below = value < point->min;
        double bound = below ? point->min : point->max;
        gh_number_format(bound, below ? low : high);
        add_fault_remedy(reader, column, text,
                         below ? GH_MARK("is below the smallest possible value")
                               : GH_MARK("is above the largest possible value"),
                         "the value of %s is %s %s %s: check the unit and the decimal sign",
                         point->id, below ? "at least" : "at most", below ? low : high,
                         point->unit);
        return false;
    }
    *ret_value = value;
    return true;
}

static bool
read_unit(Reader *reader, uint32_t data_point, const char **ret_unit)
{
    const GhDataPoint *point = &reader->framework->data_points[data_point];
    const char *text = field_text(reader, GH_FIELD_UNIT);
    *ret_unit = NULL;
    if (text[0] == '\0' || strcmp(text, point->unit) == 0)
        return true;
    if (!gh_framework_unit_agrees(reader->framework, data_point, text)) {
        add_fault_remedy(
            reader, "unit", text, GH_MARK("is not the unit of this data point"),
            "convert the value to \"%s\", or leave the unit empty if it is that already",
            point->unit);
        return false;
    }
    *ret_unit = kept_text(reader, GH_FIELD_UNIT);
    return true;
}

static bool
read_how(Reader *reader, uint8_t *ret_how)
{
    const char *text = field_text(reader, GH_FIELD_HOW);
    if (text[0] == '\0')
        *ret_how = GH_HOW_NOT_SAID;
    else if (g_str_equal(text, "calculated"))
        *ret_how = GH_HOW_CALCULATED;
    else if (g_str_equal(text, "typed_over"))
        *ret_how = GH_HOW_TYPED_OVER;
    else {
        add_fault(reader, "how", text, GH_MARK("is no known way"),
                  GH_MARK("write calculated, typed_over, or nothing"));
        return false;
    }
    return true;
}

static bool
read_verification(Reader *reader, GhImportRow *row)
{
    const char *text = field_text(reader, GH_FIELD_VERIFICATION);
    if (text[0] == '\0') {
        /* A value printed in a Verification Report was verified by it, unless its state says
         * otherwise. FORMATS, section 2. */
        g_autofree char *report = row->report != NULL ? gh_text_fold_name(row->report) : NULL;
        row->verified = row->status == GH_STATUS_REPORTED && report != NULL
                        && strcmp(report, VERIFICATION_REPORT) == 0;
    } else if (g_str_equal(text, "verified")) {
        if (row->status == GH_STATUS_NOT_VERIFIED) {
            add_fault(reader, "verification", text, GH_MARK("stands beside the state not_verified"),
                      GH_MARK("write reported as the state, or not_verified as the verification"));
            return false;
        }
        row->verified = true;
    } else if (g_str_equal(text, "not_verified")) {
        row->verified = false;
    } else {
        add_fault(reader, "verification", text, GH_MARK("is no known state of verification"),
                  GH_MARK("write verified, not_verified, or nothing"));
        return false;
    }
    return true;
}

/* State and value must agree: FORMATS, section 2. */
static bool
read_status(Reader *reader, bool has_value, uint8_t *ret_status)
{
    const char *text = field_text(reader, GH_FIELD_STATUS);
    GhStatus status = GH_STATUS_REPORTED;
    if (text[0] != '\0' && (!gh_status_from_text(text, &status) || status == GH_STATUS_MISSING)) {
        add_fault(
            reader, "status", text, GH_MARK("is no known state"),
            GH_MARK("write reported, not_reported, not_applicable, not_verified or not_available"));
        return false;
    }
    if (status == GH_STATUS_REPORTED && !has_value) {
        add_fault(reader, "value", NULL, GH_MARK("is empty although the state is reported"),
                  GH_MARK("write the value, or a state such as not_reported"));
        return false;
    }
    if (has_value && status != GH_STATUS_REPORTED && status != GH_STATUS_NOT_VERIFIED) {
        add_fault(reader, "value", field_text(reader, GH_FIELD_VALUE),
                  GH_MARK("stands beside a state that has no value"),
                  GH_MARK("take the value out, or write reported as the state"));
        return false;
    }
    *ret_status = (uint8_t)status;
    return true;
}

/* -- rows -- */

static void
read_long_row(Reader *reader)
{
    GhImportRow row = {.line = gh_csv_line(reader->csv), .value = NAN};
    const char *value = field_text(reader, GH_FIELD_VALUE);
    unsigned n_qualities = (unsigned)CLAMP(reader->framework->n_qualities, 1, 6);

    /* Every field is read, whatever the one before said, so that all faults are told at once; one fault
     * keeps the whole file out. A row whose key is clear counts for keys that come twice. */
    bool has_key = read_city(reader, &row.city_id);
    has_key &= read_year(reader, &row.year);
    bool known = read_data_point(reader, &row.data_point);
    has_key &= known;
    if (known && value[0] != '\0')
        (void)read_value(reader, "value", value, row.data_point, &row.value);
    (void)read_status(reader, value[0] != '\0', &row.status);
    if (known)
        (void)read_unit(reader, row.data_point, &row.unit);
    (void)read_optional_number(reader, GH_FIELD_NUMERATOR, &row.numerator);
    (void)read_optional_number(reader, GH_FIELD_DENOMINATOR, &row.denominator);
    (void)read_how(reader, &row.how);
    (void)read_small_int(reader, GH_FIELD_MONTH, 12, GH_MARK("is not a month"), &row.month);
    (void)read_small_int(reader, GH_FIELD_QUALITY, n_qualities, GH_MARK("is no class of quality"),
                         &row.quality);
    row.report = kept_text(reader, GH_FIELD_REPORT);
    (void)read_verification(reader, &row);
    row.source = kept_text(reader, GH_FIELD_SOURCE);
    row.note = kept_text(reader, GH_FIELD_NOTE);
    if (has_key)
        g_array_append_val(reader->rows->rows, row);
}

static void
read_wide_row(Reader *reader)
{
    GhImportRow row = {
        .line = gh_csv_line(reader->csv),
        .status = GH_STATUS_REPORTED,
        .numerator = NAN,
        .denominator = NAN,
    };
    bool has_key = read_city(reader, &row.city_id);
    has_key &= read_year(reader, &row.year);

    for (size_t column = 0; column < gh_csv_n_columns(reader->csv); column++) {
        gssize data_point = reader->columns->data_points[column];
        const char *text = gh_csv_field(reader->csv, column);
        if (data_point < 0 || text[0] == '\0')
            continue;
        row.data_point = (uint32_t)data_point;
        row.value = NAN;
        (void)read_value(reader, gh_csv_column(reader->csv, column), text, row.data_point,
                         &row.value);
        if (has_key)
            g_array_append_val(reader->rows->rows, row);
    }
}

bool
gh_import_read_figures(GhCsv *csv, const GhImportColumns *columns, const GhFramework *framework,
                       GhCityIndex *cities, const GhImportOptions *options, bool comma_decimal_file,
                       GhFaults *faults, GhImportRows *rows, bool *ret_found_decimal_comma,
                       GError **error)
{
    Reader reader = {
        .csv = csv,
        .columns = columns,
        .framework = framework,
        .cities = cities,
        .options = options,
        .comma_decimal_file = comma_decimal_file,
        .faults = faults,
        .rows = rows,
    };
    for (size_t field = 0; field < GH_N_IMPORT_FIELDS; field++)
        rows->has_field[field] = columns->of_field[field] >= 0;

    for (size_t n = 0;; n++) {
        g_autoptr(GError) fault = NULL;
        bool row = false;
        if (n % ROWS_BETWEEN_REPORTS == 0
            && !gh_progress_report(options->progress, GH_MARK("reading"), gh_csv_progress(csv))) {
            g_set_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped on request");
            return false;
        }
        if (!gh_csv_next(csv, &row, &fault)) {
            gh_import_add_csv_fault(faults, gh_csv_name(csv), fault);
            if (!g_error_matches(fault, GH_CSV_ERROR, GH_CSV_ERROR_FIELDS))
                break;
            continue;
        }
        if (!row)
            break;
        if (columns->form == GH_IMPORT_WIDE)
            read_wide_row(&reader);
        else
            read_long_row(&reader);
    }
    *ret_found_decimal_comma = reader.found_decimal_comma;
    return true;
}
