/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/jobs_internal.h"
#include "store/store_testing.h"

#include <gio/gio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    SHORT_LEASE_MS = 600,
    PATIENCE_MS = 20000, /* for slow machines and sanitizers; as a rule a few milliseconds */
};

/* What the test's jobs do, told by their parameters. */
typedef struct {
    int n_runs;      /* atomic */
    int may_end;     /* atomic: "wait" jobs go on until then */
    int begun_write; /* a pipe's end, or -1 */
} World;

static bool
play(GhStore *store, const char *parameters, const GhProgress *progress, GByteArray *result,
     char **ret_media_type, char **ret_file_name, void *data, GError **error)
{
    World *world = data;
    (void)store;

    __atomic_add_fetch(&world->n_runs, 1, __ATOMIC_ACQ_REL);
    if (world->begun_write >= 0)
        g_assert_cmpint(write(world->begun_write, "x", 1), ==, 1);
    if (strcmp(parameters, "fail") == 0) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "the roof fell in");
        return false;
    }
    while (g_str_has_prefix(parameters, "wait")
           && !__atomic_load_n(&world->may_end, __ATOMIC_ACQUIRE)) {
        if (!gh_progress_report(progress, "waiting", 0.25)) {
            g_set_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped");
            return false;
        }
        g_usleep(2000);
    }
    if (strcmp(parameters, "large") == 0) {
        g_byte_array_set_size(result, 5 * GH_JOBS_PART_BYTES / 2);
        for (unsigned i = 0; i < result->len; i++)
            result->data[i] = (guint8)(i * 7 + i / 251);
    } else {
        g_byte_array_append(result, (const guint8 *)parameters, (unsigned)strlen(parameters));
    }
    *ret_media_type = g_strdup("text/plain");
    *ret_file_name = g_strdup("result.txt");
    return true;
}

static GhJobs *
make_jobs(GhStore *store, World *world, unsigned n_workers)
{
    g_autoptr(GError) error = NULL;
    GhJobs *jobs = gh_jobs_new(store);
    jobs->lease_ms = SHORT_LEASE_MS;
    gh_jobs_register(jobs, "play", play, world);
    if (n_workers > 0)
        gh_jobs_start(jobs, n_workers, &error);
    g_assert_no_error(error);
    return jobs;
}

static int64_t
request(GhJobs *jobs, const char *parameters)
{
    g_autoptr(GError) error = NULL;
    bool refused = true;
    int64_t id = 0;
    gh_jobs_request(jobs, "play", parameters, &refused, &id, &error);
    g_assert_no_error(error);
    g_assert_false(refused);
    return id;
}

static GhJob
get(GhJobs *jobs, int64_t id)
{
    g_autoptr(GError) error = NULL;
    GhJob job = {0};
    bool found = false;
    gh_jobs_get(jobs, id, &found, &job, &error);
    g_assert_no_error(error);
    g_assert_true(found);
    return job;
}

static GhJob
wait_for(GhJobs *jobs, int64_t id, GhJobState want)
{
    for (int ms = 0; ms < PATIENCE_MS; ms += 5) {
        GhJob job = get(jobs, id);
        if (job.state == want)
            return job;
        gh_job_clear(&job);
        g_usleep(5000);
    }
    g_error("the job did not reach state %d", (int)want);
}

static void
settle(GhJobs *jobs, int64_t id, GhJobState want)
{
    GhJob job = wait_for(jobs, id, want);
    gh_job_clear(&job);
}

static void
wait_for_run(World *world, int n)
{
    for (int ms = 0; ms < PATIENCE_MS; ms += 2) {
        if (__atomic_load_n(&world->n_runs, __ATOMIC_ACQUIRE) >= n)
            return;
        g_usleep(2000);
    }
    g_error("the job did not run");
}

static void
let_end(World *world)
{
    __atomic_store_n(&world->may_end, 1, __ATOMIC_RELEASE);
}

static void
test_job_is_done(GhStoreTesting *testing)
{
    World world = {.begun_write = -1};
    g_autoptr(GhJobs) jobs = make_jobs(testing->store, &world, 2);
    g_autoptr(GBytes) bytes = NULL;
    bool found = false;

    int64_t id = request(jobs, "{\"city\":\"karmøy\"}");
    g_auto(GhJob) job = wait_for(jobs, id, GH_JOB_DONE);
    g_assert_cmpstr(job.kind, ==, "play");
    g_assert_cmpstr(job.parameters, ==, "{\"city\":\"karmøy\"}");
    g_assert_cmpstr(job.media_type, ==, "text/plain");
    g_assert_cmpstr(job.file_name, ==, "result.txt");
    g_assert_cmpint(job.result_size_bytes, ==, (int64_t)strlen(job.parameters));
    g_assert_cmpfloat(job.share, ==, 1.0);
    g_assert_null(job.error);
    g_assert_cmpint(job.finished_us, >=, job.started_us);

    g_assert_true(gh_jobs_result(jobs, id, &found, &bytes, NULL));
    g_assert_true(found);
    g_assert_true(memcmp(g_bytes_get_data(bytes, NULL), job.parameters, strlen(job.parameters))
                  == 0);
}

