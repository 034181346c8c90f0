/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* framework_store_test.c - frameworks in both databases. */
#include "framework/framework_testing.h"

#include "store/audit.h"
#include "store/store_testing.h"

#include <string.h>

static bool
load(GhStore *store, GPtrArray *files)
{
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GError) error = NULL;
    bool changed = false;

    g_assert_true(gh_framework_load(store, files, faults, &changed, &error));
    g_assert_no_error(error);
    return changed;
}

/* The small framework with that version. */
static GPtrArray *
small_version(const char *version)
{
    GPtrArray *files = gh_framework_testing_small();
    g_autofree char *key = g_strdup_printf("\"version\": \"%s\"", version);

    gh_framework_testing_edit(files, "framework.json", "\"version\": \"1\"", key);
    return files;
}

/* Without data point w4.fountains and its KPI. */
static GPtrArray *
without_fountains(const char *version)
{
    GPtrArray *files = small_version(version);

    gh_framework_testing_edit(files, "kpis.csv",
                              "W4,Public fountains,Water,Leisure,Public fountains with running "
                              "water.,neutral,,\n",
                              "");
    gh_framework_testing_edit(files, "data_points.csv",
                              "w4.fountains,W4,Fountains,Public fountains,,1,number,0,,\n", "");
    gh_framework_testing_edit(files, "targets/town.csv",
                              "w4.fountains,none,,,,,,A count grows with the town.\n", "");
    return files;
}

static GhFramework *
get(GhStore *store, const char *version)
{
    g_autoptr(GError) error = NULL;
    GhFramework *framework = gh_framework_get(store, "small-town", version, &error);

    g_assert_no_error(error);
    return framework;
}

static int64_t
data_version(GhStore *store)
{
    g_usleep((GH_STORE_VERSION_AGE_MS + 10) * 1000); /* older than what may be shown */
    int64_t version = 0;
    g_assert_true(gh_store_data_version(store, &version, NULL));
    return version;
}

static int64_t
n_audit_entries(GhStore *store)
{
    g_autoptr(GError) error = NULL;
    g_auto(GhAuditReport) report = {0};

    g_assert_true(gh_audit_verify(store, &report, &error));
    g_assert_no_error(error);
    g_assert_true(report.intact);
    return report.n_entries;
}

static void
test_load_and_get(GhStoreTesting *testing)
{
    g_autoptr(GPtrArray) files = gh_framework_testing_small();

    g_assert_true(load(testing->store, files));
    g_autoptr(GhFramework) framework = get(testing->store, NULL);
    g_assert_cmpstr(framework->name, ==, "Small town check");
    g_assert_cmpuint(framework->n_data_points, ==, 8);
    g_assert_cmpint(n_audit_entries(testing->store), ==, 1);
}

static void
test_parsed_once(GhStoreTesting *testing)
{
    g_autoptr(GPtrArray) files = gh_framework_testing_small();
    load(testing->store, files);

    g_autoptr(GhFramework) first = get(testing->store, NULL);
    g_autoptr(GhFramework) second = get(testing->store, "1");
    g_assert_true(first == second);
}

static void
test_same_again(GhStoreTesting *testing)
{
    g_autoptr(GPtrArray) files = gh_framework_testing_small();
    load(testing->store, files);
    int64_t before = data_version(testing->store);

    g_assert_false(load(testing->store, files));
    g_assert_cmpint(data_version(testing->store), ==, before);
    g_assert_cmpint(n_audit_entries(testing->store), ==, 1);
}

static void
test_order_of_files(GhStoreTesting *testing)
{
    g_autoptr(GPtrArray) files = gh_framework_testing_small();
    g_autoptr(GPtrArray) turned = gh_framework_files_new();
    for (size_t i = files->len; i > 0; i--) {
        const GhFrameworkFile *file = g_ptr_array_index(files, i - 1);
        gh_framework_files_add(turned, file->name, file->bytes);
    }

    g_assert_true(load(testing->store, files));
    g_assert_false(load(testing->store, turned));
}

