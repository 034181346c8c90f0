/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* framework.h - what is measured: KPIs, data points, targets, checks, in plain files.
 *
 * A framework is a folder of files that a domain expert edits (docs/framework-format.md). Parsing
 * validates everything and names every fault at once by file, line and column. A parsed framework
 * is immutable; the database keeps the files' text, and this module is the only one that reads them.
 *
 * Shapes    All lists are arrays with a count, in the order of the files. Indices (kpi, data point,
 *           group) are stable within one GhFramework only; ids are what is stored.
 * Ownership A GhFramework owns everything reachable from it and is reference counted; texts and
 *           arrays are borrowed from it. Absent texts are "" and never NULL unless said.
 * Threads   Immutable after parsing: safe from every thread.
 * Errors    GH_FRAMEWORK_ERROR; faults of content come as a list (GhFaults), not as one error.
 * Limits    GH_FRAMEWORK_MAX_*: refused beyond, each with its fault.
 * Source    The form: FORMATS, section 3.
 * Not here  Figures and scores (evaluation/).
 */
#pragma once

#include "base/faults.h"
#include "base/lang.h"
#include "store/store.h"

#define GH_FRAMEWORK_ERROR (gh_framework_error_quark())
GQuark gh_framework_error_quark(void);

typedef enum {
    GH_FRAMEWORK_ERROR_FAULTS, /* the files have faults; the list says which */
    GH_FRAMEWORK_ERROR_IO,
    GH_FRAMEWORK_ERROR_UNKNOWN, /* no framework of that id or version in the database */
    GH_FRAMEWORK_ERROR_VERSION, /* that version is in the database with another text */
} GhFrameworkError;

/* Far above any known framework (U4SSC: 3 levels, 91 KPIs, 112 data points, 150 kB in all); they keep
 * a hostile file from filling the memory. */
enum {
    GH_FRAMEWORK_MAX_LEVELS = 8,
    GH_FRAMEWORK_MAX_KPIS = 5000,
    GH_FRAMEWORK_MAX_DATA_POINTS = 20000,
    GH_FRAMEWORK_MAX_TARGET_SETS = 50,
    GH_FRAMEWORK_MAX_CHECKS = 2000,
    GH_FRAMEWORK_MAX_LANGUAGES = 200,
    GH_FRAMEWORK_MAX_LENSES = 20,
    GH_FRAMEWORK_MAX_LENS_GROUPS = 500, /* of one lens, with subgroups */
    GH_FRAMEWORK_MAX_LENS_ROWS = 20000, /* of one lens */
    GH_FRAMEWORK_MAX_FILE_BYTES = 16 * 1024 * 1024,
    GH_FRAMEWORK_MAX_JSON_BYTES = 1024 * 1024, /* framework.json */
    GH_FRAMEWORK_MAX_ID_BYTES = 100,
    GH_FRAMEWORK_MAX_NAME_BYTES = 300,       /* names, labels, units */
    GH_FRAMEWORK_MAX_TEXT_BYTES = 16 * 1024, /* definitions, lists, messages */
};

typedef enum {
    GH_DIRECTION_HIGHER,
    GH_DIRECTION_LOWER,
    GH_DIRECTION_TARGET,  /* best at a given value */
    GH_DIRECTION_NEUTRAL, /* describes, is not judged */
} GhDirection;

/* How a value becomes a share of target: FORMATS, section 1. */
typedef enum {
    GH_RULE_NONE,
    GH_RULE_HIGHER,
    GH_RULE_LOWER_ZERO,
    GH_RULE_LOWER_RANGE,
    GH_RULE_DISTANCE_TO_ONE,
    GH_RULE_YES_NO,
    GH_RULE_BANDS,
} GhRule;

typedef enum {
    GH_SCORING_POINTS,     /* points per band, pooled flat over all data points of a group */
    GH_SCORING_ARITHMETIC, /* continuous 0-100: weighted mean of the children, level by level */
    GH_SCORING_GEOMETRIC,
} GhScoring;

/* A band of the share of target. The last has below = HUGE_VAL. */
typedef struct {
    double below;      /* share in percent: the band ends before this */
    int points;        /* given for it; rising by one from 1 */
    const char *label; /* "0-33" */
} GhBand;

