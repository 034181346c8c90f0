/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "ranking/ranking_testing.h"

#include <math.h>
#include <string.h>

#include "store/audit.h"
#include "store/backup.h"

typedef struct {
    const char *slug;
    GhRankingWhole *whole;
    GPtrArray *files; /* of GBytes, as GH_RANKING_FILES */
    GPtrArray *of_city;
} Read;

static void
read_clear(Read *read)
{
    g_clear_pointer(&read->whole, gh_ranking_whole_free);
    g_clear_pointer(&read->files, g_ptr_array_unref);
    g_clear_pointer(&read->of_city, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Read, read_clear)

static void
bytes_unref(gpointer bytes)
{
    g_bytes_unref(bytes);
}

static bool
read_all(GhDb *db, void *data, GError **error)
{
    Read *read = data;

    read_clear(read);
    read->files = g_ptr_array_new_with_free_func(bytes_unref);
    if (!gh_ranking_get(db, read->slug, &read->whole, error))
        return false;
    if (read->whole == NULL)
        return true;
    for (size_t i = 0; GH_RANKING_FILES[i] != NULL; i++) {
        GBytes *bytes = NULL;
        if (!gh_ranking_file(db, read->whole->ranking->id, GH_RANKING_FILES[i], &bytes, error))
            return false;
        g_assert_nonnull(bytes);
        g_ptr_array_add(read->files, bytes);
    }
    const GhRankedCity *best = g_ptr_array_index(read->whole->cities, 0);
    read->of_city = gh_ranking_of_city(db, best->city_id, error);
    return read->of_city != NULL;
}

static Read
load(GhStore *store, const char *slug)
{
    g_autoptr(GError) error = NULL;
    Read read = {.slug = slug};

    gh_store_read(store, read_all, &read, &error);
    g_assert_no_error(error);
    return read;
}

static GhIndexFile
file_of(const Read *read, const char *name)
{
    for (guint i = 0; i < read->files->len; i++) {
        if (strcmp(GH_RANKING_FILES[i], name) == 0) {
            GhIndexFile file = {.name = name};
            file.bytes = g_bytes_get_data(g_ptr_array_index(read->files, i), &file.n_bytes);
            return file;
        }
    }
    g_assert_not_reached();
}

static void
test_every_place_has_its_interval(GhStoreTesting *testing)
{
    gh_ranking_testing_fill(testing->store);
    gh_ranking_testing_publish(testing->store, "towns");
    g_auto(Read) read = load(testing->store, "towns");
    const GhRanking *ranking = read.whole->ranking;

    g_assert_cmpuint(ranking->n_cities, ==, GH_RANKING_TESTING_TOWNS);
    g_assert_cmpuint(ranking->replications, ==, 128); /* 2 N of the sensitivity analysis */
    g_assert_cmpuint(ranking->seed, ==, 7);
    g_assert_cmpuint(ranking->top_k, ==, 10);
    g_assert_cmpint(ranking->first_year, ==, 2020);
    g_assert_true(ranking->clear_pairs > 0 && ranking->clear_pairs <= 1);
    g_assert_true(ranking->median_width >= 0);
    /* The towns, and the sparse one, which is screened out and stands last; the empty one has no row. */
    g_assert_cmpuint(read.whole->cities->len, ==, GH_RANKING_TESTING_TOWNS + 1);
    for (guint i = 0; i < GH_RANKING_TESTING_TOWNS; i++) {
        const GhRankedCity *city = g_ptr_array_index(read.whole->cities, i);
        g_assert_cmpint(city->place, ==, (int)i + 1);
        g_assert_true(city->q5 <= city->q25 && city->q25 <= city->median);
        g_assert_true(city->median <= city->q75 && city->q75 <= city->q95);
        g_assert_true(city->p_top >= 0 && city->p_top <= 1);
        g_assert_cmpint(city->year, ==, 2020);
    }
    const GhRankedCity *last = g_ptr_array_index(read.whole->cities, GH_RANKING_TESTING_TOWNS);
    g_assert_cmpstr(last->slug, ==, "sparse");
    g_assert_cmpint(last->place, ==, 0);
    g_assert_cmpuint(last->n_available, ==, 1);
    g_assert_cmpfloat(last->population, ==, 5000);
    g_assert_cmpuint(read.whole->choices->len, ==, 2);
}

static void
test_files_give_the_same_numbers(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GhFaults) faults = gh_faults_new();
    const GhIndexUncertaintyOptions options = {.analysis = GH_INDEX_SENSITIVITY, .n_threads = 2};

    gh_ranking_testing_fill(testing->store);
    gh_ranking_testing_publish(testing->store, "towns");
    g_auto(Read) read = load(testing->store, "towns");
    const GhIndexFile spec_file = file_of(&read, "spec.json");
    const GhIndexFile data_file = file_of(&read, "iData.csv");
    const GhIndexFile meta_file = file_of(&read, "iMeta.csv");
    g_autoptr(GhIndexSpec) spec =
        gh_index_spec_parse(spec_file.name, spec_file.bytes, spec_file.n_bytes, faults, &error);
    g_assert_no_error(error);
    g_autoptr(GhIndexData) data = gh_index_read(&data_file, &meta_file, faults, &error);
    g_assert_no_error(error);
    g_autoptr(GhIndexUncertaintyResult) again = gh_index_uncertainty(data, spec, &options, &error);
    g_assert_no_error(error);

    for (guint i = 0; i < read.whole->cities->len; i++) {
        const GhRankedCity *city = g_ptr_array_index(read.whole->cities, i);
        gssize row = gh_index_data_find_unit(data, city->slug);
        g_assert_cmpint(row, >=, 0);
        const GhIndexRankSpread *unit = &again->units[row];
        g_assert_cmpint(unit->nominal, ==, city->place);
        if (city->place == 0)
            continue;
        g_assert_cmpfloat(unit->score, ==, city->score); /* the same bits */
        g_assert_cmpfloat(unit->q5, ==, city->q5);
        g_assert_cmpfloat(unit->q95, ==, city->q95);
    }
    for (guint i = 0; i < read.whole->choices->len; i++) {
        const GhRankingChoice *choice = g_ptr_array_index(read.whole->choices, i);
        g_assert_cmpfloat(again->sensitivities[i].total, ==, choice->total);
    }
}

