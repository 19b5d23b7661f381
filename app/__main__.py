"""The program's start: ``studyday`` and ``python -m app``."""

import os
import sys


def main() -> int:
    """Run the command line; a bug is reported in a file, never as a traceback on the screen."""
    from app.bootstrap import circumstances
    from app.cli.main import run

    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = int(run(sys.argv[1:], circumstances()))
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of a pipe has left; what it wanted it has had.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as bug:  # noqa: BLE001 - the last line of defence, see report_bug
        from app.bootstrap import report_bug

        print(f"studyday: a bug in the program; the report is in {report_bug(bug)}", file=sys.stderr)
        return 3
    return code


if __name__ == "__main__":
    sys.exit(main())