static void
test_other_text_same_version(GhStoreTesting *testing)
{
    g_autoptr(GPtrArray) files = gh_framework_testing_small();
    g_autoptr(GPtrArray) other = gh_framework_testing_small();
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GError) error = NULL;
    bool changed = false;
    load(testing->store, files);

    gh_framework_testing_edit(other, "kpis.csv", "Road deaths", "Deaths on roads");
    g_assert_false(gh_framework_load(testing->store, other, faults, &changed, &error));
    g_assert_error(error, GH_FRAMEWORK_ERROR, GH_FRAMEWORK_ERROR_VERSION);
    g_autoptr(GhFramework) framework = get(testing->store, NULL);
    g_assert_cmpstr(framework->kpis[2].name, ==, "Road deaths");
}

static void
test_versions(GhStoreTesting *testing)
{
    g_autoptr(GPtrArray) first = small_version("1");
    g_autoptr(GPtrArray) second = small_version("2");
    load(testing->store, first);
    g_assert_true(load(testing->store, second));

    g_autoptr(GhFramework) current = get(testing->store, NULL);
    g_autoptr(GhFramework) old = get(testing->store, "1");
    g_assert_cmpstr(current->version, ==, "2");
    g_assert_cmpstr(old->version, ==, "1");

    g_assert_true(load(testing->store, first));
    g_autoptr(GhFramework) back = get(testing->store, NULL);
    g_assert_cmpstr(back->version, ==, "1");
    g_assert_cmpint(n_audit_entries(testing->store), ==, 3);
}

static void
test_list(GhStoreTesting *testing)
{
    g_autoptr(GPtrArray) first = small_version("1");
    g_autoptr(GPtrArray) second = small_version("2");
    g_autoptr(GError) error = NULL;
    load(testing->store, first);
    load(testing->store, second);

    g_autoptr(GPtrArray) rows = gh_framework_list(testing->store, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(rows->len, ==, 2);
    const GhFrameworkRow *old = g_ptr_array_index(rows, 0);
    const GhFrameworkRow *current = g_ptr_array_index(rows, 1);
    g_assert_cmpstr(old->version, ==, "1");
    g_assert_false(old->current);
    g_assert_true(current->current);
    g_assert_cmpint(current->n_kpis, ==, 8);
    g_assert_cmpint(current->n_data_points, ==, 8);
}

static void
test_unknown(GhStoreTesting *testing)
{
    g_autoptr(GPtrArray) files = gh_framework_testing_small();
    g_autoptr(GError) error = NULL;
    load(testing->store, files);

    g_assert_null(gh_framework_get(testing->store, "u4ssc", NULL, &error));
    g_assert_error(error, GH_FRAMEWORK_ERROR, GH_FRAMEWORK_ERROR_UNKNOWN);
    g_clear_error(&error);
    g_assert_null(gh_framework_get(testing->store, "small-town", "9", &error));
    g_assert_error(error, GH_FRAMEWORK_ERROR, GH_FRAMEWORK_ERROR_UNKNOWN);
}

static void
test_faults_store_nothing(GhStoreTesting *testing)
{
    g_autoptr(GPtrArray) files = gh_framework_testing_small();
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GError) error = NULL;
    bool changed = false;

    gh_framework_testing_edit(files, "kpis.csv", ",higher,Ask", ",hihger,Ask");
    g_assert_false(gh_framework_load(testing->store, files, faults, &changed, &error));
    g_assert_error(error, GH_FRAMEWORK_ERROR, GH_FRAMEWORK_ERROR_FAULTS);
    g_assert_cmpuint(gh_faults_n_errors(faults), ==, 1);
    g_assert_cmpint(n_audit_entries(testing->store), ==, 0);
}

/* -- keys -- */

typedef struct {
    const GhFramework *framework;
    int64_t *keys; /* owned */
} Keys;

static bool
keys_work(GhDb *db, void *data, GError **error)
{
    Keys *keys = data;
    g_free(keys->keys);
    keys->keys = gh_framework_data_point_keys(db, keys->framework, error);
    return keys->keys != NULL;
}

static int64_t *
load_keys(GhStore *store, const GhFramework *framework)
{
    g_autoptr(GError) error = NULL;
    Keys keys = {.framework = framework};

    g_assert_true(gh_store_read(store, keys_work, &keys, &error));
    g_assert_no_error(error);
    return keys.keys;
}

