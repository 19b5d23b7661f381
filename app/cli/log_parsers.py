"""The arguments of the commands that list, print and save logs."""

import argparse

from app.cli.command_parser import MakeCommand
from app.domain.facts.log_names import log_names

_PERIOD = "only what happened or was recorded from this day on"
_SIGN = """The classes stay as they are, and what was told about a deviation does; one undo takes all of it back.
What is decided again is signed again."""
LOG_HELP = """The file of --csv is UTF-8 with commas; in it a text that a spreadsheet would take for a formula,
a number or a day has an apostrophe before it. Numbers have a decimal point: a spreadsheet that has commas there is to
import the file (in Excel: Data, From Text/CSV, locale English), not to open it. `print log` puts the log on paper."""


def add_log(parser: argparse.ArgumentParser) -> None:
    """Add the name of a log and what it may be limited to."""
    parser.add_argument("name", metavar="LOG", help=", ".join(log_names()))
    add_participant(parser)
    add_part(parser)


def add_part(parser: argparse.ArgumentParser) -> None:
    """Add the options that choose the part of a log."""
    parser.add_argument("--protocol", metavar="P", default="", help="only of this protocol")
    parser.add_argument("--from", dest="first", metavar="DAY", default="", help=_PERIOD)
    parser.add_argument("--to", dest="last", metavar="DAY", default="", help="until this day")


def add_person(parser: argparse.ArgumentParser) -> None:
    """Add the option that limits a history to what one person recorded."""
    parser.add_argument("--by", metavar="NAME", default="", help="only what this person recorded")


def add_csv(parser: argparse.ArgumentParser) -> None:
    """Add the options that write a log to a file instead."""
    parser.add_argument("--csv", metavar="OUT.csv", default="", help="write it to this file, for a spreadsheet")
    parser.add_argument(
        "--force", action="store_true", help="with --csv: replace the file if there is one; a study or backup never is"
    )


def add_participant(parser: argparse.ArgumentParser) -> None:
    """Add the participant that a list may be limited to."""
    parser.add_argument("code", metavar="CODE", nargs="?", default="", help="only this participant's")


def add_signing(make: MakeCommand) -> None:
    """Add the command that records signatures on deviations."""
    sign = make("sign", "sign deviations that have a class: all, of one participant, or of one visit", _SIGN)
    add_participant(sign)
    sign.add_argument("visit", metavar="VISIT", nargs="?", default="", help="only those of this visit")
    sign.add_argument("--by", metavar="NAME", default="", help="the investigator who signed on paper (needed)")
    sign.add_argument("--on", dest="signed_on", metavar="DAY", default="", help="the day of that signature (needed)")
