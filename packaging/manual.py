"""Prints the manual page of `studyday`, made from the parser of its command line.

python packaging/manual.py DAY > studyday.1
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app import __version__
from app.cli.parser import make_parser


def roff(text: str) -> str:
    """Return a text in which nothing is a command of the page's language."""
    plain = " ".join(text.split()).replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{plain}" if plain[:1] in (".", "'") else plain


def manual(day: str) -> Iterator[str]:
    """Yield the lines of the page. `day`: the day of the release, year first."""
    parser = make_parser()
    yield f'.TH STUDYDAY 1 "{day}" "Studyday {__version__}" "User commands"'
    yield ".SH NAME"
    yield f"studyday \\- {roff('plans, keeps and prints the visits of participants in a clinical study')}"
    yield ".SH SYNOPSIS"
    yield ".B studyday\n[\\-f FILE] [\\-\\-today DAY] [COMMAND ...]\n.br\n.B studyday \\-\\-demo"
    yield ".SH DESCRIPTION"
    yield roff(parser.description or "")
    yield ".SH OPTIONS"
    yield from _options(parser)
    yield ".SH COMMANDS"
    yield ".PP\n.B studyday COMMAND \\-\\-help\nsays what a command takes."
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for choice in action._choices_actions:
                yield f".TP\n.B {roff(choice.dest)}\n{roff(choice.help or '')}"
    yield ".SH FILES"
    yield ".TP\n.I ~/.local/share/studyday/study.studyday"
    yield "the study file that is meant when none is named; backups lie next to it"
    yield ".TP\n.I ~/.local/state/studyday\nthe log and the reports of bugs; neither has codes or notes"
    yield ".SH EXIT STATUS"
    yield roff(
        "0: done. 1: a check found something. 2: refused, with the reason. 3: a bug, with the place of its report."
    )


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        if not action.option_strings:
            continue
        names = ", ".join(map(roff, action.option_strings))
        value = f" {roff(str(action.metavar or action.dest.upper()))}" if action.nargs is None else ""
        yield f".TP\n.B {names}{value}\n{roff((action.help or '').replace('%%', '%'))}"


if __name__ == "__main__":
    print("\n".join(manual(sys.argv[1])))
