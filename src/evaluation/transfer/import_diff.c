/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* import_diff.c - rows of a file against the figures in the database. */
#include <gio/gio.h>
#include <math.h>
#include <string.h>

#include "evaluation/city_private.h"
#include "evaluation/transfer/import_private.h"

enum {
    CITIES_BETWEEN_REPORTS = 256
};

/* Also that the city is there: on PostgreSQL no foreign key does (schema/0002_evaluation.sql). */
static const char SQL_HAS_FIGURES[] =
    "SELECT count(*) FROM (SELECT 1 FROM figure WHERE city_id = $1 LIMIT 1) AS f"
    " HAVING EXISTS (SELECT 1 FROM city WHERE city_id = $1)";

static const char SQL_OF_CITY[] =
    "SELECT data_point_key, year, status, value, numerator, denominator, how, quality,"
    " verification, month, report, unit, source, note"
    " FROM figure WHERE city_id = $1 ORDER BY data_point_key, year";

static bool
same_number(double a, double b)
{
    return (isnan(a) && isnan(b)) || a == b;
}

/* What the figure says, apart from where it was read. */
static bool
says_the_same(const GhImportRow *row, const GhQuery *query, const bool *has_field)
{
    return row->status == gh_query_int64(query, 2)
           && same_number(row->value, gh_row_number(query, 3))
           && (!has_field[GH_FIELD_NUMERATOR]
               || same_number(row->numerator, gh_row_number(query, 4)))
           && (!has_field[GH_FIELD_DENOMINATOR]
               || same_number(row->denominator, gh_row_number(query, 5)));
}

static const char *
kept(GhImportRows *rows, const char *text)
{
    return text != NULL ? g_string_chunk_insert_const(rows->texts, text) : NULL;
}

/* A file that gives only values does not take away the source of a figure that it repeats. Where the
 * figure itself changes, what is not said is not known. */
static void
inherit(GhImportRows *rows, GhImportRow *row, const GhQuery *query)
{
    const bool *has = rows->has_field;
    if (!has[GH_FIELD_NUMERATOR])
        row->numerator = gh_row_number(query, 4);
    if (!has[GH_FIELD_DENOMINATOR])
        row->denominator = gh_row_number(query, 5);
    if (!has[GH_FIELD_HOW])
        row->how = (uint8_t)gh_query_int64(query, 6);
    if (!has[GH_FIELD_QUALITY])
        row->quality = (uint8_t)gh_query_int64(query, 7);
    if (!has[GH_FIELD_VERIFICATION] && !has[GH_FIELD_REPORT] && !has[GH_FIELD_STATUS])
        row->verified = gh_query_int64(query, 8) != 0;
    if (!has[GH_FIELD_MONTH])
        row->month = (uint8_t)gh_query_int64(query, 9);
    if (!has[GH_FIELD_REPORT])
        row->report = kept(rows, gh_query_text(query, 10));
    if (!has[GH_FIELD_UNIT])
        row->unit = kept(rows, gh_query_text(query, 11));
    if (!has[GH_FIELD_SOURCE])
        row->source = kept(rows, gh_query_text(query, 12));
    if (!has[GH_FIELD_NOTE])
        row->note = kept(rows, gh_query_text(query, 13));
}

static bool
attributes_agree(const GhImportRow *row, const GhQuery *query)
{
    return same_number(row->numerator, gh_row_number(query, 4))
           && same_number(row->denominator, gh_row_number(query, 5))
           && row->how == gh_query_int64(query, 6) && row->quality == gh_query_int64(query, 7)
           && row->verified == gh_query_int64(query, 8) && row->month == gh_query_int64(query, 9)
           && g_strcmp0(row->report, gh_query_text(query, 10)) == 0
           && g_strcmp0(row->unit, gh_query_text(query, 11)) == 0
           && g_strcmp0(row->source, gh_query_text(query, 12)) == 0
           && g_strcmp0(row->note, gh_query_text(query, 13)) == 0;
}

