/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* cluster.c - agglomerative clusters: the two nearest clusters are joined, again and again.
 *
 * Update    Lance and Williams 1967; Ward's on squared distances, heights are their roots (Murtagh and Legendre
 *           2014, "Ward2"). All four linkages here are reducible, so heights do not fall.
 * Cost      Each cluster knows its nearest of those with higher numbers, which mostly stays true when two are
 *           joined: O(n^2) in practice, O(n^3) at worst. n^2 doubles of scratch.
 * Ties      A cluster's number is that of its first leaf; of equal distances the pair with the lowest first
 *           number is joined, then with the lowest second.
 */
#include <math.h>
#include <string.h>

#include "index/column.h"
#include "index/stats.h"

typedef struct {
    size_t n;
    GhLinkage linkage;
    double *
        distances; /* n x n; Ward: squared; those of joined clusters in the row of the lower number */
    bool *alive;   /* n */
    double *size;    /* n: leaves */
    size_t *id;      /* n: what a merge calls it */
    size_t *nearest; /* n: of those alive with a higher number; n: there is none */
} Clusters;

static void
clusters_free(Clusters *clusters)
{
    g_free(clusters->distances);
    g_free(clusters->alive);
    g_free(clusters->size);
    g_free(clusters->id);
    g_free(clusters->nearest);
    g_free(clusters);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Clusters, clusters_free)

static double *
distance(const Clusters *clusters, size_t a, size_t b)
{
    return &clusters->distances[MIN(a, b) * clusters->n + MAX(a, b)];
}

static void
find_nearest(Clusters *clusters, size_t a)
{
    size_t nearest = clusters->n;

    for (size_t b = a + 1; b < clusters->n; b++)
        if (clusters->alive[b]
            && (nearest == clusters->n
                || *distance(clusters, a, b) < *distance(clusters, a, nearest)))
            nearest = b;
    clusters->nearest[a] = nearest;
}

static Clusters *
clusters_new(const double *distances, size_t n, GhLinkage linkage)
{
    g_autoptr(Clusters) clusters = g_new0(Clusters, 1);

    clusters->n = n;
    clusters->linkage = linkage;
    clusters->distances = g_try_malloc_n(MAX(n, 1), MAX(n, 1) * sizeof *distances);
    if (clusters->distances == NULL)
        return NULL;
    memcpy(clusters->distances, distances, n * n * sizeof *distances);
    for (size_t v = 0; linkage == GH_LINKAGE_WARD && v < n * n; v++)
        clusters->distances[v] *= clusters->distances[v];
    clusters->alive = g_new0(bool, n);
    clusters->size = g_new0(double, n);
    clusters->id = g_new0(size_t, n);
    clusters->nearest = g_new0(size_t, n);
    for (size_t a = 0; a < n; a++) {
        clusters->alive[a] = true;
        clusters->size[a] = 1;
        clusters->id[a] = a;
    }
    for (size_t a = 0; a < n; a++)
        find_nearest(clusters, a);
    return g_steal_pointer(&clusters);
}

/* The lower number of the nearest pair. */
static size_t
find_pair(const Clusters *clusters)
{
    size_t best = clusters->n;

    for (size_t a = 0; a < clusters->n; a++) {
        if (!clusters->alive[a] || clusters->nearest[a] == clusters->n)
            continue;
        if (best == clusters->n
            || *distance(clusters, a, clusters->nearest[a])
                   < *distance(clusters, best, clusters->nearest[best]))
            best = a;
    }
    return best;
}

/* Lance and Williams: the distance of c from a and b joined. */
static double
joined_distance(const Clusters *clusters, size_t a, size_t b, size_t c)
{
    const double ac = *distance(clusters, a, c), bc = *distance(clusters, b, c);
    const double na = clusters->size[a], nb = clusters->size[b], nc = clusters->size[c];

    switch (clusters->linkage) {
    case GH_LINKAGE_WARD:
        return ((na + nc) * ac + (nb + nc) * bc - nc * *distance(clusters, a, b)) / (na + nb + nc);
    case GH_LINKAGE_AVERAGE:
        return (na * ac + nb * bc) / (na + nb);
    case GH_LINKAGE_COMPLETE:
        return MAX(ac, bc);
    case GH_LINKAGE_SINGLE:
        return MIN(ac, bc);
    }
    g_assert_not_reached();
}

/* b joins a, the lower number. */
static void
join(Clusters *clusters, size_t a, size_t b, size_t id)
{
    for (size_t c = 0; c < clusters->n; c++)
        if (clusters->alive[c] && c != a && c != b)
            *distance(clusters, a, c) = joined_distance(clusters, a, b, c);
    clusters->alive[b] = false;
    clusters->size[a] += clusters->size[b];
    clusters->id[a] = id;

    find_nearest(clusters, a);
    for (size_t c = 0; c < b; c++) {
        if (!clusters->alive[c] || c == a)
            continue;
        if (clusters->nearest[c] == a || clusters->nearest[c] == b)
            find_nearest(clusters, c);
        else if (c < a && *distance(clusters, c, a) <= *distance(clusters, c, clusters->nearest[c]))
            find_nearest(clusters, c); /* a came as near, and may have the lower number */
    }
}

