/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* location.c - what names a database, and how it may be shown.
 *
 * An address may hold a password, and one with a slip in it holds the password where libpq, and a
 * message, would take it for something else. So what is shown is cut generously, and whatever could
 * be an address gone wrong is refused before anybody quotes it.
 */
#include "store/store_engine.h"

#include <libpq-fe.h>
#include <string.h>

static const char *const SCHEMES[] = {"postgresql://", "postgres://"};

static const char UNKNOWN[] =
    "the location of the database is neither a file nor an address that this program knows: give "
    "the path of a file, or postgresql://user@host/name";

static const char UNREADABLE[] =
    "the address of the database cannot be read: it is postgresql://user:password@host:port/name; "
    "write %40 for @, %3A for :, %2F for /, %3F for ?, %23 for #, %25 for % in the password, "
    "or leave it to PGPASSFILE";

/* Behind the scheme, whichever case it is written in; NULL: no address of PostgreSQL. */
static const char *
behind_scheme(const char *location)
{
    for (size_t i = 0; i < G_N_ELEMENTS(SCHEMES); i++) {
        size_t n = strlen(SCHEMES[i]);
        if (g_ascii_strncasecmp(location, SCHEMES[i], n) == 0)
            return location + n;
    }
    return NULL;
}

bool
gh_store_is_address(const char *location)
{
    return behind_scheme(location) != NULL;
}

char *
gh_store_libpq_address(const char *location)
{
    return g_strconcat(SCHEMES[0], behind_scheme(location), NULL);
}

/* "password=", also with blanks: libpq's other form of an address, or a slip on the way to it. */
static bool
names_password(const char *text)
{
    static const char word[] = "password";
    g_autofree char *lower = g_ascii_strdown(text, -1);

    for (const char *at = lower; (at = strstr(at, word)) != NULL;) {
        at += strlen(word);
        if (at[strspn(at, " \t\r\n")] == '=')
            return true;
    }
    return false;
}

/* Whether ports are all that follows a colon in "host:port,[::1]:port/name". */
static bool
has_ports_only(const char *text)
{
    bool in_brackets = false;

    for (const char *at = text; *at != '\0' && *at != '/'; at++) {
        if (*at == '[' || *at == ']')
            in_brackets = *at == '[';
        if (*at != ':' || in_brackets)
            continue;
        const char *end = at + 1 + strspn(at + 1, G_CSET_DIGITS);
        if (*end != '\0' && *end != '/' && *end != ',')
            return false;
    }
    return true;
}

/* Not one that is known: another scheme, keyword=value, user:password@host. */
static bool
looks_like_address(const char *location)
{
    g_assert(location != NULL);
    const char *start = location + strspn(location, " \t\r\n");
    const char *behind_word = start + strspn(start, G_CSET_A_2_Z G_CSET_a_2_z "_");
    const char *colon = strchr(start, ':');

    if (behind_word > start && behind_word[strspn(behind_word, " \t\r\n")] == '=')
        return true;
    if (g_ascii_strncasecmp(start, "postgres", strlen("postgres")) == 0 && colon != NULL)
        return true;
    return strstr(start, "://") != NULL || names_password(start)
           || (colon != NULL && strchr(colon, '@') != NULL);
}

/* -- showing -- */

/* Host, port and name of an address; NULL: what is what cannot be told, so nothing is fit. */
static char *
fit_part(const char *rest)
{
    size_t n_before_query = strcspn(rest, "?");
    g_autofree char *before = g_strndup(rest, n_before_query);

    /* An @ behind the ? stands in an option, or the ? stands in the password. */
    if (strchr(rest + n_before_query, '@') != NULL && strpbrk(before, ":@") != NULL)
        return NULL;

    const char *at = strrchr(before, '@');
    const char *start = at == NULL ? before : at + 1;
    g_autofree char *part = g_strndup(start, strcspn(start, "#"));
    if (!has_ports_only(part) || names_password(part))
        return NULL;
    return g_steal_pointer(&part);
}

char *
gh_store_shown_location(const char *location)
{
    const char *rest = behind_scheme(location);
    if (rest == NULL)
        return g_strdup(looks_like_address(location) ? "(not shown)" : location);

    g_autofree char *part = fit_part(rest);
    return g_strconcat(SCHEMES[0], part == NULL ? "..." : part, NULL);
}

/* -- refusing -- */

/* libpq reads a raw @ or / of the password as the end of something, and would quote the rest. */
static bool
is_plain_address(const char *rest)
{
    g_autofree char *before = g_strndup(rest, strcspn(rest, "?"));
    const char *at = strchr(before, '@');
    const char *slash = strchr(before, '/');

    if (at != NULL && (strchr(at + 1, '@') != NULL || (slash != NULL && slash < at)))
        return false;
    return has_ports_only(at == NULL ? before : at + 1) && !names_password(before);
}

static bool
libpq_can_read(const char *location)
{
    g_autofree char *address = gh_store_libpq_address(location);
    char *message = NULL; /* quotes the address */

    PQconninfoOption *options = PQconninfoParse(address, &message);
    PQfreemem(message);
    bool readable = options != NULL;
    PQconninfoFree(options);
    return readable;
}

bool
gh_store_check_location(const char *location, GError **error)
{
    const char *rest = behind_scheme(location);
    const char *fault = NULL;

    if (rest == NULL && looks_like_address(location))
        fault = UNKNOWN;
    if (rest != NULL && !(is_plain_address(rest) && libpq_can_read(location)))
        fault = UNREADABLE;
    if (fault == NULL)
        return true;
    g_set_error_literal(error, GH_STORE_ERROR, GH_STORE_ERROR_OPEN, fault);
    return false;
}
