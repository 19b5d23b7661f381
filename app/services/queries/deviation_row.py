"""One row of the deviation log: what departed, its class, and what a person decided and told about it."""

from dataclasses import dataclass
from datetime import date
from typing import get_args

from app.domain.calendar.entries import Entry
from app.domain.dates import iso
from app.domain.deviation_rule import DeviationClass, DeviationKind, DeviationRule
from app.domain.facts.kind import Json
from app.domain.facts.records import Recorded
from app.domain.planning.unclassed import row_text
from app.wording.deviations import as_numbered_text, changed_row_text, class_text, origin_text
from app.wording.fact_values import day_of, line_of


@dataclass(frozen=True, slots=True)
class Deviation:
    """One departure from the protocol.

    `days`: outside the window, negative before it. `reason`: what was given to the result, the move, the booking or the
    closed day, and the protocol's own rule. `detail`: which criteria, or what speaks against the day; `about`: the same
    without words. `fact`: the number of the result
    that it is about, 0 for none. `entry`: its visit; None for somebody who is not enrolled.
    `protocol`: its short title; `rule`: the one by which the class is `proposed`. `decided`: the fact by which a person
    decided on the row as it is; `outdated`: that by which one did when it read otherwise; `decisions`: all of them.
    `gone`: it was numbered, and no longer follows from the record; it reads as it was numbered. `why_gone`: since when.
    `recorded`: the day on which its result was recorded.
    """

    participant: str
    visit: str
    name: str
    what: DeviationKind
    days: int
    on: date | None
    earliest: date | None
    latest: date | None
    reason: str
    detail: str
    about: str
    entry: Entry | None
    fact: int
    protocol: str
    rule: DeviationRule
    proposed: DeviationClass
    decided: Recorded | None = None
    outdated: Recorded | None = None
    decisions: tuple[Recorded, ...] = ()
    gone: bool = False
    why_gone: str = ""
    recorded: date | None = None

    @property
    def decided_class(self) -> DeviationClass | None:
        """The class that a person decided on; None where it is only proposed."""
        return class_of(self.decided)

    @property
    def class_(self) -> DeviationClass:
        """The class that counts: the decided one, else the proposed one."""
        return self.decided_class or self.proposed

    @property
    def class_text(self) -> str:
        """The class in words: who decided on it and why, or that it is only proposed."""
        text = class_text(self.proposed, self.decided_class, self._who)
        return f"{text}: {self._more}" if self._more else text

    @property
    def origin_text(self) -> str:
        """Who decided on the class and why, or that it is only proposed."""
        text = origin_text(self.decided_class, self._who)
        return f"{text}: {self._more}" if self._more else text

    @property
    def number(self) -> int:
        """The number that the first decision gave it; 0 before that."""
        found = (one.fields.get("number") for one in self.decisions)
        return next((one for one in found if isinstance(one, int)), 0)

    @property
    def frozen_days(self) -> dict[str, Json]:
        """The days of the row, which a decision keeps as they are then."""
        days = {"on": self.on, "earliest": self.earliest, "latest": self.latest}
        return {"days": self.days, **{name: iso(on) for name, on in days.items()}}

    @property
    def lacks_reason(self) -> bool:
        """Whether nobody said why, no rule explains it, and it is still a deviation."""
        return not self.reason and not self.gone

    @property
    def is_signed(self) -> bool:
        """Whether the decision that holds has a signature."""
        return bool(self.told("signed_by"))

    @property
    def remark(self) -> str:
        """How it read when it was numbered, where it reads otherwise now or is gone; else empty."""
        if self.gone:
            return self.why_gone
        if self.outdated is None or not self.outdated.fields.get("frozen"):
            return ""
        return as_numbered_text(self.what, *kept_days(self.outdated))

    def told(self, name: str) -> str:
        """Return what the decisions say last about its cause, action, finding or report; empty where they do not.

        A signature is that of the decision that holds: what is decided again is signed again.
        """
        if name.startswith("signed"):
            return self.decided.text(name) if self.decided is not None else ""
        return next(filter(None, (one.text(name) for one in reversed(self.decisions))), "")

    @property
    def _who(self) -> str:
        return self.decided.who if self.decided is not None else ""

    @property
    def _more(self) -> str:
        """The comment on the decision, or that the row read otherwise when one was made."""
        comment = self.decided.text("comment") if self.decided is not None else ""
        earlier = class_of(self.outdated)
        return line_of(comment) or (changed_row_text(earlier) if earlier is not None else "")

    @property
    def row(self) -> str:
        """What a decision is about: it holds for the row as it read, and for no other."""
        return row_text(self.what, self.days, self.on, f"{self.earliest}..{self.latest}", self.fact, self.about)


def class_of(record: Recorded | None) -> DeviationClass | None:
    """Return the class of a decision; None where there is none that can be read."""
    given = record.text("class") if record is not None else ""
    return next((one for one in get_args(DeviationClass) if one == given), None)


def kept_days(decision: Recorded) -> tuple[int, date | None, date | None, date | None]:
    """Return the row's days as a decision keeps them: how many outside the window, its day, the window."""
    kept = decision.fields.get("frozen")
    found = kept if isinstance(kept, dict) else {}
    days = found.get("days")
    on, earliest, latest = (day_of(str(found.get(name) or "")) for name in ("on", "earliest", "latest"))
    return days if isinstance(days, int) else 0, on, earliest, latest
