/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* document_private.h - what the files of the layout engine share.
 *
 *   document.c        fills blocks: what is to be said, in reading order
 *   document_runs.c   texts of several runs
 *   document_style.c  sizes, colours, the paper
 *   document_text.c   a text set into lines
 *   document_table.c  a table set into columns and rows
 *   document_flow.c   blocks -> pieces: what cannot be cut, and what must stay together
 *   document_pages.c  pieces -> pages, with their notes
 *   document_ink.c    text, marks and rules on paper, with tags
 *   document_paint.c  pieces on paper, document_paint_table.c those of tables
 *   document_pdf.c    pages on paper; the way out
 *
 * Sides     x is counted from the side where reading starts, everywhere but in document_ink.c, which
 *           mirrors it for right-to-left languages.
 * Ownership Blocks belong to the document, everything set belongs to the flow; pieces and pages borrow.
 */
#pragma once

#include <cairo.h>
#include <pango/pango.h>

#include "draw/document/document.h"

/* -- styles -- */

typedef enum {
    GH_DOC_HEADING_1, /* in the order of levels */
    GH_DOC_HEADING_2,
    GH_DOC_HEADING_3,
    GH_DOC_BODY, /* in the order of GhParagraphStyle */
    GH_DOC_LEAD,
    GH_DOC_SMALL,
    GH_DOC_QUOTE,
    GH_DOC_ITEM,
    GH_DOC_CAPTION,
    GH_DOC_CELL,
    GH_DOC_CELL_HEAD,
    GH_DOC_CELL_GROUP,
    GH_DOC_NOTE,
    GH_DOC_ENTRY_1, /* of contents, in the order of levels */
    GH_DOC_ENTRY_2,
    GH_DOC_ENTRY_3,
    GH_DOC_RUNNING,
    GH_DOC_N_STYLES,
} GhDocStyleName;

typedef struct {
    const char *tag;
    double size, leading; /* from line to line; more where a script needs it */
    GhWeight weight;
    GhColour colour;
    double before, after; /* room between blocks: the larger of the two */
    double indent;
    double head_room; /* above the first line, with an accent */
} GhDocStyle;

const GhDocStyle *gh_doc_style(GhDocStyleName name);
/* From GH_FONT_SIZE, in which texts are set, to the size they are painted in. */
double gh_doc_style_scale(const GhDocStyle *style);

typedef struct {
    double width, height;
    double side, top, bottom; /* margins */
} GhDocPaper;
const GhDocPaper *gh_doc_paper(GhPaper paper);

#define GH_DOC_MEASURE 405.0      /* of a line of text, at most: about 75 letters of 10 pt */
#define GH_DOC_HEAD_Y 44.0        /* of the running head's rule */
#define GH_DOC_HEAD_UP 7.0        /* of its baseline over the rule */
#define GH_DOC_FOOT_UP 34.0       /* of the page number's baseline over the paper's end */
#define GH_DOC_NUMBER_WIDTH 60.0  /* for "3 / 17" beside the running foot */
#define GH_DOC_NOTES_GAP 14.0     /* between text and notes, with a short rule */
#define GH_DOC_ACCENT_WIDTH 36.0  /* of the bar over a heading */
#define GH_DOC_ENTRY_NUMBERS 40.0 /* room of page numbers in the contents */
#define GH_DOC_FIGURE_GAP 8.0     /* between a figure and its caption */

/* -- runs -- */

typedef enum {
    GH_DOC_RUN_PLAIN, /* in the order of GhRunStyle */
    GH_DOC_RUN_STRONG,
    GH_DOC_RUN_SOFT,
    GH_DOC_RUN_LINK,
    GH_DOC_RUN_MARK,
    GH_DOC_RUN_NOTE,
} GhDocRunKind;

typedef struct {
    GhDocRunKind kind;
    size_t start; /* in bytes; a run ends where the next begins */
    char *word;   /* LINK: address, MARK: what is read; owned, may be NULL */
    int step;     /* MARK */
    size_t note;  /* NOTE: counted through the document, from 0 */
} GhDocRun;

