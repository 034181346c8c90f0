/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* rows.c - layout and axis of charts of rows. */
#include "draw/charts/rows.h"

#include <math.h>

#include "draw/charts/shown.h"
#include "draw/text.h"

/* Units; our choice. */
static const double WIDE_MIN = 520;
static const double WIDE_PLOT_MIN = 200; /* else names and values go above the plot */
static const double LABEL_SHARE = 0.42;
static const double COLUMN_GAP = 16;
static const double ROW_GAP = 10;
static const double ROW_GAP_NARROW = 14;
static const double ROW_GAP_DENSE = 3, ROW_GAP_DENSE_NARROW = 7;
static const double PLOT_GAP = 4; /* between a label and the plot below it */
static const double HEADING_ABOVE = 14;
static const double HEADING_BELOW = 6;
static const double TICK_GAP = 8; /* between two numbers of the axis */
static const double AXIS_GAP = 4;
static const double MARK = 5.5; /* radius */
static const double MARK_ROOM = 18;

enum {
    LABEL_LINES_MAX = 5,
    BELOW_LINES_MAX = 4,
    AXIS_LINES_MAX = 4,
    VALUE_LINES_MAX = 3,
};

const GhScale GH_ROW_PERCENT = {.low = 0, .high = 100, .step = 100, .n_ticks = 2};

/* A row with its texts broken into lines, and where everything stands. */
typedef struct {
    GhBlock heading, label, below, value;
    bool value_apart; /* narrow: on lines of its own, below the label */
    double heading_top, top, bottom, label_top, value_top, below_top;
    double middle; /* of the plot */
} Place;

typedef struct {
    const GhRowChart *chart;
    GhFlow flow;
    bool wide;
    double plot_start, plot_end;
    double marks_start; /* wide: they stand below one another */
    GhBlock axis, target;
    double target_top, ticks_top, rows_top, height;
    Place *places;
} Layout;

static void
layout_clear(Layout *layout)
{
    for (size_t i = 0; i < layout->chart->n_rows; i++) {
        Place *place = &layout->places[i];
        gh_block_clear(&place->heading);
        gh_block_clear(&place->label);
        gh_block_clear(&place->below);
        gh_block_clear(&place->value);
    }
    g_free(layout->places);
    gh_block_clear(&layout->axis);
    gh_block_clear(&layout->target);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Layout, layout_clear)

/* -- columns -- */

static GhInk
label_ink(const GhRow *row)
{
    return (GhInk){&GH_TYPE_LABEL, row->strong ? GH_WEIGHT_BOLD : GH_WEIGHT_REGULAR, GH_INK};
}

static GhInk
value_ink(const GhRow *row)
{
    GhColour colour = row->soft ? GH_SOFT_INK : GH_INK;

    return (GhInk){&GH_TYPE_LABEL, row->strong ? GH_WEIGHT_BOLD : GH_WEIGHT_REGULAR, colour};
}

static double
text_room(const GhRowChart *chart, const GhInk *ink, const char *text)
{
    return gh_text_room(chart->lang, ink->type->size, ink->weight, text);
}

static double
value_room(const GhRowChart *chart, const GhRow *row)
{
    const GhInk ink = value_ink(row);

    return text_room(chart, &ink, row->value) + (row->has_mark ? MARK_ROOM : 0);
}

static double
with_gap(double column)
{
    return column > 0 ? column + COLUMN_GAP : 0;
}

