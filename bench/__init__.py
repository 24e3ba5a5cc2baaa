"""The benchmarks: how fast, how right, how small. `make bench` runs them and writes RESULTS.md."""
