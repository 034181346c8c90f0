/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* heat_map.c - numbers from -1 to 1 in rows and columns. Cells say their numbers; where not all of them fit,
 * their signs beside the colours.
 *
 * Columns are named where a name has room: along the cell, or upright above it. Else rows and columns
 * have numbers, and what the rows do not say already is listed below.
 */
#include <math.h>
#include <string.h>

#include "draw/charts/flow.h"
#include "draw/text.h"

/* Units; our choice. */
static const double LABEL_SHARE = 0.38; /* of the width, at most */
static const double LABEL_GAP = 8;
static const double CELL_MAX = 56;
static const double ROW_MAX = 34;      /* of a row whose name is short */
static const double UPRIGHT_MAX = 170; /* of an upright name */
static const double PAD = 2;           /* on both sides of a text in its cell */
static const double GAP = 1;           /* between cells */
static const double GAP_FROM = 8;      /* smaller cells have none */
static const double LEGEND_MAX = 420;
static const double LEGEND_ROW = 16;
static const double LEGEND_BELOW = 20;

/* Where the steps of colour begin: Cohen 1988, "Statistical Power Analysis", calls links of 0.1 small, of
 * 0.3 medium, of 0.5 large; 0.7, where half of the variance is shared (0.7^2 = 0.49), is ours. */
static const double STEPS[GH_PALETTE_SIDE] = {0.1, 0.3, 0.5, 0.7};

enum {
    NAME_LINES_MAX = 3,
    LABEL_LINES_MAX = 2,
    LEGEND_LINES_MAX = 4,
    CELL_PARTS_MAX = 900, /* beyond, only rows are parts: nobody walks through thousands */
    N_COLOURS = 2 * GH_PALETTE_SIDE + 1,
};

typedef enum {
    NAMES_ALONG,
    NAMES_UPRIGHT,
    NAMES_NUMBERED,
} Names;

typedef struct {
    GhBlock block;
    double top, height;
} Row;

typedef struct {
    const GhHeatMap *map;
    GhFlow flow;
    Names names;
    bool numbers; /* all of them fit their cells */
    double cells_start, cell, cells_top, bottom, height;
    double legend_words_top;
    GhBlock legend[3];
    Row *rows;
    GhBlock *columns; /* names above, or listed below */
} Layout;

static const GhInk NOTE = {&GH_TYPE_NOTE, GH_WEIGHT_REGULAR, GH_INK};

static void
layout_clear(Layout *layout)
{
    for (size_t i = 0; i < G_N_ELEMENTS(layout->legend); i++)
        gh_block_clear(&layout->legend[i]);
    for (size_t i = 0; i < layout->map->n_rows; i++)
        gh_block_clear(&layout->rows[i].block);
    for (size_t i = 0; i < layout->map->n_columns; i++)
        gh_block_clear(&layout->columns[i]);
    g_free(layout->rows);
    g_free(layout->columns);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Layout, layout_clear)

/* -- columns -- */

static double
room_of(const GhHeatMap *map, const char *text)
{
    return gh_text_room(map->lang, NOTE.type->size, NOTE.weight, text);
}

static char *
row_label(const Layout *layout, size_t row)
{
    const char *name = layout->map->rows[row];

    return layout->names == NAMES_NUMBERED ? g_strdup_printf("%zu %s", row + 1, name)
                                           : g_strdup(name);
}

static void
find_cells(Layout *layout)
{
    const GhHeatMap *map = layout->map;
    double labels = 0;

    for (size_t i = 0; i < map->n_rows; i++) {
        g_autofree char *label = row_label(layout, i);
        labels = MAX(labels, room_of(map, label));
    }
    layout->cells_start = MIN(labels, LABEL_SHARE * map->width) + LABEL_GAP;
    layout->cell =
        MIN((map->width - layout->cells_start) / (double)MAX(map->n_columns, 1), CELL_MAX);
}

/* Whether every name stands in its column, in at most NAME_LINES_MAX lines. */
static bool
names_fit_along(const Layout *layout)
{
    const GhHeatMap *map = layout->map;

    for (size_t i = 0; i < map->n_columns; i++) {
        g_auto(GStrv) lines =
            gh_text_lines(map->lang, NOTE.type->size, NOTE.weight, map->columns[i],
                          layout->cell - 2 * PAD, NAME_LINES_MAX);
        if (lines == NULL)
            return false;
    }
    return true;
}

