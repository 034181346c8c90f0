/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Any bytes as the specification of an index. What is read without a fault must give the same text when its own text is
 * read, and every step and every uncertain value of it must be a step again. */

#include "index/spec.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_faults(const GhFaults *faults)
{
    for (size_t i = 0; i < gh_faults_n_listed(faults); i++) {
        g_autofree char *line = gh_fault_format(gh_faults_peek(faults, i), gh_lang_source());
        g_assert_true(g_utf8_validate(line, -1, NULL));
        g_assert_true(*gh_faults_peek(faults, i)->reason != '\0');
    }
}

static GhIndexSpec *
parse(const char *bytes, size_t n_bytes)
{
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GError) error = NULL;

    GhIndexSpec *spec = gh_index_spec_parse("fuzz.json", bytes, n_bytes, faults, &error);
    check_faults(faults);
    g_assert_true((spec == NULL) == (gh_faults_n_errors(faults) > 0));
    g_assert_true((spec == NULL) == (error != NULL));
    return spec;
}

static void
check_steps(const GhIndexSpec *spec)
{
    g_assert_cmpuint(spec->n_steps, >, 0);
    g_assert_cmpint(spec->steps[spec->n_steps - 1]->kind, ==, GH_INDEX_STEP_AGGREGATE);
    for (size_t i = 0; i < spec->n_steps; i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GhIndexStep) same = gh_index_step_changed(spec->steps[i], NULL, 0, &error);
        g_assert_no_error(error);
        g_assert_cmpstr(same->text, ==, spec->steps[i]->text);
        g_assert_cmpstr(same->id, ==, spec->steps[i]->id);
    }
}

static void
check_uncertain(const GhIndexSpec *spec)
{
    for (size_t p = 0; p < spec->uncertain->n_parameters; p++) {
        const GhIndexParameter *parameter = &spec->uncertain->parameters[p];
        g_assert_nonnull(parameter->name);
        for (size_t v = 0; v < parameter->n_values; v++) {
            const GhIndexChange change = {parameter->path, parameter->values[v]};
            g_assert_nonnull(parameter->labels[v]);
            if (*parameter->path == '\0' && json_is_null(parameter->values[v]))
                continue; /* the step is left out */
            g_autoptr(GhIndexStep) changed =
                gh_index_step_changed(spec->steps[parameter->step], &change, 1, NULL);
            g_assert_nonnull(changed);
        }
        for (size_t l = 0; l < parameter->n_levels; l++)
            g_assert_true(parameter->factors[l] > 0 && parameter->factors[l] <= 1);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GhIndexSpec) spec = parse((const char *)data, size);
    if (spec == NULL)
        return 0;

    check_steps(spec);
    if (spec->uncertain != NULL)
        check_uncertain(spec);
    if (strlen(spec->text) > GH_INDEX_SPEC_MAX_BYTES)
        return 0; /* escapes may make it longer than a file may be */
    g_autoptr(GhIndexSpec) again = parse(spec->text, strlen(spec->text));
    g_assert_nonnull(again);
    g_assert_cmpstr(again->text, ==, spec->text);
    return 0;
}
