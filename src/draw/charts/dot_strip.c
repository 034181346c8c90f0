/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* dot_strip.c - all values as strokes on one strip, where the middle half of them lies, and the
 * highlighted one by name. It is one row of a chart of rows without texts; names stand below. */
#include "draw/charts/dot_strip.h"

#include <math.h>

#include "draw/charts/rows.h"
#include "draw/text.h"

/* Units; our choice. */
static const double STRIP = 40;
static const double HALF_TOP = 48; /* the line of the middle half, from the strip's top */
static const double HALF_END = 4;
static const double TEXT_GAP = 4;

enum {
    LINES_MAX = 4
};

typedef struct {
    const GhDotPlot *plot;
    const GhDot *highlighted; /* NULL: none */
    GhBlock name, middle;
    double height;
} Strip;

static void
strip_clear(Strip *strip)
{
    gh_block_clear(&strip->name);
    gh_block_clear(&strip->middle);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Strip, strip_clear)

static const GhDot *
find_highlighted(const GhDotPlot *plot)
{
    for (size_t i = 0; i < plot->n_dots; i++) {
        if (plot->dots[i].highlighted && !isnan(plot->dots[i].x))
            return &plot->dots[i];
    }
    return NULL;
}

static bool
has_middle(const GhDotPlot *plot)
{
    return plot->middle_label != NULL && isfinite(plot->lower_quartile) && isfinite(plot->median)
           && isfinite(plot->upper_quartile);
}

static void
draw_strokes(const GhRowPlace *place, const GhDotPlot *plot)
{
    static const GhPaint paint = {.stroke = GH_SOFT_INK, .stroke_width = 1};
    bool taken[GH_DOT_STRIP_STROKES] = {false};
    GhDrawing *drawing = place->flow->drawing;
    double width = place->end - place->start;

    for (size_t i = 0; i < plot->n_dots; i++) {
        if (!isnan(plot->dots[i].x))
            taken[(size_t)round(gh_scale_share(place->scale, plot->dots[i].x)
                                * (GH_DOT_STRIP_STROKES - 1))] = true;
    }
    for (size_t i = 0; i < GH_DOT_STRIP_STROKES; i++) {
        if (!taken[i])
            continue;
        double x = place->start + width * (double)i / (GH_DOT_STRIP_STROKES - 1);
        gh_drawing_move_to(drawing, gh_flow_x(place->flow, x), place->top);
        gh_drawing_line_to(drawing, gh_flow_x(place->flow, x), place->top + STRIP);
    }
    gh_drawing_paint(drawing, &paint);
}

/* A bracket below the strip from quartile to quartile, with the median in it. */
static void
draw_middle(const GhRowPlace *place, const GhDotPlot *plot)
{
    static const GhPaint thin = {.stroke = GH_INK, .stroke_width = 1.2};
    static const GhPaint thick = {.stroke = GH_INK, .stroke_width = 2.5};
    const double ends[] = {gh_row_x(place, plot->lower_quartile),
                           gh_row_x(place, plot->upper_quartile)};
    double y = place->top + HALF_TOP, median = gh_row_x(place, plot->median);

    gh_flow_line(place->flow, ends[0], y, ends[1], y, &thin);
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
        gh_flow_line(place->flow, ends[i], y - HALF_END, ends[i], y + HALF_END, &thin);
    gh_flow_line(place->flow, median, y - HALF_END - 1, median, y + HALF_END + 1, &thick);
}

static void
draw_text(const GhRowPlace *place, double x, double top, const GhBlock *block)
{
    double room = gh_block_room(gh_drawing_lang(place->flow->drawing), block);
    double from = gh_flow_keep_inside(x, room, 0, place->flow->width);

    gh_flow_block(place->flow, from + room / 2, top, GH_ALIGN_MIDDLE, block);
}

static double
names_top(const GhDotPlot *plot)
{
    return (has_middle(plot) ? HALF_TOP + HALF_END : STRIP) + TEXT_GAP;
}

static void
draw_highlighted(const GhRowPlace *place, const Strip *strip)
{
    static const GhPaint paint = {.stroke = GH_ACCENT, .stroke_width = 3};
    const GhDrawingPart part = {.name = strip->highlighted->label,
                                .link = strip->highlighted->link};
    double x = gh_row_x(place, strip->highlighted->x);
    double bottom = place->top + names_top(strip->plot);

    gh_drawing_begin_part(place->flow->drawing, &part);
    gh_flow_line(place->flow, x, place->top, x, bottom, &paint);
    draw_text(place, x, bottom, &strip->name);
    gh_drawing_end_part(place->flow->drawing);
}

static void
draw_strip(const GhRowPlace *place, size_t row, const void *chart)
{
    const Strip *strip = chart;
    double below = place->top + names_top(strip->plot);

    (void)row; /* the only one */
    draw_strokes(place, strip->plot);
    if (has_middle(strip->plot))
        draw_middle(place, strip->plot);
    if (strip->highlighted != NULL) {
        draw_highlighted(place, strip);
        below += gh_block_height(&strip->name);
    }
    if (has_middle(strip->plot))
        draw_text(place, gh_row_x(place, strip->plot->median), below, &strip->middle);
}

static Strip
make_strip(const GhDotPlot *plot)
{
    const GhInk bold = {&GH_TYPE_LABEL, GH_WEIGHT_BOLD, GH_ACCENT};
    const GhInk note = {&GH_TYPE_NOTE, GH_WEIGHT_REGULAR, GH_INK};
    const GhDot *highlighted = find_highlighted(plot);
    g_autofree char *name = highlighted == NULL
                                ? g_strdup("")
                                : g_strdup_printf("%s %s", highlighted->label, highlighted->value);
    Strip strip = {
        .plot = plot,
        .highlighted = highlighted,
        .name = gh_block(plot->lang, &bold, name, plot->width, LINES_MAX),
        .middle = gh_block(plot->lang, &note, has_middle(plot) ? plot->middle_label : "",
                           plot->width, LINES_MAX),
    };

    strip.height = names_top(plot) + gh_block_height(&strip.name) + gh_block_height(&strip.middle);
    return strip;
}

GhDrawing *
gh_dot_strip(const GhDotPlot *plot)
{
    static const GhRow row = {.label = "", .value = "", .name = ""};
    const GhScale scale = gh_dot_scale(plot);
    g_autofree double *ticks = gh_row_ticks(&scale);
    g_auto(GStrv) texts = gh_dot_tick_texts(plot, ticks, scale.n_ticks);
    g_auto(Strip) strip = make_strip(plot);

    return gh_row_chart(&(GhRowChart){
        .lang = plot->lang,
        .title = plot->title,
        .description = plot->description,
        .axis = plot->axis,
        .width = plot->width,
        .scale = scale,
        .ticks = ticks,
        .tick_texts = texts,
        .n_ticks = scale.n_ticks,
        .target = plot->target,
        .target_label = plot->target_label,
        .rows = &row,
        .n_rows = 1,
        .plot_height = strip.height,
        .lines_height = STRIP,
        .inset = 2,
        .draw = draw_strip,
        .chart = &strip,
    });
}
