/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* spec_uncertain.c - the key "uncertainty": which parameters of the steps may take which values. */
#include "index/spec/spec_private.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/words.h"

enum {
    PARAMETERS_MAX = 100,
    VALUES_MAX = 1000, /* of all parameters: each is tried when the file is read */
    DROP_MAX = GH_INDEX_MAX_NODES,
    REPLICATIONS_MAX = 10000000,
    BOOTSTRAP_MAX = 100000,
    SETS_MAX = 1000000,
    TOP_MAX = 20, /* columns of a table for people */
};

static const char *const SAMPLINGS[] = {"monte_carlo", "sobol", NULL};
static const char *const ESTIMATORS[] = {"centred", "coinr", NULL};
G_STATIC_ASSERT(GH_SAMPLING_SOBOL == 1 && GH_ESTIMATOR_COINR == 1);

static const GhIndexField UNCERTAIN[] = {
    {GH_INDEX_FIELD(GhIndexUncertain, sampling, GH_FIELD_WORD), .words = SAMPLINGS},
    {GH_INDEX_FIELD(GhIndexUncertain, estimator, GH_FIELD_WORD), .words = ESTIMATORS},
    {GH_INDEX_FIELD(GhIndexUncertain, replications, GH_FIELD_SIZE), .min = 2,
     .max = REPLICATIONS_MAX},
    {GH_INDEX_FIELD(GhIndexUncertain, bootstrap, GH_FIELD_SIZE), .min = 0, .max = BOOTSTRAP_MAX},
    {GH_INDEX_FIELD(GhIndexUncertain, seed, GH_FIELD_SEED), .min = 0, .max = 9.2e18},
    {GH_INDEX_FIELD(GhIndexUncertain, output, GH_FIELD_TEXT), .may_be_null = true},
};
static const char *const UNCERTAIN_FURTHER[] = {"top", "parameters", NULL};
const GhIndexFields GH_INDEX_UNCERTAIN_FIELDS = {"uncertainty", UNCERTAIN, G_N_ELEMENTS(UNCERTAIN),
                                                 UNCERTAIN_FURTHER};

/* A parameter as it stands in the file. */
typedef struct {
    const char *name, *change;
    double from, to;
    bool whole;
    size_t sets;
} Written;

static const GhIndexField PARAMETER[] = {
    {GH_INDEX_FIELD(Written, name, GH_FIELD_TEXT)},
    {GH_INDEX_FIELD(Written, change, GH_FIELD_TEXT)},
    {GH_INDEX_FIELD(Written, from, GH_FIELD_NUMBER), .min = -INFINITY, .max = INFINITY},
    {GH_INDEX_FIELD(Written, to, GH_FIELD_NUMBER), .min = -INFINITY, .max = INFINITY},
    {GH_INDEX_FIELD(Written, whole, GH_FIELD_BOOL)},
    {GH_INDEX_FIELD(Written, sets, GH_FIELD_SIZE), .min = 0, .max = SETS_MAX},
};
static const char *const PARAMETER_FURTHER[] = {"values", "noise", "drop", NULL};
const GhIndexFields GH_INDEX_PARAMETER_FIELDS = {"an uncertain parameter", PARAMETER,
                                                 G_N_ELEMENTS(PARAMETER), PARAMETER_FURTHER};

typedef struct {
    GhIndexSpecReader *reader;
    GhIndexStep *const *steps; /* NULL where one has a fault */
    size_t n_steps;
    GhIndexParameter *parameters;
    size_t n;        /* read so far */
    size_t n_values; /* of all those */
} Context;

/* -- labels -- */

static void
append_scalar(GString *label, const char *key, const json_t *value)
{
    char text[GH_NUMBER_TEXT_SIZE];

    if (label->len > 0)
        g_string_append_c(label, ' ');
    if (json_is_string(value))
        g_string_append(label, json_string_value(value));
    else if (json_is_number(value))
        g_string_append(label, gh_number_format(json_number_value(value), text));
    else if (json_is_boolean(value))
        g_string_append_printf(label, "%s%s", json_is_true(value) ? "" : "no ", key);
    else
        g_string_append(label, key);
}

