/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* multiples.c - charts of one kind in rows and columns, each below its title. */
#include <math.h>

#include "draw/charts/flow.h"

/* Units; our choice. */
static const double COLUMN_GAP = 32;
static const double ROW_GAP = 28;
static const double TITLE_GAP = 8;

enum {
    TITLE_LINES_MAX = 3
};

typedef struct {
    const GhMultiples *multiples;
    size_t n_columns;
    double factor; /* a chart wider than all there is gets smaller */
    double width;  /* of a column */
    GhBlock *titles;
    double title_height; /* of the highest, so that charts stand in line */
    double chart_height;
} Grid;

static Grid
make_grid(const GhMultiples *multiples)
{
    static const GhInk ink = {&GH_TYPE_LABEL, GH_WEIGHT_BOLD, GH_INK};
    Grid grid = {
        .multiples = multiples,
        .titles = g_new0(GhBlock, MAX(multiples->n_drawings, 1)),
    };
    double inner = 1;

    for (size_t i = 0; i < multiples->n_drawings; i++) {
        inner = MAX(inner, gh_drawing_width(multiples->drawings[i]));
        grid.chart_height = MAX(grid.chart_height, gh_drawing_height(multiples->drawings[i]));
    }
    double fitting = floor((multiples->width + COLUMN_GAP) / (inner + COLUMN_GAP));
    grid.n_columns = (size_t)CLAMP(fitting, 1, (double)MAX(multiples->n_drawings, 1));
    grid.factor = MIN(1, multiples->width / inner);
    grid.width = inner * grid.factor;
    grid.chart_height *= grid.factor;
    for (size_t i = 0; i < multiples->n_drawings; i++) {
        grid.titles[i] = gh_block(multiples->lang, &ink, gh_drawing_title(multiples->drawings[i]),
                                  grid.width, TITLE_LINES_MAX);
        grid.title_height = MAX(grid.title_height, gh_block_height(&grid.titles[i]));
    }
    return grid;
}

static void
grid_clear(Grid *grid)
{
    for (size_t i = 0; i < grid->multiples->n_drawings; i++)
        gh_block_clear(&grid->titles[i]);
    g_free(grid->titles);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Grid, grid_clear)

static void
put(const GhFlow *flow, const Grid *grid, size_t index)
{
    size_t column = index % grid->n_columns, row = index / grid->n_columns;
    double x = (double)column * (grid->width + COLUMN_GAP);
    double y = (double)row * (grid->title_height + TITLE_GAP + grid->chart_height + ROW_GAP);
    GhDrawing *inner = grid->multiples->drawings[index];
    double inner_width = gh_drawing_width(inner) * grid->factor;

    gh_flow_block(flow, x, y, GH_ALIGN_START, &grid->titles[index]);
    gh_drawing_take_drawing(flow->drawing, gh_flow_x(flow, flow->from_right ? x + inner_width : x),
                            y + grid->title_height + TITLE_GAP, grid->factor, inner);
}

GhDrawing *
gh_chart_multiples(const GhMultiples *multiples)
{
    g_auto(Grid) grid = make_grid(multiples);
    size_t n_rows = (multiples->n_drawings + grid.n_columns - 1) / grid.n_columns;
    double row_height = grid.title_height + TITLE_GAP + grid.chart_height;
    double height = (double)n_rows * (row_height + ROW_GAP) - ROW_GAP;
    GhDrawing *drawing = gh_drawing_new(multiples->width, MAX(height, 1), multiples->lang,
                                        multiples->title, multiples->description);
    const GhFlow flow = gh_flow(drawing);

    for (size_t i = 0; i < multiples->n_drawings; i++)
        put(&flow, &grid, i);
    return drawing;
}
