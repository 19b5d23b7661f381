"""Participants' papers in their languages: no text of theirs lacks its translation."""

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

from app.documents import participant_calendar, participant_rows
from app.documents.text import printable
from app.domain.facts.study_kinds import LANGUAGES
from app.protocols.library import shipped_protocol
from app.wording import dates, names
from app.wording.language import gettext
from app.wording.participant_language import in_language, phrases

OTHERS = [code for code in LANGUAGES if code != "en"]


def texts_of_program() -> Iterator[str]:
    """The texts that the modules of the calendar look up or mark, those of pages and of what follows a visit's name."""
    for module in (participant_calendar, participant_rows):
        for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "marked"):
                yield from (one.value for one in node.args if isinstance(one, ast.Constant))  # type: ignore[misc]
    yield from ("; ", "Page {x} of {y}", "{month} {year}", "{day} {month} {year}")
    yield from (" (second operation)", " (operation {n})", " (repeat)", " (repeat {n})")
    yield from (dates.weekday(date(2026, 11, day)) for day in range(23, 30))


def texts_of_protocols() -> Iterator[str]:
    """The words of the shipped protocols for participants."""
    for name in ("scanpan", "nct06873178"):
        protocol = shipped_protocol(name)
        for visit in protocol.visits.values():
            yield from (visit.plain, *visit.plains.values(), visit.bring, visit.place)
            yield from (one.plain for one in visit.activities)
        for regimen in protocol.regimens.values():
            yield from (day.plain for day in regimen.days)


TEXTS = sorted({*texts_of_program(), *texts_of_protocols()} - {""})


@pytest.mark.parametrize("code", OTHERS)
def test_every_text_of_a_participants_paper_has_its_translation(code: str) -> None:
    assert len(TEXTS) > 60
    assert [one for one in TEXTS if one not in phrases(code).texts] == []


@pytest.mark.parametrize("code", OTHERS)
def test_no_translation_is_without_its_text(code: str) -> None:
    assert [one for one in phrases(code).texts if one not in TEXTS] == []


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_keeps_the_places_of_its_values_and_can_be_printed(code: str) -> None:
    catalogue = phrases(code)
    for text, said in catalogue.texts.items():
        places, kept = ({name for _text, name, *_rest in Formatter().parse(one) if name} for one in (text, said))
        assert places == kept, text
        assert said.strip(), text
    months = [one for context in catalogue.contexts.values() for one in context.values()]
    assert len(months) == 24
    for said in (*catalogue.texts.values(), *months):
        assert printable(said, code) == said


@pytest.mark.parametrize(
    ("code", "month", "day", "weekday"),
    [
        ("", "February 2027", "4 February 2027", "Thursday"),
        ("sv", "februari 2027", "4 februari 2027", "torsdag"),
        ("fi", "helmikuu 2027", "4. helmikuuta 2027", "torstai"),
        ("zh", "2027年2月", "2027年2月4日", "星期四"),
    ],
)
def test_dates_are_said_as_the_language_says_them(code: str, month: str, day: str, weekday: str) -> None:
    on = date(2027, 2, 4)
    with in_language(code):
        assert (dates.month_long(on), dates.day_of_month(on), dates.weekday(on)) == (month, day, weekday)
    assert dates.day_of_month(on) == "4 February 2027", "after the block all is as before"


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_words_of_the_regimens_day_are_said_once(code: str) -> None:
    """The first treatment day is not called a treatment day once more."""
    with in_language(code):
        first, between = gettext("First treatment day"), gettext("; ")
        day = gettext("Treatment day; a small pump goes home with you")
        assert names.joined_text(first, day) == f"{first}{between}{day.partition(between)[2]}"


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_has_the_semicolons_of_its_language(code: str) -> None:
    """A part that is set apart otherwise is not found, and would be said twice."""
    with in_language(code):
        between = gettext("; ")
    for text, said in phrases(code).texts.items():
        assert ";" not in said.replace(between, ""), text
        assert f"{between} " not in said, text


def test_what_a_catalogue_lacks_stays_as_it_is() -> None:
    with in_language("sv"):
        assert gettext("Lampan tänds") == "Lampan tänds"
