/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Any bytes as the figures of an index, as its metadata, or as both: behind a line "=== iMeta" begin the metadata,
 * before it stand the figures; what is empty is that of a small index. What is read must come back the same
 * when it is written and read again. */

#include "index/read.h"
#include "index/write.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char MARK[] = "=== iMeta\n";
static const char META[] = "Level,iCode,iName,Direction,Weight,Unit,Target,Denominator,Parent,Type,"
                           "goal\n1,a,Ants,1,1,n,5,,X,Indicator,\n1,b,,-1,0.1,,,pop,X,Indicator,3\n"
                           "2,X,Index,1,1,,,,,Aggregate,\n,region,,,,,,,,Group,\n"
                           ",pop,,,,,,,,Denominator,\n,mood,,,,,,,,Other,\n";
static const char DATA[] = "uCode,uName,Time,region,pop,mood,a,b\nN,North,2018,cold,1,3,1,30\n"
                           "S,South,2018,,2,,2,20\nN,North,2019,cold,1,3,,30\n";

static GhIndexData *
read_both(const char *data, size_t n_data, const char *meta, size_t n_meta)
{
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GError) error = NULL;

    GhIndexData *read = gh_index_read(&(GhIndexFile){"iData.csv", data, n_data},
                                      &(GhIndexFile){"iMeta.csv", meta, n_meta}, faults, &error);
    g_assert_true((read == NULL) == (error != NULL));
    for (size_t i = 0; i < gh_faults_n_listed(faults); i++) {
        g_autofree char *line = gh_fault_format(gh_faults_peek(faults, i), gh_lang_source());
        g_assert_true(g_utf8_validate(line, -1, NULL));
    }
    return read;
}

/* What read.h and data.h promise. */
static void
check_data(const GhIndexData *data)
{
    g_assert_true(data->n_units > 0 && data->n_indicators > 0);
    g_assert_cmpint(data->n_levels, >=, 2);
    for (size_t v = 0; v < data->n_units * data->n_indicators; v++)
        g_assert_false(isinf(data->values[v]));
    for (size_t k = 0; k < data->n_nodes; k++) {
        const GhIndexNode *node = &data->nodes[k];
        g_assert_true((node->level == 1) == (k < data->n_indicators));
        g_assert_true((node->parent == -1) == (node->level == data->n_levels));
        g_assert_true(node->parent < 0 || data->nodes[node->parent].level == node->level + 1);
        g_assert_true(node->weight >= 0 && abs(node->direction) == 1);
        g_assert_cmpint(gh_index_data_find_node(data, node->code), ==, (gssize)k);
    }
    for (size_t g = 0; g < data->n_groups; g++)
        for (size_t i = 0; i < data->n_units; i++)
            g_assert_cmpint(data->groups[g].of_unit[i], <, (int)data->groups[g].n_categories);
}

typedef bool (*Write)(const GhIndexData *data, GhTableFormat format, GhTableSink sink,
                      void *sink_data, GError **error);

static GString *
written(Write write, const GhIndexData *data)
{
    GString *text = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    g_assert_true(write(data, GH_TABLE_CSV, gh_table_sink_string, text, &error));
    g_assert_no_error(error);
    return text;
}

/* One column may be one too many: without years "Time" goes, and nothing else is added. */
static void
check_round_trip(const GhIndexData *data)
{
    g_autoptr(GString) figures = written(gh_index_write_data, data);
    g_autoptr(GString) meta = written(gh_index_write_meta, data);
    g_autoptr(GhIndexData) again = read_both(figures->str, figures->len, meta->str, meta->len);

    if (again == NULL)
        return; /* columns beyond what a file may have */
    check_data(again);
    g_autoptr(GString) figures_again = written(gh_index_write_data, again);
    g_autoptr(GString) meta_again = written(gh_index_write_meta, again);
    g_assert_cmpstr(figures->str, ==, figures_again->str);
    g_assert_cmpstr(meta->str, ==, meta_again->str);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const char *text = (const char *)bytes;
    const char *mark = size > 0 ? g_strstr_len(text, (gssize)size, MARK) : NULL;
    size_t n_data = mark != NULL ? (size_t)(mark - text) : size;
    const char *meta = mark != NULL ? mark + strlen(MARK) : "";
    size_t n_meta = mark != NULL ? size - n_data - strlen(MARK) : 0;

    g_autoptr(GhIndexData) data =
        read_both(n_data > 0 ? text : DATA, n_data > 0 ? n_data : strlen(DATA),
                  n_meta > 0 ? meta : META, n_meta > 0 ? n_meta : strlen(META));
    if (data == NULL)
        return 0;
    check_data(data);
    check_round_trip(data);
    return 0;
}