static GhRowFate
compare_with_figure(GhImportRows *rows, GhImportRow *row, const GhQuery *query)
{
    if (!says_the_same(row, query, rows->has_field))
        return GH_ROW_CHANGED;
    inherit(rows, row, query);
    return attributes_agree(row, query) ? GH_ROW_UNCHANGED : GH_ROW_CHANGED;
}

/* < 0: the row stands before the figure. */
static int
compare_keys(const GhImportRow *row, const int64_t *keys, const GhQuery *query)
{
    int64_t key = gh_query_int64(query, 0);
    if (keys[row->data_point] != key)
        return keys[row->data_point] < key ? -1 : 1;
    return (int)row->year - (int)gh_query_int64(query, 1);
}

static bool
has_figures(GhDb *db, int64_t city_id, bool *ret_any, GError **error)
{
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_HAS_FIGURES, error);
    if (query == NULL)
        return false;
    gh_query_bind_int64(query, 1, city_id);
    bool city = false;
    if (!gh_query_next(query, &city, error))
        return false;
    if (!city) {
        g_set_error_literal(error, GH_EVALUATION_ERROR, GH_EVALUATION_ERROR_UNKNOWN,
                            "a city of the file was removed meanwhile: import it again");
        return false;
    }
    *ret_any = gh_query_int64(query, 0) > 0;
    return true;
}

/* Both sides are in key order: one walk through them. */
static bool
diff_city(GhDb *db, const int64_t *keys, GhImportRows *rows, guint first, guint end, GError **error)
{
    bool any = false;
    if (!has_figures(db, g_array_index(rows->rows, GhImportRow, first).city_id, &any, error))
        return false;
    for (guint i = first; i < end; i++)
        g_array_index(rows->rows, GhImportRow, i).fate = GH_ROW_NEW;
    if (!any)
        return true;

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_OF_CITY, error);
    if (query == NULL)
        return false;
    gh_query_bind_int64(query, 1, g_array_index(rows->rows, GhImportRow, first).city_id);

    bool figure = false;
    if (!gh_query_next(query, &figure, error))
        return false;
    for (guint i = first; i < end && figure;) {
        GhImportRow *row = &g_array_index(rows->rows, GhImportRow, i);
        int order = compare_keys(row, keys, query);
        if (order == 0)
            row->fate = (uint8_t)compare_with_figure(rows, row, query);
        if (order <= 0)
            i++;
        if (order >= 0 && !gh_query_next(query, &figure, error))
            return false;
    }
    return true;
}

static void
count_fates(const GhImportRows *rows, GhImportResult *result)
{
    result->n_new = result->n_changed = result->n_unchanged = 0;
    for (guint i = 0; i < rows->rows->len; i++) {
        switch ((GhRowFate)g_array_index(rows->rows, GhImportRow, i).fate) {
        case GH_ROW_NEW:
            result->n_new++;
            break;
        case GH_ROW_CHANGED:
            result->n_changed++;
            break;
        case GH_ROW_UNCHANGED:
            result->n_unchanged++;
            break;
        }
    }
}

bool
gh_import_diff(GhDb *db, const int64_t *data_point_keys, GhImportRows *rows,
               const GhProgress *progress, GhImportResult *result, GError **error)
{
    guint n_rows = rows->rows->len;
    size_t n_cities = 0;
    for (guint first = 0, end = 0; first < n_rows; first = end) {
        int64_t city_id = g_array_index(rows->rows, GhImportRow, first).city_id;
        for (end = first;
             end < n_rows && g_array_index(rows->rows, GhImportRow, end).city_id == city_id;
             end++) {
        }
        if (!diff_city(db, data_point_keys, rows, first, end, error))
            return false;
        if (n_cities++ % CITIES_BETWEEN_REPORTS == 0
            && !gh_progress_report(progress, GH_MARK("comparing"), (double)first / n_rows)) {
            g_set_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped on request");
            return false;
        }
    }
    count_fates(rows, result);
    return true;
}
