# make demo, make test, make check: each sets up .venv by itself first. Needs Python 3.11 or newer, with venv.
#
# PYTHON chooses the interpreter: make test PYTHON=python3.12

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime
INSTALLED := $(VENV)/.installed
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --no-compile -c constraints.txt
PROTO := screening_api/v1/screening.proto

.DEFAULT_GOAL := help
.PHONY: help setup demo test check check-proto proto bench

help: ## Lists the targets.
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

setup: $(INSTALLED) ## Makes .venv with the exact versions of constraints.txt.

# The demo needs half of what the tests need, and is to be there soon. Stamps are written last, so that an interrupted
# set-up is done again. Wheels only: nothing is compiled here, and byte code is made where it is first used.
$(RUNTIME): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; name one with make PYTHON=..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo "This Python has no venv. On Debian: apt-get install python3-venv" >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(INSTALL) -e .
	@touch $@

$(INSTALLED): $(RUNTIME)
	$(INSTALL) -e '.[dev]'
	@touch $@

demo: $(RUNTIME) ## Fictitious notices, a server, a dozen checks over gRPC, and how to go on.
	@$(BIN)/python -m screening.demo

test: $(INSTALLED) ## Every test.
	$(BIN)/python -m pytest

check: $(INSTALLED) check-proto ## Format, lint, types, import directions, contract.
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest tests/test_proto_lint.py

proto: $(INSTALLED) ## Writes the generated code of the contract again.
	@$(call generate,proto)

# Generated code is compared and never edited: what is in the tree is what the contract gives.
check-proto: $(INSTALLED)
	@fresh=$$(mktemp -d) && trap 'rm -rf "$$fresh"' EXIT && $(call generate,"$$fresh") \
	  && for file in screening_pb2.py screening_pb2.pyi; do \
	    cmp "$$fresh/screening_api/v1/$$file" "proto/screening_api/v1/$$file" || exit 1; \
	  done || { echo "The generated code is out of date: run make proto" >&2; exit 1; }

bench: $(INSTALLED) ## Lists the benches; run one with .venv/bin/python -m bench NAME.
	@$(BIN)/python -m bench

# google/protobuf comes with grpc_tools, google/rpc with googleapis-common-protos.
define generate
$(BIN)/python -m grpc_tools.protoc -Iproto \
  -I"$$($(BIN)/python -c 'import grpc_tools; print(grpc_tools.__path__[0])')/_proto" \
  -I"$$($(BIN)/python -c 'import google.rpc; print(list(google.rpc.__path__)[0].removesuffix("/google/rpc"))')" \
  --python_out=$(1) --pyi_out=$(1) $(PROTO)
endef
