/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* font.c - Noto fonts by language and script. See font.h. */
#include "draw/font.h"

#include <pango/pangocairo.h>
#include <string.h>

/* Scripts of the languages that lang.h knows and of names of cities; what they lack, fontconfig
 * chooses. Latin, Greek and Cyrillic come from the first. */
#define FAMILIES_FIRST "Noto Sans, Noto Sans Arabic, "
#define FAMILIES_OTHER                                                                             \
    "Noto Sans Math, Noto Sans Symbols, Noto Sans Symbols2, Noto Sans Hebrew, "                    \
    "Noto Sans Devanagari, Noto Sans Bengali, Noto Sans Thai, Noto Sans Georgian, "                \
    "Noto Sans Armenian, Noto Sans Ethiopic"
#define FAMILIES(face) FAMILIES_FIRST face ", " FAMILIES_OTHER
#define CSS_FAMILIES(face) FAMILIES_FIRST face ", sans-serif"

/* NB: these fonts have signs such as the less-or-equal too, and putting one glyph of theirs into a PDF
 * costs 30 MB and a tenth of a report's time: where the language is another they come last. */
#define OTHER_FACE "Noto Sans CJK SC"

typedef struct {
    const char *range; /* of tags of languages; "" fits all */
    const char *tag;   /* pango's: "zh" alone would leave the choice to fontconfig */
    const char *families, *css_families;
} Face;

/* The longer range first. */
static const Face FACES[] = {
    {"zh-hk", "zh-hk", FAMILIES("Noto Sans CJK HK"), CSS_FAMILIES("Noto Sans CJK HK")},
    {"zh-mo", "zh-hk", FAMILIES("Noto Sans CJK HK"), CSS_FAMILIES("Noto Sans CJK HK")},
    {"zh-tw", "zh-tw", FAMILIES("Noto Sans CJK TC"), CSS_FAMILIES("Noto Sans CJK TC")},
    {"zh-hant", "zh-tw", FAMILIES("Noto Sans CJK TC"), CSS_FAMILIES("Noto Sans CJK TC")},
    {"zh", "zh-cn", FAMILIES("Noto Sans CJK SC"), CSS_FAMILIES("Noto Sans CJK SC")},
    {"ja", "ja", FAMILIES("Noto Sans CJK JP"), CSS_FAMILIES("Noto Sans CJK JP")},
    {"ko", "ko", FAMILIES("Noto Sans CJK KR"), CSS_FAMILIES("Noto Sans CJK KR")},
    {"", NULL, FAMILIES_FIRST FAMILIES_OTHER ", " OTHER_FACE, CSS_FAMILIES(OTHER_FACE)},
};

/* RFC 4647, section 3.3.1: a range fits a tag that is equal or goes on with a hyphen. */
static bool
fits_tag(const char *range, const char *tag)
{
    size_t n = strlen(range);

    return n == 0 || (g_ascii_strncasecmp(tag, range, n) == 0 && (tag[n] == '-' || tag[n] == '\0'));
}

static const Face *
face_of(const GhLang *lang)
{
    const Face *face = FACES;

    while (!fits_tag(face->range, gh_lang_tag(lang)))
        face++;
    return face;
}

static PangoContext *
new_context(const GhLang *lang)
{
    const Face *face = face_of(lang);
    bool rtl = strcmp(gh_lang_direction(lang), "rtl") == 0;
    PangoContext *context = pango_font_map_create_context(pango_cairo_font_map_get_default());
    cairo_font_options_t *options = cairo_font_options_create();

    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);

    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(
        context, pango_language_from_string(face->tag != NULL ? face->tag : gh_lang_tag(lang)));
    pango_context_set_base_dir(context, rtl ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
    return context;
}

/* This thread's contexts by tag of language; pango's default font map belongs to the thread too. */
static GPrivate thread_contexts = G_PRIVATE_INIT((GDestroyNotify)g_hash_table_unref);

static PangoContext *
context_of(const GhLang *lang)
{
    GHashTable *contexts = g_private_get(&thread_contexts);
    PangoContext *context = NULL;

    if (contexts == NULL) {
        contexts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_object_unref);
        g_private_set(&thread_contexts, contexts);
    }
    context = g_hash_table_lookup(contexts, gh_lang_tag(lang));
    if (context == NULL) {
        context = new_context(lang);
        g_hash_table_insert(contexts, g_strdup(gh_lang_tag(lang)), context);
    }
    return context;
}

PangoFontDescription *
gh_font_description_new(const GhLang *lang, double size, GhWeight weight)
{
    PangoFontDescription *description = pango_font_description_new();

    pango_font_description_set_family_static(description, face_of(lang)->families);
    pango_font_description_set_weight(description, weight == GH_WEIGHT_BOLD ? PANGO_WEIGHT_BOLD
                                                                            : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(description, size * PANGO_SCALE);
    return description;
}

PangoLayout *
gh_font_layout_new(const GhLang *lang, double size, GhWeight weight)
{
    PangoLayout *layout = pango_layout_new(context_of(lang));
    PangoFontDescription *description = gh_font_description_new(lang, size, weight);

    pango_layout_set_auto_dir(layout, FALSE);
    pango_layout_set_font_description(layout, description);
    pango_font_description_free(description);
    return layout;
}

const char *
gh_font_css_families(const GhLang *lang)
{
    return face_of(lang)->css_families;
}

void
gh_font_forget(void)
{
    g_private_replace(&thread_contexts, NULL);
    pango_cairo_font_map_set_default(NULL);
}