static void
choose_names(Layout *layout)
{
    layout->names = NAMES_UPRIGHT;
    find_cells(layout);
    if (layout->cell < NOTE.type->pitch) {
        layout->names = NAMES_NUMBERED;
        find_cells(layout);
    } else if (names_fit_along(layout)) {
        layout->names = NAMES_ALONG;
    }
}

static bool
numbers_fit(const Layout *layout)
{
    const GhHeatMap *map = layout->map;

    for (size_t i = 0; i < map->n_rows * map->n_columns; i++) {
        if (!isnan(map->values[i]) && room_of(map, map->written[i]) + 2 * PAD > layout->cell)
            return false;
    }
    return true;
}

static bool
rows_name_columns(const GhHeatMap *map)
{
    bool same = map->n_rows == map->n_columns;

    for (size_t i = 0; same && i < map->n_rows; i++)
        same = strcmp(map->rows[i], map->columns[i]) == 0;
    return same;
}

static GhBlock
column_block(const Layout *layout, size_t column)
{
    const GhHeatMap *map = layout->map;
    const char *name = map->columns[column];
    g_autofree char *numbered = g_strdup_printf("%zu %s", column + 1, name);
    unsigned n_lines = (unsigned)(layout->cell / NOTE.type->pitch);

    switch (layout->names) {
    case NAMES_ALONG:
        return gh_block(map->lang, &NOTE, name, layout->cell - 2 * PAD, NAME_LINES_MAX);
    case NAMES_UPRIGHT:
        return gh_block(map->lang, &NOTE, name, UPRIGHT_MAX, MIN(n_lines, NAME_LINES_MAX));
    case NAMES_NUMBERED:
        return gh_block(map->lang, &NOTE, rows_name_columns(map) ? "" : numbered, map->width,
                        LABEL_LINES_MAX);
    }
    g_assert_not_reached();
}

static double
header_height(const Layout *layout)
{
    const GhHeatMap *map = layout->map;
    double height = layout->names == NAMES_NUMBERED ? NOTE.type->pitch : 0;

    for (size_t i = 0; i < map->n_columns; i++) {
        if (layout->names == NAMES_ALONG)
            height = MAX(height, gh_block_height(&layout->columns[i]));
        else if (layout->names == NAMES_UPRIGHT)
            height = MAX(height, gh_block_room(map->lang, &layout->columns[i]));
    }
    return height + LABEL_GAP / 2;
}

/* -- layout from top to bottom -- */

static double
legend_width(const GhHeatMap *map)
{
    return MIN(map->width, LEGEND_MAX);
}

/* Colours, the numbers between them, and three words. */
static double
stand_legend(Layout *layout)
{
    const GhHeatMap *map = layout->map;
    const char *const words[] = {map->legend_low, map->legend_zero, map->legend_high};
    double height = 0;

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        layout->legend[i] = gh_block(map->lang, &NOTE, words[i], legend_width(map) / 3 - LABEL_GAP,
                                     LEGEND_LINES_MAX);
        height = MAX(height, gh_block_height(&layout->legend[i]));
    }
    layout->legend_words_top = LEGEND_ROW + NOTE.type->pitch;
    return layout->legend_words_top + height + LEGEND_BELOW;
}

static double
stand_rows(Layout *layout, double y)
{
    const GhHeatMap *map = layout->map;
    double least = CLAMP(layout->cell, NOTE.type->pitch, ROW_MAX);

    for (size_t i = 0; i < map->n_rows; i++) {
        g_autofree char *label = row_label(layout, i);
        Row *row = &layout->rows[i];
        row->block =
            gh_block(map->lang, &NOTE, label, layout->cells_start - LABEL_GAP, LABEL_LINES_MAX);
        row->top = y;
        row->height = MAX(gh_block_height(&row->block), least);
        y += row->height;
    }
    return y;
}

static void
make_layout(Layout *layout)
{
    const GhHeatMap *map = layout->map;

    layout->rows = g_new0(Row, MAX(map->n_rows, 1));
    layout->columns = g_new0(GhBlock, MAX(map->n_columns, 1));
    choose_names(layout);
    layout->numbers = numbers_fit(layout);
    for (size_t i = 0; i < map->n_columns; i++)
        layout->columns[i] = column_block(layout, i);
    layout->cells_top = stand_legend(layout) + header_height(layout);
    layout->bottom = layout->height = stand_rows(layout, layout->cells_top);
    for (size_t i = 0; layout->names == NAMES_NUMBERED && i < map->n_columns; i++)
        layout->height += gh_block_height(&layout->columns[i]);
    if (layout->height > layout->bottom)
        layout->height += LABEL_GAP;
}

static double
column_x(const Layout *layout, size_t column)
{
    return layout->cells_start + layout->cell * (double)column;
}

