/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* form.c - taking urlencoded fields apart. */
#include "http/form.h"

#include <string.h>

/* clang-format off */
G_DEFINE_QUARK(gh-form-error, gh_form_error)
/* clang-format on */

struct GhForm {
    GArray *fields; /* of GhField, owned */
};

static void
clear_field(void *data)
{
    GhField *field = data;

    g_free(field->name);
    g_free(field->value);
}

/* NULL: a bad percent code, NUL or not UTF-8. */
static char *
decode(const char *raw, size_t n)
{
    g_autofree char *text = g_malloc(n + 1);
    size_t n_text = 0;

    for (size_t i = 0; i < n; i++) {
        char c = raw[i];
        if (c == '+') {
            c = ' ';
        } else if (c == '%') {
            if (n - i < 3 || !g_ascii_isxdigit(raw[i + 1]) || !g_ascii_isxdigit(raw[i + 2]))
                return NULL;
            c = (char)(g_ascii_xdigit_value(raw[i + 1]) * 16 + g_ascii_xdigit_value(raw[i + 2]));
            i += 2;
        }
        text[n_text++] = c;
    }
    text[n_text] = '\0';

    /* With a length given, NUL inside counts as invalid. */
    if (!g_utf8_validate(text, (gssize)n_text, NULL))
        return NULL;
    return g_steal_pointer(&text);
}

static bool
add_field(GhForm *form, const char *piece, size_t n, GError **error)
{
    const char *equals = memchr(piece, '=', n);
    size_t n_name = equals != NULL ? (size_t)(equals - piece) : n;
    const char *value = equals != NULL ? equals + 1 : piece + n;

    if (form->fields->len == GH_FORM_FIELDS_MAX) {
        g_set_error(error, GH_FORM_ERROR, GH_FORM_ERROR_LIMIT, "more than %d fields",
                    GH_FORM_FIELDS_MAX);
        return false;
    }

    g_autofree char *name_text = decode(piece, n_name);
    g_autofree char *value_text = decode(value, n - (size_t)(value - piece));
    if (name_text == NULL || value_text == NULL) {
        g_set_error(error, GH_FORM_ERROR, GH_FORM_ERROR_ENCODING,
                    "field %u is not percent-encoded UTF-8", form->fields->len + 1);
        return false;
    }
    if (strlen(name_text) > GH_FORM_NAME_MAX) {
        g_set_error(error, GH_FORM_ERROR, GH_FORM_ERROR_LIMIT,
                    "the name of field %u is over %d bytes", form->fields->len + 1,
                    GH_FORM_NAME_MAX);
        return false;
    }

    GhField field = {.name = g_steal_pointer(&name_text), .value = g_steal_pointer(&value_text)};
    g_array_append_val(form->fields, field);
    return true;
}

GhForm *
gh_form_parse(const char *bytes, size_t n_bytes, GError **error)
{
    g_autoptr(GhForm) form = g_new0(GhForm, 1);
    form->fields = g_array_new(FALSE, FALSE, sizeof(GhField));
    g_array_set_clear_func(form->fields, clear_field);

    for (size_t start = 0; start < n_bytes;) {
        const char *piece = bytes + start;
        const char *end = memchr(piece, '&', n_bytes - start);
        size_t n = end != NULL ? (size_t)(end - piece) : n_bytes - start;

        if (n > 0 && !add_field(form, piece, n, error))
            return NULL;
        start += n + 1;
    }
    return g_steal_pointer(&form);
}

void
gh_form_free(GhForm *form)
{
    if (form == NULL)
        return;
    g_array_unref(form->fields);
    g_free(form);
}

size_t
gh_form_length(const GhForm *form)
{
    return form->fields->len;
}

const GhField *
gh_form_field(const GhForm *form, size_t position)
{
    g_assert(position < form->fields->len);
    return &g_array_index(form->fields, GhField, position);
}

const char *
gh_form_find(const GhForm *form, const char *name, bool *ret_repeated)
{
    const char *value = NULL;

    *ret_repeated = false;
    for (size_t i = 0; form != NULL && i < gh_form_length(form); i++) {
        const GhField *field = gh_form_field(form, i);
        if (strcmp(field->name, name) != 0)
            continue;
        if (value != NULL) {
            *ret_repeated = true;
            return NULL;
        }
        value = field->value;
    }
    return value;
}
