/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* view.c - see view.h. */
#include "http/view.h"

#include <string.h>

#include "http/view_read.h"

typedef struct {
    const char *name; /* borrowed: a literal */
    size_t n_bytes;
    uint32_t hash;
    GhViewValue value;
} Entry;

enum {
    ENTRIES_USUAL = 16
}; /* a table's row has about so many; saves growing step by step */

struct GhView {
    GArray *entries; /* of Entry, in the order they were set */
};

static void
clear_value(GhViewValue *value)
{
    g_free(value->text);
    gh_view_free(value->object);
    if (value->list != NULL)
        g_ptr_array_unref(value->list);
    memset(value, 0, sizeof *value);
}

static void
clear_entry(void *data)
{
    Entry *entry = data;

    clear_value(&entry->value);
}

static void
free_view(void *data)
{
    gh_view_free(data);
}

/* By hand: strspn builds a table of the allowed characters at each call, and a page sets thousands of
 * keys. */
static bool
is_key(const char *name)
{
    const char *end = name;
    while (g_ascii_islower(*end) || g_ascii_isdigit(*end) || *end == '_')
        end++;
    return end != name && *end == '\0' && strcmp(name, "_") != 0 && strcmp(name, "_n") != 0;
}

/* FNV-1a, 32 bits: keys are short, and their bytes differ early. */
GhViewKey
gh_view_key(const char *name, size_t n_bytes)
{
    uint32_t hash = 2166136261U;

    for (size_t i = 0; i < n_bytes; i++)
        hash = (hash ^ (unsigned char)name[i]) * 16777619U;
    return (GhViewKey){.name = name, .n_bytes = n_bytes, .hash = hash};
}

static Entry *
find_entry(const GhView *view, const GhViewKey *key)
{
    for (guint i = 0; i < view->entries->len; i++) {
        Entry *entry = &g_array_index(view->entries, Entry, i);
        if (entry->hash == key->hash && entry->n_bytes == key->n_bytes
            && memcmp(entry->name, key->name, key->n_bytes) == 0)
            return entry;
    }
    return NULL;
}

/* The place for the value of that key, as it is: new places are empty. */
static GhViewValue *
place(GhView *view, const char *name)
{
    g_assert(is_key(name));
    const GhViewKey key = gh_view_key(name, strlen(name));
    Entry *entry = find_entry(view, &key);
    if (entry != NULL)
        return &entry->value;

    const Entry added = {.name = name, .n_bytes = key.n_bytes, .hash = key.hash};
    g_array_append_val(view->entries, added);
    return &g_array_index(view->entries, Entry, view->entries->len - 1).value;
}

static GhViewValue *
replace(GhView *view, const char *name, GhViewKind kind)
{
    GhViewValue *value = place(view, name);

    clear_value(value);
    value->kind = kind;
    return value;
}

GhView *
gh_view_new(void)
{
    GhView *view = g_new0(GhView, 1);

    view->entries = g_array_sized_new(FALSE, FALSE, sizeof(Entry), ENTRIES_USUAL);
    g_array_set_clear_func(view->entries, clear_entry);
    return view;
}

void
gh_view_free(GhView *view)
{
    if (view == NULL)
        return;
    g_array_unref(view->entries);
    g_free(view);
}

void
gh_view_take_text(GhView *view, const char *key, char *text)
{
    replace(view, key, text == NULL ? GH_VIEW_NOTHING : GH_VIEW_TEXT)->text = text;
}

void
gh_view_text(GhView *view, const char *key, const char *text)
{
    /* Copied first: text may belong to the value that is replaced. */
    gh_view_take_text(view, key, g_strdup(text));
}

void
gh_view_printf(GhView *view, const char *key, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    gh_view_take_text(view, key, g_strdup_vprintf(format, arguments));
    va_end(arguments);
}

void
gh_view_count(GhView *view, const char *key, unsigned long n, const char *text)
{
    char *shown = text != NULL ? g_strdup(text) : g_strdup_printf("%lu", n);
    GhViewValue *value = replace(view, key, GH_VIEW_COUNT);

    value->text = shown;
    value->count = n;
}

void
gh_view_take_safe_html(GhView *view, const char *key, char *html)
{
    replace(view, key, html == NULL ? GH_VIEW_NOTHING : GH_VIEW_SAFE_HTML)->text = html;
}

void
gh_view_flag(GhView *view, const char *key, bool flag)
{
    replace(view, key, GH_VIEW_FLAG)->flag = flag;
}

GhView *
gh_view_object(GhView *view, const char *key)
{
    GhViewValue *value = replace(view, key, GH_VIEW_OBJECT);

    value->object = gh_view_new();
    return value->object;
}

void
gh_view_empty_list(GhView *view, const char *key)
{
    replace(view, key, GH_VIEW_LIST)->list = g_ptr_array_new_with_free_func(free_view);
}

GhView *
gh_view_append(GhView *view, const char *key)
{
    GhViewValue *value = place(view, key);
    if (value->kind != GH_VIEW_LIST)
        gh_view_empty_list(view, key);

    GhView *element = gh_view_new();
    g_ptr_array_add(value->list, element);
    return element;
}

const GhViewValue *
gh_view_find(const GhView *view, const GhViewKey *key)
{
    const Entry *entry = find_entry(view, key);

    return entry == NULL ? NULL : &entry->value;
}

bool
gh_view_value_is_true(const GhViewValue *value)
{
    switch (value->kind) {
    case GH_VIEW_NOTHING:
        return false;
    case GH_VIEW_TEXT:
    case GH_VIEW_SAFE_HTML:
        return value->text[0] != '\0';
    case GH_VIEW_COUNT:
        return value->count != 0;
    case GH_VIEW_FLAG:
        return value->flag;
    case GH_VIEW_OBJECT:
        return true;
    case GH_VIEW_LIST:
        return value->list->len > 0;
    }
    g_assert_not_reached();
}
