/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* slope.c - two columns of values and a line from one to the other for each row.
 *
 * Better and worse differ by more than colour: full lines rise with an arrow up, dashed ones fall with an
 * arrow down, thin ones stay. Wide, labels stand on both sides; narrow, on the second only, and rows that
 * end in the first are listed below. */
#include <math.h>
#include <string.h>

#include "draw/charts/apart.h"
#include "draw/charts/flow.h"
#include "draw/charts/scale.h"
#include "draw/charts/shown.h"
#include "draw/text.h"

/* Units; our choice. */
static const double WIDE_MIN = 560;
static const double LABEL_SHARE_WIDE = 0.26;
static const double LABEL_SHARE_NARROW = 0.36;
static const double HEIGHT_MIN = 220;
static const double DOT = 6;     /* radius */
static const double LEADER = 20; /* room for the line from a dot to its label */
static const double GAP = 8;
static const double ARROW = 4;     /* half its width */
static const double LABEL_PAD = 3; /* above and below a label together */
static const double LIST_GAP = 16;

enum {
    LABEL_LINES_MAX = 4,
    TITLE_LINES_MAX = 3,
    STEPS_MAX = 5,
};

enum {
    LEFT,
    RIGHT,
    N_SIDES,
};

typedef struct {
    GhBlock label, value;
    double y; /* of the dot; NAN: no value */
    GhApart apart;
} End;

typedef struct {
    const GhSlope *slope;
    GhFlow flow;
    bool wide;
    GhBlock axis, titles[N_SIDES];
    double titles_top, plot_top, plot_bottom, list_top, height;
    double label_width, values[N_SIDES]; /* widths */
    double axes[N_SIDES];                /* x */
    End *ends[N_SIDES];                  /* n_rows each */
    GPtrArray *list;                     /* of GhBlock: rows that end in the first column */
} Layout;

static void
free_block(void *block)
{
    gh_block_clear(block);
    g_free(block);
}