static void
find_columns(Layout *layout)
{
    const GhRowChart *chart = layout->chart;
    double labels = 0, values = 0, numbers = 0;

    for (size_t i = 0; i < chart->n_rows; i++) {
        const GhRow *row = &chart->rows[i];
        const GhInk ink = label_ink(row), note = {&GH_TYPE_NOTE, GH_WEIGHT_REGULAR, GH_SOFT_INK};
        const char *below = row->below != NULL ? row->below : "";
        labels =
            MAX(labels, MAX(text_room(chart, &ink, row->label), text_room(chart, &note, below)));
        values = MAX(values, value_room(chart, row));
        if (!row->soft)
            numbers = MAX(numbers, value_room(chart, row));
    }
    labels = MIN(labels, LABEL_SHARE * chart->width);
    layout->plot_start = with_gap(labels) + chart->inset;
    layout->plot_end = chart->width - with_gap(values) - chart->inset;
    layout->marks_start = chart->width - numbers;
    layout->wide =
        chart->width >= WIDE_MIN && layout->plot_end - layout->plot_start >= WIDE_PLOT_MIN;
    if (!layout->wide) {
        layout->plot_start = chart->inset;
        layout->plot_end = chart->width - chart->inset;
    }
}

/* -- one row -- */

static void
break_texts(const Layout *layout, const GhRow *row, Place *place)
{
    const GhRowChart *chart = layout->chart;
    const GhInk heading = {&GH_TYPE_LABEL, GH_WEIGHT_BOLD, GH_INK};
    const GhInk label = label_ink(row), value = value_ink(row);
    const GhInk below = {&GH_TYPE_NOTE, GH_WEIGHT_REGULAR, GH_SOFT_INK};
    double needed = value_room(chart, row), mark = row->has_mark ? MARK_ROOM : 0;
    double label_width = chart->width, value_width = chart->width - mark;

    if (layout->wide) {
        label_width = MAX(layout->plot_start - chart->inset - COLUMN_GAP, 0);
    } else if (needed <= chart->width / 2) {
        label_width = chart->width - needed - COLUMN_GAP;
        value_width = needed - mark;
    } else {
        place->value_apart = true;
    }
    place->heading = gh_block(chart->lang, &heading, row->heading, chart->width, LABEL_LINES_MAX);
    place->label = gh_block(chart->lang, &label, row->label, label_width, LABEL_LINES_MAX);
    place->value = gh_block(chart->lang, &value, row->value, value_width, VALUE_LINES_MAX);
    place->below = gh_block(chart->lang, &below, row->below,
                            layout->wide ? label_width : chart->width, BELOW_LINES_MAX);
}

/* Side by side, each in the middle of the row's height. */
static void
stand_wide(const GhRowChart *chart, Place *place)
{
    double label = gh_block_height(&place->label), below = gh_block_height(&place->below);
    double value = gh_block_height(&place->value);
    double height = MAX(MAX(label + below, chart->plot_height), value)
                    + (chart->dense ? ROW_GAP_DENSE : ROW_GAP);

    place->bottom = place->top + height;
    place->middle = place->top + height / 2;
    place->label_top = place->middle - (label + below) / 2;
    place->below_top = place->label_top + label;
    place->value_top = place->middle - value / 2;
}

static void
stand_narrow(const GhRowChart *chart, Place *place)
{
    double label = gh_block_height(&place->label), value = gh_block_height(&place->value);
    double texts = place->value_apart ? label + value : MAX(label, value);
    double gap = chart->dense ? ROW_GAP_DENSE_NARROW : ROW_GAP_NARROW;

    place->label_top = place->top;
    place->value_top = place->value_apart ? place->top + label : place->top;
    place->middle = place->top + texts + PLOT_GAP + chart->plot_height / 2;
    place->below_top = place->middle + chart->plot_height / 2 + PLOT_GAP;
    place->bottom = place->below_top + gh_block_height(&place->below) + gap - PLOT_GAP;
}

/* Returns where the next row may begin. */
static double
stand_row(const Layout *layout, size_t index, double y)
{
    const GhRow *row = &layout->chart->rows[index];
    Place *place = &layout->places[index];

    break_texts(layout, row, place);
    if (row->heading != NULL) {
        place->heading_top = y + (index > 0 ? HEADING_ABOVE : HEADING_BELOW);
        y = place->heading_top + gh_block_height(&place->heading) + HEADING_BELOW;
    }
    place->top = y;
    if (layout->wide)
        stand_wide(layout->chart, place);
    else
        stand_narrow(layout->chart, place);
    return place->bottom;
}

