/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* framework_names.c - the words of the format, ids, and what was probably meant. */
#include "framework/framework_private.h"

#include "base/words.h"

#include <string.h>

enum {
    SUGGESTIONS_MAX = 200, /* a file with more slips has another problem */
};

static const char ID_CHARACTERS[] =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";

const char *const GH_RULE_WORDS[] = {
    "none", "higher", "lower_zero", "lower_range", "distance_to_one", "yes_no", "bands", NULL};
const char *const GH_DIRECTION_WORDS[] = {"higher", "lower", "target", "neutral", NULL};
const char *const GH_SEVERITY_WORDS[] = {"note", "warning", "error", NULL};
const char *const GH_CHECK_KIND_WORDS[] = {
    "sum",         "order",       "range",      "reported_share", "denominator",
    "base_change", "base_stated", "arithmetic", "change",         "quality",
    "small_count", "sourced",     NULL};
const char *const GH_BASE_WORDS[] = {"",         "population", "population_100000", "households",
                                     "area_km2", "gdp",        "currency",          NULL};
const char *const GH_SCORING_WORDS[] = {"points", "arithmetic", "geometric", NULL};
const char *const GH_LENS_ORIGIN_WORDS[] = {"ours", "official", NULL};

/* The words stand in the order of the enums. */
G_STATIC_ASSERT(G_N_ELEMENTS(GH_RULE_WORDS) == GH_RULE_BANDS + 2);
G_STATIC_ASSERT(G_N_ELEMENTS(GH_DIRECTION_WORDS) == GH_DIRECTION_NEUTRAL + 2);
G_STATIC_ASSERT(G_N_ELEMENTS(GH_SEVERITY_WORDS) == GH_SEVERITY_ERROR + 2);
G_STATIC_ASSERT(G_N_ELEMENTS(GH_CHECK_KIND_WORDS) == GH_CHECK_SOURCED + 2);
G_STATIC_ASSERT(G_N_ELEMENTS(GH_BASE_WORDS) == GH_BASE_CURRENCY + 2);
G_STATIC_ASSERT(G_N_ELEMENTS(GH_SCORING_WORDS) == GH_SCORING_GEOMETRIC + 2);
G_STATIC_ASSERT(G_N_ELEMENTS(GH_LENS_ORIGIN_WORDS) == GH_LENS_OFFICIAL + 2);

const char *
gh_rule_text(GhRule rule)
{
    return GH_RULE_WORDS[rule];
}

const char *
gh_direction_text(GhDirection direction)
{
    return GH_DIRECTION_WORDS[direction];
}

const char *
gh_severity_text(GhSeverity severity)
{
    return GH_SEVERITY_WORDS[severity];
}

const char *
gh_check_kind_text(GhCheckKind kind)
{
    return GH_CHECK_KIND_WORDS[kind];
}

const char *
gh_scoring_text(GhScoring scoring)
{
    return GH_SCORING_WORDS[scoring];
}

const char *
gh_lens_origin_text(GhLensOrigin origin)
{
    return GH_LENS_ORIGIN_WORDS[origin];
}

const char *
gh_base_text(GhBase base)
{
    return GH_BASE_WORDS[base];
}

char *
gh_framework_id_fault(const char *id)
{
    if (*id == '\0')
        return g_strdup(GH_MARK("is empty"));
    if (strlen(id) > GH_FRAMEWORK_MAX_ID_BYTES)
        return g_strdup_printf("is longer than %d characters", GH_FRAMEWORK_MAX_ID_BYTES);

    size_t n_good = strspn(id, ID_CHARACTERS);
    if (id[n_good] != '\0') {
        /* Names of files come unchecked: what is not UTF-8 gives a value that is no character. */
        gunichar c = g_utf8_get_char_validated(id + n_good, -1);
        char shown[8] = {0};
        if (c == ' ')
            return g_strdup(GH_MARK("has a blank"));
        if (!g_unichar_validate(c) || !g_unichar_isprint(c))
            return g_strdup(GH_MARK("has a character that cannot be seen"));
        (void)g_unichar_to_utf8(c, shown); /* at most 6 bytes */
        return g_strdup_printf("has the character %s", shown);
    }
    if (!g_ascii_isalnum(*id))
        return g_strdup(GH_MARK("does not begin with a letter or digit"));
    return NULL;
}

char *
gh_framework_suggest(GhFrameworkParser *parser, const char *const *words, const char *word,
                     const char *fallback)
{
    if (parser->n_suggestions++ >= SUGGESTIONS_MAX)
        return g_strdup(fallback);
    return gh_words_suggest(words, word, fallback);
}
