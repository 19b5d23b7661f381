"""The program's start: ``studyday`` and ``python -m app``."""

import contextlib
import os
import sys

from app import bootstrap
from app.cli.exit_codes import NO_ROOM, STOPPED, Exit
from app.cli.main import run
from app.cli.terminal import open_terminal
from app.private_files import set_mask


def main() -> int:
    """Run the command line and return its exit code; a bug is reported in a file, never as a traceback."""
    set_mask()
    open_terminal()
    try:
        code = int(run(sys.argv[1:], bootstrap.environment(), bootstrap.log, bootstrap.desktop))
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of a pipe has left with all that it wanted.
        _discard_output()
        return 0
    except KeyboardInterrupt:
        return STOPPED
    except Exception as bug:  # noqa: BLE001 - the last line of defence, see report_bug
        if isinstance(bug, OSError) and bug.errno in NO_ROOM:
            # The files that the program writes itself are refused elsewhere, each by its name.
            problem = (bug.strerror or "an error").lower()
            _print_error(f"studyday: the answer cannot be written: {problem}. `history` has what was saved.")
            _discard_output()
            return int(Exit.REFUSED)
        _print_error(f"studyday: a bug in the program; the report is in {bootstrap.report_bug(bug)}")
        return 3
    return code


def _print_error(message: str) -> None:
    """Print a message on standard error, if anything can still be printed there."""
    with contextlib.suppress(OSError):
        print(message, file=sys.stderr, flush=True)


def _discard_output() -> None:
    """Send the rest of the output nowhere, so that the process can end without failing to print it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
