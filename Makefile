# pkanalysis: `make report` and `make test` need only make and Python >= 3.11; see README.md.
.DEFAULT_GOAL := report
.PHONY: report test test-slow cacat bench pin docs clean

# Without bytecode every start is three times slower.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
UV ?= uv
VENV := .venv
BIN := $(VENV)/bin
SAMPLE := contoh/tabel/turunan/ringkasan_opd.parquet
CITY := data/kota_jambi
CITY_TABLES := $(CITY)/tabel/angka_terbit.parquet
COMPILE = $(UV) pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header --upgrade --quiet

report: $(SAMPLE) $(CITY_TABLES)
	$(BIN)/pkanalysis report --ruang-kerja contoh
	$(BIN)/pkanalysis report --ruang-kerja $(CITY)

test: $(VENV)/tested
	@if [ "$$CI" = true ] && command -v apt-get >/dev/null && ! { command -v chromium && command -v soffice; } >/dev/null; then \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-liberation libreoffice-writer libreoffice-calc >/dev/null; fi
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2 -m "not slow"

test-slow: $(VENV)/tested
	$(BIN)/pytest -m slow

# A second sample full of planted defects; says which of them the checks find.
cacat: $(VENV)/installed
	PYTHONPATH=tests $(BIN)/python -m damaged $(DIR)

bench: $(SAMPLE)
	$(BIN)/python bench/report.py
	$(BIN)/python bench/intake.py
	$(BIN)/python bench/relation.py

# Needs uv. The index is the one that uv is configured for; no address is written.
pin:
	$(COMPILE) --extra build --output-file requirements.txt
	$(COMPILE) --extra build --extra test --constraints requirements.txt --output-file requirements-test.txt
	$(PYTHON) tools/pins.py

docs: $(VENV)/installed
	$(BIN)/python -m pkanalysis.dictionary > data/README.md
	$(BIN)/python -W ignore -m pkanalysis.intake.findings > docs/aturan.md

clean:
	rm -rf $(VENV) contoh $(CITY)/tabel $(CITY)/laporan build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(SAMPLE): | $(VENV)/installed
	$(BIN)/pkanalysis sample contoh

$(CITY_TABLES): $(wildcard $(CITY)/sumber/*.csv) | $(VENV)/installed
	$(BIN)/pkanalysis import $(CITY)/sumber/*.csv --ruang-kerja $(CITY)
	@touch $@

$(VENV)/installed: requirements.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 ke atas tidak ditemukan; pasang, atau sebut: make PYTHON=/jalur/python3"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q pkanalysis
	@touch $@

$(VENV)/tested: requirements-test.txt $(VENV)/installed
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-test.txt
	@touch $@
