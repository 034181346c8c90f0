/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* document_text.c - a text set into lines by pango.
 *
 * Lines outlive the layout that made them, so that one layout for each weight serves the whole document
 * and thousands of cells stay small until they are painted. They are set in GH_FONT_SIZE and scaled.
 */
#include <hb.h>

#include "draw/document/document_private.h"
#include "draw/font.h"

/* NB: a ligature is one glyph for several letters, which some readers of PDF then cannot find or
 * speak; in Noto Sans they change little. Those that a script requires are another feature. */
static const char FEATURES[] = "liga=0, clig=0";

/* Of the text's size; our choice. */
static const double NOTE_SIZE = 0.68;
static const double MARK_WIDTH = 1.05;

/* Fonts ask for more than letters need: of 2.1 times the size in Noto Sans Arabic, letters with marks
 * take 1.3. Lines are at least this share of what fonts ask for apart. */
static const double FONT_HEIGHT_SHARE = 0.8;

struct GhDocSetter {
    const GhLang *lang;
    PangoLayout *layouts[GH_WEIGHT_BOLD + 1]; /* made when first used */
    int font_heights[GH_WEIGHT_BOLD + 1];     /* of the language's script */
    PangoAttrList *plain;
    GHashTable *known; /* plain texts that were set: half of a report's cells say what others say */
};

static void
free_text(void *text)
{
    gh_doc_text_free(text);
}

GhDocSetter *
gh_doc_setter_new(const GhLang *lang)
{
    GhDocSetter *setter = g_new0(GhDocSetter, 1);
    setter->lang = lang;
    setter->known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_text);
    setter->plain = pango_attr_list_new();
    pango_attr_list_insert(setter->plain, pango_attr_font_features_new(FEATURES));
    return setter;
}

void
gh_doc_setter_free(GhDocSetter *setter)
{
    if (setter == NULL)
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(setter->layouts); i++)
        g_clear_object(&setter->layouts[i]);
    pango_attr_list_unref(setter->plain);
    g_hash_table_unref(setter->known);
    g_free(setter);
}

/* What pango measures in a size of GH_FONT_SIZE, in points. */
static double
points_of(const GhDocStyle *style, int measured)
{
    return (double)measured / PANGO_SCALE * gh_doc_style_scale(style);
}

static PangoLayout *
layout_of(GhDocSetter *setter, GhWeight weight)
{
    PangoLayout *layout = setter->layouts[weight];

    if (layout != NULL)
        return layout;
    layout = setter->layouts[weight] = gh_font_layout_new(setter->lang, GH_FONT_SIZE, weight);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);

    /* The same for all texts of a style, so that a number stands level with the word beside it. */
    PangoFontMetrics *metrics = pango_context_get_metrics(
        pango_layout_get_context(layout), pango_layout_get_font_description(layout), NULL);
    setter->font_heights[weight] = pango_font_metrics_get_height(metrics);
    pango_font_metrics_unref(metrics);
    return layout;
}

static void
add_attribute(PangoAttrList *list, PangoAttribute *attribute, guint start, guint end)
{
    attribute->start_index = start;
    attribute->end_index = end;
    pango_attr_list_insert(list, attribute);
}

static PangoAttribute *
mark_attribute(void)
{
    PangoRectangle box = {.y = (int)(-0.85 * GH_FONT_SIZE * PANGO_SCALE),
                          .width = (int)(MARK_WIDTH * GH_FONT_SIZE * PANGO_SCALE),
                          .height = (int)(GH_FONT_SIZE * PANGO_SCALE)};
    return pango_attr_shape_new(&box, &box);
}

/* Each run has an invisible attribute of its own, its number as a colour, so that pango never puts two
 * runs into one string of glyphs: document_ink.c paints them with their own tags and colours. */
static PangoAttrList *
attributes_of(const GhDocRuns *runs)
{
    PangoAttrList *list = pango_attr_list_new();

    pango_attr_list_insert(list, pango_attr_font_features_new(FEATURES));
    for (guint i = 0; i < runs->runs->len; i++) {
        const GhDocRun *run = &g_array_index(runs->runs, GhDocRun, i);
        guint start = (guint)run->start;
        guint end = i + 1 < runs->runs->len ? (guint)run[1].start : PANGO_ATTR_INDEX_TO_TEXT_END;

        add_attribute(list, pango_attr_foreground_new((guint16)i, 0, 0), start, end);
        if (run->kind == GH_DOC_RUN_STRONG)
            add_attribute(list, pango_attr_weight_new(PANGO_WEIGHT_BOLD), start, end);
        if (run->kind == GH_DOC_RUN_MARK)
            add_attribute(list, mark_attribute(), start, end);
        if (run->kind == GH_DOC_RUN_NOTE)
            add_attribute(
                list, pango_attr_size_new_absolute((int)(NOTE_SIZE * GH_FONT_SIZE * PANGO_SCALE)),
                start, end);
    }
    return list;
}

static bool
is_plain(const GhDocRuns *runs)
{
    return runs->runs->len == 1 && g_array_index(runs->runs, GhDocRun, 0).kind == GH_DOC_RUN_PLAIN;
}

/* Fills the layout of the style's weight. */
static PangoLayout *
fill_layout(GhDocSetter *setter, const GhDocRuns *runs, const GhDocStyle *style, double width)
{
    PangoLayout *layout = layout_of(setter, style->weight);
    pango_layout_set_text(layout, runs->text->str, (int)runs->text->len);
    pango_layout_set_width(layout, (int)(MAX(width, 0) / gh_doc_style_scale(style) * PANGO_SCALE));
    if (is_plain(runs)) {
        pango_layout_set_attributes(layout, setter->plain);
    } else {
        PangoAttrList *list = attributes_of(runs);
        pango_layout_set_attributes(layout, list);
        pango_attr_list_unref(list);
    }
    return layout;
}

