"""A keystroke in a search over 2,000 participants, against a bare scan of a list with their texts."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.services.commands import study_file
from app.services.commands.demo import FILE, make_demo
from tests.benchmarks.study_file import NURSE, TODAY, Ratio, Tell

if TYPE_CHECKING:
    from app.domain.search_index import Indexed
    from app.services.study.study import Study
    from app.ui.pages.participants.people_model import PersonLine

PARTICIPANTS = 2000
TYPED = ("li-0", "li-01", "li-012", "op", "ope", "oper")
"""What the box holds after one keystroke and another."""
SHOWN = 5
TURNS = 40
REACH = 3.0


def run(ratio: Ratio, tell: Tell) -> None:
    """Both searches."""
    with tempfile.TemporaryDirectory() as folder:
        make_demo(Path(folder) / "demo", NURSE, TODAY)
        study = study_file.open_file(Path(folder) / "demo" / FILE, NURSE, TODAY)
        try:
            people, lines = _people(study), _lines(study)
        finally:
            study.close()
    participants_page(lines, ratio, tell)
    search_everywhere(people, ratio, tell)


def participants_page(lines: "Sequence[PersonLine]", ratio: Ratio, tell: Tell) -> None:
    """The rows of the page Participants after each keystroke; the floor looks into the texts of each participant."""
    from app.ui.pages.participants.people_model import PeopleModel

    model = PeopleModel()
    model.show_people(lines)
    texts = [" ".join(one.texts.values()).lower() for one in lines]

    def work() -> None:
        for typed in TYPED:
            model.narrow(typed)

    tell(f"a keystroke in the box of {len(lines):,} participants", *_each(ratio, work, texts), REACH)


def search_everywhere(people: "Sequence[Indexed]", ratio: Ratio, tell: Tell) -> None:
    """The search everywhere, with all visits and events; the floor looks into the codes and the names of each one."""
    from app.domain.search_index import SearchIndex

    index = SearchIndex(people)
    names = [{visit.title.name for visit in one.visits} | {event.text for event in one.events} for one in people]
    texts = [" ".join((one.code, *of)).lower() for one, of in zip(people, names, strict=True)]

    def work() -> None:
        for typed in TYPED:
            index.found(typed, TODAY, SHOWN)

    visits = sum(len(one.visits) for one in people)
    said = f"a keystroke in the search everywhere, {len(people):,} participants and {visits:,} visits"
    tell(said, *_each(ratio, work, texts), REACH)


def _each(ratio: Ratio, work: Callable[[], None], texts: Sequence[str]) -> tuple[float, float, float]:
    """The time of one keystroke, that of one scan, and the ratio."""

    def floor() -> None:
        for typed in TYPED:
            [number for number, text in enumerate(texts) if typed in text]

    done, bare, times = ratio(work, floor, TURNS)
    return done / len(TYPED), bare / len(TYPED), times


def _codes() -> list[str]:
    return [f"LI-{number:04}" for number in range(PARTICIPANTS)]


def _lines(study: "Study") -> "list[PersonLine]":
    """The lines of the demo study's participants again and again, with codes of their own."""
    from app.services.queries.people import people
    from app.services.queries.standing import standings
    from app.ui.pages.participants.people_model import person_line

    found = standings(study, TODAY)
    known = [person_line(one, found, {}, {}) for one in people(study)]
    several = (known[number % len(known)] for number in range(PARTICIPANTS))
    return [
        replace(one, row=replace(one.row, code=code), texts={**one.texts, "code": code})
        for code, one in zip(_codes(), several, strict=True)
    ]


def _people(study: "Study") -> "list[Indexed]":
    """What is found of the demo study's participants again and again, with codes of their own."""
    from app.services.queries.search_parts import searched

    known = [one for one in searched(study, TODAY).values() if one.visits]
    several = (known[number % len(known)] for number in range(PARTICIPANTS))
    return [
        replace(
            one,
            code=code,
            visits=tuple(replace(visit, participant=code) for visit in one.visits),
            events=tuple(replace(event, participant=code) for event in one.events),
        )
        for code, one in zip(_codes(), several, strict=True)
    ]
