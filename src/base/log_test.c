/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What the operator reads. Each case runs in a process of its own, whose stderr is looked at. */

#include "base/log.h"

#include <stdbool.h>
#include <string.h>

/* Whether this is the process of the case itself. */
static bool
enter_case(void)
{
    if (g_test_subprocess())
        return true;
    g_test_trap_subprocess(NULL, 0, 0);
    g_test_trap_assert_passed();
    return false;
}

static void
test_json(void)
{
    if (enter_case()) {
        gh_log_init(GH_LOG_JSON, GH_LOG_INFO);
        gh_log(GH_LOG_INFO, "server started", "listen", "127.0.0.1:8080", NULL);
        return;
    }
    g_test_trap_assert_stderr("{\"time\":\"1994-11-06T08:49:37Z\",\"level\":\"info\",\"event\":"
                              "\"server started\",\"listen\":\"127.0.0.1:8080\"}\n");
}

static void
test_json_foreign(void)
{
    if (enter_case()) {
        gh_log_init(GH_LOG_JSON, GH_LOG_INFO);
        gh_log(GH_LOG_ERROR, "refused", "path", "/a\"\n\xFFz", "host", NULL, NULL);
        return;
    }
    g_test_trap_assert_stderr(
        "*\"level\":\"error\",\"event\":\"refused\",\"path\":\"/a\\\"\\n\xEF\xBF\xBDz\","
        "\"host\":null}\n");
}

static void
test_plain(void)
{
    if (enter_case()) {
        gh_log(GH_LOG_WARNING, "nothing to do", NULL);
        gh_log(GH_LOG_INFO, "read", "file", "a.csv", "rows", "14", NULL);
        return;
    }
    g_test_trap_assert_stderr("guildhall: nothing to do\n"
                              "guildhall: read (file: a.csv, rows: 14)\n");
}

static void
test_plain_foreign(void)
{
    if (enter_case()) {
        gh_log(GH_LOG_INFO, "read", "file", "a\nguildhall: all is well\x1B[2J\xC2\x9B", NULL);
        return;
    }
    g_test_trap_assert_stderr("guildhall: read (file: a guildhall: all is well [2J )\n");
}

static void
test_level(void)
{
    if (enter_case()) {
        gh_log_init(GH_LOG_PLAIN, GH_LOG_WARNING);
        gh_log(GH_LOG_DEBUG, "one", NULL);
        gh_log(GH_LOG_INFO, "two", NULL);
        gh_log(GH_LOG_WARNING, "three", NULL);
        return;
    }
    g_test_trap_assert_stderr("guildhall: three\n");
}

static gpointer
log_many(gpointer data)
{
    for (int i = 0; i < 200; i++)
        gh_log(GH_LOG_INFO, "line", "text", data, NULL);
    return NULL;
}

static void
test_threads(void)
{
    if (enter_case()) {
        GThread *threads[4];
        g_autofree char *text = g_strnfill(300, 'x');
        for (size_t i = 0; i < G_N_ELEMENTS(threads); i++)
            threads[i] = g_thread_new("log", log_many, text);
        for (size_t i = 0; i < G_N_ELEMENTS(threads); i++)
            g_thread_join(threads[i]);
        g_print("done");
        return;
    }
    g_test_trap_assert_stdout("*done*");
    g_test_trap_assert_stderr_unmatched("*xguildhall*");
    g_test_trap_assert_stderr_unmatched("*x\n\n*");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_assert_true(g_setenv("GUILDHALL_NOW", "784111777000000", TRUE));
    g_test_add_func("/log/a server's line is JSON", test_json);
    g_test_add_func("/log/foreign bytes stay inside their JSON text", test_json_foreign);
    g_test_add_func("/log/a command's line is for people", test_plain);
    g_test_add_func("/log/foreign text cannot begin a line or move the cursor", test_plain_foreign);
    g_test_add_func("/log/messages below the level are dropped", test_level);
    g_test_add_func("/log/lines of several threads stay whole", test_threads);
    return g_test_run();
}
