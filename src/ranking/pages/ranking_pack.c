/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* ranking_pack.c - everything needed to compute a ranking again, in one ZIP with a README. */
#include <zip.h>

#include "ranking/pages/ranking_page.h"

/* The bytes of the archive are the same for the same ranking: members carry the day of publication. */
static bool
add_member(zip_t *archive, const char *name, GBytes *bytes, int64_t time_us, GError **error)
{
    size_t n_bytes = 0;
    const void *content = g_bytes_get_data(bytes, &n_bytes);
    zip_source_t *source = zip_source_buffer(archive, content, n_bytes, 0);

    if (source == NULL) {
        g_set_error(error, GH_RANKING_ERROR, GH_RANKING_ERROR_LIMIT, "%s cannot be packed: %s",
                    name, zip_strerror(archive));
        return false;
    }
    zip_int64_t index = zip_file_add(archive, name, source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        g_set_error(error, GH_RANKING_ERROR, GH_RANKING_ERROR_LIMIT, "%s cannot be packed: %s",
                    name, zip_strerror(archive));
        return false;
    }
    if (zip_file_set_mtime(archive, (zip_uint64_t)index, (time_t)(time_us / G_USEC_PER_SEC), 0)
        == 0)
        return true;
    g_set_error(error, GH_RANKING_ERROR, GH_RANKING_ERROR_LIMIT, "%s cannot be packed: %s", name,
                zip_strerror(archive));
    return false;
}

/* English, as the files are: it is for programs' users anywhere. */
static GBytes *
make_readme(const GhRankingWhole *whole)
{
    const GhRanking *ranking = whole->ranking;
    /* The intervals rest on the replications of the analysis that was made. */
    const char *analysis = whole->choices->len > 0 ? " --sensitivity" : "";
    g_autofree char *day = gh_ranking_say_day(ranking->published_us);
    g_autoptr(GString) out = g_string_new(NULL);

    g_string_append_printf(out,
                           "%s\n%s\n\nAuthor: %s\nPublished: %s\nFramework: %s, version %s\n"
                           "Figures: version %" G_GINT64_FORMAT "\n"
                           "Computed with: Guildhall %s, %" G_GSIZE_FORMAT
                           " replications, seed %" G_GUINT64_FORMAT "\n\n",
                           ranking->title, ranking->summary, ranking->author, day,
                           ranking->framework_id, ranking->framework_version, ranking->data_version,
                           ranking->program_version, ranking->replications, ranking->seed);
    if (ranking->withdrawn_us != 0)
        g_string_append_printf(out, "WITHDRAWN: %s\n\n", ranking->withdrawn_reason);
    g_string_append_printf(
        out,
        "To compute it again\n"
        "  guildhall index run spec.json --data iData.csv --meta iMeta.csv\n"
        "  guildhall index uncertainty spec.json --data iData.csv --meta iMeta.csv%s\n\n",
        analysis);
    g_string_append(out,
                    "Files\n"
                    "  spec.json        the steps, and which choices are open\n"
                    "  iData.csv        the figures, a row a city (in a panel a city and year)\n"
                    "  iMeta.csv        the indicators, their groups, weights and directions\n"
                    "  scores.csv       values of indicators and groups after the steps\n"
                    "  ranks.csv        the same as places\n"
                    "  changes.csv      figures that were filled in or moved\n"
                    "  uncertainty.csv  places over the replications: median, 5, 25, 75, 95 %\n"
                    "  sensitivity.csv  how much each choice moves the places\n");
    return g_string_free_to_bytes(g_steal_pointer(&out));
}

typedef struct {
    const GhRanking *ranking;
    GPtrArray *files; /* of GBytes, as GH_RANKING_FILES */
} Packing;

static bool
read_files(GhDb *db, void *data, GError **error)
{
    Packing *packing = data;

    g_ptr_array_set_size(packing->files, 0);
    for (size_t i = 0; GH_RANKING_FILES[i] != NULL; i++) {
        GBytes *bytes = NULL;
        if (!gh_ranking_file(db, packing->ranking->id, GH_RANKING_FILES[i], &bytes, error))
            return false;
        g_ptr_array_add(packing->files, bytes != NULL ? bytes : g_bytes_new(NULL, 0));
    }
    return true;
}

static bool
add_members(zip_t *archive, const Packing *packing, GBytes *readme, GError **error)
{
    int64_t time_us = packing->ranking->published_us;

    if (!add_member(archive, "README.txt", readme, time_us, error))
        return false;
    for (guint i = 0; i < packing->files->len; i++) {
        if (!add_member(archive, GH_RANKING_FILES[i], g_ptr_array_index(packing->files, i), time_us,
                        error))
            return false;
    }
    return true;
}

/* Writes the archive into a buffer of libzip's and copies it out. */
static GBytes *
pack(const Packing *packing, GBytes *readme, GError **error)
{
    zip_error_t fault;
    zip_source_t *buffer = NULL;
    zip_t *archive = NULL;
    zip_stat_t stat;
    GBytes *packed = NULL;

    zip_error_init(&fault);
    buffer = zip_source_buffer_create(NULL, 0, 0, &fault);
    if (buffer != NULL)
        archive = zip_open_from_source(buffer, ZIP_TRUNCATE, &fault);
    if (archive == NULL) {
        zip_source_free(buffer);
        g_set_error(error, GH_RANKING_ERROR, GH_RANKING_ERROR_LIMIT, "no archive can be made: %s",
                    zip_error_strerror(&fault));
        zip_error_fini(&fault);
        return NULL;
    }
    zip_error_fini(&fault);
    zip_source_keep(buffer); /* closing the archive gives up its own hold */
    if (!add_members(archive, packing, readme, error)) {
        zip_discard(archive);
    } else if (zip_close(archive) != 0) {
        g_set_error(error, GH_RANKING_ERROR, GH_RANKING_ERROR_LIMIT, "the archive is not whole: %s",
                    zip_strerror(archive));
        zip_discard(archive);
    } else if (zip_source_stat(buffer, &stat) == 0 && zip_source_open(buffer) == 0) {
        char *bytes = g_malloc(stat.size);
        if (zip_source_read(buffer, bytes, stat.size) == (zip_int64_t)stat.size)
            packed = g_bytes_new_take(g_steal_pointer(&bytes), stat.size);
        g_free(bytes);
        zip_source_close(buffer);
    }
    if (packed == NULL && error != NULL && *error == NULL)
        g_set_error_literal(error, GH_RANKING_ERROR, GH_RANKING_ERROR_LIMIT,
                            "the archive cannot be read back");
    zip_source_free(buffer);
    return packed;
}

static void
bytes_unref(gpointer bytes)
{
    g_bytes_unref(bytes);
}

bool
gh_ranking_pack(GhStore *store, const GhRankingWhole *whole, GBytes **ret_bytes, GError **error)
{
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(bytes_unref);
    Packing packing = {.ranking = whole->ranking, .files = files};
    g_autoptr(GBytes) readme = make_readme(whole);

    if (!gh_store_read(store, read_files, &packing, error))
        return false;
    *ret_bytes = pack(&packing, readme, error);
    return *ret_bytes != NULL;
}
