/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* framework_testing.h - frameworks for tests: the small one, with one thing changed. For test
 * programs only. */
#pragma once

#include "framework/framework.h"

/* The files of tests/data/framework-small. */
GPtrArray *gh_framework_testing_small(void);

/* Replaces the first find in a file by replace; find NULL replaces the whole file, replace NULL takes
 * the file away. */
void gh_framework_testing_edit(GPtrArray *files, const char *name, const char *find,
                               const char *replace);

/* Adds the lens "people" to the small framework: an entry, a file and translations. */
void gh_framework_testing_add_lens(GPtrArray *files);

/* Parses; asserts that there is no error, and prints those there are. */
GhFramework *gh_framework_testing_parse(GPtrArray *files);
