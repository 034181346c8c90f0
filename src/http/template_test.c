/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* template_test.c - the language of templates, case by case; faults with file and line; escaping.
 * Partials and the set of all templates: template_set_test.c. */
#include <string.h>

#include "http/template.h"

/* The view that all cases share:
 *   name Karmøy, html <b>&</b> as text, safe the same as safe HTML, empty "", none NULL, n 0
 *   yes, no: flags; city {name Bizerte, facts {people 136917}}; rows [{a 1},{a 2},{a 3}]; no_rows []
 *   one 1 and many 1234 (counts), digits "2", word "two" */
static GhView *
sample_view(void)
{
    GhView *view = gh_view_new();

    gh_view_text(view, "name", "Karmøy");
    gh_view_text(view, "html", "<b>&</b>");
    gh_view_take_safe_html(view, "safe", g_strdup("<b>&amp;</b>"));
    gh_view_text(view, "empty", "");
    gh_view_text(view, "none", NULL);
    gh_view_count(view, "n", 0, NULL);
    gh_view_flag(view, "yes", true);
    gh_view_flag(view, "no", false);
    GhView *city = gh_view_object(view, "city");
    gh_view_text(city, "name", "Bizerte");
    gh_view_text(city, "none", NULL);
    gh_view_text(gh_view_object(city, "facts"), "people", "136917");
    for (int i = 1; i <= 3; i++)
        gh_view_printf(gh_view_append(view, "rows"), "a", "%d", i);
    gh_view_empty_list(view, "no_rows");
    gh_view_count(view, "one", 1, NULL);
    gh_view_count(view, "many", 1234, "1,234");
    gh_view_text(view, "digits", "2");
    gh_view_text(view, "word", "two");
    return view;
}

typedef struct {
    const char *label;
    const char *template;
    const char *want; /* what is rendered, or the message of the error */
} Case;

static void
check_rendered(const Case *cases, size_t n_cases)
{
    g_autoptr(GhView) view = sample_view();

    for (size_t i = 0; i < n_cases; i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GhTemplate) template =
            gh_template_parse("t.html", cases[i].template, strlen(cases[i].template), &error);
        g_test_message("%s", cases[i].label);
        g_assert_no_error(error);
        g_autoptr(GString) out = g_string_new("before:");
        g_assert_true(gh_template_render(template, view, gh_lang_source(), out, &error));
        g_assert_no_error(error);
        g_assert_cmpstr(out->str + strlen("before:"), ==, cases[i].want);
    }
}

static void
values(void)
{
    static const Case cases[] = {
        {"text without tags is left alone", "a { b } c\r\n", "a { b } c\r\n"},
        {"nothing at all", "", ""},
        {"a value", "Hello {{name}}!", "Hello Karmøy!"},
        {"blanks in the tag do not matter", "{{ name }}|{{\tname\n}}", "Karmøy|Karmøy"},
        {"a value is escaped", "{{html}}", "&lt;b&gt;&amp;&lt;/b&gt;"},
        {"safe HTML is not", "{{safe}}", "<b>&amp;</b>"},
        {"what is not there shows nothing", "[{{absent}}{{a.b}}]", "[]"},
        {"NULL shows nothing", "[{{none}}]", "[]"},
        {"a count shows its text", "{{many}} {{n}}", "1,234 0"},
        {"a flag, an object and a list show nothing", "[{{yes}}{{city}}{{rows}}]", "[]"},
        {"a name with points goes into objects", "{{city.name}} {{city.facts.people}}",
         "Bizerte 136917"},
        {"a broken path shows nothing", "[{{city.name.x}}{{name.x}}{{city.nowhere.x}}]", "[]"},
        {"a value keeps blanks and line around it", "  {{name}}\n", "  Karmøy\n"},
        {"two tags side by side", "{{digits}}{{word}}", "2two"},
    };
    check_rendered(cases, G_N_ELEMENTS(cases));
}

