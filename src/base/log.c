/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* log.c - one event, one line, one write. */

#include "base/log.h"
#include "base/clock.h"
#include "base/json_writer.h"

#include <errno.h>
#include <stdarg.h>
#include <unistd.h>

/* Set once before threads start. */
static GhLogForm log_form = GH_LOG_PLAIN;
static GhLogLevel log_level = GH_LOG_INFO;

void
gh_log_init(GhLogForm form, GhLogLevel level)
{
    log_form = form;
    log_level = level;
}

static const char *
level_name(GhLogLevel level)
{
    switch (level) {
    case GH_LOG_DEBUG:
        return "debug";
    case GH_LOG_INFO:
        return "info";
    case GH_LOG_WARNING:
        return "warning";
    case GH_LOG_ERROR:
        return "error";
    }
    g_assert_not_reached();
}

/* Values may be foreign bytes. */
static void
pair(GhJson *json, const char *key, const char *value)
{
    g_autofree char *valid = value != NULL ? g_utf8_make_valid(value, -1) : NULL;

    gh_json_pair_text(json, key, valid);
}

static void
append_json(GString *line, GhLogLevel level, const char *event, va_list pairs)
{
    GhJson json;
    g_autofree char *now = gh_clock_format_utc(gh_clock_now_us());
    const char *key = NULL;

    gh_json_init(&json, line);
    gh_json_begin_object(&json);
    gh_json_pair_text(&json, "time", now);
    gh_json_pair_text(&json, "level", level_name(level));
    pair(&json, "event", event);
    while ((key = va_arg(pairs, const char *)) != NULL)
        pair(&json, key, va_arg(pairs, const char *));
    gh_json_end_object(&json);
}

/* Foreign text cannot begin a line of its own or move the terminal's cursor: control characters,
 * also those of Unicode's second row (U+0080..U+009F), become blanks. */
static void
append_visible(GString *line, const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);

    for (const char *at = valid; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        g_string_append_unichar(line, g_unichar_iscntrl(c) ? ' ' : c);
    }
}

static void
append_plain(GString *line, const char *event, va_list pairs)
{
    const char *key = NULL;
    const char *before = " (";

    g_string_append(line, "guildhall: ");
    append_visible(line, event);
    while ((key = va_arg(pairs, const char *)) != NULL) {
        const char *value = va_arg(pairs, const char *);
        g_string_append_printf(line, "%s%s: ", before, key);
        append_visible(line, value != NULL ? value : "-");
        before = ", ";
    }
    if (*before == ',')
        g_string_append_c(line, ')');
}

/* NB: a write to a full pipe may be cut in two; what is lost then is the order, not the text. */
static void
write_line(const GString *line)
{
    static GMutex mutex;
    size_t done = 0;

    g_mutex_lock(&mutex);
    while (done < line->len) {
        ssize_t n = write(STDERR_FILENO, line->str + done, line->len - done);
        if (n < 0 && errno != EINTR)
            break; /* nowhere left to say it */
        done += n > 0 ? (size_t)n : 0;
    }
    g_mutex_unlock(&mutex);
}

void
gh_log(GhLogLevel level, const char *event, ...)
{
    g_autoptr(GString) line = NULL;
    va_list pairs;

    if (level < log_level)
        return;

    line = g_string_sized_new(256);
    va_start(pairs, event);
    if (log_form == GH_LOG_JSON)
        append_json(line, level, event, pairs);
    else
        append_plain(line, event, pairs);
    va_end(pairs);
    g_string_append_c(line, '\n');
    write_line(line);
}
