"""The parsers of the commands that change recorded facts."""

from app.cli.command_parser import MakeCommand, whole_number


def add_corrections(make: MakeCommand) -> None:
    """Add undo, redo, correct, reassign and redact."""
    undo = make("undo", "take a command back", "The last that can be, or the one of this number (see history).")
    undo.add_argument("number", metavar="COMMAND", nargs="?", type=whole_number, help="its number in the history")
    undo.add_argument("--reason", metavar="TEXT", default="", help="why")
    redo = make("redo", "bring back what was undone", "The last that was undone, or the command of this number.")
    redo.add_argument("number", metavar="COMMAND", nargs="?", type=whole_number, help="its number in the history")
    correct = make("correct", "correct a fact; what was recorded stays in the history", _CORRECT)
    correct.add_argument("fact", metavar="FACT", type=whole_number, help="its number in the history")
    correct.add_argument(
        "--set", dest="settings", metavar="FIELD=VALUE", action="append", default=[], help="repeat for more fields"
    )
    correct.add_argument("--reason", metavar="TEXT", default="", help="why")
    reassign = make("reassign", "a fact belongs to another participant: take it back, and record it there", _REASSIGN)
    reassign.add_argument("fact", metavar="FACT", type=whole_number, help="its number in the history")
    reassign.add_argument("code", metavar="CODE", help="the study code of the participant that it belongs to")
    reassign.add_argument("--reason", metavar="TEXT", default="", help="why")
    redact = make("redact", "take values out of a fact for good", _REDACT)
    redact.add_argument("fact", metavar="FACT", type=whole_number, help="its number in the history")
    redact.add_argument("names", metavar="FIELD", nargs="+", help="its name in the history")
    redact.add_argument("--reason", metavar="TEXT", default="", help="why")


_CORRECT = """Fields are named as in the history. An empty value takes an optional field away: --set at="""
_REASSIGN = """One command, and one undo. All that was recorded with the fact goes with it, as it holds now; of the
other participant it is checked as anything new. A screening, an enrolment, an inclusion, a consent and the class of a
deviation can be of nobody else."""
_REDACT = """For a value that must not be in the file, such as a name in a note. The value goes for good, here and in
every backup made from now on; the fact, its place in the chain and this redaction stay. It cannot be undone."""
