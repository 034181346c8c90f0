/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* framework.c - a parsed framework: its memory, and looking things up in it. */
#include "framework/framework_private.h"

#include "base/text.h"

#include <string.h>

/* clang-format off */
G_DEFINE_QUARK(gh-framework-error-quark, gh_framework_error)
/* clang-format on */

/* Between the parts of a key. No cell can hold it: control characters are refused. */
static const char KEY_SEPARATOR = '\x1f';

GhFrameworkOwner *
gh_framework_owner_new(void)
{
    enum {
        CHUNK_BYTES = 64 * 1024
    };
    GhFrameworkOwner *owner = g_new0(GhFrameworkOwner, 1);

    g_atomic_ref_count_init(&owner->n_refs);
    owner->texts = g_string_chunk_new(CHUNK_BYTES);
    owner->arrays = g_ptr_array_new_with_free_func(g_free);
    owner->kpis = g_hash_table_new(g_str_hash, g_str_equal);
    owner->data_points = g_hash_table_new(g_str_hash, g_str_equal);
    owner->groups = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    owner->units = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    owner->translations = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return owner;
}

GhFramework *
gh_framework_ref(const GhFramework *framework)
{
    /* Counting is not a change that a reader could see. */
    GhFrameworkOwner *owner = (GhFrameworkOwner *)(uintptr_t)framework;
    g_atomic_ref_count_inc(&owner->n_refs);
    return &owner->view;
}

void
gh_framework_unref(GhFramework *framework)
{
    GhFrameworkOwner *owner = (GhFrameworkOwner *)framework;

    if (owner == NULL || !g_atomic_ref_count_dec(&owner->n_refs))
        return;
    g_hash_table_unref(owner->kpis);
    g_hash_table_unref(owner->data_points);
    g_hash_table_unref(owner->groups);
    g_hash_table_unref(owner->units);
    g_hash_table_unref(owner->translations);
    g_ptr_array_unref(owner->arrays);
    g_string_chunk_free(owner->texts);
    g_free(owner);
}

const char *
gh_framework_keep_text(GhFrameworkOwner *owner, const char *text)
{
    return *text != '\0' ? g_string_chunk_insert_const(owner->texts, text) : "";
}

void *
gh_framework_keep_array(GhFrameworkOwner *owner, size_t n, size_t size)
{
    void *array = g_malloc0_n(MAX(n, 1), size);
    g_ptr_array_add(owner->arrays, array);
    return array;
}

const char *const *
gh_framework_keep_list(GhFrameworkOwner *owner, const char *cell)
{
    static const char *const NOTHING[] = {NULL};
    g_auto(GStrv) parts = gh_text_split_list(cell);
    size_t n = g_strv_length(parts);
    if (n == 0)
        return NOTHING;

    const char **list = gh_framework_keep_array(owner, n + 1, sizeof *list);
    for (size_t i = 0; i < n; i++)
        list[i] = gh_framework_keep_text(owner, parts[i]);
    return list;
}

char *
gh_framework_key(const char *first, ...)
{
    GString *key = g_string_new(first);
    va_list parts;

    va_start(parts, first);
    for (const char *part = va_arg(parts, const char *); part != NULL;
         part = va_arg(parts, const char *)) {
        g_string_append_c(key, KEY_SEPARATOR);
        g_string_append(key, part);
    }
    va_end(parts);
    return g_string_free(key, FALSE);
}

GStrv
gh_framework_split_key(const char *key)
{
    static const char SEPARATOR[] = {KEY_SEPARATOR, '\0'};

    return g_strsplit(key, SEPARATOR, -1);
}

static gssize
find_index(GHashTable *table, const char *key)
{
    return (gssize)GPOINTER_TO_SIZE(g_hash_table_lookup(table, key)) - 1;
}

gssize
gh_framework_find_kpi(const GhFramework *framework, const char *id)
{
    return find_index(((const GhFrameworkOwner *)framework)->kpis, id);
}

gssize
gh_framework_find_data_point(const GhFramework *framework, const char *id)
{
    return find_index(((const GhFrameworkOwner *)framework)->data_points, id);
}

gssize
gh_framework_find_group(const GhFramework *framework, size_t level, const char *top,
                        const char *name)
{
    if (level >= framework->n_levels)
        return -1;
    g_autofree char *key = gh_framework_key(framework->levels[level].id, top, name, NULL);
    return find_index(((const GhFrameworkOwner *)framework)->groups, key);
}

const GhTargetSet *
gh_framework_find_targets(const GhFramework *framework, const char *id)
{
    for (size_t i = 0; i < framework->n_target_sets; i++)
        if (strcmp(framework->target_sets[i].id, id) == 0)
            return &framework->target_sets[i];
    return NULL;
}

const GhLens *
gh_framework_find_lens(const GhFramework *framework, const char *id)
{
    for (size_t i = 0; i < framework->n_lenses; i++)
        if (strcmp(framework->lenses[i].id, id) == 0)
            return &framework->lenses[i];
    return NULL;
}

bool
gh_framework_unit_agrees(const GhFramework *framework, size_t data_point, const char *wording)
{
    const GhFrameworkOwner *owner = (const GhFrameworkOwner *)framework;
    const GhDataPoint *asked = &framework->data_points[data_point];

    /* What nearly every row of an import has needs no folding. */
    if (*wording == '\0' || strcmp(wording, asked->unit) == 0)
        return true;

    g_autofree char *folded = gh_text_fold_unit(wording);
    g_autofree char *unit = gh_text_fold_unit(asked->unit);
    if (strcmp(folded, unit) == 0)
        return true;
    g_autofree char *own = gh_framework_key(asked->id, folded, NULL);
    g_autofree char *every = gh_framework_key("*", unit, folded, NULL);
    return g_hash_table_contains(owner->units, own) || g_hash_table_contains(owner->units, every);
}
