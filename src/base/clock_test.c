/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Times in their two written forms. */

#include "base/clock.h"

/* Expected texts: date -u of GNU coreutils. */
static const struct {
    int64_t time_us;
    const char *utc;
    const char *http;
} cases[] = {
    {0, "1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT"},
    {784111777000000, "1994-11-06T08:49:37Z", "Sun, 06 Nov 1994 08:49:37 GMT"}, /* of RFC 9110 */
    {1582934400999999, "2020-02-29T00:00:00Z", "Sat, 29 Feb 2020 00:00:00 GMT"},
    {-1, "1969-12-31T23:59:59Z", "Wed, 31 Dec 1969 23:59:59 GMT"},
    {-1000000, "1969-12-31T23:59:59Z", "Wed, 31 Dec 1969 23:59:59 GMT"},
    {INT64_C(253402300799000000), "9999-12-31T23:59:59Z", "Fri, 31 Dec 9999 23:59:59 GMT"},
};

static void
test_formats(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *utc = gh_clock_format_utc(cases[i].time_us);
        g_autofree char *http = gh_clock_format_http(cases[i].time_us);
        g_assert_cmpstr(utc, ==, cases[i].utc);
        g_assert_cmpstr(http, ==, cases[i].http);
    }
}

static void
test_fixed(void)
{
    g_assert_cmpint(gh_clock_now_us(), ==, 784111777000000);
    g_assert_true(g_setenv("GUILDHALL_NOW", "5", TRUE));
    g_assert_cmpint(gh_clock_now_us(), ==, 784111777000000);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_assert_true(g_setenv("GUILDHALL_NOW", "784111777000000", TRUE));
    g_test_add_func("/clock/times are written in UTC, seconds rounded down", test_formats);
    g_test_add_func("/clock/a test can fix the clock once", test_fixed);
    return g_test_run();
}
