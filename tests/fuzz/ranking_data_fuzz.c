/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Any bytes as the key "data" of a specification: read, or refused with faults that people can read. */

#include "ranking/figures/figures.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *text = g_strndup((const char *)data, size);
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(GhRankingSource) source = NULL;

    /* A specification's "data" was JSON when it came here. */
    source = gh_ranking_source_parse("fuzz.json", text, faults, &error);
    g_assert_true((source == NULL) == (error != NULL));
    g_assert_true((source == NULL) == (gh_faults_n_errors(faults) > 0));
    for (size_t i = 0; i < gh_faults_n_listed(faults); i++) {
        g_autofree char *line = gh_fault_format(gh_faults_peek(faults, i), gh_lang_source());
        g_assert_true(g_utf8_validate(line, -1, NULL));
    }
    return 0;
}
