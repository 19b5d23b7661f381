"""The filters of the calendar."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from app.services.queries.agenda_filter import EVERYTHING, Filter
from app.ui.pages.calendar.filter_bar import FilterBar
from app.ui.widgets.text import no_mnemonic


@pytest.fixture
def bar(qapp: QApplication, light: None) -> Iterator[FilterBar]:
    found = FilterBar()
    yield found
    found.deleteLater()


def choose(chip: object, text: str) -> None:
    (action,) = [one for one in chip.menu().actions() if one.text() == no_mnemonic(text)]  # type: ignore[attr-defined]
    action.trigger()


def test_each_chip_says_what_is_chosen_and_the_first_line_is_everything(bar: FilterBar) -> None:
    bar.offer_trials([("scanpan", "ScanPan"), ("cn", "R&D")])
    told: list[Filter] = []
    bar.changed.connect(lambda: told.append(bar.filter))
    choose(bar.trial, "R&D")
    choose(bar.kind, "Imaging")
    choose(bar.booked, "Not booked")
    assert told[-1] == Filter(protocol="cn", category="imaging", booked="no")
    assert (bar.trial.text(), bar.trial.accessibleName()) == ("R&&D", "Trial: R&D")
    assert bar.kind.isChecked()
    choose(bar.kind, "Every kind")
    assert told[-1] == Filter(protocol="cn", booked="no")
    assert not bar.kind.isChecked()
    bar.show_filter(EVERYTHING)
    assert (bar.filter, bar.trial.text()) == (EVERYTHING, "Every trial")


def test_a_study_of_one_trial_has_no_choice_of_trials(bar: FilterBar) -> None:
    bar.offer_trials([("scanpan", "ScanPan")])
    assert bar.trial.isHidden()


def test_the_participant_of_the_chosen_visit_is_offered(bar: FilterBar) -> None:
    bar.offer_participant("LI-003")
    choose(bar.participant, "Only LI-003")
    assert bar.filter == Filter(participant="LI-003")
    bar.offer_participant("LI-004")
    assert [one.text() for one in bar.participant.menu().actions()] == ["Everybody", "Only LI-003", "Only LI-004"]
    assert bar.participant.value == "LI-003"
    choose(bar.participant, "Everybody")
    assert bar.filter == EVERYTHING


def test_words_are_taken_once_they_have_settled(bar: FilterBar, qtbot: object) -> None:
    told: list[str] = []
    bar.changed.connect(lambda: told.append(bar.filter.text))
    for text in ("c", "ct", "ct "):
        bar.search.setText(text)
    qtbot.waitUntil(lambda: bool(told))  # type: ignore[attr-defined]
    assert told == ["ct"]
