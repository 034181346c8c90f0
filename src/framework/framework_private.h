/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* framework_private.h - what the files of the parser share; for framework*.c only.
 *
 * Parsing goes file by file, each in its own source file, and always to the end: a function adds what
 * is wrong to the list of faults, puts something harmless in its place and goes on. Only
 * gh_framework_parse decides, at the end, whether there is a framework.
 *
 * Ownership Everything of a framework hangs on its GhFrameworkOwner: texts in one GStringChunk, arrays
 *           in one list. Nothing of it is freed alone.
 */
#pragma once

#include "base/words.h"
#include "framework/framework.h"

/* A framework with what its readers do not see. */
typedef struct {
    GhFramework view; /* first: a GhFramework * is a GhFrameworkOwner * */
    gatomicrefcount n_refs;
    GStringChunk *texts;
    GPtrArray *arrays;        /* of memory to g_free */
    GHashTable *kpis;         /* id -> index + 1 */
    GHashTable *data_points;  /* id -> index + 1 */
    GHashTable *groups;       /* level, top, name (gh_framework_key) -> index + 1 */
    GHashTable *units;        /* data point or "*unit", folded wording -> itself */
    GHashTable *translations; /* language, subject, id, field -> text */
} GhFrameworkOwner;

/* The weight of a group as framework.json gives it. */
typedef struct {
    size_t level;
    const char *top; /* "" : not given */
    const char *name;
    double weight;
    size_t line;
    const char *path; /* "weights[0]" */
} GhGroupWeight;

/* A row of kpis.csv or data_points.csv with the line it stands on. */
typedef struct {
    GhKpi kpi;
    const char *const *level_names; /* one per level */
    size_t line;
} GhKpiRow;

typedef struct {
    GhDataPoint data_point; /* kpi is SIZE_MAX where there is none */
    size_t line;
} GhDataPointRow;

/* A lens as framework.json announces it. */
typedef struct {
    GhLens lens;
    const char *const *order; /* names of groups, NULL-ended */
    size_t line;
    const char *path; /* "lenses[0]" */
} GhLensRow;

typedef struct {
    GhFrameworkOwner *owner;
    GhFramework *framework;  /* owner->view, while it can still be changed */
    GPtrArray *files;        /* of GhFrameworkFile; borrowed */
    GhFaults *faults;        /* borrowed */
    GArray *kpi_rows;        /* of GhKpiRow */
    GArray *data_point_rows; /* of GhDataPointRow */
    GArray *weights;         /* of GhGroupWeight */
    GArray *lenses;          /* of GhLensRow */
    GPtrArray *kpi_ids;      /* for "did you mean"; NULL-ended once complete */
    GPtrArray *data_point_ids;
    bool levels_known;      /* framework.json has levels without a fault */
    bool scoring_known;     /* and a rule of scoring */
    bool lenses_known;      /* framework.json was read to the end */
    size_t n_errors_before; /* in faults when the parsing began */
    bool kpis_complete;     /* every row was read: an unknown id is really unknown */
    bool data_points_complete;
    unsigned n_suggestions;         /* looked for so far: the search is not free */
    const size_t *every_data_point; /* what "*" means in checks.csv; made when first asked for */
    const size_t *every_ratio;      /* those with a denominator */
    size_t n_every_ratio;
} GhFrameworkParser;

/* -- memory (framework.c) -- */

GhFrameworkOwner *gh_framework_owner_new(void);
const char *gh_framework_keep_text(GhFrameworkOwner *owner, const char *text);

/* n elements of size bytes, all zero. */
void *gh_framework_keep_array(GhFrameworkOwner *owner, size_t n, size_t size);

/* A NULL-ended list from a cell: "a | b". */
const char *const *gh_framework_keep_list(GhFrameworkOwner *owner, const char *cell);

/* Parts joined by a character that no cell may contain; closed by NULL. */
char *gh_framework_key(const char *first, ...) G_GNUC_NULL_TERMINATED;

/* The parts of such a key; the caller owns the vector. */
GStrv gh_framework_split_key(const char *key);

/* -- words and ids (framework_names.c) -- */

extern const char *const GH_RULE_WORDS[];
extern const char *const GH_DIRECTION_WORDS[];
extern const char *const GH_SEVERITY_WORDS[];
extern const char *const GH_CHECK_KIND_WORDS[];
extern const char *const GH_BASE_WORDS[];
extern const char *const GH_SCORING_WORDS[];
extern const char *const GH_LENS_ORIGIN_WORDS[];

/* NULL, or what is wrong with an id: "has the character ...". The caller owns it. */
char *gh_framework_id_fault(const char *id);

/* "did you mean X?" from a NULL-ended list, or fallback. The caller owns it; NULL when both are. */
char *gh_framework_suggest(GhFrameworkParser *parser, const char *const *words, const char *word,
                           const char *fallback);

/* -- the parts, in the order they run -- */

const GhFrameworkFile *gh_framework_peek_file(const GhFrameworkParser *parser, const char *name);

void gh_framework_parse_json(GhFrameworkParser *parser);
void gh_framework_parse_kpis(GhFrameworkParser *parser);
void gh_framework_parse_data_points(GhFrameworkParser *parser);

/* From rows to the arrays of the framework: groups, KPIs, data points, lookups. */
void gh_framework_build_rows(GhFrameworkParser *parser);
void gh_framework_build_groups(GhFrameworkParser *parser);

void gh_framework_parse_units(GhFrameworkParser *parser);
void gh_framework_parse_targets(GhFrameworkParser *parser);
void gh_framework_parse_checks(GhFrameworkParser *parser);
void gh_framework_parse_lenses(GhFrameworkParser *parser);
void gh_framework_parse_lang(GhFrameworkParser *parser);

/* -- in the database -- */

/* The translations of one field in all languages: id -> GString of all of them, owned by the table. */
GHashTable *gh_framework_translations(const GhFramework *framework, const char *subject,
                                      const char *field);

/* The files of a loaded version, of GhFrameworkFile (frees its elements). */
GPtrArray *gh_framework_load_files(GhDb *db, const char *id, const char *version, GError **error);

/* Inside a write transaction that appends its own audit entry: the KPIs become what the search finds, in
 * place of those of the version before. */
bool gh_framework_index(GhDb *db, const GhFramework *framework, GError **error);
