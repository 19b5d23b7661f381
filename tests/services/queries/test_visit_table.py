"""The visits of a period as a table."""

from datetime import date

from app.domain.calendar.day_order import sort_of
from app.services.commands.print_logs import log_csv
from app.services.queries.agenda_filter import Filter
from app.services.queries.visit_table import visit_table
from app.wording.agenda import SORTS
from tests.services.ward import TODAY, Ward


def test_a_row_says_day_time_participant_visit_kind_state_and_booked(ward: Ward) -> None:
    ward.do("booked", "LI-001", visit="SP-C02#2", on="2026-12-28", at="10:00")
    chosen = Filter(participant="LI-001", category="dose", booked="yes")
    table = visit_table(ward.study, ward.today, date(2026, 12, 1), date(2027, 1, 31), chosen)
    (row,) = table.rows
    assert (row.participant, row.visit) == ("LI-001", "SP-C02#2")
    assert {name: row.cell(name).text for name in ("day", "time", "participant", "visit", "kind", "booked")} == {
        "day": "Mon 28 Dec 2026",
        "time": "10:00",
        "participant": "LI-001",
        "visit": "Preoperative cycle 2 day 1",
        "kind": "chemotherapy",
        "booked": "yes",
    }
    assert row.cell("state").text
    lines = log_csv(table).decode("utf-8-sig").splitlines()
    assert lines[0] == "day,time,participant,visit,kind,state,booked,window"
    assert lines[1].startswith("2026-12-28,10:00,LI-001,Preoperative cycle 2 day 1,chemotherapy,")


def test_every_sort_of_visit_has_a_word(ward: Ward) -> None:
    sorts = {sort_of(one.visit, one.day_kind) for code in ("LI-001", "CJ-001") for one in ward.calendar(code).entries}
    assert sorts <= SORTS.keys()


def test_what_has_a_result_is_neither_booked_nor_not(ward: Ward) -> None:
    ward.do("performed", visit="SP-C01", on="2026-12-01")
    (row,) = visit_table(ward.study, TODAY, date(2026, 12, 1), date(2026, 12, 1), Filter(participant="LI-001")).rows
    assert (row.cell("state").text, row.cell("booked").text) == ("done", "")
