# Two commands matter: `make site` and `make test`. The rest is for those who change the software.
# Without make, docs/developers/index.md gives the same commands in plain form.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The same pins for what runs and for what builds the package (pip reads the second name from 25.3 on).
export PIP_CONSTRAINT := $(CURDIR)/constraints.txt
export PIP_BUILD_CONSTRAINT := $(CURDIR)/constraints.txt
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: site test audit check serve format reference bench clean

site: $(VENV)/.site
	$(BIN)/plan-archive build
	@echo
	@echo "The site is in site/. To read it: $(BIN)/python -m http.server --directory site 8000"
	@echo "and open http://localhost:8000/"

test: $(VENV)/.dev chromium openssh pango
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not audit"

# What takes longer: every page in every width and sight, every single part, every byte.
audit: $(VENV)/.dev chromium openssh pango node_modules/.installed
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m audit

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python tools/reference.py --check
	$(BIN)/python tools/catalogue.py --check
	$(BIN)/plan-archive check
	$(BIN)/plan-archive build

serve: $(VENV)/.site
	$(BIN)/plan-archive serve

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

reference: $(VENV)/.dev
	$(BIN)/python tools/reference.py
	$(BIN)/python tools/catalogue.py

bench: $(VENV)/.dev chromium node_modules/.installed
	$(BIN)/python tests/bench/intake.py
	$(BIN)/python tests/bench/comparison_quality.py
	$(BIN)/python tests/bench/comparison_speed.py
	$(BIN)/python tests/bench/record_speed.py
	$(BIN)/python tests/bench/suggestions.py
	$(BIN)/python tests/bench/search_speed.py
	$(BIN)/python tests/bench/pages_speed.py

clean:
	rm -rf $(VENV) node_modules site .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV) || { echo "Python's venv is missing; on Debian: apt-get install python3-venv"; rm -rf $(VENV); exit 1; }

$(VENV)/.site: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@ $(VENV)/.site

# The browser tests drive Debian's chromium, or any chromium on the PATH.
.PHONY: chromium
chromium:
	@command -v chromium >/dev/null || { \
	  if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	    echo "Installing chromium for the browser tests"; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; \
	  else \
	    echo "The browser tests need chromium on the PATH; on Debian: sudo apt-get install chromium"; exit 1; \
	  fi; }

# The tests of signatures make keys and sign with them.
.PHONY: openssh
openssh:
	@command -v ssh-keygen >/dev/null || { \
	  if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	    echo "Installing OpenSSH for the tests of signatures"; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq openssh-client >/dev/null; \
	  else \
	    echo "The tests of signatures need ssh-keygen on the PATH; on Debian: sudo apt-get install openssh-client"; exit 1; \
	  fi; }

# WeasyPrint, which draws the PDFs, loads libraries of the system. The font comes with them, so that a PDF looks the same.
PANGO := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation
.PHONY: pango
pango: $(VENV)/.dev
	@$(BIN)/python -W error -c 'import weasyprint' >/dev/null 2>&1 || { \
	  if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	    echo "Installing Pango for the tests of PDFs"; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $(PANGO) >/dev/null; \
	  else \
	    echo "The tests of PDFs need Pango; on Debian: sudo apt-get install $(PANGO)"; exit 1; \
	  fi; }

# From npm: the audit's checker of HTML, which is a program in Java, and the meter of pages. package-lock.json holds
# their hashes.
node_modules/.installed: package.json package-lock.json .npmrc
	@command -v npm >/dev/null && command -v java >/dev/null || { \
	  if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	    echo "Installing npm and Java for the check of HTML and the meter of pages"; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq npm default-jre-headless >/dev/null; \
	  else \
	    echo "The check of HTML and the meter of pages need npm and Java 17 or later; on Debian: sudo apt-get install npm default-jre-headless"; exit 1; \
	  fi; }
	npm ci --loglevel=error
	@touch $@
