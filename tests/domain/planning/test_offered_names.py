"""Names that are on a list are taken as the list has them; others are asked about, with what was probably meant."""

from dataclasses import replace

import pytest

from app.domain.facts.kinds import KINDS
from app.domain.planning.offered_names import Offered, doubt_of_offered, offered_names, with_offered_names
from app.domain.protocol.version import Centre
from tests.domain.stories import calendar, done, life

REASONS = ("illness", "travel", "low blood counts")
SITES = {"Ward 7": "NO"}
BARE = life(today="2027-01-29").protocol
PROTOCOL = replace(BARE, centres=(Centre("Oulu", "FI"),))


def offered(visit: str = "") -> Offered:
    story = calendar(done("SP-C01", "2026-11-30"), today="2027-01-29")
    return offered_names(PROTOCOL, SITES, REASONS, story.by_key.get(visit))


def doubted(kind: str, **fields: object) -> list[tuple[str, object]]:
    """The field and the name that was probably meant, of each doubt."""
    doubt = doubt_of_offered(KINDS[kind], {name: str(one) for name, one in fields.items()}, offered())
    return [] if doubt is None else [(one.place, one.values["near"]) for one in doubt.each]


@pytest.mark.parametrize(
    ("kind", "field", "typed", "asked"),
    [
        ("enrolled", "centre", "Ward 7", None),
        ("enrolled", "centre", "Ward 8", "Ward 7"),
        ("enrolled", "centre", "Elsewhere altogether", ""),
        ("enrolled", "country", "NO", None),
        ("enrolled", "country", "BR", ""),
        ("missed", "reason", "illness", None),
        ("missed", "reason", "ilness", "illness"),
        ("missed", "reason", "low blod counts", "low blood counts"),
        ("missed", "reason", "travelled to her daughter", None),
        ("missed", "reason", "fever", None),
        ("died", "cause", "ilness", None),
    ],
)
def test_what_is_asked_about(kind: str, field: str, typed: str, asked: str | None) -> None:
    assert doubted(kind, **{field: typed}) == ([] if asked is None else [(field, asked)])


def test_a_protocol_without_centres_or_drugs_takes_what_is_typed() -> None:
    nothing = offered_names(BARE, {}, ())
    assert not BARE.centres
    fields: dict[str, object] = {"centre": "X", "country": "BR", "reason": "ilness", "drug": "water"}
    for kind in ("enrolled", "missed", "treatment"):
        assert doubt_of_offered(KINDS[kind], {name: str(one) for name, one in fields.items()}, nothing) is None


@pytest.mark.parametrize("typed", ["ILLNESS", " illness", "Low-Blood counts", "low\u00a0blood counts"])
def test_a_listed_name_is_kept_as_the_list_has_it(typed: str) -> None:
    kept = with_offered_names(KINDS["missed"], {"reason": typed, "visit": "X"}, offered())
    assert kept["reason"] in REASONS
    assert kept["visit"] == "X"


def test_only_the_fields_that_are_asked_for_are_looked_at() -> None:
    fields = {"centre": "Ward 8", "country": "BR"}
    doubt = doubt_of_offered(KINDS["enrolled"], fields, offered(), {"country"})
    assert doubt is not None
    assert [one.place for one in doubt.each] == ["country"]
