/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* rows.h - charts of rows on one common axis: a label, a plot and a value each; inside charts/ only.
 *
 * Layout    Wide: label, plot and value side by side. Narrow, or where names and values leave too little
 *           for the plot: label and value stand above the plot of their row, and its small print below.
 *           The axis, title and numbers, stands on top, so that long charts are read from their scale.
 * Lines     Thin ones at ticks run behind the plots and never through a text.
 */
#pragma once

#include "draw/charts/flow.h"
#include "draw/charts/scale.h"

typedef struct {
    const char *heading; /* above, where a group begins; NULL: none */
    const char *label;
    const char *below; /* small print; NULL or "" none */
    const char *value;
    const char *name; /* spoken; NULL: label, value, below; "": no part */
    const char *link;
    bool has_mark; /* beside the value */
    GhShown shown;
    int step;
    bool strong; /* stands out */
    bool soft;   /* the value is a word for no value */
} GhRow;

/* Where one row's plot lies. */
typedef struct {
    const GhFlow *flow;
    const GhScale *scale;
    double start, end;  /* x of low and high */
    double top, middle; /* y */
} GhRowPlace;

double gh_row_x(const GhRowPlace *place, double value);

/* A slot without a value: the whole of the axis, hatched or with a dash. */
void gh_row_slot(const GhRowPlace *place, GhShown shown, double y, double height);

typedef void (*GhRowDraw)(const GhRowPlace *place, size_t row, const void *chart);

typedef struct {
    const GhLang *lang;
    const char *title, *description, *axis;
    double width;
    GhScale scale;
    const double *ticks; /* with a line each, the most important first */
    char **tick_texts;   /* as many; those that would collide are left out */
    size_t n_ticks;
    double target; /* NAN: none */
    const char *target_label;
    const GhRow *rows;
    size_t n_rows;
    double plot_height;
    double lines_height; /* of the plot, from its top, that has no text; 0: all */
    double inset;        /* what a mark at an end of the axis needs on both sides */
    bool dense;          /* many rows: they stand closer */
    double head;         /* free above all, for draw_head */
    void (*draw_head)(const GhFlow *flow, const void *chart); /* may be NULL */
    GhRowDraw draw;
    const void *chart; /* passed to both */
} GhRowChart;

GhDrawing *gh_row_chart(const GhRowChart *chart);

/* The ticks of a scale: the ends first. Owned by the caller. */
double *gh_row_ticks(const GhScale *scale);

/* Ticks as plain numbers (g_strfreev). */
char **gh_row_tick_texts(const GhLang *lang, const double *ticks, size_t n_ticks);

/* For scores and shares: 0, 100 and the bounds, written in the language (g_strfreev). Owned by the
 * caller; *ret_n of them. */
double *gh_row_percent_ticks(const GhLang *lang, const double *bounds, size_t n_bounds,
                             char ***ret_texts, size_t *ret_n);
extern const GhScale GH_ROW_PERCENT;
