/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* cluster_test.c - clusters of points on a line by hand, of invented points by definition, and ties. */
#include "index/stats.h"
#include "index/stats/stats_testing.h"

#include <math.h>
#include <string.h>

static const double NEAR = 1e-12;
static const GhLinkage LINKAGES[] = {GH_LINKAGE_WARD, GH_LINKAGE_AVERAGE, GH_LINKAGE_COMPLETE,
                                     GH_LINKAGE_SINGLE};

/* Points 0, 1, 3, 7. All join 0 and 1 first, then 3, then 7.
 * Average: (2 + 3) / 2 = 2.5 and (4 + 6 + 7) / 3. Ward: sqrt(2 na nb / (na + nb)) |centre a - centre b|:
 * 1; sqrt(2 x 2 x 1 / 3) 2.5 = 2.8868 (3 and 7 would be 4); sqrt(2 x 3 x 1 / 4) (7 - 4/3) = 6.9402. */
static void
test_line_by_hand(void)
{
    static const double points[] = {0, 1, 3, 7};
    const struct {
        const char *label;
        GhLinkage linkage;
        double heights[3];
    } cases[] = {
        {"single", GH_LINKAGE_SINGLE, {1, 2, 4}},
        {"complete", GH_LINKAGE_COMPLETE, {1, 3, 7}},
        {"average", GH_LINKAGE_AVERAGE, {1, 2.5, 17.0 / 3.0}},
        {"Ward", GH_LINKAGE_WARD, {1, sqrt(4.0 / 3.0) * 2.5, sqrt(1.5) * 17.0 / 3.0}},
    };
    double distances[16];

    for (size_t v = 0; v < 16; v++)
        distances[v] = fabs(points[v / 4] - points[v % 4]);
    for (size_t c = 0; c < G_N_ELEMENTS(cases); c++) {
        GhIndexMerge merges[3];
        size_t cluster[4];
        g_assert_true(gh_index_cluster(distances, 4, cases[c].linkage, merges, NULL));
        for (size_t m = 0; m < 3; m++)
            gh_index_assert_near(merges[m].height, cases[c].heights[m], NEAR, cases[c].label);
        g_assert_true(merges[0].a == 0 && merges[0].b == 1);
        g_assert_true(merges[1].a == 2 && merges[1].b == 4);
        g_assert_true(merges[2].a == 3 && merges[2].b == 5);

        gh_index_cluster_cut(merges, 4, 2, cluster);
        g_assert_true(cluster[0] == 0 && cluster[1] == 0 && cluster[2] == 0 && cluster[3] == 1);
        gh_index_cluster_cut(merges, 4, 4, cluster);
        g_assert_true(cluster[0] == 0 && cluster[1] == 1 && cluster[2] == 2 && cluster[3] == 3);
        gh_index_cluster_cut(merges, 4, 1, cluster);
        g_assert_true(cluster[3] == 0);
    }
}

/* Four points equally far apart. With Ward {0, 1} is as near to 2 as 2 is to 3: 2 x 2 x 1 / 3 x 3/4 = 1. */
static void
test_equal_distances_go_by_number(void)
{
    double distances[16];

    for (size_t v = 0; v < 16; v++)
        distances[v] = v / 4 == v % 4 ? 0 : 1;
    for (size_t l = 0; l < G_N_ELEMENTS(LINKAGES); l++) {
        GhIndexMerge merges[3];
        g_assert_true(gh_index_cluster(distances, 4, LINKAGES[l], merges, NULL));
        g_assert_true(merges[0].a == 0 && merges[0].b == 1);
        g_assert_true(merges[1].a == 2 && merges[1].b == 4);
        g_assert_true(merges[2].a == 3 && merges[2].b == 5);
    }
}

/* -- invented points in the plane -- */

enum {
    N = 24
};

static void
invent(double (*points)[2], double *distances)
{
    uint64_t seed = 8;

    for (size_t i = 0; i < N; i++)
        for (size_t d = 0; d < 2; d++)
            points[i][d] = gh_stats_testing_number(&seed);
    for (size_t v = 0; v < N * N; v++)
        distances[v] =
            hypot(points[v / N][0] - points[v % N][0], points[v / N][1] - points[v % N][1]);
}

