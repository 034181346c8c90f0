/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* document_ink.c - text, marks and rules on paper, with their tags.
 *
 * cairo 1.16 marks content only within the innermost tags. So a text with links, marks or notes, and
 * one that goes over two pages, is an outer tag with a tag for each of its parts; any other text is one
 * tag. What is painted outside of innermost tags becomes an artifact (pdf_artifacts.c).
 */
#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "draw/document/document_private.h"
#include "draw/drawing_cairo.h"
#include "draw/pdf.h"

static const double NOTE_RISE = 0.34; /* of the text's size; our choice, as the others */
static const double MARK_RADIUS = 0.42;
static const double MARK_MIDDLE = 0.34; /* above the baseline */
static const double UNDERLINE_BELOW = 1.6;
static const double UNDERLINE = 0.4;

/* A string of glyphs in its place. */
typedef struct {
    PangoGlyphItem *item;
    double x, baseline, width;
    size_t run;
} Glyphs;

/* -- tags and simple shapes -- */

void
gh_doc_ink_tag(GhDocInk *ink, const char *tag, const char *attributes)
{
    cairo_tag_begin(ink->cr, tag, attributes);
}

void
gh_doc_ink_end(GhDocInk *ink, const char *tag)
{
    cairo_tag_end(ink->cr, tag);
}

/* From the side where reading starts to the left edge of something so wide. */
static double
left_of(const GhDocInk *ink, double x, double width)
{
    const GhDocPaper *paper = ink->document->paper;
    return ink->document->right_to_left ? paper->width - paper->side - x - width : paper->side + x;
}

static void
set_colour(const GhDocInk *ink, GhColour colour)
{
    cairo_set_source_rgb(ink->cr, (colour >> 16 & 0xff) / 255.0, (colour >> 8 & 0xff) / 255.0,
                         (colour & 0xff) / 255.0);
}

void
gh_doc_ink_rule(GhDocInk *ink, double x, double y, double width, double thickness, GhColour colour)
{
    set_colour(ink, colour);
    cairo_rectangle(ink->cr, left_of(ink, x, width), y, width, thickness);
    cairo_fill(ink->cr);
}

