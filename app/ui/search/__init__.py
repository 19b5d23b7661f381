"""The search everywhere: its box in the top bar, the list of what was found, and the index that it searches."""
