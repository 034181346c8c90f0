/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* country.h - names of countries for people.
 *
 * Ownership Results are borrowed: static texts, or code itself.
 * Threads   Pure.
 * Source    ISO 3166-1; names in the short form in use at the United Nations, without articles.
 */
#pragma once

#include "base/lang.h"

/* The name of the country with that ISO 3166-1 alpha-2 code; the code itself where it is not in the
 * list; "" for NULL. */
const char *gh_country_name(const GhLang *lang, const char *code);
