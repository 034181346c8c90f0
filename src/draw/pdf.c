/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* pdf.c - a tagged PDF from cairo, finished through qpdf. */
#include "draw/pdf.h"

#include <qpdf/qpdf-c.h>
#include <stdlib.h>

#include "draw/drawing.h"

enum {
    DEPTH_MAX = 64, /* of the structure tree; ours are about ten deep */
};

/* NB: a handle lives until it is released or the file is cleaned up; long loops release theirs. */
typedef struct {
    qpdf_data file;
    const GhPdfWords *words;
    size_t alt, link, summary, cell, span; /* how many have been met */
} Finish;

static void
file_cleanup(qpdf_data *file)
{
    if (*file != NULL)
        qpdf_cleanup(file);
}

static bool
check_file(qpdf_data file, const char *doing, GError **error)
{
    if (!qpdf_has_error(file))
        return true;

    g_set_error(error, GH_DRAW_ERROR, GH_DRAW_ERROR_OUTPUT, "%s a PDF: %s", doing,
                qpdf_get_error_full_text(file, qpdf_get_error(file)));
    return false;
}

/* -- values of dictionaries -- */

static void
take_key(qpdf_data file, qpdf_oh dict, const char *key, qpdf_oh value)
{
    qpdf_oh_replace_key(file, dict, key, value);
    qpdf_oh_release(file, value);
}

static void
set_text(qpdf_data file, qpdf_oh dict, const char *key, const char *text)
{
    g_autofree char *valid = NULL;

    if (text == NULL)
        return;
    valid = g_utf8_make_valid(text, -1);
    take_key(file, dict, key, qpdf_oh_new_unicode_string(file, valid));
}

static void
set_name(qpdf_data file, qpdf_oh dict, const char *key, const char *name)
{
    take_key(file, dict, key, qpdf_oh_new_name(file, name));
}

/* -- the structure tree -- */

/* An attribute of the owner Table, beside those that are already there. */
static void
set_attribute(qpdf_data file, qpdf_oh element, const char *key, qpdf_oh value)
{
    if (!qpdf_oh_has_key(file, element, "/A")) {
        qpdf_oh fresh = qpdf_oh_new_dictionary(file);
        set_name(file, fresh, "/O", "/Table");
        take_key(file, element, "/A", fresh);
    }
    qpdf_oh attributes = qpdf_oh_get_key(file, element, "/A");
    take_key(file, attributes, key, value);
    qpdf_oh_release(file, attributes);
}

static void
finish_cell(Finish *f, qpdf_oh element, bool is_head, bool in_head)
{
    const GhPdfWords *w = f->words;
    size_t cell = f->cell++;

    if (is_head)
        set_attribute(f->file, element, "/Scope",
                      qpdf_oh_new_name(f->file, in_head ? "/Column" : "/Row"));
    if (f->span >= w->n_spans || w->spans[f->span].cell != cell)
        return;

    const GhPdfSpan *span = &w->spans[f->span++];
    if (span->rows > 1)
        set_attribute(f->file, element, "/RowSpan", qpdf_oh_new_integer(f->file, span->rows));
    if (span->columns > 1)
        set_attribute(f->file, element, "/ColSpan", qpdf_oh_new_integer(f->file, span->columns));
}

static void
finish_figure(Finish *f, qpdf_oh element)
{
    size_t figure = f->alt++;
    if (figure < f->words->n_alts)
        set_text(f->file, element, "/Alt", f->words->alts[figure]);
}

static void
finish_table(Finish *f, qpdf_oh element)
{
    size_t table = f->summary++;
    if (table < f->words->n_summaries && f->words->summaries[table] != NULL)
        set_attribute(f->file, element, "/Summary",
                      qpdf_oh_new_unicode_string(f->file, f->words->summaries[table]));
}

/* What is heard of a link: its address, or for a place in the document the words for it. */
static void
finish_annotation(Finish *f, qpdf_oh annotation)
{
    if (qpdf_oh_has_key(f->file, annotation, "/A")) {
        qpdf_oh action = qpdf_oh_get_key(f->file, annotation, "/A");
        take_key(f->file, annotation, "/Contents", qpdf_oh_get_key(f->file, action, "/URI"));
        qpdf_oh_release(f->file, action);
        return;
    }

    size_t link = f->link++;
    if (link < f->words->n_links)
        set_text(f->file, annotation, "/Contents", f->words->links[link]);
}

