"""Printing: pages as PDF bytes, written whole or not at all."""

from pathlib import Path

from app.domain.calendar import OPEN, Calendar, Entry
from app.domain.refusal import Refused
from app.files import write_whole
from app.services.rehearse import Rehearsal
from app.wording.problems import problem_text
from app.wording.reasons import reason_texts


def print_rehearsal(rehearsal: Rehearsal, kind: str, path: Path) -> int:
    """Print the visit sheets of all open visits that have a date, or the participant's calendar; the number of pages.

    Raises:
        Refused: nothing to print, a character that no font has, or a file that cannot be written.
    """
    pages = _sheets(rehearsal) if kind == "sheets" else _calendar(rehearsal)
    try:
        write_whole(path, pages)
    except OSError as error:
        raise Refused("unwritable", path=str(path), problem=(error.strerror or "an error").lower()) from None
    return pages.count(b"/Type /Page\n")


def sheet_entries(calendar: Calendar) -> list[Entry]:
    """The open visits that have a date."""
    return [entry for entry in calendar.entries if entry.status in OPEN and entry.assumed is not None]


def _sheets(rehearsal: Rehearsal) -> bytes:
    from app.documents.sheet import visit_sheets

    calendar, entries = rehearsal.calendar, sheet_entries(rehearsal.calendar)
    if not entries:
        raise Refused("nothing_to_print")
    why = {entry.key: reason_texts(entry, calendar) for entry in entries}
    problems = {entry.key: [problem_text(one, calendar) for one in entry.problems] for entry in entries}
    return visit_sheets(
        rehearsal.protocol, calendar, entries, "", why=why, problems=problems, choices=rehearsal.choices
    )


def _calendar(rehearsal: Rehearsal) -> bytes:
    from app.documents.participant_calendar import participant_calendar

    return participant_calendar(rehearsal.protocol, rehearsal.calendar, "", choices=rehearsal.choices)
