/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* import_test.c - files of figures and cities: what goes in, what is refused, and with which words. */
#include <math.h>
#include <string.h>

#include "evaluation/evaluation.h"
#include "store/store_testing.h"

/* Invented cities: two namesakes, one name outside Latin. */
static const char CITIES[] =
    "slug,name,country_code,population,area_km2,latitude,longitude,source,note\n"
    "asker,Asker,NO,,,59.83,10.44,test,\n"
    "karmoy,Karmøy,NO,42000,230,,,test,\n"
    "valencia,Valencia,ES,,,,,test,\n"
    "valencia-ve,Valencia,VE,,,,,test,\n";

typedef struct {
    GhStore *store;
    GhFramework *framework;
    GhFaults *faults;
    GhImportResult result;
    GError *error;
} Fixture;

static void
fixture_clear(Fixture *fixture)
{
    g_clear_pointer(&fixture->framework, gh_framework_unref);
    g_clear_pointer(&fixture->faults, gh_faults_free);
    g_clear_error(&fixture->error);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Fixture, fixture_clear)

static bool
import_with(Fixture *fixture, const char *text, size_t n_bytes, const GhImportOptions *options)
{
    g_clear_pointer(&fixture->faults, gh_faults_free);
    g_clear_error(&fixture->error);
    fixture->faults = gh_faults_new();
    memset(&fixture->result, 0, sizeof fixture->result);
    return gh_import(fixture->store, fixture->framework, "test.csv", text, n_bytes, options,
                     fixture->faults, &fixture->result, &fixture->error);
}

static bool
import_text(Fixture *fixture, const char *text)
{
    const GhImportOptions options = {.actor = "operator"};
    return import_with(fixture, text, strlen(text), &options);
}

static void
assert_imported(Fixture *fixture, const char *text, int64_t n_new, int64_t n_changed,
                int64_t n_unchanged)
{
    bool done = import_text(fixture, text);
    if (!done && gh_faults_n_listed(fixture->faults) > 0) {
        g_autofree char *fault =
            gh_fault_format(gh_faults_peek(fixture->faults, 0), gh_lang_source());
        g_test_message("%s", fault);
    }
    g_assert_no_error(fixture->error);
    g_assert_true(done);
    g_assert_cmpint(fixture->result.n_new, ==, n_new);
    g_assert_cmpint(fixture->result.n_changed, ==, n_changed);
    g_assert_cmpint(fixture->result.n_unchanged, ==, n_unchanged);
}

static Fixture
fixture_new(GhStoreTesting *testing)
{
    Fixture fixture = {.store = testing->store};
    g_autoptr(GError) error = NULL;
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GPtrArray) files = gh_framework_files_from_dir("builtin:u4ssc", &error);
    g_assert_no_error(error);
    bool changed = false;
    gh_framework_load(testing->store, files, faults, &changed, &error);
    g_assert_no_error(error);
    fixture.framework = gh_framework_get(testing->store, "u4ssc", NULL, &error);
    g_assert_no_error(error);
    assert_imported(&fixture, CITIES, 4, 0, 0);
    return fixture;
}

/* -- what the database then says -- */

typedef struct {
    const GhFramework *framework;
    const char *city;
    int year;
    GhFigureSet *set;
} Load;

static bool
load_work(GhDb *db, void *data, GError **error)
{
    Load *load = data;
    g_autoptr(GhCity) city = NULL;
    if (!gh_city_require(db, load->city, &city, error))
        return false;
    load->set = gh_figures_load(db, load->framework, city->id, load->year, error);
    return load->set != NULL;
}

static GhFigureSet *
load_figures(const Fixture *fixture, const char *city, int year)
{
    g_autoptr(GError) error = NULL;
    Load load = {.framework = fixture->framework, .city = city, .year = year};
    gh_store_read(fixture->store, load_work, &load, &error);
    g_assert_no_error(error);
    return load.set;
}

static const GhFigure *
figure_of(const Fixture *fixture, const GhFigureSet *set, const char *data_point)
{
    gssize index = gh_framework_find_data_point(fixture->framework, data_point);
    g_assert_cmpint(index, >=, 0);
    return &set->figures[index];
}

static bool
export_work(GhDb *db, void *data, GError **error)
{
    Load *load = data;
    g_autoptr(GString) text = g_string_new(NULL);
    if (!gh_export_figures(db, load->framework, NULL, GH_TABLE_CSV, gh_table_sink_string, text,
                           NULL, error))
        return false;
    g_free((char *)(uintptr_t)load->city);
    load->city = g_strdup(text->str);
    return true;
}

