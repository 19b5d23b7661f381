"""The columns of each log on paper, as data: which cells are in a column, and how they are set.

A log without a layout of its own has the one for facts: number and participant, day, what was recorded, and by whom.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from app.wording.language import marked

Size = Literal["strong", "body", "small", "label"]


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One cell in a column; `said`: with the title of the cell before it."""

    cell: str
    size: Size = "small"
    said: bool = False


@dataclass(frozen=True, slots=True)
class PaperColumn:
    """A column on paper: its heading, its share of the width, and its cells from top to bottom."""

    heading: str
    share: float
    lines: tuple[PaperLine, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a log. `signed`: whether every row has a line to sign on, for those who are not in the file.

    `said_otherwise`: cells that another one has in words, such as the first day of a window.
    """

    columns: tuple[PaperColumn, ...]
    signed: bool = False
    said_otherwise: frozenset[str] = frozenset()


def _body(*cells: str) -> tuple[PaperLine, ...]:
    return tuple(PaperLine(cell, "body") for cell in cells)


def _said(*cells: str) -> tuple[PaperLine, ...]:
    return tuple(PaperLine(cell, said=True) for cell in cells)


def _answer(cell: str) -> PaperLine:
    """A yes or no, which says nothing without its question."""
    return PaperLine(cell, "body", said=True)


def _small(*cells: str) -> tuple[PaperLine, ...]:
    return tuple(PaperLine(cell) for cell in cells)


_WHO = PaperColumn(marked("Participant"), 14, (PaperLine("participant", "strong"), *_said("fact")))
_BY = PaperColumn(marked("Recorded"), 18.5, (*_body("recorded"), *_small("by")))

_DAY_VISIT = PaperColumn(
    marked("Day, visit"), 22, (*_body("on"), *_small("at", "visit_name"), PaperLine("visit", "label"))
)

LAYOUTS: Mapping[str, Layout] = {
    "deviations": Layout(
        (
            PaperColumn(marked("Participant"), 14.4, (PaperLine("participant", "strong"), *_said("number"))),
            PaperColumn(marked("Visit"), 21.6, (*_body("visit_name"), PaperLine("visit", "label"))),
            PaperColumn(marked("Day, window"), 22, (*_body("on"), *_small("window"))),
            PaperColumn(
                marked("Deviation, reason"),
                23.2,
                (*_body("deviation"), *_small("reason", "remark"), *_said("cause", "action")),
            ),
            PaperColumn(
                marked("Class"),
                18.8,
                (
                    PaperLine("class", "strong"),
                    *_small("class_by"),
                    *_said("found_on", "reported_on", "reported_to", "signed_by", "signed_on"),
                ),
            ),
        ),
        signed=True,
        said_otherwise=frozenset({"earliest", "latest", "days_outside", "fact"}),
    ),
    "screening": Layout(
        (
            PaperColumn(
                marked("Participant"),
                18,
                (PaperLine("participant", "strong"), *_small("protocol", "centre"), *_said("fact", "recorded", "by")),
            ),
            PaperColumn(marked("Identified, screened"), 19, _said("identified", "screened", "investigator")),
            PaperColumn(marked("Consent"), 19.5, (*_body("consented"), *_said("form"))),
            PaperColumn(
                marked("Outcome, reason"),
                24,
                (PaperLine("outcome", "strong"), *_small("failed_for", "criterion", "reason")),
            ),
            PaperColumn(
                marked("Enrolled"),
                19.5,
                (*_body("enrolled"), *_small("regimen", "cohort", "stage")),
            ),
        ),
        said_otherwise=frozenset({"choices", "timing", "country", "criteria"}),
    ),
    "visits": Layout(
        (
            PaperColumn(marked("Day"), 22, (*_body("day"), PaperLine("time", "strong"))),
            PaperColumn(marked("Participant"), 14, (PaperLine("participant", "strong"),)),
            PaperColumn(marked("Visit"), 30, (*_body("visit"), *_small("kind"))),
            PaperColumn(marked("Window"), 18, (*_body("window"), *_said("booked"))),
            PaperColumn(marked("State"), 16, _body("state")),
        )
    ),
    "open": Layout(
        (
            PaperColumn(marked("Participant"), 14, (PaperLine("participant", "strong"),)),
            PaperColumn(marked("Visit"), 24, (*_body("visit_name"), PaperLine("visit", "label"))),
            PaperColumn(marked("Day, window"), 22, (*_body("on"), *_small("window"))),
            PaperColumn(marked("What"), 20, (*_body("what"), *_small("left"))),
            PaperColumn(marked("What to do"), 20, _small("remedy")),
        )
    ),
    "history": Layout(
        (
            PaperColumn(marked("Fact"), 14, (PaperLine("fact", "strong"), *_small("participant"), *_said("command"))),
            PaperColumn(marked("What"), 36, (*_body("what"), *_small("further"), *_said("became"))),
            PaperColumn(
                marked("Recorded at, UTC"),
                29,
                (*_body("recorded_at"), *_small("local_time", "clock_change", "entered")),
            ),
            PaperColumn(marked("By"), 21, (*_body("by"), *_small("workstation", "protocol"))),
        ),
        said_otherwise=frozenset({"kind", "on", "reason", "zone"}),
    ),
    "adverse-events": Layout(
        (
            PaperColumn(marked("Participant"), 13, (PaperLine("participant", "strong"), *_said("fact"))),
            PaperColumn(marked("Event"), 16.5, (*_body("term"), *_small("detail"))),
            PaperColumn(marked("Grade"), 15.5, (PaperLine("grade", "strong"), *_said("serious"), *_small("criterion"))),
            PaperColumn(marked("Began, ended"), 19.5, (*_body("on", "ended"), *_said("outcome"))),
            PaperColumn(marked("Relation"), 11.5, (*_small("related"), *_said("expected"), *_small("action"))),
            PaperColumn(
                marked("Reports; recorded"),
                24,
                (*_said("aware", "due", "sent", "follow_ups"), *_small("clock"), *_said("recorded", "by")),
            ),
        ),
        signed=True,
        said_otherwise=frozenset({"aware_on", "aware_at"}),
    ),
    "complications": Layout(
        (
            _WHO,
            PaperColumn(marked("Complication"), 26, _body("what")),
            PaperColumn(
                marked("Clavien-Dindo, others"),
                24,
                (PaperLine("grade", "strong"), *_said("popf", "pph", "dge", "liver_failure", "bile_leak", "cci")),
            ),
            PaperColumn(marked("Began, ended"), 19, _body("on", "ended")),
            _BY,
        )
    ),
    "surgery": Layout(
        (
            PaperColumn(marked("Participant"), 16, (PaperLine("participant", "strong"), *_small("protocol", "centre"))),
            PaperColumn(marked("Operation"), 19, (*_body("on"), PaperLine("visit", "label"))),
            PaperColumn(
                marked("Worst grade, CCI"),
                22,
                (PaperLine("worst_grade", "strong"), *_said("cci_90", "popf", "pph", "dge")),
            ),
            PaperColumn(marked("Complications"), 24, _body("events")),
            PaperColumn(marked("Day 90"), 19, (*_body("until"), *_small("state"), *_said("died_on"))),
        ),
    ),
    "contacts": Layout(
        (
            _WHO,
            _DAY_VISIT,
            PaperColumn(marked("Reached, how"), 16, (_answer("reached"), *_small("how"))),
            PaperColumn(marked("What was learnt"), 32.5, (*_said("alive"), *_small("detail"))),
            _BY,
        )
    ),
    "operations": Layout(
        (
            _WHO,
            _DAY_VISIT,
            PaperColumn(marked("Procedures"), 30, (*_said("pancreas", "liver"), *_small("detail"))),
            PaperColumn(marked("Began, ended"), 14, _body("start", "end")),
            _BY,
        )
    ),
    "survival": Layout(
        (
            PaperColumn(marked("Participant"), 17, (PaperLine("participant", "strong"), *_small("protocol", "centre"))),
            PaperColumn(marked("Endpoint"), 10, (PaperLine("endpoint", "strong"),)),
            PaperColumn(marked("From"), 21, (*_body("start"), *_small("started_by"))),
            PaperColumn(marked("To"), 19, (*_body("end"), *_small("ended_by"))),
            PaperColumn(marked("Days, months"), 13, (PaperLine("days", "strong"), *_said("months"))),
            PaperColumn(marked("Last known alive, died"), 20, (*_body("last_alive"), *_said("died_on"))),
        )
    ),
    "flow": Layout(
        (
            PaperColumn(marked("Trial, centre"), 20, (PaperLine("protocol", "strong"), *_small("centre"))),
            PaperColumn(marked("Entry"), 19, _said("identified", "screened", "consented")),
            PaperColumn(marked("Inclusion, target"), 18, (*_said("included"), *_said("target", "progress"))),
            PaperColumn(marked("Treatment"), 25, _said("started", "evaluated", "operated", "operated_of_started")),
            PaperColumn(marked("Follow-up"), 18, _said("followed", "died")),
        )
    ),
    "questionnaires": Layout(
        (
            _WHO,
            _DAY_VISIT,
            PaperColumn(marked("Questionnaire"), 22, (*_body("questionnaire"), *_small("language"))),
            PaperColumn(marked("Done, reason"), 26, (_answer("done"), *_small("reason"))),
            _BY,
        ),
    ),
    "specimens": Layout(
        (
            _WHO,
            _DAY_VISIT,
            PaperColumn(marked("Specimen"), 24, (*_body("specimen"), *_said("label"))),
            PaperColumn(
                marked("Taken, weight"),
                24,
                (_answer("taken"), *_said("mg", "asked", "difference", "kept"), *_small("reason")),
            ),
            _BY,
        ),
    ),
}


def layout_of(name: str, cells: Iterable[str]) -> Layout:
    """Return the layout of a log with the cells of all its columns.

    `cells`: the names of its columns. What its own layout does not place is in its widest column, with its title.
    """
    own = LAYOUTS.get(name)
    if own is not None:
        placed = {line.cell for column in own.columns for line in column.lines} | own.said_otherwise
        left = [one for one in cells if one not in placed]
        widest = max(range(len(own.columns)), key=lambda number: own.columns[number].share)
        columns = [*own.columns]
        columns[widest] = replace(columns[widest], lines=(*columns[widest].lines, *_said(*left)))
        return replace(own, columns=tuple(columns))
    known = tuple(cells)
    day = replace(_DAY_VISIT, lines=tuple(line for line in _DAY_VISIT.lines if line.cell in known))
    placed = {line.cell for column in (_WHO, day, _BY) for line in column.lines}
    others = _said(*(one for one in known if one not in placed and one != "kind"))
    what = PaperColumn(marked("What was recorded"), 45, (*(_body("kind") if "kind" in known else ()), *others))
    return Layout((_WHO, day, what, _BY))
