/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* spec_testing.h - specifications for tests, from text that must be good. */
#pragma once

#include <string.h>

#include "index/spec.h"

static inline GhIndexSpec *
gh_index_testing_spec(const char *json)
{
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GError) error = NULL;

    GhIndexSpec *spec = gh_index_spec_parse("test.json", json, strlen(json), faults, &error);
    g_assert_no_error(error);
    return spec;
}
