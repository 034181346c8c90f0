/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_cover.c - the first page: the hall with a lit window for every top group, in the colour of its
 * band, and under it what the windows say. */
#include "draw/charts/shown.h"
#include "draw/text.h"
#include "evaluation/charts/city_charts.h"
#include "evaluation/reports/report_private.h"
#include "evaluation/words/country.h"
#include "evaluation/words/say.h"

/* All lengths in points, of our choice, by eye. */
static const double MARGIN = 66;
static const double KIND_Y = 92;
static const double NAME_Y = 168;
static const double BELOW_NAME = 30;
static const double HALL_TOP = 268;          /* of the gable, below any name */
static const double HALL_BASE_SHARE = 0.735; /* of the page's height */
static const double KIND_SIZE = 15;
static const double PLACE_SIZE = 17;
static const double SCORE_SIZE = 26;
static const double GROUP_SIZE = 12;
static const double SMALL_SIZE = 9.5;
static const double MARK_RADIUS = 7;

/* The two reports are told apart at a glance. */
static const GhColour HALL_COLOURS[] = {
    [GH_REPORT_SNAPSHOT] = GH_ACCENT,
    [GH_REPORT_VERIFICATION] = GH_INK,
};

/* The name is as large as its length allows. */
static const double NAME_SIZES[] = {48, 40, 32, 26};

enum {
    NAME_LINES_MAX = 2,
    GROUP_LINES_MAX = 3,
    FACT_LINES_MAX = 2,
    WINDOWS_MAX = 5, /* beyond, the hall keeps its three windows, and a list stands below */
    WINDOWS_USUAL = 3,
};

typedef struct {
    const GhReport *report;
    GhDrawing *drawing;
    double width, height;
    bool rtl;
} Cover;

/* -- text that begins where reading begins -- */

static void
draw_text(const Cover *cover, double y, double size, GhWeight weight, GhColour colour,
          const char *text)
{
    const GhTextStyle style = {
        .size = size,
        .weight = weight,
        .colour = colour,
        .anchor = cover->rtl ? GH_ANCHOR_RIGHT : GH_ANCHOR_LEFT,
    };

    gh_drawing_text(cover->drawing, cover->rtl ? cover->width - MARGIN : MARGIN, y, &style, text);
}

/* Lines from y downwards; the baseline of the last. */
static double
draw_lines(const Cover *cover, double y, double size, GhWeight weight, GhColour colour,
           char **lines)
{
    static const double LEADING = 1.3;

    for (size_t i = 0; lines[i] != NULL; i++) {
        if (i > 0)
            y += size * LEADING;
        draw_text(cover, y, size, weight, colour, lines[i]);
    }
    return y;
}

static double
draw_name(const Cover *cover)
{
    const GhLang *lang = cover->report->lang;
    const char *name = cover->report->evaluation->city->name;
    double room = cover->width - 2 * MARGIN;
    double size = NAME_SIZES[G_N_ELEMENTS(NAME_SIZES) - 1];
    g_auto(GStrv) lines = NULL;

    for (size_t i = 0; i < G_N_ELEMENTS(NAME_SIZES) && lines == NULL; i++) {
        size = NAME_SIZES[i];
        lines = gh_text_lines(lang, size, GH_WEIGHT_BOLD, name, room, i == 0 ? 1 : NAME_LINES_MAX);
    }
    if (lines == NULL)
        lines = gh_text_lines_cut(lang, size, GH_WEIGHT_BOLD, name, room, NAME_LINES_MAX);
    return draw_lines(cover, NAME_Y, size, GH_WEIGHT_BOLD, GH_INK, lines);
}