/* -- cells -- */

static int
step_of(double value)
{
    int step = 0;

    while (step < GH_PALETTE_SIDE && fabs(value) >= STEPS[step])
        step++;
    return value < 0 ? -step : step;
}

/* A minus or plus of lines, so that it can be as small as its cell. */
static void
draw_sign(const GhFlow *flow, int step, double x, double y, double half)
{
    const GhPaint paint = {.stroke = gh_palette_on_diverging(step),
                           .stroke_width = CLAMP(half / 3, 0.8, 1.8)};

    if (step == 0)
        return;
    gh_flow_line(flow, x - half, y, x + half, y, &paint);
    if (step > 0)
        gh_flow_line(flow, x, y - half, x, y + half, &paint);
}

static void
draw_cell(const Layout *layout, size_t row, size_t column)
{
    static const double SIGN_SHARE = 0.22; /* of the cell's shorter side: half the sign */
    const GhHeatMap *map = layout->map;
    size_t index = row * map->n_columns + column;
    const Row *place = &layout->rows[row];
    double value = map->values[index], x = column_x(layout, column);
    double gap = MIN(layout->cell, place->height) >= GAP_FROM ? GAP : 0;
    int step = isnan(value) ? 0 : step_of(value);
    const GhPaint none = {.fill = GH_PAPER, .stroke = GH_RULE, .fill_style = GH_FILL_HATCHED};
    const GhPaint some = {.fill = gh_palette_diverging(step)};
    const GhInk ink = {NOTE.type, NOTE.weight, gh_palette_on_diverging(step)};
    double middle = x + (layout->cell - gap) / 2;

    gh_flow_rect(&layout->flow, x, place->top, layout->cell - gap, place->height - gap,
                 isnan(value) ? &none : &some);
    if (isnan(value))
        return;
    if (!layout->numbers) {
        draw_sign(&layout->flow, step, middle, place->top + (place->height - gap) / 2,
                  SIGN_SHARE * MIN(layout->cell, place->height));
        return;
    }
    g_autofree char *text =
        value < 0 ? gh_flow_number(map->written[index]) : g_strdup(map->written[index]);
    g_auto(GhBlock) block = gh_block(map->lang, &ink, text, layout->cell, 1);
    gh_flow_block(&layout->flow, middle, place->top + (place->height - ink.type->pitch) / 2,
                  GH_ALIGN_MIDDLE, &block);
}

static void
draw_row(const Layout *layout, size_t row)
{
    const GhHeatMap *map = layout->map;
    const Row *place = &layout->rows[row];
    bool cell_parts = map->n_rows * map->n_columns <= CELL_PARTS_MAX;
    GhDrawing *drawing = layout->flow.drawing;

    if (!cell_parts)
        gh_drawing_begin_part(drawing, &(GhDrawingPart){.name = map->rows[row]});
    gh_flow_block(&layout->flow, layout->cells_start - LABEL_GAP,
                  place->top + (place->height - gh_block_height(&place->block)) / 2, GH_ALIGN_END,
                  &place->block);
    for (size_t i = 0; i < map->n_columns; i++) {
        g_autofree char *name = g_strdup_printf("%s, %s: %s", map->rows[row], map->columns[i],
                                                map->written[row * map->n_columns + i]);
        if (cell_parts)
            gh_drawing_begin_part(drawing, &(GhDrawingPart){.name = name});
        draw_cell(layout, row, i);
        if (cell_parts)
            gh_drawing_end_part(drawing);
    }
    if (!cell_parts)
        gh_drawing_end_part(drawing);
}

/* -- names of columns -- */

/* Read from below, the last line nearest to the next column. */
static void
draw_upright(const Layout *layout, size_t column)
{
    static const double BASELINE = 0.33; /* below the middle of the letters, in sizes */
    const GhBlock *block = &layout->columns[column];
    const GhTextStyle style = {.size = block->type->size, .colour = GH_INK, .rotation = -90};
    double middle = gh_flow_x(&layout->flow, column_x(layout, column) + layout->cell / 2);
    unsigned n_lines = g_strv_length(block->lines);

    for (unsigned i = 0; i < n_lines; i++)
        gh_drawing_text(layout->flow.drawing,
                        middle + block->type->pitch * (i - (n_lines - 1) / 2.0)
                            + BASELINE * block->type->size,
                        layout->cells_top - LABEL_GAP / 2, &style, block->lines[i]);
}

