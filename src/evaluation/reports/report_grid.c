/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_grid.c - the snapshot's last page: top groups side by side, in each the groups of the next
 * level with their lowest groups, all with score, mark and colour of the band.
 *
 * Which lowest groups stand in a group between is told by the KPIs they share: they need not nest, so
 * that one may stand in two (source: U4SSC City Snapshot of Aukra, 2021, p. 4).
 *
 * It is drawn smaller, down to a limit, where it would not fit one page. What does not fit even so goes on
 * in the same column of a further drawing, under its top group's name; more top groups than columns fill
 * further drawings. */
#include "draw/charts/shown.h"
#include "draw/text.h"
#include "evaluation/charts/city_charts.h"
#include "evaluation/reports/report_private.h"
#include "evaluation/words/say.h"

/* All lengths in points, of our choice, by eye. */
static const double GUTTER = 16;
static const double PAD = 6;
static const double CHIP = 17;       /* side of the square that has the band's colour */
static const double MARK_RADIUS = 5; /* in it */
static const double NUMBER_ROOM_LEAST = 34;
static const double COVERAGE_SIZE = 7;
static const double LEADING = 1.25;

enum {
    COLUMNS = 3,
    LINES_MAX = 3,
    LEVEL_BETWEEN = 1, /* of frameworks with three levels or more */
};

typedef enum {
    ROW_TOP,
    ROW_BETWEEN,
    ROW_LOWEST,
} RowKind;

static const struct {
    double size; /* of the name */
    GhWeight weight;
    double before; /* room above */
    double least;  /* height at least, without the room above */
} ROWS[] = {
    [ROW_TOP] = {.size = 14, .weight = GH_WEIGHT_BOLD, .before = 0, .least = 64},
    [ROW_BETWEEN] = {.size = 9.5, .weight = GH_WEIGHT_BOLD, .before = 12, .least = 28},
    [ROW_LOWEST] = {.size = 9, .weight = GH_WEIGHT_REGULAR, .before = 0, .least = 27},
};

typedef struct {
    RowKind kind;
    size_t group;
    char **lines; /* owned */
    double height;
} Row;

static void
row_clear(void *data)
{
    g_strfreev(((Row *)data)->lines);
}

typedef struct {
    const GhReport *report;
    double width, column_width, max_height;
    double number_room; /* at a row's end, for the score and the coverage under it */
    bool rtl;
} Grid;

/* -- the rows of a column -- */

static void
add_row(const Grid *grid, GArray *rows, RowKind kind, size_t group)
{
    static const double TOP_SCORE_ROOM = 56; /* under the top group's name */
    const GhReport *report = grid->report;
    const char *name =
        gh_say_group(report->framework, report->lang, report->framework->groups[group].name);
    double beside = kind == ROW_TOP ? 0 : CHIP + PAD + grid->number_room;
    Row row = {
        .kind = kind,
        .group = group,
        .lines = gh_text_lines_cut(report->lang, ROWS[kind].size, ROWS[kind].weight, name,
                                   grid->column_width - beside, LINES_MAX),
    };
    double text = ROWS[kind].size * LEADING * g_strv_length(row.lines)
                  + (kind == ROW_TOP ? TOP_SCORE_ROOM : 2 * PAD);

    row.height = ROWS[kind].before + MAX(ROWS[kind].least, text);
    g_array_append_val(rows, row);
}

static void
add_lowest(const Grid *grid, GArray *rows, size_t above)
{
    const GhFramework *framework = grid->report->framework;
    const GhGroup *upper = &framework->groups[above];

    for (size_t i = 0; i < framework->n_groups; i++) {
        const GhGroup *group = &framework->groups[i];
        if (group->level == framework->n_levels - 1 && g_str_equal(group->top, upper->top)
            && gh_report_groups_meet(group, upper))
            add_row(grid, rows, ROW_LOWEST, i);
    }
}

static GArray *
make_rows(const Grid *grid, size_t top)
{
    const GhFramework *framework = grid->report->framework;
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(Row));

    g_array_set_clear_func(rows, row_clear);
    add_row(grid, rows, ROW_TOP, top);
    if (framework->n_levels == 2)
        add_lowest(grid, rows, top);
    for (size_t i = 0; i < framework->n_groups && framework->n_levels > 2; i++) {
        const GhGroup *group = &framework->groups[i];
        if (group->level != LEVEL_BETWEEN || !g_str_equal(group->top, framework->groups[top].name))
            continue;
        add_row(grid, rows, ROW_BETWEEN, i);
        add_lowest(grid, rows, i);
    }
    return rows;
}