static char *
export_figures(const Fixture *fixture)
{
    g_autoptr(GError) error = NULL;
    Load load = {.framework = fixture->framework};
    gh_store_read(fixture->store, export_work, &load, &error);
    g_assert_no_error(error);
    return (char *)(uintptr_t)load.city;
}

/* -- what goes in -- */

static void
test_long_form(GhStoreTesting *testing)
{
    g_auto(Fixture) fixture = fixture_new(testing);
    assert_imported(
        &fixture,
        "city,country_code,report,year,month,kpi_id,data_point_id,value,unit,status,note,"
        "source\n"
        "Asker,NO,Verification Report,2020,9,SC.SH.SI.1C,sc.sh.si.1c.value,0.64,"
        "Ratio Female: Male,reported,,p. 22\n"
        "Asker,NO,Verification Report,2020,9,SC.SH.FS.1A,sc.sh.fs.1a.value,,%,"
        "not_reported,,p. 22\n",
        2, 0, 0);

    g_autoptr(GhFigureSet) set = load_figures(&fixture, "asker", 0);
    g_assert_cmpint(set->year, ==, 2020);
    const GhFigure *ratio = figure_of(&fixture, set, "sc.sh.si.1c.value");
    g_assert_cmpfloat(ratio->value, ==, 0.64);
    g_assert_cmpint(ratio->status, ==, GH_STATUS_REPORTED);
    g_assert_true(ratio->verified);
    g_assert_cmpint(ratio->month, ==, 9);
    g_assert_cmpstr(ratio->source, ==, "p. 22");
    g_assert_cmpstr(ratio->unit, ==, "Ratio Female: Male");

    const GhFigure *food = figure_of(&fixture, set, "sc.sh.fs.1a.value");
    g_assert_cmpint(food->status, ==, GH_STATUS_NOT_REPORTED);
    g_assert_true(isnan(food->value));
    g_assert_false(food->verified);
    g_assert_cmpint(figure_of(&fixture, set, "ec.ict.ict.1c.value")->status, ==, GH_STATUS_MISSING);
}

static void
test_wide_form(GhStoreTesting *testing)
{
    g_auto(Fixture) fixture = fixture_new(testing);
    assert_imported(&fixture,
                    "city;year;ec.ict.ict.1c.value;sc.sh.sa.3a.value;en.en.aq.1c.pm25\n"
                    "asker;2021;97,5;yes;\n"
                    "karmoy;2021;;No;8,25\n",
                    4, 0, 0);
    g_assert_true(fixture.result.wide);

    g_autoptr(GhFigureSet) asker = load_figures(&fixture, "asker", 2021);
    g_assert_cmpfloat(figure_of(&fixture, asker, "ec.ict.ict.1c.value")->value, ==, 97.5);
    g_assert_cmpfloat(figure_of(&fixture, asker, "sc.sh.sa.3a.value")->value, ==, 1);
    g_assert_cmpint(figure_of(&fixture, asker, "en.en.aq.1c.pm25")->status, ==, GH_STATUS_MISSING);
    g_autoptr(GhFigureSet) karmoy = load_figures(&fixture, "karmoy", 2021);
    g_assert_cmpfloat(figure_of(&fixture, karmoy, "sc.sh.sa.3a.value")->value, ==, 0);
    g_assert_cmpfloat(figure_of(&fixture, karmoy, "en.en.aq.1c.pm25")->value, ==, 8.25);
}