typedef struct {
    GString *text; /* valid UTF-8 in one line */
    GArray *runs;  /* GhDocRun, at least one */
    bool tagged;   /* has links, marks or notes, which have tags of their own */
    size_t n_notes;
} GhDocRuns;

GhDocRuns *gh_doc_runs_new(void);
GhDocRuns *gh_doc_runs_new_plain(const char *text);
void gh_doc_runs_free(GhDocRuns *runs);
/* What belongs to a run is copied: word is set from the argument, which may be NULL. */
void gh_doc_runs_add(GhDocRuns *runs, GhDocRun run, const char *word, const char *text);

/* -- blocks -- */

typedef enum {
    GH_DOC_TEXT,
    GH_DOC_HEADING,
    GH_DOC_LIST_ITEM,
    GH_DOC_TABLE,
    GH_DOC_FIGURE,
    GH_DOC_FULL_PAGE,
    GH_DOC_CONTENTS,
    GH_DOC_SPACE,
    GH_DOC_BREAK,
} GhDocBlockKind;

/* A row of cells or one that heads others. */
typedef struct {
    GhDocRuns *group;  /* over all columns; then no cells */
    GhDocRuns **cells; /* as many as columns; NULL: joined with the one above */
    size_t n_cells;    /* given so far */
} GhDocRow;

typedef struct {
    GhDocumentColumn *columns; /* without their heads */
    GhDocRuns **heads;
    size_t n_columns;
    char *summary;
    bool plain, has_head;
    GPtrArray *rows;
} GhDocTable;

typedef struct {
    GhDocBlockKind kind;
    GhDocStyleName style;
    GhDocRuns *runs; /* of text, heading and item; the caption of table and figure, or NULL */
    char *label;     /* of an item: bullet or number; of a heading: its number, or NULL */
    int level;       /* of a heading from 1; of contents: the last one shown */
    bool listed;     /* a heading that stands in the contents */
    size_t heading;  /* counted through the document */
    GhDocTable *table;
    GhDrawing *drawing;
    char *alt;
    double share;  /* of the width */
    double height; /* of space */
} GhDocBlock;

struct GhDocument {
    const GhLang *lang;
    const GhDocPaper *paper;
    bool right_to_left;
    char *title, *author, *subject, *keywords, *running_head, *running_foot;
    int64_t made_us;

    GPtrArray *blocks;
    GPtrArray *notes; /* GhDocRuns, in reading order */

    bool numbered;
    unsigned numbers[3]; /* of headings by level */
    unsigned item;       /* number of the last item of the list that goes on */
    unsigned n_tables, n_figures;
    size_t n_headings;

    GhDocRuns *open;        /* paragraph, item or cell between begin and end */
    GhDocTable *open_table; /* between begin and end */
    size_t n_pages;
};

/* The caption's label: "Table 3." */
char *gh_doc_number(const GhDocument *document, size_t number);

/* What no page cuts ends in an ellipsis where it would not fit on one: captions, rows that head others,
 * entries of the contents. Of valid UTF-8; the caller owns it. */
char *gh_doc_label_text(const char *text);

/* -- texts set into lines -- */

typedef struct {
    PangoLayoutLine *pango; /* owned; its layout is gone; in GH_FONT_SIZE */
    double width;           /* in points, scaled */
} GhDocLine;

typedef struct {
    const GhDocRuns *runs;
    const GhDocStyle *style;
    GhDocLine *lines;
    size_t n_lines;
    double width;   /* it was set to */
    double leading; /* from line to line */
    bool cut_words; /* a word was longer than a line */
} GhDocText;

typedef struct GhDocSetter GhDocSetter;
GhDocSetter *gh_doc_setter_new(const GhLang *lang);
void gh_doc_setter_free(GhDocSetter *setter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhDocSetter, gh_doc_setter_free)

GhDocText *gh_doc_text_new(GhDocSetter *setter, const GhDocRuns *runs, GhDocStyleName style,
                           double width);
void gh_doc_text_free(GhDocText *text);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhDocText, gh_doc_text_free)
double gh_doc_text_height(const GhDocText *text);

