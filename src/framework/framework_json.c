/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* framework_json.c - framework.json: what the framework is called, its levels, tiers, classes,
 * scoring and years. How its values are read: base/json_read.h. */
#include "base/json_read.h"
#include "framework/framework_private.h"

#include <math.h>
#include <string.h>

enum {
    TIERS_MAX = 20,
    QUALITIES_MAX = 6, /* table figure: quality BETWEEN 1 AND 6 */
    BANDS_MAX = 10,
    SOURCES_MAX = 100,
    WEIGHTS_MAX = 1000,
    YEAR_MIN = 1000, /* four digits, so that a year is told from any other number */
    YEAR_MAX = 9999,
};

/* Column names of kpis.csv that a level cannot have as its id. */
static const char *const RESERVED[] = {"id",
                                       "code",
                                       "name",
                                       "tier",
                                       "type",
                                       "definition",
                                       "rationale",
                                       "direction",
                                       "sdg",
                                       "sdg_inferred",
                                       "notes",
                                       "weight",
                                       "source_pages",
                                       "benchmark_note",
                                       "typical_sources",
                                       "confidence",
                                       "verification_checks",
                                       "inferred_fields",
                                       NULL};

typedef struct {
    GhJsonReader json;
    GhFrameworkParser *parser;
} Reader;

/* The key "id", its form checked. */
static const char *
read_id(Reader *reader, const json_t *object, const char *path)
{
    const char *id = gh_json_read_text(&reader->json, object, path, "id", GH_JSON_NEEDED);
    if (*id == '\0')
        return id;

    g_autofree char *reason = gh_framework_id_fault(id);
    if (reason == NULL)
        return id;
    g_autofree char *at = *path != '\0' ? g_strdup_printf("%s.id", path) : g_strdup("id");
    gh_json_read_fault(&reader->json, at, id, reason,
                       GH_MARK("use letters from a to z, digits, point, hyphen and underscore"));
    return "";
}

static void
read_levels(Reader *reader, const json_t *root)
{
    static const char *const KEYS[] = {"id", "name", "plural", NULL};
    GhFramework *framework = reader->parser->framework;
    json_t *array = gh_json_read_array(&reader->json, root, "", "levels", GH_JSON_NEEDED,
                                       GH_FRAMEWORK_MAX_LEVELS);
    size_t n = json_array_size(array);
    size_t n_errors = gh_faults_n_errors(reader->parser->faults);
    GhLevel *levels = gh_framework_keep_array(reader->parser->owner, n, sizeof *levels);

    for (size_t i = 0; i < n; i++) {
        g_autofree char *path = g_strdup_printf("levels[%zu]", i);
        const json_t *object =
            gh_json_read_object(&reader->json, json_array_get(array, i), path, KEYS);
        levels[i].id = read_id(reader, object, path);
        levels[i].name = gh_json_read_text(&reader->json, object, path, "name", GH_JSON_NEEDED);
        levels[i].plural =
            gh_json_read_text(&reader->json, object, path, "plural", GH_JSON_OPTIONAL);
        if (*levels[i].plural == '\0')
            levels[i].plural = levels[i].name;

        g_autofree char *lower = g_ascii_strdown(levels[i].id, -1);
        if (gh_words_find(RESERVED, lower) >= 0)
            gh_json_read_fault(&reader->json, path, levels[i].id,
                               GH_MARK("is a column of kpis.csv already"),
                               GH_MARK("give the level another id"));
        for (size_t k = 0; k < i; k++)
            if (*lower != '\0' && g_ascii_strcasecmp(levels[k].id, lower) == 0)
                gh_json_read_fault(&reader->json, path, levels[i].id, GH_MARK("stands there twice"),
                                   GH_MARK("give each level its own id"));
    }
    framework->levels = levels;
    framework->n_levels = n;
    reader->parser->levels_known = n > 0 && gh_faults_n_errors(reader->parser->faults) == n_errors;
}

