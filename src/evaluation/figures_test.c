/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* figures_test.c - reading figures: of a city, of all cities, of one data point. */

#include "evaluation/figures.h"

#include <math.h>
#include <string.h>

#include "evaluation/written.h"
#include "store/store_testing.h"

static const char CITIES[] = "slug,name,country_code\n"
                             "zagreb,Aaa,HR\n" /* the order of slugs is not that of names */
                             "asker,Asker,NO\n"
                             "karmoy,Karm\xc3\xb8y,NO\n"
                             "mashhad,Mashhad,IR\n"
                             "empty,Zzz,NO\n";

/* Invented figures; net is ec.ict.ict.1c.value, fast ec.ict.ict.2c.value. */
static const char FIGURES[] =
    "city,year,data_point_id,value,unit,status,numerator,denominator,quality,verification,"
    "source,note\n"
    "karmoy,2019,ec.ict.ict.1c.value,90,%,reported,,,,verified,s19,\n"
    "karmoy,2020,ec.ict.ict.1c.value,97.5,%,reported,39,40,2,verified,\"a, b\",n\n"
    "karmoy,2020,ec.ict.ict.2c.value,,%,not_reported,,,,,,\n"
    "karmoy,2020,ec.ict.ict.4c.3g,,%,not_applicable,,,,,,\n"
    "asker,2019,ec.ict.ict.2c.value,0,%,reported,,,,,,\n"
    "asker,2018,ec.ict.ict.1c.value,80,%,reported,,,,,,\n"
    "zagreb,2020,ec.ict.ict.1c.value,70,%,not_verified,,,,,,\n"
    "mashhad,2021,ec.ict.ict.2c.value,33,%,reported,,,,,,\n";

typedef struct {
    GhStore *store;
    GhFramework *framework; /* owned */
    size_t net, fast;
} Fixture;

static void
import_text(const Fixture *fixture, const char *name, const char *text)
{
    const GhImportOptions options = {.actor = "operator"};
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GError) error = NULL;
    GhImportResult result = {0};

    gh_import(fixture->store, fixture->framework, name, text, strlen(text), &options, faults,
              &result, &error);
    for (size_t i = 0; i < gh_faults_n_listed(faults); i++) {
        g_autofree char *fault = gh_fault_format(gh_faults_peek(faults, i), gh_lang_source());
        g_test_message("%s", fault);
    }
    g_assert_no_error(error);
}

