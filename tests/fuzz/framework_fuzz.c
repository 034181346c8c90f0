/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Any bytes as files of a framework. A line "=== NAME" begins a file; files that the input does not
 * name are those of the tiny framework below, so that one changed file is enough to reach deep. What
 * parses without a fault is walked through as a program would use it. */

#include "framework/framework.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char MARK[] = "=== ";

static const struct {
    const char *name;
    const char *text;
} TINY[] = {
    {"framework.json", "{\"id\":\"t\",\"version\":\"1\",\"name\":\"T\",\"levels\":["
                       "{\"id\":\"a\",\"name\":\"A\"},{\"id\":\"b\",\"name\":\"B\"}],"
                       "\"scoring\":{\"rule\":\"points\"},"
                       "\"years\":{\"first\":2000,\"last\":2050},"
                       "\"lenses\":[{\"id\":\"l\",\"name\":\"L\",\"origin\":\"ours\","
                       "\"order\":[\"B\",\"A\"]}]}"},
    {"kpis.csv", "id,name,a,b,direction\nK1,One,X,Y,higher\nK2,Two,X,Z,lower\n"},
    {"data_points.csv", "id,kpi,label,numerator,denominator,factor,unit,min,max\n"
                        "k1.v,K1,One,N,D,100,%,0,100\nk2.v,K2,Two,N,D,1,ratio,0,\n"
                        "k2.y,K2,Yes,N,,1,yes/no,0,1\n"},
    {"targets/open.csv", "data_point_id,rule,target,worst,source\nk1.v,higher,90,,Own\n"
                         "k2.v,lower_range,1,2,Own\n"},
    {"units.csv", "data_point_id,unit,equal_wording\n*,%,per cent\n"},
    {"checks.csv", "id,kind,data_points,limit,base,severity,message\n"
                   "c1,range,k1.v,5..95,,note,Look.\nc2,sourced,*,,,note,Look.\n"},
    {"lenses/l.csv", "kpi_id,group,subgroup,reason\nK1,A,,Why.\nK1,B,Part,Why.\nK2,,,Not here.\n"},
    {"lang/fr.csv", "subject,id,field,text\nkpi,K1,name,Un\n"},
};

static void
add_text(GPtrArray *files, const char *name, const char *bytes, size_t n_bytes)
{
    g_autoptr(GBytes) content = g_bytes_new(bytes, n_bytes);
    gh_framework_files_add(files, name, content);
}

static bool
has_file(const GPtrArray *files, const char *name)
{
    for (size_t i = 0; i < files->len; i++)
        if (strcmp(((const GhFrameworkFile *)g_ptr_array_index(files, i))->name, name) == 0)
            return true;
    return false;
}

/* Where the next line that begins with the mark starts, or end. */
static const char *
next_mark(const char *at, const char *end)
{
    for (const char *p = at; p < end; p++) {
        bool line_start = p == at || p[-1] == '\n';
        if (line_start && (size_t)(end - p) >= strlen(MARK) && memcmp(p, MARK, strlen(MARK)) == 0)
            return p;
    }
    return end;
}

static GPtrArray *
split_files(const char *bytes, size_t n_bytes)
{
    GPtrArray *files = gh_framework_files_new();
    const char *end = bytes + n_bytes;

    for (const char *at = next_mark(bytes, end); at < end;) {
        const char *name = at + strlen(MARK);
        const char *line_end = memchr(name, '\n', (size_t)(end - name));
        if (line_end == NULL)
            line_end = end;
        g_autofree char *text = g_strndup(name, (size_t)(line_end - name));
        const char *content = MIN(line_end + 1, end);
        at = next_mark(content, end);
        if (!has_file(files, text))
            add_text(files, text, content, (size_t)(at - content));
    }
    for (size_t i = 0; i < G_N_ELEMENTS(TINY); i++)
        if (!has_file(files, TINY[i].name))
            add_text(files, TINY[i].name, TINY[i].text, strlen(TINY[i].text));
    return files;
}

static void
check_faults(const GhFaults *faults)
{
    for (size_t i = 0; i < gh_faults_n_listed(faults); i++) {
        const GhFault *fault = gh_faults_peek(faults, i);
        g_autofree char *line = gh_fault_format(fault, gh_lang_source());
        g_assert_true(*fault->reason != '\0');
        g_assert_true(g_utf8_validate(fault->reason, -1, NULL));
        g_assert_nonnull(line);
    }
}

