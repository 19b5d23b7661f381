"""The head of a chain of facts, and where a chain is broken."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Head:
    """The last fact of a chain."""

    seq: int
    digest: bytes

    def __str__(self) -> str:
        """As it is printed: the number and the beginning of the digest."""
        short = self.digest.hex()[:16]
        return f"{self.seq} · " + " ".join(short[i : i + 4] for i in range(0, 16, 4))


@dataclass(frozen=True, slots=True)
class Broken:
    """The first place where a chain does not hold. `what`: a kind that `wording` has a sentence for."""

    seq: int
    what: str
    field: str = ""
