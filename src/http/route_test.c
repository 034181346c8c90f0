/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* route_test.c - which handler belongs to a path, and which parameters it may see. */
#include "http/route.h"

#include <string.h>

static bool
never(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    (void)request;
    (void)reply;
    (void)data;
    (void)error;
    g_assert_not_reached();
}

/* The least fixed come first here, so that order in the table is seen not to matter. */
static const GhRoute table[] = {
    {.method = GH_GET, .path = "/cities/{slug}", .handler = never},
    {.method = GH_GET, .path = "/cities/{slug}.csv", .handler = never},
    {.method = GH_GET, .path = "/cities/new", .handler = never},
    {.method = GH_GET, .path = "/cities", .handler = never},
    {.method = GH_POST, .path = "/cities", .handler = never},
    {.method = GH_POST, .path = "/jobs/{id}/cancel", .handler = never},
    {.method = GH_GET, .path = "/cities/{slug}/figures.{format}", .handler = never},
    {.method = GH_GET, .path = "/", .handler = never},
};

/* "PATTERN name=text ...", "405 GET POST", or "404". */
static char *
describe(const GhRoutes *routes, GhMethod method, const char *path)
{
    GhRouteMatch match;
    g_autoptr(GString) text = g_string_new(NULL);

    gh_routes_match(routes, method, path, &match);
    if (match.entry == NULL) {
        g_string_append(text, match.allows_get || match.allows_post ? "405" : "404");
        g_string_append(text, match.allows_get ? " GET" : "");
        g_string_append(text, match.allows_post ? " POST" : "");
        return g_string_free(g_steal_pointer(&text), FALSE);
    }
    g_string_append(text, match.entry->route->path);
    for (size_t i = 0; i < match.n_places; i++)
        g_string_append_printf(text, " %s=%.*s", match.places[i].name, (int)match.places[i].n_text,
                               match.places[i].text);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void
test_match(void)
{
    static const struct {
        GhMethod method;
        const char *path;
        const char *want;
    } cases[] = {
        {GH_GET, "/", "/"},
        {GH_GET, "/cities", "/cities"},
        {GH_POST, "/cities", "/cities"},
        {GH_GET, "/cities/karmoy", "/cities/{slug} slug=karmoy"},
        {GH_GET, "/cities/new", "/cities/new"},
        {GH_GET, "/cities/new.csv", "/cities/{slug}.csv slug=new"},
        {GH_GET, "/cities/.csv", "/cities/{slug} slug=.csv"},
        {GH_GET, "/cities/a.b.csv", "/cities/{slug}.csv slug=a.b"},
        {GH_GET, "/cities/a/figures.json", "/cities/{slug}/figures.{format} slug=a format=json"},
        {GH_GET, "/cities/a/figures.", "404"},
        {GH_GET, "/cities/", "404"},
        {GH_GET, "/cities/a/", "404"},
        {GH_GET, "//cities", "404"},
        {GH_GET, "/Cities", "404"},
        {GH_GET, "/citie", "404"},
        {GH_GET, "/citiess", "404"},
        {GH_GET, "/cities/a b", "404"},
        {GH_GET, "/cities/k\xc3\xa5", "404"},
        {GH_GET, "*", "404"},
        {GH_GET, "/a/b/c/d/e/f/g/h/i/j/k/l", "404"},
        {GH_POST, "/cities/karmoy", "405 GET"},
        {GH_GET, "/jobs/1/cancel", "405 POST"},
        {GH_POST, "/jobs/1/cancel", "/jobs/{id}/cancel id=1"},
    };
    g_autoptr(GhRoutes) routes = gh_routes_new();

    gh_routes_add(routes, table, G_N_ELEMENTS(table), NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = describe(routes, cases[i].method, cases[i].path);
        if (strcmp(got, cases[i].want) != 0)
            g_error("%s: want %s, got %s", cases[i].path, cases[i].want, got);
    }
}

static void
test_data(void)
{
    g_autoptr(GhRoutes) routes = gh_routes_new();
    GhRouteMatch match;
    int mine = 0;

    gh_routes_add(routes, table, 1, &mine);
    gh_routes_add(routes, table + 1, 1, NULL);
    gh_routes_match(routes, GH_GET, "/cities/x", &match);
    g_assert_true(match.entry->data == &mine);
    g_assert_true(match.entry->route == &table[0]);
}

static void
test_params(void)
{
    static const struct {
        GhParam param;
        const char *value;
        bool want;
    } cases[] = {
        {{.kind = GH_PARAM_YEAR}, "1900", true},
        {{.kind = GH_PARAM_YEAR}, "1899", false},
        {{.kind = GH_PARAM_YEAR}, "2200", true},
        {{.kind = GH_PARAM_YEAR}, "2201", false},
        {{.kind = GH_PARAM_YEAR}, "+2020", false},
        {{.kind = GH_PARAM_YEAR}, " 2020", false},
        {{.kind = GH_PARAM_YEAR}, "2020.0", false},
        {{.kind = GH_PARAM_INT}, "0", true},
        {{.kind = GH_PARAM_INT}, "9007199254740992", true},
        {{.kind = GH_PARAM_INT}, "9007199254740993", false},
        {{.kind = GH_PARAM_INT}, "-1", false},
        {{.kind = GH_PARAM_INT}, "99999999999999999999999", false},
        {{.kind = GH_PARAM_SLUG}, "abu-dhabi", true},
        {{.kind = GH_PARAM_SLUG}, "Abu", false},
        {{.kind = GH_PARAM_SLUG}, "a--b", false},
        {{.kind = GH_PARAM_ID}, "EC.ICT.ICT.1C", true},
        {{.kind = GH_PARAM_ID}, "a/b", false},
        {{.kind = GH_PARAM_ID}, "k\xc3\xa5", false},
        {{.kind = GH_PARAM_TEXT}, "K\xc3\xa5r, m\xc3\xb8y & <b>", true},
        {{.kind = GH_PARAM_TEXT}, "a\nb", true},
        {{.kind = GH_PARAM_TEXT}, "a\033b", false},
        {{.kind = GH_PARAM_TEXT}, "a\x7f", false},
        {{.kind = GH_PARAM_TEXT}, "a\xc2\x85", false}, /* NEXT LINE, a control character */
        {{.kind = GH_PARAM_TEXT}, "a\xc2\xa0", true},  /* no-break space is not one */
        {{.kind = GH_PARAM_TEXT, .max_length = 3}, "abc", true},
        {{.kind = GH_PARAM_TEXT, .max_length = 3}, "abcd", false},
        {{.kind = GH_PARAM_CHOICE, .choices = "csv|json"}, "csv", true},
        {{.kind = GH_PARAM_CHOICE, .choices = "csv|json"}, "json", true},
        {{.kind = GH_PARAM_CHOICE, .choices = "csv|json"}, "jso", false},
        {{.kind = GH_PARAM_CHOICE, .choices = "csv|json"}, "csv|json", false},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        if (gh_param_accepts(&cases[i].param, cases[i].value) != cases[i].want)
            g_error("kind %d, %s", (int)cases[i].param.kind, cases[i].value);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/route/the most fixed pattern wins, whatever the table's order", test_match);
    g_test_add_func("/route/a handler gets the data of its own table", test_data);
    g_test_add_func("/route/parameters take what their kind says and nothing else", test_params);
    return g_test_run();
}
