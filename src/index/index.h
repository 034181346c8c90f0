/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* index.h - composite indicators: from raw indicators to an index, and how sure its ranks are.
 *
 * A library of pure numbers: it knows no database, no pages and no cities. Include this one. The order of
 * reading is that of the work: data.h what is given, spec.h what is to be done, steps.h how each step works,
 * run.h all steps at once, stats.h and analysis.h what to look at, uncertainty.h how much the result
 * depends on the choices.
 *
 * Source    OECD/JRC, Handbook on Constructing Composite Indicators (2008), its ten steps; docs/index.md has
 *           every formula with its source.
 */
#pragma once

#include "index/analysis.h"
#include "index/column.h"
#include "index/data.h"
#include "index/read.h"
#include "index/run.h"
#include "index/spec.h"
#include "index/state.h"
#include "index/stats.h"
#include "index/steps.h"
#include "index/uncertainty.h"
#include "index/weights.h"
#include "index/write.h"
