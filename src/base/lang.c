/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* lang.c - the catalogues and what is looked up in them. See lang.h. */
#include "base/lang.h"

#include <gio/gio.h>
#include <string.h>

#include "base/lang_private.h"

static const char RESOURCE_FOLDER[] = "/guildhall/po";
static const char SUFFIX[] = ".mo";

/* Longest context with msgid that is put together without allocating. */
enum {
    KEY_ON_STACK = 512
};

static const GhLang source_language = {
    .tag = (char[]){"en"},
    .direction = "ltr",
    .decimal_sign = ".",
    .thousands_sign = ",",
};

/* Written while catalogues are loaded at start, then only read. Replaced ones stay alive in it,
 * because texts were handed out from them; the newest stands last. */
static GPtrArray *languages;

/* clang-format off */
G_DEFINE_QUARK(gh-lang-error-quark, gh_lang_error)
/* clang-format on */

/* -- reading -- */

bool
gh_lang_is_tag(const char *tag)
{
    size_t n_subtag = 0;

    for (const char *p = tag; *p != '\0'; p++) {
        if (*p == '-' && n_subtag == 0)
            return false;
        if (*p != '-' && !g_ascii_isalnum(*p))
            return false;
        n_subtag = *p == '-' ? 0 : n_subtag + 1;
        if (n_subtag > 8)
            return false;
    }
    return n_subtag > 0;
}

static const char *
direction_of(const char *tag)
{
    /* Languages written from right to left in their usual script (Unicode CLDR, layout data). */
    static const char *const right_to_left[] = {"ar", "ckb", "dv", "fa", "he", "ps",
                                                "sd", "ug",  "ur", "yi", NULL};
    g_auto(GStrv) subtags = g_strsplit(tag, "-", 2);
    g_autofree char *primary = g_ascii_strdown(subtags[0], -1);

    return g_strv_contains(right_to_left, primary) ? "rtl" : "ltr";
}

static void
free_lang(GhLang *lang)
{
    g_free(lang->tag);
    g_free(lang->bytes);
    g_free(lang->plural);
    g_clear_pointer(&lang->entries, g_hash_table_unref);
    g_free(lang);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhLang, free_lang)

/* The value of a line "Name: value" in the header, or NULL. The caller owns it. */
static char *
header_field(const char *header, const char *name)
{
    g_auto(GStrv) lines = g_strsplit(header, "\n", -1);

    for (char **line = lines; *line != NULL; line++) {
        if (g_ascii_strncasecmp(*line, name, strlen(name)) == 0 && (*line)[strlen(name)] == ':')
            return g_strstrip(g_strdup(*line + strlen(name) + 1));
    }
    return NULL;
}

static bool
read_header(GhLang *lang, const char *header, GError **error)
{
    g_autofree char *type = header_field(header, "Content-Type");
    if (type != NULL && strstr(type, "charset=") != NULL
        && g_ascii_strcasecmp(strstr(type, "charset="), "charset=UTF-8") != 0) {
        g_set_error(error, GH_LANG_ERROR, GH_LANG_ERROR_FORM,
                    "expected charset=UTF-8, found \"%s\"", type);
        return false;
    }
    g_autofree char *plural = header_field(header, "Plural-Forms");
    if (plural == NULL || plural[0] == '\0')
        return true;
    lang->plural = gh_plural_parse(plural, error);
    return lang->plural != NULL;
}

bool
gh_lang_load(const char *tag, const void *bytes, size_t n_bytes, GError **error)
{
    g_autoptr(GhLang) lang = g_new0(GhLang, 1);
    const char *header = NULL;

    if (!gh_lang_is_tag(tag)) {
        g_set_error(error, GH_LANG_ERROR, GH_LANG_ERROR_FORM,
                    "\"%s\" is not a language tag such as fr or pt-BR", tag);
        return false;
    }
    lang->tag = g_strdup(tag);
    lang->direction = direction_of(tag);
    lang->entries = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    /* One byte more, so that an empty file has an address too. */
    lang->bytes = g_malloc(n_bytes + 1);
    memcpy(lang->bytes, bytes, n_bytes);
    if (!gh_lang_mo_read(lang->bytes, n_bytes, lang->entries, &header, error)
        || !read_header(lang, header, error)) {
        g_prefix_error(error, "language %s: ", tag);
        return false;
    }
    /* TRANSLATORS: what stands between the whole number and its decimals: 56.25 */
    lang->decimal_sign = gh_lang_text_context(lang, "decimal sign", ".");
    /* TRANSLATORS: what groups digits by three: 1,234. A narrow no-break space is U+202F. */
    lang->thousands_sign = gh_lang_text_context(lang, "thousands sign", ",");

    if (languages == NULL)
        languages = g_ptr_array_new();
    g_ptr_array_add(languages, g_steal_pointer(&lang));
    return true;
}

static char *
tag_of(const char *file_name)
{
    return g_strndup(file_name, strlen(file_name) - strlen(SUFFIX));
}

