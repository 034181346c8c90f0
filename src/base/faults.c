/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* faults.c - everything that is wrong with a file, told at once. */
#include "base/faults.h"

enum {
    VALUE_SHOWN_CHARACTERS = 80
};

struct GhFaults {
    GPtrArray *list; /* of GhFault */
    size_t n_errors;
    size_t n_warnings;
};

static void
fault_free(gpointer pointer)
{
    GhFault *fault = pointer;
    g_free(fault->file);
    g_free(fault->column);
    g_free(fault->value);
    g_free(fault->reason);
    g_free(fault->remedy);
    g_free(fault);
}

/* Foreign text on a terminal or in a log: valid UTF-8, no control characters, not endless. */
static char *
shown_value(const char *value)
{
    if (value == NULL)
        return NULL;

    g_autofree char *valid = g_utf8_make_valid(value, -1);
    GString *shown = g_string_new(NULL);
    size_t n = 0;
    for (const char *p = valid; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (n++ == VALUE_SHOWN_CHARACTERS) {
            g_string_append(shown, "…");
            break;
        }
        g_string_append_unichar(shown, g_unichar_iscntrl(c) ? ' ' : c);
    }
    return g_string_free(shown, FALSE);
}

/* All texts may quote a file: a column's name, the bytes at which a parser stopped. Most are clean. */
static char *
clean_text(const char *text)
{
    if (text == NULL)
        return NULL;

    char *clean = g_utf8_make_valid(text, -1);
    for (char *p = clean; *p != '\0'; p++) {
        if (g_ascii_iscntrl(*p))
            *p = ' ';
    }
    return clean;
}

GhFaults *
gh_faults_new(void)
{
    GhFaults *faults = g_new0(GhFaults, 1);
    faults->list = g_ptr_array_new_with_free_func(fault_free);
    return faults;
}

void
gh_faults_free(GhFaults *faults)
{
    if (faults == NULL)
        return;
    g_ptr_array_unref(faults->list);
    g_free(faults);
}

void
gh_faults_add(GhFaults *faults, GhFaultKind kind, const char *file, size_t line, const char *column,
              const char *value, const char *reason, const char *remedy)
{
    if (kind == GH_FAULT_ERROR)
        faults->n_errors++;
    else
        faults->n_warnings++;
    if (faults->list->len >= GH_FAULTS_MAX)
        return;

    GhFault *fault = g_new0(GhFault, 1);
    fault->kind = kind;
    fault->file = clean_text(file);
    fault->line = line;
    fault->column = clean_text(column);
    fault->value = shown_value(value);
    fault->reason = clean_text(reason);
    fault->remedy = clean_text(remedy);
    g_ptr_array_add(faults->list, fault);
}

void
gh_faults_move(GhFaults *faults, GhFaults *from)
{
    faults->n_errors += from->n_errors;
    faults->n_warnings += from->n_warnings;
    from->n_errors = from->n_warnings = 0;
    g_autoptr(GPtrArray) list = from->list;
    from->list = g_ptr_array_new_with_free_func(fault_free);
    g_ptr_array_extend_and_steal(faults->list, g_steal_pointer(&list));
    if (faults->list->len > GH_FAULTS_MAX)
        g_ptr_array_set_size(faults->list, GH_FAULTS_MAX);
}

/* g_ptr_array_sort keeps the order of equals. */
static int
compare_lines(gconstpointer a, gconstpointer b)
{
    const GhFault *const *first = a;
    const GhFault *const *second = b;
    if ((*first)->line != (*second)->line)
        return (*first)->line < (*second)->line ? -1 : 1;
    return 0;
}

void
gh_faults_sort(GhFaults *faults)
{
    g_ptr_array_sort(faults->list, compare_lines);
}

size_t
gh_faults_n_errors(const GhFaults *faults)
{
    return faults->n_errors;
}

size_t
gh_faults_n_warnings(const GhFaults *faults)
{
    return faults->n_warnings;
}

size_t
gh_faults_n_listed(const GhFaults *faults)
{
    return faults->list->len;
}

const GhFault *
gh_faults_peek(const GhFaults *faults, size_t index)
{
    g_assert(index < faults->list->len);
    return g_ptr_array_index(faults->list, index);
}

/* Where a fault is; owned by the caller. */
static char *
place_of(const GhFault *fault, const GhLang *lang)
{
    g_autofree char *line = g_strdup_printf("%zu", fault->line);

    if (fault->line > 0 && fault->column != NULL)
        return gh_lang_fill(GH_T(lang, "{file}, line {line}, column {column}"), "file", fault->file,
                            "line", line, "column", fault->column, NULL);
    if (fault->line > 0)
        return gh_lang_fill(GH_T(lang, "{file}, line {line}"), "file", fault->file, "line", line,
                            NULL);
    if (fault->column != NULL)
        return gh_lang_fill(GH_T(lang, "{file}, column {column}"), "file", fault->file, "column",
                            fault->column, NULL);
    return g_strdup(fault->file);
}

char *
gh_fault_format(const GhFault *fault, const GhLang *lang)
{
    g_autofree char *place = place_of(fault, lang);
    const char *reason = gh_lang_text(lang, fault->reason);
    /* TRANSLATORS: the reason goes on from the value: "abc" is not a number */
    const char *pattern = fault->value != NULL ? GH_T(lang, "{place}: \"{value}\" {reason}")
                                               : GH_T(lang, "{place}: {reason}");
    g_autofree char *what =
        gh_lang_fill(pattern, "place", place, "value", fault->value, "reason", reason, NULL);

    if (fault->remedy == NULL)
        return g_steal_pointer(&what);
    return gh_lang_fill(GH_T(lang, "{fault}; {remedy}"), "fault", what, "remedy",
                        gh_lang_text(lang, fault->remedy), NULL);
}
