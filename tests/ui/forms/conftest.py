"""What the tests of the forms share: two participants as the desktop shows them."""

from datetime import UTC, date, datetime

import pytest
from PySide6.QtWidgets import QApplication

from app.services.commands import enrol, study_file
from app.services.queries.participant import ParticipantView, participant_view
from app.services.study.environment import Environment
from app.ui.style import theme, tokens

TODAY = date(2026, 12, 20)


@pytest.fixture(scope="session")
def looks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ParticipantView]:
    """LI-001 of ScanPan and CJ-001 of NCT06873178, four weeks after their enrolment."""
    now = datetime(2026, 12, 20, 8, tzinfo=UTC)
    environment = Environment("nurse", "WARD-3", "Europe/Stockholm", lambda: now)
    path = tmp_path_factory.mktemp("forms") / "study.studyday"
    study = study_file.new(path, environment, TODAY, "ScanPan", anywhere=True)
    for code, protocol, country in (("LI-001", "scanpan", "SE"), ("CJ-001", "nct06873178", "CN")):
        given = {"code": code, "protocol": protocol, "on": "2026-11-23", "country": country, "regimen": "AG"}
        enrol.enrol(study, given, TODAY)
    found = {code: participant_view(study, code, TODAY) for code in ("LI-001", "CJ-001")}
    study.close()
    return found


@pytest.fixture
def look(looks: dict[str, ParticipantView]) -> ParticipantView:
    """LI-001."""
    return looks["LI-001"]


@pytest.fixture(scope="session")
def own_look(qapp: QApplication) -> None:
    """The program's own look."""
    theme.apply(qapp, False, 1.0)


@pytest.fixture(autouse=True)
def themed(qapp: QApplication, own_look: None) -> None:
    """At 100 % and in light colours, whatever a test before left behind."""
    if tokens.is_dark() or tokens.scale() != 1.0:
        theme.apply(qapp, False, 1.0)