static bool
has_target(const GhRowChart *chart)
{
    return !isnan(chart->target);
}

static void
make_layout(Layout *layout)
{
    const GhRowChart *chart = layout->chart;
    const GhInk axis = {&GH_TYPE_NOTE, GH_WEIGHT_REGULAR, GH_SOFT_INK};
    const GhInk target = {&GH_TYPE_NOTE, GH_WEIGHT_REGULAR, GH_INK};

    find_columns(layout);
    layout->axis = gh_block(chart->lang, &axis, chart->axis,
                            chart->width - (layout->wide ? layout->plot_start : 0), AXIS_LINES_MAX);
    layout->target = gh_block(chart->lang, &target, has_target(chart) ? chart->target_label : "",
                              chart->width / 2, AXIS_LINES_MAX);
    layout->target_top = chart->head + gh_block_height(&layout->axis) + AXIS_GAP;
    layout->ticks_top = layout->target_top + gh_block_height(&layout->target);
    layout->rows_top = layout->ticks_top + GH_TYPE_NOTE.pitch + AXIS_GAP;
    layout->places = g_new0(Place, MAX(chart->n_rows, 1));
    layout->height = layout->rows_top;
    for (size_t i = 0; i < chart->n_rows; i++)
        layout->height = stand_row(layout, i, layout->height);
}

/* -- the axis -- */

static double
axis_x(const Layout *layout, double value)
{
    double share = gh_scale_share(&layout->chart->scale, value);

    return layout->plot_start + share * (layout->plot_end - layout->plot_start);
}

typedef struct {
    double from, to;
} Span;

/* Between which heights no text stands in the plot's columns. */
static Span
lines_of(const Layout *layout, const Place *place)
{
    double half = layout->chart->plot_height / 2, top = place->middle - half;

    if (layout->chart->lines_height > 0)
        return (Span){place->top, top + layout->chart->lines_height};
    if (layout->wide)
        return (Span){place->top, place->bottom};
    return (Span){top - PLOT_GAP / 2, top + 2 * half + PLOT_GAP / 2};
}

/* One thin line behind all plots; neighbours share a stroke. */
static void
draw_lines(const Layout *layout, double value, double above, const GhPaint *paint)
{
    const GhRowChart *chart = layout->chart;
    GhDrawing *drawing = layout->flow.drawing;
    double x = gh_flow_x(&layout->flow, axis_x(layout, value)), reached = layout->rows_top;

    gh_drawing_move_to(drawing, x, above);
    for (size_t i = 0; i < chart->n_rows; i++) {
        const Place *place = &layout->places[i];
        const Span lines = lines_of(layout, place);
        if (lines.from != reached) {
            gh_drawing_line_to(drawing, x, reached);
            gh_drawing_move_to(drawing, x, lines.from);
        }
        reached = lines.to;
    }
    gh_drawing_line_to(drawing, x, reached);
    gh_drawing_paint(drawing, paint);
}

static bool
is_free(const GArray *taken, const Span *span)
{
    for (guint i = 0; i < taken->len; i++) {
        const Span *other = &g_array_index(taken, Span, i);
        if (span->from < other->to + TICK_GAP && other->from < span->to + TICK_GAP)
            return false;
    }
    return true;
}

/* Numbers stand at their lines as long as they keep clear of each other and of the target's line,
 * which says its own number. */
