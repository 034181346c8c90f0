/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* clock.c - the one place that reads the time of day. */

#include "base/clock.h"

#include <time.h>

static const int64_t US_PER_SECOND = 1000000;

/* The fixed time of a test, or 0. */
static int64_t
fixed_now_us(void)
{
    static gsize done = 0;
    static int64_t fixed = 0;

    if (g_once_init_enter(&done)) {
        const char *text = g_getenv("GUILDHALL_NOW");
        guint64 value = 0;
        if (text != NULL
            && g_ascii_string_to_unsigned(text, 10, 1, (guint64)INT64_MAX, &value, NULL))
            fixed = (int64_t)value;
        g_once_init_leave(&done, 1);
    }
    return fixed;
}

int64_t
gh_clock_now_us(void)
{
    int64_t fixed = fixed_now_us();

    return fixed != 0 ? fixed : g_get_real_time();
}

/* Seconds are rounded down, also before 1970. */
static struct tm
split(int64_t time_us)
{
    int64_t seconds = time_us / US_PER_SECOND - (time_us % US_PER_SECOND < 0 ? 1 : 0);
    time_t whole = (time_t)seconds;
    struct tm parts = {.tm_mday = 1};

    /* Fails beyond the year 2^31 only, which 64-bit microseconds do not reach. */
    (void)gmtime_r(&whole, &parts);
    return parts;
}

char *
gh_clock_format_utc(int64_t time_us)
{
    struct tm t = split(time_us);

    return g_strdup_printf("%04d-%02d-%02dT%02d:%02d:%02dZ", t.tm_year + 1900, t.tm_mon + 1,
                           t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec);
}

/* RFC 9110, section 5.6.7: English names whatever the locale, so not strftime. */
char *
gh_clock_format_http(int64_t time_us)
{
    static const char *const DAYS[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char *const MONTHS[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    struct tm t = split(time_us);

    return g_strdup_printf("%s, %02d %s %04d %02d:%02d:%02d GMT", DAYS[t.tm_wday], t.tm_mday,
                           MONTHS[t.tm_mon], t.tm_year + 1900, t.tm_hour, t.tm_min, t.tm_sec);
}
