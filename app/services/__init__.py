"""Use cases, one function each. `commands` add facts or write files, `queries` only read, `study` is the open study."""