static void
test_number_styles(GhStoreTesting *testing)
{
    static const struct {
        const char *label;
        const char *file;
        double want;
    } cases[] = {
        {"comma separated, point",
         "city,year,data_point_id,value\nasker,2020,ec.i.es.2c.value,12.5\n", 12.5},
        {"comma separated, quoted comma",
         "city,year,data_point_id,value\nasker,2020,ec.i.es.2c.value,\"12,5\"\n", 12.5},
        {"semicolon, comma", "city;year;data_point_id;value\nasker;2020;ec.i.es.2c.value;12,5\n",
         12.5},
        {"semicolon, point", "city;year;data_point_id;value\nasker;2020;ec.i.es.2c.value;12.5\n",
         12.5},
        {"tab, comma", "city\tyear\tdata_point_id\tvalue\nasker\t2020\tec.i.es.2c.value\t12,5\n",
         12.5},
        {"blank groups thousands",
         "city;year;data_point_id;value\nasker;2020;ec.i.es.2c.value;12 345,5\n", 12345.5},
        {"narrow no-break space groups thousands",
         "city,year,data_point_id,value\nasker,2020,ec.i.es.2c.value,12\u202f345.5\n", 12345.5},
        {"byte order mark, CRLF",
         "\xef\xbb\xbf"
         "city,year,data_point_id,value\r\nasker,2020,ec.i.es.2c.value,12.5\r\n",
         12.5},
        {"columns in another order",
         "value,data_point_id,year,city\n12.5,ec.i.es.2c.value,2020,asker\n", 12.5},
        {"city by name in another case",
         "city,year,data_point_id,value\nKARMØY,2020,ec.i.es.2c.value,12.5\n", 12.5},
        {"blanks around fields",
         "city , year , data_point_id , value\n asker , 2020 , ec.i.es.2c.value , 12.5 \n", 12.5},
        {"point with three digits where the point is the decimal sign",
         "city;year;data_point_id;value\nasker;2020;ec.i.es.2c.value;1.234\n", 1.234},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(Fixture) fixture = fixture_new(testing);
        g_test_message("%s", cases[i].label);
        g_assert_true(import_text(&fixture, cases[i].file));
        bool karmoy = strstr(cases[i].file, "KARM") != NULL;
        g_autoptr(GhFigureSet) set = load_figures(&fixture, karmoy ? "karmoy" : "asker", 2020);
        g_assert_cmpfloat(figure_of(&fixture, set, "ec.i.es.2c.value")->value, ==, cases[i].want);
        if (testing->engine == GH_ENGINE_POSTGRESQL)
            return; /* reading is the same for both engines: one case proves the way */
        gh_store_testing_script(testing->location, "DELETE FROM figure; DELETE FROM city_year;"
                                                   "DELETE FROM city;");
    }
}

static void
test_city_and_year_given(GhStoreTesting *testing)
{
    g_auto(Fixture) fixture = fixture_new(testing);
    const char *text = "data_point_id,value\nec.ict.ict.1c.value,97\n";
    const GhImportOptions options = {.actor = "operator", .city = "asker", .year = 2022};
    g_assert_true(import_with(&fixture, text, strlen(text), &options));
    g_autoptr(GhFigureSet) set = load_figures(&fixture, "asker", 0);
    g_assert_cmpint(set->year, ==, 2022);

    const char *other = "city,year,data_point_id,value\nkarmoy,2021,ec.ict.ict.1c.value,97\n";
    g_assert_false(import_with(&fixture, other, strlen(other), &options));
    g_assert_error(fixture.error, GH_EVALUATION_ERROR, GH_EVALUATION_ERROR_FAULTS);
    g_assert_cmpuint(gh_faults_n_errors(fixture.faults), ==, 2);
    g_assert_cmpstr(gh_faults_peek(fixture.faults, 0)->column, ==, "city");
    g_assert_cmpstr(gh_faults_peek(fixture.faults, 1)->column, ==, "year");
}

static void
test_same_file_again(GhStoreTesting *testing)
{
    g_auto(Fixture) fixture = fixture_new(testing);
    const char *text = "city,year,data_point_id,value,source\n"
                       "asker,2020,ec.ict.ict.1c.value,97,first\n"
                       "asker,2021,ec.ict.ict.1c.value,98,first\n";
    assert_imported(&fixture, text, 2, 0, 0);

    g_autoptr(GError) error = NULL;
    int64_t before = 0, after = 0;
    g_usleep(GH_STORE_VERSION_AGE_MS * 1000 + 50000);
    gh_store_data_version(testing->store, &before, &error);
    g_assert_no_error(error);
    assert_imported(&fixture, text, 0, 0, 2);
    g_usleep(GH_STORE_VERSION_AGE_MS * 1000 + 50000);
    gh_store_data_version(testing->store, &after, &error);
    g_assert_no_error(error);
    g_assert_cmpint(after, ==, before);
}

static const char SQL_HISTORY[] =
    "SELECT value, source FROM figure_history ORDER BY replaced_by_seq";

