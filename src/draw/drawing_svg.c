/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* drawing_svg.c - a drawing as SVG with real text. See drawing.h.
 *
 * Everything is an attribute: the pages' content policy allows no inline style. What most texts have in
 * common stands once, at the root.
 */
#include <string.h>

#include "draw/clean.h"
#include "draw/drawing_private.h"
#include "draw/font.h"
#include "draw/hatch.h"
#include "draw/svg_write.h"

/* How a text looks. */
typedef struct {
    double size;
    GhColour colour;
    GhWeight weight;
    const char *anchor; /* SVG's word */
    gint64 n_texts;
} Look;

/* What must be known before the first element is written. */
typedef struct {
    GArray *looks;   /* of Look, most drawings have two */
    GArray *hatches; /* of GhPaint, one of each pair of colours */
} Survey;

typedef struct {
    GString *out;
    const char *id_prefix;
    const GArray *hatches;
    Look shared; /* what the root has */
    bool rtl;
    GString *open;    /* letters of the elements of open parts */
    unsigned n_links; /* how deep in parts, from a link on */
} Svg;

static bool
is_rtl(const GhLang *lang)
{
    return strcmp(gh_lang_direction(lang), "rtl") == 0;
}

/* SVG's anchors follow the direction of the text, ours are the sides of the paper. */
static const char *
anchor_word(GhAnchor anchor, bool rtl)
{
    switch (anchor) {
    case GH_ANCHOR_LEFT:
        return rtl ? "end" : "start";
    case GH_ANCHOR_MIDDLE:
        return "middle";
    case GH_ANCHOR_RIGHT:
        return rtl ? "start" : "end";
    }
    g_assert_not_reached();
}

/* -- the survey -- */

static void
count_look(GArray *looks, const GhTextStyle *style, const char *anchor)
{
    Look look = {.size = style->size,
                 .colour = style->colour,
                 .weight = style->weight,
                 .anchor = anchor,
                 .n_texts = 1};

    for (guint i = 0; i < looks->len; i++) {
        Look *known = &g_array_index(looks, Look, i);
        if (known->size == look.size && known->colour == look.colour && known->weight == look.weight
            && known->anchor == look.anchor) {
            known->n_texts++;
            return;
        }
    }
    g_array_append_val(looks, look);
}

/* The index among the hatches, or their number. */
static guint
hatch_index(const GArray *hatches, const GhPaint *paint)
{
    guint i = 0;

    while (i < hatches->len) {
        const GhPaint *known = &g_array_index(hatches, GhPaint, i);
        if (known->fill == paint->fill && known->stroke == paint->stroke)
            break;
        i++;
    }
    return i;
}

static void
survey_drawing(const GhDrawing *drawing, Survey *survey)
{
    bool rtl = is_rtl(drawing->lang);

    for (guint i = 0; i < drawing->items->len; i++) {
        const GhItem *item = gh_drawing_item(drawing, i);
        if (item->kind == GH_ITEM_TEXT)
            count_look(survey->looks, &item->style, anchor_word(item->style.anchor, rtl));
        if (item->paint.fill_style == GH_FILL_HATCHED
            && hatch_index(survey->hatches, &item->paint) == survey->hatches->len)
            g_array_append_val(survey->hatches, item->paint);
        if (item->kind == GH_ITEM_DRAWING)
            survey_drawing(item->drawing, survey);
    }
}

/* The look of most texts; the first of several. Shapes inherit the colour, so it must be opaque. */
static Look
choose_shared(const GArray *looks)
{
    Look shared = {.size = 0, .colour = 0xff000000, .weight = GH_WEIGHT_REGULAR, .anchor = "start"};

    for (guint i = 0; i < looks->len; i++) {
        const Look *look = &g_array_index(looks, Look, i);
        if (look->n_texts > shared.n_texts && look->colour >> 24 == 0xff)
            shared = *look;
    }
    return shared;
}

/* -- parts -- */

/* Whether anything from item first on, up to the end of the part it lies in, takes the keyboard. */
static bool
has_interactive(const GhDrawing *drawing, guint first)
{
    int depth = 0;

    for (guint i = first; depth >= 0 && i < drawing->items->len; i++) {
        const GhItem *item = gh_drawing_item(drawing, i);
        if (item->link != NULL || item->focusable)
            return true;
        if (item->kind == GH_ITEM_DRAWING && has_interactive(item->drawing, 0))
            return true;
        depth += (item->kind == GH_ITEM_BEGIN_PART) - (item->kind == GH_ITEM_END_PART);
    }
    return false;
}

static void
write_title(GString *out, const char *title)
{
    if (*title == '\0')
        return;
    g_string_append(out, "<title>");
    gh_svg_text(out, title);
    g_string_append(out, "</title>");
}

