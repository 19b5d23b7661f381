"""The quick reading of a line without a command agrees with the complete parser."""

import pytest

from app.cli.parser import make_parser
from app.cli.window_arguments import window_arguments


@pytest.mark.parametrize(
    "line",
    [
        "",
        "-f a.studyday",
        "--file a.studyday --today 2027-02-01",
        "--demo",
        "--demo --today x",
        "-f a -f b",
        "--demo -f a",
    ],
)
def test_it_reads_as_the_parser(line: str) -> None:
    asked, whole = window_arguments(line.split()), make_parser().parse_args(line.split())
    assert whole.command is None
    assert asked == (whole.study, whole.today, whole.demo)


@pytest.mark.parametrize(
    "line",
    ["-h", "--version", "agenda", "-f a.studyday agenda", "-f", "--today -1", "-fa", "--file=a", "--", "x", "--dem"],
)
def test_anything_else_is_the_parsers(line: str) -> None:
    assert window_arguments(line.split()) is None
