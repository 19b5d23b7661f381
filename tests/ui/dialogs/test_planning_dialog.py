"""In the window, a release that plans otherwise: the banner, the list of what moves, and accepting it."""

from datetime import date
from pathlib import Path

import pytest

from app.services.commands.study_file import leave, open_study
from app.services.study import visit_cache
from app.services.study.environment import Environment
from app.ui.dialogs.planning_dialog import PlanningDialog
from tests.services.released import planned_otherwise
from tests.ui.conftest import Make
from tests.ui.nurse import Nurse, buttons


@pytest.fixture
def other(make_nurse: Make, environment: Environment, study_path: Path) -> Nurse:
    """A window on a study whose first participant was planned otherwise by another release."""
    study = open_study(study_path, environment)
    today = date(2026, 12, 20)
    visit_cache.rebuild(study, today)
    case = study.case(1)
    key = next(entry.key for entry in study.plan(case, today).entries if entry.status.value == "planned")
    planned_otherwise(study, {key: 3})
    leave(study)
    return make_nurse(study_path)


def dialog(nurse: Nurse) -> PlanningDialog:
    nurse.wait(lambda: nurse.window.findChild(PlanningDialog) is not None)
    found = nurse.window.findChild(PlanningDialog)
    assert isinstance(found, PlanningDialog)
    return found


def test_the_banner_shows_what_moves_and_accepting_ends_it(other: Nurse) -> None:
    banner, view = other.window.banner, other.session.view
    assert view is not None
    assert "1 visit of 1 participant is otherwise" in view.before
    assert "`" not in view.before
    assert banner.isVisible()
    other.click(buttons(banner)["Show what moves…"])
    shown = dialog(other)
    assert shown.model.rowCount() == 1
    code, _name, before, after, what, why = shown.model.cells(0)
    assert code == "LI-001"
    assert (before != after, what, bool(why)) == (True, "moves −3", True)
    assert "Planning rules 1 -> " in shown.said.text()
    other.click(shown.accept_button)
    other.wait(lambda: other.session.view is not None and not other.session.view.before)
    other.wait(lambda: not banner.isVisible())


def test_closing_the_list_accepts_nothing(other: Nurse) -> None:
    other.window.commanded.emit("planning")
    shown = dialog(other)
    other.click(shown.close_button)
    other.settle()
    assert other.session.view is not None
    assert other.session.view.before


def test_where_nothing_is_to_be_accepted_it_says_so(nurse: Nurse) -> None:
    nurse.window.commanded.emit("planning")
    shown = dialog(nurse)
    assert "there is nothing to accept" in shown.said.text()
    assert not shown.accept_button.isVisible()
    assert not shown.table.isVisible()
