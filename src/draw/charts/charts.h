/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* charts.h - the charts, each a function from plain values to a drawing.
 *
 * They know nothing of cities or figures: texts come translated and numbers come written, so that a
 * chart says exactly what the table beside it says.
 *
 * Values    NAN is no value: it leaves a gap and a word, never a zero.
 * Width     Charts of rows take the width they are given, 280 units at least, and are as high as they
 *           need; pages use a narrow and a wide one. Texts never overlap: what does not fit is broken
 *           into lines, and only where that is not possible cut, with its whole name in the part.
 * Steps     1..4 as in palette.h; 0: has no band.
 * Sides     In right-to-left languages rows begin at the right and axes run from right to left.
 * Ownership The result belongs to the caller; what is passed is borrowed for the call.
 * Threads   Pure.
 * Not here  The table with the same numbers, which stands beside or below every chart.
 */
#pragma once

#include "draw/drawing.h"

/* What a segment, bar or dot shows besides its value. */
typedef enum {
    GH_SHOWN_BAND,      /* step's colour and mark */
    GH_SHOWN_NO_DATA,   /* white, a thin hatched outline */
    GH_SHOWN_NO_TARGET, /* an outline only, with a dash */
} GhShown;

/* -- wheel: rings from the centre outwards -- */

/* A segment and those within it; leaves lie in the outermost ring. Angles are shared out by the number
 * of leaves. */
typedef struct GhWheelSegment GhWheelSegment;
struct GhWheelSegment {
    const char *label;       /* written where it fits */
    const char *short_label; /* else this; may be NULL */
    const char *name; /* spoken: "Household Internet access, 97 %, 97 % of target, on target" */
    const char *link; /* may be NULL */
    GhShown shown;
    int step;
    const GhWheelSegment *segments; /* of the next ring; NULL in the outermost */
    size_t n_segments;
};

typedef struct {
    const GhLang *lang;
    const char *title, *description;
    const char *centre;       /* the city's name */
    const char *centre_below; /* the year; "" for none */
    const GhWheelSegment *segments;
    size_t n_segments;
    unsigned n_rings; /* 1..4 */
    double size;      /* width and height; 0: 720 */
    bool leaf_labels; /* names in the outermost ring too: for print and large screens */
} GhWheel;
GhDrawing *gh_chart_wheel(const GhWheel *wheel);

/* A legend of bands, no data and no target: in one row where it fits width, else in several. */
typedef struct {
    const char *label; /* "on target" */
    const char *below; /* "95+ %"; may be "" */
    GhShown shown;
    int step;
} GhLegendEntry;
GhDrawing *gh_chart_legend(const GhLang *lang, const char *title, const GhLegendEntry *entries,
                           size_t n_entries, double width);

/* -- bars with range: a score from 0 to 100 and between what it could become -- */

typedef struct {
    const char *label;
    const char *value;       /* "65"; without a score the word for that: "no data" */
    const char *below;       /* "14 of 55 figures" */
    const char *name;        /* spoken; NULL: label, value and below */
    const char *link;        /* may be NULL */
    double score, low, high; /* 0..100; NAN: none */
    GhShown shown;
    int step;
} GhRangeBar;

typedef struct {
    const GhLang *lang;
    const char *title, *description;
    const char *axis;     /* "Score, percent of all points" */
    const double *bounds; /* where bands end, within 0..100: thin lines */
    size_t n_bounds;
    const GhRangeBar *bars;
    size_t n_bars;
    double width;
} GhRangeBars;
GhDrawing *gh_chart_range_bars(const GhRangeBars *bars);

/* -- share of target: one bar a row, in groups -- */

typedef struct {
    const char *group; /* a heading stands where it changes; NULL: none */
    const char *label;
    const char *value; /* "97 %"; without a share the word for that */
    const char *name;  /* spoken; NULL: label and value */
    const char *link;
    double share; /* 0..100; NAN: none */
    GhShown shown;
    int step;
} GhShareBar;

typedef struct {
    const GhLang *lang;
    const char *title, *description;
    const char *axis; /* "Share of target, %" */
    const double *bounds;
    size_t n_bounds;
    const GhShareBar *bars;
    size_t n_bars;
    double width;
} GhShareBars;
GhDrawing *gh_chart_share_bars(const GhShareBars *bars);

/* -- dot plot: one value of each city on a common axis -- */

enum {
    GH_DOT_PLOT_ROWS_MAX = 30, /* beyond, all share one strip without names */
};

typedef struct {
    const char *label;
    const char *value; /* as written in the table */
    const char *link;  /* may be NULL */
    double x;
    GhShown shown; /* no band: GH_SHOWN_NO_TARGET */
    int step;
    bool highlighted; /* the city one came from */
} GhDot;

typedef struct {
    const GhLang *lang;
    const char *title, *description;
    const char *axis;         /* with the unit */
    double min, max;          /* logical bounds of the value; infinite where none */
    double target;            /* NAN: none */
    const char *target_label; /* "target 100" */
    const GhDot *dots;        /* in the order they are to stand */
    size_t n_dots;
    double lower_quartile, median, upper_quartile; /* shown on a strip, with middle_label */
    const char *middle_label; /* "median 45 %, middle half 32 to 61 %"; NULL: not shown */
    char *(*write_number)(const GhLang *lang, double value,
                          void *data); /* axis ticks; owned result */
    void *write_data;
    double width;
} GhDotPlot;
GhDrawing *gh_chart_dot_plot(const GhDotPlot *plot);

/* -- lines over years -- */

