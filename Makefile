# Two commands do all the set-up: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# processes that share the tests, a file of tests at a time
WORKERS ?= 2

.PHONY: install demo test coverage lint clean

install: $(VENV)/.installed

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("dateline needs Python 3.11 or newer; set PYTHON=python3.11") if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

demo: install
	$(BIN)/dateline demo

test: install
	$(BIN)/pytest --numprocesses $(WORKERS) --dist loadfile

# how much of each part the tests run, in percent of lines and branches; what runs in processes of its own is not seen
coverage: install
	$(BIN)/coverage run -m pytest
	@for part in sources language reader keeper store archive views cli bench; do \
		printf '%-10s' $$part; $(BIN)/coverage report --include="*/dateline/$$part/*" --format=total; done
	@printf '%-10s' all; $(BIN)/coverage report --format=total

lint: install
	$(BIN)/ruff format --check src tests training docs
	$(BIN)/ruff check src tests training docs
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/vulture

clean:
	rm -rf $(VENV) build dist .coverage .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
