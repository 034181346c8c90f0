/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* template.h - Mustache templates, escaped always.
 *
 * Supported: {{name}}, {{a.b}}, sections {{#x}} {{/x}}, inverted {{^x}} {{/x}}, partials {{> name}},
 * comments {{! }}, and the standalone-line rules of the Mustache specification (also the indentation
 * of standalone partials). Names are looked up through the enclosing sections, innermost first; what
 * is not there shows nothing. A section over a list is repeated for each element, over an object it
 * opens the object, over anything else it is shown when the value is true: a flag that is set, a
 * text that is not empty, a count that is not zero.
 * Not supported, and reported as an error: {{.}} (give a list of texts as objects and show
 * {{text}}), {{{x}}}, {{&x}} (raw output exists only as a safe value in the view), {{=<% %>=}}
 * (changed delimiters), lambdas.
 *
 * Translated text is a section named _ whose content is the msgid: {{#_}}{n} of {total} figures{{/_}}
 *   - It is plain text, not markup: & and < stand for themselves and are escaped with the rest.
 *   - Runs of blanks and line ends count as one blank, those at its ends are dropped.
 *   - Its {name} and {a.b} places are filled from the view, escaped; a safe value fills it as
 *     markup, which is how a link gets into a sentence. A place without a value stays as it is.
 *   - With a bar, {{#_}}verb|Score{{/_}}, what stands before it is the context that tells translators
 *     two equal words apart; it is never shown.
 *   - {{#_n count}}one figure||{count} figures{{/_n}} chooses by the number under the key after the
 *     blank: a count of the view, or a text of digits.
 *   - {{! TRANSLATORS: ... }} on a line above goes to the translators with the text.
 * In attributes it works the same: title="{{#_}}Search{{/_}}".
 *
 * Escaping  & < > " ' always, so the same value is safe in text and in quoted attributes. Templates
 *           do not put values into scripts, styles, unquoted attributes or URLs' schemes; a test
 *           over all templates looks for it.
 * Errors    GH_TEMPLATE_ERROR; the message begins with file and line. out stays as it was.
 * Threads   A loaded set is read-only and safe from every thread; in development mode files are read
 *           again when they change, under a lock.
 * Limits    Depth of nesting and of partials GH_TEMPLATE_MAX_DEPTH; output GH_TEMPLATE_MAX_BYTES;
 *           pieces rendered and views searched GH_TEMPLATE_MAX_STEPS, since lists inside lists
 *           multiply.
 * Source    mustache(5) and the Mustache specification, modules interpolation, sections, inverted,
 *           partials, comments.
 */
#pragma once

#include "base/lang.h"
#include "http/view.h"

#define GH_TEMPLATE_ERROR (gh_template_error_quark())
GQuark gh_template_error_quark(void);

typedef enum {
    GH_TEMPLATE_ERROR_SYNTAX,  /* "city.html:12: section 'rows' is not closed" */
    GH_TEMPLATE_ERROR_UNKNOWN, /* no template or partial of that name */
    GH_TEMPLATE_ERROR_LIMIT,
    GH_TEMPLATE_ERROR_COUNT, /* {{#_n key}} found no number in the view */
} GhTemplateError;

enum {
    GH_TEMPLATE_MAX_DEPTH = 64,
    GH_TEMPLATE_MAX_BYTES = 16 * 1024 * 1024,
    /* Our choice: a fraction of a second. A city's page takes 10,000, a list of 10,000 cities less
     * than a million. */
    GH_TEMPLATE_MAX_STEPS = 4 * 1024 * 1024,
};

typedef struct GhTemplate GhTemplate;
typedef struct GhTemplates GhTemplates;

/* One template from text, which is copied; name is for messages. */
GhTemplate *gh_template_parse(const char *name, const char *text, size_t n_bytes, GError **error);
void gh_template_free(GhTemplate *template);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhTemplate, gh_template_free)

/* All templates of the program: compiled in (GResource /guildhall/templates/NAME.html), or, when
 * dev_dir is not NULL, read from files: dev_dir is a source tree, NAME.html is looked for in every
 * folder of its src/. A fault in any of them, or a partial that is nowhere, is told here. */
GhTemplates *gh_templates_new(const char *dev_dir, GError **error);
void gh_templates_free(GhTemplates *templates);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhTemplates, gh_templates_free)

/* Renders template name (without .html) with its partials, appended to out. */
bool gh_templates_render(GhTemplates *templates, const char *name, const GhView *view,
                         const GhLang *lang, GString *out, GError **error);

/* One template without partials (tests, fuzzing). */
bool gh_template_render(const GhTemplate *template, const GhView *view, const GhLang *lang,
                        GString *out, GError **error);
