/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/store_engine.h"
#include "store/store_testing.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    THREADS = 4,
    IDS_A_THREAD = 250000
};

static unsigned
node_of(int64_t id)
{
    return (unsigned)(id >> 12) & 1023;
}

static int64_t
new_id(GhStore *store)
{
    g_autoptr(GError) error = NULL;
    int64_t id = 0;
    gh_store_new_id(store, &id, &error);
    g_assert_no_error(error);
    return id;
}

typedef struct {
    GhStore *store;
    int64_t *ids;
} Share;

static void *
make_ids(void *data)
{
    const Share *share = data;
    int64_t last = 0;
    for (int i = 0; i < IDS_A_THREAD; i++) {
        share->ids[i] = new_id(share->store);
        g_assert_cmpint(share->ids[i], >, last); /* rising within a thread */
        last = share->ids[i];
    }
    return NULL;
}

static int
compare_ids(const void *a, const void *b)
{
    const int64_t *one = a;
    const int64_t *other = b;
    return (*one > *other) - (*one < *other);
}

static void
test_a_million_ids_differ(GhStoreTesting *testing)
{
    const size_t n = (size_t)THREADS * IDS_A_THREAD;
    g_autofree int64_t *ids = g_new0(int64_t, n);
    pthread_t threads[THREADS];
    Share shares[THREADS];

    for (int i = 0; i < THREADS; i++) {
        shares[i] = (Share){testing->store, ids + (size_t)i * IDS_A_THREAD};
        g_assert_cmpint(pthread_create(&threads[i], NULL, make_ids, &shares[i]), ==, 0);
    }
    for (int i = 0; i < THREADS; i++)
        g_assert_cmpint(pthread_join(threads[i], NULL), ==, 0);

    qsort(ids, n, sizeof *ids, compare_ids);
    for (size_t i = 1; i < n; i++)
        g_assert_cmpint(ids[i], !=, ids[i - 1]);
}

static void
test_two_programs_get_two_nodes(GhStoreTesting *testing)
{
    g_autoptr(GhStore) other = gh_store_open(testing->location, GH_STORE_MUST_EXIST, NULL);
    g_assert_cmpuint(node_of(new_id(testing->store)), !=, node_of(new_id(other)));
}

static void
test_two_processes_get_two_nodes(GhStoreTesting *testing)
{
    int pipe_ends[2];
    int64_t theirs = 0;
    int status = -1;

    g_clear_pointer(&testing->store, gh_store_free); /* a connection does not survive a fork */
    g_assert_cmpint(pipe(pipe_ends), ==, 0);
    pid_t child = fork();
    g_assert_cmpint(child, >=, 0);
    if (child == 0) {
        GhStore *store = gh_store_open(testing->location, GH_STORE_MUST_EXIST, NULL);
        int64_t id = 0;
        if (store == NULL || !gh_store_new_id(store, &id, NULL)
            || write(pipe_ends[1], &id, sizeof id) != sizeof id)
            _exit(1);
        _exit(0); /* dies with its lease */
    }
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_cmpint(status, ==, 0);
    g_assert_cmpint(read(pipe_ends[0], &theirs, sizeof theirs), ==, sizeof theirs);
    close(pipe_ends[0]);
    close(pipe_ends[1]);

    testing->store = gh_store_open(testing->location, GH_STORE_MUST_EXIST, NULL);
    g_assert_cmpuint(node_of(new_id(testing->store)), !=, node_of(theirs));
}

static void
test_node_given_back_is_used_again_behind_its_last_id(GhStoreTesting *testing)
{
    int64_t first = new_id(testing->store);
    gh_store_free(testing->store);

    /* As if the program before had run on a machine whose clock is an hour ahead. */
    gh_store_testing_script(testing->location, "UPDATE node_lease SET last_ms = last_ms + 3600000");
    testing->store = gh_store_open(testing->location, GH_STORE_MUST_EXIST, NULL);
    int64_t second = new_id(testing->store);
    g_assert_cmpuint(node_of(second), ==, node_of(first));
    g_assert_cmpint((second >> 22) - (first >> 22), >=, 3600000);
}

static void
test_lease_that_ran_out_is_taken(GhStoreTesting *testing)
{
    int64_t first = new_id(testing->store);
    gh_store_testing_script(testing->location, "UPDATE node_lease SET expires_us = 1");
    g_autoptr(GhStore) other = gh_store_open(testing->location, GH_STORE_MUST_EXIST, NULL);
    g_assert_cmpuint(node_of(new_id(other)), ==, node_of(first));

    /* The first one notices when it renews, and takes another node. */
    testing->store->id_expires_us = 0;
    g_assert_cmpuint(node_of(new_id(testing->store)), !=, node_of(first));
}

static void
test_clock_going_back_keeps_ids_rising(GhStoreTesting *testing)
{
    int64_t before = new_id(testing->store);
    testing->store->id_last_ms += 5000; /* the clock was 5 s ahead and is set right */
    int64_t ahead = new_id(testing->store);
    for (int i = 0; i < 10000; i++) {
        int64_t next = new_id(testing->store);
        g_assert_cmpint(next, >, ahead);
        ahead = next;
    }
    g_assert_cmpint(ahead, >, before);
}

static void
test_all_nodes_leased_is_told(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;
    int64_t id = 0;

    gh_store_testing_script(
        testing->location,
        "WITH RECURSIVE n (node) AS (SELECT 0 UNION ALL SELECT node + 1 FROM n WHERE node < 1023)"
        " INSERT INTO node_lease (node, holder, expires_us, last_ms)"
        " SELECT node, 'somebody', 9000000000000000000, 0 FROM n");
    g_assert_false(gh_store_new_id(testing->store, &id, &error));
    g_assert_error(error, GH_STORE_ERROR, GH_STORE_ERROR_BUSY);
}

static bool
make_inside(GhDb *db, void *data, GError **error)
{
    (void)db;
    return gh_store_new_id(data, &(int64_t){0}, error);
}

static void
test_ids_can_be_made_inside_a_write(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;
    gh_store_write(testing->store, make_inside, testing->store, &error);
    g_assert_no_error(error);
    testing->store->id_expires_us = 0; /* ran out: renewed before the write begins */
    gh_store_write(testing->store, make_inside, testing->store, &error);
    g_assert_no_error(error);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    gh_store_testing_each("/ids/a million ids from four threads all differ",
                          test_a_million_ids_differ);
    gh_store_testing_each("/ids/two stores on one database get two nodes",
                          test_two_programs_get_two_nodes);
    gh_store_testing_each("/ids/two processes get two nodes", test_two_processes_get_two_nodes);
    gh_store_testing_each("/ids/a node given back goes on behind its last id",
                          test_node_given_back_is_used_again_behind_its_last_id);
    gh_store_testing_each("/ids/a lease that ran out can be taken by another",
                          test_lease_that_ran_out_is_taken);
    gh_store_testing_each("/ids/a clock that goes back keeps ids rising",
                          test_clock_going_back_keeps_ids_rising);
    gh_store_testing_each("/ids/that all nodes are leased is told", test_all_nodes_leased_is_told);
    gh_store_testing_each("/ids/ids can be made inside a write",
                          test_ids_can_be_made_inside_a_write);
    return g_test_run();
}