static void
layout_clear(Layout *layout)
{
    for (int side = 0; side < N_SIDES; side++) {
        for (size_t i = 0; layout->ends[side] != NULL && i < layout->slope->n_rows; i++) {
            gh_block_clear(&layout->ends[side][i].label);
            gh_block_clear(&layout->ends[side][i].value);
        }
        g_free(layout->ends[side]);
        gh_block_clear(&layout->titles[side]);
    }
    gh_block_clear(&layout->axis);
    g_clear_pointer(&layout->list, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Layout, layout_clear)

static double
value_of(const GhSlopeRow *row, int side)
{
    return side == LEFT ? row->left : row->right;
}

static const char *
text_of(const GhSlopeRow *row, int side)
{
    return side == LEFT ? row->left_value : row->right_value;
}

static bool
has_both(const GhSlopeRow *row)
{
    return !isnan(row->left) && !isnan(row->right);
}

/* -- columns -- */

static const GhInk LABEL_INK = {&GH_TYPE_LABEL, GH_WEIGHT_REGULAR, GH_INK};
static const GhInk ALONE_INK = {&GH_TYPE_LABEL, GH_WEIGHT_REGULAR, GH_SOFT_INK}; /* of one end */
static const GhInk TITLE_INK = {&GH_TYPE_LABEL, GH_WEIGHT_BOLD, GH_INK};
static const GhInk NOTE_INK = {&GH_TYPE_NOTE, GH_WEIGHT_REGULAR, GH_SOFT_INK};

static double
room(const GhSlope *slope, const char *text)
{
    return gh_text_room(slope->lang, GH_TYPE_LABEL.size, GH_WEIGHT_REGULAR, text);
}

static void
find_columns(Layout *layout)
{
    const GhSlope *slope = layout->slope;
    double labels = 0;

    layout->wide = slope->width >= WIDE_MIN;
    for (size_t i = 0; i < slope->n_rows; i++) {
        labels = MAX(labels, room(slope, slope->rows[i].label));
        for (int side = 0; side < N_SIDES; side++)
            layout->values[side] =
                MAX(layout->values[side], room(slope, text_of(&slope->rows[i], side)));
    }
    double share = layout->wide ? LABEL_SHARE_WIDE : LABEL_SHARE_NARROW;
    layout->label_width = MIN(labels, share * slope->width);
    layout->axes[LEFT] =
        (layout->wide ? layout->label_width + GAP : 0) + layout->values[LEFT] + LEADER;
    layout->axes[RIGHT] = slope->width - layout->label_width - GAP - layout->values[RIGHT]
                          - 2 * ARROW - GAP / 2 - LEADER;
}

static bool
has_label(const Layout *layout, int side)
{
    return layout->wide || side == RIGHT;
}

static void
break_ends(Layout *layout)
{
    const GhSlope *slope = layout->slope;

    for (int side = 0; side < N_SIDES; side++) {
        layout->ends[side] = g_new0(End, MAX(slope->n_rows, 1));
        for (size_t i = 0; i < slope->n_rows; i++) {
            End *end = &layout->ends[side][i];
            const GhInk *ink = has_both(&slope->rows[i]) ? &LABEL_INK : &ALONE_INK;
            const char *label = has_label(layout, side) ? slope->rows[i].label : "";
            end->label = gh_block(slope->lang, ink, label, layout->label_width, LABEL_LINES_MAX);
            end->value =
                gh_block(slope->lang, ink, text_of(&slope->rows[i], side), layout->values[side], 1);
            end->apart.height = MAX(gh_block_height(&end->label), GH_TYPE_LABEL.pitch) + LABEL_PAD;
        }
    }
}

/* -- heights -- */

static GhScale
find_scale(const GhSlope *slope)
{
    GhExtent extent = GH_EXTENT_NONE;

    for (size_t i = 0; i < slope->n_rows; i++) {
        for (int side = 0; side < N_SIDES; side++)
            gh_extent_add(&extent, value_of(&slope->rows[i], side));
    }
    return gh_scale(&extent, 0, 100, STEPS_MAX);
}

/* As high as the labels of the fuller side need. */
static double
plot_height(const Layout *layout)
{
    double height = HEIGHT_MIN;

    for (int side = 0; side < N_SIDES; side++) {
        double labels = 0;
        for (size_t i = 0; i < layout->slope->n_rows; i++) {
            if (!isnan(value_of(&layout->slope->rows[i], side)))
                labels += layout->ends[side][i].apart.height;
        }
        height = MAX(height, labels);
    }
    return height;
}

static void
move_apart(Layout *layout, int side)
{
    size_t n_rows = layout->slope->n_rows, n = 0;
    g_autofree GhApart *labels = g_new(GhApart, MAX(n_rows, 1));

    for (size_t i = 0; i < n_rows; i++) {
        if (!isnan(layout->ends[side][i].y))
            labels[n++] = layout->ends[side][i].apart;
    }
    gh_apart(labels, n, layout->plot_top, layout->plot_bottom);
    n = 0;
    for (size_t i = 0; i < n_rows; i++) {
        if (!isnan(layout->ends[side][i].y))
            layout->ends[side][i].apart = labels[n++];
    }
}

static void
stand_ends(Layout *layout)
{
    const GhSlope *slope = layout->slope;
    const GhScale scale = find_scale(slope);
    double top = layout->plot_top + GH_TYPE_LABEL.pitch / 2;
    double bottom = layout->plot_bottom - GH_TYPE_LABEL.pitch / 2;

    for (int side = 0; side < N_SIDES; side++) {
        for (size_t i = 0; i < slope->n_rows; i++) {
            double value = value_of(&slope->rows[i], side);
            End *end = &layout->ends[side][i];
            end->y = isnan(value) ? NAN : bottom - gh_scale_share(&scale, value) * (bottom - top);
            end->apart.wish = end->y;
        }
        move_apart(layout, side);
    }
}

static void
list(Layout *layout, const GhInk *ink, const char *text)
{
    GhBlock *block = g_new(GhBlock, 1);

    *block = gh_block(layout->slope->lang, ink, text, layout->slope->width, LABEL_LINES_MAX);
    layout->height += gh_block_height(block);
    g_ptr_array_add(layout->list, block);
}

/* Narrow, the first column has no room for labels: these rows would have none. */
static void
list_first_only(Layout *layout)
{
    const GhSlope *slope = layout->slope;

    layout->list = g_ptr_array_new_with_free_func(free_block);
    for (size_t i = 0; !layout->wide && i < slope->n_rows; i++) {
        const GhSlopeRow *row = &slope->rows[i];
        if (isnan(row->left) || !isnan(row->right))
            continue;
        if (layout->list->len == 0) {
            layout->list_top = layout->height + LIST_GAP;
            layout->height = layout->list_top;
            list(layout, &TITLE_INK, slope->left_title);
        }
        g_autofree char *text = g_strdup_printf("%s %s", row->label, row->left_value);
        list(layout, &LABEL_INK, text);
    }
}

/* Wide, titles stand over the columns of labels. */
static double
title_room(const Layout *layout, int side)
{
    double width = layout->slope->width;

    if (!layout->wide)
        return width / 2 - GAP;
    return DOT + (side == LEFT ? layout->axes[LEFT] : width - layout->axes[RIGHT]);
}

static void
make_layout(Layout *layout)
{
    const GhSlope *slope = layout->slope;
    const char *const titles[] = {slope->left_title, slope->right_title};

    find_columns(layout);
    break_ends(layout);
    layout->axis = gh_block(slope->lang, &NOTE_INK, slope->axis, slope->width, TITLE_LINES_MAX);
    layout->titles_top = gh_block_height(&layout->axis) + GAP;
    layout->plot_top = layout->titles_top;
    for (int side = 0; side < N_SIDES; side++) {
        layout->titles[side] = gh_block(slope->lang, &TITLE_INK, titles[side],
                                        title_room(layout, side), TITLE_LINES_MAX);
        layout->plot_top = MAX(layout->plot_top, layout->titles_top + GAP / 2
                                                     + gh_block_height(&layout->titles[side]));
    }
    layout->plot_bottom = layout->plot_top + plot_height(layout);
    layout->height = layout->plot_bottom;
    stand_ends(layout);
    list_first_only(layout);
}

/* -- drawing -- */

typedef enum {
    WORSE,
    SAME,
    BETTER,
} Change;

/* Values that are written alike count as the same: a reader could not tell why they should not. */
static Change
change_of(const GhSlopeRow *row)
{
    if (row->left == row->right || strcmp(row->left_value, row->right_value) == 0)
        return SAME;
    return row->right > row->left ? BETTER : WORSE;
}

static void
draw_arrow(const Layout *layout, Change change, double x, double y)
{
    static const GhPaint better = {.fill = GH_INK}, worse = {.fill = GH_DANGER};
    static const GhPaint same = {.stroke = GH_SOFT_INK, .stroke_width = 1.5};
    GhDrawing *drawing = layout->flow.drawing;
    double middle = gh_flow_x(&layout->flow, x), up = change == BETTER ? -ARROW : ARROW;

    if (change == SAME) {
        gh_drawing_line(drawing, middle - ARROW, y, middle + ARROW, y, &same);
        return;
    }
    gh_drawing_move_to(drawing, middle, y + up);
    gh_drawing_line_to(drawing, middle + ARROW, y - up);
    gh_drawing_line_to(drawing, middle - ARROW, y - up);
    gh_drawing_close(drawing);
    gh_drawing_paint(drawing, change == BETTER ? &better : &worse);
}

static void
draw_line(const Layout *layout, const GhSlopeRow *row, size_t index)
{
    static const GhPaint paints[] = {
        [WORSE] = {.stroke = GH_DANGER, .stroke_width = 1.6, .dash = 5},
        [SAME] = {.stroke = GH_SOFT_INK, .stroke_width = 1},
        [BETTER] = {.stroke = GH_INK, .stroke_width = 1.6},
    };

    gh_flow_line(&layout->flow, layout->axes[LEFT], layout->ends[LEFT][index].y,
                 layout->axes[RIGHT], layout->ends[RIGHT][index].y, &paints[change_of(row)]);
}

static void
draw_block(const Layout *layout, double x, double middle, GhAlign align, const GhBlock *block)
{
    gh_flow_block(&layout->flow, x, middle - gh_block_height(block) / 2, align, block);
}

static void
draw_end(const Layout *layout, const GhSlopeRow *row, size_t index, int side)
{
    static const GhPaint leader = {.stroke = GH_RULE};
    const End *end = &layout->ends[side][index];
    int step = side == LEFT ? row->left_step : row->right_step;
    double outwards = side == LEFT ? -1 : 1, axis = layout->axes[side];
    double value_x = axis + outwards * LEADER, middle = end->apart.middle;
    GhAlign align = side == LEFT ? GH_ALIGN_END : GH_ALIGN_START;

    if (isnan(end->y))
        return;
    gh_flow_line(&layout->flow, axis, end->y, value_x - outwards * GAP / 2, middle, &leader);
    gh_flow_dot(&layout->flow, step > 0 ? GH_SHOWN_BAND : GH_SHOWN_NO_TARGET, step, axis, end->y,
                DOT);
    if (side == RIGHT) {
        if (has_both(row))
            draw_arrow(layout, change_of(row), value_x + ARROW, middle);
        value_x += 2 * ARROW + GAP / 2;
    }
    draw_block(layout, value_x, middle, align, &end->value);
    draw_block(layout, value_x + outwards * (layout->values[side] + GAP), middle, align,
               &end->label);
}

static void
draw_row(const Layout *layout, size_t index)
{
    const GhSlopeRow *row = &layout->slope->rows[index];
    g_autofree char *name = row->name != NULL ? g_strdup(row->name)
                                              : g_strdup_printf("%s, %s, %s", row->label,
                                                                row->left_value, row->right_value);
    const GhDrawingPart part = {.name = name, .link = row->link};

    gh_drawing_begin_part(layout->flow.drawing, &part);
    if (has_both(row))
        draw_line(layout, row, index);
    for (int side = 0; side < N_SIDES; side++)
        draw_end(layout, row, index, side);
    gh_drawing_end_part(layout->flow.drawing);
}

static void
draw_frame(const Layout *layout)
{
    static const GhPaint rule = {.stroke = GH_RULE};

    gh_flow_block(&layout->flow, 0, 0, GH_ALIGN_START, &layout->axis);
    if (layout->wide) {
        gh_flow_block(&layout->flow, layout->axes[LEFT] + DOT, layout->titles_top, GH_ALIGN_END,
                      &layout->titles[LEFT]);
        gh_flow_block(&layout->flow, layout->axes[RIGHT] - DOT, layout->titles_top, GH_ALIGN_START,
                      &layout->titles[RIGHT]);
    } else {
        gh_flow_block(&layout->flow, 0, layout->titles_top, GH_ALIGN_START, &layout->titles[LEFT]);
        gh_flow_block(&layout->flow, layout->flow.width, layout->titles_top, GH_ALIGN_END,
                      &layout->titles[RIGHT]);
    }
    for (int side = 0; side < N_SIDES; side++)
        gh_flow_line(&layout->flow, layout->axes[side], layout->plot_top, layout->axes[side],
                     layout->plot_bottom, &rule);
}

GhDrawing *
gh_chart_slope(const GhSlope *slope)
{
    g_auto(Layout) layout = {.slope = slope};

    make_layout(&layout);
    GhDrawing *drawing =
        gh_drawing_new(slope->width, layout.height, slope->lang, slope->title, slope->description);
    layout.flow = gh_flow(drawing);
    draw_frame(&layout);
    for (size_t i = 0; i < slope->n_rows; i++)
        draw_row(&layout, i);
    double y = layout.list_top;
    for (guint i = 0; i < layout.list->len; i++) {
        const GhBlock *block = g_ptr_array_index(layout.list, i);
        gh_flow_block(&layout.flow, 0, y, GH_ALIGN_START, block);
        y += gh_block_height(block);
    }
    return drawing;
}
