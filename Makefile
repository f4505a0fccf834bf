# One door for people and for CI. `make` alone tells what there is.
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
PY := $(BIN)/python

# Set-up runs on the environment's own Python once there is one, before on the first that will do.
NEWEST := python3 python3.14 python3.13 python3.12 python3.11 python
SUITS := -c 'import sys; sys.exit(sys.version_info < (3, 11))'
PYTHON ?= $(or $(wildcard $(PY)),$(shell for p in $(NEWEST); do \
	$$p $(SUITS) 2>/dev/null && echo $$p && break; done))
SETUP = $(or $(PYTHON),$(error Install Python 3.11 or newer, then run make again)) packaging/setup

# What draws without a screen says so itself; everything but `make run` needs none.
OFFSCREEN := QT_QPA_PLATFORM=offscreen
CATALOGUE := resources/locale

.PHONY: help run test pytest lint check-format check-style check-types check-floors format
.PHONY: ready bench screens golden soak words clean

help:  ## This list
	@echo "make TARGET, where TARGET is one of"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r name what; \
		do printf '  %-10s %s\n' "$$name" "$$what"; done

run:  ## Set up what is missing, then open the till on its sample catalogue (ARGS="...")
	@$(SETUP) start $(ARGS)

ready:
	@$(SETUP) test

test: check-format check-style check-floors  ## Set up, lint, run the tests (ARGS="tests/domain -x")
	@$(MAKE) -j 2 check-types pytest

# Types are checked on one core, and take a minute the first time: beside the tests.
pytest: | ready
	@$(PY) -m pytest --numprocesses auto --dist worksteal $(ARGS)

lint: check-format check-style check-types check-floors  ## Format, style, types, floors

check-format: | ready
	@$(BIN)/ruff format --check --quiet --output-format concise . || { echo "run: make format"; exit 1; }

check-style: | ready
	@$(BIN)/ruff check --quiet --output-format concise .

check-types: | ready
	@$(PY) -m mypy --no-error-summary

check-floors: | ready
	@mkdir -p build
	@$(BIN)/lint-imports --no-logo > build/floors.txt 2>&1 || { cat build/floors.txt; exit 1; }

format: | ready  ## Put the code in its format, and mend what can be mended
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --fix --quiet .

bench: | ready  ## Measure against the floors of the same run, one JSON line each
	@$(OFFSCREEN) $(PY) tests/bench/run.py $(ARGS)

screens: | ready  ## Draw every view into build/screens
	@$(OFFSCREEN) $(PY) tests/screens/capture.py build/screens $(ARGS)

golden: | ready  ## Decode receipts with another project's printer (needs npm), compare dot for dot
	@npm install --silent --no-audit --no-fund --prefix build/npos --ignore-scripts npos@0.1.19
	@$(OFFSCREEN) $(PY) -m tests.golden.compare

soak: | ready  ## The same tests with many more examples (hours)
	@TOFAN_SOAK=1 $(PY) -m pytest --numprocesses auto --dist worksteal $(ARGS)

words: | ready  ## Gather the words of the code, merge them into the Thai catalogue, compile it
	@mkdir -p build $(CATALOGUE)
	@$(BABEL) -q extract -k say -k _say -k label -k N_ --no-location --sort-output --no-wrap \
		--project tofan-pos -o build/tofan.pot tofan_pos
	@$(BABEL) -q update -D tofan -l th -i build/tofan.pot -d $(CATALOGUE) --init-missing \
		--no-wrap --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	@$(BABEL) -q compile -D tofan -d $(CATALOGUE)
BABEL = $(PY) -m babel.messages.frontend

clean:  ## Remove what was made, except .venv
	@rm -rf build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find tofan_pos tests packaging -name __pycache__ -type d -prune -exec rm -rf {} +
