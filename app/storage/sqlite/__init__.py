"""The study file in SQLite."""