/* -- one row drawn: x is where reading begins in the column, lengths go along it -- */

typedef struct {
    const Grid *grid;
    GhDrawing *drawing;
    double column_x; /* left side */
} Place;

static double
along(const Place *place, double distance)
{
    return place->grid->rtl ? place->column_x + place->grid->column_width - distance
                            : place->column_x + distance;
}

static void
draw_text(const Place *place, double distance, double y, bool at_end, GhTextStyle style,
          const char *text)
{
    style.anchor = place->grid->rtl == at_end ? GH_ANCHOR_LEFT : GH_ANCHOR_RIGHT;
    gh_drawing_text(place->drawing, along(place, distance), y, &style, text);
}

static void
draw_lines(const Place *place, const Row *row, double distance, double y, GhColour colour)
{
    const GhTextStyle style = {
        .size = ROWS[row->kind].size,
        .weight = ROWS[row->kind].weight,
        .colour = colour,
    };

    for (size_t i = 0; row->lines[i] != NULL; i++)
        draw_text(place, distance, y + style.size * LEADING * (double)i, false, style,
                  row->lines[i]);
}

static int
step_of(const Grid *grid, const GhGroupScore *score)
{
    return score->has_score ? gh_palette_step_of_band(score->band, grid->report->framework->n_bands)
                            : 0;
}

static char *
say_number(const Grid *grid, const GhGroupScore *score)
{
    return score->has_score
               ? gh_say_score(grid->report->framework, grid->report->lang, score->score)
               : g_strdup("–");
}

static const char *
say_band(const Grid *grid, const GhGroupScore *score)
{
    if (score->has_score)
        return gh_say_band(grid->report->framework, grid->report->lang, score->band);
    return gh_city_group_shown(score) == GH_SHOWN_NO_TARGET ? GH_T(grid->report->lang, "no target")
                                                            : GH_T(grid->report->lang, "no data");
}

/* A box of the band's colour from distance, with its mark where reading begins. */
static void
draw_band(const Place *place, const GhGroupScore *score, double y, double width, double height)
{
    const GhShown shown = gh_city_group_shown(score);
    int step = step_of(place->grid, score);
    const GhPaint paint = gh_shown_paint(shown, step, 0.75);
    double left = place->grid->rtl ? along(place, width) : place->column_x;

    gh_drawing_rect(place->drawing, left, y, width, height, &paint);
    gh_shown_mark(place->drawing, shown, step, along(place, CHIP / 2), y + MIN(height, CHIP) / 2,
                  MARK_RADIUS);
}

static void
draw_top(const Place *place, const Row *row, const GhGroupScore *score, double y)
{
    static const double SCORE_SIZE = 19;
    static const double BAND_SIZE = 9.5;
    double size = ROWS[ROW_TOP].size;
    double below = y + size * LEADING * g_strv_length(row->lines) + PAD;
    g_autofree char *number = say_number(place->grid, score);
    double number_width =
        gh_text_width(place->grid->report->lang, SCORE_SIZE, GH_WEIGHT_BOLD, number);

    draw_lines(place, row, 0, y + size, GH_INK);
    draw_band(place, score, below, CHIP, CHIP);
    draw_text(place, CHIP + PAD, below + CHIP - 2, false,
              (GhTextStyle){.size = SCORE_SIZE, .weight = GH_WEIGHT_BOLD}, number);
    draw_text(place, CHIP + 2 * PAD + number_width, below + CHIP - 2, false,
              (GhTextStyle){.size = BAND_SIZE, .colour = GH_SOFT_INK},
              say_band(place->grid, score));
    g_autofree char *coverage = gh_report_coverage_figures(place->grid->report, score);
    g_autofree char *possible = gh_report_possible(place->grid->report, score);
    below += CHIP + BAND_SIZE + PAD;
    draw_text(place, 0, below, false, (GhTextStyle){.size = BAND_SIZE, .colour = GH_SOFT_INK},
              coverage);
    if (possible != NULL)
        draw_text(place, 0, below + BAND_SIZE * LEADING, false,
                  (GhTextStyle){.size = BAND_SIZE, .colour = GH_SOFT_INK}, possible);
}

/* At a row's end the score, and under it how many figures it rests on. */
static void
draw_numbers(const Place *place, const Row *row, const GhGroupScore *score, double middle,
             GhColour colour)
{
    double end = place->grid->column_width - PAD;
    double size = ROWS[row->kind].size;
    g_autofree char *number = say_number(place->grid, score);
    g_autofree char *coverage = gh_report_coverage(place->grid->report, score);

    draw_text(place, end, middle - 1, true,
              (GhTextStyle){.size = size, .weight = GH_WEIGHT_BOLD, .colour = colour}, number);
    draw_text(place, end, middle + COVERAGE_SIZE + 1, true,
              (GhTextStyle){.size = COVERAGE_SIZE, .colour = colour}, coverage);
}

