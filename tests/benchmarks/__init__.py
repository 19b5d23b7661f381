"""Speed as ratios to a floor timed in the same run: ``python -m tests.benchmarks``."""