/* The distance of clusters a and b by the definition of the linkage, from the leaves. */
static double
defined_distance(double (*points)[2], const size_t *of, size_t a, size_t b, GhLinkage linkage)
{
    double lowest = INFINITY, highest = 0, sum = 0, na = 0, nb = 0, ax = 0, ay = 0, bx = 0, by = 0;

    for (size_t i = 0; i < N; i++) {
        if (of[i] == a) {
            na++;
            ax += points[i][0];
            ay += points[i][1];
        }
        if (of[i] == b) {
            nb++;
            bx += points[i][0];
            by += points[i][1];
        }
        for (size_t j = 0; j < N; j++) {
            if (of[i] != a || of[j] != b)
                continue;
            double d = hypot(points[i][0] - points[j][0], points[i][1] - points[j][1]);
            lowest = fmin(lowest, d);
            highest = fmax(highest, d);
            sum += d;
        }
    }
    switch (linkage) {
    case GH_LINKAGE_SINGLE:
        return lowest;
    case GH_LINKAGE_COMPLETE:
        return highest;
    case GH_LINKAGE_AVERAGE:
        return sum / (na * nb);
    case GH_LINKAGE_WARD:
        return sqrt(2 * na * nb / (na + nb)) * hypot(ax / na - bx / nb, ay / na - by / nb);
    }
    g_assert_not_reached();
}

static void
test_each_merge_is_of_the_nearest_two(void)
{
    double points[N][2], distances[N * N];

    invent(points, distances);
    for (size_t l = 0; l < G_N_ELEMENTS(LINKAGES); l++) {
        GhIndexMerge merges[N - 1];
        size_t of[N];
        g_assert_true(gh_index_cluster(distances, N, LINKAGES[l], merges, NULL));
        for (size_t i = 0; i < N; i++)
            of[i] = i;
        for (size_t m = 0; m + 1 < N; m++) {
            double nearest = INFINITY;
            for (size_t i = 0; i < N; i++)
                for (size_t j = 0; j < i; j++)
                    if (of[i] != of[j])
                        nearest =
                            fmin(nearest, defined_distance(points, of, of[i], of[j], LINKAGES[l]));
            gh_index_assert_near(merges[m].height, nearest, 1e-9, "nearest");
            gh_index_assert_near(
                defined_distance(points, of, merges[m].a, merges[m].b, LINKAGES[l]), nearest, 1e-9,
                "joined");
            g_assert_true(m == 0 || merges[m].height >= merges[m - 1].height);
            for (size_t i = 0; i < N; i++)
                if (of[i] == merges[m].a || of[i] == merges[m].b)
                    of[i] = N + m;
        }
    }
}

static void
test_order_does_not_matter(void)
{
    double points[N][2], distances[N * N], turned[N * N];

    invent(points, distances);
    for (size_t v = 0; v < N * N; v++)
        turned[(N - 1 - v / N) * N + (N - 1 - v % N)] = distances[v];
    for (size_t l = 0; l < G_N_ELEMENTS(LINKAGES); l++) {
        GhIndexMerge merges[N - 1], turned_merges[N - 1];
        size_t cut[N], turned_cut[N];
        g_assert_true(gh_index_cluster(distances, N, LINKAGES[l], merges, NULL));
        g_assert_true(gh_index_cluster(turned, N, LINKAGES[l], turned_merges, NULL));
        for (size_t m = 0; m + 1 < N; m++)
            gh_index_assert_near(turned_merges[m].height, merges[m].height, 1e-9, "height");
        gh_index_cluster_cut(merges, N, 5, cut);
        gh_index_cluster_cut(turned_merges, N, 5, turned_cut);
        for (size_t i = 0; i < N; i++)
            for (size_t j = 0; j < N; j++)
                g_assert_true((cut[i] == cut[j])
                              == (turned_cut[N - 1 - i] == turned_cut[N - 1 - j]));
    }
}

