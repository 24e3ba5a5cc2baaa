# The two that a newcomer needs are `make demo` and `make test`; each sets up what it needs in .venv first.

PYTHON ?= python3
VENV := .venv
PYWB := .venv-pywb
BIN := $(VENV)/bin
# One more than there are cores: many tests wait for a process, a server, or a browser.
WORKERS := $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint format portals bench faults fonts screenshots lock clean

help:
	@echo "make setup   set up .venv, and do nothing else"
	@echo "make demo    crawl the bundled made-up portal and open the archive"
	@echo "make test    run the tests"
	@echo "make lint    check style and types"
	@echo "make format  put the code into shape"
	@echo "make portals count how well each platform reads, and write the README's table"
	@echo "make bench   measure, and write bench/RESULTS.md"
	@echo "make fonts   cut the site's fonts anew out of those on PyPI"
	@echo "make screenshots  take the README's pictures anew, in Chromium"
	@echo "make faults  kill, fill up, lock and damage archives, and say what came of it; part of make bench"
	@echo "make lock    choose versions anew and write the lock files"
	@echo "make clean   remove what make set up"

setup: $(VENV)/.development

demo: $(VENV)/.runtime
	$(BIN)/archiver demo

test: $(VENV)/.development $(PYWB)/.ready
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder

lint: $(VENV)/.development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.development
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

portals: $(VENV)/.development
	$(BIN)/python -m tests.portals.measure

bench: $(VENV)/.runtime .venv-peers/.installed
	$(BIN)/python bench/run.py

fonts: $(VENV)/.development
	$(BIN)/python docs/fonts.py

screenshots: $(VENV)/.development
	$(BIN)/python docs/screenshots.py

faults: $(VENV)/.runtime
	$(BIN)/python -m bench.faults

lock: $(VENV)/.development
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --no-header --no-annotate \
		--no-emit-index-url --no-emit-find-links pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --no-header --no-annotate \
		--no-emit-index-url --no-emit-find-links --extra dev pyproject.toml -o requirements-dev.lock
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --no-header --no-annotate \
		--no-emit-index-url --no-emit-find-links bench/requirements-peers.in -o bench/requirements-peers.lock
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --no-header --no-annotate \
		--no-emit-index-url --no-emit-find-links tests/requirements-pywb.in -o tests/requirements-pywb.lock

clean:
	rm -rf $(VENV) $(PYWB) .venv-peers .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed, $$($(PYTHON) --version 2>&1) was found. Try: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.lock pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.development: requirements-dev.lock $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.lock
	@touch $@

# What ours is measured against. --no-deps: the lock is complete, and pip 23 stumbles over lxml[html-clean].
.venv-peers/.installed: bench/requirements-peers.lock
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -r bench/requirements-peers.lock
	@touch $@

# The web archive that tests replay our files with and ask for captures. Its pins do not go together with ours.
$(PYWB)/.ready: tests/requirements-pywb.lock | $(BIN)/python
	$(BIN)/python -m venv --clear $(PYWB)
	$(PYWB)/bin/python -m pip install --quiet --disable-pip-version-check -r tests/requirements-pywb.lock
	@touch $@
