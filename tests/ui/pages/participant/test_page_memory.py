"""What the page made of the participants that it has shown last."""

from dataclasses import replace

from app.ui.pages.participant.page_memory import PageMemory
from tests.ui.nurse import Nurse


def test_each_thing_is_made_once_until_it_is_forgotten(reader: Nurse) -> None:
    view = reader.open_participant("LI-001").view
    assert view is not None
    memory = PageMemory()
    words, visit, content = memory.words(view), memory.visit(view, "SP-C02#3"), memory.content(view, True)
    assert memory.words(view) is words
    assert memory.visit(view, "SP-C02#3") is visit
    assert memory.content(view, True) is content
    assert memory.content(view, False) is not content
    memory.forget()
    assert memory.words(view) is not words
    assert memory.visit(view, "SP-C02#3") is not visit


def test_of_a_participant_who_has_changed_everything_is_made_again(reader: Nurse) -> None:
    view = reader.open_participant("LI-001").view
    assert view is not None
    memory = PageMemory()
    before = memory.visit(view, "SP-C02#3")
    changed = replace(view, history=())
    assert memory.visit(changed, "SP-C02#3").participant is changed
    assert before.participant is view
    assert memory.words(changed).tabs["events"] == "Events and history"