static bool
history_work(GhDb *db, void *data, GError **error)
{
    GString *text = data;
    bool row = true;
    g_string_truncate(text, 0);
    g_autoptr(GhQuery) query = gh_db_query(db, SQL_HISTORY, error);
    if (query == NULL)
        return false;
    while (gh_query_next(query, &row, error) && row)
        g_string_append_printf(text, "%g %s;", gh_query_double(query, 0), gh_query_text(query, 1));
    return !row;
}

static void
test_change_keeps_history(GhStoreTesting *testing)
{
    g_auto(Fixture) fixture = fixture_new(testing);
    assert_imported(&fixture,
                    "city,year,data_point_id,value,source\n"
                    "asker,2020,ec.ict.ict.1c.value,97,first\n",
                    1, 0, 0);
    assert_imported(&fixture,
                    "city,year,data_point_id,value,source\n"
                    "asker,2020,ec.ict.ict.1c.value,98,second\n",
                    0, 1, 0);
    assert_imported(&fixture,
                    "city,year,data_point_id,value\n"
                    "asker,2020,ec.ict.ict.1c.value,99\n",
                    0, 1, 0);

    g_autoptr(GError) error = NULL;
    g_autoptr(GString) history = g_string_new(NULL);
    gh_store_read(testing->store, history_work, history, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(history->str, ==, "97 first;98 second;");

    g_autoptr(GhFigureSet) set = load_figures(&fixture, "asker", 2020);
    const GhFigure *figure = figure_of(&fixture, set, "ec.ict.ict.1c.value");
    g_assert_cmpfloat(figure->value, ==, 99);
    /* The new value was not said to come from the second source. */
    g_assert_null(figure->source);
}

static void
test_repeated_value_keeps_source(GhStoreTesting *testing)
{
    g_auto(Fixture) fixture = fixture_new(testing);
    assert_imported(&fixture,
                    "city,year,data_point_id,value,source,quality,report\n"
                    "asker,2020,ec.ict.ict.1c.value,97,first,2,Verification Report\n",
                    1, 0, 0);
    assert_imported(&fixture, "city,year,ec.ict.ict.1c.value\nasker,2020,97\n", 0, 0, 1);
    g_autoptr(GhFigureSet) set = load_figures(&fixture, "asker", 2020);
    const GhFigure *figure = figure_of(&fixture, set, "ec.ict.ict.1c.value");
    g_assert_cmpstr(figure->source, ==, "first");
    g_assert_cmpint(figure->quality, ==, 2);
    g_assert_true(figure->verified);
}

static void
test_export_imports_again(GhStoreTesting *testing)
{
    g_auto(Fixture) fixture = fixture_new(testing);
    assert_imported(
        &fixture,
        "city,year,data_point_id,value,unit,status,note,source,numerator,denominator,how,"
        "quality,verification,report,month\n"
        "asker,2020,ec.ict.ict.1c.value,71.42857142857143,per cent,reported,\"=1+1, "
        "\"\"quoted\"\"\",'=x,5,7,calculated,6,verified,Survey,12\n"
        "asker,2019,ec.ict.ict.1c.value,,,not_verified,,,,,,,,,\n"
        "karmoy,2020,sc.sh.sa.3a.value,yes,Yes/No,not_verified,,,,,typed_over,,,,\n"
        "valencia-ve,2020,ec.ict.ict.1c.value,,,not_applicable,no grid,,,,,,,,\n",
        4, 0, 0);

    g_autofree char *first = export_figures(&fixture);
    assert_imported(&fixture, first, 0, 0, 4);
    gh_store_testing_script(testing->location, "DELETE FROM figure;");
    assert_imported(&fixture, first, 4, 0, 0);
    g_autofree char *second = export_figures(&fixture);
    g_assert_cmpstr(first, ==, second);
}

static void
test_dry_run(GhStoreTesting *testing)
{
    g_auto(Fixture) fixture = fixture_new(testing);
    const char *text = "city,year,data_point_id,value\nasker,2020,ec.ict.ict.1c.value,97\n";
    const GhImportOptions options = {.actor = "operator", .dry_run = true};
    g_assert_true(import_with(&fixture, text, strlen(text), &options));
    g_assert_cmpint(fixture.result.n_new, ==, 1);
    g_autoptr(GhFigureSet) set = load_figures(&fixture, "asker", 0);
    g_assert_cmpint(set->year, ==, 0);
}

static void
test_all_or_nothing(GhStoreTesting *testing)
{
    g_auto(Fixture) fixture = fixture_new(testing);
    g_assert_false(import_text(&fixture, "city,year,data_point_id,value\n"
                                         "asker,2020,ec.ict.ict.1c.value,97\n"
                                         "asker,2020,ec.ict.ict.2c.value,many\n"));
    g_autoptr(GhFigureSet) set = load_figures(&fixture, "asker", 0);
    g_assert_cmpint(set->year, ==, 0);
}

/* -- what is refused -- */

#define HEAD "city,year,data_point_id,value,unit,status\n"
#define GOOD "asker,2020,ec.ict.ict.1c.value,97,%,reported\n"

static const struct {
    const char *label;
    const char *file;
    size_t line;
    const char *column; /* NULL: none */
    const char *reason; /* its beginning */
    const char *remedy; /* a part of it */
} fault_cases[] = {
    {"duplicate key with an equal value", HEAD GOOD GOOD, 3, "data_point_id", "comes twice",
     "line 2 already"},
    {"unknown city", HEAD "askr,2020,ec.ict.ict.1c.value,97,%,reported\n", 2, "city",
     "is no city of this database", "did you mean asker?"},
    {"unknown city, nothing near", HEAD "Atlantis,2020,ec.ict.ict.1c.value,97,%,reported\n", 2,
     "city", "is no city of this database", "guildhall city add"},
    {"no city", HEAD ",2020,ec.ict.ict.1c.value,97,%,reported\n", 2, "city", "names no city",
     "slug"},
    {"namesakes", HEAD "Valencia,2020,ec.ict.ict.1c.value,97,%,reported\n", 2, NULL, NULL, NULL},
    {"country does not agree",
     "city,country_code,year,data_point_id,value\nasker,SE,2020,ec.ict.ict.1c.value,97\n", 2,
     "city", "is not in country \"SE\"", "asker is in NO"},
    {"unknown data point", HEAD "asker,2020,ec.ict.ict.1c.valu,97,%,reported\n", 2, "data_point_id",
     "is no data point of the framework", "did you mean ec.ict.ict.1c.value?"},
    {"KPI of another data point",
     "city,year,kpi_id,data_point_id,value\nasker,2020,EC.ICT.ICT.2C,ec.ict.ict.1c.value,97\n", 2,
     "kpi_id", "is not the KPI of this data point", "EC.ICT.ICT.1C"},
    {"wrong unit", HEAD "asker,2020,en.en.aq.1c.no2,20,ppm,reported\n", 2, "unit",
     "is not the unit of this data point", "convert the value to \"µg/m3\""},
    {"above max", HEAD "asker,2020,ec.ict.ict.1c.value,101,%,reported\n", 2, "value",
     "is above the largest possible value", "at most 100 %"},
    {"below min", HEAD "asker,2020,ec.ict.ict.1c.value,-1,%,reported\n", 2, "value",
     "is below the smallest possible value", "at least 0 %"},
    {"not a number (NaN)", HEAD "asker,2020,ec.ict.ict.1c.value,NaN,%,reported\n", 2, "value",
     "is not a finite number", ""},
    {"infinity", HEAD "asker,2020,ec.ict.ict.1c.value,inf,%,reported\n", 2, "value",
     "is not a finite number", ""},
    {"too large for a number", HEAD "asker,2020,ec.i.es.2c.value,1e999,minutes,reported\n", 2,
     "value", "is too large for a number", ""},
    {"text in a number", HEAD "asker,2020,ec.ict.ict.1c.value,about 90,%,reported\n", 2, "value",
     "is not a number", ""},
    {"ambiguous comma", "city;year;data_point_id;value\nasker;2020;ec.i.es.2c.value;1,234\n", 2,
     "value", "is ambiguous", ""},
    {"ambiguous point in a comma-decimal file",
     "city;year;data_point_id;value\nasker;2020;ec.i.es.2c.value;1.234\n"
     "asker;2021;ec.i.es.2c.value;4,5\n",
     2, "value", "is ambiguous", ""},
    {"both signs", "city;year;data_point_id;value\nasker;2020;ec.i.es.2c.value;1.234,5\n", 2,
     "value", "is ambiguous", ""},
    {"neither yes nor no", HEAD "asker,2020,sc.sh.sa.3a.value,0.5,yes/no,reported\n", 2, "value",
     "is neither yes nor no", "write yes, no, 1 or 0"},
    {"bad year", HEAD "asker,20201,ec.ict.ict.1c.value,97,%,reported\n", 2, "year", "is not a year",
     "write a year from"},
    {"year in words", HEAD "asker,last,ec.ict.ict.1c.value,97,%,reported\n", 2, "year",
     "is not a year", "write a year from"},
    {"no year", HEAD "asker,,ec.ict.ict.1c.value,97,%,reported\n", 2, "year", "is empty",
     "write a year from"},
    {"bad month", "city,year,month,data_point_id,value\nasker,2020,13,ec.ict.ict.1c.value,97\n", 2,
     "month", "is not a month", "from 1 to 12"},
    {"bad quality", "city,year,quality,data_point_id,value\nasker,2020,7,ec.ict.ict.1c.value,97\n",
     2, "quality", "is no class of quality", "from 1 to 6"},
    {"unknown state", HEAD "asker,2020,ec.ict.ict.1c.value,97,%,done\n", 2, "status",
     "is no known state", "not_reported"},
    {"missing is no state to write", HEAD "asker,2020,ec.ict.ict.1c.value,,%,missing\n", 2,
     "status", "is no known state", "not_reported"},
    {"reported without a value", HEAD "asker,2020,ec.ict.ict.1c.value,,%,reported\n", 2, "value",
     "is empty although the state is reported", "not_reported"},
    {"not reported with a value", HEAD "asker,2020,ec.ict.ict.1c.value,97,%,not_reported\n", 2,
     "value", "stands beside a state that has no value", "take the value out"},
    {"not applicable with a value", HEAD "asker,2020,ec.ict.ict.1c.value,97,%,not_applicable\n", 2,
     "value", "stands beside a state that has no value", "take the value out"},
    {"not available with a value", HEAD "asker,2020,ec.ict.ict.1c.value,97,%,not_available\n", 2,
     "value", "stands beside a state that has no value", "take the value out"},
    {"unknown way",
     "city,year,how,data_point_id,value\nasker,2020,guessed,ec.ict.ict.1c.value,97\n", 2, "how",
     "is no known way", "typed_over"},
    {"verified beside not verified",
     "city,year,status,verification,data_point_id,value\n"
     "asker,2020,not_verified,verified,ec.ict.ict.1c.value,97\n",
     2, "verification", "stands beside the state not_verified", "not_verified"},
    {"duplicate in the wide form names its column",
     "city,year,ec.ict.ict.1c.value\nasker,2020,97\nasker,2020,98\n", 3, "ec.ict.ict.1c.value",
     "comes twice", "line 2 already"},
    {"long form without data points", "city,year,value\nasker,2020,97\n", 1, "data_point_id",
     "is missing in the header", "add the column"},
    {"attribute in the wide form", "city,year,note,ec.ict.ict.1c.value\nasker,2020,x,97\n", 1,
     "note", "is no column of this form", "long form"},
    {"unknown verification",
     "city,year,verification,data_point_id,value\nasker,2020,maybe,ec.ict.ict.1c.value,97\n", 2,
     "verification", "is no known state of verification", "not_verified"},
    {"unknown column", "city,year,data_point_id,valu\nasker,2020,ec.ict.ict.1c.value,97\n", 1,
     "valu", "is no column of this form", "did you mean value?"},
    {"missing column", "city,year,data_point_id\nasker,2020,ec.ict.ict.1c.value\n", 1, "value",
     "is missing in the header", "add the column"},
    {"no column for the city", "year,data_point_id,value\n2020,ec.ict.ict.1c.value,97\n", 1, "city",
     "is missing in the header", "--city"},
    {"wide form without data points", "city,year\nasker,2020\n", 1, NULL,
     "has no column with the id of a data point", "long form"},
    {"wide form, bad value", "city,year,ec.ict.ict.1c.value\nasker,2020,lots\n", 2,
     "ec.ict.ict.1c.value", "is not a number", ""},
    {"too few fields", HEAD "asker,2020\n" GOOD, 2, NULL, NULL, NULL},
    {"bad encoding", "city,year,data_point_id,value\nK\xf8rm,2020,ec.ict.ict.1c.value,97\n", 0,
     NULL, NULL, "UTF-8"},
    {"empty file", "", 0, NULL, NULL, NULL},
};

static void
test_faults(GhStoreTesting *testing)
{
    g_auto(Fixture) fixture = fixture_new(testing);

    for (size_t i = 0; i < G_N_ELEMENTS(fault_cases); i++) {
        g_test_message("%s", fault_cases[i].label);
        g_assert_false(import_text(&fixture, fault_cases[i].file));
        g_assert_error(fixture.error, GH_EVALUATION_ERROR, GH_EVALUATION_ERROR_FAULTS);
        g_assert_cmpuint(gh_faults_n_errors(fixture.faults), >=, 1);
        const GhFault *fault = gh_faults_peek(fixture.faults, 0);
        g_assert_cmpstr(fault->file, ==, "test.csv");
        if (fault_cases[i].line > 0)
            g_assert_cmpuint(fault->line, ==, fault_cases[i].line);
        if (fault_cases[i].column != NULL)
            g_assert_cmpstr(fault->column, ==, fault_cases[i].column);
        if (fault_cases[i].reason != NULL)
            g_assert_true(g_str_has_prefix(fault->reason, fault_cases[i].reason));
        g_assert_nonnull(fault->remedy);
        if (fault_cases[i].remedy != NULL && strstr(fault->remedy, fault_cases[i].remedy) == NULL) {
            g_test_message("remedy: %s", fault->remedy);
            g_test_fail();
        }
    }
    g_autoptr(GhFigureSet) set = load_figures(&fixture, "asker", 0);
    g_assert_cmpint(set->year, ==, 0);
}

static void
test_every_fault_is_listed(GhStoreTesting *testing)
{
    g_auto(Fixture) fixture = fixture_new(testing);
    /* A second row with the same key is told also where the first has another fault. */
    g_assert_false(import_text(&fixture,
                               HEAD "asker,2020,ec.ict.ict.1c.value,500,%,reported\n"
                                    "asker,2020,ec.ict.ict.2c.value,many,%,reported\n" GOOD));
    g_assert_cmpuint(gh_faults_n_errors(fixture.faults), ==, 3);
    g_assert_cmpuint(gh_faults_peek(fixture.faults, 1)->line, ==, 3);
    g_assert_cmpstr(gh_faults_peek(fixture.faults, 2)->reason, ==, "comes twice");

    g_assert_false(import_text(&fixture, HEAD "nowhere,99999,no.such,x,ppm,done\n"
                                              "asker,2020,ec.ict.ict.1c.value,1000,km,reported\n"));
    /* Line 2: city, year, data point, state. Line 3: value, unit. What depends on an unknown data point
     * cannot be judged. */
    g_assert_cmpuint(gh_faults_n_errors(fixture.faults), ==, 6);
}

static void
test_random_bytes(GhStoreTesting *testing)
{
    g_auto(Fixture) fixture = fixture_new(testing);
    const GhImportOptions options = {.actor = "operator"};
    g_autoptr(GRand) chance = g_rand_new_with_seed(7);
    for (size_t round = 0; round < 200; round++) {
        guint8 bytes[512];
        size_t n_bytes = (size_t)g_rand_int_range(chance, 1, sizeof bytes);
        for (size_t i = 0; i < n_bytes; i++)
            bytes[i] = (guint8)g_rand_int_range(chance, 0, 256);
        g_assert_false(import_with(&fixture, (const char *)bytes, n_bytes, &options));
        g_assert_error(fixture.error, GH_EVALUATION_ERROR, GH_EVALUATION_ERROR_FAULTS);
    }
}

/* -- cities -- */

static void
test_cities_again(GhStoreTesting *testing)
{
    g_auto(Fixture) fixture = fixture_new(testing);
    assert_imported(&fixture, CITIES, 0, 0, 4);
    assert_imported(&fixture, "slug,name,population\nkarmoy,Karmøy,43000\n", 0, 1, 0);
    assert_imported(&fixture, "slug,name\nkarmoy,Karmøy\n", 0, 0, 1);
    assert_imported(&fixture, "name,country_code\nTromsø,NO\n", 1, 0, 0);
    assert_imported(&fixture, "slug,name,country_code\ntromso,Tromsø,NO\n", 0, 0, 1);
    /* Without slugs a namesake in another country is another city. */
    assert_imported(&fixture, "name,country_code\nTromsø,SE\nTromsø,NO\n", 1, 0, 1);
    assert_imported(&fixture, "slug,name,country_code\ntromso-se,Tromsø,SE\n", 0, 0, 1);
}

static void
test_city_faults(GhStoreTesting *testing)
{
    static const struct {
        const char *label;
        const char *file;
        size_t line;
        const char *column;
    } cases[] = {
        {"no name", "slug,name\nx,\n", 2, "name"},
        {"name of two lines", "slug,name\nx,\"X\nY\"\n", 2, "name"},
        {"name of blanks", "slug,name\nx,\" \"\n", 2, "name"},
        {"bad slug", "slug,name\nBig City,Big City\n", 2, "slug"},
        {"no Latin letter to make a slug from", "slug,name\n,الرياض\n", 2, "slug"},
        {"bad country", "slug,name,country_code\nx,X,Norway\n", 2, "country_code"},
        {"latitude off the globe", "slug,name,latitude\nx,X,91\n", 2, "latitude"},
        {"ambiguous point in a comma-decimal file",
         "slug;name;population;area_km2\nx;X;12.345;45,5\n", 2, "population"},
        {"negative population", "slug,name,population\nx,X,-1\n", 2, "population"},
        {"slug twice", "slug,name\nx,X\nx,Y\n", 3, "slug"},
        {"name twice in a country", "slug,name,country_code\nx,X,NO\ny,x,NO\n", 3, "name"},
        {"namesake in the database", "slug,name,country_code\nother,Asker,NO\n", 2, "name"},
        {"unknown column", "slug,name,mayor\nx,X,Y\n", 1, "mayor"},
    };

    g_auto(Fixture) fixture = fixture_new(testing);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].label);
        g_assert_false(import_text(&fixture, cases[i].file));
        g_assert_error(fixture.error, GH_EVALUATION_ERROR, GH_EVALUATION_ERROR_FAULTS);
        const GhFault *fault = gh_faults_peek(fixture.faults, 0);
        g_assert_cmpuint(fault->line, ==, cases[i].line);
        g_assert_cmpstr(fault->column, ==, cases[i].column);
        g_assert_nonnull(fault->remedy);
    }
    assert_imported(&fixture, CITIES, 0, 0, 4);
}

