"""Facts that a study file lacks and a backup of it has: another branch of its chain, or another chain."""

from dataclasses import dataclass
from typing import Literal

BranchKind = Literal["behind", "forked", "other_study", "witnessed"]
"""`behind`: the file is an earlier state of the backup. `forked`: both went on, with other facts, from a common one.

`other_study`: they have no fact in common. `witnessed`: the note of a backup has a head that the file has not, and the
backup itself cannot be read.
"""


@dataclass(frozen=True, slots=True)
class Branch:
    """The facts after `common` that the newest backup of a branch has, up to `last`; the file's own last one is `ours`.

    `backup`: its path. `since`, `until`: when the first and the last of them were recorded (ISO). `codes`: whom they
    are about. `of_study`: how many are about the study itself. Nothing of that is known of a branch that is only
    witnessed. `heads`: of this branch, as `left_out` of a fact `restored` names them.
    """

    kind: BranchKind
    backup: str
    ours: int
    last: int
    common: int = 0
    since: str = ""
    until: str = ""
    codes: tuple[str, ...] = ()
    of_study: int = 0
    heads: tuple[str, ...] = ()


def named_head(seq: int, digest: str) -> str:
    """Return a head as a fact names it: its number and the first 16 digits of its digest."""
    return f"{seq}:{digest[:16]}"
