"""Specimens with what the protocol says about them."""

import pytest

from app.services.queries.logs import log_table
from tests.services.ward import Ward

SURGERY = "CJ-P02"


@pytest.fixture
def operated(ward: Ward) -> Ward:
    """CJ-001 with an operation on 18 December."""
    ward.do(
        "operation", "CJ-001", visit=SURGERY, on="2026-12-18", pancreas="distal_pancreatectomy", liver="resection"
    )  # fmt: skip
    return ward


def test_a_weight_is_compared_with_what_the_protocol_asks_for(operated: Ward) -> None:
    for name, mg in (("tumour_tissue", 104.5), ("adjacent_tissue", 96), ("discarded_specimen", 312)):
        operated.do("specimen", "CJ-001", visit=SURGERY, on="2026-12-18", specimen=name, taken=True, mg=mg)
    rows = log_table(operated.study, "specimens", operated.today).rows
    assert [(row.cell("mg").value, row.cell("asked").value, row.cell("difference").value) for row in rows] == [
        (104.5, 100, 4.5),
        (96, 100, -4),
        (312, 500, -188),
    ]
    assert rows[0].cell("specimen").text == "Tumour tissue taken during the operation"


def test_without_a_weight_or_an_amount_there_is_no_difference(operated: Ward) -> None:
    fields = {"visit": SURGERY, "on": "2026-12-18", "specimen": "tumour_tissue"}
    operated.do("specimen", "CJ-001", **fields, taken=False, reason="diagnosis comes first")
    [row] = log_table(operated.study, "specimens", operated.today).rows
    assert (row.cell("asked").text, row.cell("difference").text) == ("100", "")


def test_a_questionnaire_has_its_name_and_version(ward: Ward) -> None:
    ward.do("questionnaire", visit="SP-S08", questionnaire="eq5d", on="2026-11-23", done=True)
    [row] = log_table(ward.study, "questionnaires", ward.today).rows
    assert (row.cell("questionnaire").value, row.cell("questionnaire").text) == ("eq5d", "EQ-5D 5L")
