# make run, make test: everything they need, they set up themselves.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin

.PHONY: run setup setup-dev test test-fast torture checks bench screenshots browsers

run: setup
	@$(BIN)/journal demo --port $(PORT)

setup: .venv/run.stamp

setup-dev: .venv/dev.stamp tests/js/node_modules/.package-lock.json

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Journal needs Python 3.11 or newer; make PYTHON=python3.12 names another one."; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null \
	  || { echo "Python's venv module is missing. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@echo "Setting up .venv ..."
	@$(PYTHON) -m venv .venv

.venv/run.stamp: requirements/run.txt pyproject.toml | .venv/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

.venv/dev.stamp: requirements/dev.txt .venv/run.stamp
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-build-isolation -r requirements/dev.txt
	@touch $@

tests/js/node_modules/.package-lock.json: tests/js/package-lock.json .venv/dev.stamp
	@cd tests/js && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --silent --no-audit --no-fund

browsers: setup-dev
	@$(BIN)/python -m tests.browser.browsers

test: browsers checks
	$(BIN)/coverage erase
	$(BIN)/pytest -n 2 --dist loadscope -m 'not long' --cov --cov-report=
	$(BIN)/coverage report --skip-covered
	$(BIN)/coverage report --skip-covered --fail-under=100 --include='journal/insights/*,journal/sharing/*.py,journal/audit/*,journal/reminders/schedule.py'

test-fast: setup-dev checks
	$(BIN)/pytest -n 2 --dist loadscope -m 'not browser and not postgres and not long'

torture: browsers
	@$(BIN)/python -m tests.torture
	@$(BIN)/pytest -q -m long

checks: setup-dev
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy --no-error-summary
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/node tests/js/node_modules/typescript/bin/tsc -p tests/js/tsconfig.json
	$(BIN)/node --test tests/js/*.test.js

bench: setup-dev
	@$(BIN)/python -m tests.bench $(PARTS)

screenshots: browsers
	@$(BIN)/python -m tests.browser.screenshots
