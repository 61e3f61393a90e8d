# Two commands do everything: `make demo` and `make test`. Both set up what they need.
# Needed beforehand: python3 (3.11 or later) with venv, make, git.

PYTHON ?= python3
# One more than the cores of a small machine: browser tests wait much.
WORKERS ?= 3
VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/.stamps

# A folder of real plan documents and one of real data, where there is one: tests that read them
# are skipped and counted without it.
XIETONG_PLANS ?= $(wildcard ../shared/plans)
XIETONG_DATA ?= $(wildcard ../shared/data)
ifneq ($(strip $(XIETONG_PLANS)),)
export XIETONG_PLANS := $(abspath $(XIETONG_PLANS))
else
unexport XIETONG_PLANS
endif
ifneq ($(strip $(XIETONG_DATA)),)
export XIETONG_DATA := $(abspath $(XIETONG_DATA))
else
unexport XIETONG_DATA
endif

.DEFAULT_GOAL := help
.PHONY: help setup system demo test test-long lint format docs lock hooks clean distclean

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

setup: $(STAMPS)/project system ## create .venv from the lock file, install what Debian packages can be installed

$(BIN)/python:
	@sh scripts/make_venv.sh "$(PYTHON)" "$(VENV)"

$(STAMPS)/requirements: requirements.lock | $(BIN)/python
	@sh scripts/install_requirements.sh "$(VENV)" requirements.lock
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/project: pyproject.toml $(STAMPS)/requirements
	@$(BIN)/python -m pip install -qq --no-deps --no-build-isolation --editable .
	@mkdir -p $(STAMPS) && touch $@

system:
	@sh scripts/install_system_packages.sh

demo: setup ## run the main job on the plan documents found, or on the sample plan
	@set --; \
	for file in "$${XIETONG_PLANS:-/nonexistent}"/*.txt "$${XIETONG_PLANS:-/nonexistent}"/*.docx \
	    "$${XIETONG_PLANS:-/nonexistent}"/*.pdf "$${XIETONG_PLANS:-/nonexistent}"/*.html; do \
	  if [ -f "$$file" ]; then set -- "$$@" "$$file"; fi; \
	done; \
	$(BIN)/xietong demo "$$@"

test: setup ## lint, types, import ladder, tests, documentation and its examples
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

test-long: setup ## what takes longer than `make test` may
	@$(BIN)/python -m pytest -m long

lint: setup ## ruff, mypy, import-linter, file checks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/check_files.py

format: setup ## let ruff mend what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: setup ## build the documentation into docs/_build/html
	$(BIN)/python -m sphinx -W --keep-going -q -b html docs docs/_build/html
	@echo "docs/_build/html/index.html"

lock: $(BIN)/python ## write requirements.lock anew from pyproject.toml (UPGRADE=1 takes newest versions)
	@$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-header --all-extras --group dev $(if $(UPGRADE),--upgrade) \
	    --quiet --output-file requirements.lock

hooks: setup ## check every commit with pre-commit
	$(BIN)/pre-commit install

clean: ## remove what builds and tests leave behind
	rm -rf docs/_build docs/reference/generated build dist .mypy_cache .ruff_cache .pytest_cache \
	    .hypothesis .import_linter_cache
	find src tests docs scripts benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

distclean: clean ## also remove .venv
	rm -rf $(VENV)
