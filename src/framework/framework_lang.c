/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* framework_lang.c - lang/xx.csv: names and texts of the framework in other languages. */
#include "framework/framework_sheet.h"

#include <stdlib.h>
#include <string.h>

enum {
    LANG_SUBJECT,
    LANG_ID,
    LANG_FIELD,
    LANG_TEXT,
    N_LANG_COLUMNS
};

static const GhSheetColumn LANG_COLUMNS[N_LANG_COLUMNS] = {
    [LANG_SUBJECT] = {"subject", true},
    [LANG_ID] = {"id", true},
    [LANG_FIELD] = {"field", true},
    [LANG_TEXT] = {"text", true},
};

static const char TARGET_PREFIX[] = "target:";
static const char LENS_PREFIX[] = "lens:";

/* What can be translated, subject by subject. Lists take a number: "verification_checks.1". */
static const struct {
    const char *subject;
    const char *const fields[8];
} SUBJECTS[] = {
    {"framework", {"name", "description", "licence", "quality_note", NULL}},
    {"level", {"name", "plural", NULL}},
    {"tier", {"name", NULL}},
    {"quality", {"name", "description", NULL}},
    {"group", {"name", NULL}},
    {"kpi",
     {"name", "definition", "rationale", "benchmark_note", "notes", "typical_sources",
      "verification_checks", NULL}},
    {"data_point", {"label", "numerator", "denominator", "unit", NULL}},
    {"check", {"message", "source", NULL}},
    {"lens", {"name", "description", NULL}},
    {"lens_group", {"name", NULL}},
    {TARGET_PREFIX, {"source", "explanation", NULL}},
    {LENS_PREFIX, {"reason", NULL}},
};

static gssize
find_subject(const char *subject)
{
    for (size_t i = 0; i < G_N_ELEMENTS(SUBJECTS); i++) {
        const char *known = SUBJECTS[i].subject;
        bool prefix = g_str_has_suffix(known, ":");
        if (prefix ? g_str_has_prefix(subject, known) : strcmp(subject, known) == 0)
            return (gssize)i;
    }
    return -1;
}

static bool
has_group(const GhFramework *framework, const char *name)
{
    for (size_t i = 0; i < framework->n_groups; i++)
        if (strcmp(framework->groups[i].name, name) == 0)
            return true;
    return false;
}

static bool
has_level_or_tier(const GhFramework *framework, const char *subject, const char *id)
{
    if (strcmp(subject, "level") == 0) {
        for (size_t i = 0; i < framework->n_levels; i++)
            if (strcmp(framework->levels[i].id, id) == 0)
                return true;
        return false;
    }
    for (size_t i = 0; i < framework->n_tiers; i++)
        if (strcmp(framework->tiers[i].id, id) == 0)
            return true;
    return false;
}

static bool
has_quality(const GhFramework *framework, const char *id)
{
    for (size_t i = 0; i < framework->n_qualities; i++) {
        g_autofree char *class = g_strdup_printf("%d", framework->qualities[i].class);
        if (strcmp(class, id) == 0)
            return true;
    }
    return false;
}

static bool
has_check(const GhFramework *framework, const char *id)
{
    for (size_t i = 0; i < framework->n_checks; i++)
        if (strcmp(framework->checks[i].id, id) == 0)
            return true;
    return false;
}

static bool
has_lens_group(const GhFramework *framework, const char *name)
{
    for (size_t i = 0; i < framework->n_lenses; i++)
        for (size_t k = 0; k < framework->lenses[i].n_groups; k++)
            if (strcmp(framework->lenses[i].groups[k].name, name) == 0)
                return true;
    return false;
}

/* Whether the framework has what the row translates. */
static bool
has_subject(const GhFramework *framework, const char *subject, const char *id)
{
    if (strcmp(subject, "framework") == 0)
        return strcmp(framework->id, id) == 0;
    if (strcmp(subject, "level") == 0 || strcmp(subject, "tier") == 0)
        return has_level_or_tier(framework, subject, id);
    if (strcmp(subject, "quality") == 0)
        return has_quality(framework, id);
    if (strcmp(subject, "group") == 0)
        return has_group(framework, id);
    if (strcmp(subject, "kpi") == 0)
        return gh_framework_find_kpi(framework, id) >= 0;
    if (strcmp(subject, "check") == 0)
        return has_check(framework, id);
    if (strcmp(subject, "lens") == 0)
        return gh_framework_find_lens(framework, id) != NULL;
    if (strcmp(subject, "lens_group") == 0)
        return has_lens_group(framework, id);
    if (g_str_has_prefix(subject, LENS_PREFIX))
        return gh_framework_find_lens(framework, subject + strlen(LENS_PREFIX)) != NULL
               && gh_framework_find_kpi(framework, id) >= 0;
    if (g_str_has_prefix(subject, TARGET_PREFIX)
        && gh_framework_find_targets(framework, subject + strlen(TARGET_PREFIX)) == NULL)
        return false;
    return gh_framework_find_data_point(framework, id) >= 0;
}

static bool
has_field(size_t subject, const char *field)
{
    static const char *const LISTS[] = {"typical_sources", "verification_checks", "reason", NULL};

    for (size_t i = 0; SUBJECTS[subject].fields[i] != NULL; i++) {
        const char *known = SUBJECTS[subject].fields[i];
        if (gh_words_find(LISTS, known) < 0) {
            if (strcmp(known, field) == 0)
                return true;
            continue;
        }
        size_t length = strlen(known);
        if (strncmp(field, known, length) == 0 && field[length] == '.'
            && g_ascii_string_to_unsigned(field + length + 1, 10, 1, G_MAXUINT16, NULL, NULL))
            return true;
    }
    return false;
}

