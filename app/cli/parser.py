"""The parser of the command line: every command with its options."""

import argparse

from app import __version__
from app.cli.command_parser import CommandParser, RootParser
from app.cli.examples import epilog_of
from app.cli.study_parsers import PlainHelpFormatter, add_output, add_study_commands
from app.domain.facts.study_kinds import LANGUAGES

_ABOUT = """Plans the visits of participants in a clinical study by its protocol.

It plans and reminds; it never advises a dose or a treatment. Without a command it opens its window."""

_REHEARSE = """Read one patient's story (JSON) and show the complete calendar, each date explained.

No study file is read or written. FILE may be - for standard input."""

_CHECK = """Check a protocol file: every mistake with its line, column and remedy.

With --calendar an invented participant in Sweden follows: the first dose on its day, the next one 7 days after its
window, and the course stopped 7 days after that; without a course, one late visit. Every day is counted from the day of
enrolment, 2026-01-12 unless --enrolled says otherwise, so that the same file always gives the same calendar.

Exit code 0: nothing found. 1: something was found. 2: the file could not be read."""

_PROTOCOLS = "List the protocols that come with the program."


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the complete command line."""
    parser: argparse.ArgumentParser = RootParser(
        "studyday", description=_ABOUT, formatter_class=PlainHelpFormatter, allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"studyday {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=CommandParser)
    parser.add_argument("-f", "--file", dest="study", metavar="FILE", default="", help="the study file (else: yours)")
    parser.add_argument("--today", metavar="YYYY-MM-DD", default="", help="plan as of this day (else: the clock)")
    parser.add_argument("--demo", action="store_true", help="without a command: open the window with the demo study")
    rehearse = _command(commands, "rehearse", "plan one patient's story", _REHEARSE)
    rehearse.add_argument("file", metavar="FILE", help="the story as JSON, or - for standard input")
    rehearse.add_argument("--json", action="store_true", help="print the calendar as JSON")
    rehearse.add_argument("--print", dest="kind", choices=("sheets", "calendar"), help="make a PDF instead")
    rehearse.add_argument("--large", action="store_true", help="with --print calendar: in large type")
    rehearse.add_argument("--language", choices=LANGUAGES, default="", help="with --print calendar: else the site's")
    add_output(rehearse)
    rehearse.add_argument("--protocol", metavar="FILE", default="", help="plan by this protocol file")
    check = _command(commands, "check", "check a protocol file", _CHECK)
    check.add_argument("file", metavar="FILE", help="a protocol file (YAML)")
    check.add_argument("--calendar", action="store_true", help="show an invented participant's calendar as well")
    check.add_argument(
        "--enrolled", metavar="DAY", default="", help="with --calendar: the day of enrolment (else 2026-01-12)"
    )
    protocols = _command(commands, "protocols", "list the shipped protocols", _PROTOCOLS)
    protocols.add_argument("--json", action="store_true", help="print the list as JSON")
    add_study_commands(commands)
    return parser


def _command(commands: "argparse._SubParsersAction[CommandParser]", name: str, short: str, text: str) -> CommandParser:
    return commands.add_parser(
        name,
        help=short,
        description=text,
        epilog=epilog_of(name),
        formatter_class=PlainHelpFormatter,
        allow_abbrev=False,
    )
