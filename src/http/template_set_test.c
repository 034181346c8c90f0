/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* template_set_test.c - partials, the set of all templates, and reading them again in development. */
#include <glib/gstdio.h>
#include <string.h>

#include "http/template.h"

/* A source tree of its own, with two folders for templates. */
typedef struct {
    char *root;
} Tree;

static void
set_up(Tree *tree, const void *data)
{
    (void)data;
    tree->root = g_dir_make_tmp("guildhall-templates-XXXXXX", NULL);
    for (const char *const *name = (const char *const[]){"one", "two", NULL}; *name != NULL;
         name++) {
        g_autofree char *folder = g_build_filename(tree->root, "src", *name, NULL);
        g_assert_cmpint(g_mkdir_with_parents(folder, 0700), ==, 0);
    }
}

static void
write_template(const Tree *tree, const char *path, const char *text)
{
    g_autofree char *file = g_build_filename(tree->root, "src", path, NULL);

    g_assert_true(g_file_set_contents(file, text, -1, NULL));
}

static void
remove_tree(const char *path)
{
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);

    for (const char *name; dir != NULL && (name = g_dir_read_name(dir)) != NULL;) {
        g_autofree char *inner = g_build_filename(path, name, NULL);
        remove_tree(inner);
    }
    g_remove(path);
}

static void
tear_down(Tree *tree, const void *data)
{
    (void)data;
    remove_tree(tree->root);
    g_free(tree->root);
}

static void
check_render(GhTemplates *templates, const char *name, const GhView *view, const char *want)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) out = g_string_new(NULL);

    g_assert_true(gh_templates_render(templates, name, view, gh_lang_source(), out, &error));
    g_assert_no_error(error);
    g_assert_cmpstr(out->str, ==, want);
}

static void
check_refused(GhTemplates *templates, const char *name, const GhView *view, GhTemplateError code,
              const char *message)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) out = g_string_new("before");

    g_assert_false(gh_templates_render(templates, name, view, gh_lang_source(), out, &error));
    g_assert_error(error, GH_TEMPLATE_ERROR, (int)code);
    g_assert_cmpstr(error->message, ==, message);
    g_assert_cmpstr(out->str, ==, "before");
}

/* Mustache specification, module partials, in meaning. */
static void
partials(Tree *tree, const void *data)
{
    static const struct {
        const char *label;
        const char *page;
        const char *part;
        const char *want;
    } cases[] = {
        {"it stands for its text", "[{{> part}}]", "from part", "[from part]"},
        {"it sees the values around it", "{{#city}}{{> part}}{{/city}}", "{{name}} {{word}}",
         "Bizerte two"},
        {"blanks around it stay", "| {{> part}} |", "\t|\t", "| \t|\t |"},
        {"blanks in its tag do not matter", "{{>   part\t}}", "x", "x"},
        {"inside a line it is not indented", "  {{word}}  {{> part}}\n", ">\n>", "  two  >\n>\n"},
        {"alone in its line it takes the line", "|\r\n{{> part}}\r\n|", ">", "|\r\n>|"},
        {"alone in the first line", "  {{> part}}\n>", ">\n>", "  >\n  >>"},
        {"alone in the last line", ">\n  {{> part}}", ">\n>", ">\n  >\n  >"},
        {"each of its lines is indented, the values' lines are not", "\\\n {{> part}}\n/\n",
         "|\n{{lines}}\n|\n", "\\\n |\n a\nb\n |\n/\n"},
        {"a value first in its line", "  {{> part}}\n", "{{word}} x\n{{word}}\n",
         "  two x\n  two\n"},
        {"a translated text first in its line", "  {{> part}}\n",
         "{{#_}}Hello{{/_}}\n{{#_}}x{{/_}}", "  Hello\n  x"},
        {"a section first in its line", "  {{> part}}\n",
         "{{#yes}}a{{/yes}}b\n{{^yes}}c{{/yes}}d\n", "  ab\n  d\n"},
        {"its own standalone lines vanish", "  {{> part}}\n", "a\n{{#rows}}\n{{a}}\n{{/rows}}\nb\n",
         "  a\n  1\n  2\n  b\n"},
        {"an empty one leaves nothing", "a\n  {{> part}}\nb", "", "a\nb"},
    };
    g_autoptr(GhView) view = gh_view_new();
    gh_view_text(view, "word", "two");
    gh_view_text(view, "lines", "a\nb");
    gh_view_flag(view, "yes", true);
    gh_view_text(gh_view_object(view, "city"), "name", "Bizerte");
    gh_view_text(gh_view_append(view, "rows"), "a", "1");
    gh_view_text(gh_view_append(view, "rows"), "a", "2");

    (void)data;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_test_message("%s", cases[i].label);
        write_template(tree, "one/page.html", cases[i].page);
        write_template(tree, "two/part.html", cases[i].part);
        g_autoptr(GhTemplates) templates = gh_templates_new(tree->root, &error);
        g_assert_no_error(error);
        check_render(templates, "page", view, cases[i].want);
    }
}