void
gh_doc_ink_dots(GhDocInk *ink, double x, double x_end, double y)
{
    static const double DOT[] = {0, 4};
    double left = left_of(ink, x, x_end - x);

    if (x_end - x < DOT[1] * 2)
        return;
    /* Dots of all lines stand below one another. */
    double start = DOT[1] * (double)(long)(left / DOT[1] + 1);
    set_colour(ink, GH_RULE);
    cairo_save(ink->cr);
    cairo_set_line_cap(ink->cr, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_width(ink->cr, 0.9);
    cairo_set_dash(ink->cr, DOT, G_N_ELEMENTS(DOT), 0);
    cairo_move_to(ink->cr, start, y);
    cairo_line_to(ink->cr, left + x_end - x, y);
    cairo_stroke(ink->cr);
    cairo_restore(ink->cr);
}

static void
paint_drawing(GhDocInk *ink, const GhDrawing *drawing, double left, double y, double scale)
{
    cairo_save(ink->cr);
    cairo_translate(ink->cr, left, y);
    cairo_scale(ink->cr, scale, scale);
    gh_drawing_paint_on(drawing, ink->cr);
    cairo_restore(ink->cr);
}

void
gh_doc_ink_drawing(GhDocInk *ink, const GhDrawing *drawing, double x, double y, double width,
                   const char *alt)
{
    gh_doc_ink_tag(ink, "Figure", NULL);
    g_ptr_array_add(ink->alts, g_strdup(alt));
    paint_drawing(ink, drawing, left_of(ink, x, width), y, width / gh_drawing_width(drawing));
    gh_doc_ink_end(ink, "Figure");
}

/* -- glyphs -- */

static int
compare_glyphs(const void *a, const void *b)
{
    return ((const Glyphs *)a)->item->item->offset - ((const Glyphs *)b)->item->item->offset;
}

static double
left_of_line(const GhDocInk *ink, const GhDocInkText *what, const GhDocLine *line)
{
    double spare = what->width - line->width;
    double x = what->align == GH_CELLS_START ? 0 : what->align == GH_CELLS_END ? spare : spare / 2;
    return left_of(ink, what->x + x, line->width);
}

/* Gathers what stands on the lines, in the order of the text: the eye's order is another where
 * directions mix. */
static void
gather(GhDocInk *ink, const GhDocInkText *what)
{
    double y = what->y + gh_doc_text_baseline(what->text);
    double scale = gh_doc_style_scale(what->text->style);

    g_array_set_size(ink->glyphs, 0);
    for (size_t i = what->from; i < what->to; i++, y += what->text->leading) {
        const GhDocLine *line = &what->text->lines[i];
        double x = left_of_line(ink, what, line);
        for (GSList *l = line->pango->runs; l != NULL; l = l->next) {
            PangoGlyphItem *item = l->data;
            Glyphs glyphs = {.item = item, .x = x, .baseline = y};
            glyphs.width = scale * pango_glyph_string_get_width(item->glyphs) / PANGO_SCALE;
            glyphs.run = gh_doc_run_at(what->text->runs, (size_t)item->item->offset);
            x += glyphs.width;
            g_array_append_val(ink->glyphs, glyphs);
        }
    }
    g_array_sort(ink->glyphs, compare_glyphs);
}

static const GhDocRun *
run_of(const GhDocInkText *what, const Glyphs *glyphs)
{
    return &g_array_index(what->text->runs->runs, GhDocRun, glyphs->run);
}

static GhColour
colour_of(const GhDocInkText *what, GhDocRunKind kind)
{
    GhColour own = what->colour != GH_NO_COLOUR ? what->colour : what->text->style->colour;

    switch (kind) {
    case GH_DOC_RUN_SOFT:
        return GH_SOFT_INK;
    case GH_DOC_RUN_STRONG:
        return GH_INK;
    case GH_DOC_RUN_LINK:
    case GH_DOC_RUN_NOTE:
        return GH_ACCENT;
    case GH_DOC_RUN_PLAIN:
    case GH_DOC_RUN_MARK:
        return own;
    }
    g_assert_not_reached();
}

/* Marks are drawings of their own size, made once a document. */
static void
paint_mark(GhDocInk *ink, const GhDocInkText *what, const Glyphs *glyphs, int step)
{
    static const double SIZE = 20, RADIUS = 9;
    GhDrawing **mark = &ink->marks[step - 1];
    double radius = MARK_RADIUS * what->text->style->size, scale = radius / RADIUS;

    if (*mark == NULL) {
        *mark = gh_drawing_new(SIZE, SIZE, ink->document->lang, "", "");
        gh_drawing_mark(*mark, step, SIZE / 2, SIZE / 2, RADIUS, gh_palette_step(step));
    }
    paint_drawing(ink, *mark, glyphs->x + glyphs->width / 2 - scale * SIZE / 2,
                  glyphs->baseline - MARK_MIDDLE * what->text->style->size - scale * SIZE / 2,
                  scale);
}

static void
paint_glyphs(GhDocInk *ink, const GhDocInkText *what, const Glyphs *glyphs)
{
    const GhDocRun *run = run_of(what, glyphs);
    double rise = run->kind == GH_DOC_RUN_NOTE ? NOTE_RISE * what->text->style->size : 0;
    double scale = gh_doc_style_scale(what->text->style);

    if (run->kind == GH_DOC_RUN_MARK) {
        paint_mark(ink, what, glyphs, run->step);
        return;
    }

    set_colour(ink, colour_of(what, run->kind));
    cairo_save(ink->cr);
    cairo_translate(ink->cr, glyphs->x, glyphs->baseline - rise);
    cairo_scale(ink->cr, scale, scale);
    cairo_move_to(ink->cr, 0, 0);
    pango_cairo_show_glyph_item(ink->cr, what->text->runs->text->str, glyphs->item);
    cairo_restore(ink->cr);
    if (run->kind == GH_DOC_RUN_LINK) {
        cairo_rectangle(ink->cr, glyphs->x, glyphs->baseline + UNDERLINE_BELOW, glyphs->width,
                        UNDERLINE);
        cairo_fill(ink->cr);
    }
}

/* -- parts of a text with tags of their own -- */

static void
append_box(GString *out, const double box[4])
{
    for (int i = 0; i < 4; i++) {
        char number[G_ASCII_DTOSTR_BUF_SIZE];
        g_ascii_formatd(number, sizeof number, "%.2f", box[i]);
        g_string_append_printf(out, "%s ", number);
    }
}

/* Where a link can be touched: a box for each string of glyphs. */
static char *
link_attributes(const GhDocInkText *what, const Glyphs *glyphs, size_t n_glyphs, const char *uri)
{
    GString *out = g_string_new("rect=[");
    /* What cannot stand within quotes, or is not ASCII, is escaped. */
    g_autofree char *escaped = g_uri_escape_string(uri, "%:/?#[]@!$&()*+,;=", FALSE);

    for (size_t i = 0; i < n_glyphs; i++) {
        const double box[] = {glyphs[i].x, glyphs[i].baseline - what->text->style->size,
                              glyphs[i].width, 1.3 * what->text->style->size};
        append_box(out, box);
    }
    g_string_append_printf(out, "] uri='%s'", escaped);
    return g_string_free(out, FALSE);
}

static void
paint_note(GhDocInk *ink, size_t note)
{
    const GhDocPage *page = &g_array_index(ink->pages->pages, GhDocPage, ink->page);
    for (size_t i = page->notes_from; i < page->notes_to; i++) {
        const GhDocNoteLines *lines = &g_array_index(ink->pages->notes, GhDocNoteLines, i);
        if (lines->note == note)
            gh_doc_ink_note(ink, i);
    }
}

/* Parts of plain, strong and soft text are one. */
static bool
same_part(const GhDocInkText *what, const Glyphs *a, const Glyphs *b)
{
    return a->run == b->run
           || (run_of(what, a)->kind < GH_DOC_RUN_LINK && run_of(what, b)->kind < GH_DOC_RUN_LINK);
}

static void
paint_part(GhDocInk *ink, const GhDocInkText *what, const Glyphs *glyphs, size_t n_glyphs)
{
    const GhDocRun *run = run_of(what, glyphs);
    bool is_mark = run->kind == GH_DOC_RUN_MARK;
    bool spoken = !is_mark || (run->word != NULL && *run->word != '\0');
    const char *tag = is_mark                        ? "Figure"
                      : run->kind == GH_DOC_RUN_LINK ? "Link"
                      : run->kind == GH_DOC_RUN_NOTE ? "Reference"
                                                     : "Span";
    g_autofree char *attributes = NULL;

    if (run->kind == GH_DOC_RUN_LINK)
        attributes = link_attributes(what, glyphs, n_glyphs, run->word);
    if (is_mark && spoken)
        g_ptr_array_add(ink->alts, g_strdup(run->word));
    if (spoken)
        gh_doc_ink_tag(ink, tag, attributes);
    for (size_t i = 0; i < n_glyphs; i++)
        paint_glyphs(ink, what, &glyphs[i]);
    if (spoken)
        gh_doc_ink_end(ink, tag);
    if (run->kind == GH_DOC_RUN_NOTE)
        paint_note(ink, run->note);
}

static void
paint_parts(GhDocInk *ink, const GhDocInkText *what)
{
    g_autoptr(GArray) glyphs = g_steal_pointer(&ink->glyphs); /* a note gathers its own */
    const Glyphs *all = (const Glyphs *)(const void *)glyphs->data;

    ink->glyphs = g_array_new(FALSE, FALSE, sizeof(Glyphs));
    for (guint i = 0; i < glyphs->len;) {
        guint end = i + 1;
        while (end < glyphs->len && same_part(what, &all[i], &all[end]))
            end++;
        paint_part(ink, what, &all[i], end - i);
        i = end;
    }
}

void
gh_doc_ink_text(GhDocInk *ink, const GhDocInkText *what)
{
    bool one_tag = what->tag == NULL || (what->begins && what->ends && !what->text->runs->tagged);

    if (ink->glyphs == NULL)
        ink->glyphs = g_array_new(FALSE, FALSE, sizeof(Glyphs));
    gather(ink, what);
    if (what->tag != NULL && what->begins)
        gh_doc_ink_tag(ink, what->tag, NULL);
    if (!one_tag) {
        paint_parts(ink, what);
    } else {
        for (guint i = 0; i < ink->glyphs->len; i++)
            paint_glyphs(ink, what, &g_array_index(ink->glyphs, Glyphs, i));
    }
    if (what->tag != NULL && what->ends)
        gh_doc_ink_end(ink, what->tag);
}

void
gh_doc_ink_words(GhDocInk *ink, const char *words, GhDocStyleName style, double baseline,
                 double width, GhCellsAlign align)
{
    GhDocRuns *runs = gh_doc_runs_new_plain(words);
    g_autoptr(GhDocText) text = gh_doc_text_new(ink->flow->setter, runs, style, width);

    gh_doc_ink_text(ink, &(GhDocInkText){.text = text,
                                         .to = 1,
                                         .y = baseline - gh_doc_text_baseline(text),
                                         .width = width,
                                         .align = align});
    gh_doc_runs_free(runs);
}

double
gh_doc_ink_words_width(GhDocInk *ink, const char *words, GhDocStyleName style)
{
    GhDocRuns *runs = gh_doc_runs_new_plain(words);
    g_autoptr(GhDocText) text =
        gh_doc_text_new(ink->flow->setter, runs, style, ink->document->paper->width);
    double width = text->lines[0].width;

    gh_doc_runs_free(runs);
    return width;
}

/* -- places -- */

char *
gh_doc_target(const GhDocBlock *heading)
{
    return g_strdup_printf("h%" G_GSIZE_FORMAT, heading->heading);
}

void
gh_doc_ink_begin_jump(GhDocInk *ink, const GhDocBlock *heading, double y, double height)
{
    g_autofree char *target = gh_doc_target(heading);
    g_autofree char *attributes = NULL;
    double width = gh_document_text_width(ink->document);
    const double box[] = {left_of(ink, 0, width), y, width, height};
    GString *rect = g_string_new(NULL);

    append_box(rect, box);
    attributes = g_strdup_printf("rect=[%s] dest='%s'", rect->str, target);
    g_string_free(rect, TRUE);
    g_ptr_array_add(ink->links, g_strdup(heading->runs->text->str));
    gh_doc_ink_tag(ink, CAIRO_TAG_LINK, attributes);
}

void
gh_doc_ink_bookmark(GhDocInk *ink, const GhDocBlock *heading, double y)
{
    const char *text = heading->runs->text->str;
    g_autofree char *numbered =
        heading->label != NULL ? g_strdup_printf("%s %s", heading->label, text) : NULL;
    g_autofree char *place = g_strdup_printf("page=%d pos=[0 %d]", (int)ink->page + 1, (int)y);
    int parent = CAIRO_PDF_OUTLINE_ROOT;

    for (int level = 1; level < heading->level; level++)
        if (ink->bookmarks[level - 1] != 0)
            parent = ink->bookmarks[level - 1];
    ink->bookmarks[heading->level - 1] =
        cairo_pdf_surface_add_outline(ink->surface, parent, numbered != NULL ? numbered : text,
                                      place, CAIRO_PDF_OUTLINE_FLAG_OPEN);
    for (size_t i = (size_t)heading->level; i < G_N_ELEMENTS(ink->bookmarks); i++)
        ink->bookmarks[i] = 0;
}

void
gh_doc_ink_full_page(GhDocInk *ink, const GhDocBlock *block)
{
    const GhDocPaper *paper = ink->document->paper;
    double width = gh_drawing_width(block->drawing), height = gh_drawing_height(block->drawing);
    double scale = MIN(paper->width / width, paper->height / height);

    gh_doc_ink_tag(ink, "Figure", NULL);
    g_ptr_array_add(ink->alts, g_strdup(block->alt));
    cairo_save(ink->cr);
    gh_pdf_keep_tags(ink->cr, paper->width, paper->height);
    paint_drawing(ink, block->drawing, (paper->width - scale * width) / 2,
                  (paper->height - scale * height) / 2, scale);
    cairo_restore(ink->cr);
    gh_doc_ink_end(ink, "Figure");
}