/* "min_max 1 100" */
static const char *
label_of(GhIndexSpecReader *reader, const json_t *value)
{
    g_autoptr(GString) label = g_string_new(NULL);
    const char *key = NULL;
    json_t *member = NULL;

    if (json_is_null(value)) {
        g_string_append(label, "none");
    } else if (json_is_object(value)) {
        json_object_foreach((json_t *)(uintptr_t)value, key, member)
        {
            if (strcmp(key, "step") != 0 && strcmp(key, "id") != 0)
                append_scalar(label, key, member);
        }
    } else if (json_is_boolean(value)) {
        g_string_append(label, json_is_true(value) ? "true" : "false");
    } else {
        append_scalar(label, "list", value);
    }
    return gh_index_memory_text(reader->memory, label->str);
}

/* -- a change of a step -- */

static void
unknown_step(Context *context, const char *path, const char *id)
{
    g_autofree const char **ids = g_new0(const char *, context->n_steps + 1);

    for (size_t i = 0; i < context->n_steps; i++) {
        if (context->steps[i] == NULL)
            return; /* it may be that one, which has a fault of its own */
        ids[i] = context->steps[i]->id;
    }
    g_autofree char *list = gh_words_list(ids);
    g_autofree char *all = g_strdup_printf("the steps here are %s", list);
    g_autofree char *remedy = gh_json_read_suggest(&context->reader->json, ids, id, all);
    gh_index_read_fault(context->reader, path, id, GH_MARK("is not a step of this file"), remedy);
}

/* Fills step and path of the parameter from "treat.winmax". */
static bool
find_step(Context *context, const char *path, const char *change, GhIndexParameter *parameter)
{
    const char *point = strchr(change, '.');
    g_autofree char *id =
        point != NULL ? g_strndup(change, (size_t)(point - change)) : g_strdup(change);
    g_autofree char *at = gh_json_read_path(path, "change");
    size_t n_found = 0;

    for (size_t i = 0; i < context->n_steps; i++) {
        if (context->steps[i] == NULL || strcmp(context->steps[i]->id, id) != 0)
            continue;
        parameter->step = i;
        n_found++;
    }
    if (n_found == 0)
        unknown_step(context, at, id);
    else if (n_found > 1)
        gh_index_read_fault(context->reader, at, id, GH_MARK("is the name of several steps"),
                            GH_MARK("give each its own id"));
    parameter->path = point != NULL ? gh_index_memory_text(context->reader->memory, point + 1) : "";
    return n_found == 1;
}

/* Two parameters that change the same would hide one another. */
static bool
covers(const char *whole, const char *part)
{
    size_t n = strlen(whole);
    return n == 0 || (strncmp(whole, part, n) == 0 && (part[n] == '\0' || part[n] == '.'));
}

static void
check_alone(Context *context, const char *path, const GhIndexParameter *parameter)
{
    g_autofree char *at = gh_json_read_path(path, "change");

    for (size_t i = 0; i < context->n; i++) {
        const GhIndexParameter *other = &context->parameters[i];
        if ((other->kind != GH_PARAMETER_CHOICE && other->kind != GH_PARAMETER_RANGE)
            || other->path == NULL || other->step != parameter->step)
            continue;
        if (covers(other->path, parameter->path) || covers(parameter->path, other->path))
            gh_index_read_fault(context->reader, at, other->name,
                                GH_MARK("is changed by another parameter too"),
                                GH_MARK("put both into the values of one parameter"));
    }
}

/* Whether the step takes that value. */
static void
check_value(Context *context, const char *path, const GhIndexParameter *parameter, json_t *value)
{
    const GhIndexStep *step = context->steps[parameter->step];
    const GhIndexChange change = {parameter->path, value};
    g_autoptr(GError) error = NULL;

    if (json_is_null(value) && *parameter->path == '\0') {
        if (step->kind == GH_INDEX_STEP_AGGREGATE)
            gh_index_read_fault(context->reader, path, NULL, GH_MARK("leaves out the aggregation"),
                                GH_MARK("write another aggregation"));
        return;
    }
    g_autoptr(GhIndexStep) changed = gh_index_step_changed(step, &change, 1, &error);
    if (changed == NULL) {
        g_autofree char *reason = g_strdup_printf("is refused: %s", error->message);
        gh_index_read_fault(context->reader, path, NULL, reason, NULL);
    }
}

