/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* error.h - what can go wrong with an index. Messages name step, unit and indicator, and the remedy. */
#pragma once

#include <glib.h>

#define GH_INDEX_ERROR (gh_index_error_quark())
GQuark gh_index_error_quark(void);

typedef enum {
    GH_INDEX_ERROR_FAULTS, /* a file has faults; the list says which */
    GH_INDEX_ERROR_SPEC,   /* a step, key, code or level that is not there, or does not fit here */
    GH_INDEX_ERROR_DATA,   /* the data cannot be used as a step needs it */
    GH_INDEX_ERROR_DEGENERATE, /* a column without spread, a group without weight, 0 in a geometric mean */
    GH_INDEX_ERROR_LIMIT,   /* larger than GH_INDEX_MAX_* */
    GH_INDEX_ERROR_UNKNOWN, /* no such unit, indicator, group */
} GhIndexError;