static void
test_large_result_comes_back(GhStoreTesting *testing)
{
    World world = {.begun_write = -1};
    g_autoptr(GhJobs) jobs = make_jobs(testing->store, &world, 1);
    g_autoptr(GBytes) bytes = NULL;
    bool found = false;
    size_t n_bytes = 0;

    int64_t id = request(jobs, "large");
    settle(jobs, id, GH_JOB_DONE);
    g_assert_true(gh_jobs_result(jobs, id, &found, &bytes, NULL));
    const guint8 *data = g_bytes_get_data(bytes, &n_bytes);
    g_assert_cmpuint(n_bytes, ==, 5 * GH_JOBS_PART_BYTES / 2);
    for (size_t i = 0; i < n_bytes; i++)
        g_assert_true(data[i] == (guint8)(i * 7 + i / 251));
}

static void
test_result_comes_in_parts(GhStoreTesting *testing)
{
    World world = {.begun_write = -1};
    g_autoptr(GhJobs) jobs = make_jobs(testing->store, &world, 1);
    bool found = false;

    int64_t id = request(jobs, "large");
    settle(jobs, id, GH_JOB_DONE);
    for (int64_t part = 0; part < 3; part++) {
        g_autoptr(GBytes) bytes = NULL;
        size_t n_bytes = 0;
        size_t offset = (size_t)part * GH_JOBS_PART_BYTES;
        g_assert_true(gh_jobs_result_part(jobs, id, part, &found, &bytes, NULL));
        g_assert_true(found);
        const guint8 *data = g_bytes_get_data(bytes, &n_bytes);
        g_assert_cmpuint(n_bytes, ==, part < 2 ? GH_JOBS_PART_BYTES : GH_JOBS_PART_BYTES / 2);
        g_assert_true(data[0] == (guint8)(offset * 7 + offset / 251));
    }

    GBytes *none = NULL;
    g_assert_true(gh_jobs_result_part(jobs, id, 3, &found, &none, NULL));
    g_assert_false(found);
    g_assert_true(gh_jobs_result_part(jobs, id + 1, 0, &found, &none, NULL));
    g_assert_false(found);
    g_assert_null(none);
}

static void
test_same_request_is_the_same_job(GhStoreTesting *testing)
{
    World world = {.begun_write = -1};
    g_autoptr(GhJobs) jobs = make_jobs(testing->store, &world, 1);

    int64_t first = request(jobs, "a");
    g_assert_cmpint(request(jobs, "a"), ==, first);
    settle(jobs, first, GH_JOB_DONE);
    g_assert_cmpint(request(jobs, "a"), ==, first);
    g_assert_cmpint(request(jobs, "b"), !=, first);
    gh_store_testing_script(testing->location, "UPDATE data_version SET version = version + 1");
    g_assert_cmpint(request(jobs, "a"), !=, first); /* other data, another result */
}

static void
test_failed_job_tells_why(GhStoreTesting *testing)
{
    World world = {.begun_write = -1};
    g_autoptr(GhJobs) jobs = make_jobs(testing->store, &world, 1);
    g_autoptr(GBytes) bytes = NULL;
    bool found = true;

    int64_t id = request(jobs, "fail");
    g_auto(GhJob) job = wait_for(jobs, id, GH_JOB_FAILED);
    g_assert_cmpstr(job.error, ==, "the roof fell in");
    g_assert_true(gh_jobs_result(jobs, id, &found, &bytes, NULL));
    g_assert_false(found);
    g_assert_cmpint(request(jobs, "fail"), ==, id); /* rests for a minute */
    g_assert_cmpint(__atomic_load_n(&world.n_runs, __ATOMIC_ACQUIRE), ==, 1);
}

static void
test_progress_is_seen_from_elsewhere(GhStoreTesting *testing)
{
    World world = {.begun_write = -1};
    g_autoptr(GhJobs) jobs = make_jobs(testing->store, &world, 1);
    g_autoptr(GhJobs) elsewhere = make_jobs(testing->store, &world, 0);

    int64_t id = request(jobs, "wait");
    wait_for_run(&world, 1);
    for (int ms = 0;; ms += 5) {
        g_auto(GhJob) job = get(elsewhere, id);
        if (job.state == GH_JOB_RUNNING && job.share == 0.25 && g_strcmp0(job.step, "waiting") == 0)
            break;
        g_assert_cmpint(ms, <, PATIENCE_MS);
        g_usleep(5000);
    }
    let_end(&world);
    settle(elsewhere, id, GH_JOB_DONE);
}