static void
sections(void)
{
    static const Case cases[] = {
        {"shown for a true flag", "{{#yes}}x{{/yes}}", "x"},
        {"left out for a false one", "{{#no}}x{{/no}}", ""},
        {"left out for what is not there", "{{#absent}}x{{/absent}}", ""},
        {"left out for NULL and for the empty text", "{{#none}}x{{/none}}{{#empty}}y{{/empty}}",
         ""},
        {"left out for the count zero, shown for others", "{{#n}}x{{/n}}{{#one}}y{{/one}}", "y"},
        {"shown for a text, inside which names stay the same", "{{#name}}<{{name}}>{{/name}}",
         "<Karmøy>"},
        {"opens an object", "{{#city}}{{name}}{{/city}}", "Bizerte"},
        {"looks outwards for what the object lacks", "{{#city}}{{word}}{{/city}}", "two"},
        {"but not past a NULL", "{{#city}}[{{none}}]{{/city}}", "[]"},
        {"is repeated for a list", "{{#rows}}{{a}},{{/rows}}", "1,2,3,"},
        {"is left out for an empty list", "{{#no_rows}}x{{/no_rows}}", ""},
        {"a name with points", "{{#city.facts}}{{people}}{{/city.facts}}", "136917"},
        {"only the first part of a path is looked for outwards",
         "{{#city}}{{#facts}}[{{city.word}}]{{/facts}}{{/city}}", "[]"},
        {"sections in sections", "{{#rows}}{{#city}}{{a}}{{name}} {{/city}}{{/rows}}",
         "1Bizerte 2Bizerte 3Bizerte "},
        {"the same section twice, inside and behind",
         "{{#yes}}1{{#yes}}2{{/yes}}3{{/yes}}{{#yes}}4{{/yes}}", "1234"},
        {"blanks in its tags do not matter", "{{# yes }}x{{/ yes }}", "x"},
        {"inverted: shown for false, absent, NULL, empty",
         "{{^no}}1{{/no}}{{^absent}}2{{/absent}}{{^none}}3{{/none}}{{^empty}}4{{/empty}}", "1234"},
        {"inverted: shown for an empty list and zero", "{{^no_rows}}x{{/no_rows}}{{^n}}y{{/n}}",
         "xy"},
        {"inverted: left out for anything else",
         "{{^yes}}1{{/yes}}{{^rows}}2{{/rows}}{{^city}}3{{/city}}{{^name}}4{{/name}}", ""},
        {"inverted in a section", "{{#city}}{{^no}}{{name}}{{/no}}{{/city}}", "Bizerte"},
    };
    check_rendered(cases, G_N_ELEMENTS(cases));
}

/* Mustache specification: a section, inverted section, comment or partial that has its line to
 * itself takes the line with it. */
static void
standalone_lines(void)
{
    static const Case cases[] = {
        {"tags alone in their line vanish with it", "a\n{{#yes}}\nb\n{{/yes}}\nc\n", "a\nb\nc\n"},
        {"also indented", "a\n  {{#yes}}\n  b\n\t{{/yes}} \nc", "a\n  b\nc"},
        {"also with CR LF", "a\r\n{{#yes}}\r\nb\r\n{{/yes}}\r\nc", "a\r\nb\r\nc"},
        {"also in the first line", "  {{#yes}}\nb\n{{/yes}}\n", "b\n"},
        {"also in the last line without its end", "a\n{{#yes}}\nb\n  {{/yes}}", "a\nb\n"},
        {"inverted ones too", "a\n{{^no}}\nb\n{{/no}}\nc", "a\nb\nc"},
        {"comments too", "a\n  {{! b }}\nc", "a\nc"},
        {"comments over several lines too", "a\n  {{! b\n  b2 }}\nc", "a\nc"},
        {"a comment inside a line takes only itself", "a {{! b }} c\n", "a  c\n"},
        {"a comment behind text leaves the line end", "a {{! b }}\nc", "a \nc"},
        {"text before the tag keeps the line", "a {{#yes}}\nb{{/yes}}", "a \nb"},
        {"text behind the tag keeps the line", "{{#yes}} b\n{{/yes}}c", " b\nc"},
        {"two tags in one line keep it", "{{#yes}}{{/yes}}\nx", "\nx"},
        {"two tags with a blank between keep it", " {{#yes}} {{/yes}}\n", "  \n"},
        {"values never vanish with their line", " {{absent}}\nx", " \nx"},
        {"a lone CR is no line end", "{{#yes}}\rb{{/yes}}", "\rb"},
        {"blank lines around stay", "\n{{#yes}}\n\nb\n{{/yes}}\n\n", "\n\nb\n\n"},
        {"a list repeats its lines", "<ul>\n{{#rows}}\n  <li>{{a}}</li>\n{{/rows}}\n</ul>\n",
         "<ul>\n  <li>1</li>\n  <li>2</li>\n  <li>3</li>\n</ul>\n"},
    };
    check_rendered(cases, G_N_ELEMENTS(cases));
}

