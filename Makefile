# The two commands that do all the set-up: `make start` and `make test`.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PORT   ?= 8000
TORCH  := $(shell sed -n 's/^torch==//p' requirements.lock)

.PHONY: help start install test check index browser lock eval bench screenshots audit clean

help: ## Shows what you can do
	@sed -n 's/^\([a-z]*\):.*## /\1|/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "  make %-12s %s\n", $$1, $$2}'

start: install index ## Installs, builds the index from corpus/ and serves http://127.0.0.1:8000 (PORT= changes it)
	PORT=$(PORT) $(BIN)/python -m web

install: $(VENV)/.derived ## Installs what the program needs into .venv

test: $(VENV)/.installed-test browser ## Installs what tests need (Chromium too) and runs lint, types and all tests
	$(MAKE) check
	$(BIN)/python -m ingest check --corpus corpus
	$(BIN)/python -m pytest -q -n auto --maxprocesses 4 --dist worksteal

check: $(VENV)/.installed-test ## Lint and types only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

index: $(VENV)/.derived ## Brings the index in line with corpus/
	$(BIN)/python -m ingest refresh --corpus corpus

eval: $(VENV)/.installed-test index ## Measures the answers on the golden set and compares with the baseline
	$(BIN)/python -m evals run --check

bench: $(VENV)/.installed-test index ## Measures speed and load beside what others would pick, and writes docs/benchmark.md
	$(BIN)/python -m evals bench --torch-index "$(TORCH_INDEX)" $(BENCH)

screenshots: $(VENV)/.installed-test browser ## Takes pictures of every state of a running `make start`, and that of the README
	$(BIN)/python scripts/screenshots.py http://127.0.0.1:$(PORT) screenshots --question "ik heb schulden in Roden"
	cp screenshots/answered-768-light.png docs/screenshot.png

lock: ## Pins the versions of this environment in requirements.lock and requirements-test.lock
	$(BIN)/python scripts/lock.py

audit: $(VENV)/.installed-test ## Checks licences and known weaknesses of what we depend on, and lists it all in sbom.json
	$(BIN)/python scripts/audit.py --sbom sbom.json

clean: ## Removes the environment and all that was built
	rm -rf $(VENV) data .mypy_cache .pytest_cache .ruff_cache

# torch goes first and alone: the CPU build satisfies the lock where it is at hand, and keeps gigabytes of CUDA away.
$(VENV)/.installed: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet $(TORCH_INDEX) torch==$(TORCH)
	$(BIN)/python -m pip install --quiet -r requirements.lock
	touch $@

# Compiles our code, and derives from tables and word lists what every start reads: a start then takes half the time.
$(VENV)/.derived: $(VENV)/.installed $(wildcard assistant/*.py assistant/*/*.py assistant/rules/*.yaml)
	$(BIN)/python -m compileall -q assistant ingest web
	$(BIN)/python -m assistant.beforehand
	touch $@

$(VENV)/.installed-test: $(VENV)/.installed requirements-test.lock
	$(BIN)/python -m pip install --quiet -r requirements.lock -r requirements-test.lock
	touch $@

browser:
	@scripts/browser.sh
