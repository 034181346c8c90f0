# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tests as plain functions, told in TAP.

    from tap import test, skip, main

    @test("a name is a sentence about behaviour")
    def _(): assert 1 + 1 == 2

    main()
"""
import sys
import traceback

_tests = []


class _Skip(Exception):
    pass


def test(name):
    def register(function):
        _tests.append((name, function))
        return function
    return register


def skip(reason):
    raise _Skip(reason)


def main():
    print(f"1..{len(_tests)}", flush=True)
    failed = 0
    for number, (name, function) in enumerate(_tests, 1):
        try:
            function()
            print(f"ok {number} - {name}", flush=True)
        except _Skip as reason:
            print(f"ok {number} - {name} # SKIP {reason}", flush=True)
        except Exception:  # every failure is told; none ends the others
            failed += 1
            print(f"not ok {number} - {name}", flush=True)
            for line in traceback.format_exc().splitlines():
                print(f"# {line}", flush=True)
    sys.exit(1 if failed else 0)