static void
test_cancelled_job_stops(GhStoreTesting *testing)
{
    World world = {.begun_write = -1};
    g_autoptr(GhJobs) jobs = make_jobs(testing->store, &world, 1);
    g_autoptr(GhJobs) elsewhere = make_jobs(testing->store, &world, 0);

    int64_t running = request(jobs, "wait 1");
    wait_for_run(&world, 1);
    int64_t waiting = request(jobs, "wait 2");
    g_assert_true(gh_jobs_cancel(elsewhere, waiting, NULL));
    settle(jobs, waiting, GH_JOB_CANCELLED);
    g_assert_true(gh_jobs_cancel(elsewhere, running, NULL)); /* seen by the keeper */
    settle(jobs, running, GH_JOB_CANCELLED);
    g_assert_cmpint(__atomic_load_n(&world.n_runs, __ATOMIC_ACQUIRE), ==, 1);

    let_end(&world);
    g_assert_cmpint(request(jobs, "wait 1"), ==, running); /* asked for again */
    settle(jobs, running, GH_JOB_DONE);
}

static void
test_too_many_are_refused(GhStoreTesting *testing)
{
    World world = {.begun_write = -1};
    g_autoptr(GhJobs) jobs = make_jobs(testing->store, &world, 0);
    bool refused = false;
    int64_t id = 77;

    for (int i = 0; i < GH_JOBS_WAITING_MAX; i++) {
        g_autofree char *parameters = g_strdup_printf("%d", i);
        (void)request(jobs, parameters);
    }
    g_assert_true(gh_jobs_request(jobs, "play", "one more", &refused, &id, NULL));
    g_assert_true(refused);
    g_assert_cmpint(id, ==, 77);
    (void)request(jobs, "3"); /* one that is there already is not refused */
}

static void
test_stopping_puts_a_job_back(GhStoreTesting *testing)
{
    World world = {.begun_write = -1};
    GhJobs *jobs = make_jobs(testing->store, &world, 1);

    int64_t id = request(jobs, "wait");
    wait_for_run(&world, 1);
    gh_jobs_free(jobs);

    g_autoptr(GhJobs) next = make_jobs(testing->store, &world, 0);
    g_auto(GhJob) job = get(next, id);
    g_assert_cmpint(job.state, ==, GH_JOB_WAITING);
    let_end(&world);
    gh_jobs_start(next, 1, NULL);
    settle(next, id, GH_JOB_DONE);
    g_assert_cmpint(__atomic_load_n(&world.n_runs, __ATOMIC_ACQUIRE), ==, 2);
}

/* A process that takes the job up and is killed in the middle of it. */
static void
die_at_work(GhStoreTesting *testing, bool with_request)
{
    int pipe_ends[2];
    char byte = 0;
    int status = 0;

    g_assert_cmpint(pipe(pipe_ends), ==, 0);
    pid_t child = fork();
    g_assert_cmpint(child, >=, 0);
    if (child == 0) {
        World world = {.begun_write = pipe_ends[1]};
        GhStore *store = gh_store_open(testing->location, GH_STORE_MUST_EXIST, NULL);
        GhJobs *jobs = make_jobs(store, &world, 1);
        if (with_request)
            (void)request(jobs, "wait");
        for (;;)
            pause();
    }
    g_assert_cmpint(read(pipe_ends[0], &byte, 1), ==, 1); /* it is in the job */
    g_assert_cmpint(kill(child, SIGKILL), ==, 0);
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_true(WIFSIGNALED(status));
    close(pipe_ends[0]);
    close(pipe_ends[1]);
}

static void
test_job_of_a_dead_process_is_taken_up(GhStoreTesting *testing)
{
    World world = {.begun_write = -1, .may_end = 1};

    g_clear_pointer(&testing->store, gh_store_free); /* a connection does not survive a fork */
    die_at_work(testing, true);
    testing->store = gh_store_open(testing->location, GH_STORE_MUST_EXIST, NULL);
    g_autoptr(GhJobs) jobs = make_jobs(testing->store, &world, 1);
    int64_t id = request(jobs, "wait");
    settle(jobs, id, GH_JOB_DONE);
    g_assert_cmpint(__atomic_load_n(&world.n_runs, __ATOMIC_ACQUIRE), ==, 1);
}

