"""What `README.md` says can be typed is taken as it is there."""

import argparse
import json
import re
import shlex
from pathlib import Path

import pytest

from app.cli.parser import make_parser
from tests.in_process import ended

CHECKOUT = Path(__file__).resolve().parents[2]
TEXT = (CHECKOUT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
DAY = "2026-11-30"
"""The day that the README names for its example."""


def first_day() -> list[list[str]]:
    """The commands of the first day, without the program's name."""
    (block,) = (text for _kind, text in BLOCKS if text.startswith("studyday new"))
    return [shlex.split(re.sub(r"\s#.*", "", line))[1:] for line in block.splitlines()]


def story() -> str:
    """The story that is shown."""
    return next(str(text) for kind, text in BLOCKS if kind == "json")


def commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The commands below a parser, each with its own."""
    found = (one.choices for one in parser._actions if isinstance(one, argparse._SubParsersAction))
    return dict(next(found, {}))


def options(parser: argparse.ArgumentParser) -> set[str]:
    """The options of a parser and of all below it."""
    return set(parser._option_string_actions).union(*(options(one) for one in commands(parser).values()))


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    """A user whose folders are empty."""
    kinds = ("DATA", "CACHE", "CONFIG", "STATE")
    return {"HOME": str(tmp_path), **{f"XDG_{one}_HOME": str(tmp_path / one.lower()) for one in kinds}}


def test_the_commands_of_the_first_day_do_what_they_say(tmp_path: Path, surroundings: dict[str, str]) -> None:
    assert f"with `--today {DAY}` added to each line" in TEXT
    told = first_day()
    assert len(told) == 10
    for line in told:
        done = ended((*line, "--today", DAY), surroundings, tmp_path)
        assert (done.returncode, done.stderr) == (0, b""), line
    assert (tmp_path / "data/studyday/study.studyday").is_file()
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")


def test_the_story_is_planned(tmp_path: Path, surroundings: dict[str, str]) -> None:
    """Cycle 2 was booked on 29 December and cycle 3 moved to 1 February."""
    (tmp_path / "story.json").write_text(story(), "utf-8")
    done = ended(("rehearse", "story.json", "--json"), surroundings, tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    answer = json.loads(done.stdout)
    said = TEXT.partition("The answer as JSON has")[2].partition("Two longer stories")[0]
    assert set(re.findall(r"`(\w+)`", said)) <= {*answer, *answer["entries"][0]}
    visits = {one["visit"]: one for one in answer["entries"]}
    assert visits["SP-C02#2"]["booked"] == "2026-12-29"
    assert visits["SP-C02#3"]["moved"] == "2027-02-01"


def test_every_command_is_named() -> None:
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", TEXT, flags=re.DOTALL))
    named = {span.removeprefix("studyday ").split()[0] for span in spans}
    assert sorted(commands(make_parser()).keys() - named) == []


def test_every_option_that_is_named_is_there() -> None:
    """The tools for work on the program come last, and have options of their own."""
    text = TEXT.partition("## Working on it")[0]
    named = set(re.findall(r"(?<![\w-])--[a-z][\w-]*", text))
    assert {"--sure", "--calendar-language", "--no-second"} <= named
    assert sorted(named - options(make_parser())) == []


def test_every_file_that_is_named_is_there() -> None:
    named = set(re.findall(r"\b(?:app|tests|resources|packaging)/[\w./-]*\w", TEXT))
    assert {"packaging/try", "app/README.md", "tests/end2end/test_minute.py"} <= named
    assert sorted(one for one in named if not (CHECKOUT / one).exists()) == []


@pytest.mark.parametrize("name", ["README.md", "app/README.md"])
def test_every_row_of_a_table_has_its_cells(name: str) -> None:
    """A bar within a cell is written as ``\\|``; else the row breaks there."""
    wrong, cells = [], 0
    for number, line in enumerate((CHECKOUT / name).read_text("utf-8").splitlines(), start=1):
        found = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
        if cells and found not in (0, cells):
            wrong.append(number)
        cells = found and (cells or found)
    assert wrong == []


def test_every_part_that_is_linked_is_there() -> None:
    headings = re.findall(r"^#+ (.+)$", TEXT, re.MULTILINE)
    linked = re.findall(r"\]\(#([^)]+)\)", TEXT)
    assert len(linked) >= 8
    assert set(linked) <= {heading.casefold().replace(" ", "-") for heading in headings}