/* The link's annotation stands among the element's kids. */
static void
finish_link(Finish *f, qpdf_oh element)
{
    qpdf_oh kids = qpdf_oh_get_key(f->file, element, "/K");
    int n_kids = qpdf_oh_is_array(f->file, kids) ? qpdf_oh_get_array_n_items(f->file, kids) : 0;

    for (int i = 0; i < n_kids; i++) {
        qpdf_oh kid = qpdf_oh_get_array_item(f->file, kids, i);
        if (qpdf_oh_is_dictionary_of_type(f->file, kid, "/OBJR", NULL)) {
            qpdf_oh annotation = qpdf_oh_get_key(f->file, kid, "/Obj");
            finish_annotation(f, annotation);
            qpdf_oh_release(f->file, annotation);
        }
        qpdf_oh_release(f->file, kid);
    }
    qpdf_oh_release(f->file, kids);
}

static bool finish_element(Finish *f, qpdf_oh element, bool in_head, int depth, GError **error);

/* Kids are elements, numbers of marked content, and references to annotations: one, or an array. */
static bool
finish_kids(Finish *f, qpdf_oh element, bool in_head, int depth, GError **error)
{
    qpdf_oh kids = qpdf_oh_get_key(f->file, element, "/K");
    bool fine = true;

    if (qpdf_oh_is_array(f->file, kids)) {
        int n_kids = qpdf_oh_get_array_n_items(f->file, kids);
        for (int i = 0; i < n_kids && fine; i++) {
            qpdf_oh kid = qpdf_oh_get_array_item(f->file, kids, i);
            fine = finish_element(f, kid, in_head, depth, error);
            qpdf_oh_release(f->file, kid);
        }
    } else {
        fine = finish_element(f, kids, in_head, depth, error);
    }
    qpdf_oh_release(f->file, kids);
    return fine;
}

static bool
finish_element(Finish *f, qpdf_oh element, bool in_head, int depth, GError **error)
{
    if (!qpdf_oh_is_dictionary(f->file, element) || !qpdf_oh_has_key(f->file, element, "/S"))
        return true;
    if (depth > DEPTH_MAX) {
        g_set_error(error, GH_DRAW_ERROR, GH_DRAW_ERROR_OUTPUT,
                    "the structure of a PDF is deeper than %d", (int)DEPTH_MAX);
        return false;
    }

    qpdf_oh kind = qpdf_oh_get_key(f->file, element, "/S");
    const char *name = qpdf_oh_get_name(f->file, kind);
    bool is_head = g_str_equal(name, "/TH");
    in_head = in_head || g_str_equal(name, "/THead");
    if (is_head || g_str_equal(name, "/TD"))
        finish_cell(f, element, is_head, in_head);
    else if (g_str_equal(name, "/Figure"))
        finish_figure(f, element);
    else if (g_str_equal(name, "/Link"))
        finish_link(f, element);
    else if (g_str_equal(name, "/Table"))
        finish_table(f, element);
    qpdf_oh_release(f->file, kind);
    return finish_kids(f, element, in_head, depth + 1, error);
}

/* A text on the wrong picture is worse than none. */
static bool
check_count(const char *what, size_t found, size_t given, GError **error)
{
    if (found == given)
        return true;

    g_set_error(error, GH_DRAW_ERROR, GH_DRAW_ERROR_OUTPUT,
                "expected as many texts as %s in a PDF: %" G_GSIZE_FORMAT
                " texts for %" G_GSIZE_FORMAT,
                what, given, found);
    return false;
}

static bool
finish_structure(Finish *f, qpdf_oh root, GError **error)
{
    const GhPdfWords *w = f->words;

    qpdf_oh tree = qpdf_oh_get_key(f->file, root, "/StructTreeRoot");
    if (qpdf_oh_is_dictionary(f->file, tree) && !finish_kids(f, tree, false, 0, error))
        return false;
    if (!check_count("figures", f->alt, w->n_alts, error))
        return false;
    if (w->n_links > 0 && !check_count("links", f->link, w->n_links, error))
        return false;
    if (w->n_summaries > 0 && !check_count("tables", f->summary, w->n_summaries, error))
        return false;
    return check_count("joined cells", f->span, w->n_spans, error);
}

/* -- pages -- */

static bool
finish_page(qpdf_data file, qpdf_oh page, GError **error)
{
    unsigned char *content = NULL;
    size_t n_content = 0;

    qpdf_oh stream = qpdf_oh_get_key(file, page, "/Contents");
    if (qpdf_oh_get_page_content_data(file, page, &content, &n_content) & QPDF_ERRORS)
        return check_file(file, "reading a page of", error);

    g_autoptr(GString) marked = gh_pdf_mark_artifacts((const char *)content, n_content);
    free(content);
    qpdf_oh none = qpdf_oh_new_null(file);
    qpdf_oh_replace_stream_data(file, stream, (const unsigned char *)marked->str, marked->len, none,
                                none);
    set_name(file, page, "/Tabs", "/S");
    qpdf_oh_release(file, none);
    qpdf_oh_release(file, stream);
    return true;
}

