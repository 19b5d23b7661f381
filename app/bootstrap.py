"""The one module that knows every package, the clock and the machine."""

import getpass
import os
import platform
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from app import __version__, paths, startup
from app.domain.refusal import Refused
from app.operating_system import zone_name
from app.private_files import make_folder, new_text_file
from app.services.study.environment import BACKUP_MINUTES, Environment
from app.wording.reports import bug_report


def now() -> datetime:
    """Return the present moment; nothing else in the program reads the clock."""
    return datetime.now(UTC)


def environment() -> Environment:
    """Return who works at which computer, in which time zone; the operating system's user is the author of facts."""
    return Environment(_user(), platform.node() or "unknown", zone_name(), now, _backup_minutes())


def _backup_minutes() -> int:
    """Return the minutes between automatic backups; ``STUDYDAY_BACKUP_MINUTES=0`` makes one after each change."""
    given = os.environ.get("STUDYDAY_BACKUP_MINUTES", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 5 else BACKUP_MINUTES


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"


def desktop(
    environment: Environment, log: Callable[..., None], study: Path | None, demo: bool, today: date | None
) -> int:
    """Open the window and return the exit code once it is closed.

    Raises:
        Refused: there is no display.
    """
    asked = os.environ.get("QT_QPA_PLATFORM", "")
    shown = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or asked
    if sys.platform.startswith("linux") and not shown:
        raise Refused("no_display")
    startup.before_window()
    from app.ui.shell.application import run_desktop

    return run_desktop(environment, log, report_bug, study, demo, today)


def log(event: str, **values: str | int) -> None:
    """Add a line to the program's log: an event and its end, never a participant. A log that fails stops no work."""
    from app import program_log

    program_log.write(now(), event, **values)


def report_bug(bug: BaseException) -> Path:
    """Write a report and return its path: plain words, then places in the program and no values, so no participant."""
    import tempfile
    import traceback

    moment = now().strftime("%Y%m%d-%H%M%S-%f")
    lines = [
        f"studyday {__version__}, Python {platform.python_version()}, {sys.platform}, {moment}",
        type(bug).__name__,
        *(
            f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(bug.__traceback__)
        ),
    ]
    for folder in (paths.state_dir(), Path(tempfile.gettempdir())):
        path = folder / f"studyday-bug-{moment}.txt"
        try:
            make_folder(folder)
            with new_text_file(path) as file:
                file.write(bug_report(lines))
        except OSError:
            continue
        return path
    return Path("no folder that can be written")