bool
gh_lang_load_dir(const char *dir, GError **error)
{
    g_autoptr(GDir) files = g_dir_open(dir, 0, error);
    if (files == NULL)
        return false;

    for (const char *name; (name = g_dir_read_name(files)) != NULL;) {
        if (!g_str_has_suffix(name, SUFFIX))
            continue;
        g_autofree char *path = g_build_filename(dir, name, NULL);
        g_autofree char *tag = tag_of(name);
        g_autofree char *bytes = NULL;
        gsize n_bytes = 0;
        if (!g_file_get_contents(path, &bytes, &n_bytes, error)
            || !gh_lang_load(tag, bytes, n_bytes, error))
            return false;
    }
    return true;
}

bool
gh_lang_load_builtin(GError **error)
{
    /* Through GLib's registry of resources, since base/ stands below resources/. A program built
     * without translations has no such folder. */
    g_auto(GStrv) names =
        g_resources_enumerate_children(RESOURCE_FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

    for (char **name = names; name != NULL && *name != NULL; name++) {
        g_autofree char *path = g_strdup_printf("%s/%s", RESOURCE_FOLDER, *name);
        g_autofree char *tag = tag_of(*name);
        g_autoptr(GBytes) file = g_resources_lookup_data(path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
        if (file == NULL)
            return false;
        gsize n_bytes = 0;
        const void *bytes = g_bytes_get_data(file, &n_bytes);
        if (!gh_lang_load(tag, bytes, n_bytes, error))
            return false;
    }
    return true;
}

/* -- which -- */

const GhLang *
gh_lang_source(void)
{
    return &source_language;
}

const GhLang *
gh_lang_find(const char *tag)
{
    for (guint i = languages == NULL ? 0 : languages->len; i > 0; i--) {
        const GhLang *lang = g_ptr_array_index(languages, i - 1);
        if (g_ascii_strcasecmp(lang->tag, tag) == 0)
            return lang;
    }
    return g_ascii_strcasecmp(source_language.tag, tag) == 0 ? &source_language : NULL;
}

static gint
compare_tags(gconstpointer a, gconstpointer b)
{
    return g_ascii_strcasecmp(*(const char *const *)a, *(const char *const *)b);
}

char *
gh_lang_list(void)
{
    g_autoptr(GPtrArray) tags = g_ptr_array_new();

    g_ptr_array_add(tags, source_language.tag);
    for (guint i = 0; languages != NULL && i < languages->len; i++) {
        GhLang *lang = g_ptr_array_index(languages, i);
        if (gh_lang_find(lang->tag) == lang
            && g_ascii_strcasecmp(lang->tag, source_language.tag) != 0)
            g_ptr_array_add(tags, lang->tag);
    }
    g_ptr_array_sort(tags, compare_tags);
    g_ptr_array_add(tags, NULL);
    return g_strjoinv(", ", (char **)tags->pdata);
}

const char *
gh_lang_tag(const GhLang *lang)
{
    return lang->tag;
}

const char *
gh_lang_direction(const GhLang *lang)
{
    return lang->direction;
}

/* -- texts -- */

static const GhLangEntry *
find_entry(const GhLang *lang, const char *context, const char *msgid)
{
    if (lang->entries == NULL)
        return NULL;
    if (context == NULL)
        return g_hash_table_lookup(lang->entries, msgid);

    char on_stack[KEY_ON_STACK];
    size_t n_context = strlen(context);
    size_t n_msgid = strlen(msgid);
    size_t n_key = n_context + 1 + n_msgid + 1;
    g_autofree char *on_heap = n_key > sizeof on_stack ? g_malloc(n_key) : NULL;
    char *key = on_heap != NULL ? on_heap : on_stack;
    memcpy(key, context, n_context);
    key[n_context] = '\004';
    memcpy(key + n_context + 1, msgid, n_msgid + 1);
    return g_hash_table_lookup(lang->entries, key);
}

/* Form number `form`, or the last there is. */
static const char *
form_of(const GhLangEntry *entry, unsigned form)
{
    const char *text = entry->forms;

    for (; form > 0; form--) {
        const char *next = text + strlen(text) + 1;
        if (next >= entry->forms + entry->n_bytes)
            break;
        text = next;
    }
    return text;
}

const char *
gh_lang_text_context(const GhLang *lang, const char *context, const char *msgid)
{
    const GhLangEntry *entry = find_entry(lang, context, msgid);

    /* The empty msgid is the file's header, which is no text for people. */
    return entry == NULL || msgid[0] == '\0' ? msgid : entry->forms;
}

const char *
gh_lang_text(const GhLang *lang, const char *msgid)
{
    return gh_lang_text_context(lang, NULL, msgid);
}

const char *
gh_lang_plural_context(const GhLang *lang, const char *context, const char *msgid,
                       const char *plural, unsigned long n)
{
    const GhLangEntry *entry = find_entry(lang, context, msgid);

    if (entry == NULL)
        return n == 1 ? msgid : plural;
    unsigned form = lang->plural != NULL ? gh_plural_choose(lang->plural, n) : n != 1;
    return form_of(entry, form);
}

const char *
gh_lang_plural(const GhLang *lang, const char *msgid, const char *plural, unsigned long n)
{
    return gh_lang_plural_context(lang, NULL, msgid, plural, n);
}
