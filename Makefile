# Everything is set up by the target that needs it: `make run` and `make test` work in a fresh clone.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
PO := tui/locale/fr/LC_MESSAGES/entente.po
BABEL := $(BIN)/pybabel --quiet
LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes --quiet \
	--no-annotate \
	--custom-compile-command "make requirements" pyproject.toml --extra pdf --extra postgres requirements/run.in

.PHONY: run test test-fast compiled-tests mutants untested fuzz-terminal lint format types messages keys man guide bench bench-postgres rig-postgres fuzz journeys golden golden-record pictures wheel requirements clean
.DEFAULT_GOAL := run

# The app on one's own store; where nobody can look (a pipe, a log), the first sample's agreement as text.
run: .venv/run.stamp
	@if [ -t 0 ] && [ -t 1 ]; then exec $(BIN)/entente; else exec $(BIN)/entente sample 1; fi

# Where the environment forbids Python to keep what it compiled, each of the many programs started would do it again.
test test-fast compiled-tests: export PYTHONDONTWRITEBYTECODE :=
test: .venv/dev.stamp
	$(BIN)/python -m pytest -q -n 4 --dist worksteal

# The tests as pytest compiles them; in a clean clone each of the processes above would compile all of them itself.
compiled-tests: .venv/dev.stamp
	$(BIN)/python -m pytest -q --collect-only >/dev/null

# What most changes break, in under a minute: all that is pure, and each page once, driven without a terminal. Left out
# are the folders of tests that start programs, and what is marked slow or sampled (CONTRIBUTING.md says what that is).
BY_PROGRAMS := cli clipboard fuzz golden journeys pty terminal
test-fast: .venv/dev.stamp
	$(BIN)/python -m pytest -q -n 2 --dist worksteal -m 'not slow and not terminal' --hypothesis-profile fast \
		$(BY_PROGRAMS:%=--ignore tests/%)

# Small wrong changes, one at a time: which does no test notice? Under an hour on two cores.
mutants: .venv/dev.stamp
	$(BIN)/python -m tools.mutants

# Which files of the program can have a function emptied without their own tests failing?
untested: .venv/dev.stamp
	$(BIN)/python -m tools.untested_files

# What reads the terminal, against a million characters that nobody typed.
fuzz-terminal: .venv/dev.stamp
	$(BIN)/python -m tests.terminal.fuzz_terminal 1000000

lint: .venv/dev.stamp
	$(BIN)/ruff check
	$(BIN)/ruff format --check

format: .venv/dev.stamp
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

types: .venv/dev.stamp
	$(BIN)/mypy

# Entries that no code uses any more are dropped; the order is the alphabet's, so that two branches rarely collide.
messages: .venv/dev.stamp
	@mkdir -p build
	$(BABEL) extract --keywords N_ --no-location --sort-output --omit-header -o build/entente.pot tui
	$(BABEL) update --ignore-obsolete --ignore-pot-creation-date --no-fuzzy-matching --width 100 \
		-l fr -i build/entente.pot -o $(PO)
	$(BABEL) compile -i $(PO) -o $(PO:.po=.mo)

keys: man
	$(BIN)/python -c "from pathlib import Path; from tests.house.test_keys import written; Path('docs/keys.md').write_text(written(), encoding='utf-8')"

# The manual page in both languages, from the parser.
man: .venv/dev.stamp
	@$(BIN)/python -m tools.manual

# The parsed guide data, so that no start parses TOML; then they are checked as a start checks them.
guide: .venv/dev.stamp
	$(BIN)/python -c "from tui.guide.guide_loading import *; (DATA / PARSED).write_text(parsed_json(DATA), encoding='utf-8'); load_guide()"

# A thousand misshapen documents, by every way in (`make test` drives 28).
fuzz: export FUZZ_DOCUMENTS := 1000
fuzz: .venv/dev.stamp
	$(BIN)/python -m pytest -q -n 2 tests/fuzz

# Our Word file sent through LibreOffice (the command soffice) in five ways, kept, and read (`make test` reads what is kept).
roundtrip: export ROUND_TRIPS := write
roundtrip: .venv/dev.stamp
	$(BIN)/python -m pytest -q tests/comparison/test_round_trips.py tests/comparison/test_form_round_trips.py

bench: .venv/dev.stamp
	$(BIN)/python -m pytest -q -s tests/bench

# A store on PostgreSQL beside one in a folder: what things cost (PARTNERSHIPS=10000 for a long list).
PARTNERSHIPS ?= 1000
bench-postgres: .venv/dev.stamp
	$(BIN)/python -m tests.bench.servers figures --partnerships $(PARTNERSHIPS)

# Fifty who save at once, and 200 sessions at one partnership, on a real server.
rig-postgres: .venv/dev.stamp
	$(BIN)/python -m tests.bench.servers rig

# How each journey ends and each line of whole documents, written anew; read every difference before it is kept
# (tests/journeys/conftest.py, tests/agreement/test_each_line.py).
journeys: .venv/dev.stamp
	JOURNEYS=write $(BIN)/python -m pytest -q -n 2 tests/journeys tests/agreement/test_each_line.py

# What the program does, seen from outside, against what was recorded in tests/golden (see CONTRIBUTING.md).
golden: .venv/dev.stamp
	$(BIN)/python -m tools.golden compare

# The pictures of README.md and LISEZMOI.md.
pictures: .venv/dev.stamp
	$(BIN)/python -m tools.pictures docs/pictures

golden-record: .venv/dev.stamp
	$(BIN)/python -m tools.golden record

wheel: .venv/dev.stamp
	rm -rf build/lib build/bdist.* dist
	$(BIN)/python -m build --wheel --no-isolation

requirements:
	@command -v uv >/dev/null || { echo 'make requirements needs uv: https://docs.astral.sh/uv/' >&2; exit 1; }
	$(LOCK) -o requirements/run.txt
	$(LOCK) requirements/dev.in -o requirements/dev.txt

clean:
	rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

# A stamp says that .venv holds what the requirements ask; the second call of any target finds it and is instant.
.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'Entente demande Python 3.11 ou plus récent · Entente needs Python 3.11 or newer: make PYTHON=python3.13 …' >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info >= (3, 15))' || \
		echo 'Python plus récent que 3.14, le dernier essayé : on essaie. · Python newer than 3.14, the last one tested: trying it.' >&2
	@$(PYTHON) -m venv .venv

.venv/run.stamp: requirements/run.txt pyproject.toml | .venv/bin/python
	@echo 'Entente se prépare, une seule fois : une minute environ. · Entente gets ready, once: about a minute.'
	@$(PIP) --require-hashes -r requirements/run.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q tui  # or the first start would do it, and where it may not write, each start
	@touch $@

.venv/dev.stamp: requirements/dev.txt .venv/run.stamp
	@echo 'Les outils des tests · The tools of the tests …'
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@
