"""Signatures on deviations: one or many, of several participants, as one command that is undone at once."""

from typing import Any

import pytest

from app.domain.facts.records import Recorded
from app.services.commands.sign_deviations import propose_signatures, save_signatures, unsigned
from app.services.queries.deviations import deviations
from tests.services.ward import Ward, refused


@pytest.fixture
def classed(ward: Ward) -> Ward:
    """A late first dose of each participant, with its class and its cause."""
    for code, visit in (("LI-001", "SP-C01"), ("CJ-001", "CJ-C01")):
        ward.do("performed", code, visit=visit, on="2026-12-18", reason="no chair")
        ward.do("deviation_classed", code, visit=visit, comment="seen", cause="no chair", **{"class": "minor"})
    return ward


def signed(ward: Ward) -> list[tuple[str, str, str]]:
    found = [row for row in deviations(ward.study, ward.today) if row.is_signed]
    return [(row.participant, row.told("signed_by"), row.told("signed_on")) for row in found]


def test_all_that_have_a_class_are_signed_as_one_command(classed: Ward) -> None:
    rows = unsigned(classed.study, classed.today)
    assert [(row.participant, row.number) for row in rows] == [("CJ-001", 2), ("LI-001", 1)]
    proposal = propose_signatures(classed.study, rows, "M. Hansson", "2026-12-19", classed.today)
    saved = save_signatures(classed.study, proposal, sure=True)
    assert signed(classed) == [("CJ-001", "M. Hansson", "2026-12-19"), ("LI-001", "M. Hansson", "2026-12-19")]
    assert len({one.command for one in classed.facts()[-2:]}) == 1
    assert [one.kind for one in saved.facts] == ["deviation_classed"] * 2
    row = next(row for row in deviations(classed.study, classed.today) if row.participant == "LI-001" and row.number)
    assert (row.number, row.class_, row.told("cause"), row.decided and row.decided.text("comment")) == (
        1, "minor", "no chair", "seen",
    )  # fmt: skip
    assert unsigned(classed.study, classed.today) == []
    classed.undo()
    assert signed(classed) == []


def test_a_number_once_given_is_found_without_reading_the_decisions_on_everybody(
    classed: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = unsigned(classed.study, classed.today)
    read, asked = classed.memory.facts, list[object]()

    def watched(subject: int | None = None, **more: Any) -> list[Recorded]:
        asked.append(subject)
        return read(subject, **more)

    monkeypatch.setattr(classed.memory, "facts", watched)
    proposal = propose_signatures(classed.study, rows, "M. Hansson", "2026-12-19", classed.today)
    assert [one.fields["number"] for one in proposal.facts] == [2, 1]
    assert None not in asked


def test_what_is_decided_again_is_signed_again(classed: Ward) -> None:
    rows = unsigned(classed.study, classed.today, "LI-001", "SP-C01")
    save_signatures(
        classed.study, propose_signatures(classed.study, rows, "M. Hansson", "2026-12-19", classed.today), sure=True
    )
    classed.do("deviation_classed", visit="SP-C01", **{"class": "important"})
    assert signed(classed) == []


def test_a_signature_has_a_name_and_a_day_that_has_come_and_a_class_before_it(classed: Ward) -> None:
    rows = unsigned(classed.study, classed.today)
    for by, on, name in ((" ", "2026-12-19", "signed_by"), ("M. Hansson", None, "signed_on")):
        found = refused("field_missing", propose_signatures, classed.study, rows, by, on, classed.today)
        assert found.values["name"] == name
    refused("future", propose_signatures, classed.study, rows, "M. Hansson", "2026-12-21", classed.today)
    refused("nothing_to_sign", propose_signatures, classed.study, [], "M. Hansson", "2026-12-19", classed.today)


def test_nothing_is_signed_on_another_state_of_the_file(classed: Ward) -> None:
    rows = unsigned(classed.study, classed.today)
    proposal = propose_signatures(classed.study, rows, "M. Hansson", "2026-12-19", classed.today)
    classed.do("note", visit="SP-C01", text="in between")
    refused("changed_meanwhile", save_signatures, classed.study, proposal, True)


@pytest.mark.parametrize("visit", ["SP-C99", "SP-P03", "zzz"])
def test_a_visit_without_a_deviation_is_not_signed(classed: Ward, visit: str) -> None:
    assert refused("no_deviation", unsigned, classed.study, classed.today, "LI-001", visit).place == "visit"


def test_a_signature_of_a_day_before_the_deviation_is_asked_about(classed: Ward) -> None:
    rows = unsigned(classed.study, classed.today, "LI-001")
    proposal = propose_signatures(classed.study, rows, "M. Hansson", "2026-12-17", classed.today)
    refused("day_before_other", save_signatures, classed.study, proposal)
    save_signatures(classed.study, proposal, sure=True)
    assert signed(classed) == [("LI-001", "M. Hansson", "2026-12-17")]