static void
comments(void)
{
    static const Case cases[] = {
        {"a comment is not shown", "a{{! anything }}b", "ab"},
        {"an empty one", "a{{!}}b", "ab"},
        {"one that looks like a tag", "a{{! #rows {{name }}b", "ab"},
    };
    check_rendered(cases, G_N_ELEMENTS(cases));
}

static void
translated(void)
{
    static const Case cases[] = {
        {"a text stands for itself in the source language", "{{#_}}Search{{/_}}", "Search"},
        {"blanks and line ends are one blank, none at its ends",
         "<p>{{#_}}\n  All cities\n\tof the  world \n{{/_}}</p>", "<p>All cities of the world</p>"},
        {"places are filled, escaped", "{{#_}}{html} in {city.name}{{/_}}",
         "&lt;b&gt;&amp;&lt;/b&gt; in Bizerte"},
        {"a safe value fills a place as markup", "{{#_}}see {safe}{{/_}}", "see <b>&amp;</b>"},
        {"a place without a value stays", "{{#_}}{absent} {none} {yes}{{/_}}",
         "{absent} {none} {yes}"},
        {"its own text is plain text", "{{#_}}Data & <method>{{/_}}", "Data &amp; &lt;method&gt;"},
        {"the context is not shown", "{{#_}}verb|Score{{/_}}", "Score"},
        {"in an attribute", "<a title=\"{{#_}}Go to {name}{{/_}}\">", "<a title=\"Go to Karmøy\">"},
        {"inside a section it sees the section's values", "{{#rows}}{{#_}}No. {a};{{/_}}{{/rows}}",
         "No. 1;No. 2;No. 3;"},
        {"alone in its line it keeps the line", "a\n  {{#_}}b{{/_}}\nc", "a\n  b\nc"},
        {"one", "{{#_n one}}one figure||{one} figures{{/_n}}", "one figure"},
        {"many, with the number as it is shown", "{{#_n many}}one figure||{many} figures{{/_n}}",
         "1,234 figures"},
        {"none", "{{#_n n}}one figure||{n} figures{{/_n}}", "0 figures"},
        {"a text of digits counts too", "{{#_n digits}}one||{digits} things{{/_n}}", "2 things"},
        {"with a context", "{{#_n one}}rank|first||later{{/_n}}", "first"},
    };
    check_rendered(cases, G_N_ELEMENTS(cases));
}

