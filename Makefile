# make run: the dashboard; make test: all tests; make check: what CI runs;
# make soak: the long fault tests; make bench: how fast it is. The first of them sets up .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

# Of another PYTHON than the one that was said, .venv is set up again. Where none was said, it stays as it is.
WHICH := 'import sys; print(sys.version, sys.base_prefix)'
ifneq ($(origin PYTHON),file)
ifneq ($(shell $(PYTHON) -c $(WHICH) 2>&1),$(shell $(BIN)/python -c $(WHICH) 2>/dev/null))
ANOTHER := another
endif
endif

# Without compiled files each of the hundreds of programs that the tests start would compile all of it anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test check soak bench install clean another

# ARGS are the dashboard's options: make run ARGS="--seed 7 --start"
run: $(INSTALLED)
	@$(BIN)/lstm-tui $(ARGS)

# ARGS are pytest's options: make test ARGS="-k csv"
test: $(INSTALLED)
	$(BIN)/python -m pytest -n 4 $(ARGS)

check: $(INSTALLED)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m pytest -n 4 $(ARGS)

# The long fault tests: a hundred kills and more.
soak: $(INSTALLED)
	$(BIN)/python -m pytest -n 2 -m soak --timeout 7200 $(ARGS)

# ARGS are the benchmarks' options: make bench ARGS="--only live"
bench: $(INSTALLED)
	$(BIN)/python -m tests.benchmarks --json bench.json $(ARGS)

install: $(INSTALLED)

# torch goes first and at its exact version: a range could fetch a build that is gigabytes larger.
$(INSTALLED): pyproject.toml constraints.txt $(ANOTHER)
	@command -v $(PYTHON) >/dev/null || { \
		echo "make: $(PYTHON) was not found: expected Python 3.11 or newer; another name: make PYTHON=python3.12" >&2; \
		exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "make: `$(PYTHON) -V 2>&1` is too old: expected Python 3.11 or newer; another: make PYTHON=python3.12" >&2; \
		exit 2; }
	@echo "Setting up $(VENV) with `$(PYTHON) -V 2>&1` (once; PyTorch is large, this takes a few minutes)"
	@test -z "$(ANOTHER)" && $(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --disable-pip-version-check -q -c constraints.txt "`grep '^torch==' constraints.txt`"
	@$(BIN)/python -m pip install --disable-pip-version-check -q -c constraints.txt -e '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
