"""A fact that is passed over as usual can always be read; and most facts are."""

import gzip
from pathlib import Path

import pytest

from app.domain.facts.kind import Json
from app.domain.facts.kinds import KINDS
from app.domain.facts.readable import fault_of, form_of
from app.storage import chain
from app.storage.usual_facts import unusual
from tests.storage.study_files import raw

FIXTURE = Path(__file__).parent / "fixtures" / "study_two_protocols.studyday.gz"
VALUES: list[Json] = [
    None, True, False, 0, 7, -1, 1.5, -0.5, 10**20, "", "a", "2026-11-23", "2026-02-28", "2026-02-29", "2028-02-29",
    "2026-02-30", "2026-13-01", "2026-04-31", "2026-00-10", "2026-01-00", "0000-01-01", "20261123", "2026-11-23 ",
    "09:30", "24:00", "9:30", "23:59", "unknown", 'a "quoted" word', "two\nlines", "back\\slash", "kräks, 呕吐",
    "\u202e",
    [], ["a"], [0, 6], [7], ["2026-11-23", "2026-11-24"], ["2026-11-23"], ["2026-11-23", "2026-02-30"], [["a", "b"]],
    {}, {"a": True}, {"a": "b"}, {"a": ["b"]}, {"a": {"b": 1}}, [None],
]  # fmt: skip


def is_unusual(kind: str, fields: dict[str, Json], about: int = 0, today: str = "2026-11-23") -> bool:
    lines = "\n".join(map(chain.line_of, fields.values()))
    return list(unusual([(5, kind, about, today, " ".join(fields), lines)])) == [5]


def is_readable(kind: str, fields: dict[str, Json], about: int = 0, today: str = "2026-11-23") -> bool:
    lines = "\n".join(map(chain.line_of, fields.values()))
    row = (5, 1, kind, 1, about, "", "", "", "", today, "", "", "", " ".join(fields), lines)
    try:
        return fault_of(chain.recorded(row)) is None
    except ValueError:
        return False


def plain_values(kind: str) -> dict[str, Json]:
    """The fields of a kind with a value that can be read, one of `VALUES`."""
    found = {}
    for name in form_of(kind)[0]:
        found[name] = next(one for one in VALUES[1:] if readable_alone(kind, name, one))
    return found


def readable_alone(kind: str, name: str, value: Json) -> bool:
    others: dict[str, Json] = {one: None for one in form_of(kind)[1] if one != name}
    row = (5, 1, kind, 1, 1, "", "", "", "", "2026-11-23", "", "", "", name, chain.line_of(value))
    fault = fault_of(chain.recorded(row))
    return fault is None or (fault[0] == "impossible_value" and fault[1] in others)


@pytest.mark.parametrize("kind", sorted({*KINDS} - {"holidays_taken", "protocol_taken"}))
def test_what_is_usual_can_be_read(kind: str) -> None:
    usual = 0
    every = plain_values(kind)
    for name in [*form_of(kind)[0], "set.more"]:
        for value in VALUES:
            fields = {**every, name: value}
            for about in (0, 3):
                if not is_unusual(kind, fields, about):
                    usual += 1
                    assert is_readable(kind, fields, about), (name, value)
    assert usual


@pytest.mark.parametrize("kind", sorted({*KINDS} - {"holidays_taken", "protocol_taken"}))
def test_what_lacks_a_field_is_usual_only_where_it_can_be_read(kind: str) -> None:
    every = plain_values(kind)
    for gone in every:
        fields = {name: value for name, value in every.items() if name != gone}
        assert is_unusual(kind, fields, 3) or is_readable(kind, fields, 3)


@pytest.mark.parametrize(
    ("kind", "fields", "about", "today"),
    [
        ("performed", {"visit": "SP-C01", "on": "2026-02-30"}, 0, "2026-11-23"),
        ("performed", {"visit": "SP-C01", "on": "2026-11-23"}, 0, "2026-02-30"),
        ("performed", {"visit": "SP-C01", "on": "2026-11-23"}, 0, "yesterday"),
        ("performed", {"visit": 5, "on": "2026-11-23"}, 0, "2026-11-23"),
        ("performed", {"on": "2026-11-23"}, 0, "2026-11-23"),
        ("unheard_of", {}, 0, "2026-11-23"),
        ("correction", {"void": True}, 0, "2026-11-23"),
    ],
)
def test_what_cannot_be_read_is_unusual(kind: str, fields: dict[str, Json], about: int, today: str) -> None:
    assert not is_readable(kind, fields, about, today)
    assert is_unusual(kind, fields, about, today)


@pytest.mark.parametrize(
    "lines", ["", "{", '"SP-C01"', '"SP-C01"\n2026-11-23', '"SP-C01"\n"2026-11-23"\n1', "\n", "[" * 50]
)
def test_lines_that_are_not_the_values_of_the_fields_are_unusual(lines: str) -> None:
    assert list(unusual([(5, "performed", 0, "2026-11-23", "visit on", lines)])) == [5]


def test_nearly_all_facts_of_a_study_are_usual(tmp_path: Path) -> None:
    path = tmp_path / "liver.studyday"
    path.write_bytes(gzip.decompress(FIXTURE.read_bytes()))
    with raw(path) as connection:
        rows = connection.execute("SELECT seq, kind, about, today, names, lines FROM fact").fetchall()
    kinds = {row[0]: row[1] for row in rows}
    assert len(rows) > 30
    assert {kinds[seq] for seq in unusual(rows)} <= {"holidays_taken", "protocol_taken"}