static bool
check_distances(const double *distances, size_t n, GError **error)
{
    for (size_t v = 0; v < n * n; v++) {
        if (distances[v] >= 0 && isfinite(distances[v]))
            continue;
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DATA,
                    "clusters: the distance of %zu and %zu is %g; leave one of them out", v / n + 1,
                    v % n + 1, distances[v]);
        return false;
    }
    return true;
}

bool
gh_index_cluster(const double *distances, size_t n, GhLinkage linkage, GhIndexMerge *ret_merges,
                 GError **error)
{
    double height = 0;

    if (!check_distances(distances, n, error))
        return false;
    g_autoptr(Clusters) clusters = clusters_new(distances, n, linkage);
    if (clusters == NULL) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_LIMIT, "no memory for clusters of %zu",
                    n);
        return false;
    }

    for (size_t m = 0; m + 1 < n; m++) {
        const size_t a = find_pair(clusters), b = clusters->nearest[a];
        /* Filled in full: n x n. NOLINTNEXTLINE(clang-analyzer-core.uninitialized.Assign) */
        const double d = *distance(clusters, a, b);
        /* They do not fall but for rounding. */
        height = MAX(height, linkage == GH_LINKAGE_WARD ? sqrt(MAX(d, 0)) : d);
        ret_merges[m] = (GhIndexMerge){.a = MIN(clusters->id[a], clusters->id[b]),
                                       .b = MAX(clusters->id[a], clusters->id[b]),
                                       .height = height};
        join(clusters, a, b, n + m);
    }
    return true;
}

void
gh_index_cluster_cut(const GhIndexMerge *merges, size_t n, size_t k, size_t *ret_cluster)
{
    const size_t n_ids = 2 * n, none = SIZE_MAX;
    g_autofree size_t *parent = g_new0(size_t, n_ids + 1);
    g_autofree size_t *number = g_new0(size_t, n_ids + 1);
    size_t n_numbers = 0;

    g_assert(n == 0 || (k >= 1 && k <= n));
    for (size_t id = 0; id < n_ids; id++)
        parent[id] = number[id] = none;
    for (size_t m = 0; m + k < n; m++)
        parent[merges[m].a] = parent[merges[m].b] = n + m;
    for (size_t i = 0; i < n; i++) {
        size_t root = i;
        while (parent[root] != none)
            root = parent[root];
        if (number[root] == none)
            number[root] = n_numbers++;
        ret_cluster[i] = number[root];
    }
}

/* -- distances of units -- */

/* z-scores of the columns that vary by what numbers can tell, unit by unit; how many columns, or -1: no memory. */
static gssize
make_scores(const GhIndexState *state, const size_t *nodes, size_t n_nodes, double **ret_z)
{
    double *z = g_try_malloc_n(MAX(state->n_units, 1), MAX(n_nodes, 1) * sizeof *z);
    size_t n = 0;

    if (z == NULL)
        return -1;
    for (size_t k = 0; k < n_nodes; k++) {
        const double *column = gh_index_state_column(state, nodes[k]);
        const GhMoments moments = gh_column_mean_sd(column, state->n_units);
        if (!(moments.sd > 0) || !isfinite(moments.sd) || moments.min == moments.max)
            continue;
        for (size_t i = 0; i < state->n_units; i++)
            z[i * n_nodes + n] = (column[i] - moments.mean) / moments.sd;
        n++;
    }
    *ret_z = z;
    return (gssize)n;
}

/* sqrt(n / n_common sum of squares over the common columns). */
static double
unit_distance(const double *a, const double *b, size_t n)
{
    double sum = 0;
    size_t n_common = 0;

    for (size_t k = 0; k < n; k++) {
        if (isnan(a[k]) || isnan(b[k]))
            continue;
        sum += (a[k] - b[k]) * (a[k] - b[k]);
        n_common++;
    }
    return n_common > 0 ? sqrt((double)n / (double)n_common * sum) : NAN;
}

bool
gh_index_unit_distances(const GhIndexState *state, const size_t *nodes, size_t n_nodes,
                        double *ret_distances, GError **error)
{
    const size_t n_units = state->n_units;
    g_autofree double *z = NULL;
    const gssize n = make_scores(state, nodes, n_nodes, &z);

    if (n < 0) {
        g_set_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_LIMIT,
                    "no memory for distances of %zu units", n_units);
        return false;
    }
    for (size_t a = 0; a < n_units; a++) {
        ret_distances[a * n_units + a] = 0;
        for (size_t b = 0; b < a; b++)
            ret_distances[a * n_units + b] = ret_distances[b * n_units + a] =
                unit_distance(z + a * n_nodes, z + b * n_nodes, (size_t)n);
    }
    return true;
}