static void
read_tiers(Reader *reader, const json_t *root)
{
    static const char *const KEYS[] = {"id", "name", NULL};
    GhFramework *framework = reader->parser->framework;
    json_t *array =
        gh_json_read_array(&reader->json, root, "", "tiers", GH_JSON_OPTIONAL, TIERS_MAX);
    size_t n = json_array_size(array);
    GhTier *tiers = gh_framework_keep_array(reader->parser->owner, n, sizeof *tiers);

    for (size_t i = 0; i < n; i++) {
        g_autofree char *path = g_strdup_printf("tiers[%zu]", i);
        const json_t *object =
            gh_json_read_object(&reader->json, json_array_get(array, i), path, KEYS);
        tiers[i].id = read_id(reader, object, path);
        tiers[i].name = gh_json_read_text(&reader->json, object, path, "name", GH_JSON_NEEDED);
        for (size_t k = 0; k < i; k++)
            if (*tiers[i].id != '\0' && strcmp(tiers[k].id, tiers[i].id) == 0)
                gh_json_read_fault(&reader->json, path, tiers[i].id, GH_MARK("stands there twice"),
                                   GH_MARK("give each tier its own id"));
    }
    if (n == 0) {
        /* No tiers are one tier, so that every KPI has one. */
        tiers[0] = (GhTier){.id = "all", .name = "All"};
        n = 1;
    }
    framework->tiers = tiers;
    framework->n_tiers = n;
}

static void
read_qualities(Reader *reader, const json_t *root)
{
    static const char *const KEYS[] = {"class", "name", "description", NULL};
    GhFramework *framework = reader->parser->framework;
    json_t *array =
        gh_json_read_array(&reader->json, root, "", "qualities", GH_JSON_OPTIONAL, QUALITIES_MAX);
    size_t n = json_array_size(array);
    GhQuality *qualities = gh_framework_keep_array(reader->parser->owner, n, sizeof *qualities);

    for (size_t i = 0; i < n; i++) {
        g_autofree char *path = g_strdup_printf("qualities[%zu]", i);
        const json_t *object =
            gh_json_read_object(&reader->json, json_array_get(array, i), path, KEYS);
        double class = (double)i + 1;
        bool given =
            gh_json_read_number(&reader->json, object, path, "class", GH_JSON_NEEDED, &class);
        if (given && class != (double)i + 1) {
            g_autofree char *at = g_strdup_printf("%s.class", path);
            gh_json_read_fault(
                &reader->json, at, NULL, GH_MARK("is out of order"),
                GH_MARK("number the classes 1, 2, 3 ... from the best to the worst"));
        }
        qualities[i].class = (int)i + 1;
        qualities[i].name = gh_json_read_text(&reader->json, object, path, "name", GH_JSON_NEEDED);
        qualities[i].description =
            gh_json_read_text(&reader->json, object, path, "description", GH_JSON_OPTIONAL);
    }
    framework->qualities = qualities;
    framework->n_qualities = n;
    framework->quality_note =
        gh_json_read_text(&reader->json, root, "", "quality_note", GH_JSON_OPTIONAL);
}

/* Where the band ends: in rising order; only the last has no end. */
static double
read_band_end(Reader *reader, const json_t *object, const char *path, double before, bool last)
{
    double below = HUGE_VAL;
    g_autofree char *at = g_strdup_printf("%s.below", path);

    if (last) {
        if (json_object_get(object, "below") != NULL)
            gh_json_read_fault(&reader->json, at, NULL, GH_MARK("ends the last band"),
                               GH_MARK("leave it out: the last band goes up to 100"));
        return HUGE_VAL;
    }
    if (!gh_json_read_number(&reader->json, object, path, "below", GH_JSON_NEEDED, &below))
        return before;
    if (!(below > before && below <= 100.0)) {
        gh_json_read_fault(
            &reader->json, at, NULL, GH_MARK("does not rise"),
            GH_MARK("give the bands from the lowest to the highest, each ending above the"
                    " one before, up to 100"));
        return before;
    }
    return below;
}

/* U4SSC's bands (Verification Report Geneva, p. 12) where a framework gives none. */
static const GhBand DEFAULT_BANDS[] = {
    {.below = 33.0, .points = 1, .label = "0-33"},
    {.below = 66.0, .points = 2, .label = "33-66"},
    {.below = 95.0, .points = 3, .label = "66-95"},
    {.below = HUGE_VAL, .points = 4, .label = "95+"},
};

