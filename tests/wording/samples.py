"""Facts for the tests of their wording."""

from typing import Any

from app.domain.facts.kinds import KINDS
from app.domain.facts.records import Recorded

ALL_FIELDS = [(kind.id, field) for kind in KINDS.values() for field in kind.fields]


def recorded(kind: str, redacted: tuple[str, ...] = (), about: int = 0, /, **fields: Any) -> Recorded:
    return Recorded(
        1, 1, kind, 1, about, "scanpan 0123456789ab", "2026-11-20T06:45:00Z", "Europe/Stockholm", "", "2026-11-20",
        "anna", "WARD-3", "studyday", fields, frozenset(redacted),
    )  # fmt: skip