static void
faults(void)
{
    static const Case cases[] = {
        {"an open section", "a\n{{#rows}}\nb", "t.html:2: section 'rows' is not closed"},
        {"the innermost open section is named", "{{#a}}\n{{#b}}",
         "t.html:2: section 'b' is not closed"},
        {"closed by another name", "{{#rows}}\n\n{{/row}}",
         "t.html:3: section 'rows', opened in line 1, is closed by {{/row}}"},
        {"closed without having been opened", "\n\nx {{/rows}}",
         "t.html:3: {{/rows}} closes nothing"},
        {"a tag without end", "a\nb {{name", "t.html:2: {{ is not closed by }}"},
        {"lines are counted behind a comment", "{{! a\nb\n}}\n{{/x}}",
         "t.html:4: {{/x}} closes nothing"},
        {"lines are counted behind a translated text", "{{#_}}a\nb{{/_}}\n{{/x}}",
         "t.html:3: {{/x}} closes nothing"},
        {"raw output", "{{{name}}}",
         "t.html:1: {{{ is not supported; values are always escaped, put markup of our own into "
         "the "
         "view as safe HTML"},
        {"raw output, the other way", "{{&name}}", "t.html:1: {{& is not supported"},
        {"other delimiters", "{{=<% %>=}}", "t.html:1: {{= is not supported"},
        {"the element itself", "{{.}}",
         "t.html:1: {{.}} is not supported; give the list as objects and show {{text}}"},
        {"no name", "{{}}",
         "t.html:1: '' is not a name; expected up to 4 words of a-z, 0-9 and _ with points "
         "between"},
        {"a capital letter", "{{Name}}",
         "t.html:1: 'Name' is not a name; expected up to 4 words of a-z, 0-9 and _ with points "
         "between"},
        {"an empty part", "{{#a..b}}",
         "t.html:1: 'a..b' is not a name; expected up to 4 words of a-z, 0-9 and _ with points "
         "between"},
        {"a point at the end", "{{a.}}",
         "t.html:1: 'a.' is not a name; expected up to 4 words of a-z, 0-9 and _ with points "
         "between"},
        {"too many parts", "{{a.b.c.d.e}}",
         "t.html:1: 'a.b.c.d.e' is not a name; expected up to 4 words of a-z, 0-9 and _ with "
         "points "
         "between"},
        {"a partial's name with a path", "{{> ../x}}",
         "t.html:1: '../x' is not a template's name; expected a-z, 0-9, _ and -"},
        {"translated text without end", "{{#_}}x",
         "t.html:1: text to translate is not closed by {{/_}}"},
        {"plural without end", "{{#_n a}}x{{/_}}",
         "t.html:1: text to translate is not closed by {{/_n}}"},
        {"a tag in translated text", "{{#_}}\n{{name}}{{/_}}",
         "t.html:2: text to translate holds a tag; write {name} for a value"},
        {"nothing to translate", "{{#_}} \n {{/_}}", "t.html:1: there is no text to translate"},
        {"only a context", "{{#_}}verb|{{/_}}", "t.html:1: there is no text to translate"},
        {"a plural with one form", "{{#_n a}}x{{/_n}}",
         "t.html:1: {{#_n a}} has one form; expected: one thing||{a} things"},
        {"a plural without a key", "{{#_n}}x||y{{/_n}}",
         "t.html:1: '' is not a name; expected up to 4 words of a-z, 0-9 and _ with points "
         "between"},
        {"not UTF-8", "a\xff", "t.html:1: is not UTF-8 text"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_test_message("%s", cases[i].label);
        g_autoptr(GhTemplate) template =
            gh_template_parse("t.html", cases[i].template, strlen(cases[i].template), &error);
        g_assert_null(template);
        g_assert_error(error, GH_TEMPLATE_ERROR, GH_TEMPLATE_ERROR_SYNTAX);
        g_assert_cmpstr(error->message, ==, cases[i].want);
    }
}

/* Renders and expects that error; what was in out before must be all that is in it. */
static void
check_refused(const char *text, const GhView *view, GhTemplateError code, const char *message)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GhTemplate) template = gh_template_parse("t.html", text, strlen(text), &error);
    g_autoptr(GString) out = g_string_new("before");

    g_assert_no_error(error);
    g_assert_false(gh_template_render(template, view, gh_lang_source(), out, &error));
    g_assert_error(error, GH_TEMPLATE_ERROR, (int)code);
    g_assert_cmpstr(error->message, ==, message);
    g_assert_cmpstr(out->str, ==, "before");
}

static void
refusals(void)
{
    g_autoptr(GhView) view = sample_view();

    check_refused("x\n{{#_n word}}one||more{{/_n}}", view, GH_TEMPLATE_ERROR_COUNT,
                  "t.html:2: 'word' is not a whole number in the view");
    check_refused("x{{#_n absent}}one||more{{/_n}}", view, GH_TEMPLATE_ERROR_COUNT,
                  "t.html:1: 'absent' is not a whole number in the view");
    check_refused("x {{> other}}", view, GH_TEMPLATE_ERROR_UNKNOWN,
                  "t.html:1: there is no template 'other'");
}