static void
read_bands(Reader *reader, const json_t *scoring)
{
    static const char *const KEYS[] = {"below", "label", NULL};
    GhFramework *framework = reader->parser->framework;
    json_t *array =
        gh_json_read_array(&reader->json, scoring, "scoring", "bands", GH_JSON_OPTIONAL, BANDS_MAX);
    size_t n = json_array_size(array);
    GhBand *bands = gh_framework_keep_array(reader->parser->owner, n, sizeof *bands);
    double before = 0.0;

    framework->bands = DEFAULT_BANDS;
    framework->n_bands = G_N_ELEMENTS(DEFAULT_BANDS);
    for (size_t i = 0; i < n; i++) {
        g_autofree char *path = g_strdup_printf("scoring.bands[%zu]", i);
        const json_t *object =
            gh_json_read_object(&reader->json, json_array_get(array, i), path, KEYS);
        before = read_band_end(reader, object, path, before, i + 1 == n);
        bands[i].below = before;
        bands[i].points = (int)i + 1;
        bands[i].label = gh_json_read_text(&reader->json, object, path, "label", GH_JSON_NEEDED);
    }
    if (n > 0) {
        framework->bands = bands;
        framework->n_bands = n;
    }
}

static void
read_scoring(Reader *reader, const json_t *root)
{
    static const char *const KEYS[] = {"rule", "bands", NULL};
    const json_t *scoring = json_object_get(root, "scoring");

    if (scoring == NULL)
        gh_json_read_fault(&reader->json, "scoring", NULL, GH_MARK("is missing"),
                           GH_MARK("add \"scoring\": {\"rule\": \"points\"}"));
    scoring = gh_json_read_object(&reader->json, scoring, "scoring", KEYS);
    if (scoring == NULL)
        return;

    const char *rule = gh_json_read_text(&reader->json, scoring, "scoring", "rule", GH_JSON_NEEDED);
    gssize found = gh_words_find(GH_SCORING_WORDS, rule);
    reader->parser->scoring_known = found >= 0;
    if (found >= 0)
        reader->parser->framework->scoring = (GhScoring)found;
    else if (*rule != '\0') {
        g_autofree char *list = gh_words_list(GH_SCORING_WORDS);
        g_autofree char *all = g_strdup_printf("write %s", list);
        g_autofree char *remedy = gh_framework_suggest(reader->parser, GH_SCORING_WORDS, rule, all);
        gh_json_read_fault(&reader->json, "scoring.rule", rule, GH_MARK("is not a rule of scoring"),
                           remedy);
    }
    read_bands(reader, scoring);
}

static int
read_year(Reader *reader, const json_t *years, const char *key, int fallback)
{
    double year = fallback;
    g_autofree char *path = g_strdup_printf("years.%s", key);

    if (!gh_json_read_number(&reader->json, years, "years", key, GH_JSON_NEEDED, &year))
        return fallback;
    if (year < YEAR_MIN || year > YEAR_MAX || year != floor(year)) {
        gh_json_read_fault(&reader->json, path, NULL, GH_MARK("is not a year"),
                           GH_MARK("write four digits, such as 2017"));
        return fallback;
    }
    return (int)year;
}

static void
read_years(Reader *reader, const json_t *root)
{
    static const char *const KEYS[] = {"first", "last", NULL};
    GhFramework *framework = reader->parser->framework;
    const json_t *years = json_object_get(root, "years");

    if (years == NULL)
        gh_json_read_fault(&reader->json, "years", NULL, GH_MARK("is missing"),
                           GH_MARK("add \"years\": {\"first\": 2000, \"last\": 2050}"));
    years = gh_json_read_object(&reader->json, years, "years", KEYS);
    if (years == NULL)
        return;

    framework->first_year = read_year(reader, years, "first", YEAR_MIN);
    framework->last_year = read_year(reader, years, "last", YEAR_MAX);
    if (framework->first_year > framework->last_year)
        gh_json_read_fault(&reader->json, "years", NULL, GH_MARK("end before they begin"),
                           GH_MARK("put the earlier year first"));
}

