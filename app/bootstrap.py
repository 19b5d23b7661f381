"""The one place that knows every room, the clock and the machine."""

import contextlib
import gc
import getpass
import os
import platform
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app import __version__

if TYPE_CHECKING:
    from app.services.study.environment import Environment

LARGEST_LOG = 1_000_000


def now() -> datetime:
    """The one reading of the clock."""
    return datetime.now(UTC)


def circumstances() -> "Environment":
    """Who works at which computer; attribution is by the operating system's user."""
    from app.services.study.environment import Environment

    return Environment(_user(), platform.node() or "unknown", _zone(), now)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"


def _zone() -> str:
    """The computer's time zone as an IANA name; UTC where it cannot be told."""
    named = os.environ.get("TZ", "").lstrip(":")
    if "/" in named or named == "UTC":
        return named
    parts = Path("/etc/localtime").resolve().parts
    return "/".join(parts[parts.index("zoneinfo") + 1 :]) if "zoneinfo" in parts else "UTC"


def desktop(
    circumstances: "Environment", log: Callable[..., None], study: Path | None, demo: bool, today: date | None
) -> int:
    """Open the window, where there is a display; the exit code.

    Raises:
        Refused: there is no display.
    """
    from app.domain.refusal import Refused

    asked = os.environ.get("QT_QPA_PLATFORM", "")
    shown = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or asked
    if sys.platform.startswith("linux") and not shown:
        raise Refused("no_display")
    # What is loaded at the start stays; looking through it for garbage again and again would only delay the window.
    gc.disable()
    from app.ui.shell.application import run_desktop

    return run_desktop(circumstances, log, report_bug, study, demo, today)


def log(event: str, **values: str | int) -> None:
    """One line in the program's log: what was done and how it ended, never of whom; it never hinders the work."""
    import json

    from app.paths import state_dir

    line = json.dumps({"at": now().isoformat(timespec="seconds"), "event": event, **values})
    path = state_dir() / "studyday.log"
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > LARGEST_LOG:
            path.replace(path.with_name("studyday.log.1"))
        with path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")


def report_bug(bug: BaseException) -> Path:
    """Write what a developer needs, and nothing of the participant: places in the program, no values."""
    import tempfile
    import traceback

    from app.paths import state_dir

    moment = now().strftime("%Y%m%d-%H%M%S-%f")
    lines = [
        f"studyday {__version__}, Python {platform.python_version()}, {sys.platform}, {moment}",
        type(bug).__name__,
        *(
            f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(bug.__traceback__)
        ),
    ]
    for folder in (state_dir(), Path(tempfile.gettempdir())):
        path = folder / f"studyday-bug-{moment}.txt"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        except OSError:
            continue
        return path
    return Path("no folder that can be written")
