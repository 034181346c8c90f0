/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* written_json.c - an evaluation as one JSON object: FORMATS, section 5.
 *
 * Other programs rely on these keys and their order: new ones go to the end of their object.
 */

#include "evaluation/written.h"

#include <math.h>

#include "base/json_writer.h"

static void
pair_number(GhJson *json, const char *key, double value)
{
    if (isnan(value))
        gh_json_pair_null(json, key);
    else
        gh_json_pair_number(json, key, value);
}

static void
pair_size(GhJson *json, const char *key, size_t value)
{
    gh_json_pair_int(json, key, (int64_t)value);
}

/* 0 means that it was not said. */
static void
pair_int_or_null(GhJson *json, const char *key, int value)
{
    if (value == 0)
        gh_json_pair_null(json, key);
    else
        gh_json_pair_int(json, key, value);
}

static void
pair_text_or_null(GhJson *json, const char *key, const char *text)
{
    gh_json_pair_text(json, key, text != NULL && *text != '\0' ? text : NULL);
}

static const char *
band_label(const GhFramework *framework, bool has_band, size_t band)
{
    return has_band && framework->n_bands > 0 ? framework->bands[band].label : NULL;
}

static void
pair_points(GhJson *json, const GhFramework *framework, bool has_points, int points)
{
    if (has_points && framework->scoring == GH_SCORING_POINTS)
        gh_json_pair_int(json, "points", points);
    else
        gh_json_pair_null(json, "points");
}

static void
write_score(GhJson *json, const GhFramework *framework, const GhGroupScore *score)
{
    pair_points(json, framework, score->has_score, score->points);
    gh_json_pair_int(json, "max_points", score->max_points);
    pair_number(json, "score", score->score);
    gh_json_pair_text(json, "band", band_label(framework, score->has_score, score->band));
    pair_size(json, "scored", score->scored);
    pair_size(json, "reported", score->reported);
    pair_size(json, "total", score->total);
    pair_number(json, "coverage", score->coverage);
    pair_number(json, "lowest", score->lowest);
    pair_number(json, "highest", score->highest);
}

static void
write_group(GhJson *json, const GhFramework *framework, const GhGroupScore *score)
{
    const GhGroup *group = &framework->groups[score->group];

    gh_json_begin_object(json);
    gh_json_pair_text(json, "level", framework->levels[group->level].id);
    gh_json_pair_text(json, "dimension", group->top);
    gh_json_pair_text(json, "name", group->name);
    write_score(json, framework, score);
    gh_json_end_object(json);
}

/* Why a KPI lies in a group, or in none. */
static void
write_place(GhJson *json, const GhEvaluation *evaluation, const GhLensPlace *place)
{
    const GhLens *lens = evaluation->lens;
    const GhLensGroup *group = place->group < 0 ? NULL : &lens->groups[place->group];
    bool is_part = group != NULL && group->parent >= 0;
    const GhLensGroup *top = is_part ? &lens->groups[group->parent] : group;

    gh_json_begin_object(json);
    gh_json_pair_text(json, "kpi", evaluation->framework->kpis[place->kpi].id);
    gh_json_pair_text(json, "group", top != NULL ? top->name : NULL);
    gh_json_pair_text(json, "subgroup", is_part ? group->name : NULL);
    gh_json_pair_text(json, "reason", place->reason);
    pair_text_or_null(json, "source", place->source);
    gh_json_pair_text(json, "confidence", place->inferred ? "inferred" : "read");
    gh_json_end_object(json);
}

static void
write_lens(GhJson *json, const GhEvaluation *evaluation)
{
    const GhFramework *framework = evaluation->framework;
    const GhLens *lens = evaluation->lens;
    g_autofree GhGroupScore *scores = g_new0(GhGroupScore, MAX(lens->n_groups, 1));

    gh_scores_lens(framework, evaluation->targets, evaluation->scores, lens, scores);
    gh_json_begin_object(json);
    gh_json_pair_text(json, "id", lens->id);
    gh_json_pair_text(json, "name", lens->name);
    gh_json_pair_text(json, "origin", gh_lens_origin_text(lens->origin));
    gh_json_key(json, "groups");
    gh_json_begin_array(json);
    for (size_t i = 0; i < lens->n_groups; i++) {
        const GhLensGroup *group = &lens->groups[i];
        gh_json_begin_object(json);
        gh_json_pair_text(json, "group",
                          group->parent < 0 ? group->name : lens->groups[group->parent].name);
        gh_json_pair_text(json, "subgroup", group->parent < 0 ? NULL : group->name);
        write_score(json, framework, &scores[i]);
        gh_json_key(json, "kpis");
        gh_json_begin_array(json);
        for (size_t k = 0; k < group->n_kpis; k++)
            gh_json_text(json, framework->kpis[group->kpis[k]].id);
        gh_json_end_array(json);
        gh_json_end_object(json);
    }
    gh_json_end_array(json);
    gh_json_key(json, "places");
    gh_json_begin_array(json);
    for (size_t i = 0; i < lens->n_places; i++)
        write_place(json, evaluation, &lens->places[i]);
    gh_json_end_array(json);
    gh_json_end_object(json);
}