static void
draw_numbers(const Layout *layout)
{
    const GhRowChart *chart = layout->chart;
    const GhInk ink = {&GH_TYPE_NOTE, GH_WEIGHT_REGULAR, GH_SOFT_INK};
    g_autoptr(GArray) taken = g_array_new(FALSE, FALSE, sizeof(Span));

    if (has_target(chart)) {
        double x = axis_x(layout, chart->target);
        const Span line = {x + TICK_GAP / 2, x - TICK_GAP / 2};
        g_array_append_val(taken, line);
    }
    for (size_t i = 0; i < chart->n_ticks; i++) {
        double room = text_room(chart, &ink, chart->tick_texts[i]);
        double from = gh_flow_keep_inside(axis_x(layout, chart->ticks[i]), room, 0, chart->width);
        const Span span = {from, from + room};
        if (!is_free(taken, &span))
            continue;
        g_array_append_val(taken, span);
        g_auto(GhBlock) block = gh_block(chart->lang, &ink, chart->tick_texts[i], room, 1);
        gh_flow_block(&layout->flow, from + room / 2, layout->ticks_top, GH_ALIGN_MIDDLE, &block);
    }
}

static void
draw_target(const Layout *layout)
{
    static const GhPaint paint = {.stroke = GH_INK, .stroke_width = 1.5};
    const GhRowChart *chart = layout->chart;
    double room = gh_block_room(chart->lang, &layout->target);
    double from = gh_flow_keep_inside(axis_x(layout, chart->target), room, 0, chart->width);

    gh_flow_block(&layout->flow, from + room / 2, layout->target_top, GH_ALIGN_MIDDLE,
                  &layout->target);
    draw_lines(layout, chart->target, layout->ticks_top + 1, &paint);
}

static void
draw_axis(const Layout *layout)
{
    static const GhPaint thin = {.stroke = GH_RULE}, zero = {.stroke = GH_SOFT_INK};
    const GhRowChart *chart = layout->chart;

    gh_flow_block(&layout->flow, layout->wide ? layout->plot_start : 0, chart->head, GH_ALIGN_START,
                  &layout->axis);
    for (size_t i = 0; i < chart->n_ticks; i++)
        draw_lines(layout, chart->ticks[i], layout->rows_top, chart->ticks[i] == 0 ? &zero : &thin);
    if (has_target(chart))
        draw_target(layout);
    draw_numbers(layout);
}

/* -- rows -- */

double
gh_row_x(const GhRowPlace *place, double value)
{
    return place->start + gh_scale_share(place->scale, value) * (place->end - place->start);
}

void
gh_row_slot(const GhRowPlace *place, GhShown shown, double y, double height)
{
    static const double DASH = 6;
    GhPaint paint = gh_shown_paint(shown, 0, 1);

    paint.stroke = GH_RULE;
    gh_flow_rect(place->flow, place->start, y, place->end - place->start, height, &paint);
    if (shown == GH_SHOWN_NO_TARGET)
        gh_flow_mark(place->flow, shown, 0, (place->start + place->end) / 2, y + height / 2, DASH);
}

static void
draw_value(const Layout *layout, const GhRow *row, const Place *place)
{
    const GhRowChart *chart = layout->chart;
    double room = gh_block_room(chart->lang, &place->value);
    double start = layout->wide ? layout->marks_start : chart->width - room - MARK_ROOM;
    double x = start + MARK;
    double y = place->value_top + GH_TYPE_LABEL.pitch / 2;

    if (place->value_apart) {
        gh_flow_block(&layout->flow, row->has_mark ? MARK_ROOM : 0, place->value_top,
                      GH_ALIGN_START, &place->value);
        x = MARK;
    } else {
        gh_flow_block(&layout->flow, chart->width, place->value_top, GH_ALIGN_END, &place->value);
    }
    if (row->has_mark)
        gh_flow_mark(&layout->flow, row->shown, row->step, x, y, MARK);
}

/* "Economy, 65, 14 of 55 figures" */
static char *
spoken(const GhRow *row)
{
    GString *out = g_string_new(row->label);
    const char *const rest[] = {row->value, row->below};

    for (size_t i = 0; i < G_N_ELEMENTS(rest); i++) {
        if (rest[i] != NULL && *rest[i] != '\0')
            g_string_append_printf(out, ", %s", rest[i]);
    }
    return g_string_free(out, FALSE);
}