static void
read_values(Context *context, const json_t *object, const char *path, bool known_step,
            GhIndexParameter *parameter)
{
    GhIndexSpecReader *reader = context->reader;
    json_t *list = gh_json_read_array(&reader->json, object, path, "values", GH_JSON_NEEDED,
                                      VALUES_MAX - context->n_values);
    size_t n = json_array_size(list);
    json_t **values = gh_index_memory_array(reader->memory, n, sizeof(json_t *));
    const char **labels = gh_index_memory_array(reader->memory, n, sizeof *labels);

    for (size_t i = 0; i < n; i++) {
        g_autofree char *at = g_strdup_printf("%s.values[%zu]", path, i);
        values[i] = json_incref(json_array_get(list, i));
        g_ptr_array_add(reader->memory->values, values[i]);
        labels[i] = label_of(reader, values[i]);
        if (known_step)
            check_value(context, at, parameter, values[i]);
    }
    parameter->kind = GH_PARAMETER_CHOICE;
    parameter->values = values;
    parameter->labels = labels;
    parameter->n_values = n;
    context->n_values += n;
}

/* Both ends, and a place between them that is no whole number by chance. */
static void
read_range(Context *context, const char *path, const Written *written, bool known_step,
           GhIndexParameter *parameter)
{
    static const double BETWEEN =
        0.381966011250105; /* 2 less the golden ratio: any irrational one */
    static const double WHOLE_MAX = 9007199254740992; /* 2^53: a double has all up to it */
    double low = written->from;
    double high = written->to;

    parameter->kind = GH_PARAMETER_RANGE;
    parameter->low = low;
    parameter->high = high;
    parameter->whole = written->whole;
    if (isnan(low) || isnan(high) || !(low < high)) {
        gh_index_read_fault(context->reader, path, NULL, GH_MARK("is no range"),
                            GH_MARK("write values: [ ... ], or from and to, the smaller first"));
        return;
    }
    if (written->whole && (low != floor(low) || high != floor(high))) {
        gh_index_read_fault(context->reader, path, NULL,
                            GH_MARK("is a range of whole numbers with an end that is none"),
                            GH_MARK("write whole numbers, or take whole out"));
        return;
    }
    if (!isfinite(high - low) || (written->whole && MAX(fabs(low), fabs(high)) > WHOLE_MAX)) {
        gh_index_read_fault(context->reader, path, NULL, GH_MARK("is too wide a range"),
                            GH_MARK("write ends that lie nearer to each other"));
        return;
    }
    if (*parameter->path == '\0') {
        gh_index_read_fault(context->reader, path, NULL, GH_MARK("is a range of a whole step"),
                            GH_MARK("name the key behind a point: treat.winmax"));
        return;
    }

    const double tried[] = {low, written->whole ? high : low + BETWEEN * (high - low), high};
    for (size_t i = 0; i < G_N_ELEMENTS(tried) && known_step; i++) {
        json_t *value = written->whole ? json_integer((json_int_t)tried[i]) : json_real(tried[i]);
        check_value(context, path, parameter, value);
        json_decref(value);
    }
}

static void
read_change(Context *context, const json_t *object, const char *path, const Written *written,
            GhIndexParameter *parameter)
{
    bool known = find_step(context, path, written->change, parameter);

    if (known)
        check_alone(context, path, parameter);
    if (json_object_get(object, "values") != NULL)
        read_values(context, object, path, known, parameter);
    else
        read_range(context, path, written, known, parameter);
}

/* -- weights and indicators -- */

