#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# Installs what the project needs and is not there yet: deps.sh build|test
# Asks the package manager only when something is missing, so that a second run needs no network.
set -eu
cd "$(dirname "$0")/.."

case "${1:-}" in
build) lists="packaging/debian-build.txt" ;;
test) lists="packaging/debian-build.txt packaging/debian-test.txt" ;;
*)
    echo "usage: packaging/deps.sh build|test" >&2
    exit 2
    ;;
esac

missing=""
for package in $(cat $lists | sed 's/#.*//'); do
    # Some vendors ship npm inside nodejs; then the separate package cannot be installed.
    [ "$package" = npm ] && command -v npm >/dev/null 2>&1 && continue
    dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null | grep -q '^ii' || missing="$missing $package"
done

if [ -n "$missing" ]; then
    sudo=""
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null 2>&1 || {
            echo "deps: these packages are missing; install them as root:$missing" >&2
            exit 1
        }
        sudo=sudo
    fi
    echo "deps: installing$missing"
    $sudo apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $missing
fi

# Theme (and, for the tests, the browser tools) from npm: again only when the lock file has changed.
[ -f ui/package-lock.json ] || exit 0
if ! cmp -s ui/package-lock.json ui/node_modules/.installed-lock; then
    (cd ui && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
    cp ui/package-lock.json ui/node_modules/.installed-lock
fi
