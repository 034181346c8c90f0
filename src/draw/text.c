/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* text.c - how much room a text takes, and how it is broken into lines. See text.h. */
#include "draw/text.h"

#include <pango/pango.h>
#include <string.h>

#include "draw/clean.h"
#include "draw/font.h"

static const char ELLIPSIS[] = "\xE2\x80\xA6";

/* A rounding error must not break what was measured to fit; our choice, far below a pixel. */
static const double SLACK = 0.001;

/* Widths a thread remembers of each language and weight: a report has some thousand different texts.
 * Beyond, it starts anew. What is longer than names are is not remembered, so that memory has an end. */
enum {
    WIDTHS_MAX = 8192,
    REMEMBERED_MAX_BYTES = 300,
};

/* Of a font of size 1: Noto Sans' own ascent; letters of Arabic and Thai reach lower than its descent. */
static const double ASCENT = 1.07;
static const double DESCENT = 0.43;

/* -- widths, remembered by thread -- */

typedef struct {
    PangoLayout *layout; /* of GH_FONT_SIZE: nothing is hinted, so widths grow with the size */
    GHashTable *widths;  /* text -> double, of size 1 */
} Measure;

static void
free_measure(Measure *measure)
{
    g_object_unref(measure->layout);
    g_hash_table_unref(measure->widths);
    g_free(measure);
}

static Measure *
new_measure(const GhLang *lang, GhWeight weight)
{
    Measure *measure = g_new0(Measure, 1);

    measure->layout = gh_font_layout_new(lang, GH_FONT_SIZE, weight);
    measure->widths = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return measure;
}

/* By weight, from tag of language to Measure. */
typedef struct {
    GHashTable *by_lang[GH_WEIGHT_BOLD + 1];
} Measures;

static void
free_measures(Measures *measures)
{
    for (size_t i = 0; i < G_N_ELEMENTS(measures->by_lang); i++)
        g_hash_table_unref(measures->by_lang[i]);
    g_free(measures);
}

static GPrivate thread_measures = G_PRIVATE_INIT((GDestroyNotify)free_measures);

static Measure *
measure_of(const GhLang *lang, GhWeight weight)
{
    Measures *measures = g_private_get(&thread_measures);
    Measure *measure = NULL;

    if (measures == NULL) {
        measures = g_new0(Measures, 1);
        for (size_t i = 0; i < G_N_ELEMENTS(measures->by_lang); i++)
            measures->by_lang[i] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                                         (GDestroyNotify)free_measure);
        g_private_set(&thread_measures, measures);
    }
    measure = g_hash_table_lookup(measures->by_lang[weight], gh_lang_tag(lang));
    if (measure == NULL) {
        measure = new_measure(lang, weight);
        g_hash_table_insert(measures->by_lang[weight], g_strdup(gh_lang_tag(lang)), measure);
    }
    return measure;
}

static double
width_of_size_1(Measure *measure, const char *text)
{
    PangoRectangle logical = {0};

    pango_layout_set_text(measure->layout, text, -1);
    pango_layout_line_get_extents(pango_layout_get_line_readonly(measure->layout, 0), NULL,
                                  &logical);
    return (double)logical.width / PANGO_SCALE / GH_FONT_SIZE;
}

double
gh_text_width(const GhLang *lang, double size, GhWeight weight, const char *text)
{
    Measure *measure = measure_of(lang, weight);
    const double *known = g_hash_table_lookup(measure->widths, text);
    g_autofree char *clean = NULL;

    if (known != NULL)
        return *known * size;

    clean = gh_clean_text(text);
    double width = width_of_size_1(measure, clean);
    if (strlen(text) > REMEMBERED_MAX_BYTES)
        return width * size;
    if (g_hash_table_size(measure->widths) >= WIDTHS_MAX)
        g_hash_table_remove_all(measure->widths);
    g_hash_table_insert(measure->widths, g_strdup(text), g_memdup2(&width, sizeof(width)));
    return width * size;
}

double
gh_text_room(const GhLang *lang, double size, GhWeight weight, const char *text)
{
    return gh_text_width(lang, size, weight, text) * GH_TEXT_ROOM;
}

double
gh_text_ascent(double size)
{
    return ASCENT * size;
}

double
gh_text_descent(double size)
{
    return DESCENT * size;
}

/* -- lines -- */

