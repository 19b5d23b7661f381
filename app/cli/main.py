"""Runs a command line, reports known failures and returns the exit code."""

import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from app.cli.exit_codes import NO_ROOM, STOPPED, Exit
from app.cli.window_arguments import WindowArguments, window_arguments
from app.domain.facts.typed_days import typed_day
from app.domain.refusal import Refused
from app.services.study.environment import Environment
from app.wording.visible import visible_line

if TYPE_CHECKING:
    import argparse

COMMANDS_WITHOUT_STUDY = ("rehearse", "check", "protocols")
Log = Callable[..., None]
Desktop = Callable[[Environment, Log, Path | None, bool, date | None], int]
"""Opens the window on a file (None: the last one) or with the demo study, as of a day (None: the clock's)."""


def unlogged(event: str, **values: str | int) -> None:
    """Keep no log."""


def run(
    arguments: Sequence[str], environment: Environment, log: Log = unlogged, desktop: Desktop | None = None
) -> Exit:
    """Run one command line, or open the window if it has no command; known failures are reported on standard error."""
    window = window_arguments(arguments)
    if window is None:
        from app.cli.parser import make_parser

        options = make_parser().parse_args(arguments)
        if options.command is not None:
            return _reporting_refusals(
                getattr(options, "file", "") or options.command, lambda: _command(options, environment, log)
            )
        window = WindowArguments(options.study, options.today, options.demo)
    asked = window
    return _reporting_refusals("the window", lambda: _window(asked, environment, log, desktop))


def _reporting_refusals(where: str, work: Callable[[], Exit]) -> Exit:
    """Do the work; a refusal is reported on standard error. `where`: the file or command that it is about."""
    try:
        return work()
    except Refused as refused:
        from app.wording.refusals import refusal_text

        where = "standard input" if where == "-" else visible_line(where)
        print(f"studyday: {where}: {refusal_text(refused)}.", file=sys.stderr)
        return Exit.REFUSED


def _command(options: "argparse.Namespace", environment: Environment, log: Log) -> Exit:
    from app.protocols.findings import ProtocolRefused

    try:
        if options.demo:
            raise Refused("demo_alone")
        if options.command in COMMANDS_WITHOUT_STUDY or getattr(options, "action", "") == "language":
            from app.cli.protocol_commands import PROTOCOL_COMMANDS

            return PROTOCOL_COMMANDS[options.command](options)
        return _study(options, environment, log)
    except ProtocolRefused as refused:
        for finding in refused.findings:
            print(f"studyday: {visible_line(str(finding))}", file=sys.stderr)
        return Exit.REFUSED


def _window(asked: WindowArguments, environment: Environment, log: Log, desktop: Desktop | None) -> Exit:
    if desktop is None:
        raise Refused("no_window")
    if asked.demo and asked.study:
        raise Refused("demo_alone")
    today = None
    if asked.today:
        today = typed_day(asked.today, "--today", environment.today())
    return Exit(desktop(environment, log, Path(asked.study) if asked.study else None, asked.demo, today))


def _study(options: "argparse.Namespace", environment: Environment, log: Log) -> Exit:
    from app.cli.commands import run_demo, run_study
    from app.cli.last_end import tell_of_unclean_end
    from app.cli.typed_options import as_typed
    from app.protocols.findings import ProtocolRefused

    tell_of_unclean_end(environment)
    start, ended = monotonic(), int(Exit.BUG)
    try:
        code = run_demo(options, environment) if options.command == "demo" else run_study(options, environment, log)
        ended = int(code)
    except ProtocolRefused:
        ended = int(Exit.REFUSED)
        raise
    except Refused as refused:
        ended = int(Exit.REFUSED)
        raise as_typed(refused, options) from None
    except BrokenPipeError:
        ended = int(Exit.DONE)
        raise
    except OSError as error:
        ended = int(Exit.REFUSED if error.errno in NO_ROOM else Exit.BUG)
        raise
    except KeyboardInterrupt:
        ended = STOPPED
        raise
    finally:
        log("command", command=options.command, exit=ended, ms=round((monotonic() - start) * 1000))
    return code
