/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* indicators_file.h - the list of all indicators as a file. */
#pragma once

#include "http/http.h"

/* GET /indicators.{format} ; public. csv, xlsx or json; all indicators, in the framework's own words. */
bool gh_indicators_file(GhRequest *request, GhReply *reply, void *data, GError **error);
