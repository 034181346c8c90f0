/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* pages.c - what the pages of this district share. */
#include "evaluation/pages/pages.h"

#include <string.h>

static const char FRAMEWORK_ID[] = "u4ssc";

/* Any other framework, when a database holds only that one. */
static char *
first_framework(GhStore *store, GError **error)
{
    g_autoptr(GPtrArray) rows = gh_framework_list(store, error);
    if (rows == NULL)
        return NULL;

    for (guint i = 0; i < rows->len; i++) {
        const GhFrameworkRow *row = g_ptr_array_index(rows, i);
        if (row->current)
            return g_strdup(row->id);
    }
    g_set_error(error, GH_FRAMEWORK_ERROR, GH_FRAMEWORK_ERROR_UNKNOWN,
                "no framework is loaded: run guildhall init");
    return NULL;
}

GhFramework *
gh_pages_framework(GhRequest *request, GError **error)
{
    GhStore *store = gh_server_store(gh_request_server(request));
    g_autoptr(GError) own = NULL;
    GhFramework *framework = gh_framework_get(store, FRAMEWORK_ID, NULL, &own);

    if (framework != NULL)
        return framework;
    if (!g_error_matches(own, GH_FRAMEWORK_ERROR, GH_FRAMEWORK_ERROR_UNKNOWN)) {
        g_propagate_error(error, g_steal_pointer(&own));
        return NULL;
    }

    g_autofree char *id = first_framework(store, error);
    if (id == NULL)
        return NULL;
    return gh_framework_get(store, id, NULL, error);
}

GhOverview *
gh_pages_overview(GhRequest *request, GhFramework *framework, GError **error)
{
    return gh_overview_get(gh_server_store(gh_request_server(request)), framework, error);
}

void
gh_pages_breadcrumb(GhView *view, const char *label, const char *link)
{
    GhView *entry = gh_view_append(view, "breadcrumbs");

    gh_view_flag(view, "has_breadcrumbs", true);
    gh_view_text(entry, "label", label);
    gh_view_text(entry, "link", link);
}

void
gh_pages_formats(GhView *entry, const GhLang *lang, const char *label, const char *base,
                 const char *query, const char *formats)
{
    g_auto(GStrv) names = g_strsplit(formats, "|", -1);

    for (size_t i = 0; names[i] != NULL; i++) {
        GhView *link = gh_view_append(entry, "formats");
        g_autofree char *upper = g_ascii_strup(names[i], -1);

        gh_view_text(link, "text", upper);
        gh_view_printf(link, "file_url", "%s.%s%s", base, names[i], query);
        gh_view_take_text(
            link, "full_label",
            gh_lang_fill(GH_T(lang, "{what} as {format}"), "what", label, "format", upper, NULL));
    }
}

void
gh_pages_downloads(GhView *view, const GhLang *lang, const char *label, const char *base,
                   const char *query, const char *formats)
{
    GhView *entry = gh_view_append(view, "downloads");

    gh_view_text(entry, "label", label);
    gh_pages_formats(entry, lang, label, base, query, formats);
}

void
gh_pages_choice(GhView *view, const char *key, const char *text, const char *url, bool current)
{
    GhView *choice = gh_view_append(view, key);

    gh_view_text(choice, "text", text);
    gh_view_text(choice, "choice_url", url);
    gh_view_flag(choice, "current", current);
}

typedef struct {
    GhTableFormat format;
    GhPagesTable write;
    void *data;
    GString *out;
} TableWork;

static bool
write_table(GhDb *db, void *data, GError **error)
{
    TableWork *work = data;

    g_string_truncate(work->out, 0); /* an earlier try may have been rolled back */
    return work->write(db, work->format, gh_table_sink_string, work->out, work->data, error);
}

bool
gh_pages_reply_table_as(GhRequest *request, GhReply *reply, const char *wanted, const char *name,
                        GhPagesTable write, void *data, GError **error)
{
    g_autoptr(GString) out = g_string_new(NULL);
    TableWork work = {.write = write, .data = data, .out = out};

    if (wanted == NULL || !gh_table_format_from_text(wanted, &work.format))
        return gh_reply_not_found(
            request, reply,
            GH_T(gh_request_lang(request), "Files are offered as csv, xlsx and json."), error);
    if (!gh_store_read(gh_server_store(gh_request_server(request)), write_table, &work, error))
        return false;

    g_autofree char *file_name = g_strdup_printf("%s.%s", name, gh_table_format_text(work.format));
    gh_reply_bytes(reply, gh_table_media_type(work.format), file_name,
                   g_string_free_to_bytes(g_steal_pointer(&out)));
    return true;
}

bool
gh_pages_reply_table(GhRequest *request, GhReply *reply, const char *name, GhPagesTable write,
                     void *data, GError **error)
{
    return gh_pages_reply_table_as(request, reply, gh_request_param(request, "format"), name, write,
                                   data, error);
}