static void
draw_head(const Cover *cover)
{
    const GhReport *report = cover->report;
    g_autofree char *year = gh_report_year(report);
    g_autofree char *place = g_strdup_printf(
        "%s · %s", gh_country_name(report->lang, report->evaluation->city->country_code), year);

    draw_text(cover, KIND_Y, KIND_SIZE, GH_WEIGHT_BOLD, GH_ACCENT,
              gh_report_kind_name(report->options->kind, report->lang));
    double y = draw_name(cover);
    draw_text(cover, y + BELOW_NAME, PLACE_SIZE, GH_WEIGHT_REGULAR, GH_SOFT_INK, place);
}

/* -- the hall: the mark of ui/marks/mark.svg, 32 x 32 units -- */

static const double MARK_UNITS = 32;
static const double MARK_TOP = 2;
static const double MARK_BASE = 30;
static const double MARK_SILL = 26;
static const double WINDOW_WIDTH = 5;
static const double WINDOW_GAP = 1.5;
static const double WALL_ROOM = 18; /* for all windows and gaps */
static const double ARCH_SPRING = 18.5;
static const double ARCH_SPRING_MIDDLE = 16.5;

typedef struct {
    double x, y, scale; /* of the mark's origin on the page */
} Hall;

static void
draw_house(const Cover *cover, const Hall *hall)
{
    static const double corners[][2] = {
        {16, 2}, {1, 13}, {1, 16}, {3, 16}, {3, 30}, {29, 30}, {29, 16}, {31, 16}, {31, 13},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(corners); i++) {
        double x = hall->x + corners[i][0] * hall->scale;
        double y = hall->y + corners[i][1] * hall->scale;
        if (i == 0)
            gh_drawing_move_to(cover->drawing, x, y);
        else
            gh_drawing_line_to(cover->drawing, x, y);
    }
    gh_drawing_close(cover->drawing);
    gh_drawing_paint(cover->drawing,
                     &(GhPaint){.fill = HALL_COLOURS[cover->report->options->kind]});
}

typedef struct {
    double x, width, spring; /* in the mark's units: left side, and where the arch begins */
} Window;

/* The first in reading order stands where reading begins. */
static Window
place_window(const Cover *cover, size_t index, size_t n)
{
    double width = MIN(WINDOW_WIDTH, (WALL_ROOM - (double)(n - 1) * WINDOW_GAP) / (double)n);
    double all = (double)n * width + (double)(n - 1) * WINDOW_GAP;
    size_t from_left = cover->rtl ? n - 1 - index : index;
    bool is_middle = n % 2 == 1 && from_left == n / 2 && n > 1;

    return (Window){
        .x = MARK_UNITS / 2 - all / 2 + (double)from_left * (width + WINDOW_GAP),
        .width = width,
        .spring = is_middle ? ARCH_SPRING_MIDDLE : ARCH_SPRING,
    };
}

static void
draw_window(const Cover *cover, const Hall *hall, const Window *window, const GhPaint *paint)
{
    double left = hall->x + window->x * hall->scale;
    double right = left + window->width * hall->scale;
    double spring = hall->y + window->spring * hall->scale;
    double sill = hall->y + MARK_SILL * hall->scale;

    gh_drawing_move_to(cover->drawing, left, sill);
    gh_drawing_line_to(cover->drawing, left, spring);
    gh_drawing_arc(cover->drawing, (left + right) / 2, spring, (right - left) / 2, 270, 450);
    gh_drawing_line_to(cover->drawing, right, sill);
    gh_drawing_close(cover->drawing);
    gh_drawing_paint(cover->drawing, paint);
}

static int
step_of(const Cover *cover, const GhGroupScore *score)
{
    return score->has_score
               ? gh_palette_step_of_band(score->band, cover->report->framework->n_bands)
               : 0;
}