static void
fixture_clear(Fixture *fixture)
{
    g_clear_pointer(&fixture->framework, gh_framework_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Fixture, fixture_clear)

static Fixture
fixture_new(GhStoreTesting *testing)
{
    Fixture fixture = {.store = testing->store};
    g_autoptr(GError) error = NULL;
    g_autoptr(GhFaults) faults = gh_faults_new();
    bool changed = false;

    g_autoptr(GPtrArray) files = gh_framework_files_from_dir("builtin:u4ssc", &error);
    g_assert_no_error(error);
    gh_framework_load(testing->store, files, faults, &changed, &error);
    g_assert_no_error(error);
    fixture.framework = gh_framework_get(testing->store, "u4ssc", NULL, &error);
    g_assert_no_error(error);
    fixture.net = (size_t)gh_framework_find_data_point(fixture.framework, "ec.ict.ict.1c.value");
    fixture.fast = (size_t)gh_framework_find_data_point(fixture.framework, "ec.ict.ict.2c.value");
    import_text(&fixture, "cities.csv", CITIES);
    import_text(&fixture, "figures.csv", FIGURES);
    return fixture;
}

/* -- one city -- */

typedef struct {
    const Fixture *fixture;
    const char *slug;
    int year;
    bool earlier;
    GhFigureSet *set; /* owned */
    GArray *years;    /* owned */
} Load;

static void
load_clear(Load *load)
{
    g_clear_pointer(&load->set, gh_figure_set_free);
    g_clear_pointer(&load->years, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Load, load_clear)

static bool
load_work(GhDb *db, void *data, GError **error)
{
    Load *load = data;
    const GhFramework *framework = load->fixture->framework;

    load_clear(load);
    g_autoptr(GhCity) city = NULL;
    if (!gh_city_require(db, load->slug, &city, error))
        return false;
    load->years = gh_figures_years(db, framework, city->id, error);
    if (load->years == NULL)
        return false;
    if (load->earlier)
        return gh_figures_load_earlier(db, framework, city->id, load->year, &load->set, error);
    load->set = gh_figures_load(db, framework, city->id, load->year, error);
    return load->set != NULL;
}

static void
run_load(Load *load)
{
    g_autoptr(GError) error = NULL;

    gh_store_read(load->fixture->store, load_work, load, &error);
    g_assert_no_error(error);
}

static void
test_latest(GhStoreTesting *testing)
{
    g_auto(Fixture) fixture = fixture_new(testing);
    g_auto(Load) load = {.fixture = &fixture, .slug = "karmoy"};

    run_load(&load);
    g_assert_cmpint(load.set->year, ==, 2020);
    g_assert_cmpuint(load.set->n_figures, ==, fixture.framework->n_data_points);

    const GhFigure *net = &load.set->figures[fixture.net];
    g_assert_cmpint(net->status, ==, GH_STATUS_REPORTED);
    g_assert_cmpfloat(net->value, ==, 97.5);
    g_assert_cmpfloat(net->numerator, ==, 39);
    g_assert_cmpfloat(net->denominator, ==, 40);
    g_assert_cmpint(net->quality, ==, 2);
    g_assert_true(net->verified);
    g_assert_cmpint(net->month, ==, 0);
    g_assert_cmpstr(net->source, ==, "a, b");
    g_assert_cmpstr(net->note, ==, "n");
    g_assert_cmpstr(net->framework_version, ==, fixture.framework->version);

    const GhFigure *fast = &load.set->figures[fixture.fast];
    g_assert_cmpint(fast->status, ==, GH_STATUS_NOT_REPORTED);
    g_assert_true(isnan(fast->value));

    size_t n_missing = 0;
    for (size_t i = 0; i < load.set->n_figures; i++) {
        g_assert_cmpuint(load.set->figures[i].data_point, ==, i);
        n_missing += load.set->figures[i].status == GH_STATUS_MISSING ? 1 : 0;
    }
    g_assert_cmpuint(n_missing, ==, load.set->n_figures - 3);
}

static void
test_years(GhStoreTesting *testing)
{
    g_auto(Fixture) fixture = fixture_new(testing);
    g_auto(Load) exact = {.fixture = &fixture, .slug = "karmoy", .year = 2019};
    g_auto(Load) other = {.fixture = &fixture, .slug = "karmoy", .year = 2015};
    g_auto(Load) earlier = {.fixture = &fixture, .slug = "karmoy", .year = 2020, .earlier = true};
    g_auto(Load) none = {.fixture = &fixture, .slug = "karmoy", .year = 2019, .earlier = true};
    g_auto(Load) empty = {.fixture = &fixture, .slug = "empty"};

    run_load(&exact);
    g_assert_cmpint(exact.set->year, ==, 2019);
    g_assert_cmpfloat(exact.set->figures[fixture.net].value, ==, 90);
    g_assert_cmpint(exact.set->figures[fixture.fast].status, ==, GH_STATUS_MISSING);
    g_assert_cmpuint(exact.years->len, ==, 2);
    g_assert_cmpint(g_array_index(exact.years, int, 0), ==, 2020);
    g_assert_cmpint(g_array_index(exact.years, int, 1), ==, 2019);

    run_load(&other);
    g_assert_cmpint(other.set->year, ==, 2015);
    g_assert_cmpint(other.set->figures[fixture.net].status, ==, GH_STATUS_MISSING);

    run_load(&earlier);
    g_assert_cmpint(earlier.set->year, ==, 2019);
    run_load(&none);
    g_assert_null(none.set);

    run_load(&empty);
    g_assert_cmpint(empty.set->year, ==, 0);
    g_assert_cmpuint(empty.years->len, ==, 0);
}

/* -- all cities -- */

typedef struct {
    const Fixture *fixture;
    int year;
    GString *seen; /* owned */
} Walk;

static bool
note_city(const GhCity *city, const GhFigureSet *set, void *data, GError **error)
{
    Walk *walk = data;
    (void)error; /* noting cannot fail */

    g_assert_cmpint(set->city_id, ==, city->id);
    g_string_append_printf(walk->seen, "%s %d:", city->slug, set->year);
    for (size_t i = 0; i < set->n_figures; i++)
        if (set->figures[i].status != GH_STATUS_MISSING)
            g_string_append_printf(walk->seen, " %s%s=%g", set->figures[i].verified ? "v" : "",
                                   gh_status_text(set->figures[i].status), set->figures[i].value);
    g_string_append_c(walk->seen, '\n');
    return true;
}

static bool
walk_work(GhDb *db, void *data, GError **error)
{
    Walk *walk = data;

    g_string_truncate(walk->seen, 0);
    return gh_figures_each_city(db, walk->fixture->framework, walk->year, note_city, walk, error);
}

static void
assert_walk(const Fixture *fixture, int year, const char *want)
{
    g_autoptr(GString) seen = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    Walk walk = {.fixture = fixture, .year = year, .seen = seen};

    gh_store_read(fixture->store, walk_work, &walk, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(seen->str, ==, want);
}

static void
test_walk(GhStoreTesting *testing)
{
    g_auto(Fixture) fixture = fixture_new(testing);

    assert_walk(&fixture, 0,
                "asker 2019: reported=0\n"
                "empty 0:\n"
                "karmoy 2020: vreported=97.5 not_reported=nan not_applicable=nan\n"
                "mashhad 2021: reported=33\n"
                "zagreb 2020: not_verified=70\n");
    assert_walk(&fixture, 2019,
                "asker 2019: reported=0\n"
                "empty 2019:\n"
                "karmoy 2019: vreported=90\n"
                "mashhad 2019:\n"
                "zagreb 2019:\n");
}

static bool
stop_at_second(const GhCity *city, const GhFigureSet *set, void *data, GError **error)
{
    int *n_seen = data;
    (void)set;

    if (++*n_seen < 2)
        return true;
    g_set_error(error, GH_EVALUATION_ERROR, GH_EVALUATION_ERROR_INVALID, "stopped at %s",
                city->slug);
    return false;
}

typedef struct {
    const Fixture *fixture;
    int n_seen;
} Stop;

static bool
stop_work(GhDb *db, void *data, GError **error)
{
    Stop *stop = data;

    stop->n_seen = 0;
    return gh_figures_each_city(db, stop->fixture->framework, 0, stop_at_second, &stop->n_seen,
                                error);
}

static void
test_walk_stops(GhStoreTesting *testing)
{
    g_auto(Fixture) fixture = fixture_new(testing);
    g_autoptr(GError) error = NULL;
    Stop stop = {.fixture = &fixture};

    g_assert_false(gh_store_read(fixture.store, stop_work, &stop, &error));
    g_assert_error(error, GH_EVALUATION_ERROR, GH_EVALUATION_ERROR_INVALID);
    g_assert_cmpint(stop.n_seen, ==, 2);
}

/* -- one data point -- */

typedef struct {
    const Fixture *fixture;
    size_t data_point;
    int year;
    GPtrArray *figures; /* owned */
} OfDataPoint;

static bool
of_data_point_work(GhDb *db, void *data, GError **error)
{
    OfDataPoint *of = data;

    g_clear_pointer(&of->figures, g_ptr_array_unref);
    of->figures =
        gh_figures_of_data_point(db, of->fixture->framework, of->data_point, of->year, error);
    return of->figures != NULL;
}

static void
assert_of_data_point(const Fixture *fixture, size_t data_point, int year, const char *want)
{
    OfDataPoint of = {.fixture = fixture, .data_point = data_point, .year = year};
    g_autoptr(GString) seen = g_string_new(NULL);
    g_autoptr(GError) error = NULL;

    gh_store_read(fixture->store, of_data_point_work, &of, &error);
    g_assert_no_error(error);
    for (guint i = 0; i < of.figures->len; i++) {
        const GhCityFigure *figure = g_ptr_array_index(of.figures, i);
        g_string_append_printf(seen, "%s %s %d %g; ", figure->name, figure->country_code,
                               figure->figure.year, figure->figure.value);
    }
    g_ptr_array_unref(of.figures);
    g_assert_cmpstr(seen->str, ==, want);
}

static void
test_of_data_point(GhStoreTesting *testing)
{
    g_auto(Fixture) fixture = fixture_new(testing);

    assert_of_data_point(&fixture, fixture.net, 0,
                         "Aaa HR 2020 70; Asker NO 2018 80; Karm\xc3\xb8y NO 2020 97.5; ");
    assert_of_data_point(&fixture, fixture.net, 2019, "Karm\xc3\xb8y NO 2019 90; ");
    assert_of_data_point(&fixture, fixture.net, 1999, "");
}

/* -- scores of all cities as a table -- */

typedef struct {
    const Fixture *fixture;
    GString *out; /* owned */
} Export;

static bool
export_work(GhDb *db, void *data, GError **error)
{
    Export *export = data;
    const GhFramework *framework = export->fixture->framework;

    g_string_truncate(export->out, 0);
    return gh_export_scores(db, framework, gh_framework_find_targets(framework, "open"), 0,
                            GH_TABLE_CSV, gh_table_sink_string, export->out, error);
}

static bool
write_rows(const GhCity *city, const GhFigureSet *figures, void *data, GError **error)
{
    Export *export = data;
    const GhFramework *framework = export->fixture->framework;
    const GhTargetSet *targets = gh_framework_find_targets(framework, "open");
    const GhScoreOptions options = {.verified_only = false};
    (void)error; /* writing cannot fail */

    g_autoptr(GhScores) scores = gh_scores_new(framework);
    gh_scores_compute(framework, targets, figures, &options, scores);
    const GhEvaluation evaluation = {.framework = framework,
                                     .targets = targets,
                                     .city = city,
                                     .figures = figures,
                                     .scores = scores};
    gh_written_csv_rows(&evaluation, export->out);
    return true;
}

static bool
write_work(GhDb *db, void *data, GError **error)
{
    Export *export = data;

    g_string_truncate(export->out, 0);
    gh_written_csv_header(export->out);
    return gh_figures_each_city(db, export->fixture->framework, 0, write_rows, export, error);
}

static void
test_export(GhStoreTesting *testing)
{
    g_auto(Fixture) fixture = fixture_new(testing);
    g_autoptr(GString) exported = g_string_new(NULL);
    g_autoptr(GString) written = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    Export export = {.fixture = &fixture, .out = exported};
    Export rows = {.fixture = &fixture, .out = written};

    gh_store_read(fixture.store, export_work, &export, &error);
    g_assert_no_error(error);
    gh_store_read(fixture.store, write_work, &rows, &error);
    g_assert_no_error(error);

    /* A table may end its lines as spreadsheets do. */
    g_autoptr(GString) plain = g_string_new(exported->str);
    g_string_replace(plain, "\r\n", "\n", 0);
    g_assert_cmpstr(plain->str, ==, written->str);
    g_assert_nonnull(
        strstr(written->str, "\nkarmoy,2020,dimension,Economy,Economy,4,4,100,95+,1,1,"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    gh_store_testing_each("/figures/without a year the latest is read, with all it says",
                          test_latest);
    gh_store_testing_each("/figures/only figures of exactly the year count", test_years);
    gh_store_testing_each("/figures/all cities come in the order of their slugs", test_walk);
    gh_store_testing_each("/figures/the walk ends where its reader fails", test_walk_stops);
    gh_store_testing_each("/figures/a data point shows each city's latest", test_of_data_point);
    gh_store_testing_each("/figures/exported scores are those written one by one", test_export);
    return g_test_run();
}
