"""The agenda at the terminal."""

from datetime import date

from app.cli.agenda_tables import agenda_text
from app.domain.calendar.agenda import agenda
from tests.domain.stories import decided, done
from tests.protocols.shipped.stories import calendar


def test_what_waits_with_the_operation_is_one_line_of_the_agenda() -> None:
    facts = [done("SP-C01", "2026-11-30"), done("SP-R01", "2027-02-01"), decided("SP-R01", "2027-02-01", "continue")]
    found = agenda([calendar(*facts, today="2027-02-01")], date(2027, 2, 1))
    waiting = len(found.undated)
    folded, each = agenda_text(found, folded=True), agenda_text(found)
    (line,) = [one for one in folded if "wait for a date" in one]
    assert f"Surgery or ablation and {waiting - 1} other visits wait for a date (SP-P03; each with --all)" in line
    assert len(each) - len(folded) == waiting - 1
