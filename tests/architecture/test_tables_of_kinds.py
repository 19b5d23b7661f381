"""What kinds of facts do and are called is said in two tables alone: the rows of the kinds, and their catalogue."""

import ast
from collections.abc import Iterator

from app.domain.facts.kind import Subject
from app.domain.facts.kinds import KINDS
from tests.architecture.imports import app_sources

CATALOGUE = "app.wording.fact_catalogue"
KNOWN = {
    "app.services.queries.people": "the facts that the list of participants reads, as few as it can",
    "app.domain.calendar.entry_codec": "the names of an entry's days",
    "app.exchange.calendar_json": "the names of an entry's days",
    "app.wording.clinical_catalogue": "the part of the catalogue about what happened to a participant",
    "app.wording.event_lines": "the part of the catalogue about the lines of a participant's events",
    "app.wording.agenda": "the next steps of a visit",
    "app.domain.facts.person": "the facts that a person is made of",
    "app.wording.entry_catalogue": "the part of the catalogue about those who enter the study",
    "app.wording.log_words": "the columns of logs, of which some have the name of a kind",
    "app.services.queries.screening_log": "the columns of a log, of which some have the name of a kind",
    "app.wording.field_catalogue": "the words of options, of which some have the name of a kind",
}
"""Modules with a collection of names that are ids of kinds, and what it has names of."""
FEWEST = 3
IDS = frozenset(kind.id for kind in KINDS.values() if kind.subject is not Subject.FACT)


def kinds_together(source: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the line and the ids of every collection that has at least three kinds as keys or members."""
    if sum(source.count(f'"{one}"') for one in IDS) < FEWEST:
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Dict):
            members = [key for key in node.keys if key is not None]
        elif isinstance(node, ast.Set | ast.Tuple | ast.List):
            members = node.elts
        else:
            continue
        ids = [one.value for one in members if isinstance(one, ast.Constant) and one.value in IDS]
        if len(ids) >= FEWEST:
            yield node.lineno, [str(one) for one in ids]


def test_no_other_module_has_a_table_of_kinds() -> None:
    found = {name: places for name, source in app_sources().items() if (places := list(kinds_together(source)))}
    assert {name: places for name, places in found.items() if name not in {CATALOGUE, *KNOWN}} == {}
    assert KNOWN.keys() <= found.keys(), "take out of KNOWN what has no such table by now"


def test_a_table_of_kinds_is_found() -> None:
    source = (
        'A = {"booked": 1, "moved": 2, "died": 3}\nB = frozenset({"lost", "note", "contact"})\nC = ("note", "lost")'
    )
    assert list(kinds_together(source)) == [(1, ["booked", "moved", "died"]), (2, ["lost", "note", "contact"])]
