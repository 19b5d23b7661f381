"""The one place that knows every room, the clock and the machine."""

import platform
import sys
import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path

from app import __version__


def now() -> datetime:
    """The one reading of the clock."""
    return datetime.now(UTC)


def report_bug(bug: BaseException) -> Path:
    """Write what a developer needs, and nothing of the participant: places in the program, no values."""
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
