"""The flow of participants, counted by hand."""

from pathlib import Path

import pytest

from app.services.commands import enrol
from app.services.commands.consent_forms import identified_not_screened
from app.services.queries.flow import flow_table
from tests.services.ward import PERSON, Ward, refused

STEPS = ("identified", "screened", "consented", "included", "started", "evaluated", "operated", "followed", "died")


@pytest.fixture
def ward(tmp_path: Path) -> Ward:
    """Five of ScanPan at two centres: one only screened, one in screening, three included of whom one was operated."""
    ward = Ward(tmp_path)
    ward.site()
    ward.go_to("2027-06-01")
    enrol.screen(
        ward.study,
        {"code": "LI-009", "protocol": "scanpan", "on": "2027-05-31", "outcome": "failure", "reason": "I03"},
        ward.today,
    )
    for code, on, centre in (
        ("LI-001", "2026-11-23", "Linköping"),
        ("LI-002", "2026-12-07", "Linköping"),
        ("OU-001", "2026-11-30", "Oulu"),
    ):
        enrol.enrol(ward.study, {**PERSON, "code": code, "on": on, "centre": centre}, ward.today, sure=True)
    ward.enrol(code="OU-002", on="", consented="2027-05-31", centre="Oulu")
    for code, first in (("LI-001", "2026-11-30"), ("LI-002", "2026-12-14")):
        ward.do("performed", code, visit="SP-C01", on=first)
    ward.do("decided", visit="SP-R01", outcome="response", on="2027-02-01")
    ward.do("stopped", phase="preop_chemo", on="2027-03-01", reason="toxicity")
    ward.do("operation", visit="SP-P03", on="2027-04-12", pancreas="none", liver="ablation")
    ward.do("died", "LI-002", on="2027-05-01")
    return ward


def counts(ward: Ward, code: str = "") -> dict[str, list[object]]:
    rows = flow_table(ward.study, ward.today, code).rows
    return {row.cell("centre").text: [row.cell(step).value for step in STEPS] for row in rows}


def test_each_centre_and_all_together(ward: Ward) -> None:
    assert counts(ward) == {
        "no centre": [1, 1, 0, 0, 0, 0, 0, 0, 0],
        "Linköping": [2, 2, 2, 2, 2, 1, 1, 0, 1],
        "Oulu": [2, 2, 2, 1, 0, 0, 0, 0, 0],
        "all centres": [5, 5, 4, 3, 2, 1, 1, 0, 1],
    }


def test_the_target_and_the_progress_towards_it(ward: Ward) -> None:
    """ScanPan wants 64; three are 4.7 %. One of the two who started was operated."""
    *centres, total = flow_table(ward.study, ward.today).rows
    assert (total.cell("target").value, total.cell("progress").value) == (64, 4.7)
    assert total.cell("operated_of_started").value == 50
    assert [row.cell("target").text for row in centres] == ["", "", ""]


def test_one_participant_has_her_own_steps(ward: Ward) -> None:
    assert counts(ward, "LI-001") == {"Linköping": [1, 1, 1, 1, 1, 1, 1, 0, 0]}


def test_nobody_is_nobody(ward: Ward, tmp_path: Path) -> None:
    empty = Ward(tmp_path / "empty")
    assert flow_table(empty.study, empty.today).rows == ()
    refused("no_participant", flow_table, ward.study, ward.today, "XX-1")


def test_those_identified_and_not_screened_are_counted_among_the_identified(ward: Ward) -> None:
    before = counts(ward)
    for count, centre in ((3, "Oulu"), (2, "")):
        fields = {"on": "2027-05-31", "count": count, "failed_for": "declined", "centre": centre}
        ward.set_study(identified_not_screened(ward.study, fields, "scanpan", ward.today))
    after = counts(ward)
    added = {centre: int(str(after[centre][0])) - int(str(before[centre][0])) for centre in before}
    everybody = next(iter(set(before) - {"no centre", "Linköping", "Oulu"}))
    assert added == {"no centre": 2, "Linköping": 0, "Oulu": 3, everybody: 5}
    assert {centre: row[1:] for centre, row in after.items()} == {centre: row[1:] for centre, row in before.items()}
