# Plumb's tasks. `make` alone prints them.
.DEFAULT_GOAL := help
.PHONY: help setup setup-tests build build-all test check format demo bench

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

build-all: setup
	swift build $(SWIFT_FLAGS) --build-tests

test: setup-tests build-all ## Build, and run every test
	PLUMB_PYTHON="$(CURDIR)/.build/python/bin/python3" swift test $(SWIFT_FLAGS) --skip-build --parallel

check: build-all ## Formatting, file and function lengths, warnings, schemas and docs, the catalogue
	swift format lint --strict --parallel --recursive $(SOURCES)
	python3 .ci/check_sources.py
	$(PLUMB) schema --check
	swift test $(SWIFT_FLAGS) --skip-build --filter CatalogueTests

format: ## Format all Swift files
	swift format --in-place --parallel --recursive $(SOURCES)

demo: build ## Show the main job on a simulated cluster; needs terraform or tofu
	@PLUMB="$(CURDIR)/$(PLUMB)" examples/quickstart/demo.sh

bench: setup-tests ## Measure loading, planning and applying, and write docs/performance.md
	@Benchmarks/run
