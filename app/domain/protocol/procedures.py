"""Procedures: what the record of an operation may say, as the protocol tells them apart for what follows."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Procedure:
    """What was done in an operation: on the pancreas one of `pancreas`, on the liver one of `liver`; empty: anything.

    Ablation alone is nothing on the pancreas and ablation in the liver: it leaves no specimen for the pathologist.
    """

    id: str
    name: str
    pancreas: tuple[str, ...] = ()
    liver: tuple[str, ...] = ()

    def is_that(self, pancreas: str, liver: str) -> bool:
        """Return whether an operation with this record was this procedure."""
        return (not self.pancreas or pancreas in self.pancreas) and (not self.liver or liver in self.liver)


def procedures_done(known: Iterable[Procedure], pancreas: str, liver: str) -> tuple[str, ...]:
    """Return the ids of the procedures that an operation with this record was."""
    return tuple(one.id for one in known if one.is_that(pancreas, liver))
