"""A page that could not read everything says so, until it has."""

import importlib
import threading
from collections.abc import Callable
from typing import Any

import pytest

from app.ui.pages.page_base import LongPage
from tests.ui.nurse import Nurse, buttons

LONG = {
    "today": "app.ui.pages.today.page.morning",
    "participants": "app.ui.pages.participants.page.standings",
    "calendar": "app.ui.pages.calendar.page.visits_of_days",
    "monitor": "app.ui.pages.monitor.page.monitor_view",
}
"""Each page whose reading takes long, with the query that does."""


def held(query: Callable[..., Any], gate: threading.Event) -> Callable[..., Any]:
    """The query, which waits and then says how far it is, as one over many participants does."""

    def slow(*given: Any) -> Any:
        gate.wait(60)
        progress = next(one for one in given if getattr(one, "__name__", "") == "progress")
        progress(1, 2)
        return query(*given)

    return slow


@pytest.mark.parametrize("name", LONG)
def test_a_page_that_was_stopped_says_that_it_is_not_complete_and_reads_again(
    nurse: Nurse, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    nurse.go(name)
    page, bar = nurse.window.page(name), nurse.window.status_bar
    assert isinstance(page, LongPage)
    nurse.wait(lambda: not page._stale)
    nurse.settle()
    gate = threading.Event()
    module, _, query = LONG[name].rpartition(".")
    monkeypatch.setattr(LONG[name], held(getattr(importlib.import_module(module), query), gate))
    bar._later.setInterval(0)
    page.refresh()
    nurse.wait(bar.stop_button.isVisible)
    nurse.click(bar.stop_button)
    gate.set()
    nurse.wait(page.banner.isVisible)
    said = "This was stopped before everything was read: what is shown here is not complete."
    assert page.banner.text.text() == said
    page.clear_banner()
    assert page.banner.isVisible(), "that stays true"
    nurse.click(buttons(page.banner)["Read everything"])
    nurse.wait(lambda: not page.banner.isVisible())


def test_a_reading_in_the_place_of_another_is_no_reason_to_say_anything(
    nurse: Nurse, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    monkeypatch.setattr(LONG["today"], held(importlib.import_module("app.ui.pages.today.page").morning, gate))
    nurse.settle()
    nurse.today.refresh()
    nurse.today.refresh()
    gate.set()
    nurse.settle()
    assert not nurse.today.banner.isVisible()
