/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* document_style.c - how a document looks: one type family, few sizes, thin rules, much air. */
#include "draw/document/document_private.h"
#include "draw/font.h"

/* Sizes follow the scale of the pages (ui/theme/_tokens.scss), at print's size: 10 on 14.5 points for
 * text. Our choice. */
static const GhDocStyle STYLES[GH_DOC_N_STYLES] = {
    [GH_DOC_HEADING_1] = {.tag = "H1",
                          .size = 22,
                          .leading = 28,
                          .weight = GH_WEIGHT_BOLD,
                          .colour = GH_INK,
                          .before = 34,
                          .after = 12,
                          .head_room = 14},
    [GH_DOC_HEADING_2] = {.tag = "H2",
                          .size = 14,
                          .leading = 19,
                          .weight = GH_WEIGHT_BOLD,
                          .colour = GH_INK,
                          .before = 24,
                          .after = 6},
    [GH_DOC_HEADING_3] = {.tag = "H3",
                          .size = 10.5,
                          .leading = 15,
                          .weight = GH_WEIGHT_BOLD,
                          .colour = GH_ACCENT,
                          .before = 16,
                          .after = 3},
    [GH_DOC_BODY] =
        {.tag = "P", .size = 10, .leading = 14.5, .colour = GH_INK, .before = 0, .after = 8},
    [GH_DOC_LEAD] = {.tag = "P",
                     .size = 12.5,
                     .leading = 18.5,
                     .colour = GH_SOFT_INK,
                     .before = 0,
                     .after = 14},
    [GH_DOC_SMALL] =
        {.tag = "P", .size = 8.5, .leading = 12, .colour = GH_SOFT_INK, .before = 0, .after = 6},
    [GH_DOC_QUOTE] = {.tag = "P",
                      .size = 9.5,
                      .leading = 14,
                      .colour = GH_INK,
                      .before = 8,
                      .after = 12,
                      .indent = 16},
    [GH_DOC_ITEM] = {.tag = "LBody",
                     .size = 10,
                     .leading = 14.5,
                     .colour = GH_INK,
                     .before = 0,
                     .after = 4,
                     .indent = 18},
    [GH_DOC_CAPTION] = {.tag = "Caption",
                        .size = 8.5,
                        .leading = 12,
                        .colour = GH_SOFT_INK,
                        .before = 12,
                        .after = 6},
    [GH_DOC_CELL] = {.tag = "TD", .size = 8.5, .leading = 11.5, .colour = GH_INK},
    [GH_DOC_CELL_HEAD] =
        {.tag = "TH", .size = 8, .leading = 11, .weight = GH_WEIGHT_BOLD, .colour = GH_SOFT_INK},
    [GH_DOC_CELL_GROUP] =
        {.tag = "TH", .size = 9, .leading = 12.5, .weight = GH_WEIGHT_BOLD, .colour = GH_ACCENT},
    [GH_DOC_NOTE] = {.tag = "Note", .size = 8, .leading = 11, .colour = GH_SOFT_INK, .indent = 14},
    [GH_DOC_ENTRY_1] = {.tag = "Link",
                        .size = 10.5,
                        .leading = 15,
                        .weight = GH_WEIGHT_BOLD,
                        .colour = GH_INK,
                        .before = 8,
                        .after = 2},
    [GH_DOC_ENTRY_2] = {.tag = "Link",
                        .size = 10,
                        .leading = 14.5,
                        .colour = GH_INK,
                        .before = 2,
                        .after = 2,
                        .indent = 16},
    [GH_DOC_ENTRY_3] = {.tag = "Link",
                        .size = 9,
                        .leading = 13,
                        .colour = GH_SOFT_INK,
                        .before = 1,
                        .after = 1,
                        .indent = 34},
    [GH_DOC_RUNNING] = {.size = 8, .leading = 11, .colour = GH_SOFT_INK},
};

/* ISO 216 and ANSI Letter in points; text about 465 wide on both. */
static const GhDocPaper PAPERS[] = {
    [GH_PAPER_A4] = {.width = 595.28, .height = 841.89, .side = 66, .top = 78, .bottom = 78},
    [GH_PAPER_LETTER] = {.width = 612, .height = 792, .side = 73, .top = 76, .bottom = 74},
};

const GhDocStyle *
gh_doc_style(GhDocStyleName name)
{
    return &STYLES[name];
}

double
gh_doc_style_scale(const GhDocStyle *style)
{
    return style->size / GH_FONT_SIZE;
}

const GhDocPaper *
gh_doc_paper(GhPaper paper)
{
    return &PAPERS[paper];
}
