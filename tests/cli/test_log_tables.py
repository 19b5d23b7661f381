"""Logs at the terminal."""

from app.cli.log_tables import log_document, log_text
from app.services.queries.log_table import Column, LogRow, LogTable, day_cell, number, words
from tests.services.ward import TODAY

COLUMNS = (
    Column("fact", "fact"), Column("participant", "participant"), Column("on", "day"), Column("mg", "weight, mg"),
    Column("by", "recorded by", at_terminal=False),
)  # fmt: skip
ROW = LogRow(
    "LI-001",
    {"fact": number(7), "participant": words("LI-001"), "on": day_cell(TODAY), "by": words("anna")},
)


def test_columns_without_a_word_and_who_recorded_are_left_out() -> None:
    assert log_text(LogTable("specimens", COLUMNS, (ROW,), ("A note.",))) == [
        "fact  participant  day",
        "7     LI-001       Sun 20 Dec 2026",
        "A note.",
    ]


def test_an_empty_log_says_so() -> None:
    assert log_text(LogTable("specimens", COLUMNS, ())) == ["Nothing was recorded."]


def test_programs_get_every_column() -> None:
    [found] = log_document(LogTable("specimens", COLUMNS, (ROW,)))
    assert found == {
        "participant": "LI-001",
        "row": {"fact": 7, "participant": "LI-001", "on": "2026-12-20", "mg": None, "by": "anna"},
    }
