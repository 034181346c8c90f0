# SPDX-License-Identifier: AGPL-3.0-or-later
# The front door. Meson does the building; this names the few things people do.
#
#   make run         install what is missing, build, create guildhall.db with the sample, serve
#   make test        install what the tests need and run all of them
#   make test-asan   the C tests under the address and undefined behaviour sanitizers
#   make test-tsan   the tests with threads under the thread sanitizer
#   make fuzz        each parser of foreign text for FUZZ_SECONDS (60) seconds
#   make bench       the measurements of docs/performance.md
#   make lint        format, static analysis, house rules

BUILD ?= build
FUZZ_SECONDS ?= 60
# In CI a warning is an error; on a user's newer compiler it is not.
WERROR = $(if $(CI),true,false)
# A sanitizer makes a program several times slower.
SLOWER = --timeout-multiplier 5

.PHONY: all deps test-deps build run test test-asan test-tsan fuzz bench lint clean

all: build

deps:
	@packaging/deps.sh build

test-deps:
	@packaging/deps.sh test

$(BUILD)/build.ninja:
	@meson setup $(BUILD) -Dwerror=$(WERROR)

build: $(BUILD)/build.ninja
	@ninja -C $(BUILD)
	@ln -sf src/cli/guildhall $(BUILD)/guildhall

run: deps build
	@$(BUILD)/guildhall init --sample
	@echo "Guildhall is at http://127.0.0.1:8080 - stop it with Ctrl-C"
	@$(BUILD)/guildhall serve

test: test-deps build
	@tests/run $(BUILD)

build-asan/build.ninja:
	@meson setup build-asan -Dwerror=$(WERROR) -Db_sanitize=address,undefined -Db_lundef=false \
	    -Dc_args=-fno-sanitize-recover=all

test-asan: test-deps build-asan/build.ninja
	@ninja -C build-asan
	@LSAN_OPTIONS="suppressions=$(CURDIR)/tests/lsan.supp:print_suppressions=0" \
	    tests/run build-asan --suite unit --suite fuzz $(SLOWER)

# gcc's thread sanitizer does not know GLib's futex locks as well as clang's does.
# G_SLICE: the sanitizer sees what malloc hands on from thread to thread, but not GLib's own slices.
build-tsan/build.ninja:
	@CC=clang meson setup build-tsan -Dwerror=$(WERROR) -Db_sanitize=thread -Db_lundef=false

test-tsan: test-deps build-tsan/build.ninja
	@ninja -C build-tsan
	@G_SLICE=always-malloc TSAN_OPTIONS="suppressions=$(CURDIR)/tests/tsan.supp halt_on_error=1" \
	    tests/run build-tsan --suite unit $(SLOWER)

build-fuzz/build.ninja:
	@CC=clang meson setup build-fuzz -Dfuzz=true -Db_sanitize=address,undefined -Db_lundef=false

fuzz: test-deps build-fuzz/build.ninja
	@ninja -C build-fuzz
	@tests/fuzz/run build-fuzz $(FUZZ_SECONDS)

bench: test-deps build
	@bench/run $(BUILD)

lint: test-deps build
	@tests/lint $(BUILD)

clean:
	@rm -rf build build-asan build-tsan build-fuzz
