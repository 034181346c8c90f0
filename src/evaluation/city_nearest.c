/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* city_nearest.c - "there is no city Oslp; did you mean oslo?" */

#include <string.h>

#include "base/text.h"
#include "evaluation/city_private.h"

enum {
    N_NEAREST = 3,
    MAX_DISTANCE = 3, /* our choice: two slips and a missing mark */
};

typedef struct {
    char *slug; /* owned */
    unsigned distance;
} Near;

/* 0 where the name or slug only was not written to its end ("krimpen"). A third of the letters may
 * be wrong, or any short word would be near. */
static unsigned
distance_to(const char *wanted, size_t n_wanted, const char *name_key, const char *slug)
{
    unsigned limit = (unsigned)MIN(MAX_DISTANCE, n_wanted / 3 + 1);

    if (n_wanted >= 3 && (strstr(name_key, wanted) != NULL || strstr(slug, wanted) != NULL))
        return 0;

    unsigned to_name = gh_text_distance(wanted, name_key, limit);
    unsigned to_slug = gh_text_distance(wanted, slug, limit);
    unsigned distance = MIN(to_name, to_slug);
    return distance <= limit ? distance : MAX_DISTANCE + 1;
}

static void
keep_near(Near nearest[N_NEAREST], const char *slug, unsigned distance)
{
    size_t at = N_NEAREST;

    while (at > 0 && (nearest[at - 1].slug == NULL || distance < nearest[at - 1].distance))
        at--;
    if (at == N_NEAREST)
        return;
    g_free(nearest[N_NEAREST - 1].slug);
    memmove(&nearest[at + 1], &nearest[at], (N_NEAREST - 1 - at) * sizeof *nearest);
    nearest[at] = (Near){.slug = g_strdup(slug), .distance = distance};
}

static const char SQL_NAMES[] = "SELECT slug, name_key FROM city ORDER BY slug";

static bool
find_nearest(GhDb *db, const char *wanted, Near nearest[N_NEAREST], GError **error)
{
    g_autofree char *key = gh_text_fold_name(wanted);
    size_t n_key = (size_t)g_utf8_strlen(key, -1);

    g_autoptr(GhQuery) query = gh_db_query(db, SQL_NAMES, error);
    if (query == NULL)
        return false;
    for (;;) {
        bool row = false;
        if (!gh_query_next(query, &row, error))
            return false;
        if (!row)
            return true;

        const char *slug = gh_query_text(query, 0);
        unsigned distance = distance_to(key, n_key, gh_query_text(query, 1), slug);
        if (distance <= MAX_DISTANCE)
            keep_near(nearest, slug, distance);
    }
}

static void
set_unknown(const char *wanted, const Near nearest[N_NEAREST], GError **error)
{
    g_autoptr(GString) names = g_string_new(NULL);

    for (size_t i = 0; i < N_NEAREST && nearest[i].slug != NULL; i++)
        g_string_append_printf(names, "%s%s", i > 0 ? ", " : "", nearest[i].slug);
    if (names->len > 0)
        g_set_error(error, GH_EVALUATION_ERROR, GH_EVALUATION_ERROR_UNKNOWN,
                    "there is no city \"%s\"; near it: %s", wanted, names->str);
    else
        g_set_error(error, GH_EVALUATION_ERROR, GH_EVALUATION_ERROR_UNKNOWN,
                    "there is no city \"%s\"; guildhall city list shows all", wanted);
}

bool
gh_city_require(GhDb *db, const char *slug_or_name, GhCity **ret_city, GError **error)
{
    g_autoptr(GhCity) city = NULL;
    if (!gh_city_find(db, slug_or_name, &city, error))
        return false;
    if (city != NULL) {
        *ret_city = g_steal_pointer(&city);
        return true;
    }

    Near nearest[N_NEAREST] = {0};
    bool done = find_nearest(db, slug_or_name, nearest, error);
    if (done)
        set_unknown(slug_or_name, nearest, error);
    for (size_t i = 0; i < N_NEAREST; i++)
        g_free(nearest[i].slug);
    return false;
}