static void
indentation_adds_up(Tree *tree, const void *data)
{
    g_autoptr(GhView) view = gh_view_new();

    (void)data;
    write_template(tree, "one/page.html", "<a>\n  {{> outer}}\n</a>\n");
    write_template(tree, "one/outer.html", "<b>\n  {{> inner}}\n</b>\n");
    write_template(tree, "one/inner.html", "x\ny\n");
    g_autoptr(GhTemplates) templates = gh_templates_new(tree->root, NULL);
    check_render(templates, "page", view, "<a>\n  <b>\n    x\n    y\n  </b>\n</a>\n");
}

static void
recursion(Tree *tree, const void *data)
{
    g_autoptr(GhView) view = gh_view_new();
    GhView *child = gh_view_append(view, "children");
    gh_view_text(view, "name", "a");
    gh_view_text(child, "name", "b");
    gh_view_text(gh_view_append(child, "children"), "name", "c");
    gh_view_empty_list(gh_view_append(child, "children"), "children");

    (void)data;
    write_template(tree, "one/tree.html", "{{name}}<{{#children}}{{> tree}}{{/children}}>");
    write_template(tree, "one/endless.html", "x\n{{> endless}}");
    g_autoptr(GhTemplates) templates = gh_templates_new(tree->root, NULL);
    /* Without a list of its own an element finds the one around it: endless as well. */
    check_refused(templates, "tree", view, GH_TEMPLATE_ERROR_LIMIT,
                  "tree.html:1: sections and partials are nested too deep");
    check_refused(templates, "endless", view, GH_TEMPLATE_ERROR_LIMIT,
                  "endless.html:1: sections and partials are nested too deep");

    g_autoptr(GhView) closed = gh_view_new();
    GhView *leaf = gh_view_append(closed, "children");
    gh_view_text(closed, "name", "a");
    gh_view_text(leaf, "name", "b");
    gh_view_empty_list(leaf, "children");
    check_render(templates, "tree", closed, "a<b<>>");
}

static void
faults_at_start(Tree *tree, const void *data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GError) syntax = NULL;

    (void)data;
    write_template(tree, "one/page.html", "a\n{{> nowhere}}");
    g_assert_null(gh_templates_new(tree->root, &error));
    g_assert_error(error, GH_TEMPLATE_ERROR, GH_TEMPLATE_ERROR_UNKNOWN);
    g_assert_cmpstr(error->message, ==, "page.html:2: there is no template 'nowhere'");

    write_template(tree, "one/page.html", "{{#a}}");
    g_assert_null(gh_templates_new(tree->root, &syntax));
    g_assert_error(syntax, GH_TEMPLATE_ERROR, GH_TEMPLATE_ERROR_SYNTAX);
    g_assert_cmpstr(syntax->message, ==, "page.html:1: section 'a' is not closed");
}

static void
same_name_twice(Tree *tree, const void *data)
{
    g_autoptr(GError) error = NULL;

    (void)data;
    write_template(tree, "one/page.html", "one");
    write_template(tree, "two/page.html", "two");
    g_assert_null(gh_templates_new(tree->root, &error));
    g_assert_error(error, GH_TEMPLATE_ERROR, GH_TEMPLATE_ERROR_SYNTAX);
    g_assert_nonnull(strstr(error->message, "page.html stands in two folders"));
}

static void
read_again(Tree *tree, const void *data)
{
    g_autoptr(GhView) view = gh_view_new();
    g_autoptr(GError) error = NULL;

    (void)data;
    write_template(tree, "one/page.html", "first");
    g_autoptr(GhTemplates) templates = gh_templates_new(tree->root, &error);
    g_assert_no_error(error);
    check_render(templates, "page", view, "first");
    write_template(tree, "one/page.html", "second one");
    check_render(templates, "page", view, "second one");
    write_template(tree, "one/page.html", "\n{{#broken}}");
    check_refused(templates, "page", view, GH_TEMPLATE_ERROR_SYNTAX,
                  "page.html:2: section 'broken' is not closed");
    check_refused(templates, "page", view, GH_TEMPLATE_ERROR_SYNTAX,
                  "page.html:2: section 'broken' is not closed");
    write_template(tree, "one/page.html", "{{> new}}");
    write_template(tree, "two/new.html", "mended");
    check_render(templates, "page", view, "mended");
}

enum {
    N_THREADS = 4,
    N_RENDERS = 200
};

static void *
render_often(void *data)
{
    g_autoptr(GhView) view = gh_view_new();
    g_autoptr(GString) out = g_string_new(NULL);

    for (int i = 0; i < N_RENDERS; i++) {
        g_string_truncate(out, 0);
        g_assert_true(gh_templates_render(data, "page", view, gh_lang_source(), out, NULL));
        g_assert_true(g_str_has_prefix(out->str, "text"));
    }
    return NULL;
}