static void
read_noise(Context *context, const json_t *object, const char *path, const Written *written,
           GhIndexParameter *parameter)
{
    static const GhIndexField FACTOR = {
        .kind = GH_FIELD_NUMBER, .min = 0, .max = 1, .above_min = true};
    GhIndexSpecReader *reader = context->reader;
    json_t *noise = json_object_get(object, "noise");
    g_autofree char *at = gh_json_read_path(path, "noise");
    const char *key = NULL;
    json_t *value = NULL;

    parameter->kind = GH_PARAMETER_WEIGHTS;
    parameter->n_sets = written->sets;
    if (!json_is_object(noise) || json_object_size(noise) == 0) {
        gh_index_read_fault(reader, at, NULL, GH_MARK("names no level"),
                            GH_MARK("write levels and factors: {\"1\": 0.25}"));
        return;
    }

    int *levels = gh_index_memory_array(reader->memory, json_object_size(noise), sizeof *levels);
    double *factors =
        gh_index_memory_array(reader->memory, json_object_size(noise), sizeof *factors);
    json_object_foreach(noise, key, value)
    {
        g_autofree char *one = gh_json_read_path(at, key);
        guint64 level = 0;
        if (!g_ascii_string_to_unsigned(key, 10, 1, GH_INDEX_MAX_LEVELS - 1, &level, NULL))
            gh_index_read_fault(reader, one, key, GH_MARK("is not a level with weights"),
                                GH_MARK("write a whole number from 1 to 11"));
        else if (gh_index_read_number(reader, value, one, &FACTOR, &factors[parameter->n_levels]))
            levels[parameter->n_levels++] = (int)level;
    }
    parameter->levels = levels;
    parameter->factors = factors;
}

static void
read_drop(Context *context, const json_t *object, const char *path, GhIndexParameter *parameter)
{
    GhIndexSpecReader *reader = context->reader;
    const json_t *drop = json_object_get(object, "drop");
    g_autofree char *at = gh_json_read_path(path, "drop");

    parameter->kind = GH_PARAMETER_DROP;
    if (json_is_string(drop) && strcmp(json_string_value(drop), "all") == 0) {
        parameter->drop_each = true;
        return;
    }

    json_t *list =
        gh_json_read_array(&reader->json, object, path, "drop", GH_JSON_NEEDED, DROP_MAX);
    const char **codes =
        gh_index_memory_array(reader->memory, json_array_size(list), sizeof *codes);
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *code = json_array_get(list, i);
        g_autofree char *one = g_strdup_printf("%s[%zu]", at, i);
        codes[i] = json_is_null(code) ? NULL : gh_json_read_element(&reader->json, code, one);
        /* Texts of one chunk that are equal are the same. */
        if (!g_hash_table_add(seen, (char *)(uintptr_t)codes[i]))
            gh_index_read_fault(reader, one, codes[i], GH_MARK("stands there twice"),
                                GH_MARK("name it once"));
    }
    parameter->codes = codes;
    parameter->n_codes = json_array_size(list);
}

/* -- one parameter -- */

static void
check_name(Context *context, const char *path, const char *name)
{
    g_autofree char *at = gh_json_read_path(path, "name");

    for (size_t i = 0; i < context->n && name != NULL; i++)
        if (g_strcmp0(context->parameters[i].name, name) == 0)
            gh_index_read_fault(context->reader, at, name, GH_MARK("stands there twice"),
                                GH_MARK("give each parameter its own name"));
}

/* What is given must belong to the kind that it makes. */
static void
check_kind(Context *context, const json_t *object, const char *path, GhIndexParameterKind kind)
{
    static const struct {
        const char *key;
        bool change, noise, drop;
    } BELONGS[] = {{"change", true, false, false}, {"values", true, false, false},
                   {"from", true, false, false},   {"to", true, false, false},
                   {"whole", true, false, false},  {"noise", false, true, false},
                   {"sets", false, true, false},   {"drop", false, false, true}};

    for (size_t i = 0; i < G_N_ELEMENTS(BELONGS); i++) {
        bool belongs = kind == GH_PARAMETER_WEIGHTS ? BELONGS[i].noise
                       : kind == GH_PARAMETER_DROP  ? BELONGS[i].drop
                                                    : BELONGS[i].change;
        g_autofree char *at = gh_json_read_path(path, BELONGS[i].key);
        if (!belongs && json_object_get(object, BELONGS[i].key) != NULL)
            gh_index_read_fault(context->reader, at, NULL, GH_MARK("does not go with the others"),
                                GH_MARK("write one of change, noise and drop, and what belongs to "
                                        "it"));
    }
    if (json_object_get(object, "values") != NULL
        && (json_object_get(object, "from") != NULL || json_object_get(object, "to") != NULL))
        gh_index_read_fault(context->reader, path, NULL, GH_MARK("has values and a range"),
                            GH_MARK("write one of them"));
    for (size_t i = 0; i < context->n; i++)
        if (kind == GH_PARAMETER_WEIGHTS && context->parameters[i].kind == kind)
            gh_index_read_fault(context->reader, path, NULL,
                                GH_MARK("is a second parameter of weights"),
                                GH_MARK("put all levels into one"));
}

