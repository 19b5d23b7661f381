"""The fields of a kind of fact as arguments of its command."""

import argparse

from app.cli.examples import DAY_HELP, needed_words
from app.domain.facts.kind import Field, Kind, Type

LONGEST_CHOICES = 50


def add_fields(parser: argparse.ArgumentParser, kind: Kind) -> None:
    """Add the fields of a kind as arguments: some by position, the others by name; and how a day is typed."""
    parser.epilog = "\n".join(filter(None, (parser.epilog, DAY_HELP)))
    known = {field.name: field for field in kind.typed_fields}
    for name in kind.positional:
        field = known[name]
        shown = f": {', '.join(field.options)}" if field.options else ""
        nargs = None if field.required else "?"
        parser.add_argument(f"field_{name}", metavar=name.upper(), nargs=nargs, help=_help(kind, field) + shown)
    for name, field in known.items():
        if name not in kind.positional:
            _add_option(parser, kind, field)


def typed_name(kind: Kind, field: Field) -> str:
    """Return the argument of a field as its command's help calls it: ``VISIT``, ``--on``."""
    if field.name in kind.positional:
        return field.name.upper()
    return _OPTIONS.get(field.type) or f"--{field.name.replace('_', '-')}"


def _add_option(parser: argparse.ArgumentParser, kind: Kind, field: Field) -> None:
    dest, flag = f"field_{field.name}", typed_name(kind, field)
    if field.type is Type.YES_NO:
        parser.add_argument(
            flag, dest=dest, action=argparse.BooleanOptionalAction, default=None, help=_help(kind, field)
        )
    elif field.type is Type.ANSWERS:
        parser.add_argument(
            flag,
            dest=dest,
            metavar="CHOICE=VALUE",
            action="append",
            default=[],
            help=f"{field.help}; repeatable",
        )
    elif field.type is Type.TICKS:
        parser.add_argument(
            flag, dest=dest, metavar="ID=YES|NO", action="append", default=[], help="repeat for each criterion"
        )
    elif field.type is Type.ONE_OF:
        # Many or long words would make one line of the help wider than a terminal.
        wide = len("".join(field.options)) > LONGEST_CHOICES
        one_of = "{" + ",".join(field.options) + "}"
        metavar, shown = (field.name.upper(), f": {', '.join(field.options)}") if wide else (one_of, "")
        parser.add_argument(flag, dest=dest, metavar=metavar, default=None, help=_help(kind, field) + shown)
    else:
        parser.add_argument(
            flag, dest=dest, metavar=_METAVARS.get(field.type, "TEXT"), default=None, help=_help(kind, field)
        )


def _help(kind: Kind, field: Field) -> str:
    return (field.help or field.name.replace("_", " ")) + needed_words(kind, field)


_OPTIONS = {Type.ANSWERS: "--set", Type.TICKS: "--criterion"}
_METAVARS = {Type.DAY: "DAY", Type.TIME: "HH:MM", Type.WHOLE: "N", Type.NUMBER: "N", Type.VISIT: "VISIT"}
