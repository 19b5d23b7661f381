"""The sheets of a day: one PDF in the order of time behind the list of the day, as it is filtered, and recorded."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from app.domain.refusal import Refused
from app.services.commands.print_day import day_sheets
from app.services.commands.print_documents import keep_print, visit_list
from app.services.queries.agenda_filter import Filter
from tests.services.ward import TODAY, Ward

DAY = date(2026, 12, 29)
"""A Tuesday: two participants are booked for it, by the fixture below."""


@pytest.fixture
def booked(ward: Ward) -> Ward:
    """LI-001 comes at 10:30, CJ-001 at 09:15 of that day, LI-002 at 8 but of the day before."""
    ward.enrol(code="LI-002")
    ward.do("booked", visit="SP-C02#2", on="2026-12-29", at="10:30")
    ward.do("booked", "CJ-001", visit="CJ-C02#2", on="2026-12-29", at="09:15")
    ward.do("booked", "LI-002", visit="SP-C02#2", on="2026-12-28", at="08:00")
    return ward


def pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


def keys(ward: Ward, chosen: Filter, day: date = DAY) -> list[object]:
    return [visit for one in day_sheets(ward.study, TODAY, day, chosen).others for visit in one.fields["visits"]]  # type: ignore[union-attr]


def test_the_sheets_follow_the_list_of_the_day_in_the_order_of_time(booked: Ward) -> None:
    front, *sheets = pages(day_sheets(booked.study, TODAY, DAY).content)
    assert front.startswith("Visits Tue 29 Dec 2026\nScanPan\n")
    assert front.index("CJ-C02#2") < front.index("SP-C02#2")
    assert "LI-002" not in front
    first = [next(number for number, text in enumerate(sheets) if text.startswith(code)) for code in ("CJ-", "LI-001")]
    assert first[0] == 0 < first[1]
    assert [text for text in sheets if text.startswith("LI-002")] == []


def test_the_filter_chooses_the_sheets_and_is_named_in_the_head(booked: Ward) -> None:
    assert keys(booked, Filter()) == ["CJ-C02#2", "SP-C02#2"]
    assert keys(booked, Filter(protocol="scanpan")) == ["SP-C02#2"]
    assert keys(booked, Filter(text="CJ-")) == ["CJ-C02#2"]
    printout = day_sheets(booked.study, TODAY, DAY, Filter(participant="cj-001"))
    front, *sheets = pages(printout.content)
    assert "\nScanPan – only CJ-001\n" in front
    assert printout.about == "Tue 29 Dec 2026 – only CJ-001"
    assert all(text.startswith("CJ-001") for text in sheets)


def test_it_is_recorded_of_the_study_and_of_each_participant(booked: Ward) -> None:
    before = len(booked.facts())
    head = str(booked.study.head())
    printout = day_sheets(booked.study, TODAY, DAY, Filter(protocol="scanpan"))
    keep_print(booked.study, printout, TODAY)
    listed, sheet = booked.facts()[before:]
    assert (listed.kind, listed.subject) == ("agenda_printed", 0)
    assert listed.fields == {
        "first": "2026-12-29",
        "last": "2026-12-29",
        "filter": {"protocol": "scanpan"},
        "head": head,
    }
    assert (sheet.kind, sheet.subject) == ("printed", booked.study.subject("LI-001"))
    days = {"SP-C02#2": "2026-12-29 10:30 2026-12-28..2026-12-31"}
    assert sheet.fields == {"what": "sheet", "visits": ["SP-C02#2"], "days": days, "head": head}
    assert listed.command == sheet.command


def test_what_was_performed_has_no_sheet(booked: Ward) -> None:
    booked.go_to(DAY)
    booked.do("performed", "CJ-001", visit="CJ-C02#2", on="2026-12-29")
    printout = day_sheets(booked.study, DAY)
    assert [one.fields["visits"] for one in printout.others] == [["SP-C02#2"]]
    assert pages(printout.content)[0].startswith("Visits Tue 29 Dec 2026")


@pytest.mark.parametrize(
    ("day", "chosen"), [(date(2026, 12, 22), Filter()), (DAY, Filter(participant="LI-002"))], ids=["day", "filter"]
)
def test_a_day_without_visits_is_refused(booked: Ward, day: date, chosen: Filter) -> None:
    with pytest.raises(Refused) as told:
        day_sheets(booked.study, TODAY, day, chosen)
    assert (told.value.kind, told.value.values) == ("nothing_on_day", {"on": day})


def test_a_list_says_its_days_and_its_choice(ward: Ward) -> None:
    found = visit_list(ward.study, TODAY, date(2026, 12, 21), date(2026, 12, 27), Filter(category="phone"))
    assert found.about == "Mon 21 – Sun 27 Dec 2026 – only Phone"
