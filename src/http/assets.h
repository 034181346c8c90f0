/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* assets.h - styles, scripts and pictures of the pages, compiled in under /guildhall/ui.
 *
 * Address   /assets/VERSION/NAME, where VERSION is made from all their bytes: browsers keep them for
 *           a year and ask again when anything has changed. /favicon.ico and /robots.txt are found too.
 * Threads   Read-only once made; in development files are read each time.
 */
#pragma once

#include "http/prepared.h"

typedef struct GhAssets GhAssets;

/* dev_dir, may be NULL: files under dev_dir/ui come before the compiled ones. */
GhAssets *gh_assets_new(const char *dev_dir);
void gh_assets_free(GhAssets *assets);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhAssets, gh_assets_free)

/* "/assets/3fa9c1d2ab", to be put before "/NAME". */
const char *gh_assets_base(const GhAssets *assets);

/* What is at a path; NULL: nothing. An old version is answered with the way to the present one. The
 * caller owns the reference. */
GhPrepared *gh_assets_find(const GhAssets *assets, const char *path);
