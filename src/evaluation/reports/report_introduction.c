/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_introduction.c - section 1: the city, the indicators, and what is known of the verification. */
#include <math.h>
#include <string.h>

#include "evaluation/reports/report_private.h"
#include "evaluation/reports/report_rules.h"
#include "evaluation/words/country.h"
#include "evaluation/words/say.h"

/* The framework whose verification the manual describes. */
static const char U4SSC[] = "u4ssc";

/* -- the city -- */

static void
add_fact(const GhReport *report, const char *label, const char *text)
{
    gh_document_table_row(report->document);
    gh_document_cell(report->document, label);
    gh_document_cell(report->document, text != NULL ? text : GH_T(report->lang, "not known"));
}

static char *
say_number(const GhReport *report, double number, const char *unit)
{
    static const unsigned DECIMALS = 2;

    if (isnan(number))
        return NULL;
    g_autofree char *text = gh_lang_number(report->lang, number, DECIMALS);
    return unit == NULL ? g_steal_pointer(&text) : g_strdup_printf("%s\u00a0%s", text, unit);
}

/* "Verification Report, September 2020": the publications that the figures come from. */
static char *
list_publications(const GhReport *report)
{
    const GhFigureSet *figures = report->evaluation->figures;
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GString) out = g_string_new(NULL);

    for (size_t i = 0; i < figures->n_figures; i++) {
        const GhFigure *figure = &figures->figures[i];
        if (figure->report == NULL || figure->report[0] == '\0')
            continue;
        g_autofree char *month = gh_say_month(report->lang, figure->year, figure->month);
        g_autofree char *text = g_strdup_printf("%s, %s", figure->report, month);
        if (g_hash_table_contains(seen, text))
            continue;
        g_string_append_printf(out, "%s%s", out->len > 0 ? "; " : "", text);
        g_hash_table_add(seen, g_steal_pointer(&text));
    }
    return out->len > 0 ? g_string_free(g_steal_pointer(&out), FALSE) : NULL;
}

static void
add_city(const GhReport *report)
{
    const GhCity *city = report->evaluation->city;
    const GhLang *lang = report->lang;
    const GhCityYear base = gh_city_base(city, report->evaluation->figures->year);
    const GhDocumentColumn columns[] = {
        {.head = "", .share = 1, .row_heads = true},
        {.head = "", .share = 3},
    };
    const GhDocumentTable table = {
        .summary = GH_T(lang, "Facts about the city and its figures"),
        .columns = columns,
        .n_columns = G_N_ELEMENTS(columns),
        .plain = true,
    };
    g_autofree char *population = say_number(report, base.population, NULL);
    g_autofree char *households = say_number(report, base.households, NULL);
    g_autofree char *area = say_number(report, base.area_km2, GH_T(lang, "km²"));
    g_autofree char *gdp = say_number(report, base.gdp, base.currency);
    g_autofree char *year = gh_report_year(report);
    g_autofree char *publications = list_publications(report);

    gh_document_begin_table(report->document, &table);
    add_fact(report, GH_T(lang, "City"), city->name);
    add_fact(report, GH_T(lang, "Country"), gh_country_name(lang, city->country_code));
    add_fact(report, GH_T(lang, "Year of the figures"), year);
    add_fact(report, GH_T(lang, "Published in"), publications);
    add_fact(report, GH_T(lang, "Population"), population);
    add_fact(report, GH_T(lang, "Households"), households);
    add_fact(report, GH_T(lang, "Area"), area);
    add_fact(report, GH_T(lang, "City product"), gdp);
    if (base.source != NULL && base.source[0] != '\0')
        add_fact(report, GH_T(lang, "Source of these facts"), base.source);
    gh_document_end_table(report->document);
}

/* -- the indicators -- */

static void
add_framework(const GhReport *report)
{
    const GhFramework *framework = report->framework;
    g_autofree char *n_kpis = gh_report_count(report, framework->n_kpis);
    g_autofree char *n_points = gh_report_count(report, framework->n_data_points);

    gh_document_heading(report->document, 2, GH_T(report->lang, "The indicators"));
    gh_report_paragraph(report, GH_PARAGRAPH_BODY, "{text}", "text",
                        gh_framework_text(framework, report->lang, "framework", framework->id,
                                          "description", framework->description),
                        NULL);
    gh_report_paragraph(
        report, GH_PARAGRAPH_BODY,
        framework->n_data_points > framework->n_kpis
            ? GH_T(report->lang,
                   "In this version, {version}, there are {kpis} indicators (KPIs). Some are made "
                   "of several data points that are reported and scored one by one; there are "
                   "{data_points} data points in all.")
            : GH_T(report->lang, "In this version, {version}, there are {kpis} indicators (KPIs), "
                                 "each with one data point."),
        "version", framework->version, "kpis", n_kpis, "data_points", n_points, NULL);
}

/* -- the verification -- */

static void
add_counts(const GhReport *report)
{
    const GhLang *lang = report->lang;
    const GhReportPoints points =
        gh_report_count_points(report->evaluation, GH_REPORT_ALL, GH_REPORT_ALL);
    g_autofree char *reported = gh_report_count(report, points.reported);
    g_autofree char *verified = gh_report_count(report, points.verified);

    if (points.reported == 0) {
        gh_document_paragraph(
            report->document, GH_PARAGRAPH_BODY,
            GH_T(lang, "There is no figure to verify: no data point has a value yet."));
        return;
    }
    gh_report_paragraph(
        report, GH_PARAGRAPH_BODY,
        gh_lang_plural(
            lang,
            "{reported} data point has a value; {verified} of them verified. A figure counts as "
            "verified where it comes from a Verification Report that does not say otherwise, or "
            "was verified here.",
            "{reported} data points have a value; {verified} of them are verified. A figure "
            "counts as verified where it comes from a Verification Report that does not say "
            "otherwise, or was verified here.",
            points.reported),
        "reported", reported, "verified", verified, NULL);
}

static void
add_verification(const GhReport *report)
{
    const GhLang *lang = report->lang;

    gh_document_heading(report->document, 2, GH_T(lang, "Verification"));
    if (strcmp(report->framework->id, U4SSC) == 0)
        gh_document_paragraph(
            report->document, GH_PARAGRAPH_BODY,
            GH_T(
                lang,
                "In the U4SSC programme a city collects its figures together with a national "
                "hub. An independent verifier then judges, indicator by indicator, whether they "
                "are reasonable and plausible; the standard is not absolute certainty "
                "(Verification Manual, 2022, p. 27). What is empty in the data collection "
                "workbook is set to “not reported”, and each value is marked as verified or not."));
    add_counts(report);
    gh_document_paragraph(
        report->document, GH_PARAGRAPH_BODY,
        GH_T(lang, "Who verified the figures, on which day, and with which evidence is not stated "
                   "with them. It is unknown here, and this report says nothing about it."));
}

void
gh_report_introduction(const GhReport *report)
{
    gh_document_heading(report->document, 1,
                        GH_T(report->lang, "Introduction and verification background"));
    gh_report_paragraph(report, GH_PARAGRAPH_LEAD,
                        GH_T(report->lang,
                             "What {city} has reported, what of it is verified, how it stands "
                             "against targets, and what could come next."),
                        "city", report->evaluation->city->name, NULL);
    add_city(report);
    add_framework(report);
    add_verification(report);
}
