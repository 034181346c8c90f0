/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* ranking_remarks.c - what the engine remarked of single indicators, a sentence for all of which the same is said. */
#include <string.h>

#include "ranking/pages/ranking_page.h"

/* The engine says "CODE: what happened", in English, for the files. What is frequent has words for people here. */
static const struct {
    const char *engine, *people;
} REMARKS[] = {
    {"still outside the limits of skewness and kurtosis after treatment.",
     GH_MARK("Some cities still stand far off the others after extreme values were moved in; these "
             "weigh "
             "more than elsewhere.")},
    {"left as it is, not treated: it has two different values only, and neither winsorising nor a "
     "transformation changes the shape of that.",
     GH_MARK("Extreme values were not looked for, since there are two different values only, such "
             "as yes "
             "and no.")},
    {"left as it is, not treated: fewer than four values are available, too few for a check of its "
     "shape.",
     GH_MARK("Extreme values were not looked for, since fewer than four cities have a value.")},
};

static const char *
say_for_people(const GhLang *lang, const char *what)
{
    for (size_t i = 0; i < G_N_ELEMENTS(REMARKS); i++) {
        if (strcmp(REMARKS[i].engine, what) == 0)
            return GH_T(lang, REMARKS[i].people);
    }
    return what;
}

/* The name of the node a remark begins with; what happened to it follows. NULL where it names none. */
static const char *
find_remarked(const GhRankingPage *page, const GhLang *lang, const char *remark,
              const char **ret_what)
{
    const char *end = strstr(remark, ": ");

    for (size_t i = 0; end != NULL && i < page->data->n_nodes; i++) {
        const char *code = page->data->nodes[i].code;
        if (strncmp(code, remark, (size_t)(end - remark)) == 0 && code[end - remark] == '\0') {
            *ret_what = end + 2;
            return gh_ranking_say_node(page, lang, i);
        }
    }
    return NULL;
}

static void
add_group(const GhLang *lang, const char *what, const GPtrArray *names, GhView *view)
{
    GhView *change = gh_view_append(view, "changes");
    g_autofree char *n = gh_lang_number(lang, names->len, 0);

    if (names->len == 1) {
        gh_view_printf(change, "text", "%s: %s", (const char *)g_ptr_array_index(names, 0),
                       say_for_people(lang, what));
        return;
    }
    gh_view_take_text(
        change, "text",
        gh_lang_fill(gh_lang_plural(lang, "One indicator", "{n} indicators", names->len), "n", n,
                     NULL));
    gh_view_text(change, "remark", say_for_people(lang, what));
    gh_view_flag(change, "has_names", true);
    for (guint i = 0; i < names->len; i++)
        gh_view_text(gh_view_append(change, "names"), "name", g_ptr_array_index(names, i));
}

void
gh_ranking_say_remarks(const GhRankingPage *page, const GhLang *lang, GhView *view)
{
    const GPtrArray *texts = page->kept->result->notes->remarks;
    g_autoptr(GPtrArray) order = g_ptr_array_new();
    g_autoptr(GHashTable) names_of =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);

    for (guint i = 0; i < texts->len; i++) {
        const char *what = NULL;
        const char *name = find_remarked(page, lang, g_ptr_array_index(texts, i), &what);
        if (name == NULL) {
            gh_view_text(gh_view_append(view, "changes"), "text", g_ptr_array_index(texts, i));
            continue;
        }
        GPtrArray *names = g_hash_table_lookup(names_of, what);
        if (names == NULL) {
            names = g_ptr_array_new();
            g_hash_table_insert(names_of, (gpointer)(uintptr_t)what, names);
            g_ptr_array_add(order, (gpointer)(uintptr_t)what);
        }
        g_ptr_array_add(names, (gpointer)(uintptr_t)name);
    }
    for (guint i = 0; i < order->len; i++) {
        const char *what = g_ptr_array_index(order, i);
        add_group(lang, what, g_hash_table_lookup(names_of, what), view);
    }
}
