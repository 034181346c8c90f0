/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* stacks.c - bars made of parts, each series with its colour and, where it fits, its number. What is below
 * zero stands on the other side of the zero line. */
#include <math.h>

#include "draw/charts/key.h"
#include "draw/charts/rows.h"
#include "draw/text.h"

/* Units; our choice. */
static const double BAR_HEIGHT = 20;
static const double SAMPLE = 26, SAMPLE_HEIGHT = 16;
static const double NUMBER_PAD = 2; /* on both sides of a number in its part */
static const double EDGE = 0.75;

enum {
    STEPS_WIDE = 6,
    STEPS_NARROW = 4,
    WIDE = 520,
    MANY_BARS = 40, /* from here they stand closer */
};

typedef struct {
    const GhStacks *stacks;
    GhKey key;
} Chart;

/* -- parts -- */

static char *
mark_of(const GhStacks *stacks, size_t series)
{
    return stacks->marks != NULL ? g_strdup(stacks->marks[series])
                                 : g_strdup_printf("%zu", series + 1);
}

/* The same in the key and in every bar. Series beyond the colours are hatched. */
static void
draw_part(const GhFlow *flow, const GhStacks *stacks, size_t series, double x, double y,
          double width, double height)
{
    GhColour on = gh_palette_on_series(series);
    bool hatched = series >= GH_STACK_COLOURS;
    const GhPaint paint = {
        .fill = gh_palette_series(series),
        .stroke = hatched ? on : GH_SOFT_INK,
        .stroke_width = EDGE,
        .fill_style = hatched ? GH_FILL_HATCHED : GH_FILL_PLAIN,
    };
    const GhInk ink = {&GH_TYPE_NOTE, GH_WEIGHT_BOLD, hatched ? GH_INK : on};
    static const GhPaint paper = {.fill = GH_PAPER};
    const GhLang *lang = gh_drawing_lang(flow->drawing);
    g_autofree char *number = mark_of(stacks, series);
    double room = gh_text_room(lang, ink.type->size, ink.weight, number);

    gh_flow_rect(flow, x, y, width, height, &paint);
    if (room + 2 * NUMBER_PAD > width)
        return;
    g_auto(GhBlock) block = gh_block(lang, &ink, number, room, 1);
    double top = y + (height - ink.type->pitch) / 2;
    if (hatched) /* a number is not read through lines */
        gh_flow_rect(flow, x + width / 2 - room / 2, top, room, ink.type->pitch, &paper);
    gh_flow_block(flow, x + width / 2, top, GH_ALIGN_MIDDLE, &block);
}

static void
draw_bar(const GhRowPlace *place, size_t row, const void *data)
{
    const GhStacks *stacks = ((const Chart *)data)->stacks;
    const GhStackBar *bar = &stacks->bars[row];
    double up = 0, down = 0;

    for (size_t i = 0; i < bar->n_parts; i++) {
        const GhStackPart *part = &bar->parts[i];
        double *end = part->value < 0 ? &down : &up;
        if (isnan(part->value) || part->value == 0)
            continue;
        double a = gh_row_x(place, *end), b = gh_row_x(place, *end + part->value);
        *end += part->value;
        gh_drawing_begin_part(place->flow->drawing, &(GhDrawingPart){.name = part->name});
        draw_part(place->flow, stacks, part->series, fmin(a, b), place->top, fabs(b - a),
                  BAR_HEIGHT);
        gh_drawing_end_part(place->flow->drawing);
    }
}

static void
draw_sample(const GhFlow *flow, double x, double y, size_t entry, const void *stacks)
{
    draw_part(flow, stacks, entry, x, y - SAMPLE_HEIGHT / 2, SAMPLE, SAMPLE_HEIGHT);
}

static void
draw_head(const GhFlow *flow, const void *data)
{
    const Chart *chart = data;

    gh_key_draw(&chart->key, flow, 0, draw_sample, chart->stacks);
}

/* -- the axis -- */

static GhScale
find_scale(const GhStacks *stacks)
{
    unsigned n_steps = stacks->width >= WIDE ? STEPS_WIDE : STEPS_NARROW;
    double max = isnan(stacks->max) ? INFINITY : stacks->max;
    GhExtent extent = GH_EXTENT_NONE;

    gh_extent_add(&extent, stacks->max);
    for (size_t i = 0; i < stacks->n_bars; i++) {
        double up = 0, down = 0;
        for (size_t k = 0; k < stacks->bars[i].n_parts; k++) {
            double value = stacks->bars[i].parts[k].value;
            up += value > 0 ? value : 0;
            down += value < 0 ? value : 0;
        }
        gh_extent_add(&extent, up);
        gh_extent_add(&extent, down);
    }
    return gh_scale_from_zero(&extent, -INFINITY, max, n_steps);
}

static bool
has_values(const GhStackBar *bar)
{
    for (size_t i = 0; i < bar->n_parts; i++) {
        if (!isnan(bar->parts[i].value))
            return true;
    }
    return false;
}

GhDrawing *
gh_chart_stacks(const GhStacks *stacks)
{
    const GhScale scale = find_scale(stacks);
    g_autofree double *ticks = gh_row_ticks(&scale);
    g_auto(GStrv) texts = gh_row_tick_texts(stacks->lang, ticks, scale.n_ticks);
    g_auto(GhKey) key =
        gh_key(stacks->lang, stacks->width, SAMPLE, stacks->series, stacks->n_series);
    const Chart chart = {.stacks = stacks, .key = key};
    g_autofree GhRow *rows = g_new0(GhRow, MAX(stacks->n_bars, 1));

    for (size_t i = 0; i < stacks->n_bars; i++) {
        const GhStackBar *bar = &stacks->bars[i];
        rows[i] = (GhRow){
            .label = bar->label,
            .value = bar->value,
            .name = bar->name,
            .link = bar->link,
            .soft = !has_values(bar),
        };
    }
    return gh_row_chart(&(GhRowChart){
        .lang = stacks->lang,
        .title = stacks->title,
        .description = stacks->description,
        .axis = stacks->axis,
        .width = stacks->width,
        .scale = scale,
        .ticks = ticks,
        .tick_texts = texts,
        .n_ticks = scale.n_ticks,
        .target = NAN,
        .rows = rows,
        .n_rows = stacks->n_bars,
        .plot_height = BAR_HEIGHT,
        .inset = 1,
        .dense = stacks->n_bars >= MANY_BARS,
        .head = key.height,
        .draw_head = draw_head,
        .draw = draw_bar,
        .chart = &chart,
    });
}
