/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* import_cities.c - the rows of a file of cities, with every fault in them. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "evaluation/transfer/import_cities_private.h"

/* FORMATS, section 2; the last three are ours and may be left out. */
static const char *const field_names[] = {
    [GH_CITY_SLUG] = "slug",
    [GH_CITY_NAME] = "name",
    [GH_CITY_COUNTRY] = "country_code",
    [GH_CITY_POPULATION] = "population",
    [GH_CITY_AREA] = "area_km2",
    [GH_CITY_LATITUDE] = "latitude",
    [GH_CITY_LONGITUDE] = "longitude",
    [GH_CITY_SOURCE] = "source",
    [GH_CITY_NOTE] = "note",
    [GH_CITY_HOUSEHOLDS] = "households",
    [GH_CITY_GDP] = "gdp",
    [GH_CITY_CURRENCY] = "currency",
};
G_STATIC_ASSERT(G_N_ELEMENTS(field_names) == GH_N_CITY_FIELDS);

typedef struct {
    GhCsv *csv;
    GhFaults *faults;
    GhCityRows *rows;
    bool comma_decimal_file;
    bool found_decimal_comma;
    int of_field[GH_N_CITY_FIELDS];
    GHashTable *slugs; /* slug -> line */
    GHashTable *names; /* folded name, country -> line */
} Reader;

static void
row_free(gpointer pointer)
{
    GhCityRow *row = pointer;
    gh_city_free(row->city);
    g_free(row->name_key);
    g_free(row);
}

GhCityRows *
gh_city_rows_new(void)
{
    GhCityRows *rows = g_new0(GhCityRows, 1);
    rows->rows = g_ptr_array_new_with_free_func(row_free);
    return rows;
}

void
gh_city_rows_free(GhCityRows *rows)
{
    if (rows == NULL)
        return;
    g_ptr_array_unref(rows->rows);
    g_free(rows);
}

static void
add_fault(Reader *reader, const char *column, const char *value, const char *reason,
          const char *remedy)
{
    gh_faults_add(reader->faults, GH_FAULT_ERROR, gh_csv_name(reader->csv),
                  gh_csv_line(reader->csv), column, value, reason, remedy);
}

static const char *
field_text(const Reader *reader, GhCityField field)
{
    int column = reader->of_field[field];
    return column >= 0 ? gh_csv_field(reader->csv, (size_t)column) : "";
}

static char *
dup_or_null(const char *text)
{
    return text[0] != '\0' ? g_strdup(text) : NULL;
}

static bool
read_number(Reader *reader, GhCityField field, double min, double max, double *ret_value)
{
    const char *text = field_text(reader, field);
    *ret_value = NAN;
    if (text[0] == '\0')
        return true;

    double value = NAN;
    g_autoptr(GError) error = NULL;
    if (!gh_number_parse(text, GH_NUMBER_POINT_OR_COMMA, reader->comma_decimal_file, &value,
                         &error)) {
        g_auto(GStrv) parts = g_strsplit(error->message, "; ", 2);
        add_fault(reader, field_names[field], text, parts[0], parts[1]);
        return false;
    }
    reader->found_decimal_comma |= gh_number_has_decimal_comma(text);
    if (value < min || value > max) {
        char low[GH_NUMBER_TEXT_SIZE], high[GH_NUMBER_TEXT_SIZE];
        g_autofree char *remedy =
            isinf(max) ? g_strdup_printf("write a number from %s on", gh_number_format(min, low))
                       : g_strdup_printf("write a number from %s to %s", gh_number_format(min, low),
                                         gh_number_format(max, high));
        add_fault(reader, field_names[field], text, GH_MARK("cannot be"), remedy);
        return false;
    }
    *ret_value = value;
    return true;
}

static bool
is_capital_code(const char *text, size_t length)
{
    if (strlen(text) != length)
        return false;
    for (const char *p = text; *p != '\0'; p++) {
        if (!g_ascii_isupper(*p))
            return false;
    }
    return true;
}

static bool
read_code(Reader *reader, GhCityField field, size_t length, const char *remedy, char **ret_code)
{
    const char *text = field_text(reader, field);
    g_autofree char *code = g_ascii_strup(text, -1);
    if (text[0] != '\0' && !is_capital_code(code, length)) {
        add_fault(reader, field_names[field], text, GH_MARK("is no code"), remedy);
        return false;
    }
    *ret_code = g_steal_pointer(&code);
    return true;
}

/* Where the file gives none, the database decides (import_cities_store.c). */
static bool
read_slug(Reader *reader, const char *name, char **ret_slug)
{
    const char *text = field_text(reader, GH_CITY_SLUG);
    if (text[0] == '\0') {
        g_autofree char *made = gh_text_slug(name);
        if (made == NULL && name[0] != '\0')
            add_fault(reader, "slug", NULL, GH_MARK("is empty, and none can be made from the name"),
                      GH_MARK("write one in Latin letters, for example ar-riyad"));
        return made != NULL;
    }
    if (!gh_text_is_slug(text)) {
        add_fault(
            reader, "slug", text, GH_MARK("is no slug"),
            GH_MARK("use small Latin letters, digits and single hyphens, for example ar-riyad"));
        return false;
    }
    *ret_slug = g_strdup(text);
    return true;
}

