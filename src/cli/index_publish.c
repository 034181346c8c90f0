/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* index_publish.c - guildhall index publish, list, withdraw: rankings that others read and cite. */
#include "cli/index_command.h"

#include "ranking/ranking.h"

static const char *const ACTOR = "operator"; /* until there are accounts */

bool
gh_index_command_publish(int argc, char **argv, const GhIndexOptions *options, GError **error)
{
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autofree char *spec = NULL;
    size_t n_bytes = 0;
    (void)argc; /* one, as the table of words says */

    if (options->slug == NULL || options->title == NULL || options->author == NULL) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC,
                    "publish needs --slug, --title and --author: others will cite it by them");
        return false;
    }
    if (options->data != NULL) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC,
                    "publish takes the figures of this platform, not --data: what is published "
                    "must be traceable to them");
        return false;
    }
    if (!g_file_get_contents(argv[0], &spec, &n_bytes, error))
        return false;
    g_autoptr(GhStore) store = gh_command_open(GH_STORE_MUST_EXIST, error);
    if (store == NULL)
        return false;

    g_autoptr(GhProgressBar) bar = gh_progress_bar_new(options->title, gh_command_lang());
    const GhProgress progress = gh_progress_bar_progress(bar);
    const GhRankingPublish publish = {
        .slug = options->slug,
        .title = options->title,
        .summary = options->summary,
        .author = options->author,
        .actor = ACTOR,
        .spec_name = argv[0],
        .spec = spec,
        .n_spec_bytes = n_bytes,
        .n_threads = (unsigned)options->threads,
        .progress = &progress,
    };
    const bool done = gh_ranking_publish(store, &publish, faults, error);
    g_clear_pointer(&bar, gh_progress_bar_free);
    gh_command_print_faults(faults);
    if (done)
        gh_command_say(stdout, "published: /rankings/{slug}", "slug", options->slug, NULL);
    return done;
}

static bool
list_work(GhDb *db, void *data, GError **error)
{
    GPtrArray **rankings = data;

    g_clear_pointer(rankings, g_ptr_array_unref); /* an earlier try may have been rolled back */
    *rankings = gh_ranking_list(db, error);
    return *rankings != NULL;
}

bool
gh_index_command_list(int argc, char **argv, const GhIndexOptions *options, GError **error)
{
    g_autoptr(GPtrArray) rankings = NULL;
    (void)argc; /* none, as the table of words says */
    (void)argv;
    (void)options;

    g_autoptr(GhStore) store = gh_command_open(GH_STORE_MUST_EXIST, error);
    if (store == NULL || !gh_store_read(store, list_work, &rankings, error))
        return false;
    if (rankings->len == 0)
        gh_command_say(stderr, "no ranking is published yet: guildhall index publish SPEC", NULL);
    for (guint i = 0; i < rankings->len; i++) {
        const GhRanking *ranking = g_ptr_array_index(rankings, i);
        g_autofree char *cities =
            gh_command_counted("{n} city", "{n} cities", (int64_t)ranking->n_cities);
        gh_command_say(stdout,
                       ranking->withdrawn_us > 0 ? GH_MARK("{slug}  {title}  ({cities}, withdrawn)")
                                                 : GH_MARK("{slug}  {title}  ({cities})"),
                       "slug", ranking->slug, "title", ranking->title, "cities", cities, NULL);
    }
    return true;
}

bool
gh_index_command_withdraw(int argc, char **argv, const GhIndexOptions *options, GError **error)
{
    (void)argc; /* one, as the table of words says */

    if (options->reason == NULL) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_SPEC,
                    "withdraw needs --reason: readers of the ranking are told it");
        return false;
    }
    g_autoptr(GhStore) store = gh_command_open(GH_STORE_MUST_EXIST, error);
    if (store == NULL || !gh_ranking_withdraw(store, argv[0], options->reason, ACTOR, error))
        return false;
    gh_command_say(stdout, "withdrawn: /rankings/{slug}", "slug", argv[0], NULL);
    return true;
}
