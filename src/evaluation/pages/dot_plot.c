/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* dot_plot.c - the values of all cities, drawn. */
#include "evaluation/pages/dot_plot.h"

#include <math.h>
#include <stdlib.h>

#include "evaluation/pages/score_view.h"
#include "evaluation/words/say.h"

enum {
    ROW_HEIGHT = 40, /* a name, and its line below */
    NAME_INDENT = 8, /* from the line of zero */
    NAME_BASE = 14,  /* of the name, from the row's top */
    LINE_BASE = 26,
    AXIS_HEIGHT = 44, /* numbers at both ends, and the target's name */
    DOT_RADIUS = 6,
    TARGET_REACH = 9, /* of its stroke above and below the line */
    STRIP_HEIGHT = 40,
    MIN_VALUES = 2,
};

/* What of the width is left free on both sides, in percent, so that no dot is cut. */
static const double MARGIN = 2.0;

typedef struct {
    double low, high; /* of the axis */
    const GhFramework *framework;
    const GhLang *lang;
    size_t data_point;
    const GhTarget *target;
    GString *out;
} Plot;

static double
position(const Plot *plot, double value)
{
    double share = (value - plot->low) / (plot->high - plot->low);

    return MARGIN + (100 - 2 * MARGIN) * share;
}

/* A number in an attribute: with a point in every language. */
static void
append_number(GString *out, const char *before, double value, const char *after)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];

    g_string_append(out, before);
    g_string_append(out, g_ascii_formatd(text, sizeof(text), "%.4g", value));
    g_string_append(out, after);
}

static void
append_escaped(GString *out, const char *text)
{
    g_autofree char *escaped = g_markup_escape_text(text, -1);

    g_string_append(out, escaped);
}

static bool
has_target_line(const GhTarget *target)
{
    return !isnan(target->target) && target->rule != GH_RULE_NONE && target->rule != GH_RULE_YES_NO;
}

/* The axis begins at zero where values do, and holds all of them and the target. */
static void
fit_axis(Plot *plot, const GPtrArray *values)
{
    static const double ROOM = 1.05;
    double low = 0;
    double high = 0;

    for (guint i = 0; i < values->len; i++) {
        const GhCityFigure *city = g_ptr_array_index(values, i);
        low = fmin(low, city->figure.value);
        high = fmax(high, city->figure.value);
    }
    if (has_target_line(plot->target)) {
        low = fmin(low, plot->target->target);
        high = fmax(high, plot->target->target);
    }
    const GhDataPoint *point = &plot->framework->data_points[plot->data_point];
    if (isfinite(point->max) && point->max < high * 4)
        high = fmax(high, point->max);
    else
        high *= ROOM;
    plot->low = low * ROOM;
    plot->high = high > low ? high : low + 1;
}

static void
draw_target(const Plot *plot, int n_rows, int height)
{
    if (!has_target_line(plot->target))
        return;

    double x = position(plot, plot->target->target);
    g_autofree char *value = gh_say_value(
        plot->lang, &plot->framework->data_points[plot->data_point], plot->target->target);
    g_autofree char *label = gh_lang_fill(GH_T(plot->lang, "target {value}"), "value", value, NULL);
    /* Across each city's line, not through its name. */
    for (int row = 0; row < n_rows; row++) {
        int y = row * ROW_HEIGHT + LINE_BASE;
        append_number(plot->out, "<line class=\"target\" x1=\"", x, "%\"");
        append_number(plot->out, " x2=\"", x, "%\"");
        g_string_append_printf(plot->out, " y1=\"%d\" y2=\"%d\"/>", y - TARGET_REACH,
                               y + TARGET_REACH);
    }
    append_number(plot->out, "<text class=\"soft\" x=\"", x, "%\"");
    g_string_append_printf(plot->out, " y=\"%d\" text-anchor=\"%s\">", height + AXIS_HEIGHT - 6,
                           x > 70   ? "end"
                           : x < 30 ? "start"
                                    : "middle");
    append_escaped(plot->out, label);
    g_string_append(plot->out, "</text>");
}

static void
draw_axis_number(const Plot *plot, double value, int y, const char *anchor)
{
    g_autofree char *text =
        gh_say_value(plot->lang, &plot->framework->data_points[plot->data_point], value);

    append_number(plot->out, "<text class=\"soft\" x=\"", position(plot, value), "%\"");
    g_string_append_printf(plot->out, " y=\"%d\" text-anchor=\"%s\">", y, anchor);
    append_escaped(plot->out, text);
    g_string_append(plot->out, "</text>");
}

static void
draw_axis(const Plot *plot, int height)
{
    double zero = position(plot, 0);
    double high = plot->high;

    append_number(plot->out, "<line class=\"zero\" x1=\"", zero, "%\"");
    append_number(plot->out, " x2=\"", zero, "%\"");
    g_string_append_printf(plot->out, " y1=\"0\" y2=\"%d\"/>", height);
    draw_axis_number(plot, 0, height + 18, zero > 30 ? "middle" : "start");
    /* Room was added above the largest value; a round number reads better there. */
    double step = pow(10, floor(log10(high > 0 ? high : 1)));
    draw_axis_number(plot, floor(high / step) * step, height + 18, "end");
}

