/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* written_findings.c - what the checks found, for a terminal. */
#include "evaluation/written.h"

#include "base/layout.h"
#include "evaluation/words/say.h"

enum {
    INDENT = 2
};

static const char *
severity_word(const GhLang *lang, GhSeverity severity)
{
    switch (severity) {
    case GH_SEVERITY_NOTE:
        return GH_T(lang, "note");
    case GH_SEVERITY_WARNING:
        return GH_T(lang, "warning");
    case GH_SEVERITY_ERROR:
        return GH_T(lang, "error");
    }
    g_assert_not_reached();
}

/* "found: 60 + 25 + 25 = 110 %" */
static void
append_labelled(GString *out, const char *pattern, const char *name, const char *value,
                unsigned width)
{
    g_autofree char *line = gh_lang_fill(pattern, name, value, NULL);
    gh_layout_wrap(out, line, INDENT, width);
}

static void
append_finding(const GhFramework *framework, const GhFinding *finding, const GhLang *lang,
               unsigned width, GString *out)
{
    const GhCheck *check = &framework->checks[finding->check];

    g_string_append_printf(out, "\n%s  %s\n", severity_word(lang, check->severity), check->id);
    for (size_t i = 0; i < finding->n_data_points; i++) {
        size_t data_point = finding->data_points[i];
        g_autofree char *name = gh_say_figure(framework, lang, data_point);
        g_autofree char *line =
            g_strdup_printf("%s: %s", framework->data_points[data_point].id, name);
        gh_layout_wrap(out, line, INDENT, width);
    }
    append_labelled(out, GH_T(lang, "found: {values}"), "values", finding->observed, width);
    gh_layout_wrap(
        out, gh_framework_text(framework, lang, "check", check->id, "message", check->message),
        INDENT, width);
    if (*check->source != '\0')
        append_labelled(out, GH_T(lang, "rule: {source}"), "source", check->source, width);
}

void
gh_written_findings(const GhFramework *framework, const GPtrArray *findings, const GhLang *lang,
                    unsigned width, GString *out)
{
    for (guint i = 0; i < findings->len; i++)
        append_finding(framework, g_ptr_array_index(findings, i), lang, width, out);
}
