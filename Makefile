# Plumb's tasks. `make` alone prints them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.PHONY: help setup setup-tests build build-all test check format demo bench soak

# The same flags everywhere, so that nothing is compiled twice.
SWIFT_FLAGS := --explicit-target-dependency-import-check error
PLUMB := .build/debug/plumb
SOURCES := Package.swift Sources Tests

help: ## Print this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1|/' | \
	while IFS='|' read -r name text; do printf '  make %-8s %s\n' "$$name" "$$text"; done

setup: ## Install the Debian packages that are missing, and check for swift and terraform
	@.ci/setup

setup-tests: setup
	@.ci/setup-python

build: setup ## Build plumb
	swift build $(SWIFT_FLAGS) --product plumb

# The log shows the warnings of what was compiled now; in a clean clone that is everything.
build-all: setup
	@mkdir -p .build
	@set -o pipefail; swift build $(SWIFT_FLAGS) --build-tests 2>&1 | tee .build/build.log

# All tests at once, each would have its first turn after minutes, and those with a time limit would miss it.
TEST_WIDTH := SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=16

test: setup-tests build-all ## Build, and run every test
	$(TEST_WIDTH) PLUMB_NEEDS_TERRAFORM=1 PLUMB_PYTHON="$(CURDIR)/.build/python/bin/python3" swift test $(SWIFT_FLAGS) --skip-build --parallel

check: build-all ## Formatting, file and function lengths, warnings, schemas and docs, the catalogue
	swift format lint --strict --parallel --recursive $(SOURCES)
	@! grep -hE '/(Sources|Tests)/.*: warning: ' .build/build.log | sort -u | grep .
	python3 .ci/check_sources.py
	$(PLUMB) schema --check
	swift test $(SWIFT_FLAGS) --skip-build --filter CatalogueTests

format: ## Format all Swift files
	swift format --in-place --parallel --recursive $(SOURCES)

demo: build ## Show the main job on a simulated cluster; needs terraform or tofu
	@PLUMB="$(CURDIR)/$(PLUMB)" examples/quickstart/demo.sh

bench: setup-tests ## Measure loading, planning and applying, and write docs/performance.md
	@Benchmarks/run

soak: setup-tests build-all ## Kill and disturb Plumb for some hours, and print what came of it
	@PLUMB_PYTHON="$(CURDIR)/.build/python/bin/python3" .ci/soak