static void
read_sources(Reader *reader, const json_t *root)
{
    json_t *array =
        gh_json_read_array(&reader->json, root, "", "sources", GH_JSON_OPTIONAL, SOURCES_MAX);
    size_t n = json_array_size(array);
    const char **sources = gh_framework_keep_array(reader->parser->owner, n + 1, sizeof *sources);
    size_t n_kept = 0;

    for (size_t i = 0; i < n; i++) {
        g_autofree char *path = g_strdup_printf("sources[%zu]", i);
        const char *source = gh_json_read_element(&reader->json, json_array_get(array, i), path);
        if (*source != '\0')
            sources[n_kept++] = source;
    }
    reader->parser->framework->sources = sources;
}

/* Weights of groups: the KPIs' and data points' own stand in their rows. */
static void
read_weights(Reader *reader, const json_t *root)
{
    static const char *const KEYS[] = {"level", "top", "name", "weight", NULL};
    GhFrameworkParser *parser = reader->parser;
    json_t *array =
        gh_json_read_array(&reader->json, root, "", "weights", GH_JSON_OPTIONAL, WEIGHTS_MAX);

    for (size_t i = 0; i < json_array_size(array); i++) {
        g_autofree char *path = g_strdup_printf("weights[%zu]", i);
        const json_t *object =
            gh_json_read_object(&reader->json, json_array_get(array, i), path, KEYS);
        GhGroupWeight weight = {.level = SIZE_MAX, .weight = 1.0};
        const char *level = gh_json_read_text(&reader->json, object, path, "level", GH_JSON_NEEDED);
        for (size_t k = 0; k < parser->framework->n_levels; k++)
            if (strcmp(parser->framework->levels[k].id, level) == 0)
                weight.level = k;
        if (weight.level == SIZE_MAX && *level != '\0')
            gh_json_read_fault(&reader->json, path, level, GH_MARK("is not a level"),
                               GH_MARK("write the id of a level"));
        weight.top = gh_json_read_text(&reader->json, object, path, "top", GH_JSON_OPTIONAL);
        weight.name = gh_json_read_text(&reader->json, object, path, "name", GH_JSON_NEEDED);
        weight.line = gh_json_read_line(&reader->json, path);
        weight.path = gh_framework_keep_text(parser->owner, path);
        if (gh_json_read_number(&reader->json, object, path, "weight", GH_JSON_NEEDED,
                                &weight.weight)
            && !(weight.weight > 0.0))
            gh_json_read_fault(&reader->json, path, NULL,
                               GH_MARK("has a weight that is not above 0"),
                               GH_MARK("write a number above 0"));
        if (weight.level != SIZE_MAX && weight.weight > 0.0)
            g_array_append_val(parser->weights, weight);
    }
}

