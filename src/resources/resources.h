/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* resources.h - the files compiled into the program, so that every command works from any folder.
 *
 *   /guildhall/schema/0001_platform.sql     migrations
 *   /guildhall/frameworks/u4ssc/kpis.csv    frameworks as they stand in the source tree
 *   /guildhall/sample/cities.csv            published figures
 *   /guildhall/templates/city.html          templates of all districts
 *   /guildhall/tables/countries.csv         tables of facts that districts read
 *   /guildhall/ui/guildhall.css             theme, scripts, marks
 *   /guildhall/po/fr.mo                     compiled translations
 *   /guildhall/source/guildhall-0.1.0.tar.gz  the program's own source
 *
 * What goes in is listed by packaging/resources.py.
 *
 * Ownership The bytes are the program's own read-only data: a lookup copies nothing, and they
 *           outlive the GBytes that shows them.
 * Threads   Safe from every thread.
 */
#pragma once

#include <gio/gio.h>

/* Borrowed; lives until the process ends. */
GResource *gh_resources_get(void);

/* The file with that full path, or NULL when there is none. The caller unrefs it. */
GBytes *gh_resources_lookup(const char *path);

/* Names of the files and folders in a folder, sorted; folders end in "/". An unknown folder has
 * none, so the vector is empty and never NULL. */
GStrv gh_resources_children(const char *folder);