static void
test_none_one_and_unknown(void)
{
    static const double one[] = {0}, unknown[] = {0, NAN, NAN, 0};
    g_autoptr(GError) error = NULL;
    GhIndexMerge merge = {.height = 7};
    size_t cluster[1] = {9};

    g_assert_true(gh_index_cluster(one, 0, GH_LINKAGE_WARD, &merge, NULL));
    g_assert_true(gh_index_cluster(one, 1, GH_LINKAGE_WARD, &merge, NULL));
    gh_index_cluster_cut(&merge, 1, 1, cluster);
    g_assert_cmpuint(cluster[0], ==, 0);
    g_assert_false(gh_index_cluster(unknown, 2, GH_LINKAGE_WARD, &merge, &error));
    g_assert_error(error, GH_INDEX_ERROR, GH_INDEX_ERROR_DATA);
    g_assert_true(g_pattern_match_simple("*distance of 1 and 2*", error->message));
    g_assert_cmpfloat(merge.height, ==, 7);
}

/* i1 has z -1, 0, 1; i2 of U1 and U3 -1/sqrt(2) and 1/sqrt(2); i3 does not vary and does not count.
 * U1 to U3: sqrt(4 + 2). U1 to U2: one column of two in common: sqrt(2 / 1 x 1). In the second
 * table U1 and U4 have no column in common; U4 and U5, the only two with i2, have z -+ 1 / sqrt(2) there. */
static void
test_distances_by_hand(void)
{
    static const char *const parents[] = {"Index", "Index", "Index"};
    static const double values[] = {0, 0, 5, 1, NAN, 5, 2, 2, 5};
    static const double with_fourth[] = {0, NAN, 1, 1, NAN, 1, 2, NAN, 1, NAN, 3, 1, NAN, 5, 1};
    static const size_t nodes[] = {0, 1, 2};
    g_autoptr(GhIndexState) state =
        gh_stats_testing_new(gh_index_testing_data(3, 3, values, parents));
    g_autoptr(GhIndexState) strangers =
        gh_stats_testing_new(gh_index_testing_data(5, 3, with_fourth, parents));
    double d[9], apart[25];

    g_assert_true(gh_index_unit_distances(state, nodes, 3, d, NULL));
    gh_index_assert_near(d[2], sqrt(6), NEAR, "U1 to U3");
    gh_index_assert_near(d[6], sqrt(6), NEAR, "U3 to U1");
    gh_index_assert_near(d[1], sqrt(2), NEAR, "U1 to U2");
    g_assert_cmpfloat(d[4], ==, 0);
    g_assert_true(gh_index_unit_distances(strangers, nodes, 3, apart, NULL));
    g_assert_true(isnan(apart[0 * 5 + 3]));
    gh_index_assert_near(apart[3 * 5 + 4], sqrt(2.0 / 1.0 * 2), NEAR, "U4 to U5");
}

/* i1 of 1e-200 and 1e200 has no z-score in doubles, so i2 alone counts: z -1, 0, 1. */
static void
test_spreads_that_no_number_holds_do_not_count(void)
{
    static const char *const parents[] = {"Index", "Index"};
    static const double scales[] = {1e-200, 1e200};
    static const size_t nodes[] = {0, 1};

    for (size_t s = 0; s < G_N_ELEMENTS(scales); s++) {
        const double values[] = {scales[s], 5, -3 * scales[s], 6, 2 * scales[s], 7};
        g_autoptr(GhIndexState) state =
            gh_stats_testing_new(gh_index_testing_data(3, 2, values, parents));
        double d[9];
        g_assert_true(gh_index_unit_distances(state, nodes, 2, d, NULL));
        gh_index_assert_near(d[1], 1, NEAR, "U1 to U2");
        gh_index_assert_near(d[2], 2, NEAR, "U1 to U3");
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/cluster/points on a line join as worked out by hand", test_line_by_hand);
    g_test_add_func("/cluster/equal distances go by number", test_equal_distances_go_by_number);
    g_test_add_func("/cluster/each merge is of the nearest two, by definition",
                    test_each_merge_is_of_the_nearest_two);
    g_test_add_func("/cluster/the order of units does not matter", test_order_does_not_matter);
    g_test_add_func("/cluster/none, one and unknown distances", test_none_one_and_unknown);
    g_test_add_func("/cluster/distances of units are those worked out by hand",
                    test_distances_by_hand);
    g_test_add_func("/cluster/columns whose spread no number holds do not count",
                    test_spreads_that_no_number_holds_do_not_count);
    return g_test_run();
}