static void
begin_part(Svg *svg, const GhDrawing *drawing, guint index)
{
    const GhItem *part = gh_drawing_item(drawing, index);
    bool is_link = part->link != NULL && svg->n_links == 0;
    bool is_focusable = !is_link && part->focusable && svg->n_links == 0;
    /* A link without a name would say nothing to those who hear it. */
    const char *name = *part->text == '\0' && is_link ? part->link : part->text;

    g_string_append(svg->out, is_link ? "<a" : "<g");
    if (part->id != NULL)
        gh_svg_attribute(svg->out, "id", part->id);
    if (is_link)
        gh_svg_attribute(svg->out, "href", part->link);
    if (is_focusable) {
        gh_svg_attribute(svg->out, "tabindex", "0");
        /* What is inside an image cannot be reached. */
        gh_svg_attribute(svg->out, "role", has_interactive(drawing, index + 1) ? "group" : "img");
    }
    if (is_link || is_focusable)
        gh_svg_attribute(svg->out, "aria-label", name);
    g_string_append_c(svg->out, '>');
    write_title(svg->out, name);
    g_string_append_c(svg->open, is_link ? 'a' : 'g');
    svg->n_links += is_link || svg->n_links > 0;
}

static void
end_part(Svg *svg)
{
    g_string_append_printf(svg->out, "</%c>", svg->open->str[svg->open->len - 1]);
    g_string_truncate(svg->open, svg->open->len - 1);
    if (svg->n_links > 0)
        svg->n_links--;
}

/* -- shapes -- */

static void
write_fill(Svg *svg, const GhPaint *paint)
{
    if (paint->fill_style == GH_FILL_HATCHED) {
        g_string_append_printf(svg->out, " fill=\"url(#%s-h%u)\"", svg->id_prefix,
                               hatch_index(svg->hatches, paint));
    } else if (paint->fill != svg->shared.colour) {
        gh_svg_colour_attribute(svg->out, "fill", paint->fill);
    }
}

static void
write_stroke(Svg *svg, const GhPaint *paint)
{
    if (paint->stroke == GH_NO_COLOUR)
        return;
    gh_svg_colour_attribute(svg->out, "stroke", paint->stroke);
    if (paint->stroke_width != 1)
        gh_svg_number_attribute(svg->out, "stroke-width", paint->stroke_width);
    if (paint->dash > 0)
        gh_svg_number_attribute(svg->out, "stroke-dasharray", paint->dash);
}

static void
end_shape(Svg *svg, const GhPaint *paint)
{
    write_fill(svg, paint);
    write_stroke(svg, paint);
    g_string_append(svg->out, "/>");
}

static void
write_rect(Svg *svg, const GhItem *item)
{
    g_string_append(svg->out, "<rect");
    gh_svg_number_attribute(svg->out, "x", item->x);
    gh_svg_number_attribute(svg->out, "y", item->y);
    gh_svg_number_attribute(svg->out, "width", item->width);
    gh_svg_number_attribute(svg->out, "height", item->height);
    end_shape(svg, &item->paint);
}

static void
write_circle(Svg *svg, const GhItem *item)
{
    g_string_append(svg->out, "<circle");
    gh_svg_number_attribute(svg->out, "cx", item->x);
    gh_svg_number_attribute(svg->out, "cy", item->y);
    gh_svg_number_attribute(svg->out, "r", item->radius);
    end_shape(svg, &item->paint);
}

static void
write_line(Svg *svg, const GhItem *item)
{
    g_string_append(svg->out, "<line");
    gh_svg_number_attribute(svg->out, "x1", item->x);
    gh_svg_number_attribute(svg->out, "y1", item->y);
    gh_svg_number_attribute(svg->out, "x2", item->x + item->width);
    gh_svg_number_attribute(svg->out, "y2", item->y + item->height);
    /* A line has no inside. */
    write_stroke(svg, &item->paint);
    g_string_append(svg->out, "/>");
}

static void
write_step(GString *out, const GhPathStep *step)
{
    switch (step->kind) {
    case GH_STEP_MOVE:
        g_string_append_c(out, 'M');
        gh_svg_numbers(out, 2, (const double[]){step->x, step->y});
        return;
    case GH_STEP_LINE:
        g_string_append_c(out, 'L');
        gh_svg_numbers(out, 2, (const double[]){step->x, step->y});
        return;
    case GH_STEP_CURVE:
        g_string_append_c(out, 'C');
        gh_svg_numbers(out, 6,
                       (const double[]){step->x1, step->y1, step->x2, step->y2, step->x, step->y});
        return;
    case GH_STEP_ARC:
        g_string_append_c(out, 'A');
        gh_svg_numbers(out, 7,
                       (const double[]){step->radius, step->radius, 0, 0, step->end > step->start,
                                        step->x, step->y});
        return;
    case GH_STEP_CLOSE:
        g_string_append_c(out, 'Z');
        return;
    }
    g_assert_not_reached();
}