static void
draw_between(const Place *place, const Row *row, const GhGroupScore *score, double y, double height)
{
    double size = ROWS[ROW_BETWEEN].size;
    GhColour on = gh_shown_colour_on(gh_city_group_shown(score), step_of(place->grid, score));
    double text_y =
        y + (height - size * LEADING * (g_strv_length(row->lines) - 1.0)) / 2 + size * 0.36;
    const GhPaint paint =
        gh_shown_paint(gh_city_group_shown(score), step_of(place->grid, score), 0.75);

    gh_drawing_rect(place->drawing, place->column_x, y, place->grid->column_width, height, &paint);
    gh_shown_mark(place->drawing, gh_city_group_shown(score), step_of(place->grid, score),
                  along(place, CHIP / 2 + 1), y + height / 2, MARK_RADIUS);
    draw_lines(place, row, CHIP + PAD, text_y, on);
    draw_numbers(place, row, score, y + height / 2, on);
}

static void
draw_lowest(const Place *place, const Row *row, const GhGroupScore *score, double y, double height)
{
    double size = ROWS[ROW_LOWEST].size;
    double chip_y = y + (height - CHIP) / 2;
    double text_y =
        y + (height - size * LEADING * (g_strv_length(row->lines) - 1.0)) / 2 + size * 0.36;

    draw_band(place, score, chip_y, CHIP, CHIP);
    draw_lines(place, row, CHIP + PAD, text_y, GH_INK);
    draw_numbers(place, row, score, y + height / 2, GH_SOFT_INK);
    gh_drawing_line(place->drawing, place->column_x, y + height,
                    place->column_x + place->grid->column_width, y + height,
                    &(GhPaint){.stroke = GH_RULE, .stroke_width = 0.5});
}

static void
draw_row(const Place *place, const Row *row, double y)
{
    const GhGroupScore *score = &place->grid->report->evaluation->scores->groups[row->group];
    double before = ROWS[row->kind].before;

    switch (row->kind) {
    case ROW_TOP:
        draw_top(place, row, score, y);
        break;
    case ROW_BETWEEN:
        draw_between(place, row, score, y + before, row->height - before);
        break;
    case ROW_LOWEST:
        draw_lowest(place, row, score, y, row->height);
        break;
    }
}

/* -- drawings -- */

typedef struct {
    GArray *rows; /* of Row; NULL: no column here */
    guint next;   /* first row that is not drawn yet */
    guint end;    /* behind the last row of the drawing at work */
} Column;

static bool
is_done(const Column *column)
{
    return column->rows == NULL || column->next >= column->rows->len;
}

/* How far the column comes in one drawing, and how high it is there. A group between stays with the
 * first below it; on further drawings the top group's name comes first again. */
static double
fill_column(const Grid *grid, Column *column)
{
    const Row *rows = column->rows != NULL ? (const Row *)column->rows->data : NULL;
    double height = 0;
    guint i = column->next;

    if (is_done(column)) {
        column->end = column->next;
        return 0;
    }
    if (i > 0)
        height = rows[0].height;
    for (; i < column->rows->len; i++) {
        double needed = rows[i].height;
        if (rows[i].kind == ROW_BETWEEN && i + 1 < column->rows->len)
            needed += rows[i + 1].height;
        if (height + needed > grid->max_height && i > column->next)
            break;
        height += rows[i].height;
    }
    column->end = i;
    return height;
}

static void
draw_column(const Place *place, Column *column)
{
    const Row *rows = column->rows != NULL ? (const Row *)column->rows->data : NULL;
    double y = 0;

    if (is_done(column))
        return;
    if (column->next > 0) {
        draw_row(place, &rows[0], y);
        y = rows[0].height;
    }
    for (; column->next < column->end; column->next++) {
        draw_row(place, &rows[column->next], y);
        y += rows[column->next].height;
    }
}

/* "Economy, score 54, on the way, 14 of 55 figures; ..." of the rows about to be drawn. */
static char *
describe(const Grid *grid, const Column *columns)
{
    static const char *const BEFORE[] = {
        [ROW_TOP] = ". ",
        [ROW_BETWEEN] = ". ",
        [ROW_LOWEST] = "; ",
    };
    g_autoptr(GString) out = g_string_new(NULL);

    for (size_t c = 0; c < COLUMNS; c++) {
        for (guint i = columns[c].next; i < columns[c].end; i++) {
            const Row *row = &g_array_index(columns[c].rows, Row, i);
            g_autofree char *name =
                gh_city_group_name(grid->report->evaluation, grid->report->lang, row->group);
            g_string_append_printf(out, "%s%s", out->len > 0 ? BEFORE[row->kind] : "", name);
        }
    }
    return g_string_free(g_steal_pointer(&out), FALSE);
}

