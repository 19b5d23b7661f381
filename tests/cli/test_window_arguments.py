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


@pytest.mark.parametrize("line", [["-f", ""], ["--file", " "], ["--today", ""], ["-f", "\u3000"], ["--demo", "-f", ""]])
def test_an_empty_value_is_refused_by_the_parser(line: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A script whose variable is empty would work in another study, or on another day."""
    assert window_arguments(line) is None
    for rest in ([], ["agenda"], ["undo"]):
        with pytest.raises(SystemExit) as ended:
            make_parser().parse_args([*line, *rest])
        assert ended.value.code == 2
        assert "the value is empty. Give one, or leave the option out" in capsys.readouterr().err