/* The number in the window, and its band's mark under it. */
static void
draw_score(const Cover *cover, const Hall *hall, const Window *window, const GhGroupScore *score)
{
    static const double NUMBER_ROOM_SHARE = 0.86;
    const GhLang *lang = cover->report->lang;
    double middle = hall->x + (window->x + window->width / 2) * hall->scale;
    double sill = hall->y + MARK_SILL * hall->scale;
    double room = window->width * hall->scale * NUMBER_ROOM_SHARE;
    double size = SCORE_SIZE;

    if (!score->has_score)
        return;
    int step = step_of(cover, score);
    g_autofree char *number = gh_say_score(cover->report->framework, lang, score->score);
    double width = gh_text_width(lang, size, GH_WEIGHT_BOLD, number);
    if (width > room)
        size *= room / width;
    const GhTextStyle style = {
        .size = size,
        .weight = GH_WEIGHT_BOLD,
        .colour = gh_palette_on_step(step),
        .anchor = GH_ANCHOR_MIDDLE,
    };
    gh_drawing_text(cover->drawing, middle, sill - 40, &style, number);
    gh_drawing_mark(cover->drawing, step, middle, sill - 20, MARK_RADIUS, gh_palette_on_step(step));
}

/* -- what the windows say -- */

static const char *
say_band(const GhReport *report, const GhGroupScore *score)
{
    if (score->has_score)
        return gh_say_band(report->framework, report->lang, score->band);
    return gh_city_group_shown(score) == GH_SHOWN_NO_TARGET ? GH_T(report->lang, "no target")
                                                            : GH_T(report->lang, "no data");
}

/* One column of text under the hall for each top group: name, band, how much is reported, and what the
 * score could become with all of it. */
static void
draw_column(const Cover *cover, double x, double width, double y, const GhGroupScore *score)
{
    static const double LEADING = 1.35;
    const GhReport *report = cover->report;
    const char *name =
        gh_say_group(report->framework, report->lang, report->framework->groups[score->group].name);
    g_autofree char *coverage = gh_report_coverage_figures(report, score);
    g_auto(GStrv) lines =
        gh_text_lines_cut(report->lang, GROUP_SIZE, GH_WEIGHT_BOLD, name, width, GROUP_LINES_MAX);
    GhTextStyle style = {
        .size = GROUP_SIZE,
        .weight = GH_WEIGHT_BOLD,
        .anchor = GH_ANCHOR_MIDDLE,
    };

    for (size_t i = 0; lines[i] != NULL; i++, y += GROUP_SIZE * LEADING)
        gh_drawing_text(cover->drawing, x, y, &style, lines[i]);
    style = (GhTextStyle){.size = SMALL_SIZE, .anchor = GH_ANCHOR_MIDDLE};
    gh_drawing_text(cover->drawing, x, y, &style, say_band(report, score));
    style.colour = GH_SOFT_INK;
    gh_drawing_text(cover->drawing, x, y + SMALL_SIZE * LEADING, &style, coverage);
    g_autofree char *range = gh_report_possible(report, score);
    if (range != NULL)
        gh_drawing_text(cover->drawing, x, y + 2 * SMALL_SIZE * LEADING, &style, range);
}

static void
draw_hall(const Cover *cover)
{
    static const double COLUMN_GAP = 10;
    /* Sets bands of any colour off from the wall. */
    static const GhPaint frame = {.fill = GH_PAPER, .stroke = GH_PAPER, .stroke_width = 4};
    const GhReport *report = cover->report;
    const GhScores *scores = report->evaluation->scores;
    g_autoptr(GArray) tops = gh_report_groups(report->framework, 0);
    bool lit = tops->len <= WINDOWS_MAX;
    size_t n = lit ? tops->len : WINDOWS_USUAL;
    double room = cover->width - 2 * MARGIN;
    double base = cover->height * HALL_BASE_SHARE;
    Hall hall = {.scale = (base - HALL_TOP) / (MARK_BASE - MARK_TOP)};

    hall.x = cover->width / 2 - MARK_UNITS / 2 * hall.scale;
    hall.y = base - MARK_BASE * hall.scale;
    draw_house(cover, &hall);
    for (size_t i = 0; i < n; i++) {
        const GhGroupScore *score = lit ? &scores->groups[g_array_index(tops, size_t, i)] : NULL;
        const Window window = place_window(cover, i, n);
        draw_window(cover, &hall, &window, &frame);
        if (score == NULL)
            continue;
        const GhPaint paint = gh_shown_paint(gh_city_group_shown(score), step_of(cover, score), 1);
        draw_window(cover, &hall, &window, &paint);
        draw_score(cover, &hall, &window, score);
    }
    for (size_t i = 0; lit && i < n; i++) {
        size_t from_left = cover->rtl ? n - 1 - i : i;
        double width = room / (double)n;
        draw_column(cover, MARGIN + width * ((double)from_left + 0.5), width - COLUMN_GAP,
                    base + 28, &scores->groups[g_array_index(tops, size_t, i)]);
    }
}

