/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* figures_source.c - which figures a specification asks for: key "data", read and checked. */
#include "ranking/figures/figures_private.h"

#include <jansson.h>
#include <string.h>

#include "ranking/published/published.h"

enum {
    NAMES_MAX = 20000, /* as many data points as a framework may have */
    YEAR_MIN = 1900,
    YEAR_MAX = 2200,
};

typedef struct {
    GhRankingSource *source;
    const char *name;
    GhFaults *faults;
} Reader;

static void
fault(const Reader *reader, const char *key, const char *value, const char *reason,
      const char *remedy)
{
    g_autofree char *column = key[0] != '\0' ? g_strconcat("data.", key, NULL) : g_strdup("data");

    gh_faults_add(reader->faults, GH_FAULT_ERROR, reader->name, 0, column, value, reason, remedy);
}

static bool
is_id(const char *text)
{
    static const char allowed[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";

    return text[0] != '\0' && strlen(text) <= GH_INDEX_MAX_CODE_BYTES
           && text[strspn(text, allowed)] == '\0';
}

static void
read_id(const Reader *reader, const char *key, json_t *value, char **ret_text)
{
    const char *text = json_string_value(value);

    if (text == NULL || !is_id(text))
        fault(reader, key, text, GH_MARK("is not an id"),
              GH_MARK("write letters, digits, points, hyphens and underscores"));
    else
        *ret_text = g_strdup(text);
}

static void
read_framework(const Reader *reader, const char *key, json_t *value)
{
    read_id(reader, key, value, &reader->source->framework);
}

static void
read_version(const Reader *reader, const char *key, json_t *value)
{
    read_id(reader, key, value, &reader->source->version);
}

static void
read_targets(const Reader *reader, const char *key, json_t *value)
{
    read_id(reader, key, value, &reader->source->targets);
}

static void
read_lens(const Reader *reader, const char *key, json_t *value)
{
    read_id(reader, key, value, &reader->source->lens);
}

static void
read_year(const Reader *reader, const char *key, json_t *value)
{
    const char *word = json_string_value(value);
    json_int_t year = json_integer_value(value);

    if (g_strcmp0(word, "latest") == 0)
        reader->source->year = 0;
    else if (g_strcmp0(word, "all") == 0)
        reader->source->is_panel = true;
    else if (year >= YEAR_MIN && year <= YEAR_MAX)
        reader->source->year = (int)year;
    else
        fault(reader, key, word, GH_MARK("is not a year"),
              GH_MARK("write a year such as 2020, \"latest\" for each city's latest, or \"all\""));
}

static void
read_values(const Reader *reader, const char *key, json_t *value)
{
    const char *word = json_string_value(value);

    if (g_strcmp0(word, "share_of_target") == 0)
        reader->source->values = GH_SOURCE_SHARES;
    else if (g_strcmp0(word, "value") == 0)
        reader->source->values = GH_SOURCE_VALUES;
    else
        fault(reader, key, word, GH_MARK("is not known"),
              GH_MARK("write \"share_of_target\" or \"value\""));
}

/* A list of texts as a set; NULL with a fault where it is none. */
static GHashTable *
read_names(const Reader *reader, const char *key, json_t *list)
{
    size_t n = json_array_size(list);
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    if (n == 0 || n > NAMES_MAX) {
        fault(reader, key, NULL, GH_MARK("is not a list of names"),
              GH_MARK("write one name at least, each in quotes"));
        return NULL;
    }
    for (size_t i = 0; i < n; i++) {
        const char *text = json_string_value(json_array_get(list, i));
        if (text == NULL || !is_id(text)) {
            fault(reader, key, text, GH_MARK("is not a name"),
                  GH_MARK("write ids, slugs or country codes, each in quotes"));
            return NULL;
        }
        if (!g_hash_table_add(names, g_strdup(text))) {
            fault(reader, key, text, GH_MARK("stands there twice"), GH_MARK("name it once"));
            return NULL;
        }
    }
    return g_steal_pointer(&names);
}

static void
read_points(const Reader *reader, const char *key, json_t *value)
{
    GhRankingSource *source = reader->source;
    const char *word = json_string_value(value);

    if (g_strcmp0(word, "scored") == 0) {
        source->points = GH_SOURCE_POINTS_SCORED;
    } else if (g_strcmp0(word, "all") == 0) {
        source->points = GH_SOURCE_POINTS_ALL;
    } else if (json_is_array(value)) {
        source->points = GH_SOURCE_POINTS_NAMED;
        source->point_ids = read_names(reader, key, value);
    } else {
        fault(reader, key, word, GH_MARK("is not known"),
              GH_MARK("write \"scored\", \"all\" or a list of data points"));
    }
}

static void
read_cities(const Reader *reader, const char *key, json_t *value)
{
    GhRankingSource *source = reader->source;
    const char *word = json_string_value(value);
    json_t *countries = json_object_get(value, "countries");

    if (g_strcmp0(word, "all") == 0) {
        source->cities = GH_SOURCE_CITIES_ALL;
    } else if (json_is_array(value)) {
        source->cities = GH_SOURCE_CITIES_NAMED;
        source->city_names = read_names(reader, key, value);
    } else if (json_object_size(value) == 1 && json_is_array(countries)) {
        source->cities = GH_SOURCE_CITIES_COUNTRIES;
        source->city_names = read_names(reader, "cities.countries", countries);
    } else {
        fault(reader, key, word, GH_MARK("is not known"),
              GH_MARK("write \"all\", a list of slugs, or {\"countries\": [\"NO\"]}"));
    }
}

static void
read_verified_only(const Reader *reader, const char *key, json_t *value)
{
    if (json_is_boolean(value))
        reader->source->verified_only = json_is_true(value);
    else
        fault(reader, key, json_string_value(value), GH_MARK("is neither true nor false"),
              GH_MARK("write true or false, without quotes"));
}

static void
read_min_available(const Reader *reader, const char *key, json_t *value)
{
    double share = json_number_value(value);

    if (json_is_number(value) && share >= 0 && share <= 1)
        reader->source->min_available = share;
    else
        fault(reader, key, json_string_value(value), GH_MARK("is not a share"),
              GH_MARK("write a number from 0 to 1, such as 0.5"));
}

static void
read_directions(const Reader *reader, const char *key, json_t *value)
{
    const char *id = NULL;
    json_t *direction = NULL;
    GHashTable *directions = reader->source->directions;

    if (!json_is_object(value)) {
        fault(reader, key, NULL, GH_MARK("is not an object"),
              GH_MARK("write {\"ec.ict.ict.1c.value\": 1}"));
        return;
    }
    json_object_foreach(value, id, direction)
    {
        json_int_t sign = json_integer_value(direction);
        if (is_id(id) && (sign == 1 || sign == -1))
            g_hash_table_insert(directions, g_strdup(id), GINT_TO_POINTER((int)sign));
        else
            fault(reader, key, id, GH_MARK("has no direction"),
                  GH_MARK("write 1 where more is better, -1 where less is"));
    }
}

static const struct {
    const char *key;
    void (*read)(const Reader *reader, const char *key, json_t *value);
} KEYS[] = {
    {"framework", read_framework},
    {"version", read_version},
    {"year", read_year},
    {"values", read_values},
    {"targets", read_targets},
    {"data_points", read_points},
    {"cities", read_cities},
    {"verified_only", read_verified_only},
    {"directions", read_directions},
    {"min_available", read_min_available},
    {"lens", read_lens},
};

static void
read_key(const Reader *reader, const char *key, json_t *value)
{
    for (size_t i = 0; i < G_N_ELEMENTS(KEYS); i++) {
        if (strcmp(KEYS[i].key, key) == 0) {
            KEYS[i].read(reader, key, value);
            return;
        }
    }
    fault(reader, key, NULL, GH_MARK("is not a key of data"),
          GH_MARK("take it out, or look for its name in docs/rankings.md"));
}

static void
read_object(const Reader *reader, json_t *object)
{
    const char *key = NULL;
    json_t *value = NULL;

    json_object_foreach(object, key, value) read_key(reader, key, value);
    if (json_object_get(object, "framework") == NULL)
        fault(reader, "framework", NULL, GH_MARK("is missing"),
              GH_MARK("write the framework's id, such as \"u4ssc\""));
    if (json_object_get(object, "directions") != NULL && reader->source->values == GH_SOURCE_SHARES)
        fault(reader, "directions", NULL, GH_MARK("is not needed for shares of target"),
              GH_MARK("take it out: of a share more is always better"));
}

GhRankingSource *
gh_ranking_source_parse(const char *name, const char *text, GhFaults *faults, GError **error)
{
    g_autoptr(GhRankingSource) source = g_new0(GhRankingSource, 1);
    const Reader reader = {.source = source, .name = name, .faults = faults};
    size_t n_before = gh_faults_n_errors(faults);
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, NULL);

    source->directions = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (json_is_object(root))
        read_object(&reader, root);
    else
        fault(&reader, "", NULL, GH_MARK("is not an object"),
              GH_MARK("write {\"framework\": \"u4ssc\"}"));
    json_decref(root);
    if (gh_faults_n_errors(faults) > n_before) {
        g_set_error(error, GH_RANKING_ERROR, GH_RANKING_ERROR_FAULTS, "%s: key data has faults",
                    name);
        return NULL;
    }
    return g_steal_pointer(&source);
}

void
gh_ranking_source_free(GhRankingSource *source)
{
    if (source == NULL)
        return;
    g_free(source->framework);
    g_free(source->version);
    g_free(source->targets);
    g_free(source->lens);
    g_clear_pointer(&source->point_ids, g_hash_table_unref);
    g_clear_pointer(&source->city_names, g_hash_table_unref);
    g_clear_pointer(&source->directions, g_hash_table_unref);
    g_free(source);
}