static void
take_drawing(const Grid *grid, Column *columns)
{
    const GhReport *report = grid->report;
    double height = 0;

    for (size_t i = 0; i < COLUMNS; i++)
        height = MAX(height, fill_column(grid, &columns[i]));
    g_autofree char *description = describe(grid, columns);
    GhDrawing *drawing = gh_drawing_new(grid->width, height + 1, report->lang,
                                        GH_T(report->lang, "Scores of all groups"), description);
    for (size_t i = 0; i < COLUMNS; i++) {
        size_t from_left = grid->rtl ? COLUMNS - 1 - i : i;
        const Place place = {
            .grid = grid,
            .drawing = drawing,
            .column_x = (grid->column_width + GUTTER) * (double)from_left,
        };
        draw_column(&place, &columns[i]);
    }
    gh_document_take_figure(report->document, drawing, 1, NULL);
}

/* The columns of one drawing: top groups from first on. */
static void
make_columns(const Grid *grid, const GArray *tops, guint first, Column columns[COLUMNS])
{
    for (guint i = 0; i < COLUMNS && first + i < tops->len; i++)
        columns[i].rows = make_rows(grid, g_array_index(tops, size_t, first + i));
}

static void
clear_columns(Column columns[COLUMNS])
{
    for (size_t i = 0; i < COLUMNS; i++)
        g_clear_pointer(&columns[i].rows, g_array_unref);
}

static bool
fits_one(const Grid *grid, const GArray *tops)
{
    Column columns[COLUMNS] = {0};
    bool fits = tops->len <= COLUMNS;

    make_columns(grid, tops, 0, columns);
    for (size_t i = 0; i < COLUMNS; i++) {
        (void)fill_column(grid, &columns[i]);
        fits = fits && (columns[i].rows == NULL || columns[i].end == columns[i].rows->len);
    }
    clear_columns(columns);
    return fits;
}

/* For the longest "12 of 28", whatever the language makes of it. */
static double
measure_numbers(const GhReport *report)
{
    double room = NUMBER_ROOM_LEAST;

    for (size_t i = 0; i < report->framework->n_groups; i++) {
        g_autofree char *coverage =
            gh_report_coverage(report, &report->evaluation->scores->groups[i]);
        room = MAX(room, gh_text_width(report->lang, COVERAGE_SIZE, GH_WEIGHT_REGULAR, coverage)
                             + 2 * PAD);
    }
    return room;
}

/* Smaller means drawn on a larger sheet, which the document then shrinks to the width of its text. */
static Grid
make_grid(const GhReport *report, double max_height, double number_room, double shrunk)
{
    static const double NUMBER_ROOM_SHARE_MOST = 0.4;
    Grid grid = {
        .report = report,
        .width = gh_document_text_width(report->document) / shrunk,
        .max_height = max_height / shrunk,
        .rtl = g_str_equal(gh_lang_direction(report->lang), "rtl"),
    };

    grid.column_width = (grid.width - GUTTER * (COLUMNS - 1)) / COLUMNS;
    grid.number_room = MIN(number_room, grid.column_width * NUMBER_ROOM_SHARE_MOST);
    return grid;
}

void
gh_report_grid(const GhReport *report, double max_height)
{
    enum {
        PERCENT_LEAST = 72, /* letters of 6.5 points are still read */
        PERCENT_STEP = 4
    };
    g_autoptr(GArray) tops = gh_report_groups(report->framework, 0);
    double number_room = measure_numbers(report);
    Grid grid = make_grid(report, max_height, number_room, 1);

    for (int percent = 100; percent >= PERCENT_LEAST; percent -= PERCENT_STEP) {
        const Grid smaller = make_grid(report, max_height, number_room, percent / 100.0);
        if (fits_one(&smaller, tops)) {
            grid = smaller;
            break;
        }
    }
    for (guint first = 0; first < tops->len; first += COLUMNS) {
        Column columns[COLUMNS] = {0};
        make_columns(&grid, tops, first, columns);
        while (!is_done(&columns[0]) || !is_done(&columns[1]) || !is_done(&columns[2]))
            take_drawing(&grid, columns);
        clear_columns(columns);
    }
}
