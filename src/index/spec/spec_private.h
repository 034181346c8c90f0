/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* spec_private.h - what the files of the specification's parser share; for spec*.c and step.c only.
 *
 * Keys are tables: a GhIndexField says where a value goes and what it may be, so that the parser, its faults and
 * the test of docs/index-format.md all know the same keys. Parsing goes to the end, whatever is wrong;
 * the caller counts the faults.
 */
#pragma once

#include "base/json_read.h"
#include "index/spec.h"

/* -- memory: everything of a step, or of a specification, hangs on one of these -- */

typedef struct {
    GStringChunk *texts;
    GPtrArray *blocks; /* of memory to g_free */
    GPtrArray *values; /* of json_t, a reference each */
} GhIndexMemory;
GhIndexMemory *gh_index_memory_new(void);
void gh_index_memory_free(GhIndexMemory *memory);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhIndexMemory, gh_index_memory_free)

/* n elements of size bytes, all zero. */
void *gh_index_memory_array(GhIndexMemory *memory, size_t n, size_t size);
const char *gh_index_memory_text(GhIndexMemory *memory, const char *text);

/* -- reading -- */

typedef struct {
    GhJsonReader json;
    GhIndexMemory *memory; /* of what is being read: a step has its own */
} GhIndexSpecReader;

typedef enum {
    GH_FIELD_NUMBER, /* double */
    GH_FIELD_WHOLE,  /* int */
    GH_FIELD_SIZE,   /* size_t */
    GH_FIELD_SEED,   /* uint64_t */
    GH_FIELD_BOOL,   /* bool */
    GH_FIELD_WORD,   /* an enum: the place in words */
    GH_FIELD_TEXT,   /* const char * */
    GH_FIELD_TEXTS,  /* const char *const *, NULL-ended */
} GhIndexFieldKind;

typedef struct {
    const char *key;
    GhIndexFieldKind kind;
    size_t offset;    /* in the struct that is filled */
    double min, max;  /* of numbers */
    bool above_min;   /* min itself is not allowed */
    bool may_be_null; /* text: NULL; numbers: if_null */
    double if_null;
    const char *const *words; /* NULL-ended */
    unsigned methods;         /* a bit each: with which it has an effect; 0: all */
} GhIndexField;

#define GH_INDEX_FIELD(type, member, kind_)                                                        \
    .key = #member, .kind = (kind_), .offset = offsetof(type, member)

typedef struct {
    const char *name; /* of the object in the documentation: "normalise" */
    const GhIndexField *fields;
    size_t n_fields;
    const char *const *further; /* keys with a reader of their own, NULL-ended; may be NULL */
} GhIndexFields;

/* Every table of keys; NULL-ended. */
extern const GhIndexFields *const GH_INDEX_FIELDS[];

enum {
    GH_INDEX_FIELD_TABLES_MAX = 4,
    GH_INDEX_KEYS_MAX = 64,
};

void gh_index_read_fault(GhIndexSpecReader *reader, const char *path, const char *value,
                         const char *reason, const char *remedy);

/* value if it is an object; its keys must be those of the tables (NULL-ended). */
const json_t *gh_index_read_object(GhIndexSpecReader *reader, const json_t *value, const char *path,
                                   const GhIndexFields *const *tables);

/* What object gives goes into the struct; what it does not give stays. */
void gh_index_read_fields(GhIndexSpecReader *reader, const json_t *object, const char *path,
                          const GhIndexFields *table, void *into);

/* "is missing" when object has no such key. */
bool gh_index_read_needed(GhIndexSpecReader *reader, const json_t *object, const char *path,
                          const char *key);

/* A warning for each key given that has no effect with any of these methods (a bit each). */
void gh_index_read_effects(GhIndexSpecReader *reader, const json_t *object, const char *path,
                           const GhIndexFields *table, unsigned methods);

/* The object "indicators" of a step: for each code a copy of usual (size bytes) with its own changes.
 * Returns the array of them. */
void *gh_index_read_own(GhIndexSpecReader *reader, const json_t *object, const char *path,
                        const GhIndexFields *table, const void *usual, size_t size,
                        const char *const **ret_codes, size_t *ret_n);

/* A list of whole numbers from min to max, each once; NULL where there is none. */
const int *gh_index_read_levels(GhIndexSpecReader *reader, const json_t *object, const char *path,
                                const char *key, int max, size_t *ret_n);

/* One number that is no member of a struct. */
bool gh_index_read_number(GhIndexSpecReader *reader, const json_t *value, const char *path,
                          const GhIndexField *field, double *ret_number);

/* -- steps -- */

extern const char *const GH_INDEX_STEP_WORDS[];
extern const char *const GH_INDEX_OVER_WORDS[];

void gh_index_read_screen(GhIndexSpecReader *reader, const json_t *object, const char *path,
                          GhIndexStep *step);
void gh_index_read_denominate(GhIndexSpecReader *reader, const json_t *object, const char *path,
                              GhIndexStep *step);
void gh_index_read_impute(GhIndexSpecReader *reader, const json_t *object, const char *path,
                          GhIndexStep *step);
void gh_index_read_treat(GhIndexSpecReader *reader, const json_t *object, const char *path,
                         GhIndexStep *step);
void gh_index_read_normalise(GhIndexSpecReader *reader, const json_t *object, const char *path,
                             GhIndexStep *step);
void gh_index_read_weights(GhIndexSpecReader *reader, const json_t *object, const char *path,
                           GhIndexStep *step);
void gh_index_read_aggregate(GhIndexSpecReader *reader, const json_t *object, const char *path,
                             GhIndexStep *step);

/* A step with its own memory; NULL when it has a fault. */
GhIndexStep *gh_index_step_read(GhIndexSpecReader *reader, const json_t *value, const char *path);

/* -- what is uncertain -- */

/* steps: those without fault; NULL in the place of others. */
const GhIndexUncertain *gh_index_read_uncertain(GhIndexSpecReader *reader, const json_t *value,
                                                GhIndexStep *const *steps, size_t n_steps);

extern const GhIndexFields GH_INDEX_SCREEN_FIELDS, GH_INDEX_DENOMINATE_FIELDS,
    GH_INDEX_DENOMINATE_ONE_FIELDS, GH_INDEX_IMPUTE_FIELDS, GH_INDEX_TREAT_FIELDS,
    GH_INDEX_TREAT_ONE_FIELDS, GH_INDEX_NORMALISE_FIELDS, GH_INDEX_NORMALISE_ONE_FIELDS,
    GH_INDEX_WEIGHTS_FIELDS, GH_INDEX_AGGREGATE_FIELDS, GH_INDEX_AGGREGATE_LEVEL_FIELDS,
    GH_INDEX_STEP_FIELDS, GH_INDEX_SPEC_FIELDS, GH_INDEX_UNCERTAIN_FIELDS,
    GH_INDEX_PARAMETER_FIELDS;
