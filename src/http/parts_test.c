/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/parts.h"

#include <glib.h>

static void
parts_stand_by_order(void)
{
    GhParts *parts = gh_parts_new();

    gh_parts_add(parts, "city.tabs", 300, "peers");
    gh_parts_add(parts, "home.cards", 0, "news");
    gh_parts_add(parts, "city.tabs", 0, "overview");
    gh_parts_add(parts, "city.tabs", 200, "trend");

    g_assert_cmpuint(gh_parts_count(parts, "city.tabs"), ==, 3);
    g_assert_cmpstr(gh_parts_get(parts, "city.tabs", 0), ==, "overview");
    g_assert_cmpstr(gh_parts_get(parts, "city.tabs", 1), ==, "trend");
    g_assert_cmpstr(gh_parts_get(parts, "city.tabs", 2), ==, "peers");
    gh_parts_free(parts);
}

static void
parts_of_equal_order_stand_as_they_came(void)
{
    GhParts *parts = gh_parts_new();

    gh_parts_add(parts, "home.cards", 1, "first");
    gh_parts_add(parts, "home.cards", 1, "second");

    g_assert_cmpstr(gh_parts_get(parts, "home.cards", 0), ==, "first");
    g_assert_cmpstr(gh_parts_get(parts, "home.cards", 1), ==, "second");
    gh_parts_free(parts);
}

static void
a_slot_nobody_filled_is_empty(void)
{
    GhParts *parts = gh_parts_new();

    gh_parts_add(parts, "home.cards", 1, "first");

    g_assert_cmpuint(gh_parts_count(parts, "city.cards"), ==, 0);
    gh_parts_free(parts);
    gh_parts_free(NULL);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/parts/stand by their order, each slot for itself", parts_stand_by_order);
    g_test_add_func("/parts/of equal order stand as they came",
                    parts_of_equal_order_stand_as_they_came);
    g_test_add_func("/parts/a slot nobody filled is empty", a_slot_nobody_filled_is_empty);
    return g_test_run();
}