/* Of its longest word. */
double gh_doc_word_width(GhDocSetter *setter, const GhDocRuns *runs, GhDocStyleName name);

/* From the top of a line to its baseline. */
double gh_doc_text_baseline(const GhDocText *text);

/* The run that the byte at offset belongs to. */
size_t gh_doc_run_at(const GhDocRuns *runs, size_t offset);

/* -- tables set into columns and rows -- */

typedef struct {
    const GhDocTable *table;
    double *x, *widths; /* of each column */
    GhDocText **heads;  /* of each column; all NULL: no head */
    GhDocText **cells;  /* n_rows x n_columns; NULL: joined, or in a group's row */
    GhDocText **groups; /* n_rows; NULL: a row of cells */
    double *heights;    /* n_rows */
    double head_height; /* 0: no head */
    double pad;         /* above and below a cell's text */
    double width;
} GhDocSetTable;

GhDocSetTable *gh_doc_set_table_new(GhDocSetter *setter, const GhDocTable *table, double width);
void gh_doc_set_table_free(GhDocSetTable *set);

/* The cell whose text stands in this one: itself, or above where joined. NULL: none. */
const GhDocText *gh_doc_set_table_text(const GhDocSetTable *set, size_t row, size_t column);
bool gh_doc_table_joined(const GhDocTable *table, size_t row, size_t column);

/* Whether a page may end before this row. */
bool gh_doc_set_table_breaks_before(const GhDocSetTable *set, size_t row);

/* -- pieces -- */

typedef enum {
    GH_DOC_PIECE_LINE,    /* one line of text */
    GH_DOC_PIECE_ENTRY,   /* of the contents */
    GH_DOC_PIECE_CAPTION, /* of a table or figure */
    GH_DOC_PIECE_HEAD,    /* of a table */
    GH_DOC_PIECE_ROW,     /* or a slice of one */
    GH_DOC_PIECE_FIGURE,
    GH_DOC_PIECE_FULL_PAGE,
} GhDocPieceKind;

typedef struct {
    GhDocPieceKind kind;
    const GhDocBlock *block;
    const GhDocText *text;      /* LINE, ENTRY, CAPTION */
    const GhDocText *label;     /* LINE: bullet or number, beside the first line; NULL: none */
    size_t line;                /* LINE */
    const GhDocSetTable *table; /* HEAD, ROW */
    size_t row;                 /* ROW */
    size_t slice;               /* ROW: part of one higher than a page, from 0 */
    double slice_height;        /* text of a part; 0: the row is whole */
    const GhDocBlock *target;   /* ENTRY */
    double x, before, height;
    size_t n_notes;   /* met in the document up to the end of this piece */
    bool keep;        /* with the next piece */
    bool new_page;    /* begins one */
    bool first, last; /* of its list, table or contents */
} GhDocPiece;

typedef struct {
    const GhDocument *document;
    GhDocSetter *setter;
    GArray *pieces;    /* GhDocPiece */
    GPtrArray *texts;  /* GhDocText, owned */
    GPtrArray *tables; /* GhDocSetTable, owned */
    GPtrArray *notes;  /* GhDocText, owned */
    GPtrArray *labels; /* GhDocRuns of bullets, numbers and entries of the contents, owned */
} GhDocFlow;

/* NULL with GH_DRAW_ERROR_SIZE when it is longer than a document may be. */
GhDocFlow *gh_doc_flow_new(const GhDocument *document, GError **error);
void gh_doc_flow_free(GhDocFlow *flow);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhDocFlow, gh_doc_flow_free)

/* The lines of a cell's text that stand in this piece of its row. */
void gh_doc_piece_lines(const GhDocPiece *piece, const GhDocText *text, size_t *ret_from,
                        size_t *ret_to);

/* The height of a table's head that stands above this piece where it begins a page; 0: none. */
double gh_doc_piece_head_again(const GhDocPiece *piece);

/* -- pages -- */

typedef struct {
    size_t note, from, to; /* lines */
} GhDocNoteLines;