typedef struct {
    const char *id;     /* "dimension" */
    const char *name;   /* "Dimension" */
    const char *plural; /* "Dimensions" */
} GhLevel;

/* A group of KPIs at one level. It is identified by its top-level name and its own name, since the
 * same name may occur under two tops (Waste under Economy and under Environment). For the top level
 * both are equal. Groups need not nest between the top and the lowest level (a category may lie in
 * two sub-dimensions) unless scoring is continuous. */
typedef struct {
    size_t level;
    const char *top;
    const char *name;
    double weight;          /* continuous scoring; 1 when not given */
    const size_t *children; /* continuous: groups of the next level */
    size_t n_children;
    const size_t *kpis; /* all KPIs in it, any depth */
    size_t n_kpis;
    const size_t *data_points; /* all data points in it */
    size_t n_data_points;
} GhGroup;

typedef struct {
    const char *id;   /* "core" */
    const char *name; /* "Core" */
} GhTier;

typedef struct {
    int class; /* 1 is the best */
    const char *name;
    const char *description;
} GhQuality;

typedef struct {
    const char *id;   /* "EC.ICT.ICT.1C" */
    const char *code; /* "EC: ICT: ICT: 1C" */
    const char *name;
    size_t tier;      /* index into tiers */
    const char *type; /* smart, sustainable, structural, or "" */
    const char *definition, *rationale, *benchmark_note, *notes;
    GhDirection direction;
    const char *const *sdg; /* NULL-ended lists */
    const char *const *sdg_inferred;
    const char *const *typical_sources;
    const char *const *verification_checks;
    const char *const *source_pages;
    const char *const
        *inferred_fields; /* names of columns whose content was not read but inferred */
    bool inferred;        /* confidence is "inferred" */
    double weight;        /* continuous scoring */
    const size_t *groups; /* one per level, top first */
    size_t first_data_point, n_data_points; /* its data points are contiguous */
} GhKpi;

typedef struct {
    const char *id; /* "ec.ict.ict.1c.value" */
    size_t kpi;
    const char *label;
    const char *numerator;
    const char *denominator; /* "" : the numerator itself is the value */
    double factor;           /* value = numerator / denominator * factor */
    const char *unit;
    double min, max; /* logical bounds, -HUGE_VAL and HUGE_VAL where none */
    GhDirection direction;
    double weight;
} GhDataPoint;

typedef struct {
    GhRule rule;
    double target, worst; /* NAN where the rule has none */
    const char *source;
    const char *confidence; /* "verified", "known", "judgement", or the set's own word */
    const char *explanation;
} GhTarget;

typedef struct {
    const char *id;          /* "open": the file's name */
    const GhTarget *targets; /* one per data point; rule none where the file has no row */
} GhTargetSet;

typedef enum {
    GH_CHECK_SUM,            /* the values add up to within limit */
    GH_CHECK_ORDER,          /* first >= second >= ... ; limit: slack allowed, "..0" */
    GH_CHECK_RANGE,          /* the value is usually within limit */
    GH_CHECK_REPORTED_SHARE, /* percent of KPIs without any value is within limit */
    GH_CHECK_DENOMINATOR, /* the denominators agree with the city's base figure, percent off within limit */
    GH_CHECK_BASE_CHANGE, /* the base figure differs from the year before, percent within limit */
    GH_CHECK_BASE_STATED, /* the base figure is stated when one of the data points has a value */
    GH_CHECK_ARITHMETIC,  /* value = numerator / denominator * factor, percent off within limit */
    GH_CHECK_CHANGE,      /* value against the latest earlier year, percent within limit */
    GH_CHECK_QUALITY,     /* quality class within limit */
    GH_CHECK_SMALL_COUNT, /* the numerator is within limit: below, one event moves the rate */
    GH_CHECK_SOURCED,     /* a value has a source */
} GhCheckKind;

