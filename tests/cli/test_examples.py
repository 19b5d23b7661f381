"""Each command has an example in its help, which is read and has everything that is needed."""

import argparse
import shlex

import pytest

from app.cli.examples import DAY_HELP, examples_of, needed_words
from app.cli.parser import make_parser
from app.domain.facts.kind import Type
from app.domain.facts.kinds import KINDS
from app.wording.fact_catalogue import commands


def _names() -> list[str]:
    actions = make_parser()._actions
    found = next(one.choices for one in actions if isinstance(one, argparse._SubParsersAction))
    return sorted(found)


EVERY = _names()
LONGEST = 132


@pytest.mark.parametrize("command", EVERY)
def test_every_command_has_examples_that_are_read_and_have_what_is_needed(command: str) -> None:
    examples = examples_of(command)
    assert examples
    for example in examples:
        options = make_parser().parse_args(shlex.split(example))
        assert options.command == command
        kind = commands()[command][0] if command in commands() else None
        fields = kind.typed_fields if kind is not None else ()
        lacking = [one.name for one in fields if one.required and getattr(options, f"field_{one.name}") is None]
        assert lacking == [], example
        for one in fields:
            given = getattr(options, f"field_{one.name}")
            assert one.type is not Type.ONE_OF or one.free or given is None or given in one.options, (example, given)
        assert len(example) < LONGEST


def test_the_help_of_a_change_ends_with_examples_and_how_a_day_is_typed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        make_parser().parse_args(["move", "--help"])
    printed = capsys.readouterr().out
    assert 'Example:\n  studyday move LI-001 SP-C02#3 --to p+7 --reason "participant request"\n' in printed
    assert printed.rstrip().endswith(DAY_HELP.strip())


@pytest.mark.parametrize(
    ("kind", "field", "words"),
    [
        ("consent", "language", " (needed where ANSWER is given)"),
        ("consent", "copy", " (needed where ANSWER is given)"),
        ("consent", "reason", " (needed where ANSWER is not_needed)"),
        ("consent", "version", " (needed)"),
        ("consent", "biobank", ""),
        ("treatment", "reason", " (needed with --given reduced)"),
        ("treatment", "percent", " (only with --given reduced)"),
        ("specimen", "label", " (only with --taken)"),
        ("questionnaire", "reason", " (needed with --no-done)"),
    ],
)
def test_the_help_says_with_which_answer_a_field_is_needed(kind: str, field: str, words: str) -> None:
    found = next(one for one in KINDS[kind].typed_fields if one.name == field)
    assert needed_words(KINDS[kind], found) == words
