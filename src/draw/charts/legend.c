/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* legend.c - what colours, marks, hatching and dash mean: swatches with a word and its bounds. */
#include <math.h>

#include "draw/charts/shown.h"
#include "draw/text.h"

/* Lengths in units; our choice, in steps of 4. */
static const double SWATCH = 24;
static const double TEXT_GAP = 8;
static const double ENTRY_GAP = 24;
static const double ROW_GAP = 8;
static const double LABEL_SIZE = 14;
static const double BELOW_SIZE = 12;
static const double LINE = 1.25;

enum {
    LABEL_LINES_MAX = 2
};

typedef struct {
    const GhLang *lang;
    const GhLegendEntry *entries;
    size_t n_entries;
    double width;
    size_t n_first; /* entries before the one that begins a row of its own */
    size_t n_columns;
    double column; /* width, without the gap behind it */
    bool from_right;
} Layout;

static double
text_room(const GhLang *lang, const GhLegendEntry *entry)
{
    return MAX(gh_text_room(lang, LABEL_SIZE, GH_WEIGHT_REGULAR, entry->label),
               gh_text_room(lang, BELOW_SIZE, GH_WEIGHT_REGULAR, entry->below));
}

/* How many entries begin that have a band. */
static size_t
count_bands(const GhLegendEntry *entries, size_t n_entries)
{
    size_t n = 0;

    while (n < n_entries && entries[n].shown == GH_SHOWN_BAND)
        n++;
    return n;
}

/* As many columns as the widest entry allows; an entry wider than all there is gets broken. Where one
 * row is not enough, the bands keep theirs and the others begin another. */
static Layout
make_layout(const GhLang *lang, const GhLegendEntry *entries, size_t n_entries, double width)
{
    double widest = 0;

    for (size_t i = 0; i < n_entries; i++)
        widest = MAX(widest, SWATCH + TEXT_GAP + text_room(lang, &entries[i]));
    double fitting = MAX(floor((width + ENTRY_GAP) / (widest + ENTRY_GAP)), 1);
    bool one_row = fitting >= (double)n_entries;
    size_t n_first = one_row ? n_entries : count_bands(entries, n_entries);
    size_t n_longest = MAX(MAX(n_first, n_entries - n_first), 1);
    size_t n_columns = (size_t)MIN(fitting, (double)n_longest);

    /* Rows of about the same length: 2 and 2 rather than 3 and 1. */
    size_t n_rows = (n_longest + n_columns - 1) / n_columns;
    n_columns = (n_longest + n_rows - 1) / n_rows;
    return (Layout){
        .lang = lang,
        .entries = entries,
        .n_entries = n_entries,
        .width = width,
        .n_first = n_first,
        .n_columns = n_columns,
        .column = (width - ENTRY_GAP * (double)(n_columns - 1)) / (double)n_columns,
        .from_right = g_str_equal(gh_lang_direction(lang), "rtl"),
    };
}

static char **
label_lines(const Layout *layout, const GhLegendEntry *entry)
{
    return gh_text_lines_cut(layout->lang, LABEL_SIZE, GH_WEIGHT_REGULAR, entry->label,
                             layout->column - SWATCH - TEXT_GAP, LABEL_LINES_MAX);
}

static double
text_height(const GhLegendEntry *entry, unsigned n_lines)
{
    return LINE * (LABEL_SIZE * n_lines + (*entry->below != '\0' ? BELOW_SIZE : 0));
}

static double
entry_height(const Layout *layout, const GhLegendEntry *entry)
{
    g_auto(GStrv) lines = label_lines(layout, entry);

    return MAX(SWATCH, text_height(entry, g_strv_length(lines)));
}

/* The end of the row that begins with an entry. */
static size_t
row_end(const Layout *layout, size_t first)
{
    size_t end = MIN(first + layout->n_columns, layout->n_entries);

    return first < layout->n_first ? MIN(end, layout->n_first) : end;
}

static double
row_height(const Layout *layout, size_t first)
{
    double height = 0;

    for (size_t i = first; i < row_end(layout, first); i++)
        height = MAX(height, entry_height(layout, &layout->entries[i]));
    return height;
}

static void
draw_swatch(GhDrawing *drawing, double x, double y, const GhLegendEntry *entry)
{
    static const double INSET = 0.5, MARK = 6; /* the outline lies inside; radius */
    const GhPaint paint = gh_shown_paint(entry->shown, entry->step, 1);

    gh_drawing_rect(drawing, x + INSET, y + INSET, SWATCH - 2 * INSET, SWATCH - 2 * INSET, &paint);
    gh_shown_mark(drawing, entry->shown, entry->step, x + SWATCH / 2, y + SWATCH / 2, MARK);
}

/* Text and swatch stand in the middle of the row. */
static void
draw_entry(GhDrawing *drawing, const Layout *layout, const GhLegendEntry *entry, size_t column,
           double y, double row)
{
    double aside = (layout->column + ENTRY_GAP) * (double)column;
    double x = layout->from_right ? layout->width - aside : aside;
    double text_x = layout->from_right ? x - SWATCH - TEXT_GAP : x + SWATCH + TEXT_GAP;
    GhAnchor anchor = layout->from_right ? GH_ANCHOR_RIGHT : GH_ANCHOR_LEFT;
    g_auto(GStrv) lines = label_lines(layout, entry);
    unsigned n_lines = g_strv_length(lines);
    double top = y + (row - text_height(entry, n_lines)) / 2;

    draw_swatch(drawing, layout->from_right ? x - SWATCH : x, y + (row - SWATCH) / 2, entry);
    for (unsigned i = 0; i < n_lines; i++)
        gh_drawing_text(drawing, text_x, top + LABEL_SIZE * (LINE * i + 1),
                        &(GhTextStyle){.size = LABEL_SIZE, .anchor = anchor}, lines[i]);
    if (*entry->below != '\0')
        gh_drawing_text(drawing, text_x, top + LINE * LABEL_SIZE * n_lines + BELOW_SIZE,
                        &(GhTextStyle){.size = BELOW_SIZE, .colour = GH_SOFT_INK, .anchor = anchor},
                        entry->below);
}

/* What it says, in words: "on target 95+ %; no data". */
static char *
describe(const GhLegendEntry *entries, size_t n_entries)
{
    GString *text = g_string_new(NULL);

    for (size_t i = 0; i < n_entries; i++)
        g_string_append_printf(text, "%s%s%s%s", i > 0 ? "; " : "", entries[i].label,
                               *entries[i].below != '\0' ? " " : "", entries[i].below);
    return g_string_free(text, FALSE);
}

GhDrawing *
gh_chart_legend(const GhLang *lang, const char *title, const GhLegendEntry *entries,
                size_t n_entries, double width)
{
    const Layout layout = make_layout(lang, entries, n_entries, width);
    g_autofree char *description = describe(entries, n_entries);
    double height = 0, y = 0;

    for (size_t i = 0; i < n_entries; i = row_end(&layout, i))
        height += row_height(&layout, i) + (i > 0 ? ROW_GAP : 0);
    GhDrawing *drawing = gh_drawing_new(width, MAX(height, 1), lang, title, description);

    for (size_t first = 0; first < n_entries; first = row_end(&layout, first)) {
        double row = row_height(&layout, first);
        for (size_t i = first; i < row_end(&layout, first); i++)
            draw_entry(drawing, &layout, &entries[i], i - first, y, row);
        y += row + ROW_GAP;
    }
    return drawing;
}
