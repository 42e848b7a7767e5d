# The same verbs on a laptop and on a server. `make` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help doctor fmt check pure test demo accuracy coaching bench ble fuzz size ffi kotlin swift clean

# Every verb builds all packages and their tests at once: cargo then gives shared dependencies one set of features, and
# the network's runtime, nine tenths of the time, is compiled once and not once a verb.
BUILD := cargo build --workspace --lib --bins --tests
TARGET := $(or $(CARGO_TARGET_DIR),target)

help: ## list the verbs
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

doctor: ## say which tools are here and what is missing
	@scripts/doctor.sh

fmt: ## format the Rust sources
	cargo fmt --all

check: ## formatting and lints; a warning fails
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings

pure: ## the core without adapters: no C, no database, no network runtime (the fast daily loop)
	cargo test -p plumbline-core --no-default-features

test: ## everything: formatting, lints, Rust, Kotlin, Swift
	@scripts/test.sh

demo: ## a first week with two simulated pods: calibration, drills, runs, the report
	@echo "building; the first time takes ten minutes on two cores, mostly for the network's runtime"
	$(BUILD)
	@$(TARGET)/debug/plumbline demo

accuracy: ## how far the numbers are from the truth, over all recordings beside the checkout; writes docs/accuracy.md
	$(BUILD)
	@$(TARGET)/debug/accuracy

coaching: ## fifty made-up learners with a known fault, twelve weeks each; writes docs/coaching.md (five minutes)
	$(BUILD)
	@$(TARGET)/debug/coaching

bench: ## how fast, beside others: an hour's run, one inference, a frame to its view, memory (twenty minutes the first time)
	@scripts/bench.sh

fuzz: ## any bytes at every decoder, SECONDS_EACH=5 (600 by hand), and how often each ran
	@scripts/fuzz.sh $(or $(SECONDS_EACH),5)

ble: ## two pods in software over a real Linux Bluetooth in qemu into the real coach; no root, no KVM (downloads once)
	$(BUILD)
	@tests/ble/run.sh

size: ## build the shipped library and print its size (five minutes and more)
	@scripts/size.sh

ffi: ## build the bindings' library, write the Kotlin and Swift sources and what the contracts play
	@scripts/bindings.sh
	@scripts/frames.sh

kotlin: ffi ## the contract from Kotlin
	@scripts/kotlin-contract.sh

swift: ffi ## the contract from Swift
	@scripts/swift-contract.sh

clean: ## remove what was built
	cargo clean
