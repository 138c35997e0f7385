# Two commands: `make demo` opens the desk on a ready-made day, `make test` runs every check and test.
# Both do their own set-up in .venv; PYTHON=… names another Python, ≥ 3.11.

PYTHON ?=
export PYTHON
PY := .venv/bin/python
# twice as many as the cores of the smallest machine: a test of a screen, a browser or a process mostly waits
SPREAD := -n 4 --dist worksteal

.PHONY: help demo test check lint types types-windows laws warm moments schedules flips bench pins ready-run ready-test clean

help:
	@echo "make demo    the desk on a ready-made day"
	@echo "make test    set-up, then every check and every test"
	@echo "make check   lint, format, types, import law"
	@echo "make moments the door killed, and the power cut, at 200 random moments each (half an hour)"
	@echo "make schedules  a register through 10,000 days of loss, repetition and restores (half an hour)"
	@echo "make flips   bundles with a byte flipped at 2,000 random places, brought to the office (a minute)"
	@echo "make bench   speed and memory, as ratios in one run"
	@echo "make pins    pin dependencies anew (UPGRADE=1 takes newer releases)"

demo: ready-run
	@$(PY) -m plfacilitate demo

test: ready-test
	@sh scripts/system_packages.sh
	@$(MAKE) --no-print-directory -j 2 check warm
	$(PY) -m pytest $(SPREAD)

check: lint types types-windows laws

lint: ready-test
	$(PY) -m ruff check
	$(PY) -m ruff format --check

types: ready-test
	$(PY) -m mypy

# beside the other: a cache of its own, or each would throw the other's away
types-windows: ready-test
	$(PY) -m mypy --platform win32 --cache-dir .mypy_cache/win32 plfacilitate

laws: ready-test
	.venv/bin/lint-imports

# every file of tests is made ready once, not by each worker; what is wrong with one is said when they run
warm: ready-test
	@$(PY) -m pytest --collect-only -q | tail -n 1

moments: ready-test
	PLFACILITATE_MOMENTS=200 $(PY) -m pytest tests/stories/test_door_killed.py tests/stories/test_power_cut.py

schedules: ready-test
	PLFACILITATE_SCHEDULES=10000 $(PY) -m pytest tests/store/test_register_schedules.py

flips: ready-test
	PLFACILITATE_FLIPS=2000 $(PY) -m pytest tests/office/test_hostile.py

bench: ready-test
	@$(PY) -m bench

pins:
	@sh scripts/pin.sh $(if $(UPGRADE),--upgrade)

ready-run:
	@sh scripts/venv.sh run

ready-test:
	@sh scripts/venv.sh test

clean:
	rm -rf .venv dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
