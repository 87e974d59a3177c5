# What one does with Desk46. `make` alone lists it.
.DEFAULT_GOAL := help
.PHONY: help run password test trial pythons coverage lint format bench lock strings migrations release clean

BIN := .venv/bin
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock"

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' Makefile

run: ## Set up, then serve Desk46 with its demo shop (PORT=8046)
	@./setup
	@exec $(BIN)/python -m app.run --demo

password: ## Give a person a new password (EMAIL=somebody@example.com)
	@./setup
	@$(BIN)/python -m app.run --password "$(EMAIL)"

test: lint ## Set up, then run every check and every test
	$(BIN)/pytest -n logical --maxprocesses=8 --dist=worksteal

trial: ## Run what takes too long for every day: installing, killing, chaos, every page in every look, tools of others
	@./setup --dev
	@test -d .venv-trial || $(BIN)/uv venv --quiet --python $(BIN)/python .venv-trial
	$(BIN)/uv pip sync --quiet --python .venv-trial/bin/python --require-hashes requirements-trial.txt
	$(BIN)/python tools/openapi.py >.venv-trial/openapi.json
	@if command -v npx >/dev/null; then npx --yes @redocly/cli@2.77.0 lint .venv-trial/openapi.json; \
		else echo "No npx here: @redocly/cli was not run."; fi
	$(BIN)/pytest -n logical --maxprocesses=8 --dist=worksteal -m trial -r s

pythons: ## Run the suite on the oldest and newest Python that Desk46 supports, and on that of the image (TESTS=tests/…)
	@./setup --dev
	$(BIN)/python tools/pythons.py $(TESTS)

coverage: ## Run every test, and say which branches none of them takes; fails below the floors
	@./setup --dev
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n logical --maxprocesses=8 --dist=worksteal
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report
	$(BIN)/coverage report --include='app/engine/*,app/rees46/*,app/liquid/*' --format=total --fail-under=94

lint: ## Check style, types and borders
	@./setup --dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python tools/strings.py check

format: ## Format the code
	@./setup --dev
	$(BIN)/ruff check --fix-only --quiet
	$(BIN)/ruff format

bench: ## Measure against the bare equivalents, in one run
	@./setup --dev
	$(BIN)/python -m tests.bench

lock: ## Pin requirements.in, -dev.in and -trial.in anew (UPGRADE=--upgrade for the newest)
	@./setup --dev
	$(COMPILE) $(UPGRADE) -o requirements.txt requirements.in
	$(COMPILE) $(UPGRADE) -c requirements.txt -o requirements-dev.txt requirements-dev.in
	$(COMPILE) $(UPGRADE) -o requirements-trial.txt requirements-trial.in

strings: ## Collect the words to translate into every ru.po
	@./setup --dev
	$(BIN)/python tools/strings.py update

migrations: ## Write migrations for what the models changed (MESSAGE="add a column")
	@./setup --dev
	$(BIN)/python tools/migrations.py "$(MESSAGE)"

release: ## Run every check and every test, then date, commit and tag this version (NEXT=1.2.0: what comes after)
	@./setup --dev
	$(BIN)/python tools/release.py $(NEXT)

clean: ## Remove all that was installed, built or stored here, the data in var/ excepted
	rm -rf .venv .venv-pythons .venv-trial static/vendor .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	rm -rf app/translations
	find app tests tools -name __pycache__ -prune -exec rm -rf {} +
