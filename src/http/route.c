/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* route.c - the table of routes and finding in it. */
#include "http/route.h"

#include <string.h>

#include "base/text.h"

/* One segment of a pattern: prefix{name}suffix, or only prefix. */
typedef struct {
    char *prefix;
    char *name; /* NULL: fixed text */
    char *suffix;
    size_t n_prefix;
    size_t n_suffix;
} Segment;

typedef struct {
    GhRouteEntry entry;
    Segment segments[GH_ROUTE_SEGMENTS_MAX];
    size_t n_segments;
} Pattern;

struct GhRoutes {
    GPtrArray *patterns; /* of Pattern, the most fixed first */
};

typedef struct {
    const char *text;
    size_t n;
} Slice;

static void
free_pattern(void *data)
{
    Pattern *pattern = data;

    for (size_t i = 0; i < pattern->n_segments; i++) {
        g_free(pattern->segments[i].prefix);
        g_free(pattern->segments[i].name);
        g_free(pattern->segments[i].suffix);
    }
    g_free(pattern);
}

/* 0 when the path has more segments than any pattern. "/" is one empty segment. */
static size_t
split_path(const char *path, Slice slices[GH_ROUTE_SEGMENTS_MAX])
{
    size_t n_slices = 0;

    if (path[0] != '/')
        return 0;
    for (const char *at = path; at != NULL;) {
        const char *start = at + 1;
        const char *end = strchr(start, '/');

        if (n_slices == GH_ROUTE_SEGMENTS_MAX)
            return 0;
        slices[n_slices].text = start;
        slices[n_slices].n = end != NULL ? (size_t)(end - start) : strlen(start);
        n_slices++;
        at = end;
    }
    return n_slices;
}

static Segment
parse_segment(const Slice *slice)
{
    g_autofree char *text = g_strndup(slice->text, slice->n);
    const char *open = strchr(text, '{');

    if (open == NULL)
        return (Segment){.n_prefix = slice->n, .prefix = g_steal_pointer(&text)};

    const char *close = strchr(open, '}');
    g_assert(close != NULL && close > open + 1 && strchr(close, '{') == NULL);
    Segment segment = {
        .prefix = g_strndup(text, (size_t)(open - text)),
        .name = g_strndup(open + 1, (size_t)(close - open - 1)),
        .suffix = g_strdup(close + 1),
    };
    segment.n_prefix = strlen(segment.prefix);
    segment.n_suffix = strlen(segment.suffix);
    return segment;
}

static Pattern *
parse_pattern(const GhRoute *route, void *data)
{
    Slice slices[GH_ROUTE_SEGMENTS_MAX];
    Pattern *pattern = g_new0(Pattern, 1);
    size_t n_places = 0;

    pattern->entry = (GhRouteEntry){.route = route, .data = data};
    pattern->n_segments = split_path(route->path, slices);
    g_assert(pattern->n_segments > 0);
    for (size_t i = 0; i < pattern->n_segments; i++) {
        pattern->segments[i] = parse_segment(&slices[i]);
        n_places += pattern->segments[i].name != NULL;
    }
    g_assert(n_places <= GH_ROUTE_PLACES_MAX);
    return pattern;
}

/* How much a segment leaves open: 0 fixed, 1 a place with text around it, 2 a bare place. */
static int
rank_segment(const Segment *segment)
{
    if (segment->name == NULL)
        return 0;
    return segment->n_prefix + segment->n_suffix > 0 ? 1 : 2;
}

static int
compare_patterns(const void *a, const void *b)
{
    const Pattern *left = *(Pattern *const *)a;
    const Pattern *right = *(Pattern *const *)b;
    size_t n = MIN(left->n_segments, right->n_segments);

    for (size_t i = 0; i < n; i++) {
        int difference = rank_segment(&left->segments[i]) - rank_segment(&right->segments[i]);
        if (difference != 0)
            return difference;
    }
    return (int)left->n_segments - (int)right->n_segments;
}

static bool
is_id(const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!g_ascii_isalnum(text[i]) && text[i] != '.' && text[i] != '_' && text[i] != '-')
            return false;
    }
    return n > 0;
}

/* Whether the segment fits; a place is noted. */
static bool
match_segment(const Segment *segment, const Slice *slice, GhRouteMatch *match)
{
    if (segment->name == NULL)
        return slice->n == segment->n_prefix && memcmp(slice->text, segment->prefix, slice->n) == 0;

    if (slice->n <= segment->n_prefix + segment->n_suffix
        || memcmp(slice->text, segment->prefix, segment->n_prefix) != 0
        || memcmp(slice->text + slice->n - segment->n_suffix, segment->suffix, segment->n_suffix)
               != 0)
        return false;

    const char *text = slice->text + segment->n_prefix;
    size_t n_text = slice->n - segment->n_prefix - segment->n_suffix;
    if (!is_id(text, n_text))
        return false;
    match->places[match->n_places++] =
        (GhPlace){.name = segment->name, .text = text, .n_text = n_text};
    return true;
}

