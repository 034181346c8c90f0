/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_sources.c - the distinct sources of a city's figures, numbered. */
#include "evaluation/reports/report_sources.h"

typedef struct {
    const char *text;
    size_t n_figures;
} Source;

struct GhReportSources {
    GArray *sources;     /* of Source */
    GHashTable *numbers; /* text -> number from 1 */
};

size_t
gh_report_sources_number(const GhReportSources *sources, const GhFigure *figure)
{
    if (figure->source == NULL || figure->source[0] == '\0')
        return 0;
    return GPOINTER_TO_SIZE(g_hash_table_lookup(sources->numbers, figure->source));
}

static void
add_figure(GhReportSources *sources, const GhFigure *figure)
{
    size_t number = gh_report_sources_number(sources, figure);

    if (figure->source == NULL || figure->source[0] == '\0')
        return;
    if (number == 0) {
        const Source source = {.text = figure->source};
        g_array_append_val(sources->sources, source);
        number = sources->sources->len;
        g_hash_table_insert(sources->numbers, figure->source, GSIZE_TO_POINTER(number));
    }
    g_array_index(sources->sources, Source, number - 1).n_figures++;
}

GhReportSources *
gh_report_sources_new(const GhFigureSet *figures)
{
    GhReportSources *sources = g_new0(GhReportSources, 1);

    sources->sources = g_array_new(FALSE, FALSE, sizeof(Source));
    sources->numbers = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < figures->n_figures; i++)
        add_figure(sources, &figures->figures[i]);
    return sources;
}

void
gh_report_sources_free(GhReportSources *sources)
{
    if (sources == NULL)
        return;
    g_array_unref(sources->sources);
    g_hash_table_unref(sources->numbers);
    g_free(sources);
}

size_t
gh_report_sources_n(const GhReportSources *sources)
{
    return sources->sources->len;
}

const char *
gh_report_sources_text(const GhReportSources *sources, size_t number)
{
    return g_array_index(sources->sources, Source, number - 1).text;
}

size_t
gh_report_sources_n_figures(const GhReportSources *sources, size_t number)
{
    return g_array_index(sources->sources, Source, number - 1).n_figures;
}