static const char *
dot_class(const Plot *plot, double value, char buffer[32])
{
    double share = gh_score_share(plot->target, value);

    if (plot->target->rule == GH_RULE_NONE || isnan(share))
        return "dot";
    g_snprintf(buffer, 32, "dot band-%d",
               gh_score_view_step(plot->framework, gh_score_band(plot->framework, share)));
    return buffer;
}

static void
draw_row(const Plot *plot, const GhCityFigure *city, int top)
{
    char class[32];
    g_autofree char *value =
        gh_say_value_unit(plot->framework, plot->lang, plot->data_point, city->figure.value);
    int line = top + LINE_BASE;

    g_string_append_printf(plot->out, "<text x=\"%g%%\" dx=\"%d\" y=\"%d\">", MARGIN, NAME_INDENT,
                           top + NAME_BASE);
    append_escaped(plot->out, city->name);
    g_string_append(plot->out, " <tspan class=\"soft\">");
    append_escaped(plot->out, value);
    g_string_append(plot->out, "</tspan></text>");
    g_string_append_printf(plot->out,
                           "<line class=\"track\" x1=\"%g%%\" x2=\"%g%%\" y1=\"%d\" y2=\"%d\"/>",
                           MARGIN, 100 - MARGIN, line, line);
    append_number(plot->out, "<line class=\"stem\" x1=\"", position(plot, 0), "%\"");
    append_number(plot->out, " x2=\"", position(plot, city->figure.value), "%\"");
    g_string_append_printf(plot->out, " y1=\"%d\" y2=\"%d\"/>", line, line);
    g_string_append_printf(plot->out, "<circle class=\"%s\"",
                           dot_class(plot, city->figure.value, class));
    append_number(plot->out, " cx=\"", position(plot, city->figure.value), "%\"");
    g_string_append_printf(plot->out, " cy=\"%d\" r=\"%d\"/>", line, DOT_RADIUS);
}

/* values: largest first, so those that share a stroke follow one another. */
static void
draw_strip(const Plot *plot, const GPtrArray *values)
{
    static const double STEP = 100.0 / (DOT_PLOT_STROKES_MAX - 1);
    double last = -1;

    for (guint i = 0; i < values->len; i++) {
        const GhCityFigure *city = g_ptr_array_index(values, i);
        double x = round(position(plot, city->figure.value) / STEP) * STEP;
        if (x == last)
            continue;
        last = x;
        append_number(plot->out, "<line class=\"stem\" x1=\"", x, "%\"");
        append_number(plot->out, " x2=\"", x, "%\"");
        g_string_append_printf(plot->out, " y1=\"8\" y2=\"%d\"/>", STRIP_HEIGHT - 8);
    }
}

static int
compare_values(const void *a, const void *b)
{
    double left = (*(GhCityFigure *const *)a)->figure.value;
    double right = (*(GhCityFigure *const *)b)->figure.value;

    return left < right ? 1 : left > right ? -1 : 0;
}

/* The figures with a value, largest first, borrowed. */
static GPtrArray *
with_values(const GPtrArray *figures)
{
    GPtrArray *values = g_ptr_array_new();

    for (guint i = 0; i < figures->len; i++) {
        GhCityFigure *city = g_ptr_array_index(figures, i);
        if (!isnan(city->figure.value))
            g_ptr_array_add(values, city);
    }
    g_ptr_array_sort(values, compare_values);
    return values;
}

static void
open_drawing(const Plot *plot, guint n_values, int height)
{
    g_autofree char *n = g_strdup_printf("%u", n_values);
    g_autofree char *title = gh_lang_fill(
        gh_lang_plural(plot->lang, "{label}: {n} city", "{label}: {n} cities", n_values), "label",
        gh_say_data_point(plot->framework, plot->lang, plot->data_point), "n", n, NULL);

    g_string_append_printf(plot->out, "<svg role=\"img\" width=\"100%%\" height=\"%d\"><title>",
                           height + AXIS_HEIGHT);
    append_escaped(plot->out, title);
    g_string_append(plot->out, "</title><desc>");
    append_escaped(plot->out, GH_T(plot->lang, "The table below has the same values."));
    g_string_append(plot->out, "</desc>");
}

char *
gh_dot_plot(const GhFramework *framework, const GhLang *lang, size_t data_point,
            const GhTarget *target, const GPtrArray *figures)
{
    g_autoptr(GPtrArray) values = with_values(figures);
    if (values->len < MIN_VALUES)
        return NULL;

    g_autoptr(GString) out = g_string_new(NULL);
    Plot plot = {.framework = framework,
                 .lang = lang,
                 .data_point = data_point,
                 .target = target,
                 .out = out};
    bool has_rows = values->len <= DOT_PLOT_ROWS_MAX;
    int height = has_rows ? (int)values->len * ROW_HEIGHT : STRIP_HEIGHT;
    fit_axis(&plot, values);
    open_drawing(&plot, values->len, height);
    draw_axis(&plot, height);
    draw_target(&plot, has_rows ? (int)values->len : 1, height);
    for (guint i = 0; i < values->len && has_rows; i++)
        draw_row(&plot, g_ptr_array_index(values, i), (int)i * ROW_HEIGHT);
    if (!has_rows)
        draw_strip(&plot, values);
    g_string_append(out, "</svg>");
    return g_string_free(g_steal_pointer(&out), FALSE);
}
