"""Every kind has its words."""

import pytest

from app.domain.facts.kinds import KINDS
from app.wording.fact_catalogue import KIND_WORDS, button_text, commands, event_menu_text, menu_text
from app.wording.fact_sentences import kind_name


def test_every_kind_has_its_name_and_its_sentence() -> None:
    assert KIND_WORDS.keys() == KINDS.keys()
    assert {kind for kind, words in KIND_WORDS.items() if not words.sentence} == {"correction", "redaction"}
    assert len({kind_name(kind) for kind in KINDS}) == len(KINDS)


def test_every_kind_that_a_person_records_has_a_dialog_and_a_command() -> None:
    changes = {kind.id for kind in KINDS.values() if kind.is_change}
    assert {kind for kind, words in KIND_WORDS.items() if words.dialog is not None} == changes
    assert {kind.id for kind, _words in commands().values()} == changes
    assert len(commands()) == len(changes)


def test_every_kind_that_a_menu_offers_has_its_text_there() -> None:
    offered = {kind.id for kind in KINDS.values() if kind.offers}
    assert offered <= {kind for kind, words in KIND_WORDS.items() if words.menu.endswith("…")}
    assert (menu_text("decided"), button_text("decided"), event_menu_text("decided")) == (
        "&Decide…", "Decide…", "&Decision…",
    )  # fmt: skip
    assert (menu_text("died"), event_menu_text("died")) == ("&Death…", "Deat&h…")


@pytest.mark.parametrize("kind", KIND_WORDS)
def test_sentences_name_only_fields_of_their_kind(kind: str) -> None:
    parts = KIND_WORDS[kind].parts
    assert all(KINDS[kind].field(name) is not None for name, _text in parts)
    assert all("{value}" in text for _name, text in parts)