static void
write_path(Svg *svg, const GhDrawing *drawing, const GhItem *item)
{
    const GhPathStep *steps = gh_drawing_steps(drawing, item);

    g_string_append(svg->out, "<path d=\"");
    for (size_t i = 0; i < item->n; i++)
        write_step(svg->out, &steps[i]);
    g_string_append_c(svg->out, '"');
    end_shape(svg, &item->paint);
}

/* -- texts -- */

static void
write_text(Svg *svg, const GhItem *item, bool rtl)
{
    GString *out = svg->out;
    const GhTextStyle *style = &item->style;
    const char *anchor = anchor_word(style->anchor, rtl);

    g_string_append(out, "<text");
    gh_svg_number_attribute(out, "x", item->x);
    gh_svg_number_attribute(out, "y", item->y);
    if (style->rotation != 0) {
        g_string_append(out, " transform=\"rotate(");
        gh_svg_numbers(out, 3, (const double[]){style->rotation, item->x, item->y});
        g_string_append(out, ")\"");
    }
    if (style->size != svg->shared.size)
        gh_svg_number_attribute(out, "font-size", style->size);
    if (style->weight != svg->shared.weight)
        gh_svg_attribute(out, "font-weight", style->weight == GH_WEIGHT_BOLD ? "700" : "400");
    if (anchor != svg->shared.anchor)
        gh_svg_attribute(out, "text-anchor", anchor);
    if (style->colour != svg->shared.colour)
        gh_svg_colour_attribute(out, "fill", style->colour);
    g_string_append_c(out, '>');
    gh_svg_text(out, item->text);
    g_string_append(out, "</text>");
}

/* -- all of it -- */

static void write_items(Svg *svg, const GhDrawing *drawing);

static void
write_inner(Svg *svg, const GhItem *item)
{
    bool rtl = is_rtl(item->drawing->lang);

    g_string_append(svg->out, "<g transform=\"translate(");
    gh_svg_numbers(svg->out, 2, (const double[]){item->x, item->y});
    g_string_append_c(svg->out, ')');
    if (item->factor != 1) {
        char factor[G_ASCII_DTOSTR_BUF_SIZE];
        g_string_append_printf(svg->out, "scale(%s)",
                               g_ascii_formatd(factor, sizeof(factor), "%.6g", item->factor));
    }
    g_string_append_c(svg->out, '"');
    if (rtl != svg->rtl)
        gh_svg_attribute(svg->out, "direction", rtl ? "rtl" : "ltr");
    g_string_append_c(svg->out, '>');
    write_items(svg, item->drawing);
    g_string_append(svg->out, "</g>");
}

static void
write_items(Svg *svg, const GhDrawing *drawing)
{
    bool rtl = is_rtl(drawing->lang);

    g_assert(drawing->n_open_parts == 0);
    for (guint i = 0; i < drawing->items->len; i++) {
        const GhItem *item = gh_drawing_item(drawing, i);
        switch (item->kind) {
        case GH_ITEM_BEGIN_PART:
            begin_part(svg, drawing, i);
            break;
        case GH_ITEM_END_PART:
            end_part(svg);
            break;
        case GH_ITEM_RECT:
            write_rect(svg, item);
            break;
        case GH_ITEM_CIRCLE:
            write_circle(svg, item);
            break;
        case GH_ITEM_LINE:
            write_line(svg, item);
            break;
        case GH_ITEM_PATH:
            write_path(svg, drawing, item);
            break;
        case GH_ITEM_TEXT:
            write_text(svg, item, rtl);
            break;
        case GH_ITEM_DRAWING:
            write_inner(svg, item);
            break;
        }
    }
}

static void
write_root(const Svg *svg, const GhDrawing *drawing, GhSvgForm form)
{
    GString *out = svg->out;

    if (form == GH_SVG_FILE) {
        g_string_append(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                             "<svg xmlns=\"http://www.w3.org/2000/svg\"");
        gh_svg_attribute(out, "xml:lang", gh_lang_tag(drawing->lang));
    } else {
        g_string_append(out, "<svg class=\"drawing\"");
    }
    g_string_append(out, " viewBox=\"0 0 ");
    gh_svg_numbers(out, 2, (const double[]){drawing->width, drawing->height});
    g_string_append_c(out, '"');
    gh_svg_number_attribute(out, "width", drawing->width);
    gh_svg_number_attribute(out, "height", drawing->height);
    /* The children of an image cannot be reached, those of a group can. */
    gh_svg_attribute(out, "role", has_interactive(drawing, 0) ? "group" : "img");
    g_string_append_printf(out, " aria-labelledby=\"%s-t", svg->id_prefix);
    if (*drawing->description != '\0')
        g_string_append_printf(out, " %s-d", svg->id_prefix);
    g_string_append_c(out, '"');
    /* Also left to right: the page around may not be. */
    gh_svg_attribute(out, "direction", svg->rtl ? "rtl" : "ltr");
}