static bool
match_pattern(const Pattern *pattern, const Slice *slices, size_t n_slices, GhRouteMatch *match)
{
    match->n_places = 0;
    if (pattern->n_segments != n_slices)
        return false;
    for (size_t i = 0; i < n_slices; i++) {
        if (!match_segment(&pattern->segments[i], &slices[i], match))
            return false;
    }
    return true;
}

GhRoutes *
gh_routes_new(void)
{
    GhRoutes *routes = g_new0(GhRoutes, 1);

    routes->patterns = g_ptr_array_new_with_free_func(free_pattern);
    return routes;
}

void
gh_routes_free(GhRoutes *routes)
{
    if (routes == NULL)
        return;
    g_ptr_array_unref(routes->patterns);
    g_free(routes);
}

void
gh_routes_add(GhRoutes *routes, const GhRoute *table, size_t n_routes, void *data)
{
    for (size_t i = 0; i < n_routes; i++) {
        g_assert(table[i].handler != NULL);
        g_ptr_array_add(routes->patterns, parse_pattern(&table[i], data));
    }
    g_ptr_array_sort(routes->patterns, compare_patterns);
}

void
gh_routes_match(const GhRoutes *routes, GhMethod method, const char *path, GhRouteMatch *ret_match)
{
    Slice slices[GH_ROUTE_SEGMENTS_MAX];
    size_t n_slices = split_path(path, slices);
    GhRouteMatch match = {0};

    for (guint i = 0; n_slices > 0 && i < routes->patterns->len; i++) {
        const Pattern *pattern = g_ptr_array_index(routes->patterns, i);

        if (!match_pattern(pattern, slices, n_slices, &match))
            continue;
        match.allows_get = match.allows_get || pattern->entry.route->method == GH_GET;
        match.allows_post = match.allows_post || pattern->entry.route->method == GH_POST;
        if (pattern->entry.route->method == method) {
            match.entry = &pattern->entry;
            break;
        }
    }

    *ret_match = match;
}

static bool
is_number(const char *value, gint64 lowest, gint64 highest)
{
    guint64 number = 0;

    return g_ascii_string_to_unsigned(value, 10, (guint64)lowest, (guint64)highest, &number, NULL);
}

/* Valid UTF-8 without control characters; tabs and line ends may stand in what people type. */
static bool
is_text(const char *value, size_t max_length)
{
    static const size_t TEXT_MAX_DEFAULT = 200; /* a line in a form */

    if (strlen(value) > (max_length != 0 ? max_length : TEXT_MAX_DEFAULT))
        return false;
    for (size_t i = 0; value[i] != '\0'; i++) {
        unsigned char c = (unsigned char)value[i];
        unsigned char next = (unsigned char)value[i + 1];
        bool is_control = (c < 0x20 && c != '\t' && c != '\r' && c != '\n') || c == 0x7f
                          || (c == 0xc2 && next < 0xa0); /* U+0080 to U+009F */
        if (is_control)
            return false;
    }
    return true;
}

static bool
is_choice(const char *value, const char *choices)
{
    size_t n = strlen(value);

    for (const char *at = choices; at != NULL;) {
        size_t n_choice = strcspn(at, "|");
        if (n_choice == n && strncmp(at, value, n) == 0)
            return true;
        at = at[n_choice] == '|' ? at + n_choice + 1 : NULL;
    }
    return false;
}

bool
gh_param_accepts(const GhParam *param, const char *value)
{
    static const size_t ID_MAX = 200;
    static const gint64 INT_MAX_EXACT = G_GINT64_CONSTANT(1) << 53; /* exact in JSON readers too */

    switch (param->kind) {
    case GH_PARAM_TEXT:
        return is_text(value, param->max_length);
    case GH_PARAM_SLUG:
        return gh_text_is_slug(value);
    case GH_PARAM_ID:
        return strlen(value) <= ID_MAX && is_id(value, strlen(value));
    case GH_PARAM_YEAR:
        return is_number(value, 1900, 2200);
    case GH_PARAM_INT:
        return is_number(value, 0, INT_MAX_EXACT);
    case GH_PARAM_CHOICE:
        return is_choice(value, param->choices);
    }
    g_assert_not_reached();
}
