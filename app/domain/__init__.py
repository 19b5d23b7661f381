"""The study's rules: pure data in, pure data out; no clock, no files, no Qt, no SQL and no sentence."""
