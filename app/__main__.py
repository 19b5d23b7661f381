"""The program's start: ``studyday`` and ``python -m app``."""

import contextlib
import sys

from app import bootstrap, startup
from app.cli.exit_codes import NO_ROOM, STOPPED, Exit
from app.cli.main import run
from app.cli.terminal import discard, open_terminal, tell_unheard
from app.private_files import set_mask


def main() -> int:
    """Run the command line and return its exit code; a bug is reported in a file, never as a traceback."""
    startup.before_command()
    set_mask()
    open_terminal()
    code = _ended()
    tell_unheard(code)
    return code


def _ended() -> int:
    try:
        code = _run()
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        # The reader of a pipe has left with all that it wanted.
        discard(sys.stdout)
        return 0
    except KeyboardInterrupt:
        return STOPPED
    except Exception as bug:  # noqa: BLE001 - the last line of defence, see report_bug
        if isinstance(bug, OSError) and bug.errno in NO_ROOM:
            # The files that the program writes itself are refused elsewhere, each by its name.
            problem = (bug.strerror or "an error").lower()
            _print_error(f"studyday: the answer cannot be written: {problem}. `history` has what was saved.")
            discard(sys.stdout, sys.stderr)
            return int(Exit.REFUSED)
        _print_error(f"studyday: a bug in the program; the report is in {bootstrap.report_bug(bug)}")
        return 3
    return code


def _run() -> int:
    try:
        return int(run(sys.argv[1:], bootstrap.environment(), bootstrap.log, bootstrap.desktop))
    except SystemExit as ended:
        # The reader of the arguments has answered or refused: what it printed is written before the process ends.
        return ended.code if isinstance(ended.code, int) else int(Exit.REFUSED)


def _print_error(message: str) -> None:
    """Print a message on standard error, if anything can still be printed there."""
    with contextlib.suppress(OSError):
        print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