static void
test_published_once(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;

    gh_ranking_testing_fill(testing->store);
    gh_ranking_testing_publish(testing->store, "towns");
    g_autofree char *before = gh_store_testing_dump(testing->location, NULL);
    g_assert_false(
        gh_ranking_testing_try(testing->store, "towns", GH_RANKING_TESTING_SPEC, NULL, &error));
    g_assert_error(error, GH_RANKING_ERROR, GH_RANKING_ERROR_EXISTS);
    g_autofree char *after = gh_store_testing_dump(testing->location, NULL);
    g_assert_cmpstr(before, ==, after);
}

static void
test_withdrawn_stays_readable(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;
    GhAuditReport report = {0};

    gh_ranking_testing_fill(testing->store);
    gh_ranking_testing_publish(testing->store, "towns");
    g_assert_false(gh_ranking_withdraw(testing->store, "none", "why", "operator", &error));
    g_assert_error(error, GH_RANKING_ERROR, GH_RANKING_ERROR_UNKNOWN);
    g_clear_error(&error);
    static const char *const no_reasons[] = {"", "two\nlines", "\x1b[31mred", "\xff"};
    for (size_t i = 0; i < G_N_ELEMENTS(no_reasons); i++) {
        g_assert_false(
            gh_ranking_withdraw(testing->store, "towns", no_reasons[i], "operator", &error));
        g_assert_error(error, GH_RANKING_ERROR, GH_RANKING_ERROR_INVALID);
        g_clear_error(&error);
    }
    g_assert_true(
        gh_ranking_withdraw(testing->store, "towns", "a figure was wrong", "operator", &error));
    g_assert_no_error(error);
    g_assert_false(gh_ranking_withdraw(testing->store, "towns", "again", "operator", &error));
    g_assert_error(error, GH_RANKING_ERROR, GH_RANKING_ERROR_EXISTS);
    g_clear_error(&error);

    g_auto(Read) read = load(testing->store, "towns");
    g_assert_cmpstr(read.whole->ranking->withdrawn_reason, ==, "a figure was wrong");
    g_assert_cmpuint(read.of_city->len, ==, 0); /* city pages show it no more */
    gh_audit_verify(testing->store, &report, &error);
    g_assert_no_error(error);
    g_assert_true(report.intact);
    gh_audit_report_clear(&report);
}

