# A thin face of packaging/dev.py, which does the work and also serves where there is no make.
# Arguments: make test ARGS="-k undo"
PYTHON ?= python3
ARGS ?=

.PHONY: help run test lint bench crash mutate wheel bundle words setup lock clean
help:
	@$(PYTHON) packaging/dev.py --help

run test lint bench crash mutate wheel bundle words setup lock clean:
	@$(PYTHON) packaging/dev.py $@ $(ARGS)