static void
read_parameter(Context *context, const json_t *value, const char *path)
{
    const GhIndexFields *const tables[] = {&GH_INDEX_PARAMETER_FIELDS, NULL};
    GhIndexSpecReader *reader = context->reader;
    GhIndexParameter *parameter = &context->parameters[context->n];
    Written written = {.from = NAN, .to = NAN};
    const json_t *object = gh_index_read_object(reader, value, path, tables);

    if (object == NULL)
        return;
    (void)gh_index_read_needed(reader, object, path, "name");
    gh_index_read_fields(reader, object, path, &GH_INDEX_PARAMETER_FIELDS, &written);
    check_name(context, path, written.name);
    parameter->name = written.name;
    if (json_object_get(object, "noise") != NULL)
        read_noise(context, object, path, &written, parameter);
    else if (json_object_get(object, "drop") != NULL)
        read_drop(context, object, path, parameter);
    else if (written.change != NULL)
        read_change(context, object, path, &written, parameter);
    else
        gh_index_read_fault(reader, path, NULL, GH_MARK("says not what is uncertain"),
                            GH_MARK("write one of change, noise and drop"));
    check_kind(context, object, path, parameter->kind);
    context->n++;
}

static void
read_top(GhIndexSpecReader *reader, const json_t *object, GhIndexUncertain *uncertain)
{
    static const GhIndexField PLACE = {.kind = GH_FIELD_SIZE, .min = 1, .max = GH_INDEX_MAX_UNITS};
    static const size_t USUAL[] = {1, 5, 10};
    json_t *list =
        gh_json_read_array(&reader->json, object, "uncertainty", "top", GH_JSON_OPTIONAL, TOP_MAX);
    size_t *top = gh_index_memory_array(reader->memory, json_array_size(list), sizeof *top);

    uncertain->top = list != NULL ? top : USUAL;
    uncertain->n_top = list != NULL ? 0 : G_N_ELEMENTS(USUAL);
    for (size_t i = 0; i < json_array_size(list); i++) {
        double place = 0;
        g_autofree char *at = g_strdup_printf("uncertainty.top[%zu]", i);
        if (!gh_index_read_number(reader, json_array_get(list, i), at, &PLACE, &place))
            continue;
        if (uncertain->n_top > 0 && (size_t)place <= top[uncertain->n_top - 1])
            gh_index_read_fault(reader, at, NULL, GH_MARK("does not rise"),
                                GH_MARK("write the places from the smallest to the largest"));
        top[uncertain->n_top++] = (size_t)place;
    }
}

const GhIndexUncertain *
gh_index_read_uncertain(GhIndexSpecReader *reader, const json_t *value, GhIndexStep *const *steps,
                        size_t n_steps)
{
    const GhIndexFields *const tables[] = {&GH_INDEX_UNCERTAIN_FIELDS, NULL};
    const json_t *object = gh_index_read_object(reader, value, "uncertainty", tables);
    if (object == NULL)
        return NULL;

    GhIndexUncertain *uncertain = gh_index_memory_array(reader->memory, 1, sizeof *uncertain);
    *uncertain = (GhIndexUncertain){
        .sampling = GH_SAMPLING_SOBOL, .replications = 1000, .bootstrap = 1000, .seed = 1};
    gh_index_read_fields(reader, object, "uncertainty", &GH_INDEX_UNCERTAIN_FIELDS, uncertain);
    read_top(reader, object, uncertain);

    json_t *list = gh_json_read_array(&reader->json, object, "uncertainty", "parameters",
                                      GH_JSON_NEEDED, PARAMETERS_MAX);
    Context context = {.reader = reader, .steps = steps, .n_steps = n_steps};
    context.parameters =
        gh_index_memory_array(reader->memory, json_array_size(list), sizeof *context.parameters);
    for (size_t i = 0; i < json_array_size(list); i++) {
        g_autofree char *at = g_strdup_printf("uncertainty.parameters[%zu]", i);
        read_parameter(&context, json_array_get(list, i), at);
    }
    uncertain->parameters = context.parameters;
    uncertain->n_parameters = context.n;
    return uncertain;
}
