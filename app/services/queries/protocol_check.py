"""The check of a protocol file before it is added to a study: its findings, and what it would plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.protocols.findings import Finding
from app.services.queries.invented import ENROLLED, invented
from app.services.queries.protocols import check_file
from app.wording.invented_text import invented_text
from app.wording.language import gettext as _


@dataclass(frozen=True, slots=True)
class ProtocolCheck:
    """A checked protocol file: its findings in their order, and the calendar of an invented participant as text."""

    path: Path
    findings: tuple[Finding, ...]
    calendar: str

    @property
    def is_usable(self) -> bool:
        """Whether it has no error, so that it can be added to a study; a warning hinders nothing."""
        return is_usable(self.findings)


def is_usable(findings: Sequence[Finding]) -> bool:
    """Return whether none of the findings is an error."""
    return not any(one.level == "error" for one in findings)


def check_protocol(path: Path) -> ProtocolCheck:
    """Check a protocol file, and draw the calendar of an invented participant."""
    findings = tuple(check_file(path))
    return ProtocolCheck(path, findings, invented_calendar(path, findings))


def invented_calendar(path: Path, findings: Sequence[Finding], enrolled_on: date = ENROLLED) -> str:
    """Return the calendar of an invented participant of a checked file as text, or why there is none."""
    if not is_usable(findings):
        return _("No calendar can be shown until the errors are corrected.")
    found = invented(path, enrolled_on)
    return invented_text(found.protocol, found.facts, found.calendar)