typedef struct {
    size_t from, to;             /* pieces */
    size_t notes_from, notes_to; /* of GhDocPages.notes */
    double notes_height;
} GhDocPage;

typedef struct {
    GArray *pages;    /* GhDocPage */
    GArray *notes;    /* GhDocNoteLines */
    size_t *headings; /* page of each, from 0; of no heading: unused */
} GhDocPages;

GhDocPages *gh_doc_pages_new(const GhDocFlow *flow, GError **error);
void gh_doc_pages_free(GhDocPages *pages);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhDocPages, gh_doc_pages_free)

/* -- ink -- */

typedef struct {
    const GhDocument *document;
    const GhDocFlow *flow;
    const GhDocPages *pages;
    cairo_surface_t *surface;
    cairo_t *cr;
    size_t page;      /* being painted */
    GArray *glyphs;   /* of a text being painted */
    int bookmarks[3]; /* the last of each level; 0: none */
    GhDrawing *marks[GH_PALETTE_STEPS];

    /* Words for pdf.h, gathered in the order of tags. */
    GPtrArray *alts, *links, *summaries;
    GArray *spans; /* GhPdfSpan */
    size_t n_cells;
} GhDocInk;

/* Lines of a text. Without a tag it is no part of the text (an artifact). A text over two pages is
 * begun on the first and ended on the last. */
typedef struct {
    const GhDocText *text;
    size_t from, to; /* lines */
    double x, y, width;
    GhCellsAlign align;
    const char *tag; /* NULL: none */
    bool begins, ends;
    GhColour colour; /* 0: the style's */
} GhDocInkText;

void gh_doc_ink_text(GhDocInk *ink, const GhDocInkText *what);
void gh_doc_ink_tag(GhDocInk *ink, const char *tag, const char *attributes);
void gh_doc_ink_end(GhDocInk *ink, const char *tag);
void gh_doc_ink_rule(GhDocInk *ink, double x, double y, double width, double thickness,
                     GhColour colour);
/* Dots from x to x_end on a baseline. */
void gh_doc_ink_dots(GhDocInk *ink, double x, double x_end, double y);
/* A drawing with its top left on x, y, as wide as width, tagged as a figure. */
void gh_doc_ink_drawing(GhDocInk *ink, const GhDrawing *drawing, double x, double y, double width,
                        const char *alt);

/* The drawing on the whole paper. */
void gh_doc_ink_full_page(GhDocInk *ink, const GhDocBlock *block);
/* The name of a heading's place, for links to it. */
char *gh_doc_target(const GhDocBlock *heading);
/* A link to a heading begins, which can be touched all over the line. */
void gh_doc_ink_begin_jump(GhDocInk *ink, const GhDocBlock *heading, double y, double height);
/* In the list of bookmarks, under the last heading of a higher level. */
void gh_doc_ink_bookmark(GhDocInk *ink, const GhDocBlock *heading, double y);
/* Lines of a note at the foot of the page; index in GhDocPages.notes. */
void gh_doc_ink_note(GhDocInk *ink, size_t index);

/* A text set in one line and painted at once, without a tag: page numbers, running heads. */
void gh_doc_ink_words(GhDocInk *ink, const char *words, GhDocStyleName style, double baseline,
                      double width, GhCellsAlign align);
double gh_doc_ink_words_width(GhDocInk *ink, const char *words, GhDocStyleName style);

/* -- paint -- */

void gh_doc_paint_page(GhDocInk *ink);

/* The tags of a table begin with its caption, its head or its first row, and end with its last. */
void gh_doc_paint_table_begin(GhDocInk *ink, const GhDocBlock *block);
void gh_doc_paint_first_head(GhDocInk *ink, const GhDocPiece *piece, double y);
/* again: on a further page, where it is no part of the text. */
void gh_doc_paint_head(GhDocInk *ink, const GhDocSetTable *set, double y, bool again);
void gh_doc_paint_row(GhDocInk *ink, const GhDocPiece *piece, double y, bool begins_page);
/* The rule under the last row, also where the table goes on on the next page. */
void gh_doc_paint_table_end(GhDocInk *ink, const GhDocPiece *piece, double bottom);
