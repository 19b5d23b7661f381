"""Use cases that add facts or write files."""
