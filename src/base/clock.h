/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* clock.h - the time, and its written form.
 *
 * Time      Microseconds since 1970-01-01T00:00:00Z, UTC, proleptic Gregorian.
 * Threads   Safe from every thread. Tests may fix the clock by the environment variable
 *           GUILDHALL_NOW (microseconds), read once.
 */
#pragma once

#include <glib.h>
#include <stdint.h>

int64_t gh_clock_now_us(void);

/* "2026-11-22T17:35:15Z"; the caller owns it. */
char *gh_clock_format_utc(int64_t time_us);

/* "Sun, 22 Nov 2026 17:35:15 GMT", for HTTP headers; the caller owns it. */
char *gh_clock_format_http(int64_t time_us);