static void
draw_row(const Layout *layout, size_t index)
{
    const GhRowChart *chart = layout->chart;
    const GhRow *row = &chart->rows[index];
    const Place *place = &layout->places[index];
    g_autofree char *name = row->name != NULL ? g_strdup(row->name) : spoken(row);
    const GhDrawingPart part = {.name = name, .link = row->link};
    const GhRowPlace plot = {
        .flow = &layout->flow,
        .scale = &chart->scale,
        .start = layout->plot_start,
        .end = layout->plot_end,
        .top = place->middle - chart->plot_height / 2,
        .middle = place->middle,
    };

    if (*name != '\0')
        gh_drawing_begin_part(layout->flow.drawing, &part);
    gh_flow_block(&layout->flow, 0, place->label_top, GH_ALIGN_START, &place->label);
    gh_flow_block(&layout->flow, 0, place->below_top, GH_ALIGN_START, &place->below);
    draw_value(layout, row, place);
    chart->draw(&plot, index, chart->chart);
    if (*name != '\0')
        gh_drawing_end_part(layout->flow.drawing);
}

static void
draw_heading(const Layout *layout, size_t index)
{
    static const GhPaint rule = {.stroke = GH_RULE};
    const Place *place = &layout->places[index];
    double y = place->heading_top - HEADING_BELOW;

    if (layout->chart->rows[index].heading == NULL)
        return;
    gh_flow_line(&layout->flow, 0, y, layout->flow.width, y, &rule);
    gh_flow_block(&layout->flow, 0, place->heading_top, GH_ALIGN_START, &place->heading);
}

GhDrawing *
gh_row_chart(const GhRowChart *chart)
{
    g_auto(Layout) layout = {.chart = chart};

    make_layout(&layout);
    GhDrawing *drawing =
        gh_drawing_new(chart->width, layout.height, chart->lang, chart->title, chart->description);
    layout.flow = gh_flow(drawing);
    if (chart->draw_head != NULL)
        chart->draw_head(&layout.flow, chart->chart);
    draw_axis(&layout);
    for (size_t i = 0; i < chart->n_rows; i++) {
        draw_heading(&layout, i);
        draw_row(&layout, i);
    }
    return drawing;
}

/* -- ticks -- */

double *
gh_row_ticks(const GhScale *scale)
{
    double *ticks = g_new(double, scale->n_ticks);
    size_t last = scale->n_ticks - 1;

    ticks[0] = gh_scale_tick(scale, 0);
    for (size_t i = 1; i < scale->n_ticks; i++)
        ticks[i] = gh_scale_tick(scale, i == 1 ? last : i - 1);
    return ticks;
}

char **
gh_row_tick_texts(const GhLang *lang, const double *ticks, size_t n_ticks)
{
    static const unsigned DECIMALS = 6; /* at most: trailing zeros are not written */
    char **texts = g_new0(char *, n_ticks + 1);

    for (size_t i = 0; i < n_ticks; i++) {
        g_autofree char *text = gh_lang_number(lang, ticks[i], DECIMALS);
        texts[i] = ticks[i] < 0 ? gh_flow_number(text) : g_steal_pointer(&text);
    }
    return texts;
}

double *
gh_row_percent_ticks(const GhLang *lang, const double *bounds, size_t n_bounds, char ***ret_texts,
                     size_t *ret_n)
{
    size_t n = n_bounds + 2;
    double *ticks = g_new(double, n);
    char **texts = g_new0(char *, n + 1);

    ticks[0] = 0;
    ticks[1] = 100;
    for (size_t i = 0; i < n_bounds; i++)
        ticks[i + 2] = bounds[i];
    for (size_t i = 0; i < n; i++)
        texts[i] = gh_lang_number(lang, ticks[i], 1);
    *ret_texts = texts;
    *ret_n = n;
    return ticks;
}