static void
test_namesakes(GhStoreTesting *testing)
{
    g_auto(Fixture) fixture = fixture_new(testing);
    /* A new slug may equal the name of others. */
    assert_imported(&fixture,
                    "slug,name,country_code\nportland-me,Portland,GB\nportland-or,Portland,US\n"
                    "portland,Portland,AU\n",
                    3, 0, 0);
    /* The country decides, also where the name as written is a slug. */
    assert_imported(&fixture,
                    "city,country_code,year,data_point_id,value\n"
                    "portland,US,2020,ec.ict.ict.1c.value,90\n",
                    1, 0, 0);
    g_autoptr(GhFigureSet) set = load_figures(&fixture, "portland-or", 0);
    g_assert_cmpint(set->year, ==, 2020);
    /* Without countries the only city of that name is meant. */
    assert_imported(&fixture, "name,population\nAsker,97000\n", 0, 1, 0);
    g_assert_false(import_text(&fixture, "name,population\nPortland,1\n"));
    g_assert_cmpstr(gh_faults_peek(fixture.faults, 0)->column, ==, "slug");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    gh_store_testing_each("/import/the long form goes in", test_long_form);
    gh_store_testing_each("/import/the wide form goes in, an empty cell is no row", test_wide_form);
    gh_store_testing_each("/import/every separator and number style is read", test_number_styles);
    gh_store_testing_each("/import/city and year may be given beside the file",
                          test_city_and_year_given);
    gh_store_testing_each("/import/the same file again changes nothing", test_same_file_again);
    gh_store_testing_each("/import/a changed value keeps what it replaced",
                          test_change_keeps_history);
    gh_store_testing_each("/import/a value repeated without its source keeps it",
                          test_repeated_value_keeps_source);
    gh_store_testing_each("/import/what was exported imports again unchanged",
                          test_export_imports_again);
    gh_store_testing_each("/import/a dry run counts and writes nothing", test_dry_run);
    gh_store_testing_each("/import/one fault keeps everything out", test_all_or_nothing);
    gh_store_testing_each("/import/each fault names place, reason and remedy", test_faults);
    gh_store_testing_each("/import/every fault of a file is listed", test_every_fault_is_listed);
    gh_store_testing_each("/import/random bytes are refused", test_random_bytes);
    gh_store_testing_each("/import/a file of cities again changes nothing", test_cities_again);
    gh_store_testing_each("/import/each fault in a file of cities is told", test_city_faults);
    gh_store_testing_each("/import/namesakes are told apart by country and slug", test_namesakes);
    return g_test_run();
}
