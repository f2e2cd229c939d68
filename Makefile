# Two commands matter: `make shell` opens the shell, `make test` runs every test. Each installs what is missing first.

# The run-time checks for overlapping accesses stay on in tests; released, they would cost every request 6 %.
# A program at a fixed address needs no relocation: that would take 2 of the 5 ms of its start.
RELEASE := -c release --static-swift-stdlib -Xswiftc -cross-module-optimization -Xswiftc -enforce-exclusivity=unchecked -Xlinker -no-pie
VENV    := .venv
PACKAGES := libedit-dev libmd-dev libsqlite3-dev zlib1g-dev less
TOOLS    := sqlite3
WEB      := wrk nginx-light
SUDO    := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

.PHONY: shell build test bench bench-endpoint simulate fuzz format lint dependencies test-dependencies clean

shell: build
	@.build/release/sortkey

build: dependencies
	@swift build $(RELEASE) --product sortkey

test: dependencies test-dependencies
	swift build --build-tests
	swift test --skip-build --disable-xctest
	$(VENV)/bin/python -m pytest -q Tests/Terminal
	$(VENV)/bin/python -m pytest -q Tests/Clients

bench: dependencies
	@command -v $(TOOLS) >/dev/null || $(SUDO) apt-get install -y --no-install-recommends $(TOOLS)
	swift build $(RELEASE) --product sortkey
	swift build $(RELEASE) --product benchmark
	.build/release/benchmark

# The endpoint beside nginx and moto.
bench-endpoint: dependencies test-dependencies
	@command -v wrk nginx >/dev/null || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq --no-install-recommends $(WEB); }
	@$(VENV)/bin/pip install -q 'moto[server,dynamodb]'
	swift build $(RELEASE) --product sortkey
	@$(VENV)/bin/python Benchmarks/endpoint/bench.py

# Seeds of the simulator, from SEED on, with OPERATIONS requests each.
SEEDS      := 100
SEED       := 1
OPERATIONS := 1000

simulate: dependencies
	@swift build $(RELEASE) --product simulate
	@.build/release/simulate --seeds $(SEEDS) --first-seed $(SEED) --operations $(OPERATIONS)

# Bred bytes for the JSON reader, the request decoder and the engine, for SECONDS; a crash leaves its input in the folder.
SECONDS := 600

fuzz: dependencies
	@SORTKEY_FUZZ=1 swift build --scratch-path .build/fuzz -c release --sanitize=fuzzer --product fuzz
	@mkdir -p .build/fuzz/corpus
	SWIFT_BACKTRACE=enable=no .build/fuzz/release/fuzz -max_total_time=$(SECONDS) -max_len=4096 -timeout=5 \
		-artifact_prefix=.build/fuzz/ -dict=Tests/Fuzz/words.dict .build/fuzz/corpus Tests/Fuzz/seeds

format:
	swift format --in-place --recursive Sources Tests Benchmarks Package.swift

lint:
	swift format lint --strict --recursive Sources Tests Benchmarks Package.swift

# Debian's packages: only those that are not there yet.
dependencies:
	@command -v swift >/dev/null || { echo "sortkey needs a Swift 6.2 or newer toolchain on the PATH: https://www.swift.org/install" >&2; exit 1; }
	@missing=; for package in $(PACKAGES); do \
		dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
		echo "installing:$$missing"; \
		$(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq --no-install-recommends $$missing; \
	fi

# The terminal and endpoint tests drive the real executable from Python.
test-dependencies: $(VENV)/.installed

$(VENV)/.installed: Tests/requirements.txt
	@python3 -m venv $(VENV) 2>/dev/null || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq python3-venv && python3 -m venv $(VENV); }
	@$(VENV)/bin/pip install -q -r $<
	@touch $@

clean:
	rm -rf .build $(VENV)
