/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/backup.h"
#include "store/store_engine.h"

#include <glib/gstdio.h>
#include <string.h>

/* In every case SECRET is part of a password. Ports lead nowhere: nothing listens on number 1. */
static const struct {
    const char *label;
    const char *location;
    const char *want_shown;
    bool want_refused;
} cases[] = {
    /* good ones */
    {"a file", "guildhall.db", "guildhall.db", false},
    {"a file with = behind a folder", "./a=b.db", "./a=b.db", false},
    {"a file with a colon", "/srv/data 12:30.db", "/srv/data 12:30.db", false},
    {"a file with an @", "/srv/a@b.db", "/srv/a@b.db", false},
    {"an address", "postgresql://anna:SECRET@127.0.0.1:1/city", "postgresql://127.0.0.1:1/city",
     false},
    {"the short scheme", "postgres://anna:SECRET@127.0.0.1:1/city", "postgresql://127.0.0.1:1/city",
     false},
    {"a scheme in capitals", "POSTGRESQL://anna:SECRET@127.0.0.1:1/city",
     "postgresql://127.0.0.1:1/city", false},
    {"a scheme in mixed letters", "Postgres://anna:SECRET@127.0.0.1:1/city",
     "postgresql://127.0.0.1:1/city", false},
    {"a socket", "postgresql:///city?host=/nonexistent", "postgresql:///city", false},
    {"two hosts, one in brackets", "postgresql://anna:SECRET@[::1]:1,127.0.0.1:1/city",
     "postgresql://[::1]:1,127.0.0.1:1/city", false},
    {"a password that is encoded", "postgresql://anna:%40%2F%3FSECRET@127.0.0.1:1/city",
     "postgresql://127.0.0.1:1/city", false},
    {"a password with # and : which libpq reads", "postgresql://anna:a:b#SECRET@127.0.0.1:1/city",
     "postgresql://127.0.0.1:1/city", false},
    {"a password among the options", "postgresql://127.0.0.1:1/city?password=SECRET",
     "postgresql://127.0.0.1:1/city", false},
    {"a password with @ among the options",
     "postgresql:///city?host=/nonexistent&password=a@SECRET", "postgresql:///city", false},
    {"the same, and a user before", "postgresql://anna@127.0.0.1:1/city?password=a@SECRET",
     "postgresql://...", false},

    /* addresses that went wrong */
    {"/ in the password", "postgresql://user:pa/ssSECRET@127.0.0.1:1/db",
     "postgresql://127.0.0.1:1/db", true},
    {"/ behind digits in the password", "postgresql://127.0.0.1:1/SECRET@127.0.0.1:1/db",
     "postgresql://127.0.0.1:1/db", true},
    {"@ in the password", "postgresql://user:p@ssSECRET@127.0.0.1:1/db",
     "postgresql://127.0.0.1:1/db", true},
    {"@ twice and / in the password", "postgresql://user:a@b/c@SECRET@127.0.0.1:1/db",
     "postgresql://127.0.0.1:1/db", true},
    {"% in the password", "postgresql://user:SECRET%zz@127.0.0.1:1/db",
     "postgresql://127.0.0.1:1/db", true},
    {"? in the password", "postgresql://user:pa?ssSECRET@127.0.0.1:1/db", "postgresql://...", true},
    {"? behind the secret", "postgresql://user:SECRET?x@127.0.0.1:1/db", "postgresql://...", true},
    {"? and = in the password", "postgresql://user:SECRET?a=b@127.0.0.1:1/db", "postgresql://...",
     true},
    {"? in the password, no host", "postgresql://user:SECRET?x", "postgresql://...", true},
    {"# in the password, no host", "postgresql://user:a#SECRET/db", "postgresql://...", true},
    {"no host", "postgresql://user:SECRET/db", "postgresql://...", true},
    {"[ in the host", "postgresql://user:SECRET@[db", "postgresql://[db", true},
    {"an option that libpq does not know", "postgresql://127.0.0.1:1/db?passwort=SECRET",
     "postgresql://127.0.0.1:1/db", true},
    {"keywords as the name", "postgresql://127.0.0.1:1/host=x password=SECRET", "postgresql://...",
     true},
    {"# in the name of the database", "postgresql://127.0.0.1:1/db#x",
     "postgresql://127.0.0.1:1/db", false},

    /* neither file nor address */
    {"keywords", "host=127.0.0.1 password=SECRET", "(not shown)", true},
    {"keywords with blanks", " host = 127.0.0.1 password = SECRET", "(not shown)", true},
    {"keywords in capitals", "HOST=127.0.0.1 PASSWORD=SECRET", "(not shown)", true},
    {"keywords, the last misspelt", "host=127.0.0.1 pasword=SECRET", "(not shown)", true},
    {"a password behind a path", "/srv/db password=SECRET", "(not shown)", true},
    {"a driver in the scheme", "postgresql+psycopg://user:SECRET@127.0.0.1:1/db", "(not shown)",
     true},
    {"another database", "mysql://user:SECRET@127.0.0.1:1/db", "(not shown)", true},
    {"a blank before the scheme", " postgresql://user:SECRET@127.0.0.1:1/db", "(not shown)", true},
    {"one / only", "postgresql:/user:SECRET@127.0.0.1:1/db", "(not shown)", true},
    {"one / and no @", "postgresql:/user:SECRET", "(not shown)", true},
    {"no colon in the scheme", "postgresql//user:SECRET@127.0.0.1:1/db", "(not shown)", true},
    {"a file with : before @", "/srv/a:SECRET@b.db", "(not shown)", true},
    {"no scheme", "user:SECRET@127.0.0.1/db", "(not shown)", true},
};