static bool
finish_pages(qpdf_data file, GError **error)
{
    int n_pages = qpdf_get_num_pages(file);
    if (n_pages < 0)
        return check_file(file, "reading the pages of", error);

    for (int i = 0; i < n_pages; i++) {
        qpdf_oh page = qpdf_get_page_n(file, (size_t)i);
        bool fine = finish_page(file, page, error);
        qpdf_oh_release(file, page);
        if (!fine)
            return false;
    }
    return true;
}

/* -- the file as a whole -- */

static void
finish_catalog(qpdf_data file, qpdf_oh root, const GhPdfWords *words)
{
    set_text(file, root, "/Lang", words->lang);

    qpdf_oh mark_info = qpdf_oh_new_dictionary(file);
    take_key(file, mark_info, "/Marked", qpdf_oh_new_bool(file, QPDF_TRUE));
    take_key(file, root, "/MarkInfo", mark_info);

    qpdf_oh viewer = qpdf_oh_new_dictionary(file);
    take_key(file, viewer, "/DisplayDocTitle", qpdf_oh_new_bool(file, QPDF_TRUE));
    if (words->right_to_left)
        set_name(file, viewer, "/Direction", "/R2L");
    take_key(file, root, "/ViewerPreferences", viewer);
}

/* cairo 1.16 writes the number of open bookmarks with a minus, which means closed. */
static void
finish_bookmarks(qpdf_data file, qpdf_oh root)
{
    qpdf_oh outlines = qpdf_oh_get_key(file, root, "/Outlines");
    qpdf_oh count = qpdf_oh_get_key_if_dict(file, outlines, "/Count");
    if (!qpdf_oh_is_integer(file, count))
        return;

    take_key(file, outlines, "/Count",
             qpdf_oh_new_integer(file, llabs(qpdf_oh_get_int_value(file, count))));
    set_name(file, root, "/PageMode", "/UseOutlines");
}

static void
finish_info(qpdf_data file, const GhPdfWords *words)
{
    qpdf_oh info = qpdf_oh_new_dictionary(file);
    set_text(file, info, "/Title", words->title);
    set_text(file, info, "/Author", words->author);
    set_text(file, info, "/Subject", words->subject);
    set_text(file, info, "/Keywords", words->keywords);
    set_text(file, info, "/Producer", "Guildhall");

    g_autoptr(GDateTime) made = g_date_time_new_from_unix_utc(words->made_us / G_USEC_PER_SEC);
    if (words->made_us != 0 && made != NULL) {
        g_autofree char *date = g_date_time_format(made, "D:%Y%m%d%H%M%SZ");
        set_text(file, info, "/CreationDate", date);
        set_text(file, info, "/ModDate", date);
    }

    qpdf_oh trailer = qpdf_get_trailer(file);
    take_key(file, trailer, "/Info", qpdf_make_indirect_object(file, info));
}

static GBytes *
write_file(qpdf_data file, GError **error)
{
    if (!check_file(file, "changing", error))
        return NULL;
    if (qpdf_init_write_memory(file) & QPDF_ERRORS) {
        (void)check_file(file, "writing", error);
        return NULL;
    }

    qpdf_set_object_stream_mode(file, qpdf_o_generate);
    qpdf_set_deterministic_ID(file, QPDF_TRUE);
    if (qpdf_write(file) & QPDF_ERRORS) {
        (void)check_file(file, "writing", error);
        return NULL;
    }
    return g_bytes_new(qpdf_get_buffer(file), qpdf_get_buffer_length(file));
}

void
gh_pdf_keep_tags(cairo_t *cr, double width, double height)
{
    static const double HAIR = 0.01; /* of a point: nobody sees it */

    cairo_rectangle(cr, 0, 0, width - HAIR, height - HAIR);
    cairo_clip(cr);
}

GBytes *
gh_pdf_finish(GBytes *pdf, const GhPdfWords *words, GError **error)
{
    __attribute__((cleanup(file_cleanup))) qpdf_data file = qpdf_init();
    Finish finish = {.file = file, .words = words};
    gsize n_bytes = 0;
    const char *bytes = g_bytes_get_data(pdf, &n_bytes);

    qpdf_silence_errors(file);
    qpdf_set_suppress_warnings(file, QPDF_TRUE);
    qpdf_set_attempt_recovery(file, QPDF_FALSE);
    if (qpdf_read_memory(file, "document", bytes, n_bytes, NULL) & QPDF_ERRORS) {
        (void)check_file(file, "reading", error);
        return NULL;
    }

    qpdf_oh root = qpdf_get_root(file);
    finish_catalog(file, root, words);
    finish_bookmarks(file, root);
    finish_info(file, words);
    if (!finish_structure(&finish, root, error) || !finish_pages(file, error))
        return NULL;
    return write_file(file, error);
}