typedef struct {
    int year;
    double y; /* NAN: a gap in the line */
    const char *value;
    int step; /* 0: no band */
} GhYearValue;

/* A word-sized line without axis: 80 x 20, the last value as a dot. */
typedef struct {
    const GhLang *lang;
    const char *title, *description;
    const GhYearValue *values; /* by year */
    size_t n_values;
} GhSparkLine;
GhDrawing *gh_chart_spark_line(const GhSparkLine *line);

typedef struct {
    const GhLang *lang;
    const char *title, *description;
    const char *axis;
    double min, max, target;
    const char *target_label;
    const GhYearValue *values;
    size_t n_values;
    const int *
        breaks; /* years before which the definition changed: the line is cut, a thin rule stands there */
    size_t n_breaks;
    const char *break_label; /* "definition changed" */
    const GhYearValue
        *projection; /* where the trend leads: dashed from the last value; may be NULL */
    size_t n_projection;
    double projection_low, projection_high; /* of its last year; NAN: not known */
    const GhYearValue *path; /* what reaching the target would need: dotted; may be NULL */
    size_t n_path;
    const char *projection_label, *path_label; /* said above; NULL: not */
    /* As above; ticks for which it writes "" are left out. */
    char *(*write_number)(const GhLang *lang, double value, void *data);
    void *write_data;
    double width;
} GhTrendLine;
GhDrawing *gh_chart_trend_line(const GhTrendLine *line);

/* -- places with how sure they are: one row a unit -- */

typedef struct {
    const char *label;
    const char *value; /* "3 (2 to 6)" */
    const char *name;  /* spoken; NULL: label and value */
    const char *link;  /* may be NULL */
    double nominal;    /* the place as published, a mark of its own; NAN: none */
    double low, high;  /* thin line: 5 to 95 % */
    double lower_quartile, median, upper_quartile; /* thick line and dot */
    bool highlighted;
} GhInterval;

typedef struct {
    const GhLang *lang;
    const char *title, *description;
    const char *axis; /* "Place, 1 is the best" */
    double best,
        worst; /* ends of the axis: 1 and the number of units; the best at the beginning of the line */
    const GhInterval *rows;
    size_t n_rows;
    /* What the marks mean, shown above: "published place", "middle of all runs", "half of all runs",
     * "9 of 10 runs"; NULL: not said. */
    const char *key_nominal, *key_median, *key_half, *key_range;
    double width;
} GhIntervals;
GhDrawing *gh_chart_intervals(const GhIntervals *intervals);

/* -- bars made of parts: what adds up to a score -- */

enum {
    GH_STACK_COLOURS =
        8, /* told apart also in grey and by colour-blind readers; beyond, parts share a pattern */
};

typedef struct {
    size_t series;    /* index in GhStacks.series: colour and name */
    const char *name; /* spoken: "Environment, 21.4 points" */
    double value;     /* >= 0 unless NAN; below zero it stands on the other side of the zero line */
} GhStackPart;

typedef struct {
    const char *label, *value, *name, *link;
    const GhStackPart *parts;
    size_t n_parts;
} GhStackBar;

typedef struct {
    const GhLang *lang;
    const char *title, *description;
    const char *axis;
    const char *const *series; /* names, shown as a legend above */
    const char *const *marks;  /* in the parts, short; NULL: 1, 2, ... */
    size_t n_series;
    double max; /* end of the axis; NAN: the longest bar */
    const GhStackBar *bars;
    size_t n_bars;
    double width;
} GhStacks;
GhDrawing *gh_chart_stacks(const GhStacks *stacks);

/* -- heat map: numbers from -1 to 1 in rows and columns, by colour, sign and, where it fits, number -- */

typedef struct {
    const GhLang *lang;
    const char *title, *description;
    const char *const *rows, *const *columns; /* names */
    size_t n_rows, n_columns;
    const double *values;       /* n_rows x n_columns, row-major; NAN: none, hatched */
    const char *const *written; /* the same as text: "0.83" */
    const char *legend_low, *legend_zero, *legend_high; /* "opposite", "no link", "together" */
    double width;
} GhHeatMap;
GhDrawing *gh_chart_heat_map(const GhHeatMap *map);

/* -- slope: two cities or years, one line a row -- */

typedef struct {
    const char *label;
    const char *left_value, *right_value; /* "" where none */
    const char *name, *link;
    double left, right; /* 0..100; NAN: none, then only the other end stands */
    int left_step, right_step;
} GhSlopeRow;

typedef struct {
    const GhLang *lang;
    const char *title, *description;
    const char *left_title, *right_title; /* "Riyadh 2020" */
    const char *axis;                     /* "Share of target, %" */
    const GhSlopeRow *rows;
    size_t n_rows; /* labels that would overlap move apart, with a thin line to their end */
    double width;
} GhSlope;
GhDrawing *gh_chart_slope(const GhSlope *slope);

/* -- small multiples: charts of one kind in rows and columns -- */

typedef struct {
    const GhLang *lang;
    const char *title, *description;
    GhDrawing **drawings; /* taken, the array is not; all of one size */
    size_t n_drawings;
    double width; /* columns follow from it */
} GhMultiples;
GhDrawing *gh_chart_multiples(const GhMultiples *multiples);

/* -- where one value stands among many: a word-sized strip, 120 x 20 -- */

typedef struct {
    const GhLang *lang;
    const char *title, *description;
    double min, lower, median, upper, max; /* of the many: thin line, thick line, tick */
    double value;                          /* NAN: none */
    int step;                              /* its band; 0: none */
} GhSpreadStrip;
GhDrawing *gh_chart_spread_strip(const GhSpreadStrip *strip);