static void
test_city_knows_its_rankings(GhStoreTesting *testing)
{
    gh_ranking_testing_fill(testing->store);
    gh_ranking_testing_publish(testing->store, "towns");
    gh_ranking_testing_publish(testing->store, "towns-again");
    g_auto(Read) read = load(testing->store, "towns");

    g_assert_cmpuint(read.of_city->len, ==, 2);
    const GhRankingOfCity *latest = g_ptr_array_index(read.of_city, 0);
    g_assert_cmpstr(latest->ranking->slug, ==, "towns-again");
    g_assert_cmpint(latest->city->place, ==, 1);
}

/* Into a file and from it into an empty database of the same engine. */
static void
test_survives_a_backup(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = g_build_filename(testing->folder, "copy.backup", NULL);
    g_autofree char *location = gh_store_testing_location(testing, testing->engine, "restored");

    gh_ranking_testing_fill(testing->store);
    gh_ranking_testing_publish(testing->store, "towns");
    g_auto(Read) before = load(testing->store, "towns");
    gh_backup_write(testing->store, path, NULL, &error);
    g_assert_no_error(error);
    gh_backup_restore(path, location, NULL, &error);
    g_assert_no_error(error);
    g_autoptr(GhStore) restored = gh_store_open(location, GH_STORE_MUST_EXIST, &error);
    g_assert_no_error(error);
    g_auto(Read) after = load(restored, "towns");

    g_assert_cmpuint(after.whole->cities->len, ==, before.whole->cities->len);
    for (guint i = 0; i < before.whole->cities->len; i++) {
        const GhRankedCity *one = g_ptr_array_index(before.whole->cities, i);
        const GhRankedCity *other = g_ptr_array_index(after.whole->cities, i);
        g_assert_cmpstr(one->slug, ==, other->slug);
        g_assert_cmpint(one->place, ==, other->place);
        g_assert_true(one->q95 == other->q95 || (isnan(one->q95) && isnan(other->q95)));
    }
    for (guint i = 0; i < before.files->len; i++)
        g_assert_true(
            g_bytes_equal(g_ptr_array_index(before.files, i), g_ptr_array_index(after.files, i)));
}

static void
test_refusals(GhStoreTesting *testing)
{
    static const struct {
        const char *label, *from, *to;
        GhRankingError want;
        const char *column; /* of the first fault; NULL: none */
    } cases[] = {
        {"without uncertainty no place is published", "\"uncertainty\"", "\"description\"",
         GH_RANKING_ERROR_FAULTS, NULL},
        {"an unknown key of data", "\"min_available\": 0.3", "\"minimum\": 0.3",
         GH_RANKING_ERROR_FAULTS, "data.minimum"},
        {"a year that is none", "\"year\": 2020", "\"year\": 20", GH_RANKING_ERROR_FAULTS,
         "data.year"},
        {"a share beyond 1", "\"min_available\": 0.3", "\"min_available\": 30",
         GH_RANKING_ERROR_FAULTS, "data.min_available"},
        {"one year is no panel", "\"year\": 2020", "\"year\": \"all\"", GH_RANKING_ERROR_DATA,
         NULL},
        {"a year without figures", "\"year\": 2020", "\"year\": 2015", GH_RANKING_ERROR_DATA, NULL},
        {"an unknown city", "\"year\": 2020", "\"year\": 2020, \"cities\": [\"atlantis\"]",
         GH_RANKING_ERROR_DATA, NULL},
        {"an unknown country", "\"year\": 2020",
         "\"year\": 2020, \"cities\": {\"countries\": [\"XX\"]}", GH_RANKING_ERROR_DATA, NULL},
        {"an unknown data point", "\"year\": 2020",
         "\"year\": 2020, \"data_points\": [\"no.such\"]", GH_RANKING_ERROR_DATA, NULL},
        {"unknown targets", "\"year\": 2020", "\"year\": 2020, \"targets\": \"none\"",
         GH_RANKING_ERROR_DATA, NULL},
    };

    gh_ranking_testing_fill(testing->store);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GhFaults) faults = gh_faults_new();
        g_autofree char *spec = gh_ranking_testing_changed(cases[i].from, cases[i].to);
        g_test_message("%s", cases[i].label);
        g_assert_false(gh_ranking_testing_try(testing->store, "refused", spec, faults, &error));
        g_test_message("%s", error->message);
        if (i > 0) /* the first may be a fault of the engine's parser */
            g_assert_error(error, GH_RANKING_ERROR, (int)cases[i].want);
        if (cases[i].column != NULL)
            g_assert_cmpstr(gh_faults_peek(faults, 0)->column, ==, cases[i].column);
    }
}

