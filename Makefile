# What can be done here; `make` alone lists it. Needs Python 3.11 or newer, make and git.

VENV ?= .venv
BIN := $(VENV)/bin
DIGEST := $(BIN)/python -m generator
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet
# Wheels only: whatever is built from source would fetch build tools that no lock knows.
# On a system without a wheel for one of them: make PIP_FLAGS= site
PIP_FLAGS ?= --only-binary=:all:
UV_VERSION := 0.13.9
LOCK_FLAGS ?=
EVAL_FLAGS ?=
# What not every digest needs (Word files): make EXTRAS=1 site. The tests need it, too.
EXTRAS ?=
# A worker per core, each test file in one of them; one after the other: make PYTEST_FLAGS= test
PYTEST_FLAGS ?= -n auto --maxprocesses 4 --dist loadfile

.DEFAULT_GOAL := help
.PHONY: help site serve git test bench eval fuzz fonts pictures screens format setup setup-dev lock clean distclean
.NOTPARALLEL:
.DELETE_ON_ERROR:

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1 #\2/p' Makefile | awk -F'#' '{ printf "%-18s %s\n", $$1, $$2 }'

site: setup ## take in the raw articles and build the site (installs what is missing)
	@tools/site.sh "$(BIN)/python"

serve: setup ## live preview with drafts and held pages
	@$(DIGEST) serve

git: setup ## tell this clone's git to merge pages field by field (tools/git-setup.sh)
	@tools/git-setup.sh

test: setup-dev ## the whole check: format, lint, types, import rules, strict build, tests
	@tools/check.sh "$(BIN)" $(PYTEST_FLAGS)

bench: setup-dev ## measure: every script in bench/, to the end; red where one is over its limit
	@over=; for script in bench/[!_]*.py; do \
	  echo "== $$script"; PYTHONPATH=. $(BIN)/python "$$script" || over="$$over $$script"; done; \
	  if [ -n "$$over" ]; then echo "over its limits, or failed:$$over"; exit 1; fi

eval: setup-dev ## measure the extraction beside two libraries and against its floors (EVAL_FLAGS=--json, --pin …)
	@PYTHONPATH=. $(BIN)/python -m tests.shared.evaluate $(EVAL_FLAGS)

fuzz: setup-dev ## long search for inputs that break a property
	@HYPOTHESIS_PROFILE=fuzz $(BIN)/python -m pytest -m "fuzz or hypothesis" $(PYTEST_FLAGS) --dist load

fonts: setup ## make the theme's fonts again (FONTS_FLAGS=--check; fetches them with npm and pip, or --from FOLDER)
	@$(BIN)/python tools/fonts.py $(FONTS_FLAGS)

pictures: setup-dev ## draw the icons, and the picture that stands beside a shared link
	@$(BIN)/python tools/pictures.py && $(BIN)/python tools/pictures.py --site site_config.yml

screens: site setup-dev ## every kind of page as a picture, in .cache/screens (SCREENS_FLAGS="--kinds home,article")
	@$(BIN)/python tools/screens.py site .cache/screens $(SCREENS_FLAGS)

format: setup-dev ## put code into the common form
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

setup: $(VENV)/.site $(if $(EXTRAS),$(VENV)/.extras) ## .venv with what the site needs (and the extras: EXTRAS=1)
setup-dev: $(VENV)/.dev ## .venv with what the tests need, too

$(VENV)/.made:
	@python=$$(tools/python.sh) && echo "==> making $(VENV) with $$($$python --version)" && \
	  $$python -m venv --clear "$(VENV)" && touch $@

$(VENV)/.site: $(VENV)/.made requirements.lock pyproject.toml
	@echo "==> installing the locked dependencies"
	@$(PIP) install --no-deps --require-hashes $(PIP_FLAGS) -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.extras: $(VENV)/.site requirements-extras.lock
	@echo "==> installing the locked extras"
	@$(PIP) install --no-deps --require-hashes $(PIP_FLAGS) -r requirements-extras.lock
	@touch $@

$(VENV)/.dev: $(VENV)/.site requirements-dev.lock
	@echo "==> installing the locked test dependencies"
	@$(PIP) install --no-deps --require-hashes $(PIP_FLAGS) -r requirements-dev.lock
	@touch $@

lock: ## renew the locks after a change in pyproject.toml (newest of everything: LOCK_FLAGS=--upgrade)
	@tools/lock.sh "$(UV_VERSION)" $(LOCK_FLAGS)

clean: ## remove what was built and every cache
	@rm -rf site .cache .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build dist *.egg-info
	@find generator tests tools bench -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

distclean: clean ## remove .venv, too
	@rm -rf "$(VENV)"
