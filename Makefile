# `make` lists what there is. Every target installs what it needs first; done once, that costs nothing.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# Any CPython from 3.11 on: make PYTHON=python3.13 venv
PYTHON ?= python3
BIN := .venv/bin
# 25.1 or later, for --group.
PIP_VERSION := 26.3
ENV := . tools/env.sh;
# Tests bring their own emulator, and must never meet your key.
TEST_ENV := $(ENV) unset FASTLY_API_KEY FASTLY_API_URL;
PYTEST := $(BIN)/python -m pytest
# For fewer tests: PYTEST_ARGS="-k name"
PYTEST_ARGS ?= -n auto
# For less: BENCH_ARGS="--sizes 10,100 --profiles none"
BENCH_ARGS ?=

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: up
up: venv engine ## Start the emulator and deploy the example stack
	@$(ENV) python tools/quickstart.py up

.PHONY: destroy
destroy: venv engine ## Destroy that stack
	@$(ENV) python tools/quickstart.py destroy

.PHONY: down
down: ## Stop the emulator; its data stays
	@if [[ -x $(BIN)/python ]]; then $(BIN)/python tools/quickstart.py down; fi

.PHONY: test
test: venv engine ## Run all tests, also those on the real Pulumi engine
	@# One by one, else one worker gets most of the slow ones.
	@$(TEST_ENV) $(PYTEST) --maxschedchunk 1 $(PYTEST_ARGS) tests

.PHONY: test-unit
test-unit: venv ## The tests that need no engine
	@$(TEST_ENV) $(PYTEST) $(PYTEST_ARGS) --ignore=tests/e2e tests

.PHONY: conformance
conformance: venv ## Replay recordings of the API on the emulator; print what agrees
	@$(TEST_ENV) python -m tests.conformance.replay

.PHONY: check
check: venv ## Check lint, formatting, imports and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache --no-logo
	$(BIN)/mypy --strict provider emulator report policies/fastly_policies console adopt tools
	@# One by one: to mypy they would all be the module __main__.
	for program in examples/*/__main__.py; do $(BIN)/mypy --strict "$$program"; done
	@# For its interpreter, so that imports are found from any shell.
	$(BIN)/pyright --pythonpath $(BIN)/python

.PHONY: bench
bench: venv engine ## Compare the speed with dynamic resources that do nothing
	@$(TEST_ENV) python tools/bench.py $(BENCH_ARGS)

.PHONY: smoke
smoke: venv engine ## Test a real account (needs FASTLY_API_KEY)
	@$(BIN)/python tools/smoke.py

.PHONY: engine
engine: ## Install or build a pulumi CLI if it is missing
	@$(PYTHON) tools/get_engine.py >/dev/null

FALCO_VERSION := 0.23.2
# npm's words for this machine; the package has no binary for Linux on Arm.
FALCO = .engine/falco/node_modules/falco-js/bin/falco-$$(uname -s | tr A-Z a-z)-$$(uname -m | sed 's/x86_64/amd64/;s/aarch64/arm64/')

.PHONY: falco
falco: ## Install falco, which lints VCL for the policies (needs npm)
	@npm install --silent --no-audit --no-fund --prefix .engine/falco falco-js@$(FALCO_VERSION)
	@mkdir -p .engine/bin
	@binary=$(FALCO); [[ -x $$binary ]] || { echo "make: no falco for this machine: $$binary" >&2; exit 1; }; \
	  ln -sf "../../$$binary" .engine/bin/falco

.PHONY: falco-go
falco-go: .engine/bin/falco-go ## Build a newer falco, which lints generated VCL in tests (needs Go)

# Its version is pinned there; other versions judge, and fail, otherwise.
.engine/bin/falco-go: tools/falco/go.mod tools/falco/go.sum
	@mkdir -p .engine/bin
	@cd tools/falco && CGO_ENABLED=0 go build -trimpath -ldflags=-s -o ../../.engine/bin/falco-go github.com/ysugimoto/falco/cmd/falco

.PHONY: venv
venv: .venv/.made ## Create the virtual environment

# Touched last, so an installation that was stopped half-way is repeated.
.venv/.made: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "make: $(PYTHON) is missing or too old; run make PYTHON=... with Python 3.11 or later" >&2; exit 1; }
	@echo "Installing the Python packages into .venv: about a minute."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check pip==$(PIP_VERSION)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt \
	  --build-constraint constraints.txt --group dev --editable '.[emulator,report,policies,console]'
	@touch $@

.PHONY: clean
clean: down ## Remove the data of stack and emulator, and caches
	rm -rf .state dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

.PHONY: distclean
distclean: clean ## Also remove .venv and .engine
	rm -rf .venv .engine
