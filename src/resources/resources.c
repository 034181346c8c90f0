/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* resources.c - see resources.h. The data itself is guildhall-resources.c, made by the build. */
#include "resources/resources.h"

#include <stdlib.h>
#include <string.h>

#include "guildhall-resources.h"

GResource *
gh_resources_get(void)
{
    /* NB: this call is also what keeps the generated object, with its constructor, in a program
     * that links the library statically. */
    return guildhall_get_resource();
}

GBytes *
gh_resources_lookup(const char *path)
{
    return g_resource_lookup_data(gh_resources_get(), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}

static int
compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

GStrv
gh_resources_children(const char *folder)
{
    GStrv names = g_resource_enumerate_children(gh_resources_get(), folder,
                                                G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    if (names == NULL)
        return g_new0(char *, 1);

    qsort(names, g_strv_length(names), sizeof *names, compare_names);
    return names;
}