/* Every number where there is room, else every second, fifth, tenth ... */
static void
draw_column_numbers(const Layout *layout)
{
    static const size_t EVERY[] = {1, 2, 5, 10, 20, 50, 100};
    const GhHeatMap *map = layout->map;
    g_autofree char *last = g_strdup_printf("%zu", map->n_columns);
    double room = room_of(map, last) + 2 * PAD;
    size_t k = 0;

    while (k + 1 < G_N_ELEMENTS(EVERY) && (double)EVERY[k] * layout->cell < room)
        k++;
    for (size_t i = EVERY[k]; i <= map->n_columns; i += EVERY[k]) {
        g_autofree char *text = g_strdup_printf("%zu", i);
        g_auto(GhBlock) block = gh_block(map->lang, &NOTE, text, room, 1);
        double own = gh_block_room(map->lang, &block);
        double from =
            gh_flow_keep_inside(column_x(layout, i - 1) + layout->cell / 2, own, 0, map->width);
        gh_flow_block(&layout->flow, from + own / 2,
                      layout->cells_top - LABEL_GAP / 2 - NOTE.type->pitch, GH_ALIGN_MIDDLE,
                      &block);
    }
}

static void
list_columns(const Layout *layout)
{
    double y = layout->bottom + LABEL_GAP;

    for (size_t i = 0; i < layout->map->n_columns; i++) {
        gh_flow_block(&layout->flow, 0, y, GH_ALIGN_START, &layout->columns[i]);
        y += gh_block_height(&layout->columns[i]);
    }
}

static void
draw_names(const Layout *layout)
{
    for (size_t i = 0; i < layout->map->n_columns; i++) {
        const GhBlock *block = &layout->columns[i];
        if (layout->names == NAMES_UPRIGHT)
            draw_upright(layout, i);
        else if (layout->names == NAMES_ALONG)
            gh_flow_block(&layout->flow, column_x(layout, i) + layout->cell / 2,
                          layout->cells_top - LABEL_GAP / 2 - gh_block_height(block),
                          GH_ALIGN_MIDDLE, block);
    }
    if (layout->names == NAMES_NUMBERED) {
        draw_column_numbers(layout);
        list_columns(layout);
    }
}

/* -- legend -- */

/* The number at the end of a colour, counted from the lowest: -1, -0.7 ... 0.7, 1. */
static double
legend_bound(size_t index)
{
    if (index == 0 || index == N_COLOURS)
        return index == 0 ? -1 : 1;
    return index <= GH_PALETTE_SIDE ? -STEPS[GH_PALETTE_SIDE - index]
                                    : STEPS[index - GH_PALETTE_SIDE - 1];
}

static void
draw_legend(const Layout *layout)
{
    static const double SIGN = 4;
    static const GhAlign aligns[] = {GH_ALIGN_START, GH_ALIGN_MIDDLE, GH_ALIGN_END};
    const GhHeatMap *map = layout->map;
    double width = legend_width(map), box = width / N_COLOURS;

    for (size_t i = 0; i < N_COLOURS; i++) {
        int step = (int)i - GH_PALETTE_SIDE;
        const GhPaint paint = {.fill = gh_palette_diverging(step)};
        gh_flow_rect(&layout->flow, box * (double)i, 0, box - GAP, LEGEND_ROW, &paint);
        draw_sign(&layout->flow, step, box * ((double)i + 0.5) - GAP / 2, LEGEND_ROW / 2, SIGN);
    }
    for (size_t i = 0; i <= N_COLOURS; i++) {
        g_autofree char *number = gh_lang_number(map->lang, legend_bound(i), 1);
        g_autofree char *text = gh_flow_number(number);
        double room = room_of(map, text);
        g_auto(GhBlock) block = gh_block(map->lang, &NOTE, text, room, 1);
        double from = gh_flow_keep_inside(box * (double)i, room, 0, width);
        gh_flow_block(&layout->flow, from + room / 2, LEGEND_ROW, GH_ALIGN_MIDDLE, &block);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(aligns); i++)
        gh_flow_block(&layout->flow, width * (double)i / 2, layout->legend_words_top, aligns[i],
                      &layout->legend[i]);
}

GhDrawing *
gh_chart_heat_map(const GhHeatMap *map)
{
    g_auto(Layout) layout = {.map = map};

    make_layout(&layout);
    GhDrawing *drawing =
        gh_drawing_new(map->width, layout.height, map->lang, map->title, map->description);
    layout.flow = gh_flow(drawing);
    draw_legend(&layout);
    draw_names(&layout);
    for (size_t i = 0; i < map->n_rows; i++)
        draw_row(&layout, i);
    return drawing;
}
