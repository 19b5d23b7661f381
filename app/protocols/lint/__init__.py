"""The linter of protocol files: one module for each family of rules."""