/* -- the foot -- */

static void
draw_foot(const Cover *cover)
{
    static const double LINE = 13;
    static const double FOOT_Y = 66; /* of the last line, from below */
    const GhReport *report = cover->report;
    double room = cover->width - 2 * MARGIN;
    g_autofree char *targets = gh_report_targets(report);
    g_autofree char *framework =
        gh_lang_fill(GH_T(report->lang, "{name}, version {version}"), "name",
                     gh_say_framework(report->framework, report->lang), "version",
                     report->framework->version, NULL);
    g_auto(GStrv) lines = gh_text_lines_cut(report->lang, SMALL_SIZE, GH_WEIGHT_REGULAR, framework,
                                            room, FACT_LINES_MAX);
    double y = cover->height - FOOT_Y - LINE * g_strv_length(lines);

    gh_drawing_line(cover->drawing, MARGIN, y - LINE - 6, cover->width - MARGIN, y - LINE - 6,
                    &(GhPaint){.stroke = GH_RULE});
    draw_lines(cover, y, SMALL_SIZE, GH_WEIGHT_REGULAR, GH_SOFT_INK, lines);
    draw_text(cover, cover->height - FOOT_Y, SMALL_SIZE, GH_WEIGHT_REGULAR, GH_SOFT_INK, targets);
}

/* -- all of it, to be heard -- */

/* "Oslo, Norway, 2023. Economy, score 54, ...; .... Targets: set “open”, not official." */
static char *
describe(const GhReport *report, const char *year)
{
    const GhCity *city = report->evaluation->city;
    g_autoptr(GArray) tops = gh_report_groups(report->framework, 0);
    g_autofree char *targets = gh_report_targets(report);
    g_autoptr(GString) out = g_string_new(NULL);

    g_string_append_printf(out, "%s, %s, %s. ", city->name,
                           gh_country_name(report->lang, city->country_code), year);
    for (guint i = 0; i < tops->len; i++) {
        g_autofree char *name =
            gh_city_group_name(report->evaluation, report->lang, g_array_index(tops, size_t, i));
        g_string_append_printf(out, "%s%s", i > 0 ? "; " : "", name);
    }
    g_string_append_printf(out, ". %s.", targets);
    return g_string_free(g_steal_pointer(&out), FALSE);
}

void
gh_report_cover(const GhReport *report)
{
    Cover cover = {
        .report = report,
        .rtl = g_str_equal(gh_lang_direction(report->lang), "rtl"),
    };
    g_autofree char *year = gh_report_year(report);
    g_autofree char *title =
        g_strdup_printf("%s: %s, %s", gh_report_kind_name(report->options->kind, report->lang),
                        report->evaluation->city->name, year);
    g_autofree char *description = describe(report, year);

    gh_document_paper(report->document, &cover.width, &cover.height);
    cover.drawing = gh_drawing_new(cover.width, cover.height, report->lang, title, description);
    draw_head(&cover);
    draw_hall(&cover);
    draw_foot(&cover);
    gh_document_take_full_page(report->document, cover.drawing, NULL);
}
