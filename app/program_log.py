"""The program's log: events and how they ended, never a participant, a note or anything typed.

It is written by Python's own rotating handler, which is kept from files that are no log of this program.
"""

import contextlib
import json
import logging
import os
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TextIO

from app import paths
from app.atomic_write import open_log
from app.private_files import make_folder

LOG_START = '{"at": "'
"""How every line begins; a file that begins otherwise is neither added to nor replaced."""
LARGEST_LOG = 1_000_000
"""Bytes; a log that would grow beyond them is put aside."""
PUT_ASIDE = 3
"""So many logs that were put aside are kept."""


class _LogFile(RotatingFileHandler):
    """The handler, for one line: open, perhaps put aside, write, close. Several processes may log at the same time."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=LARGEST_LOG, backupCount=PUT_ASIDE, encoding="utf-8", delay=True)

    def _open(self) -> TextIO:  # type: ignore[override] # it is the text file that the handler writes to
        return open_log(Path(self.baseFilename), LOG_START)

    def doRollover(self) -> None:  # noqa: N802 - the name is Python's
        """Put the log aside, unless one of the names for that has another file.

        Raises:
            OSError: it has; nothing is moved.
        """
        for number in range(1, PUT_ASIDE + 1):
            name = Path(f"{self.baseFilename}.{number}")
            if os.path.lexists(name):
                open_log(name, LOG_START).close()
        super().doRollover()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name is Python's
        """Let the line go: a log that fails stops no work."""


def write(moment: datetime, event: str, **values: str | int) -> None:
    """Add a line to the log in the folder for it; where that cannot be, nothing happens."""
    line = json.dumps({"at": moment.isoformat(timespec="seconds"), "event": event, **values})
    path = paths.state_dir() / "studyday.log"
    try:
        make_folder(path.parent)
        handler = _LogFile(path)
    except OSError:
        return
    try:
        handler.handle(logging.makeLogRecord({"msg": line}))
    finally:
        # To close it is to write what is left, for which a full disk has no room either.
        with contextlib.suppress(OSError):
            handler.close()