/* One text being broken. */
typedef struct {
    const GhLang *lang;
    double size;
    GhWeight weight;
    double max_room;
} Column;

static bool
fits(const Column *column, const char *text)
{
    return gh_text_room(column->lang, column->size, column->weight, text)
           <= column->max_room + SLACK;
}

/* Puts the lines of a clean text; each is as long as it can be without cutting a word, and at least a
 * word long. */
static void
break_lines(const Column *column, const char *text, GPtrArray *lines)
{
    g_autoptr(PangoLayout) layout = gh_font_layout_new(column->lang, GH_FONT_SIZE, column->weight);
    double width = (column->max_room + SLACK) / GH_TEXT_ROOM * GH_FONT_SIZE / column->size;

    pango_layout_set_wrap(layout, PANGO_WRAP_WORD);
    pango_layout_set_width(layout, (int)(MAX(width, 0) * PANGO_SCALE));
    pango_layout_set_text(layout, text, -1);
    for (const GSList *l = pango_layout_get_lines_readonly(layout); l != NULL; l = l->next) {
        const PangoLayoutLine *line = l->data;
        char *piece = g_strndup(text + line->start_index, (size_t)line->length);
        g_ptr_array_add(lines, g_strchomp(piece));
    }
}

/* The longest beginning of text that fits with an ellipsis behind it, ending between two characters as
 * readers see them. The caller owns it. */
static char *
cut(const Column *column, const char *text)
{
    int n_chars = (int)g_utf8_strlen(text, -1);
    g_autofree PangoLogAttr *attrs = g_new0(PangoLogAttr, (size_t)n_chars + 1);
    int low = 0, high = n_chars;

    pango_get_log_attrs(text, (int)strlen(text), -1, NULL, attrs, n_chars + 1);
    /* low characters fit, or none does; more than high do not. */
    while (low < high) {
        int middle = low + (high - low + 1) / 2;
        g_autofree char *beginning = g_utf8_substring(text, 0, middle);
        g_autofree char *tried = g_strconcat(g_strchomp(beginning), ELLIPSIS, NULL);
        if (fits(column, tried))
            low = middle;
        else
            high = middle - 1;
    }
    while (low > 0 && !attrs[low].is_cursor_position)
        low--;

    g_autofree char *beginning = g_utf8_substring(text, 0, low);
    return g_strconcat(g_strchomp(beginning), ELLIPSIS, NULL);
}

static char **
steal_lines(GPtrArray *lines)
{
    g_ptr_array_add(lines, NULL);
    return (char **)g_ptr_array_steal(lines, NULL);
}

char **
gh_text_lines(const GhLang *lang, double size, GhWeight weight, const char *text, double max_room,
              unsigned max_lines)
{
    const Column column = {lang, size, weight, max_room};
    g_autofree char *clean = gh_clean_text(text);
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);

    if (fits(&column, clean))
        g_ptr_array_add(lines, g_strdup(clean));
    else
        break_lines(&column, clean, lines);

    if (lines->len > max_lines)
        return NULL;
    for (guint i = 0; i < lines->len; i++) {
        if (!fits(&column, lines->pdata[i]))
            return NULL;
    }
    return steal_lines(lines);
}

char **
gh_text_lines_cut(const GhLang *lang, double size, GhWeight weight, const char *text,
                  double max_room, unsigned max_lines)
{
    const Column column = {lang, size, weight, max_room};
    char **whole = gh_text_lines(lang, size, weight, text, max_room, max_lines);
    g_autofree char *clean = NULL;
    g_autoptr(GPtrArray) broken = NULL;
    g_autoptr(GPtrArray) lines = NULL;
    const char *rest = NULL;

    if (whole != NULL)
        return whole;

    clean = gh_clean_text(text);
    broken = g_ptr_array_new_with_free_func(g_free);
    lines = g_ptr_array_new_with_free_func(g_free);
    break_lines(&column, clean, broken);
    /* Whole lines as long as they fit and are not the last allowed; the next takes the rest, cut. */
    rest = clean;
    for (guint i = 0; lines->len + 1 < max_lines && fits(&column, broken->pdata[i]); i++) {
        const char *line = broken->pdata[i];
        g_ptr_array_add(lines, g_strdup(line));
        rest += strlen(line);
        while (*rest == ' ')
            rest++;
    }
    g_ptr_array_add(lines, cut(&column, rest));
    return steal_lines(lines);
}