static void
test_names_are_checked(GhStoreTesting *testing)
{
    static const char *const slugs[] = {"", "Towns", "a--b", "-a", "../x", "a b", "ü"};

    for (size_t i = 0; i < G_N_ELEMENTS(slugs); i++) {
        g_autoptr(GError) error = NULL;
        g_test_message("%s", slugs[i]);
        g_assert_false(gh_ranking_testing_try(testing->store, slugs[i], GH_RANKING_TESTING_SPEC,
                                              NULL, &error));
        g_assert_error(error, GH_RANKING_ERROR, GH_RANKING_ERROR_INVALID);
    }
}

/* -- panels -- */

static void
publish_panel(GhStore *store)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GhFaults) faults = gh_faults_new();

    gh_ranking_testing_fill_panel(store);
    gh_ranking_testing_try(store, "panel", GH_RANKING_TESTING_PANEL, faults, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(gh_faults_n_listed(faults), ==, 0);
}

/* Places of 2020; the working stands at GH_RANKING_TESTING_PANEL. */
static void
test_panel_places(GhStoreTesting *testing)
{
    static const struct {
        const char *slug;
        int year, place;
        double score;
    } want[] = {{"alder", 2020, 1, 62.5}, {"birch", 2020, 2, 37.5}, {"cedar", 2019, 0, NAN}};

    publish_panel(testing->store);
    g_auto(Read) read = load(testing->store, "panel");
    const GhRanking *ranking = read.whole->ranking;

    g_assert_cmpint(ranking->year, ==, 2020);
    g_assert_cmpint(ranking->first_year, ==, 2018);
    g_assert_cmpuint(ranking->n_years, ==, 3);
    g_assert_true(ranking->compares_years);
    g_assert_cmpfloat(ranking->scale_low, ==, 0);
    g_assert_cmpfloat(ranking->scale_high, ==, 100);
    g_assert_cmpuint(ranking->n_cities, ==, 2); /* with a place */
    g_assert_cmpfloat(ranking->clear_pairs, ==, 1);
    g_assert_cmpfloat(ranking->median_width, ==, 0);
    g_assert_cmpuint(read.whole->cities->len, ==, G_N_ELEMENTS(want));
    for (size_t i = 0; i < G_N_ELEMENTS(want); i++) {
        const GhRankedCity *city = g_ptr_array_index(read.whole->cities, i);
        g_assert_cmpstr(city->slug, ==, want[i].slug);
        g_assert_cmpint(city->year, ==, want[i].year);
        g_assert_cmpint(city->place, ==, want[i].place);
        if (isnan(want[i].score))
            g_assert_true(isnan(city->score) && isnan(city->q5) && isnan(city->p_top));
        else
            g_assert_cmpfloat_with_epsilon(city->score, want[i].score, 1e-9);
    }
}

