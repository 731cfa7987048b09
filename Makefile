# Qiyue: `make help` lists what there is.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
JOBS ?= 2

.PHONY: help setup fmt lint types imports sizes docs docs-check check test test-fast bench bench-search bench-checks bench-corpus prove \
	fuzz score demo serve screens samples picture \
	elasticsearch pins clean

help: ## Show the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-14s %s\n", $$1, $$2}'

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@ $(VENV)/.run

setup: $(VENV)/.dev ## Make .venv with the pinned closure and the tools for development

fmt: $(VENV)/.dev ## Format the code and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix --quiet .

lint: $(VENV)/.dev ## Format and style
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check .

types: $(VENV)/.dev ## mypy --strict
	$(BIN)/mypy

imports: $(VENV)/.dev ## Import rules between the packages
	$(BIN)/lint-imports

sizes: $(VENV)/.dev ## Modules and functions stay small
	$(BIN)/python -m tools.sizes

docs: $(VENV)/.dev ## Write the generated documents
	$(BIN)/python -m tools.docs

docs-check: $(VENV)/.dev
	$(BIN)/python -m tools.docs --check

check: lint types imports sizes docs-check ## All gates and all tests
	$(BIN)/python -m pytest -q -n $(JOBS) --dist loadgroup

test: check ## The same: gates and tests, with a genuine Elasticsearch node where Java and Maven are installed

test-fast: $(VENV)/.dev ## Unit tests only, stop at the first failure
	$(BIN)/python -m pytest -q -x -m "not elastic and not shared and not slow"

bench: $(VENV)/.dev ## Speed and OCR accuracy, as ratios to the bare engine
	$(BIN)/python -m tools.bench

bench-search: $(VENV)/.dev ## Search in a million clauses: indexing, latency, memory (ENGINE=elasticsearch CLAUSES=300000)
	$(BIN)/python -m tools.bench_search --clauses $(or $(CLAUSES),1000000) --engine $(or $(ENGINE),embedded)

bench-checks: $(VENV)/.dev ## What the checks cost over 13,000 characters
	$(BIN)/python -m tools.bench_checks

bench-corpus: $(VENV)/.dev ## The operator's figures: bookkeeping, memory, exports of 100,000 clauses, two workers
	$(BIN)/python -m tools.bench_corpus

prove: $(VENV)/.dev ## The long proofs: every substring is found, searches go on while rebuilding, killed imports lose nothing
	$(BIN)/python -m tools.prove_search --elastic 8 9
	$(BIN)/python -m tools.prove_rebuild
	$(BIN)/python -m tools.kill_proof

fuzz: $(VENV)/.dev ## Read 2,000 damaged files of all formats in limited processes
	$(BIN)/python -m tools.fuzz_ingest

score: $(VENV)/.dev ## Precision and recall of the facts over annotated contracts (docs/accuracy.md)
	$(BIN)/python -m tools.score

demo: $(VENV)/.run ## Import the shipped scanned contract and show what comes out
	@$(BIN)/python -m tools.demo

serve: $(VENV)/.run ## The workbench with the sample contracts, on this machine only (PORT=8400)
	@$(BIN)/python -m tools.serve_samples --port $(or $(PORT),8400)

screens: $(VENV)/.dev ## Draw docs/screens again: every page in both lights (needs Chromium)
	$(BIN)/python -m tools.screens

samples: $(VENV)/.dev ## Make the sample files again from their texts (needs the fonts of tests/support/fonts.py)
	$(BIN)/python -m tests.support.scan service samples/service.pdf samples/service.lines.json.gz
	$(BIN)/python -m tests.support.word samples/purchase.docx
	$(BIN)/python -m tests.support.digital samples/lease.pdf

picture: $(VENV)/.dev ## Draw the picture of the README again
	$(BIN)/python -m tools.picture

elasticsearch: $(VENV)/.dev ## Start a genuine Elasticsearch node on 127.0.0.1 for development
	$(BIN)/python -m tools.elasticsearch start

pins: $(VENV)/.dev ## Write constraints.txt from what is installed
	$(BIN)/python -m pip freeze --exclude-editable --exclude qiyue > constraints.txt

clean: ## Remove the environment and all caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .demo .bench .serve