static bool
check_first(Reader *reader, GHashTable *seen, char *key, const char *column, const char *value)
{
    gpointer line = g_hash_table_lookup(seen, key);
    if (line == NULL) {
        g_hash_table_insert(seen, key, GSIZE_TO_POINTER(gh_csv_line(reader->csv)));
        return true;
    }
    g_autofree char *remedy = g_strdup_printf("it stands on line %zu already: keep one of the two",
                                              GPOINTER_TO_SIZE(line));
    add_fault(reader, column, value, GH_MARK("comes twice"), remedy);
    g_free(key);
    return false;
}

static void
read_row(Reader *reader)
{
    g_autoptr(GhCity) city = g_new0(GhCity, 1);
    city->years = g_new0(GhCityYear, 1);
    city->n_years = 1;
    GhCityYear *base = &city->years[0];

    city->name = g_strdup(field_text(reader, GH_CITY_NAME));
    bool good = city->name[0] != '\0';
    if (!good)
        add_fault(reader, "name", NULL, GH_MARK("is empty"), GH_MARK("write the name of the city"));
    good &= read_slug(reader, city->name, &city->slug);
    good &= read_code(reader, GH_CITY_COUNTRY, 2,
                      GH_MARK("write the two letters of ISO 3166, for example NO"),
                      &city->country_code);
    good &= read_number(reader, GH_CITY_POPULATION, 0, HUGE_VAL, &base->population);
    good &= read_number(reader, GH_CITY_HOUSEHOLDS, 0, HUGE_VAL, &base->households);
    good &= read_number(reader, GH_CITY_AREA, 0, HUGE_VAL, &base->area_km2);
    good &= read_number(reader, GH_CITY_GDP, 0, HUGE_VAL, &base->gdp);
    good &= read_code(reader, GH_CITY_CURRENCY, 3,
                      GH_MARK("write the three letters of ISO 4217, for example "
                              "NOK"),
                      &base->currency);
    good &= read_number(reader, GH_CITY_LATITUDE, -90, 90, &city->latitude);
    good &= read_number(reader, GH_CITY_LONGITUDE, -180, 180, &city->longitude);
    if (!good)
        return;

    /* What city add refuses is refused here too: a name of several lines, or of a page's length. */
    g_autoptr(GError) refusal = NULL;
    if (!gh_city_validate(city, &refusal)) {
        add_fault(reader, "name", city->name, refusal->message,
                  GH_MARK("write the city as it is called, in one line"));
        return;
    }

    g_autofree char *name_key = gh_text_fold_name(city->name);
    if (city->slug != NULL)
        good &= check_first(reader, reader->slugs, g_strdup(city->slug), "slug", city->slug);
    good &=
        check_first(reader, reader->names, g_strdup_printf("%s\n%s", name_key, city->country_code),
                    "name", city->name);
    if (!good)
        return;

    city->source = dup_or_null(field_text(reader, GH_CITY_SOURCE));
    city->note = dup_or_null(field_text(reader, GH_CITY_NOTE));
    GhCityRow *row = g_new0(GhCityRow, 1);
    row->line = gh_csv_line(reader->csv);
    row->city = g_steal_pointer(&city);
    row->name_key = g_steal_pointer(&name_key);
    g_ptr_array_add(reader->rows->rows, row);
}

static void
find_columns(Reader *reader)
{
    for (size_t field = 0; field < GH_N_CITY_FIELDS; field++)
        reader->of_field[field] = -1;
    for (size_t column = 0; column < gh_csv_n_columns(reader->csv); column++) {
        const char *name = gh_csv_column(reader->csv, column);
        size_t field = 0;
        while (field < GH_N_CITY_FIELDS && g_ascii_strcasecmp(name, field_names[field]) != 0)
            field++;
        if (field < GH_N_CITY_FIELDS)
            reader->of_field[field] = (int)column;
        else
            gh_faults_add(
                reader->faults, GH_FAULT_ERROR, gh_csv_name(reader->csv), 1, name, NULL,
                GH_MARK("is no column of a file of cities"),
                GH_MARK("the columns are slug, name, country_code, population, area_km2, latitude, "
                        "longitude, source, note, and if known households, gdp, currency"));
    }
    for (size_t field = 0; field < GH_N_CITY_FIELDS; field++)
        reader->rows->has_field[field] = reader->of_field[field] >= 0;
    if (reader->of_field[GH_CITY_NAME] < 0)
        gh_faults_add(reader->faults, GH_FAULT_ERROR, gh_csv_name(reader->csv), 1, "name", NULL,
                      GH_MARK("is missing in the header"), GH_MARK("add the column"));
}

void
gh_city_rows_read(GhCsv *csv, bool comma_decimal_file, GhFaults *faults, GhCityRows *rows,
                  bool *ret_found_decimal_comma)
{
    Reader reader = {
        .csv = csv, .faults = faults, .rows = rows, .comma_decimal_file = comma_decimal_file};
    *ret_found_decimal_comma = false;
    find_columns(&reader);
    if (gh_faults_n_errors(faults) > 0)
        return;

    g_autoptr(GHashTable) slugs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    reader.slugs = slugs;
    reader.names = names;
    for (bool row = true; row;) {
        g_autoptr(GError) fault = NULL;
        if (gh_csv_next(csv, &row, &fault)) {
            if (row)
                read_row(&reader);
            continue;
        }
        gh_import_add_csv_fault(faults, gh_csv_name(csv), fault);
        row = g_error_matches(fault, GH_CSV_ERROR, GH_CSV_ERROR_FIELDS);
    }
    *ret_found_decimal_comma = reader.found_decimal_comma;
}
