# make demo     install into .venv, scan the example articles, print the table, write report.html
# make test     everything that must hold: lint, types, tests, doctests, installations
# make golden   take the table, JSON, CSV and HTML as they are now for those that the tests compare with
# make picture  the screenshot in the README
# make quality  the quality floors, on labelled data (DATA=folder)
# make bench    speed and rivals
# make clean    forget all of it

PYTHON ?= python3
DATA ?= ../shared/data

VENV := .venv
BIN := $(VENV)/bin
# A stamp says that an environment holds what setup.cfg asked for: as long as it is newer, nothing is installed again.
METADATA := setup.cfg pyproject.toml
PIP := $(BIN)/python -m pip --disable-pip-version-check
RUNNABLE := $(VENV)/program.stamp
TESTABLE := $(VENV)/test.stamp
COMPARABLE := $(VENV)/bench.stamp

.DEFAULT_GOAL := help
.PHONY: help demo test lint types tests golden picture quality bench clean
.DELETE_ON_ERROR:

help:
	@sed -n 's/^# make /make /p' Makefile

demo: $(RUNNABLE)
	@$(BIN)/detector scan seeds --report report.html
	@echo "The report, with both texts side by side: report.html"

test: lint types tests

lint: $(TESTABLE)
	$(BIN)/ruff check .

types: $(TESTABLE)
	$(BIN)/mypy --strict detector

tests: $(TESTABLE)
	$(BIN)/python -m pytest

golden: $(TESTABLE)
	DETECTOR_GOLDEN=refresh $(BIN)/python -m pytest tests/test_golden.py
	@git --no-pager diff --stat tests/golden

picture: $(TESTABLE)
	$(BIN)/python -m tests.picture docs/report.png

quality: $(RUNNABLE)
	$(BIN)/python -m benchmarks.quality check --data $(DATA)

bench: $(COMPARABLE)
	@for each in speed peers scale; do \
	    if [ -f benchmarks/$$each.py ]; then \
	        echo "$(BIN)/python -m benchmarks.$$each --data $(DATA)"; \
	        $(BIN)/python -m benchmarks.$$each --data $(DATA) || exit 1; \
	    fi; \
	done

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis report.html
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# pip is brought up to date first: 23.2, which ships with Python 3.11, fails on some packages.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "Python 3.11 or later is needed; name one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	    { echo "This Python cannot make environments; on Debian: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) install -qq --upgrade pip

$(RUNNABLE): $(METADATA) | $(BIN)/python
	$(PIP) install -qq --editable .
	@touch $@

$(TESTABLE): $(RUNNABLE)
	$(PIP) install -qq --editable '.[test]'
	@touch $@

$(COMPARABLE): $(RUNNABLE)
	$(PIP) install -qq --editable '.[bench]'
	@touch $@
