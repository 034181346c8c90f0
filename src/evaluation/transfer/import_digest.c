/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* import_digest.c - what an import wrote, as one SHA-256. */
#include "evaluation/transfer/import_digest.h"

#include <math.h>
#include <string.h>

void
gh_digest_int(GChecksum *sum, int64_t value)
{
    int64_t big_endian = GINT64_TO_BE(value);
    g_checksum_update(sum, (const guchar *)&big_endian, sizeof big_endian);
}

void
gh_digest_number(GChecksum *sum, double value)
{
    int64_t bits;
    if (isnan(value))
        value = NAN; /* one of the many */
    memcpy(&bits, &value, sizeof bits);
    gh_digest_int(sum, bits);
}

void
gh_digest_text(GChecksum *sum, const char *text_or_null)
{
    gh_digest_int(sum, text_or_null != NULL ? (int64_t)strlen(text_or_null) : -1);
    if (text_or_null != NULL)
        g_checksum_update(sum, (const guchar *)text_or_null, (gssize)strlen(text_or_null));
}