static double
width_of(const PangoLayoutLine *line, const GhDocStyle *style)
{
    int width = 0;
    for (const GSList *l = line->runs; l != NULL; l = l->next)
        width += pango_glyph_string_get_width(((const PangoGlyphItem *)l->data)->glyphs);
    return points_of(style, width);
}

/* A blank where a line is broken has no glyph any more; it gets the font's blank, without width, so that
 * the last word of a line and the first of the next stay apart where the text is taken out of PDF. */
static void
restore_blank(PangoLayoutLine *line, const char *text)
{
    for (GSList *l = line->runs; l != NULL; l = l->next) {
        PangoGlyphItem *run = l->data;
        for (int i = 0; i < run->glyphs->num_glyphs; i++) {
            PangoGlyphInfo *glyph = &run->glyphs->glyphs[i];
            hb_codepoint_t blank = 0;
            if (glyph->glyph == PANGO_GLYPH_EMPTY
                && text[run->item->offset + run->glyphs->log_clusters[i]] == ' '
                && hb_font_get_nominal_glyph(pango_font_get_hb_font(run->item->analysis.font), ' ',
                                             &blank))
                glyph->glyph = blank;
        }
    }
}

/* Whether a line begins where the language would not break: a word did not fit. */
static bool
cuts_words(PangoLayout *layout, const char *text)
{
    int n_attrs = 0;
    const PangoLogAttr *attrs = pango_layout_get_log_attrs_readonly(layout, &n_attrs);
    const char *at = text;
    long position = 0;

    for (const GSList *l = pango_layout_get_lines_readonly(layout); l != NULL; l = l->next) {
        const PangoLayoutLine *line = l->data;
        const char *start = text + line->start_index;
        position += g_utf8_pointer_to_offset(at, start);
        at = start;
        if (position > 0 && position < n_attrs && !attrs[position].is_line_break)
            return true;
    }
    return false;
}

static GhDocText *
set_text(GhDocSetter *setter, const GhDocRuns *runs, GhDocStyleName name, double width)
{
    const GhDocStyle *style = gh_doc_style(name);
    PangoLayout *layout = fill_layout(setter, runs, style, width);
    GhDocText *text = g_new0(GhDocText, 1);
    int tallest = setter->font_heights[style->weight];

    text->runs = runs;
    text->style = style;
    text->width = width;
    text->n_lines = (size_t)pango_layout_get_line_count(layout);
    text->lines = g_new0(GhDocLine, text->n_lines);
    text->cut_words = text->n_lines > 1 && cuts_words(layout, runs->text->str);

    const GSList *l = pango_layout_get_lines_readonly(layout);
    for (size_t i = 0; i < text->n_lines; i++, l = l->next) {
        int height = 0;
        pango_layout_line_get_height(l->data, &height);
        tallest = MAX(tallest, height);
        restore_blank(l->data, runs->text->str);
        text->lines[i].pango = pango_layout_line_ref(l->data);
        text->lines[i].width = width_of(l->data, style);
    }
    text->leading = MAX(style->leading, FONT_HEIGHT_SHARE * points_of(style, tallest));
    return text;
}

/* The same lines for runs that say the same. */
static GhDocText *
text_again(const GhDocText *known, const GhDocRuns *runs)
{
    GhDocText *text = g_memdup2(known, sizeof *known);

    text->runs = runs;
    text->lines = g_memdup2(known->lines, known->n_lines * sizeof *known->lines);
    for (size_t i = 0; i < text->n_lines; i++)
        pango_layout_line_ref(text->lines[i].pango);
    return text;
}

GhDocText *
gh_doc_text_new(GhDocSetter *setter, const GhDocRuns *runs, GhDocStyleName name, double width)
{
    if (!is_plain(runs))
        return set_text(setter, runs, name, width);

    g_autofree char *key = g_strdup_printf("%d %.6f %s", (int)name, width, runs->text->str);
    GhDocText *known = g_hash_table_lookup(setter->known, key);
    if (known == NULL) {
        known = set_text(setter, runs, name, width);
        known->runs = NULL; /* may be gone when the text is met again */
        g_hash_table_insert(setter->known, g_steal_pointer(&key), known);
    }
    return text_again(known, runs);
}

void
gh_doc_text_free(GhDocText *text)
{
    if (text == NULL)
        return;
    for (size_t i = 0; i < text->n_lines; i++)
        pango_layout_line_unref(text->lines[i].pango);
    g_free(text->lines);
    g_free(text);
}

double
gh_doc_word_width(GhDocSetter *setter, const GhDocRuns *runs, GhDocStyleName name)
{
    const GhDocStyle *style = gh_doc_style(name);
    PangoLayout *layout = fill_layout(setter, runs, style, 0);
    double widest = 0;

    pango_layout_set_wrap(layout, PANGO_WRAP_WORD);
    for (const GSList *l = pango_layout_get_lines_readonly(layout); l != NULL; l = l->next)
        widest = MAX(widest, width_of(l->data, style));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    return widest;
}

double
gh_doc_text_height(const GhDocText *text)
{
    return (double)text->n_lines * text->leading + text->style->head_room;
}

/* The middle of small letters in the middle of the line. */
double
gh_doc_text_baseline(const GhDocText *text)
{
    static const double HALF_X_HEIGHT = 0.34; /* of Noto Sans, between x-height and capitals */

    return text->leading / 2 + HALF_X_HEIGHT * text->style->size;
}