static void
test_panel_years(GhStoreTesting *testing)
{
    static const struct {
        guint city; /* by place in 2020 */
        size_t n;
        double scores[3];
        int places[3];
    } want[] = {
        {0, 3, {12.5, 37.5, 62.5}, {2, 2, 1}},
        {1, 3, {50, 31.25, 37.5}, {1, 3, 2}},
        {2, 2, {6.25, 100}, {3, 1}},
    };

    publish_panel(testing->store);
    g_auto(Read) read = load(testing->store, "panel");
    g_assert_cmpuint(read.whole->years->len, ==, 8);
    for (size_t i = 0; i < G_N_ELEMENTS(want); i++) {
        const GhRankedCity *city = g_ptr_array_index(read.whole->cities, want[i].city);
        size_t n = 0;
        const GhRankedYear *years = gh_ranking_years_find(read.whole->years, city->city_id, &n);
        g_assert_cmpuint(n, ==, want[i].n);
        for (size_t k = 0; k < n; k++) {
            g_assert_cmpint(years[k].year, ==, 2018 + (int)k);
            g_assert_cmpfloat_with_epsilon(years[k].score, want[i].scores[k], 1e-9);
            g_assert_cmpint(years[k].place, ==, want[i].places[k]);
            g_assert_true(years[k].q5 <= years[k].median && years[k].median <= years[k].q95);
            g_assert_cmpuint(years[k].n_available, ==, 2);
            g_assert_false(years[k].definition_changed);
        }
    }
    size_t n = 1;
    gh_ranking_years_find(read.whole->years, 1, &n);
    g_assert_cmpuint(n, ==, 0);
}

static void
test_panel_warnings(GhStoreTesting *testing)
{
    static const struct {
        const char *label, *from, *to;
        GhRankingYears want;
    } cases[] = {
        {"over all years they compare", "\"upper\": 100", "\"upper\": 100, \"over\": \"all\"",
         GH_YEARS_COMPARABLE},
        {"each year by itself", "\"upper\": 100", "\"upper\": 100, \"over\": \"year\"",
         GH_YEARS_BY_THEMSELVES},
        {"an earlier step by year", "[{\"step\": \"normalise\"",
         "[{\"step\": \"impute\", \"method\": \"mean\", \"over\": \"year\"}, {\"step\": "
         "\"normalise\"",
         GH_YEARS_BY_THEMSELVES},
        {"ranks", "\"min_max\", \"lower\": 0, \"upper\": 100", "\"rank\"", GH_YEARS_RANKS},
        {"contests", "\"arithmetic\"", "\"copeland\"", GH_YEARS_CONTESTS},
    };

    gh_ranking_testing_fill_panel(testing->store);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GhFaults) faults = gh_faults_new();
        g_autofree char *slug = g_strdup_printf("panel-%zu", i);
        const char *at = strstr(GH_RANKING_TESTING_PANEL, cases[i].from);
        g_assert_nonnull(at);
        g_autofree char *spec =
            g_strdup_printf("%.*s%s%s", (int)(at - GH_RANKING_TESTING_PANEL),
                            GH_RANKING_TESTING_PANEL, cases[i].to, at + strlen(cases[i].from));
        g_test_message("%s", cases[i].label);
        gh_ranking_testing_try(testing->store, slug, spec, faults, &error);
        g_assert_no_error(error);
        g_assert_cmpuint(gh_faults_n_listed(faults), ==, cases[i].want != GH_YEARS_COMPARABLE);
        g_auto(Read) read = load(testing->store, slug);
        g_assert_cmpint(read.whole->ranking->compares_years, ==,
                        cases[i].want == GH_YEARS_COMPARABLE);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    gh_store_testing_each("/published/every place has its interval",
                          test_every_place_has_its_interval);
    gh_store_testing_each("/published/the files give the same numbers again",
                          test_files_give_the_same_numbers);
    gh_store_testing_each("/published/a slug is published once", test_published_once);
    gh_store_testing_each("/published/a withdrawn ranking stays readable",
                          test_withdrawn_stays_readable);
    gh_store_testing_each("/published/a city knows its rankings, latest first",
                          test_city_knows_its_rankings);
    gh_store_testing_each("/published/a ranking survives a backup", test_survives_a_backup);
    gh_store_testing_each("/published/what cannot be published is refused with its reason",
                          test_refusals);
    gh_store_testing_each("/published/a slug is a slug", test_names_are_checked);
    gh_store_testing_each("/published/a panel shows the places of its last year",
                          test_panel_places);
    gh_store_testing_each("/published/a panel keeps every year's score and place",
                          test_panel_years);
    gh_store_testing_each("/published/years that do not compare are warned of",
                          test_panel_warnings);
    return g_test_run();
}
