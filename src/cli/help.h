/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* help.h - what --help and the overview show, as wide as the terminal and in its language.
 *
 * Words of syntax (commands, options, what stands for an argument) are the same in every language.
 * Not here  GLib's own help: its words would stay English, its lines as long as they happen to be.
 */
#pragma once

#include "cli/command.h"

/* Appends "Usage: guildhall NAME ...", wrapped between its parts. */
void gh_help_append_usage(GString *out, const GhCommand *command);

/* Appends "  term  text": text wrapped beside a column as wide as the widest term. */
void gh_help_append_term(GString *out, const char *term, size_t columns, const char *text);

/* Appends text wrapped. */
void gh_help_append_paragraph(GString *out, const char *text);

/* Appends all of --help; both tables end with G_OPTION_ENTRY_NULL, options may be NULL. */
void gh_help_append(GString *out, const GhCommand *command, const GOptionEntry *options,
                    const GOptionEntry *common);
