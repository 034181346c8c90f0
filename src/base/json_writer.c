/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* json_writer.c - JSON text as RFC 8259 has it. */

#include "base/json_writer.h"
#include "base/number.h"

#include <math.h>
#include <string.h>

void
gh_json_init(GhJson *json, GString *out)
{
    json->out = out;
    json->need_comma = false;
}

/* Before each value or key: the comma that the one before it left owing. */
static void
separate(GhJson *json)
{
    if (json->need_comma)
        g_string_append_c(json->out, ',');
    json->need_comma = true;
}

static void
begin(GhJson *json, char bracket)
{
    separate(json);
    g_string_append_c(json->out, bracket);
    json->need_comma = false;
}

static void
end(GhJson *json, char bracket)
{
    g_string_append_c(json->out, bracket);
    json->need_comma = true;
}

void
gh_json_begin_object(GhJson *json)
{
    begin(json, '{');
}

void
gh_json_end_object(GhJson *json)
{
    end(json, '}');
}

void
gh_json_begin_array(GhJson *json)
{
    begin(json, '[');
}

void
gh_json_end_array(GhJson *json)
{
    end(json, ']');
}

static void
append_escaped(GString *out, char c)
{
    static const char CONTROLS[] = "\b\f\n\r\t";
    static const char LETTERS[] = "bfnrt";

    if (c == '"' || c == '\\') {
        g_string_append_c(out, '\\');
        g_string_append_c(out, c);
        return;
    }
    const char *control = strchr(CONTROLS, c);
    if (control != NULL) {
        g_string_append_c(out, '\\');
        g_string_append_c(out, LETTERS[control - CONTROLS]);
        return;
    }
    g_string_append_printf(out, "\\u%04x", (unsigned)(unsigned char)c);
}

static bool
is_plain(char c)
{
    return (unsigned char)c >= 0x20 && c != '"' && c != '\\';
}

static void
append_string(GString *out, const char *text)
{
    g_assert(g_utf8_validate(text, -1, NULL));

    g_string_append_c(out, '"');
    for (const char *at = text; *at != '\0';) {
        const char *run = at;
        while (*at != '\0' && is_plain(*at))
            at++;
        g_string_append_len(out, run, at - run);
        if (*at != '\0')
            append_escaped(out, *at++);
    }
    g_string_append_c(out, '"');
}

void
gh_json_key(GhJson *json, const char *key)
{
    separate(json);
    append_string(json->out, key);
    g_string_append_c(json->out, ':');
    json->need_comma = false;
}

void
gh_json_text(GhJson *json, const char *text)
{
    if (text == NULL) {
        gh_json_null(json);
        return;
    }
    separate(json);
    append_string(json->out, text);
}

void
gh_json_number(GhJson *json, double value)
{
    char text[GH_NUMBER_TEXT_SIZE];

    g_assert(isfinite(value));
    separate(json);
    g_string_append(json->out, gh_number_format(value, text));
}

void
gh_json_int(GhJson *json, int64_t value)
{
    separate(json);
    g_string_append_printf(json->out, "%" G_GINT64_FORMAT, value);
}

void
gh_json_bool(GhJson *json, bool value)
{
    separate(json);
    g_string_append(json->out, value ? "true" : "false");
}

void
gh_json_null(GhJson *json)
{
    separate(json);
    g_string_append(json->out, "null");
}

void
gh_json_pair_text(GhJson *json, const char *key, const char *text)
{
    gh_json_key(json, key);
    gh_json_text(json, text);
}

void
gh_json_pair_number(GhJson *json, const char *key, double value)
{
    gh_json_key(json, key);
    gh_json_number(json, value);
}

void
gh_json_pair_int(GhJson *json, const char *key, int64_t value)
{
    gh_json_key(json, key);
    gh_json_int(json, value);
}

void
gh_json_pair_bool(GhJson *json, const char *key, bool value)
{
    gh_json_key(json, key);
    gh_json_bool(json, value);
}

void
gh_json_pair_null(GhJson *json, const char *key)
{
    gh_json_key(json, key);
    gh_json_null(json);
}