static void
check_row(GhSheet *sheet, const char *subject, const char *id, const char *field)
{
    const GhFrameworkParser *parser = gh_sheet_parser(sheet);
    gssize found = find_subject(subject);

    if (found < 0) {
        gh_sheet_fault(
            sheet, GH_FAULT_ERROR, LANG_SUBJECT, GH_MARK("is nothing that can be translated"),
            GH_MARK("write framework, level, tier, quality, group, kpi, data_point, check, lens,"
                    " lens_group, target:SET or lens:LENS"));
        return;
    }
    if (!has_field((size_t)found, field)) {
        g_autofree char *list = gh_words_list(SUBJECTS[found].fields);
        g_autofree char *remedy =
            g_strdup_printf("write %s; a list takes a number: verification_checks.1", list);
        gh_sheet_fault(sheet, GH_FAULT_ERROR, LANG_FIELD, GH_MARK("is not a text of that subject"),
                       remedy);
    }
    /* A translation may be behind its framework: the text is then not used. */
    if (gh_faults_n_errors(parser->faults) == parser->n_errors_before
        && !has_subject(parser->framework, subject, id))
        gh_sheet_fault(sheet, GH_FAULT_WARNING, LANG_ID, GH_MARK("is not in the framework"),
                       GH_MARK("correct the id or delete the row"));
}

static void
parse_language(GhFrameworkParser *parser, const char *file, const char *tag)
{
    g_autoptr(GhSheet) sheet = gh_sheet_open(parser, file, LANG_COLUMNS, N_LANG_COLUMNS);
    g_autofree char *folded = g_ascii_strdown(tag, -1);

    while (sheet != NULL && gh_sheet_next(sheet)) {
        const char *subject = gh_sheet_peek(sheet, LANG_SUBJECT);
        const char *id = gh_sheet_peek(sheet, LANG_ID);
        const char *field = gh_sheet_peek(sheet, LANG_FIELD);
        const char *text = gh_sheet_keep_text(sheet, LANG_TEXT);
        check_row(sheet, subject, id, field);

        char *key = gh_framework_key(folded, subject, id, field, NULL);
        if (g_hash_table_contains(parser->owner->translations, key))
            gh_sheet_fault(sheet, GH_FAULT_ERROR, LANG_ID, GH_MARK("is translated twice"),
                           GH_MARK("keep one of the two rows"));
        if (*text == '\0') { /* not translated yet */
            g_free(key);
            continue;
        }
        g_hash_table_replace(parser->owner->translations, key, (void *)(uintptr_t)text);
    }
}

void
gh_framework_parse_lang(GhFrameworkParser *parser)
{
    size_t n_languages = 0;

    for (size_t i = 0; i < parser->files->len; i++) {
        const GhFrameworkFile *file = g_ptr_array_index(parser->files, i);
        if (!g_str_has_prefix(file->name, "lang/") || !gh_framework_file_is_known(file->name))
            continue;
        if (n_languages++ == GH_FRAMEWORK_MAX_LANGUAGES) {
            gh_faults_add(parser->faults, GH_FAULT_ERROR, file->name, 0, NULL, NULL,
                          GH_MARK("is one language too many"), GH_MARK("keep at most 200"));
            return;
        }
        g_autofree char *tag = g_path_get_basename(file->name);
        tag[strlen(tag) - strlen(".csv")] = '\0';
        parse_language(parser, file->name, tag);
    }
}

const char *
gh_framework_text(const GhFramework *framework, const GhLang *lang, const char *subject,
                  const char *id, const char *field, const char *text)
{
    const GhFrameworkOwner *owner = (const GhFrameworkOwner *)framework;
    if (lang == gh_lang_source() || g_hash_table_size(owner->translations) == 0)
        return text;

    g_autofree char *tag = g_ascii_strdown(gh_lang_tag(lang), -1);
    while (true) {
        g_autofree char *key = gh_framework_key(tag, subject, id, field, NULL);
        const char *found = g_hash_table_lookup(owner->translations, key);
        if (found != NULL)
            return found;
        char *region = strrchr(tag, '-');
        if (region == NULL)
            return text;
        *region = '\0';
    }
}

const char *
gh_lens_reason(const GhFramework *framework, const GhLang *lang, const GhLens *lens,
               const GhLensPlace *place)
{
    g_autofree char *subject = g_strconcat(LENS_PREFIX, lens->id, NULL);
    g_autofree char *field = g_strdup_printf("reason.%zu", place->number);

    return gh_framework_text(framework, lang, subject, framework->kpis[place->kpi].id, field,
                             place->reason);
}

static void
text_free(void *data)
{
    g_string_free(data, TRUE);
}

GHashTable *
gh_framework_translations(const GhFramework *framework, const char *subject, const char *field)
{
    const GhFrameworkOwner *owner = (const GhFrameworkOwner *)framework;
    GHashTable *texts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, text_free);
    GHashTableIter iter;
    void *key = NULL;
    void *value = NULL;

    g_hash_table_iter_init(&iter, owner->translations);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        g_auto(GStrv) parts = gh_framework_split_key(key); /* language, subject, id, field */
        if (strcmp(parts[1], subject) != 0 || strcmp(parts[3], field) != 0)
            continue;
        GString *text = g_hash_table_lookup(texts, parts[2]);
        if (text == NULL) {
            text = g_string_new(NULL);
            g_hash_table_insert(texts, g_strdup(parts[2]), text);
        }
        g_string_append_printf(text, "%s ", (const char *)value);
    }
    return texts;
}
