"""The head of a chain of facts, and where a chain is broken."""

from dataclasses import dataclass
from typing import Literal

BrokenKind = Literal["missing", "edited", "value", "emptied", "cut_off", "other_chain", "unreadable", "pages"]


@dataclass(frozen=True, slots=True)
class Head:
    """The last fact of a chain."""

    seq: int
    digest: bytes

    def __str__(self) -> str:
        """Return it as it is printed: the number and the first 16 digits of the digest."""
        short = self.digest.hex()[:16]
        return f"{self.seq} · " + " ".join(short[i : i + 4] for i in range(0, 16, 4))


@dataclass(frozen=True, slots=True)
class Broken:
    """The first place where a chain does not hold; `field`: the field of the fact, where it is about one."""

    seq: int
    what: BrokenKind
    field: str = ""
