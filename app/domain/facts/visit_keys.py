"""What the key of a visit says: which visit of the protocol it is about, and which occurrence of it."""

import re
from functools import lru_cache

_END_OF_ID = re.compile(r"[#@/]")
_NUMBER = re.compile(r"#(\d+)", re.ASCII)


@lru_cache(maxsize=10_000)
def visit_of(key: str) -> str:
    """Return the id of the visit that a key is about: ``SP-C03`` of ``SP-C03#1.8``."""
    return _END_OF_ID.split(key, maxsplit=1)[0]


def occurrence_of(key: str) -> int:
    """Return which occurrence a key is about: 4 of ``CJ-R01#4`` and of ``CJ-R01#4/2``; 0 where it has no number."""
    found = _NUMBER.search(key)
    return int(found[1]) if found is not None else 0
