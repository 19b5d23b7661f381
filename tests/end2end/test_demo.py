"""The demo study: every invented patient stands as a rehearsal of the same facts would, and every page can be read."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pypdf
import pytest

from app.domain.facts.participant_record import Stage
from app.domain.refusal import Refused
from app.exchange.calendar_json import calendar_document
from app.services.commands import study_file
from app.services.commands.demo import FILE, STORIES, make_demo
from app.services.commands.verify import verify
from app.services.queries import logs
from app.services.queries.agenda import agenda
from app.services.queries.calendar import calendar_of
from app.services.queries.deviations import deviations
from app.services.queries.people import people
from app.services.queries.rehearsal import rehearse
from app.services.queries.scenario import scenario
from app.services.study.environment import Environment
from app.services.study.study import Study

TODAY = date(2026, 11, 20)
NURSE = Environment("nurse", "WARD-3", "Europe/Stockholm", lambda: datetime(2026, 11, 20, 6, 45, tzinfo=UTC))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the demo study."""
    folder = tmp_path_factory.mktemp("demo study")
    make_demo(folder, NURSE, TODAY)
    return folder


@pytest.fixture(scope="module")
def study(folder: Path) -> Iterator[Study]:
    """The demo study, open."""
    study = study_file.open_file(folder / FILE, NURSE, TODAY)
    yield study
    study.close()


def test_the_chain_of_the_demo_holds(study: Study) -> None:
    assert verify(study).broken is None


def test_twenty_patients_are_enrolled_one_is_only_screened_and_one_failed(study: Study) -> None:
    stages = {row.code: row.stage for row in people(study)}
    assert (stages.pop("LI-013"), stages.pop("LI-014")) == (Stage.SCREENED, Stage.SCREEN_FAILURE)
    assert stages.keys() == {story.code for story in STORIES}
    assert len(STORIES) == 20


def test_one_booking_was_left_behind_by_a_move(study: Study) -> None:
    (row,) = agenda(study, TODAY).rebooking
    assert row.entry.needs_rebooking
    assert row.entry.booked is not None


def test_the_demo_reaches_every_stage(study: Study) -> None:
    """Both trials, from screening to follow-up, and every way of leaving."""
    stages = {row.code: row.stage for row in people(study)}
    assert (stages["LI-012"], stages["HE-001"], stages["CJ-007"]) == ("died", "lost", "off_treatment")
    for name in (
        "screening",
        "operations",
        "specimens",
        "complications",
        "adverse-events",
        "questionnaires",
        "contacts",
    ):
        assert logs.log(study, name), name
    assert deviations(study, TODAY)


@pytest.mark.parametrize("code", [story.code for story in STORIES])
def test_a_rehearsal_of_each_patient_gives_the_same_calendar(study: Study, code: str) -> None:
    _protocol, calendar = calendar_of(study, code, TODAY)
    rehearsed = rehearse(json.dumps(scenario(study, code, TODAY))).calendar
    assert calendar_document(rehearsed) == calendar_document(calendar)


def test_every_page_can_be_read(folder: Path) -> None:
    pages = {path.name: len(pypdf.PdfReader(path).pages) for path in folder.glob("*.pdf")}
    assert set(pages) == {
        "agenda-this-week.pdf",
        "LI-002-sheets.pdf",
        "LI-007-sheets.pdf",
        "CJ-004-sheets.pdf",
        "LI-001-calendar.pdf",
        "CJ-001-calendar.pdf",
    }
    assert all(pages.values())


def test_a_demo_is_never_made_over_another(folder: Path) -> None:
    before = (folder / FILE).read_bytes()
    with pytest.raises(Refused, match="folder_not_empty"):
        make_demo(folder, NURSE, TODAY)
    assert (folder / FILE).read_bytes() == before