typedef enum {
    GH_BASE_NONE,
    GH_BASE_POPULATION,
    GH_BASE_POPULATION_100000, /* population / 100 000 */
    GH_BASE_HOUSEHOLDS,
    GH_BASE_AREA_KM2,
    GH_BASE_GDP,
    GH_BASE_CURRENCY,
} GhBase;

typedef enum {
    GH_SEVERITY_NOTE,    /* worth a look */
    GH_SEVERITY_WARNING, /* probably wrong */
    GH_SEVERITY_ERROR,   /* cannot be right */
} GhSeverity;

typedef struct {
    const char *id;
    GhCheckKind kind;
    GhBase base;
    const size_t *data_points; /* in the order written */
    size_t n_data_points;
    double low, high; /* "98..102"; open ends are -HUGE_VAL and HUGE_VAL */
    GhSeverity severity;
    const char *message; /* what is wrong and what to do, one or two sentences */
    const char *source;
} GhCheck;

/* -- lenses: a second way to group the same KPIs -- */

typedef enum {
    GH_LENS_OURS,     /* whoever wrote the framework's files decided what belongs where */
    GH_LENS_OFFICIAL, /* the body that made the grouping did */
} GhLensOrigin;

/* A group or subgroup. Each group is followed by its subgroups. A KPI may lie in several. */
typedef struct {
    const char *name;
    gssize parent;      /* index of the group it is part of; -1: of none */
    const size_t *kpis; /* in it and in its subgroups, in the framework's order, each once */
    size_t n_kpis;
    const size_t *data_points; /* of those KPIs */
    size_t n_data_points;
} GhLensGroup;

/* A row of the lens's file: why a KPI lies in a group, or in none. */
typedef struct {
    size_t kpi;
    gssize group; /* the subgroup where there is one; -1: not placed */
    const char *reason, *source;
    bool inferred; /* confidence is "inferred": somebody concluded it */
    size_t number; /* of the KPI's rows in the file, from 1: names the reason's translation */
} GhLensPlace;

typedef struct {
    const char *id; /* "sdg": the file's name */
    const char *name, *description;
    GhLensOrigin origin;
    const GhLensGroup *groups;
    size_t n_groups;
    const GhLensPlace *places; /* in the order of the file */
    size_t n_places;
} GhLens;

typedef struct {
    const char *id, *version, *name, *description, *licence;
    const char *const *sources;
    GhScoring scoring;
    const GhBand *bands;
    size_t n_bands;
    int first_year, last_year; /* figures outside are refused */
    const GhLevel *levels;
    size_t n_levels;
    const GhTier *tiers;
    size_t n_tiers;
    const GhQuality *qualities;
    size_t n_qualities;
    const char *quality_note; /* what a reader should know about the classes */
    const GhGroup
        *groups; /* all levels, top level first, then level by level, each in file order */
    size_t n_groups;
    const GhKpi *kpis;
    size_t n_kpis;
    const GhDataPoint *data_points;
    size_t n_data_points;
    const GhTargetSet *target_sets;
    size_t n_target_sets;
    const GhCheck *checks;
    size_t n_checks;
    const GhLens *lenses; /* in the order of framework.json */
    size_t n_lenses;
} GhFramework;

/* -- looking things up; -1 when there is none -- */
gssize gh_framework_find_kpi(const GhFramework *framework, const char *id);
gssize gh_framework_find_data_point(const GhFramework *framework, const char *id);
gssize gh_framework_find_group(const GhFramework *framework, size_t level, const char *top,
                               const char *name);
const GhTargetSet *gh_framework_find_targets(const GhFramework *framework, const char *id);
const GhLens *gh_framework_find_lens(const GhFramework *framework, const char *id);

/* Whether wording means the data point's unit (itself after folding, or a row of units.csv).
 * Empty means the data point's own. */
bool gh_framework_unit_agrees(const GhFramework *framework, size_t data_point, const char *wording);

/* The translation of a text of the framework (lang/xx.csv), or the text itself. subject is
 * "framework", "level", "tier", "quality", "group", "kpi", "data_point", "check", "target:SET", "lens",
 * "lens_group" or "lens:LENS"; field is the column's name. id: the framework's own, a class as a number
 * for "quality", the data point's for a target, the group's name for "group" and "lens_group", the KPI's
 * for the reasons of a lens, whose field is "reason.1" for its first row. An element of a list has
 * its number behind the column: "verification_checks.1" is the first. A language with a region
 * falls back to the language: pt-BR, then pt. */