/* One lens that framework.json announces; what lies where stands in lenses/ID.csv. */
static void
read_lens(Reader *reader, const json_t *value, const char *path)
{
    static const char *const KEYS[] = {"id", "name", "description", "origin", "order", NULL};
    GhFrameworkParser *parser = reader->parser;
    const json_t *object = gh_json_read_object(&reader->json, value, path, KEYS);
    GhLensRow row = {.path = gh_framework_keep_text(parser->owner, path)};

    row.line = gh_json_read_line(&reader->json, path);
    row.lens.id = read_id(reader, object, path);
    row.lens.name = gh_json_read_text(&reader->json, object, path, "name", GH_JSON_NEEDED);
    row.lens.description =
        gh_json_read_text(&reader->json, object, path, "description", GH_JSON_OPTIONAL);
    const char *origin = gh_json_read_text(&reader->json, object, path, "origin", GH_JSON_NEEDED);
    gssize found = gh_words_find(GH_LENS_ORIGIN_WORDS, origin);
    if (found < 0 && *origin != '\0') {
        g_autofree char *at = gh_json_read_path(path, "origin");
        gh_json_read_fault(&reader->json, at, origin, GH_MARK("is not an origin"),
                           GH_MARK("write ours, or official where the body that made the grouping"
                                   " says itself which KPI lies where"));
    }
    row.lens.origin = (GhLensOrigin)MAX(found, 0);

    json_t *order = gh_json_read_array(&reader->json, object, path, "order", GH_JSON_OPTIONAL,
                                       GH_FRAMEWORK_MAX_LENS_GROUPS);
    size_t n = json_array_size(order), n_kept = 0;
    const char **names = gh_framework_keep_array(parser->owner, n + 1, sizeof *names);
    for (size_t i = 0; i < n; i++) {
        g_autofree char *at = g_strdup_printf("%s.order[%zu]", path, i);
        const char *name = gh_json_read_element(&reader->json, json_array_get(order, i), at);
        if (gh_words_find(names, name) >= 0)
            gh_json_read_fault(&reader->json, at, name, GH_MARK("stands there twice"),
                               GH_MARK("name each group once"));
        else if (*name != '\0')
            names[n_kept++] = name;
    }
    row.order = names;
    for (guint i = 0; i < parser->lenses->len; i++) {
        const char *other = g_array_index(parser->lenses, GhLensRow, i).lens.id;
        if (*row.lens.id != '\0' && g_ascii_strcasecmp(other, row.lens.id) == 0)
            gh_json_read_fault(&reader->json, path, row.lens.id, GH_MARK("stands there twice"),
                               GH_MARK("give each lens its own id"));
    }
    g_array_append_val(parser->lenses, row);
}

static void
read_lenses(Reader *reader, const json_t *root)
{
    json_t *array = gh_json_read_array(&reader->json, root, "", "lenses", GH_JSON_OPTIONAL,
                                       GH_FRAMEWORK_MAX_LENSES);

    for (size_t i = 0; i < json_array_size(array); i++) {
        g_autofree char *path = g_strdup_printf("lenses[%zu]", i);
        read_lens(reader, json_array_get(array, i), path);
    }
    reader->parser->lenses_known = true;
}

static void
read_root(Reader *reader, const json_t *root)
{
    static const char *const KEYS[] = {
        "id",      "version", "name",      "description",  "licence", "sources", "levels", "tiers",
        "scoring", "years",   "qualities", "quality_note", "weights", "lenses",  NULL};
    GhFramework *framework = reader->parser->framework;

    root = gh_json_read_object(&reader->json, root, "", KEYS);
    if (root == NULL)
        return;

    framework->id = read_id(reader, root, "");
    framework->version = gh_json_read_text(&reader->json, root, "", "version", GH_JSON_NEEDED);
    g_autofree char *reason = gh_framework_id_fault(framework->version);
    if (*framework->version != '\0' && reason != NULL)
        gh_json_read_fault(&reader->json, "version", framework->version, reason,
                           GH_MARK("use letters, digits and points, such as 2017.1"));
    framework->name = gh_json_read_text(&reader->json, root, "", "name", GH_JSON_NEEDED);
    framework->description =
        gh_json_read_text(&reader->json, root, "", "description", GH_JSON_OPTIONAL);
    framework->licence = gh_json_read_text(&reader->json, root, "", "licence", GH_JSON_OPTIONAL);
    read_sources(reader, root);
    read_levels(reader, root);
    read_tiers(reader, root);
    read_qualities(reader, root);
    read_scoring(reader, root);
    read_years(reader, root);
    read_weights(reader, root);
    read_lenses(reader, root);
}

void
gh_framework_parse_json(GhFrameworkParser *parser)
{
    const GhFrameworkFile *file = gh_framework_peek_file(parser, "framework.json");
    if (file == NULL)
        return;

    gsize n_bytes = 0;
    const char *text = g_bytes_get_data(file->bytes, &n_bytes);
    Reader reader = {.parser = parser};
    json_t *root = gh_json_read_open(&reader.json, file->name, text != NULL ? text : "", n_bytes,
                                     parser->owner->texts, parser->faults);
    if (root == NULL)
        return;

    read_root(&reader, root);
    gh_json_read_clear(&reader.json);
    json_decref(root);
}