static void
test_keys_stay(GhStoreTesting *testing)
{
    g_autoptr(GPtrArray) first = small_version("1");
    g_autoptr(GPtrArray) second = without_fountains("2");
    load(testing->store, first);
    g_autoptr(GhFramework) old = get(testing->store, NULL);
    g_autofree int64_t *before = load_keys(testing->store, old);

    load(testing->store, second);
    g_autoptr(GhFramework) current = get(testing->store, NULL);
    g_autofree int64_t *after = load_keys(testing->store, current);
    g_assert_cmpuint(current->n_data_points, ==, 7);
    for (size_t i = 0; i < current->n_data_points; i++)
        g_assert_cmpint(after[i], ==, before[i]);
}

/* -- figures -- */

static const char SQL_CITY[] = "INSERT INTO city (city_id, slug, name, name_key, country_code)"
                               " VALUES (1, 'town', 'Town', 'town', '')";
static const char SQL_FIGURE[] =
    "INSERT INTO figure"
    " (city_id, data_point_key, year, status, value, how, verification, framework_version,"
    "  audit_seq)"
    " VALUES (1, $1, 2020, 1, 3, 0, 0, '1', $2)";

/* A figure for the data point whose key is *data. */
static bool
figure_work(GhDb *db, void *data, GError **error)
{
    const int64_t *key = data;
    int64_t seq = 0;
    GhAuditEntry entry = {.actor = "operator", .action = "import figures", .subject = "test"};

    if (!gh_audit_append(db, &entry, &seq, error))
        return false;
    g_autoptr(GhQuery) city = gh_db_query(db, SQL_CITY, error);
    if (city == NULL || !gh_query_run(city, NULL, error))
        return false;
    g_autoptr(GhQuery) figure = gh_db_query(db, SQL_FIGURE, error);
    if (figure == NULL)
        return false;
    gh_query_bind_int64(figure, 1, *key);
    gh_query_bind_int64(figure, 2, seq);
    return gh_query_run(figure, NULL, error);
}

static void
test_figures_hold_their_data_point(GhStoreTesting *testing)
{
    g_autoptr(GPtrArray) first = small_version("1");
    g_autoptr(GPtrArray) second = without_fountains("2");
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GError) error = NULL;
    bool changed = false;
    load(testing->store, first);
    g_autoptr(GhFramework) framework = get(testing->store, NULL);
    g_autofree int64_t *keys = load_keys(testing->store, framework);
    gssize fountains = gh_framework_find_data_point(framework, "w4.fountains");
    g_assert_true(gh_store_write(testing->store, figure_work, &keys[fountains], &error));

    g_assert_false(gh_framework_load(testing->store, second, faults, &changed, &error));
    g_assert_error(error, GH_FRAMEWORK_ERROR, GH_FRAMEWORK_ERROR_FAULTS);
    g_assert_cmpuint(gh_faults_n_errors(faults), ==, 1);
    g_assert_cmpstr(gh_faults_peek(faults, 0)->value, ==, "w4.fountains");
    g_autoptr(GhFramework) still = get(testing->store, NULL);
    g_assert_cmpstr(still->version, ==, "1");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    gh_store_testing_each("/framework store/what is loaded can be read again", test_load_and_get);
    gh_store_testing_each("/framework store/a framework is parsed once", test_parsed_once);
    gh_store_testing_each("/framework store/the same files again change nothing", test_same_again);
    gh_store_testing_each("/framework store/the order of the files does not matter",
                          test_order_of_files);
    gh_store_testing_each("/framework store/a version cannot change its content",
                          test_other_text_same_version);
    gh_store_testing_each("/framework store/versions live side by side", test_versions);
    gh_store_testing_each("/framework store/the list shows versions and which one is current",
                          test_list);
    gh_store_testing_each("/framework store/what is not there is unknown", test_unknown);
    gh_store_testing_each("/framework store/faults keep everything out", test_faults_store_nothing);
    gh_store_testing_each("/framework store/a data point keeps its key over versions",
                          test_keys_stay);
    gh_store_testing_each("/framework store/a data point with figures cannot be taken away",
                          test_figures_hold_their_data_point);
    return g_test_run();
}
