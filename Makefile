# Two commands do everything from a bare clone: `make run` and `make test`.
# Any variable here can be set in the environment or on the command line: PORT=8001 make run

PYTHON ?= python3
VENV ?= .venv
HOST ?= 127.0.0.1
PORT ?= 8000
CORPUS ?= corpus
INDEX ?= var/index
JOBS ?= $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)
PYTEST_ARGS ?=

PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --quiet

.PHONY: run test check format lock index bench bench-growth clean help
.DEFAULT_GOAL := help

help:
	@echo "make run     build the index of $(CORPUS) if it is missing or stale, and serve it"
	@echo "make test    install what tests need and run them"
	@echo "make check   lint, types, import contracts"
	@echo "make format  bring the code into its one form"
	@echo "make bench   measure the search beside other engines (QUERIES= DOCS= ROUNDS= OUT= INDEX=)"
	@echo "make bench-growth  measure how it grows with the collection"
	@echo "make lock    pin the newest dependencies that setup.cfg allows"
	@echo "make clean   remove the index (var/) and the installed packages ($(VENV))"

run: index
	@exec $(PY) -m webapp --host $(HOST) --port $(PORT) --index $(INDEX)

# Exit code 1 means that some files could not be read; the others are searchable.
index: $(VENV)/installed
	@$(PY) -m indexer build $(CORPUS) --into $(INDEX) --if-stale --jobs $(JOBS) || test $$? -eq 1

test: $(VENV)/installed-test
	$(PY) -m pytest $(PYTEST_ARGS)

check: $(VENV)/installed-test
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports

format: $(VENV)/installed-test
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

lock: $(VENV)/installed-test
	$(PIP) install uv
	$(PY) -m uv pip compile --universal --python-version 3.10 --upgrade --quiet --no-header \
	  --no-annotate setup.cfg --output-file requirements.lock
	$(PY) -m uv pip compile --universal --python-version 3.10 --upgrade --quiet --no-header \
	  --no-annotate setup.cfg --extra test --constraint requirements.lock \
	  --output-file requirements-test.lock

# Each is told only where it is stated; INDEX then serves the product's query instead of a new one.
BENCH = $(PY) -m tests.benchmarks.bench --peers var/peers \
  $(if $(QUERIES),--queries "$(QUERIES)") $(if $(DOCS),--docs "$(DOCS)") \
  $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(OUT),--out "$(OUT)") \
  $(if $(filter file,$(origin INDEX)),,--index "$(INDEX)")

bench: $(VENV)/installed var/peers/installed
	@$(BENCH)

bench-growth: $(VENV)/installed
	@$(BENCH) --parts growth

# The engines beside ours. Those that can't be installed are left out, and said to be.
var/peers/installed: tests/benchmarks/bench/requirements.txt $(VENV)/installed
	@mkdir -p var/peers
	@$(PIP) install --no-deps --upgrade --target var/peers -r $< && touch $@ || \
	  echo "tantivy and bm25s could not be installed; the others are measured" >&2
	@/usr/bin/python3 -c 'import xapian' 2>/dev/null || { \
	  command -v apt-get >/dev/null && test "$$(id -u)" -eq 0 && \
	  { apt-get install -qq -y python3-xapian || { apt-get update -qq && \
	  apt-get install -qq -y python3-xapian; }; } >/dev/null; } || \
	  echo "Xapian is missing; install it: sudo apt-get install python3-xapian" >&2

clean:
	rm -rf $(VENV) var

$(VENV)/installed: requirements.lock setup.cfg pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null || { \
	  echo "Python 3.10 or newer is missing; install it: sudo apt-get install python3" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "python3-venv is missing; install it: sudo apt-get install python3-venv" >&2; exit 1; }
	@echo "Installing into $(VENV); this takes a minute the first time." >&2
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install -r requirements.lock
	@$(PIP) install --no-deps --editable .
	@$(PY) -m indexer compile >/dev/null
	@touch $@

$(VENV)/installed-test: $(VENV)/installed requirements-test.lock
	@$(PIP) install -r requirements-test.lock
	@touch $@
