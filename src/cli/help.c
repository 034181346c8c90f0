/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* help.c - what --help and the overview show. */
#include "cli/help.h"

#include <string.h>

#include "base/layout.h"

enum {
    WIDTH_MIN = 40, /* narrower, and one word would stand on each line */
    WIDTH_MAX = 100,
    TERM_INDENT = 2,
    TERM_GAP = 2,
    TERM_COLUMNS_MAX = 30, /* the text beside a longer one begins on the next line */
};

static const char NO_BREAK[] = "\xc2\xa0";

static size_t
width(void)
{
    return CLAMP(gh_command_width(), WIDTH_MIN, WIDTH_MAX);
}

void
gh_help_append_paragraph(GString *out, const char *text)
{
    gh_layout_wrap(out, text, 0, width());
}

/* Blanks inside brackets become such that lines are not broken at. */
static char *
bind_brackets(const char *usage)
{
    GString *bound = g_string_new(NULL);
    int depth = 0;

    for (const char *p = usage; *p != '\0'; p++) {
        depth += *p == '[' ? 1 : *p == ']' ? -1 : 0;
        if (*p == ' ' && depth > 0)
            g_string_append(bound, NO_BREAK);
        else
            g_string_append_c(bound, *p);
    }
    return g_string_free(bound, FALSE);
}

void
gh_help_append_usage(GString *out, const GhCommand *command)
{
    const char *label = GH_T(gh_command_lang(), "Usage:");
    g_autofree char *usage = bind_brackets(command->usage);
    g_autofree char *call = g_strdup_printf("guildhall%s%s %s", NO_BREAK, command->name, usage);

    g_autoptr(GString) text = g_string_new(label);
    g_string_append_c(text, ' ');
    gh_layout_hang(text, call, gh_layout_width(label) + 1, width());
    /* Who copies the line wants plain blanks. */
    g_string_replace(text, NO_BREAK, " ", 0);
    g_string_append(out, text->str);
}

void
gh_help_append_term(GString *out, const char *term, size_t columns, const char *text)
{
    size_t indent = TERM_INDENT + columns + TERM_GAP;

    gh_layout_left(out, "", TERM_INDENT);
    if (gh_layout_width(term) > columns) {
        g_string_append_printf(out, "%s\n", term);
        gh_layout_left(out, "", indent);
    } else
        gh_layout_left(out, term, columns + TERM_GAP);
    gh_layout_hang(out, text, indent, width());
}

/* "-o, --output FILE" */
static char *
option_term(const GOptionEntry *option)
{
    GString *term = g_string_new(NULL);

    if (option->short_name != 0)
        g_string_append_printf(term, "-%c, ", option->short_name);
    g_string_append_printf(term, "--%s", option->long_name);
    if (option->arg_description != NULL)
        g_string_append_printf(term, " %s", option->arg_description);
    return g_string_free(term, FALSE);
}

static size_t
widest_term(const GOptionEntry *options, size_t widest)
{
    for (const GOptionEntry *option = options; option != NULL && option->long_name != NULL;
         option++) {
        g_autofree char *term = option_term(option);
        widest = MAX(widest, gh_layout_width(term));
    }
    return MIN(widest, TERM_COLUMNS_MAX);
}

static void
append_options(GString *out, const GOptionEntry *options, size_t columns)
{
    const GhLang *lang = gh_command_lang();

    for (const GOptionEntry *option = options; option != NULL && option->long_name != NULL;
         option++) {
        g_autofree char *term = option_term(option);
        gh_help_append_term(out, term, columns, GH_T(lang, option->description));
    }
}

void
gh_help_append(GString *out, const GhCommand *command, const GOptionEntry *options,
               const GOptionEntry *common)
{
    const GhLang *lang = gh_command_lang();
    size_t columns = widest_term(common, widest_term(options, 0));

    gh_help_append_usage(out, command);
    g_string_append_c(out, '\n');
    gh_help_append_paragraph(out, GH_T(lang, command->summary));
    if (command->details != NULL) {
        g_string_append_c(out, '\n');
        gh_help_append_paragraph(out, GH_T(lang, command->details));
    }
    g_string_append_printf(out, "\n%s\n", GH_T(lang, "Options:"));
    append_options(out, options, columns);
    append_options(out, common, columns);
}
