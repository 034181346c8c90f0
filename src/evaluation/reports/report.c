/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report.c - the reports about a city: their names, and the making of the document. */
#include "evaluation/reports/report_private.h"
#include "evaluation/words/say.h"

static const struct {
    const char *text;
    const char *name;
    bool (*add)(const GhReport *report, GError **error);
} KINDS[] = {
    [GH_REPORT_SNAPSHOT] = {"snapshot", GH_MARK("City snapshot"), gh_report_snapshot},
    [GH_REPORT_VERIFICATION] = {"verification", GH_MARK("Verification report"),
                                gh_report_verification},
};

const char *
gh_report_kind_text(GhReportKind kind)
{
    return KINDS[kind].text;
}

bool
gh_report_kind_from_text(const char *text, GhReportKind *ret_kind)
{
    for (size_t i = 0; i < G_N_ELEMENTS(KINDS); i++) {
        if (g_str_equal(text, KINDS[i].text)) {
            *ret_kind = (GhReportKind)i;
            return true;
        }
    }
    return false;
}

const char *
gh_report_kind_name(GhReportKind kind, const GhLang *lang)
{
    return GH_T(lang, KINDS[kind].name);
}

char *
gh_report_file_name(GhReportKind kind, const GhCity *city, int year, const GhLang *lang)
{
    g_autoptr(GString) name = g_string_new(city->slug);

    if (year > 0)
        g_string_append_printf(name, "-%d", year);
    g_string_append_printf(name, "-%s", gh_report_kind_text(kind));
    if (lang != gh_lang_source())
        g_string_append_printf(name, "-%s", gh_lang_tag(lang));
    g_string_append(name, ".pdf");
    return g_string_free(g_steal_pointer(&name), FALSE);
}

/* "Riyadh, 2020"; without figures the name alone. */
static char *
say_subject(const GhEvaluation *evaluation)
{
    return evaluation->figures->year > 0
               ? g_strdup_printf("%s, %d", evaluation->city->name, evaluation->figures->year)
               : g_strdup(evaluation->city->name);
}

static GhDocument *
make_document(const GhReportOptions *options)
{
    const GhEvaluation *evaluation = options->evaluation;
    const char *kind = gh_report_kind_name(options->kind, options->lang);
    g_autofree char *subject = say_subject(evaluation);
    g_autofree char *title = g_strdup_printf("%s: %s", kind, subject);
    g_autofree char *head = g_strdup_printf("%s · %s", kind, subject);
    g_autofree char *foot = gh_lang_fill(GH_T(options->lang, "Targets: set “{name}”, not official"),
                                         "name", evaluation->targets->id, NULL);
    const GhDocumentOptions document_options = {
        .lang = options->lang,
        .paper = options->paper,
        .title = title,
        .author = "Guildhall " GH_VERSION,
        .subject = gh_say_framework(evaluation->framework, options->lang),
        .running_head = head,
        .running_foot = foot,
        .made_us = options->made_us,
    };

    return gh_document_new(&document_options);
}

GBytes *
gh_report_pdf(const GhReportOptions *options, size_t *ret_n_pages, GError **error)
{
    static const double BLOCKS_SHARE = 0.5;
    g_autoptr(GhDocument) document = make_document(options);
    g_autoptr(GhReportSources) sources = gh_report_sources_new(options->evaluation->figures);
    const GhReport report = {
        .options = options,
        .evaluation = options->evaluation,
        .framework = options->evaluation->framework,
        .lang = options->lang,
        .document = document,
        .sources = sources,
    };

    if (!KINDS[options->kind].add(&report, error)
        || !gh_report_tell(&report, GH_MARK("pages"), BLOCKS_SHARE, error))
        return NULL;
    g_autoptr(GBytes) pdf = gh_document_pdf(document, error);
    if (pdf == NULL)
        return NULL;
    *ret_n_pages = gh_document_n_pages(document);
    return g_steal_pointer(&pdf);
}
