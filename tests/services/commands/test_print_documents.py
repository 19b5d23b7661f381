"""The participant's calendar of a study: whom to call, in large type, and for nobody who has died."""

from pathlib import Path

import pytest

from app.domain.refusal import Refused
from app.services.commands import configure_site
from app.services.commands.print_documents import participant_calendar, print_calendar, visit_list
from app.services.study.study import Study
from app.wording.refusals import refusal_text
from tests.documents.calendars import words_of
from tests.services.ward import TODAY, Ward, refused

UNIT = {
    "name": "Linköping",
    "country": "SE",
    "day_phone": "013-10 00 00, 08-16",
    "night_phone": "013-10 00 11",
    "fever_rule": "38.5 or more: call",
}


def describe(ward: Ward, **fields: object) -> None:
    proposal = configure_site.propose_study(ward.study, configure_site.site_facts(ward.study, fields, TODAY), TODAY)
    configure_site.save_study(ward.study, proposal)


def test_whom_to_call_is_a_setting_of_the_site(ward: Ward) -> None:
    assert "013-10" not in words_of(participant_calendar(ward.study, "LI-001", TODAY).content)
    describe(ward, **UNIT)
    text = words_of(participant_calendar(ward.study, "LI-001", TODAY).content)
    assert all(UNIT[name] in text for name in ("day_phone", "night_phone", "fever_rule"))
    # another description of the site keeps what it does not name
    describe(ward, name="Linköping", closed_weekdays=[6])
    assert "013-10 00 11" in words_of(participant_calendar(ward.study, "LI-001", TODAY).content)


def test_large_type(ward: Ward) -> None:
    usual, large = (participant_calendar(ward.study, "LI-001", TODAY, one) for one in (False, True))
    assert usual.content != large.content
    assert usual.fact == large.fact


def test_nobody_prints_the_calendar_of_somebody_who_died(ward: Ward) -> None:
    ward.do("died", on="2026-12-10")
    refused("calendar_of_dead", participant_calendar, ward.study, "LI-001", TODAY)


@pytest.mark.parametrize("there", [None, b"", b"of before"], ids=["new", "empty", "another"])
def test_a_pdf_whose_print_cannot_be_recorded_is_taken_back(
    ward: Ward, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bytes | None
) -> None:
    def full(*_rest: object) -> None:
        raise Refused("disk_full", path="s.studyday")

    pdf = tmp_path / "out.pdf"
    if there is not None:
        pdf.write_bytes(there)
    monkeypatch.setattr(Study, "append", full)
    refused("disk_full", print_calendar, ward.study, "LI-001", pdf, TODAY, "any")
    assert [one.read_bytes() for one in tmp_path.iterdir()] == ([] if there is None else [there])
    monkeypatch.undo()
    assert print_calendar(ward.study, "LI-001", pdf, TODAY, "any") > 0
    assert pdf.read_bytes().startswith(b"%PDF-")


def test_a_calendar_is_in_the_language_of_the_site_unless_another_is_asked_for(ward: Ward) -> None:
    ward.site(calendar_language="sv")
    of_site = participant_calendar(ward.study, "LI-001", ward.today).content
    assert b"/Lang (sv)" in of_site
    assert b"/Lang (zh)" in participant_calendar(ward.study, "LI-001", ward.today, language="zh").content
    ward.site(day_phone="013-555 01 20")
    assert b"/Lang (sv)" in participant_calendar(ward.study, "LI-001", ward.today).content, "it stays when more is said"


def test_nothing_is_printed_where_that_cannot_be_recorded(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(ward.memory), "read_only", True)
    of_one = refused("print_read_only", participant_calendar, ward.study, "LI-001", TODAY)
    refused("print_read_only", visit_list, ward.study, TODAY)
    assert refusal_text(of_one).endswith("so nothing is printed. See who may write it and its folder")
