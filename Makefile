# Two commands do all set-up: `make run` starts the companion, `make test` runs its tests.
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run demo test check evaluate evaluate-speech evaluate-voices language lock clean

run: $(VENV)/.run
	@$(BIN)/companion models get base --quiet
	@$(BIN)/companion serve

demo: $(VENV)/.run
	@$(BIN)/companion models get base --quiet
	@$(BIN)/companion demo

test: $(VENV)/.dev check
	@$(BIN)/companion models get base --quiet
	@$(BIN)/pytest

check: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

# The figures of the language part and of the engine, on their test parts only.
evaluate: $(VENV)/.dev
	@$(BIN)/python -m models.nl.evaluate
	@$(BIN)/python -m models.nl.learning_curve
	@$(BIN)/python -m tests.scenarios.evaluate
	@$(BIN)/python -m tests.scenarios.plans

# The figures of listening, beside a plain loop in the same run: about five minutes.
evaluate-speech: $(VENV)/.dev
	@$(BIN)/companion models get base --quiet
	@$(BIN)/python -m models.speech.evaluate $(ARGS)

# How well voices are told apart in composed meetings: about ten minutes; needs the Debian
# packages named in models/voices/evaluate.py.
evaluate-voices: $(VENV)/.dev
	@$(BIN)/python -m models.voices.evaluate $(ARGS)

# Builds the Dutch pipeline anew from the corpus: same corpus, same bits.
language: export OMP_NUM_THREADS = 1
language: $(VENV)/.dev
	@$(BIN)/python -m models.nl.convert
	@$(BIN)/python -m models.nl.tagging
	@$(BIN)/python -m models.nl.train
	@$(BIN)/python -m models.nl.assemble
	@$(BIN)/python -m models.nl.package

$(VENV)/.run: requirements.lock pyproject.toml
	@sh .ci/setup $(VENV) requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml
	@sh .ci/setup $(VENV) requirements-dev.lock
	@touch $@ $(VENV)/.run

# New lock files after a change of the dependencies; needs uv.
lock:
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	  --extra postgresql --group build pyproject.toml -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	  --extra postgresql --group build --group dev pyproject.toml -o requirements-dev.lock

clean:
	rm -rf $(VENV)