static void
write_point(GhJson *json, const GhEvaluation *evaluation, size_t index)
{
    const GhFramework *framework = evaluation->framework;
    const GhDataPoint *data_point = &framework->data_points[index];
    const GhTarget *target = &evaluation->targets->targets[index];
    const GhPointScore *point = &evaluation->scores->points[index];
    const GhFigure *figure = &evaluation->figures->figures[index];

    gh_json_begin_object(json);
    gh_json_pair_text(json, "id", data_point->id);
    gh_json_pair_text(json, "kpi", framework->kpis[data_point->kpi].id);
    gh_json_pair_text(json, "status", gh_status_text(point->status));
    pair_number(json, "value", point->value);
    gh_json_pair_text(json, "unit", data_point->unit);
    gh_json_pair_text(json, "rule", gh_rule_text(target->rule));
    pair_number(json, "target", target->rule == GH_RULE_NONE ? NAN : target->target);
    pair_number(json, "share", point->share);
    pair_points(json, framework, point->scored, point->points);
    gh_json_pair_text(json, "band", band_label(framework, point->scored, point->band));
    gh_json_pair_text(json, "verification",
                      figure->status == GH_STATUS_MISSING ? NULL
                      : figure->verified                  ? "verified"
                                                          : "not_verified");
    pair_int_or_null(json, "quality", figure->quality);
    pair_text_or_null(json, "source", figure->source);
    pair_number(json, "worst", target->rule == GH_RULE_NONE ? NAN : target->worst);
    pair_text_or_null(json, "target_source", target->source);
    gh_json_end_object(json);
}

void
gh_written_lens_json(const GhEvaluation *evaluation, GString *out)
{
    GhJson json;

    gh_json_init(&json, out);
    gh_json_begin_object(&json);
    gh_json_pair_text(&json, "city", evaluation->city->slug);
    gh_json_pair_text(&json, "framework", evaluation->framework->id);
    gh_json_pair_text(&json, "framework_version", evaluation->framework->version);
    pair_int_or_null(&json, "year", evaluation->figures->year);
    gh_json_pair_text(&json, "targets", evaluation->targets->id);
    gh_json_key(&json, "lens");
    write_lens(&json, evaluation);
    gh_json_end_object(&json);
}

static void
write_tier(GhJson *json, const GhEvaluation *evaluation, size_t tier)
{
    const GhTierRate rate = gh_scores_tier_rate(evaluation->framework, evaluation->scores, tier);

    gh_json_begin_object(json);
    gh_json_pair_text(json, "tier", evaluation->framework->tiers[tier].id);
    pair_size(json, "kpis", rate.n_kpis);
    pair_size(json, "with_any_value", rate.n_any);
    pair_size(json, "with_all_values", rate.n_all);
    gh_json_end_object(json);
}

void
gh_written_json(const GhEvaluation *evaluation, GString *out)
{
    const GhFramework *framework = evaluation->framework;
    GhJson json;

    gh_json_init(&json, out);
    gh_json_begin_object(&json);
    gh_json_pair_text(&json, "city", evaluation->city->slug);
    gh_json_pair_text(&json, "framework", framework->id);
    gh_json_pair_text(&json, "framework_version", framework->version);
    pair_int_or_null(&json, "year", evaluation->figures->year);
    gh_json_pair_text(&json, "targets", evaluation->targets->id);
    gh_json_key(&json, "groups");
    gh_json_begin_array(&json);
    for (size_t i = 0; i < framework->n_groups; i++)
        write_group(&json, framework, &evaluation->scores->groups[i]);
    gh_json_end_array(&json);
    gh_json_key(&json, "data_points");
    gh_json_begin_array(&json);
    for (size_t i = 0; i < framework->n_data_points; i++)
        write_point(&json, evaluation, i);
    gh_json_end_array(&json);
    gh_json_key(&json, "tiers");
    gh_json_begin_array(&json);
    for (size_t i = 0; i < framework->n_tiers; i++)
        write_tier(&json, evaluation, i);
    gh_json_end_array(&json);
    gh_json_pair_bool(&json, "verified_only", evaluation->scores->verified_only);
    if (evaluation->lens != NULL) {
        gh_json_key(&json, "lens");
        write_lens(&json, evaluation);
    }
    gh_json_end_object(&json);
}
