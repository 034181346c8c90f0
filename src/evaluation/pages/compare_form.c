/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* compare_form.c - the form that asks which cities to compare. */
#include "evaluation/pages/compare_page.h"

#include "evaluation/words/country.h"

/* Beyond that a list of suggestions would weigh more than the page: 60 bytes a city. */
enum {
    SUGGESTED_MAX = 400
};

static void
fill_field(const GhComparePage *page, const GhLang *lang, size_t index, GhView *row)
{
    const GhCompared *field = &page->fields[index];
    g_autofree char *n = g_strdup_printf("%zu", index + 1);

    gh_view_text(row, "n", n);
    gh_view_take_text(row, "field_label", gh_lang_fill(GH_T(lang, "City {n}"), "n", n, NULL));
    gh_view_flag(row, "optional", index >= GH_COMPARED_MIN);
    gh_view_text(row, "city_text", field->city_text);
    if (field->city != NULL && field->city_fault == NULL)
        gh_view_take_text(row, "city_text", gh_compare_city_name(page->overview, field->city));
    gh_view_text(row, "year_text", field->year_text);
    gh_view_text(row, "city_fault", field->city_fault);
    gh_view_text(row, "year_fault", field->year_fault);
}

static void
fill_faults(const GhComparePage *page, GhView *view)
{
    gh_view_empty_list(view, "faults");
    for (size_t i = 0; i < GH_COMPARED_MAX; i++) {
        const GhCompared *field = &page->fields[i];
        const struct {
            const char *name, *sentence;
        } faults[] = {{"city", field->city_fault}, {"year", field->year_fault}};

        for (size_t k = 0; k < G_N_ELEMENTS(faults); k++) {
            if (faults[k].sentence == NULL)
                continue;
            GhView *fault = gh_view_append(view, "faults");
            gh_view_printf(fault, "field_url", "#%s%zu", faults[k].name, i + 1);
            gh_view_text(fault, "sentence", faults[k].sentence);
        }
    }
}

static void
fill_suggested(const GhComparePage *page, const GhLang *lang, GhView *view)
{
    const GPtrArray *cities = page->overview->cities;

    gh_view_flag(view, "has_suggested", page->overview->n_with_figures <= SUGGESTED_MAX);
    for (guint i = 0; i < cities->len && page->overview->n_with_figures <= SUGGESTED_MAX; i++) {
        const GhOverviewCity *one = g_ptr_array_index(cities, i);
        if (one->year == 0)
            continue;
        GhView *entry = gh_view_append(view, "suggested");
        gh_view_take_text(entry, "text", gh_compare_city_name(page->overview, one->city));
        gh_view_text(entry, "country", gh_country_name(lang, one->city->country_code));
    }
}

void
gh_compare_form(const GhComparePage *page, const GhLang *lang, GhView *view)
{
    for (size_t i = 0; i < GH_COMPARED_MAX; i++)
        fill_field(page, lang, i, gh_view_append(view, "fields"));
    fill_faults(page, view);
    gh_view_flag(view, "has_faults", page->n_faults > 0);
    gh_view_flag(view, "needs_second", page->n_faults == 0 && page->n_asked == 1);
    gh_view_text(view, "asked_targets",
                 page->targets != &page->framework->target_sets[0] ? page->targets->id : "");
    fill_suggested(page, lang, view);
}