static void
expect_no_secret(const char *text)
{
    if (strstr(text, "SECRET") != NULL || strstr(text, "ssS") != NULL)
        g_error("the password is shown: %s", text);
}

static void
test_passwords_are_not_shown(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].label);
        g_autofree char *shown = gh_store_shown_location(cases[i].location);
        expect_no_secret(shown);
        g_assert_cmpstr(shown, ==, cases[i].want_shown);
    }
}

static void
test_addresses_gone_wrong_are_refused(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_test_message("%s", cases[i].label);
        g_assert_true(gh_store_check_location(cases[i].location, &error) != cases[i].want_refused);
        if (!cases[i].want_refused) {
            g_assert_no_error(error);
            continue;
        }
        g_assert_error(error, GH_STORE_ERROR, GH_STORE_ERROR_OPEN);
        g_assert_nonnull(strstr(error->message, "postgresql://user"));
        expect_no_secret(error->message);
        g_assert_null(strstr(error->message, "127.0.0.1"));
    }
}

/* Opening and restoring fail one way or the other: there is no such server. */
static void
test_no_message_quotes_a_password(void)
{
    g_autoptr(GError) failure = NULL;
    g_autofree char *folder = g_dir_make_tmp("guildhall-test-XXXXXX", &failure);
    g_assert_no_error(failure);
    g_autofree char *backup = g_build_filename(folder, "none.db", NULL);

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) opening = NULL;
        g_autoptr(GError) restoring = NULL;
        if (strstr(cases[i].location, "SECRET") == NULL)
            continue;
        g_test_message("%s", cases[i].label);
        g_autoptr(GhStore) store =
            gh_store_open(cases[i].location, GH_STORE_CREATE_OR_UPGRADE, &opening);
        g_assert_null(store);
        g_assert_error(opening, GH_STORE_ERROR, GH_STORE_ERROR_OPEN);
        expect_no_secret(opening->message);
        g_assert_false(gh_backup_restore(backup, cases[i].location, NULL, &restoring));
        g_assert_error(restoring, GH_STORE_ERROR, GH_STORE_ERROR_OPEN);
        expect_no_secret(restoring->message);
    }
    g_assert_cmpint(g_rmdir(folder), ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/location/passwords are not shown", test_passwords_are_not_shown);
    g_test_add_func("/location/addresses that went wrong are refused without quoting them",
                    test_addresses_gone_wrong_are_refused);
    g_test_add_func("/location/no message about opening or restoring quotes a password",
                    test_no_message_quotes_a_password);
    return g_test_run();
}
