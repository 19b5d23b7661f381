"""The deviation log as a table."""

from app.services.commands.print_logs import log_csv, log_printout
from app.services.queries.deviation_log import deviation_table
from tests.documents.calendars import pages_of
from tests.services.ward import Ward

DAY_8 = "SP-C03#1.8"


def test_a_row_has_its_number_class_cause_action_and_signature(begun_ward: Ward) -> None:
    """Day 8 belongs to 6 to 9 December; it was given on the 11th."""
    ward = begun_ward
    ward.do("performed", visit=DAY_8, on="2026-12-11", reason="=no porter")
    ward.do(
        "deviation_classed", visit=DAY_8, cause="weekend", action="book ahead", found_on="2026-12-14",
        signed_by="M Holm", signed_on="2026-12-16", **{"class": "minor"},
    )  # fmt: skip
    table = deviation_table(ward.study, ward.today)
    [row] = [one for one in table.rows if one.visit == DAY_8]
    shown = {column.name: row.cell(column.name).text for column in table.columns if row.cell(column.name).text}
    assert shown == {
        "number": "1", "participant": "LI-001", "visit": DAY_8, "visit_name": "Preoperative cycle 1 day 8 infusion",
        "on": "Fri 11 Dec 2026", "earliest": "Sun 6 Dec 2026", "latest": "Wed 9 Dec 2026", "days_outside": "2",
        "deviation": "2 days late", "reason": "=no porter", "class": "minor", "class_by": "decided by nurse",
        "cause": "weekend", "action": "book ahead", "found_on": "Mon 14 Dec 2026", "signed_by": "M Holm",
        "signed_on": "Wed 16 Dec 2026", "fact": str(ward.seq("performed", DAY_8)),
    }  # fmt: skip
    assert "2026-12-06,2026-12-09,2,2 days late,'=no porter,minor" in log_csv(table).decode("utf-8-sig")
    text = "\n".join(pages_of(log_printout(ward.study, "deviations", ward.today).content))
    for said in ("Number: 1", "Cause: weekend", "Signed by: M Holm"):
        assert said in text, said
    assert text.count("Signature, date") == len(table.rows) - 1