const char *gh_framework_text(const GhFramework *framework, const GhLang *lang, const char *subject,
                              const char *id, const char *field, const char *text);

/* Why the KPI lies where the place says, in the language. */
const char *gh_lens_reason(const GhFramework *framework, const GhLang *lang, const GhLens *lens,
                           const GhLensPlace *place);
const char *gh_lens_origin_text(GhLensOrigin origin); /* "ours" */

const char *gh_rule_text(GhRule rule); /* "lower_range" */
const char *gh_scoring_text(GhScoring scoring);
const char *gh_base_text(GhBase base); /* "" for none */
const char *gh_direction_text(GhDirection direction);
const char *gh_severity_text(GhSeverity severity);
const char *gh_check_kind_text(GhCheckKind kind);

/* -- parsing -- */

/* The files of a framework: names relative to its folder ("kpis.csv", "targets/open.csv"). */
typedef struct {
    char *name;    /* owned */
    GBytes *bytes; /* owned */
} GhFrameworkFile;
GPtrArray *gh_framework_files_new(void); /* of GhFrameworkFile, frees its elements */
void gh_framework_files_add(GPtrArray *files, const char *name, GBytes *bytes);

/* Whether the format knows a file of that name: framework.json, kpis.csv, targets/NAME.csv, ... */
bool gh_framework_file_is_known(const char *name);

/* Reads a folder; also "builtin:u4ssc" for those compiled in. Takes the files that the format knows,
 * and others that end in .csv or .json too, so that the parser can warn of a mistyped name. */
GPtrArray *gh_framework_files_from_dir(const char *dir, GError **error);

/* Parses and validates all. On faults returns NULL with GH_FRAMEWORK_ERROR_FAULTS and every fault
 * in faults; warnings (a target above max, an unused unit) are added to faults also on success. */
GhFramework *gh_framework_parse(GPtrArray *files, GhFaults *faults, GError **error);
GhFramework *gh_framework_ref(const GhFramework *framework);
void gh_framework_unref(GhFramework *framework);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhFramework, gh_framework_unref)

/* -- in the database -- */

/* Stores files as the current version of their framework. The same files again change nothing; those
 * of an earlier version make it the current one again. A different text under a version that exists
 * is an error: raise the version. Data points that have figures must still exist (else
 * GH_FRAMEWORK_ERROR_FAULTS, each in faults). Audited. */
bool gh_framework_load(GhStore *store, GPtrArray *files, GhFaults *faults, bool *ret_changed,
                       GError **error);

/* A version from the database, parsed; version NULL: the current one. Parsed frameworks are kept in
 * memory by the digest of their files, so that only the row is read again. Owned by the caller
 * (unref). */
GhFramework *gh_framework_get(GhStore *store, const char *id, const char *version, GError **error);

/* Inside a transaction: the files of a framework that came from gh_framework_get, as they were
 * loaded, of GhFrameworkFile (frees its elements). For those who want to take them away. */
GPtrArray *gh_framework_stored_files(GhDb *db, const GhFramework *framework, GError **error);

/* Inside a transaction: the surrogate key of each data point (figures refer to it), in the order of
 * framework->data_points. The caller owns the array. */
int64_t *gh_framework_data_point_keys(GhDb *db, const GhFramework *framework, GError **error);

/* The search's entries, kind "indicator", scope the framework's id, key the KPI's (store/search.h), are
 * written by gh_framework_load. This makes those of a database from before the search, or of another
 * version of its rules; nothing where they are there. Audited. */
bool gh_framework_refresh_index(GhStore *store, GError **error);

typedef struct {
    char *id, *version, *name;
    bool current;
    int64_t n_kpis, n_data_points;
    int64_t loaded_us;
} GhFrameworkRow;
/* All frameworks and versions, of GhFrameworkRow (frees its elements). */
GPtrArray *gh_framework_list(GhStore *store, GError **error);
