from typing import get_args

import pytest

from app.domain.facts.chain_head import Broken, BrokenKind
from app.domain.refusal import Doubted, RefusalKind, Refused
from app.wording import refusals
from app.wording.broken_chain import broken_text
from app.wording.refusals import refusal_text
from app.wording.refusals_on_screen import ON_SCREEN

KINDS = {kind for group in get_args(RefusalKind) for kind in get_args(group)}


def test_every_kind_of_refusal_has_words() -> None:
    assert set(refusals._TEXTS) == KINDS


def test_remedies_on_screen_are_for_refusals_that_there_are() -> None:
    assert set(ON_SCREEN) < KINDS


def test_no_kind_is_in_two_groups() -> None:
    assert sum(len(get_args(group)) for group in get_args(RefusalKind)) == len(KINDS)


@pytest.mark.parametrize(
    ("place", "start"),
    [("", "this is no JSON"), ("3", "fact 3: this"), ("3.on", "fact 3, on: this"), ("site", "site: this")],
)
def test_the_place_comes_first(place: str, start: str) -> None:
    assert refusal_text(Refused("not_json", place, line=1, column=2, problem="a comma")).startswith(start)


def test_the_remedy_on_screen_is_no_command_of_the_terminal() -> None:
    refused = Refused("no_command", command=7)
    assert refusal_text(refused) == "there is no command 7. See `history`"
    assert refusal_text(refused, on_screen=True) == "there is no command 7"


@pytest.mark.parametrize("kind", get_args(BrokenKind))
def test_every_kind_of_broken_chain_has_words(kind: BrokenKind) -> None:
    text = broken_text(Broken(12, kind, "on"))
    assert "12" in text or kind == "pages", "damaged pages without a fact have no number"
    assert ("“on”" in text) == (kind in ("value", "emptied"))


def test_a_doubt_says_an_answer_in_words() -> None:
    doubt = Doubted(
        "sets_choice", "pancreas", visit="SP-P03", question="Is part of the pancreas removed?", answer=False
    )
    assert refusal_text(doubt) == (
        "pancreas: what was done at SP-P03 answers “Is part of the pancreas removed?” with no, and so the calendar. "
        "Say --sure if it is right"
    )
