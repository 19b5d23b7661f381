"""Errors in words: a known failure says its own, a bug only that nothing was lost."""

import pytest

from app.domain.refusal import Refused
from app.protocols.findings import Finding, ProtocolRefused
from app.ui.session.error_text import error_text, full_sentence, known_text
from app.ui.session.worker import Stopped

BUG = "The program made a mistake; nothing was saved. What you typed is still here."


def test_a_refusal_is_a_sentence() -> None:
    text = known_text(Refused("code_form"))
    assert text == "A study code has 1 to 60 characters on one line."
    assert error_text(Refused("code_form")) == text


def test_a_refused_protocol_has_a_line_for_each_finding() -> None:
    findings = [Finding("a.yaml", line, 1, "order", "this is too late") for line in (3, 7)]
    assert known_text(ProtocolRefused(findings)) == (
        "a.yaml:3:1: this is too late. [order]\na.yaml:7:1: this is too late. [order]"
    )


def test_what_a_person_stopped_is_no_mistake_of_the_program() -> None:
    assert error_text(Stopped()) == "Stopped before it was done; nothing was changed."


def test_a_bug_says_that_nothing_was_saved() -> None:
    assert known_text(ZeroDivisionError()) is None
    assert error_text(ZeroDivisionError()) == BUG


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("this is wrong", "This is wrong."),
        ("/home/nurse/study cannot be read", "/home/nurse/study cannot be read."),
        ("study.yaml cannot be read", "study.yaml cannot be read."),
        (r"c:\study cannot be read", r"c:\study cannot be read."),
    ],
)
def test_a_path_at_the_beginning_keeps_its_letters(text: str, sentence: str) -> None:
    assert full_sentence(text) == sentence
