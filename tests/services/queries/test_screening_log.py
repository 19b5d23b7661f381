"""The screening and enrolment log, as trials file it."""

from app.services.commands import enrol
from app.services.queries.log_filter import LogFilter
from app.services.queries.logs import log_table
from tests.services.ward import TODAY, Ward, refused

SHOWN = ("identified", "consented", "form", "screened", "outcome", "enrolled", "regimen", "stage")


def rows(ward: Ward, code: str = "", chosen: LogFilter | None = None) -> list[dict[str, str]]:
    table = log_table(ward.study, "enrolment", ward.today, code, chosen=chosen or LogFilter())
    assert table.name == "screening"
    return [{name: cell.text for name, cell in row.cells.items() if cell.text} for row in table.rows]


def screen(ward: Ward, code: str, on: str, outcome: str, **more: object) -> None:
    fields = {"code": code, "protocol": "scanpan", "on": on, "outcome": outcome, **more}
    enrol.screen(ward.study, fields, ward.today, sure=True)


def test_the_way_into_the_study_is_one_row(ward: Ward) -> None:
    ward.do("performed", visit="SP-S01", on="2026-11-10")
    ward.do("consent", answer="given", on="2026-11-23", version="3.1", language="sv", copy=True, informed_by="IB")
    [row] = rows(ward, "LI-001")
    assert {name: row.get(name, "") for name in SHOWN} == {
        "identified": "Tue 10 Nov 2026",
        "consented": "Mon 23 Nov 2026",
        "form": "3.1",
        "screened": "",
        "outcome": "",
        "enrolled": "Mon 23 Nov 2026",
        "regimen": "nab-paclitaxel + gemcitabine",
        "stage": "enrolled",
    }


def test_a_failure_has_its_reason_and_the_criterion_that_is_not_met(ward: Ward) -> None:
    screen(
        ward, "LI-009", "2026-12-18", "failure", reason="progress", failed_for="progression", criteria={"I03": False}
    )
    [row] = rows(ward, "LI-009")
    assert (row["outcome"], row["reason"], row["screened"]) == ("screen failure", "progress", "Fri 18 Dec 2026")
    assert row["criterion"].startswith("I03 (")
    assert row["criterion"].endswith(") is answered no")
    assert "enrolled" not in row


def test_each_screening_is_a_row_and_everybody_is_there_by_code(ward: Ward) -> None:
    screen(ward, "LI-009", "2026-12-10", "pending")
    screen(ward, "LI-009", "2026-12-18", "eligible")
    assert [(row["participant"], row.get("screened", "")) for row in rows(ward)] == [
        ("CJ-001", ""), ("LI-001", ""), ("LI-009", "Thu 10 Dec 2026"), ("LI-009", "Fri 18 Dec 2026"),
    ]  # fmt: skip
    assert [row["participant"] for row in rows(ward, chosen=LogFilter("scanpan"))] == ["LI-001", "LI-009", "LI-009"]
    refused("no_participant", log_table, ward.study, "screening", TODAY, "XX-1")
