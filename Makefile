# The developer's manual. Needs Python 3.11 or newer and make, nothing else; `make help` says what.
PYTHON ?= python3
PORT ?= 8000
# one for each core: more only makes the browsers wait for each other
TEST_PROCESSES ?= 2
VENV := .venv
BIN := $(VENV)/bin
CODE := portal processes workflows reports

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo test drill bench lint format lock

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 18

setup: $(VENV)/.runs ## build .venv/ from the locked packages

setup-dev: $(VENV)/.tests ## the same, with what tests and checks need

demo: setup ## the whole portal on this machine, with a fictional office in it
	$(BIN)/python manage.py migrate --verbosity 0
	$(BIN)/python manage.py load_catalogue
	$(BIN)/python manage.py make_demo_office
	$(BIN)/python manage.py run_portal --port $(PORT)

test: setup-dev ## every test, in a real browser too
	$(BIN)/pytest -n $(TEST_PROCESSES) --dist worksteal

drill: setup ## break worker, broker, database, disk for real; no job may be lost
	@.ci/system $(PYTHON) drill
	$(BIN)/python -W ignore manage.py drill $(DRILL)

bench: setup ## pages and papers beside a baseline, as ratios
	$(BIN)/python -W ignore manage.py bench

lint: setup-dev ## what a machine can see: style, types, layers, migrations, settings
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy $(CODE)
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check --fail-level WARNING
	@echo "manage.py check --deploy, as in production"
	@PORTAL_ENV=production ALLOWED_HOSTS=portal.example BROKER_URL=redis://127.0.0.1 \
		SECRET_KEY=$$($(BIN)/python -c "import secrets; print(secrets.token_urlsafe(50))") \
		$(BIN)/python manage.py check --deploy --fail-level WARNING

format: setup-dev ## put the code into the one style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(VENV)/.tests ## resolve requirements*.in again; needs uv
	$(UV_COMPILE) requirements.in -o requirements.lock
	$(UV_COMPILE) requirements-dev.in -c requirements.lock -o requirements-dev.lock

# no address of a package index in the files: they hold for whichever the machine uses
UV_COMPILE = uv pip compile --universal --python-version 3.11 --generate-hashes --upgrade \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet

# the files remember that a step is done: a second call does nothing
$(VENV)/.runs: requirements.lock .ci/system
	@.ci/system $(PYTHON) run
	@.ci/install $(PYTHON) $(VENV) requirements.lock
	@touch $@

$(VENV)/.tests: requirements-dev.lock $(VENV)/.runs
	@.ci/system $(PYTHON) test
	@.ci/install $(PYTHON) $(VENV) requirements-dev.lock
	@.ci/browser $(BIN)
	@touch $@
