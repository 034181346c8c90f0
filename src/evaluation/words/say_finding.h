/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* say_finding.h - what a screening check found, as a reader would write it.
 *
 * Ownership Owned by the caller.
 * Threads   Pure.
 */
#pragma once

#include "base/lang.h"
#include "evaluation/checks.h"

/* "94,000 EUR (50,000 EUR in 2022): +88 %", without the names of the data points. NULL where the check's
 * message says all there is: that something is not known. */
char *gh_say_finding(const GhFramework *framework, const GhLang *lang, const GhFinding *finding);
