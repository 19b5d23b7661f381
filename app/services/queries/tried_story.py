"""A story that is tried: what its rehearsal says, as the lines that a person reads and as plain data for programs."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.exchange.calendar_json import after_surgery_document, calendar_document
from app.exchange.story_file import read_story
from app.progress import Progress
from app.protocols.findings import Finding
from app.services.queries.deviation_tables import deviation_document, deviations_text
from app.services.queries.protocols import faults_of_days
from app.services.queries.rehearsal import Rehearsal, rehearse
from app.services.study.output_path import protocol_files
from app.wording.after_surgery import after_surgery_text
from app.wording.calendar_text import calendar_text
from app.wording.visible import visible_line


@dataclass(frozen=True, slots=True)
class TriedStory:
    """A story of a file with its rehearsal, and what that says line by line.

    `protocol`: the file by which it was planned; None for the shipped one that the story names. `faults`: what in that
    file gives the calendar other days than the file seems to say.
    """

    path: Path
    protocol: Path | None
    rehearsal: Rehearsal
    text: str
    faults: tuple[Finding, ...]

    @property
    def reads(self) -> list[Path | int]:
        """The files that it was made from, which nothing is written over."""
        return files_read(self.path, self.protocol)


def try_story(path: Path, protocol: Path | None = None, progress: Progress | None = None) -> TriedStory:
    """Rehearse the story of a file.

    Raises:
        Refused: the file cannot be read, or something in it is wrong.
        ProtocolRefused: the file of the protocol has no valid one.
    """
    rehearsal = rehearse(read_story(path), protocol, progress)
    faults = tuple(faults_of_days(str(protocol))) if protocol is not None else ()
    return TriedStory(path, protocol, rehearsal, rehearsal_text(rehearsal), faults)


def files_read(story: Path | int, protocol: Path | None) -> list[Path | int]:
    """Return the files that a rehearsal is made from; standard input may be one."""
    return [story, *(protocol_files(protocol) if protocol is not None else ())]


def rehearsal_text(rehearsal: Rehearsal) -> str:
    """Return the calendar, what followed each operation, and the deviation log, line by line."""
    return "\n".join(_lines(rehearsal))


def _lines(rehearsal: Rehearsal) -> Iterator[str]:
    yield calendar_text(rehearsal.protocol, rehearsal.calendar)
    for one in rehearsal.after_surgery:
        yield from ("", visible_line(f"{one.operation}: {after_surgery_text(one)}"))
    if rehearsal.deviations:
        yield from ("", *map(visible_line, deviations_text(rehearsal.deviations)))


def rehearsal_document(rehearsal: Rehearsal) -> dict[str, Any]:
    """Return a rehearsal as plain data: the calendar, the deviation log, and what followed each operation."""
    log = [deviation_document(one) for one in rehearsal.deviations]
    outcomes = [after_surgery_document(one) for one in rehearsal.after_surgery]
    return {**calendar_document(rehearsal.calendar), "deviations": log, "after_surgery": outcomes}


def rehearsal_json(rehearsal: Rehearsal) -> str:
    """Return it as JSON text."""
    return json.dumps(rehearsal_document(rehearsal), ensure_ascii=False, indent=1)
