/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* compare_files.c - a comparison as a file. */
#include <string.h>

#include "evaluation/pages/compare_page.h"

static bool
write_comparison(GhDb *db, GhTableFormat format, GhTableSink sink, void *sink_data, void *data,
                 GError **error)
{
    const GhComparison *comparison = data;
    g_autoptr(GString) json = g_string_new(NULL);

    (void)db; /* read already */
    if (format != GH_TABLE_JSON)
        return gh_comparison_table(comparison, format, sink, sink_data, error);
    gh_comparison_json(comparison, json);
    return sink(json->str, json->len, sink_data, error);
}

/* GET /compare.{format}?city1=&year1=...&targets= ; public. csv, xlsx or json; 404 where the page would
 * have a fault to tell. */
bool
gh_compare_file(GhRequest *request, GhReply *reply, void *data, GError **error)
{
    g_auto(GhComparePage) page = {0};
    bool answered = false;

    (void)data;
    if (!gh_compare_page_load(request, reply, &page, &answered, error))
        return false;
    if (answered)
        return true;
    if (!gh_compare_page_is_complete(&page))
        return gh_compare_reply_incomplete(request, reply, error);

    GhComparison comparison = {.evaluations = page.evaluations,
                               .n_evaluations = page.n_evaluations};
    g_autoptr(GString) name = g_string_new("compare");
    for (size_t i = 0; i < page.n_evaluations; i++)
        g_string_append_printf(name, "-%s-%d", page.evaluations[i].city->slug,
                               page.evaluations[i].figures->year);
    return gh_pages_reply_table(request, reply, name->str, write_comparison, &comparison, error);
}
