/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/audit.h"

#include "store/store_testing.h"

#include <pthread.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static bool
append_three(GhDb *db, void *data, GError **error)
{
    static const GhAuditEntry entries[] = {
        {.actor = "operator", .action = "city add", .subject = "karmoy"},
        {.actor = "operator",
         .action = "import figures",
         .subject = "figures.csv",
         .detail = "{\"rows\":3}",
         .digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
        {.actor = "operator", .action = "city add", .subject = "riyadh", .detail = ""},
    };
    (void)data;
    for (size_t i = 0; i < G_N_ELEMENTS(entries); i++) {
        int64_t seq = 0;
        if (!gh_audit_append(db, &entries[i], &seq, error))
            return false;
        g_assert_cmpint(seq, ==, (int64_t)i + 1);
    }
    return true;
}

static void
fill(GhStoreTesting *testing)
{
    g_autoptr(GError) error = NULL;
    gh_store_write(testing->store, append_three, NULL, &error);
    g_assert_no_error(error);
}

static void
expect(GhStoreTesting *testing, int64_t want_bad_seq, const char *want_in_fault)
{
    g_autoptr(GError) error = NULL;
    g_auto(GhAuditReport) report = {0};

    gh_audit_verify(testing->store, &report, &error);
    g_assert_no_error(error);
    g_assert_false(report.intact);
    g_assert_cmpint(report.bad_seq, ==, want_bad_seq);
    g_assert_nonnull(strstr(report.fault, want_in_fault));
}

static void
test_empty_chain_is_intact(GhStoreTesting *testing)
{
    g_auto(GhAuditReport) report = {0};
    g_assert_true(gh_audit_verify(testing->store, &report, NULL));
    g_assert_true(report.intact);
    g_assert_cmpint(report.n_entries, ==, 0);
}

static void
test_untouched_chain_is_intact(GhStoreTesting *testing)
{
    g_auto(GhAuditReport) report = {0};
    fill(testing);
    g_assert_true(gh_audit_verify(testing->store, &report, NULL));
    g_assert_true(report.intact);
    g_assert_cmpint(report.n_entries, ==, 3);
    g_assert_null(report.fault);
}

/* The expected number was made with another program from the text in audit.h:
 *   printf 'guildhall audit 1\n1:1,16:1600000000000000,8:operator,8:city add,6:karmoy,-,-,64:000...0,'
 *   | sha256sum                                                     (64 zeros) */
static void
test_hash_is_as_documented(GhStoreTesting *testing)
{
    fill(testing);
    gh_store_testing_script(
        testing->location,
        "DELETE FROM audit_entry WHERE seq > 1;"
        "UPDATE audit_entry SET time_us = 1600000000000000,"
        " hash = '53c6dc6745cad01a28665a5a1565d1e131964dda558c5a2369fbb2c7dfd06ae2';"
        "UPDATE audit_head SET seq = 1,"
        " hash = '53c6dc6745cad01a28665a5a1565d1e131964dda558c5a2369fbb2c7dfd06ae2'");
    g_auto(GhAuditReport) report = {0};
    g_assert_true(gh_audit_verify(testing->store, &report, NULL));
    g_assert_cmpstr(report.fault, ==, NULL);
}

static const struct {
    const char *label;
    const char *sql;
    int64_t bad_seq;
    const char *fault;
} tamperings[] = {
    {"an altered subject", "UPDATE audit_entry SET subject = 'oslo' WHERE seq = 2", 2, "altered"},
    {"an altered time", "UPDATE audit_entry SET time_us = time_us + 1 WHERE seq = 1", 1, "altered"},
    {"an altered hash", "UPDATE audit_entry SET hash = REPLACE(hash, SUBSTR(hash, 1, 1), 'x')", 1,
     "altered"},
    {"a detail taken away", "UPDATE audit_entry SET detail = NULL WHERE seq = 3", 3, "altered"},
    {"text moved over a border",
     "UPDATE audit_entry SET actor = 'operatorcity', action = ' add' WHERE seq = 1", 1, "altered"},
    {"the first entry missing", "DELETE FROM audit_entry WHERE seq = 1", 1, "missing"},
    {"an entry missing in the middle", "DELETE FROM audit_entry WHERE seq = 2", 2, "missing"},
    {"a gap closed by renumbering",
     "DELETE FROM audit_entry WHERE seq = 2; UPDATE audit_entry SET seq = 2 WHERE seq = 3;"
     "UPDATE audit_head SET seq = 2",
     2, "altered or moved"},
    {"the end cut off", "DELETE FROM audit_entry WHERE seq = 3", 3, "cut off"},
    {"the end cut off and the head's number with it",
     "DELETE FROM audit_entry WHERE seq = 3; UPDATE audit_head SET seq = 2", 2, "another hash"},
    {"all entries deleted", "DELETE FROM audit_entry", 1, "cut off"},
    {"two entries changing places",
     "UPDATE audit_entry SET seq = 99 WHERE seq = 2; UPDATE audit_entry SET seq = 2 WHERE seq = 3;"
     "UPDATE audit_entry SET seq = 3 WHERE seq = 99",
     2, "altered or moved"},
    {"an entry put behind the head",
     "INSERT INTO audit_entry (seq, time_us, actor, action, subject, hash)"
     " SELECT 4, time_us, actor, action, subject, hash FROM audit_entry WHERE seq = 3",
     4, "altered"},
    {"the head moved back", "UPDATE audit_head SET seq = 2", 3, "behind the head"},
    {"the head gone", "DELETE FROM audit_head", 0, "head of the chain is missing"},
};

static void
test_tampering_is_found(GhStoreTesting *testing)
{
    for (size_t i = 0; i < G_N_ELEMENTS(tamperings); i++) {
        g_autoptr(GError) error = NULL;
        g_test_message("%s", tamperings[i].label);
        g_clear_pointer(&testing->store, gh_store_free);
        g_free(testing->location);
        g_autofree char *name = g_strdup_printf("tampered%zu", i);
        testing->location = gh_store_testing_location(testing, testing->engine, name);
        testing->store = gh_store_open(testing->location, GH_STORE_CREATE_OR_UPGRADE, &error);
        g_assert_no_error(error);

        fill(testing);
        gh_store_testing_script(testing->location, tamperings[i].sql);
        expect(testing, tamperings[i].bad_seq, tamperings[i].fault);
    }
}

/* -- many writers -- */

enum {
    THREADS = 4,
    WRITES = 25
};

static bool
append_one(GhDb *db, void *data, GError **error)
{
    const GhAuditEntry entry = {.actor = "operator", .action = "test add", .subject = data};
    return gh_audit_append(db, &entry, NULL, error);
}

static void *
write_some(void *data)
{
    GhStore *store = data;
    static char subject[] = "thread";
    for (int i = 0; i < WRITES; i++) {
        g_autoptr(GError) error = NULL;
        gh_store_write(store, append_one, subject, &error);
        g_assert_no_error(error);
    }
    return NULL;
}

static void
test_threads_keep_the_chain(GhStoreTesting *testing)
{
    g_auto(GhAuditReport) report = {0};
    pthread_t threads[THREADS];

    for (int i = 0; i < THREADS; i++)
        g_assert_cmpint(pthread_create(&threads[i], NULL, write_some, testing->store), ==, 0);
    for (int i = 0; i < THREADS; i++)
        g_assert_cmpint(pthread_join(threads[i], NULL), ==, 0);

    g_assert_true(gh_audit_verify(testing->store, &report, NULL));
    g_assert_cmpstr(report.fault, ==, NULL);
    g_assert_cmpint(report.n_entries, ==, THREADS * WRITES);
}

static void
test_processes_keep_the_chain(GhStoreTesting *testing)
{
    enum {
        PROCESSES = 2
    };
    pid_t children[PROCESSES];
    g_auto(GhAuditReport) report = {0};

    g_clear_pointer(&testing->store, gh_store_free); /* a connection does not survive a fork */
    for (int i = 0; i < PROCESSES; i++) {
        children[i] = fork();
        g_assert_cmpint(children[i], >=, 0);
        if (children[i] == 0) {
            GhStore *store = gh_store_open(testing->location, GH_STORE_MUST_EXIST, NULL);
            if (store == NULL)
                _exit(1);
            write_some(store);
            gh_store_free(store);
            _exit(0);
        }
    }
    for (int i = 0; i < PROCESSES; i++) {
        int status = -1;
        g_assert_cmpint(waitpid(children[i], &status, 0), ==, children[i]);
        g_assert_cmpint(status, ==, 0);
    }

    testing->store = gh_store_open(testing->location, GH_STORE_MUST_EXIST, NULL);
    g_assert_true(gh_audit_verify(testing->store, &report, NULL));
    g_assert_cmpstr(report.fault, ==, NULL);
    g_assert_cmpint(report.n_entries, ==, PROCESSES * WRITES);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    gh_store_testing_each("/audit/an empty chain is intact", test_empty_chain_is_intact);
    gh_store_testing_each("/audit/an untouched chain is intact", test_untouched_chain_is_intact);
    gh_store_testing_each("/audit/the hash is made as documented", test_hash_is_as_documented);
    gh_store_testing_each("/audit/altered, missing and moved entries are found",
                          test_tampering_is_found);
    gh_store_testing_each("/audit/threads that write at once keep the chain",
                          test_threads_keep_the_chain);
    gh_store_testing_each("/audit/processes that write at once keep the chain",
                          test_processes_keep_the_chain);
    return g_test_run();
}