static void
test_deadly_job_is_given_up(GhStoreTesting *testing)
{
    World world = {.begun_write = -1, .may_end = 1};

    g_clear_pointer(&testing->store, gh_store_free);
    for (int i = 0; i < GH_JOBS_ATTEMPTS_MAX; i++)
        die_at_work(testing, i == 0);
    testing->store = gh_store_open(testing->location, GH_STORE_MUST_EXIST, NULL);
    g_autoptr(GhJobs) jobs = make_jobs(testing->store, &world, 1);
    int64_t id = request(jobs, "wait");
    g_auto(GhJob) job = wait_for(jobs, id, GH_JOB_FAILED);
    g_assert_nonnull(strstr(job.error, "the program ended"));
    g_assert_cmpint(__atomic_load_n(&world.n_runs, __ATOMIC_ACQUIRE), ==, 0);
}

static void
test_worker_that_lost_its_lease_stops(GhStoreTesting *testing)
{
    World world = {.begun_write = -1};
    g_autoptr(GhJobs) jobs = make_jobs(testing->store, &world, 1);

    int64_t id = request(jobs, "wait");
    wait_for_run(&world, 1);
    gh_store_testing_script(testing->location,
                            "UPDATE job SET holder = 'another', lease_until_us = 1");
    wait_for_run(&world, 2); /* it stopped, and took the job up anew */
    let_end(&world);
    settle(jobs, id, GH_JOB_DONE);
}

static void
test_two_programs_do_each_job_once(GhStoreTesting *testing)
{
    World world = {.begun_write = -1};
    g_autoptr(GhStore) other = gh_store_open(testing->location, GH_STORE_MUST_EXIST, NULL);
    g_autoptr(GhJobs) one = make_jobs(testing->store, &world, 2);
    g_autoptr(GhJobs) two = make_jobs(other, &world, 2);

    for (int i = 0; i < 12; i++) {
        g_autofree char *parameters = g_strdup_printf("job %d", i);
        int64_t id = request(i % 2 == 0 ? one : two, parameters);
        settle(one, id, GH_JOB_DONE);
    }
    g_assert_cmpint(__atomic_load_n(&world.n_runs, __ATOMIC_ACQUIRE), ==, 12);
}

static void
test_old_jobs_make_room(GhStoreTesting *testing)
{
    World world = {.begun_write = -1};
    g_autoptr(GhJobs) jobs = make_jobs(testing->store, &world, 1);
    bool found = true;
    g_auto(GhJob) none = {0};

    /* 300 finished jobs of older data and 5 of the data as they are. */
    gh_store_testing_script(
        testing->location,
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 305)"
        " INSERT INTO job (job_id, job_key, kind, parameters, data_version, state, share,"
        "  result_size, created_us, started_us, finished_us, holder, lease_until_us, attempts,"
        "  cancel_asked)"
        " SELECT i, 'key ' || i, 'play', '', CASE WHEN i <= 5 THEN 0 ELSE -1 END, 2, 1.0,"
        "  0, i, i, i, '', 0, 1, 0 FROM n");
    int64_t id = request(jobs, "new");
    settle(jobs, id, GH_JOB_DONE);

    const struct {
        int64_t id;
        bool want;
    } cases[] = {{1, true}, {5, true}, {6, false}, {105, false}, {107, true}, {305, true}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        gh_job_clear(&none);
        g_assert_true(gh_jobs_get(jobs, cases[i].id, &found, &none, NULL));
        g_assert_true(found == cases[i].want);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    gh_store_testing_each("/jobs/a job is done and keeps its result", test_job_is_done);
    gh_store_testing_each("/jobs/a large result comes back byte by byte",
                          test_large_result_comes_back);
    gh_store_testing_each("/jobs/a result is read part by part", test_result_comes_in_parts);
    gh_store_testing_each("/jobs/the same request is the same job",
                          test_same_request_is_the_same_job);
    gh_store_testing_each("/jobs/a failed job tells why and rests", test_failed_job_tells_why);
    gh_store_testing_each("/jobs/progress is seen from other programs",
                          test_progress_is_seen_from_elsewhere);
    gh_store_testing_each("/jobs/a cancelled job stops and can be asked for again",
                          test_cancelled_job_stops);
    gh_store_testing_each("/jobs/a ninth waiting job is refused", test_too_many_are_refused);
    gh_store_testing_each("/jobs/stopping puts a running job back", test_stopping_puts_a_job_back);
    gh_store_testing_each("/jobs/the job of a killed process is taken up by another",
                          test_job_of_a_dead_process_is_taken_up);
    gh_store_testing_each("/jobs/a job that kills its program is given up",
                          test_deadly_job_is_given_up);
    gh_store_testing_each("/jobs/a worker that lost its lease stops",
                          test_worker_that_lost_its_lease_stops);
    gh_store_testing_each("/jobs/two programs do each job once",
                          test_two_programs_do_each_job_once);
    gh_store_testing_each("/jobs/old finished jobs make room", test_old_jobs_make_room);
    return g_test_run();
}
