/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* published.c - publishing a ranking: checks, figures, computation, and one transaction. */
#include "ranking/published/published.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "ranking/published/published_private.h"

/* clang-format off */
G_DEFINE_QUARK(gh-ranking-error-quark, gh_ranking_error)
/* clang-format on */

/* -- what is asked -- */

bool
gh_ranking_check_text(const char *what, const char *text, size_t max_bytes, GError **error)
{
    size_t bad = 0;
    bool has_control = false;

    for (const char *c = text; *c != '\0'; c++)
        has_control = has_control || g_ascii_iscntrl(*c);
    if (strlen(text) <= max_bytes && !has_control && gh_text_check_utf8(text, strlen(text), &bad))
        return true;
    g_set_error(error, GH_RANKING_ERROR, GH_RANKING_ERROR_INVALID,
                "the %s is one line of UTF-8 text of at most %zu bytes", what, max_bytes);
    return false;
}

static bool
check_asked(const GhRankingPublish *publish, GError **error)
{
    if (!gh_text_is_slug(publish->slug) || strlen(publish->slug) > GH_SLUG_MAX) {
        g_set_error(error, GH_RANKING_ERROR, GH_RANKING_ERROR_INVALID,
                    "the slug is the end of the ranking's address: write small letters, digits and "
                    "single hyphens, such as digital-cities-2026");
        return false;
    }
    if (publish->title[0] == '\0' || publish->author[0] == '\0') {
        g_set_error(error, GH_RANKING_ERROR, GH_RANKING_ERROR_INVALID,
                    "a ranking has a title and an author");
        return false;
    }
    return gh_ranking_check_text("title", publish->title, GH_RANKING_MAX_TITLE_BYTES, error)
           && gh_ranking_check_text("author", publish->author, GH_RANKING_MAX_TITLE_BYTES, error)
           && gh_ranking_check_text("summary", publish->summary != NULL ? publish->summary : "",
                                    GH_RANKING_MAX_SUMMARY_BYTES, error);
}

/* -- the specification -- */

static GhIndexSpec *
parse_spec(const GhRankingPublish *publish, GhFaults *faults, GhRankingSource **ret_source,
           GError **error)
{
    g_autoptr(GhIndexSpec) spec = gh_index_spec_parse(publish->spec_name, publish->spec,
                                                      publish->n_spec_bytes, faults, error);
    if (spec == NULL)
        return NULL;

    if (spec->uncertain == NULL || spec->uncertain->n_parameters == 0)
        gh_faults_add(faults, GH_FAULT_ERROR, publish->spec_name, 0, "uncertainty", NULL,
                      GH_MARK("is missing"),
                      GH_MARK("say which choices of the method are open: a place is not published "
                              "without its interval"));
    if (spec->data_text == NULL)
        gh_faults_add(faults, GH_FAULT_ERROR, publish->spec_name, 0, "data", NULL,
                      GH_MARK("is missing"),
                      GH_MARK("say which figures it takes: {\"framework\": \"u4ssc\"}"));
    if (gh_faults_n_errors(faults) > 0) {
        g_set_error(error, GH_RANKING_ERROR, GH_RANKING_ERROR_FAULTS,
                    "%s cannot be published as it is", publish->spec_name);
        return NULL;
    }
    *ret_source = gh_ranking_source_parse(publish->spec_name, spec->data_text, faults, error);
    return *ret_source != NULL ? g_steal_pointer(&spec) : NULL;
}

/* -- all of it -- */

typedef struct {
    const char *actor;
    const GhRanking *ranking;
    const GhRankingMade *made;
    const GhRankingFigures *figures;
} Work;

static bool
refuse_known(GhDb *db, const char *slug, GError **error)
{
    bool exists = false;

    if (!gh_ranking_exists(db, slug, &exists, error))
        return false;
    if (exists)
        g_set_error(error, GH_RANKING_ERROR, GH_RANKING_ERROR_EXISTS,
                    "there is a ranking %s, and a published one never changes: choose another slug",
                    slug);
    return !exists;
}

static bool
check_slug_is_free(GhDb *db, void *data, GError **error)
{
    return refuse_known(db, data, error);
}

static bool
insert(GhDb *db, void *data, GError **error)
{
    const Work *work = data;

    return refuse_known(db, work->ranking->slug, error)
           && gh_ranking_insert(db, work->ranking, work->made, work->figures, work->actor, error);
}

static bool
check_figures(const GhRankingFigures *figures, GError **error)
{
    if (figures->data->years != NULL && figures->first_year == figures->last_year) {
        g_set_error(error, GH_RANKING_ERROR, GH_RANKING_ERROR_DATA,
                    "data: \"all\" years take figures of at least two, and there are only those of "
                    "%d: write that year",
                    figures->first_year);
        return false;
    }
    if (figures->data->n_units > GH_RANKING_MAX_CITIES) {
        g_set_error(error, GH_RANKING_ERROR, GH_RANKING_ERROR_LIMIT,
                    "a ranking has at most %d cities, in a panel rows of a city and year",
                    GH_RANKING_MAX_CITIES);
        return false;
    }
    return true;
}

bool
gh_ranking_publish(GhStore *store, const GhRankingPublish *publish, GhFaults *faults,
                   GError **error)
{
    g_autofree char *slug = g_strdup(publish->slug);
    g_autoptr(GhRankingSource) source = NULL;

    if (!check_asked(publish, error) || !gh_store_read(store, check_slug_is_free, slug, error))
        return false;
    g_autoptr(GhIndexSpec) spec = parse_spec(publish, faults, &source, error);
    if (spec == NULL)
        return false;
    g_autoptr(GhRankingFigures) figures =
        gh_ranking_figures_load(store, source, publish->progress, error);
    if (figures == NULL || !check_figures(figures, error))
        return false;
    if (figures->data->years != NULL)
        gh_ranking_warn_of_years(publish->spec_name, gh_ranking_years(spec), faults);
    g_autoptr(GhRankingMade) made =
        gh_ranking_make(spec, publish->spec, publish->n_spec_bytes, figures->data,
                        publish->n_threads, publish->progress, error);
    if (made == NULL)
        return false;

    g_autoptr(GhRanking) ranking = g_new0(GhRanking, 1);
    ranking->slug = g_strdup(publish->slug);
    ranking->title = g_strdup(publish->title);
    ranking->summary = g_strdup(publish->summary != NULL ? publish->summary : "");
    ranking->author = g_strdup(publish->author);
    ranking->published_us = gh_clock_now_us();
    Work work = {.actor = publish->actor, .ranking = ranking, .made = made, .figures = figures};
    return gh_store_new_id(store, &ranking->id, error)
           && gh_store_write(store, insert, &work, error);
}
