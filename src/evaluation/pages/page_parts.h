/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* page_parts.h - what pages are made of, in this district and in others: breadcrumb, choices, downloads,
 * tables as files.
 *
 * Ownership Everything goes into the view that is passed.
 */
#pragma once

#include "base/table.h"
#include "framework/framework.h"
#include "http/http.h"

/* The framework the pages show: u4ssc, or the first one loaded where that is absent. NULL with error
 * when there is none. Owned by the caller. */
GhFramework *gh_pages_framework(GhRequest *request, GError **error);

/* "Cities", "/cities" and so on; the last entry, this page, has link NULL. */
void gh_pages_breadcrumb(GhView *view, const char *label, const char *link);

/* One entry of list "downloads": label ("Figures"), and for each of formats ("csv|json") a link to
 * base.format with query behind it (may be ""). Spoken as "Figures as CSV". */
void gh_pages_downloads(GhView *view, const GhLang *lang, const char *label, const char *base,
                        const char *query, const char *formats);

/* The links of one entry, where it is made elsewhere. */
void gh_pages_formats(GhView *entry, const GhLang *lang, const char *label, const char *base,
                      const char *query, const char *formats);

/* A filter's choice: list key, with text, choice_url and current. */
void gh_pages_choice(GhView *view, const char *key, const char *text, const char *url,
                     bool current);

/* Writes one table into memory and answers it as a download "name.format". write gets the sink. The
 * format is the place of that name, or given; 404 for none of csv, xlsx and json. */
typedef bool (*GhPagesTable)(GhDb *db, GhTableFormat format, GhTableSink sink, void *sink_data,
                             void *data, GError **error);
bool gh_pages_reply_table(GhRequest *request, GhReply *reply, const char *name, GhPagesTable write,
                          void *data, GError **error);

bool gh_pages_reply_table_as(GhRequest *request, GhReply *reply, const char *wanted,
                             const char *name, GhPagesTable write, void *data, GError **error);
