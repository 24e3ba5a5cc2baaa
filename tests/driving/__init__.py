"""What drives the program in tests and benchmarks: a clock that is set, a visitor without a network, towns."""
