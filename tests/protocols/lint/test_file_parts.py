from pathlib import Path

from tests.protocols.tiny import WIDE, linted, visit, write


def test_a_condition_without_answers(tmp_path: Path) -> None:
    more = visit("V2", f"from: enrolment, {WIDE}", "when: {arm: []}")
    top = "choices: {arm: {question: Q, default: true}}\n"
    assert linted(write(tmp_path, visits=more, top=top)) == [(20, 3, "unreachable"), (25, 17, "never-applies")]


def test_sources_that_are_not_listed(tmp_path: Path) -> None:
    assert linted(write(tmp_path, visits="    source: [P, L]\n", top="sources: {P: Protocol}\n")) == [
        (20, 17, "unknown-source")
    ]
