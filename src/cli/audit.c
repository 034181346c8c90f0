/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* audit.c - guildhall audit verify: proves that the audit trail is whole. */
#include <stdio.h>

#include "cli/command.h"
#include "store/audit.h"

static int
run(int argc, char **argv)
{
    int status = GH_EXIT_DONE;
    if (!gh_command_parse(&gh_command_audit, NULL, &argc, &argv, 1, 1, &status))
        return status;
    if (!g_str_equal(argv[1], "verify"))
        return gh_command_usage_error(&gh_command_audit, "unknown word \"{word}\"", "word", argv[1],
                                      NULL);

    g_autoptr(GError) error = NULL;
    g_autoptr(GhStore) store = gh_command_open(GH_STORE_MUST_EXIST, &error);
    if (store == NULL)
        return gh_command_fail(error);

    g_auto(GhAuditReport) report = {0};
    if (!gh_audit_verify(store, &report, &error))
        return gh_command_fail(error);
    if (!report.intact) {
        g_autofree char *entry = g_strdup_printf("%" G_GINT64_FORMAT, report.bad_seq);
        gh_command_say(stderr, "guildhall: the audit trail is broken at entry {entry}: {fault}",
                       "entry", entry, "fault", report.fault, NULL);
        return GH_EXIT_FAILED;
    }
    gh_command_say_plural(stdout, "the audit trail is whole: {n} entry",
                          "the audit trail is whole: {n} entries", report.n_entries, NULL);
    return GH_EXIT_DONE;
}

const GhCommand gh_command_audit = {
    .name = "audit",
    .usage = "verify",
    .summary = GH_MARK("proves that the audit trail is whole"),
    .run = run,
};