/* For the thread sanitizer, and for a set freed under a reader. */
static void
changed_while_read(Tree *tree, const void *data)
{
    GThread *threads[N_THREADS];

    (void)data;
    write_template(tree, "one/page.html", "text");
    g_autoptr(GhTemplates) templates = gh_templates_new(tree->root, NULL);
    for (int i = 0; i < N_THREADS; i++)
        threads[i] = g_thread_new("render", render_often, templates);
    for (int i = 1; i < 50; i++) {
        g_autofree char *tail = g_strnfill((gsize)i, 'x');
        g_autofree char *text = g_strconcat("text", tail, NULL);
        write_template(tree, "one/page.html", text);
    }
    for (int i = 0; i < N_THREADS; i++)
        g_thread_join(threads[i]);
}

static void
unknown_template(void)
{
    g_autoptr(GhView) view = gh_view_new();
    g_autoptr(GError) error = NULL;

    g_autoptr(GhTemplates) templates = gh_templates_new(NULL, &error);
    g_assert_no_error(error);
    check_refused(templates, "atlantis", view, GH_TEMPLATE_ERROR_UNKNOWN,
                  "there is no template 'atlantis'");
}

static void
no_such_tree(void)
{
    g_autoptr(GError) error = NULL;

    g_assert_null(gh_templates_new("/nonexistent/tree", &error));
    g_assert_error(error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

/* -- cost -- */

enum {
    N_ROWS = 112,
    N_ROUNDS = 200
};

/* A page of the size and shape of a city's: a row a data point, eight values each, two of them in
 * attributes, a section by state, two texts to translate. */
static const char LARGE_PAGE[] =
    "<table>\n<caption>{{#_}}Figures of {city}{{/_}}</caption>\n{{#rows}}\n"
    "<tr class=\"figure figure--{{state}}\">\n  <th scope=\"row\"><a "
    "href=\"{{kpi_url}}\">{{name}}</a>"
    "</th>\n  <td class=\"number\">{{value}} <span>{{unit}}</span></td>\n"
    "  <td>{{#scored}}<meter max=\"100\" value=\"{{share}}\">{{share}} %</meter> {{band}}"
    "{{/scored}}{{^scored}}{{#_}}not scored{{/_}}{{/scored}}</td>\n"
    "  <td><details><summary>{{#_}}Source{{/_}}</summary>{{source}}</details></td>\n</tr>\n"
    "{{/rows}}\n</table>\n";

static GhView *
large_view(void)
{
    GhView *view = gh_view_new();

    gh_view_text(view, "city", "Karmøy");
    for (int i = 0; i < N_ROWS; i++) {
        GhView *row = gh_view_append(view, "rows");
        gh_view_text(row, "state", "reported");
        gh_view_printf(row, "kpi_url", "/indicators/EC.ICT.ICT.%dC", i);
        gh_view_text(row, "name", "Households with access to the internet & a computer");
        gh_view_printf(row, "value", "%d.%d", i, i % 10);
        gh_view_text(row, "unit", "% of households");
        gh_view_flag(row, "scored", i % 3 != 0);
        gh_view_printf(row, "share", "%d", i % 100);
        gh_view_text(row, "band", "66-95");
        gh_view_text(row, "source", "Verification report, page 12, table \"figures\"");
    }
    return view;
}

static void
cost(void)
{
    g_autoptr(GhTemplate) template =
        gh_template_parse("large.html", LARGE_PAGE, strlen(LARGE_PAGE), NULL);
    g_autoptr(GString) out = g_string_new(NULL);
    double view_us = 0;
    double render_us = 0;

    for (int i = 0; i < N_ROUNDS; i++) {
        gint64 start = g_get_monotonic_time();
        g_autoptr(GhView) view = large_view();
        gint64 built = g_get_monotonic_time();
        g_string_truncate(out, 0);
        g_assert_true(gh_template_render(template, view, gh_lang_source(), out, NULL));
        view_us += (double)(built - start) / N_ROUNDS;
        render_us += (double)(g_get_monotonic_time() - built) / N_ROUNDS;
    }
    g_test_minimized_result(render_us, "%d rows, %zu bytes: view %.0f us, rendering %.0f us",
                            N_ROWS, out->len, view_us, render_us);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(path, function) g_test_add(path, Tree, NULL, set_up, function, tear_down)
    ADD("/templates/a partial is rendered in its place, indented when alone in its line", partials);
    ADD("/templates/indentations of partials in partials add up", indentation_adds_up);
    ADD("/templates/partials may include themselves, but not without end", recursion);
    ADD("/templates/faults and missing partials are told at start", faults_at_start);
    ADD("/templates/two templates of one name are refused", same_name_twice);
    ADD("/templates/in development changed files are read again, faults are told until mended",
        read_again);
    ADD("/templates/threads render while files change", changed_while_read);
#undef ADD
    g_test_add_func("/templates/a template that is not there is an error", unknown_template);
    g_test_add_func("/templates/a source tree that is not there is an error", no_such_tree);
    if (g_test_perf())
        g_test_add_func("/templates/cost of a page with 112 rows", cost);
    return g_test_run();
}
