"""After a rescue: whose facts were lost is uncertain until a person says that it is settled, on every surface."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pypdf
import pytest

from app.services.commands import print_documents, print_logs, study_file
from app.services.commands.record import change
from app.services.commands.settle_loss import Settled, settle_loss
from app.services.commands.verify import repair_cached_visits
from app.services.queries.agenda import agenda
from app.services.queries.calendar import calendar_of
from app.services.queries.damage import losses_of
from app.services.queries.logs import log_table
from app.services.queries.overview import study_view
from app.services.queries.people import people
from app.services.study.study import Study
from app.wording.damage import losses_text, settled_text
from tests.services.ward import TODAY, Ward, refused
from tests.storage.study_files import tampering

EDIT = "UPDATE fact SET who = 'somebody' WHERE seq = ?"
"""The fact cannot be read, and whom it concerns is known."""
MISSING = "DELETE FROM fact WHERE seq = ?"
"""The fact is missing, and may be about anybody."""


def damaged(ward: Ward, statement: str, *lost: int) -> Study:
    """The study opened with these facts damaged."""
    ward.study.close()
    with tampering(ward.path) as connection:
        for seq in lost:
            connection.execute(statement, (seq,))
    ward.study = study_file.open_file(ward.path, ward.environment, TODAY)
    return ward.study


def rescued(ward: Ward, statement: str, *lost: int) -> Study:
    """The study that is rescued from the file with these facts damaged."""
    damaged(ward, statement, *lost).close()
    target = ward.path.with_name("rescued.studyday")
    study_file.rescue(ward.path, target, ward.environment, TODAY)
    ward.study = study_file.open_file(target, ward.environment, TODAY)
    return ward.study


def uncertain(study: Study, code: str) -> set[bool]:
    return {entry.is_uncertain for entry in calendar_of(study, code, TODAY)[1].entries}


def said(study: Study, on_screen: bool = False) -> str:
    found = losses_of(study)
    return losses_text(found.lost, found.participants, found.left_out, on_screen) if found is not None else ""


@pytest.fixture
def ward(file_ward: Ward) -> Ward:
    """LI-001 and CJ-001, of whom a dose of each is recorded."""
    file_ward.do("performed", visit="SP-C01", on="2026-11-30")
    file_ward.do("performed", code="CJ-001", visit="CJ-C01", on="2026-11-27")
    return file_ward


def dose(ward: Ward, visit: str = "SP-C01") -> int:
    return ward.seq("performed", visit)


# While it is not settled


def test_the_days_of_the_participant_of_a_lost_fact_are_uncertain(ward: Ward) -> None:
    seq = dose(ward)
    study = rescued(ward, EDIT, seq)
    assert study.store.broken is None
    assert (uncertain(study, "LI-001"), uncertain(study, "CJ-001")) == ({True}, {False})
    text = said(study)
    assert f"fact {seq}, LI-001" in text
    assert "The days of LI-001 are uncertain" in text
    assert text.endswith("then say `settle CODE`, or `settle` for all")
    view = study_view(study, TODAY)
    assert view.losses == said(study, on_screen=True) + "."
    assert "`" not in view.losses


def test_where_it_may_be_about_anybody_everybody_is_uncertain(ward: Ward) -> None:
    study = rescued(ward, MISSING, dose(ward))
    assert (uncertain(study, "LI-001"), uncertain(study, "CJ-001")) == ({True}, {True})
    assert "The days of every participant are uncertain" in said(study)


def test_agenda_and_paper_mark_them(ward: Ward, tmp_path: Path) -> None:
    study = rescued(ward, EDIT, dose(ward))
    found = agenda(study, TODAY)
    rows = (*found.pressing, *found.now, *found.coming, *found.waiting)
    assert {row.entry.is_uncertain for row in rows if row.participant == "LI-001"} == {True}
    assert {row.entry.is_uncertain for row in rows if row.participant == "CJ-001"} == {False}
    out = tmp_path / "sheet.pdf"
    print_documents.print_sheets(study, "LI-001", ["SP-C02#2"], out, TODAY)
    text = " ".join("".join(page.extract_text() for page in pypdf.PdfReader(out).pages).split())
    assert "facts of the study could not be read and are left out" in text.lower()
    assert not repair_cached_visits(study, TODAY), "the planned visits in the file say so as well"


Print = Callable[[Study, Path], int]
PRINTS: dict[str, Print] = {
    "sheet": lambda study, out: print_documents.print_sheets(study, "LI-001", ["SP-C02#2"], out, TODAY),
    "calendar": lambda study, out: print_documents.print_calendar(study, "LI-001", out, TODAY),
    "agenda": lambda study, out: print_documents.print_agenda(study, out, TODAY),
    "deviations": lambda study, out: print_logs.print_log(study, "deviations", out, TODAY),
}


@pytest.mark.parametrize("name", PRINTS)
def test_a_damaged_study_prints_a_line_that_says_so(ward: Ward, tmp_path: Path, name: str) -> None:
    study = damaged(ward, EDIT, dose(ward))
    out = tmp_path / "out.pdf"
    PRINTS[name](study, out)
    text = " ".join("".join(page.extract_text() for page in pypdf.PdfReader(out).pages).split())
    assert "damaged study file: days are uncertain" in text


def test_work_goes_on_in_it(ward: Ward) -> None:
    study = rescued(ward, EDIT, dose(ward))
    change(study, "LI-001", "performed", {"visit": "SP-C01", "on": "2026-11-30"}, TODAY)
    assert uncertain(study, "LI-001") == {True}, "until somebody says so"
    assert not repair_cached_visits(study, TODAY)


# Settling it


def test_a_person_says_that_it_is_settled(ward: Ward) -> None:
    seq = dose(ward)
    study = rescued(ward, EDIT, seq, dose(ward, "CJ-C01"))
    agenda(study, TODAY)
    last = ward.last
    done = settle_loss(study, "LI-001", " from the sheet ", TODAY)
    assert done == Settled((seq,), ("LI-001",))
    assert settled_text(done.numbers, done.participants) == (
        f"Settled: one fact that could not be read ({seq}). The days of LI-001 are certain again."
    )
    assert ward.told(last) == [("loss_settled", {"numbers": [seq], "reason": "from the sheet"})]
    assert (uncertain(study, "LI-001"), uncertain(study, "CJ-001")) == ({False}, {True})
    assert not repair_cached_visits(study, TODAY)
    ward.study.close()
    ward.study = study = study_file.open_file(study.path, ward.environment, TODAY)
    assert (uncertain(study, "LI-001"), uncertain(study, "CJ-001")) == ({False}, {True})
    settle_loss(study, "", "", TODAY)
    assert uncertain(study, "CJ-001") == {False}
    assert (said(study), study_view(study, TODAY).losses) == ("", "")


def test_what_may_be_about_anybody_is_settled_for_everybody_alone(ward: Ward) -> None:
    study = rescued(ward, MISSING, dose(ward))
    refused("nothing_lost", settle_loss, study, "LI-001", "", TODAY)
    done = settle_loss(study, "", "", TODAY)
    assert done.participants == ("LI-001", "CJ-001")
    refused("nothing_lost", settle_loss, study, "", "", TODAY)


def test_nothing_is_to_settle_in_another_study(ward: Ward) -> None:
    assert losses_of(ward.study) is None
    refused("nothing_lost", settle_loss, ward.study, "", "", TODAY)
    refused("no_participant", settle_loss, ward.study, "LI-007", "", TODAY)


def test_a_damaged_study_is_rescued_first(ward: Ward) -> None:
    study = damaged(ward, EDIT, dose(ward))
    refused("chain_broken", settle_loss, study, "LI-001", "", TODAY)
    assert losses_of(study) is None, "what the damage is says another sentence"


# An enrolment, a protocol, a redaction


@pytest.mark.parametrize("state", ["damaged", "rescued"])
def test_a_participant_whose_enrolment_is_lost_is_left_out(ward: Ward, state: str) -> None:
    ward.do("note", code="CJ-001", text="x")
    enrolment = next(one.seq for one in ward.facts() if one.kind == "enrolled" and one.subject == 2)
    study = damaged(ward, EDIT, enrolment) if state == "damaged" else rescued(ward, EDIT, enrolment)
    assert set(study.people()) == {"LI-001", "(2)"}
    assert [(one.code, one.protocol) for one in people(study)] == [("(2)", ""), ("LI-001", "scanpan")]
    assert [row.participant for row in agenda(study, TODAY).coming if row.participant != "LI-001"] == []
    assert uncertain(study, "LI-001") == {False}


def test_who_has_no_code_any_more_leaves_the_lists_when_that_is_settled(ward: Ward) -> None:
    ward.do("note", code="CJ-001", text="x")
    enrolment = next(one.seq for one in ward.facts() if one.kind == "enrolled" and one.subject == 2)
    study = rescued(ward, EDIT, enrolment, dose(ward))
    assert study_view(study, TODAY).losses_of == ("(2)", "LI-001")
    settle_loss(study, "LI-001", "", TODAY)
    assert study.left_out() == ("(2)",), "that is not settled"
    settle_loss(study, "(2)", "enrolled again", TODAY)
    assert set(study.people()) == {"LI-001"}
    assert [one.code for one in people(study)] == ["LI-001"]
    assert (study.left_out(), study_view(study, TODAY).participants) == ((), ("LI-001",))
    assert [one.kind for one in study.case(study.subject("(2)")).records if one.kind == "note"] == ["note"]
    ward.enrol_cn(code="CJ-001")
    assert set(study.people()) == {"LI-001", "CJ-001"}


@pytest.mark.parametrize("state", ["damaged", "rescued"])
def test_whose_protocol_is_lost_cannot_be_planned_and_the_others_are(ward: Ward, state: str) -> None:
    taken = next(
        one.seq for one in ward.facts() if one.kind == "protocol_taken" and one.fields["protocol"] == "scanpan"
    )
    study = damaged(ward, EDIT, taken) if state == "damaged" else rescued(ward, EDIT, taken)
    assert study.left_out() == ("LI-001",)
    assert {row.participant for row in agenda(study, TODAY).coming} == {"CJ-001"}
    for log in ("deviations", "open"):
        assert {row.participant for row in log_table(study, log, date(2027, 3, 1)).rows} == {"CJ-001"}
    assert log_table(study, "surgery", TODAY).rows == ()
    refused("protocol_unreadable", calendar_of, study, "LI-001", TODAY)
    assert study_view(study, TODAY).participants == ("CJ-001", "LI-001")
    if state == "rescued":
        assert "LI-001 cannot be planned, as their enrolment or protocol could not be read" in said(study)


def test_a_lost_protocol_is_taken_again_and_the_participant_planned(ward: Ward) -> None:
    from app.services.commands.protocols import take_protocol

    taken = next(
        one.seq for one in ward.facts() if one.kind == "protocol_taken" and one.fields["protocol"] == "scanpan"
    )
    study = rescued(ward, EDIT, taken)
    take_protocol(study, "scanpan", TODAY)
    assert study.left_out() == ()
    assert uncertain(study, "LI-001") == {True}
    settle_loss(study, "", "taken again", TODAY)
    assert (uncertain(study, "LI-001"), uncertain(study, "CJ-001")) == ({False}, {False})


@pytest.mark.parametrize("statement", [EDIT, MISSING])
def test_a_redaction_that_is_lost_itself_brings_no_value_back_and_ends_in_no_bug(ward: Ward, statement: str) -> None:
    ward.do("moved", visit="SP-C02#2", to="2026-12-29", reason="with Eva")
    moved = ward.seq("moved")
    ward.redact(moved, "reason")
    study = damaged(ward, statement, ward.seq("redaction"))
    assert study.store.broken is not None
    fact = study.store.fact(moved)
    assert fact is not None
    assert "with Eva" not in str(fact)
    agenda(study, TODAY)
    study = rescued(ward, "UPDATE fact SET who = who WHERE seq = ?", moved)
    assert study.store.broken is None
    assert b"with Eva" not in study.path.read_bytes()
    assert uncertain(study, "LI-001") == {True}


def test_the_value_that_a_lost_redaction_took_out_stays_out_and_the_rest_of_its_fact_stays(ward: Ward) -> None:
    ward.do("moved", visit="SP-C02#2", to="2026-12-29", reason="with Eva")
    moved = ward.seq("moved")
    ward.redact(moved, "reason")
    study = rescued(ward, EDIT, ward.seq("redaction"))
    fact = study.store.fact(moved)
    assert fact is not None
    assert (fact.kind, dict(fact.fields), fact.redacted) == (
        "moved", {"visit": "SP-C02#2", "to": "2026-12-29"}, frozenset({"reason"}),
    )  # fmt: skip
    again = ward.facts()[-1]
    assert (again.kind, again.about, again.fields["names"]) == ("redaction", moved, ["reason"])
