/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* form.h - the fields of a form or a query string: application/x-www-form-urlencoded.
 *
 * Shapes    Names and values are valid UTF-8 without NUL, in the order they came; names may repeat.
 * Refused   Bad percent codes, NUL, text that is not UTF-8, more than GH_FORM_FIELDS_MAX fields, a
 *           name over GH_FORM_NAME_MAX bytes. Empty pieces (a=1&&b=2) are passed over.
 * Ownership A form owns its texts.
 * Limits    The caller bounds the number of bytes.
 * Source    WHATWG URL Standard, "application/x-www-form-urlencoded parsing"; stricter where that
 *           would mend.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#define GH_FORM_ERROR (gh_form_error_quark())
GQuark gh_form_error_quark(void);

typedef enum {
    GH_FORM_ERROR_ENCODING,
    GH_FORM_ERROR_LIMIT,
} GhFormError;

enum {
    GH_FORM_FIELDS_MAX = 1000,
    GH_FORM_NAME_MAX = 100,
};

typedef struct {
    char *name;
    char *value;
} GhField;

typedef struct GhForm GhForm;

GhForm *gh_form_parse(const char *bytes, size_t n_bytes, GError **error);
void gh_form_free(GhForm *form);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GhForm, gh_form_free)

size_t gh_form_length(const GhForm *form);
const GhField *gh_form_field(const GhForm *form, size_t position);

/* The value of the only field of that name; NULL when there is none. ret_repeated tells that there
 * are several, and then the value is NULL too. form may be NULL. */
const char *gh_form_find(const GhForm *form, const char *name, bool *ret_repeated);
