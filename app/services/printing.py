"""Printing: pages as PDF bytes, written whole or not at all."""

from pathlib import Path

from app.atomic_write import write_whole
from app.domain.calendar.entries import OPEN, Calendar, Entry
from app.domain.protocol.version import ProtocolVersion
from app.domain.refusal import Refused
from app.services.queries.rehearsal import Rehearsal
from app.wording.problems import problem_text
from app.wording.reasons import reason_texts


def print_rehearsal(rehearsal: Rehearsal, kind: str, path: Path) -> int:
    """Print the visit sheets of all open visits that have a date, or the participant's calendar; the number of pages.

    Raises:
        Refused: nothing to print, a character that no font has, or a file that cannot be written.
    """
    protocol, calendar, choices = rehearsal.protocol, rehearsal.calendar, rehearsal.choices
    if kind == "sheets":
        return write_pages(path, sheet_pages(protocol, calendar, sheet_entries(calendar), choices))
    return write_pages(path, calendar_pages(protocol, calendar, choices))


def write_pages(path: Path, pages: bytes) -> int:
    """Write a PDF; the number of its pages.

    Raises:
        Refused: the file cannot be written.
    """
    try:
        write_whole(path, pages)
    except OSError as error:
        raise Refused("unwritable", path=str(path), problem=(error.strerror or "an error").lower()) from None
    return count_pages(pages)


def count_pages(pages: bytes) -> int:
    """The number of pages of a PDF of ours."""
    return pages.count(b"/Type /Page\n")


def sheet_entries(calendar: Calendar) -> list[Entry]:
    """The open visits that have a date."""
    return [entry for entry in calendar.entries if entry.status in OPEN and entry.is_dated]


def sheet_pages(
    protocol: ProtocolVersion,
    calendar: Calendar,
    entries: list[Entry],
    choices: dict[str, str | bool],
    site_name: str = "",
    head: str = "",
) -> bytes:
    """The sheets of these visits.

    Raises:
        Refused: there is none.
    """
    from app.documents.sheet import visit_sheets

    if not entries:
        raise Refused("nothing_to_print")
    why = {entry.key: reason_texts(entry, calendar) for entry in entries}
    problems = {entry.key: [problem_text(one, calendar) for one in entry.problems] for entry in entries}
    return visit_sheets(protocol, calendar, entries, site_name, why=why, problems=problems, choices=choices, head=head)


def calendar_pages(
    protocol: ProtocolVersion, calendar: Calendar, choices: dict[str, str | bool], site_name: str = "", head: str = ""
) -> bytes:
    """The participant's own calendar."""
    from app.documents.participant_calendar import participant_calendar

    return participant_calendar(protocol, calendar, site_name, choices=choices, head=head)
