"""The program's start: ``studyday`` and ``python -m app``."""

import contextlib
import os
import sys


def main() -> int:
    """Run the command line; a bug is reported in a file, never as a traceback on the screen."""
    from app.bootstrap import circumstances, desktop, log
    from app.cli.exit_codes import NO_ROOM, STOPPED, Exit
    from app.cli.main import run

    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = int(run(sys.argv[1:], circumstances(), log, desktop))
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of a pipe has left; what it wanted it has had.
        _hear_no_more()
        return 0
    except KeyboardInterrupt:
        return STOPPED
    except Exception as bug:  # noqa: BLE001 - the last line of defence, see report_bug
        if isinstance(bug, OSError) and bug.errno in NO_ROOM:
            # The files that the program writes itself are refused elsewhere, each by its name.
            problem = (bug.strerror or "an error").lower()
            _tell(f"studyday: the answer cannot be written: {problem}. `history` has what was saved.")
            _hear_no_more()
            return int(Exit.REFUSED)
        from app.bootstrap import report_bug

        _tell(f"studyday: a bug in the program; the report is in {report_bug(bug)}")
        return 3
    return code


def _tell(message: str) -> None:
    """Say it on standard error, as far as that takes anything."""
    with contextlib.suppress(OSError):
        print(message, file=sys.stderr, flush=True)


def _hear_no_more() -> None:
    """What is still to be printed goes nowhere, so that the end of the process does not stumble over it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
