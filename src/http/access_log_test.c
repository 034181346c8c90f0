/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* access_log_test.c - what a log line says, and that none is lost or torn. */
#include "http/access_log.h"

#include <jansson.h>
#include <string.h>
#include <unistd.h>

/* Reads fd to its end. */
static char *
drain(int fd)
{
    g_autoptr(GString) text = g_string_new(NULL);
    char bytes[4096];
    ssize_t n = 0;

    while ((n = read(fd, bytes, sizeof(bytes))) > 0)
        g_string_append_len(text, bytes, n);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void
test_line(void)
{
    int ends[2];
    g_assert_cmpint(pipe(ends), ==, 0);
    GhAccessLog *log = gh_access_log_new(ends[1]);

    gh_access_log_write(log, &(GhAccess){.run = 0xab,
                                         .number = 17,
                                         .method = "GET",
                                         .path = "/k\xc3\xa5\"\\",
                                         .status = 200,
                                         .n_bytes = 5120,
                                         .duration_us = 1042,
                                         .was_cached = true});
    gh_access_log_free(log);
    (void)close(ends[1]);
    g_autofree char *text = drain(ends[0]);
    (void)close(ends[0]);

    json_t *line = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    g_assert_nonnull(line);
    g_assert_cmpstr(json_string_value(json_object_get(line, "path")), ==, "/k\xc3\xa5\"\\");
    g_assert_cmpstr(json_string_value(json_object_get(line, "method")), ==, "GET");
    g_assert_cmpstr(json_string_value(json_object_get(line, "request")), ==, "000000ab-17");
    g_assert_cmpstr(json_string_value(json_object_get(line, "cache")), ==, "hit");
    g_assert_cmpint(json_integer_value(json_object_get(line, "status")), ==, 200);
    g_assert_cmpint(json_integer_value(json_object_get(line, "bytes")), ==, 5120);
    g_assert_cmpfloat(json_real_value(json_object_get(line, "ms")), ==, 1.042);
    g_assert_cmpuint(strlen(json_string_value(json_object_get(line, "time"))), ==,
                     strlen("2026-11-22T17:35:15.123Z"));
    json_decref(line);
}

static void
test_long_path(void)
{
    int ends[2];
    g_assert_cmpint(pipe(ends), ==, 0);
    GhAccessLog *log = gh_access_log_new(ends[1]);
    g_autoptr(GString) path = g_string_new("/");

    for (int i = 0; i < 4000; i++)
        g_string_append(path, "\xc3\xa5\"");
    gh_access_log_write(log, &(GhAccess){.number = 1, .method = "GET", .path = path->str});
    gh_access_log_free(log);
    (void)close(ends[1]);
    g_autofree char *text = drain(ends[0]);
    (void)close(ends[0]);

    json_t *line = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    g_assert_nonnull(line); /* cut between two characters: still UTF-8 */
    json_decref(line);
}

static void
test_escapes(void)
{
    static const struct {
        const char *label;
        const char *path;
        const char *want; /* in the line, between the quotes */
    } cases[] = {
        {"letters of other scripts stay", "/\xc3\xa5\xe6\x9d\xb1\xf0\x9f\x8f\x99",
         "/\xc3\xa5\xe6\x9d\xb1\xf0\x9f\x8f\x99"},
        {"quote, backslash, escape, delete", "/\"\\\x1b\x7f", "/\\u0022\\u005c\\u001b\\u007f"},
        {"U+0080, U+0085, U+009B, U+009F", "/\xc2\x80\xc2\x85\xc2\x9b\xc2\x9f",
         "/\\u0080\\u0085\\u009b\\u009f"},
        {"U+00A0 stays", "/\xc2\xa0", "/\xc2\xa0"},
        {"line and paragraph end", "/\xe2\x80\xa8\xe2\x80\xa9", "/\\u2028\\u2029"},
        {"U+202A, U+202E", "/\xe2\x80\xaa\xe2\x80\xae", "/\\u202a\\u202e"},
        {"U+2066, U+2069", "/\xe2\x81\xa6\xe2\x81\xa9", "/\\u2066\\u2069"},
        {"U+200E, U+200F, U+061C", "/\xe2\x80\x8e\xe2\x80\x8f\xd8\x9c", "/\\u200e\\u200f\\u061c"},
        {"the dash next to them stays", "/\xe2\x80\xa7\xe2\x80\xaf", "/\xe2\x80\xa7\xe2\x80\xaf"},
        {"what is not UTF-8 ends it", "/a\xffz", "/a"},
        {"a character cut short ends it", "/a\xe2\x80", "/a"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        int ends[2];
        g_assert_cmpint(pipe(ends), ==, 0);
        GhAccessLog *log = gh_access_log_new(ends[1]);

        gh_access_log_write(log, &(GhAccess){.method = "GET", .path = cases[i].path});
        gh_access_log_free(log);
        (void)close(ends[1]);
        g_autofree char *text = drain(ends[0]);
        (void)close(ends[0]);
        g_autofree char *want = g_strdup_printf("\"path\":\"%s\",\"status\"", cases[i].want);
        if (strstr(text, want) == NULL)
            g_error("%s: want %s, got %s", cases[i].label, want, text);
    }
}

enum {
    N_THREADS = 4,
    N_LINES = 5000,
};

static void *
write_lines(void *data)
{
    for (int i = 0; i < N_LINES; i++)
        gh_access_log_write(data, &(GhAccess){.number = 1, .method = "GET", .path = "/"});
    return NULL;
}

static void *
drain_in_thread(void *data)
{
    return drain(*(int *)data);
}

/* Lines that came, and those that later lines say were dropped. */
static void
test_threads(void)
{
    int ends[2];
    g_assert_cmpint(pipe(ends), ==, 0);
    GhAccessLog *log = gh_access_log_new(ends[1]);
    GThread *reader = g_thread_new("reader", drain_in_thread, &ends[0]);
    GThread *threads[N_THREADS];
    json_int_t n_lines = 0;

    for (size_t i = 0; i < N_THREADS; i++)
        threads[i] = g_thread_new("writer", write_lines, log);
    for (size_t i = 0; i < N_THREADS; i++)
        g_thread_join(threads[i]);
    /* One more, with room again, so that what was dropped is told. */
    g_usleep(2 * GH_ACCESS_LOG_DELAY_MS * G_TIME_SPAN_MILLISECOND);
    gh_access_log_write(log, &(GhAccess){.number = 1, .method = "GET", .path = "/"});
    gh_access_log_free(log);
    (void)close(ends[1]);
    g_autofree char *text = g_thread_join(reader);
    (void)close(ends[0]);

    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (size_t i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++) {
        json_t *line = json_loads(lines[i], JSON_REJECT_DUPLICATES, NULL);
        g_assert_nonnull(line);
        n_lines += 1 + json_integer_value(json_object_get(line, "dropped"));
        json_decref(line);
    }
    g_assert_cmpint(n_lines, ==, N_THREADS * N_LINES + 1);
}

static void
test_off(void)
{
    g_autoptr(GhAccessLog) log = gh_access_log_new(-1);

    gh_access_log_write(log, &(GhAccess){.number = 1, .method = "GET", .path = "/"});
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/access log/a line is one JSON object", test_line);
    g_test_add_func("/access log/characters that would steer a terminal or reader are escaped",
                    test_escapes);
    g_test_add_func("/access log/a long path is cut between characters", test_long_path);
    g_test_add_func("/access log/threads tear no line, and lost lines are counted", test_threads);
    g_test_add_func("/access log/it can be switched off", test_off);
    return g_test_run();
}