static void
check_groups(const GhFramework *framework)
{
    size_t n_places = 0;

    for (size_t g = 0; g < framework->n_groups; g++) {
        const GhGroup *group = &framework->groups[g];
        g_assert_cmpint(gh_framework_find_group(framework, group->level, group->top, group->name),
                        ==, (gssize)g);
        g_assert_true(group->weight > 0.0 && group->n_kpis > 0);
        for (size_t i = 0; i < group->n_kpis; i++)
            g_assert_cmpuint(framework->kpis[group->kpis[i]].groups[group->level], ==, g);
        for (size_t i = 0; i < group->n_data_points; i++)
            g_assert_cmpuint(group->data_points[i], <, framework->n_data_points);
        for (size_t i = 0; i < group->n_children; i++)
            g_assert_cmpuint(framework->groups[group->children[i]].level, ==, group->level + 1);
        n_places += group->n_kpis;
    }
    g_assert_cmpuint(n_places, ==, framework->n_kpis * framework->n_levels);
}

static void
check_data_points(const GhFramework *framework)
{
    for (size_t k = 0; k < framework->n_kpis; k++) {
        const GhKpi *kpi = &framework->kpis[k];
        g_assert_cmpint(gh_framework_find_kpi(framework, kpi->id), ==, (gssize)k);
        g_assert_true(kpi->n_data_points > 0 && kpi->tier < framework->n_tiers);
        for (size_t i = 0; i < kpi->n_data_points; i++)
            g_assert_cmpuint(framework->data_points[kpi->first_data_point + i].kpi, ==, k);
    }
    for (size_t i = 0; i < framework->n_data_points; i++) {
        const GhDataPoint *point = &framework->data_points[i];
        g_assert_cmpint(gh_framework_find_data_point(framework, point->id), ==, (gssize)i);
        g_assert_true(gh_framework_unit_agrees(framework, i, point->unit));
        g_assert_true(point->min <= point->max && isfinite(point->factor));
    }
}

static void
check_targets(const GhFramework *framework)
{
    g_assert_cmpuint(framework->n_target_sets, >, 0);
    for (size_t s = 0; s < framework->n_target_sets; s++)
        for (size_t i = 0; i < framework->n_data_points; i++) {
            const GhTarget *target = &framework->target_sets[s].targets[i];
            bool ranged = target->rule == GH_RULE_LOWER_RANGE || target->rule == GH_RULE_BANDS;
            g_assert_true(target->rule == GH_RULE_NONE || isfinite(target->target));
            g_assert_true(!ranged || target->worst > target->target);
            g_assert_true(target->rule != GH_RULE_HIGHER || target->target > 0.0);
        }
    for (size_t c = 0; c < framework->n_checks; c++)
        for (size_t i = 0; i < framework->checks[c].n_data_points; i++)
            g_assert_cmpuint(framework->checks[c].data_points[i], <, framework->n_data_points);
}

static void
check_lenses(const GhFramework *framework)
{
    for (size_t l = 0; l < framework->n_lenses; l++) {
        const GhLens *lens = &framework->lenses[l];
        g_assert_true(gh_framework_find_lens(framework, lens->id) == lens);
        for (size_t g = 0; g < lens->n_groups; g++) {
            const GhLensGroup *group = &lens->groups[g];
            g_assert_cmpint(group->parent, <, (gssize)g);
            for (size_t i = 0; i < group->n_kpis; i++)
                g_assert_true(group->kpis[i] < framework->n_kpis
                              && (i == 0 || group->kpis[i] > group->kpis[i - 1]));
            for (size_t i = 0; i < group->n_data_points; i++)
                g_assert_cmpuint(group->data_points[i], <, framework->n_data_points);
        }
        for (size_t i = 0; i < lens->n_places; i++) {
            g_assert_cmpuint(lens->places[i].kpi, <, framework->n_kpis);
            g_assert_cmpint(lens->places[i].group, <, (gssize)lens->n_groups);
            g_assert_true(*lens->places[i].reason != '\0');
        }
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GPtrArray) files = split_files((const char *)data, size);
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GError) error = NULL;

    g_autoptr(GhFramework) framework = gh_framework_parse(files, faults, &error);
    check_faults(faults);
    g_assert_cmpint(framework == NULL, ==, gh_faults_n_errors(faults) > 0);
    if (framework == NULL)
        return 0;

    g_assert_no_error(error);
    check_groups(framework);
    check_data_points(framework);
    check_targets(framework);
    check_lenses(framework);
    return 0;
}
