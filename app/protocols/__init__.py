"""Protocol files: YAML 1.2 in, a strict schema, every mistake with its place; the shipped protocols."""