static void
write_shared(const Svg *svg, const GhDrawing *drawing, GhSvgForm form)
{
    const Look *shared = &svg->shared;

    /* Without texts, what SVG begins with. */
    if (shared->n_texts == 0)
        return;
    gh_svg_colour_attribute(svg->out, "fill", shared->colour);
    /* A page's drawings speak in the page's own font. */
    if (form == GH_SVG_FILE)
        gh_svg_attribute(svg->out, "font-family", gh_font_css_families(drawing->lang));
    gh_svg_number_attribute(svg->out, "font-size", shared->size);
    if (shared->weight == GH_WEIGHT_BOLD)
        gh_svg_attribute(svg->out, "font-weight", "700");
    if (strcmp(shared->anchor, "start") != 0)
        gh_svg_attribute(svg->out, "text-anchor", shared->anchor);
}

static void
write_head(const Svg *svg, const GhDrawing *drawing, GhSvgForm form)
{
    g_string_append_printf(svg->out, "><title id=\"%s-t\">", svg->id_prefix);
    gh_svg_text(svg->out, drawing->title);
    g_string_append(svg->out, "</title>");
    if (*drawing->description != '\0') {
        g_string_append_printf(svg->out, "<desc id=\"%s-d\">", svg->id_prefix);
        gh_svg_text(svg->out, drawing->description);
        g_string_append(svg->out, "</desc>");
    }
    if (form == GH_SVG_FILE)
        g_string_append(svg->out, "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>");
}

/* One tile of a hatch: a line from corner to corner, and the ends of its neighbours' in the other two
 * corners. */
static void
write_hatch(const Svg *svg, guint index)
{
    const GhPaint *paint = &g_array_index(svg->hatches, GhPaint, index);
    const double step = GH_HATCH_STEP;

    g_string_append_printf(svg->out, "<pattern id=\"%s-h%u\" patternUnits=\"userSpaceOnUse\"",
                           svg->id_prefix, index);
    gh_svg_number_attribute(svg->out, "width", step);
    gh_svg_number_attribute(svg->out, "height", step);
    g_string_append_c(svg->out, '>');
    if (paint->fill != GH_NO_COLOUR) {
        g_string_append(svg->out, "<rect width=\"100%\" height=\"100%\"");
        gh_svg_colour_attribute(svg->out, "fill", paint->fill);
        g_string_append(svg->out, "/>");
    }
    g_string_append(svg->out, "<path d=\"M");
    gh_svg_numbers(svg->out, 4, (const double[]){-1, 1, 1, -1});
    g_string_append_c(svg->out, 'M');
    gh_svg_numbers(svg->out, 4, (const double[]){0, step, step, 0});
    g_string_append_c(svg->out, 'M');
    gh_svg_numbers(svg->out, 4, (const double[]){step - 1, step + 1, step + 1, step - 1});
    g_string_append_c(svg->out, '"');
    gh_svg_colour_attribute(svg->out, "stroke", paint->stroke);
    gh_svg_number_attribute(svg->out, "stroke-width", GH_HATCH_WIDTH);
    g_string_append(svg->out, "/></pattern>");
}

void
gh_drawing_svg(const GhDrawing *drawing, GhSvgForm form, const char *id_prefix, GString *out)
{
    g_autoptr(GArray) looks = g_array_new(FALSE, FALSE, sizeof(Look));
    g_autoptr(GArray) hatches = g_array_new(FALSE, FALSE, sizeof(GhPaint));
    g_autoptr(GString) open = g_string_new(NULL);
    Survey survey = {.looks = looks, .hatches = hatches};

    g_assert(gh_clean_is_id(id_prefix));
    survey_drawing(drawing, &survey);

    Svg svg = {.out = out,
               .id_prefix = id_prefix,
               .hatches = hatches,
               .open = open,
               .shared = choose_shared(looks),
               .rtl = is_rtl(drawing->lang)};
    write_root(&svg, drawing, form);
    write_shared(&svg, drawing, form);
    write_head(&svg, drawing, form);
    for (guint i = 0; i < hatches->len; i++)
        write_hatch(&svg, i);
    write_items(&svg, drawing);
    g_string_append(out, form == GH_SVG_FILE ? "</svg>\n" : "</svg>");
}