static void
nesting(void)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GError) error = NULL;

    for (int i = 0; i < GH_TEMPLATE_MAX_DEPTH; i++)
        g_string_append(text, "{{#yes}}");
    g_autofree char *one_more = g_strconcat(text->str, "{{#yes}}", NULL);
    g_string_append(text, "deep");
    for (int i = 0; i < GH_TEMPLATE_MAX_DEPTH; i++)
        g_string_append(text, "{{/yes}}");
    const Case deep = {.label = "deepest", .template = text->str, .want = "deep"};
    check_rendered(&deep, 1);

    g_assert_null(gh_template_parse("t.html", one_more, strlen(one_more), &error));
    g_assert_error(error, GH_TEMPLATE_ERROR, GH_TEMPLATE_ERROR_SYNTAX);
    g_assert_cmpstr(error->message, ==, "t.html:1: sections are nested more than 64 deep");
}

/* Each element finds the same list again around it, so every level multiplies by 40. */
static void
multiplying_lists(void)
{
    g_autoptr(GhView) view = gh_view_new();
    g_autofree char *chunk = g_strnfill(1000, 'x');
    for (int i = 0; i < 40; i++)
        gh_view_append(view, "a");
    gh_view_text(view, "chunk", chunk);

    check_refused("{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{b}}{{/a}}{{/a}}{{/a}}{{/a}}{{/a}}{{/a}}",
                  view, GH_TEMPLATE_ERROR_LIMIT,
                  "t.html:1: the page takes too many steps; a list inside a list multiplies");
    check_refused("{{#a}}{{#a}}{{#a}}{{#a}}{{chunk}}{{/a}}{{/a}}{{/a}}{{/a}}", view,
                  GH_TEMPLATE_ERROR_LIMIT, "t.html:1: the page grows too large");
}

/* Random texts, rich in what matters to HTML, in text and in an attribute. */
static void
escaping(void)
{
    static const char ALPHABET[] = "<>&\"'{}/=; abc#\n";
    static const char TEMPLATE[] = "{{v}}\x01{{#_}}{v}{{/_}}\x01{{#o}}{{v}}{{/o}}";
    g_autoptr(GhTemplate) template = gh_template_parse("t.html", TEMPLATE, strlen(TEMPLATE), NULL);

    for (int round = 0; round < 3000; round++) {
        g_autoptr(GString) value = g_string_new(NULL);
        for (int n = g_test_rand_int_range(1, 30); n > 0; n--)
            g_string_append_c(value, ALPHABET[g_test_rand_int_range(0, sizeof ALPHABET - 1)]);
        g_autoptr(GhView) view = gh_view_new();
        g_autoptr(GString) out = g_string_new(NULL);
        gh_view_text(view, "v", value->str);
        gh_view_object(view, "o");
        g_assert_true(gh_template_render(template, view, gh_lang_source(), out, NULL));

        g_auto(GStrv) parts = g_strsplit(out->str, "\x01", -1);
        for (int i = 0; i < 3; i++) {
            g_assert_cmpuint(strcspn(parts[i], "<>\"'"), ==, strlen(parts[i]));
            /* Entities taken back, the value stands there again: nothing lost, nothing doubled. */
            g_autoptr(GString) back = g_string_new(parts[i]);
            g_string_replace(back, "&lt;", "<", 0);
            g_string_replace(back, "&gt;", ">", 0);
            g_string_replace(back, "&quot;", "\"", 0);
            g_string_replace(back, "&#39;", "'", 0);
            g_string_replace(back, "&amp;", "&", 0);
            g_assert_cmpstr(back->str, ==, value->str);
        }
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/template/values are looked up and escaped", values);
    g_test_add_func("/template/sections are shown, opened, repeated or left out", sections);
    g_test_add_func("/template/a tag alone in its line takes the line with it", standalone_lines);
    g_test_add_func("/template/comments leave no trace", comments);
    g_test_add_func("/template/text to translate is plain text with places", translated);
    g_test_add_func("/template/a fault is told with file and line", faults);
    g_test_add_func("/template/what cannot be rendered leaves the output as it was", refusals);
    g_test_add_func("/template/sections nest 64 deep and no deeper", nesting);
    g_test_add_func("/template/lists that multiply end in an error, not in a long wait",
                    multiplying_lists);
    g_test_add_func("/template/no value can open a tag or end an attribute", escaping);
    return g_test_run();
}
