"""Connections to study files that a test hears of: their opening, each of their statements, and those that fail."""

from collections.abc import Callable
from typing import Any

import sqlcipher3.dbapi2 as sqlite

OPENED: list[Callable[[Any], object]] = []
"""Called with each connection once it is open."""
BEFORE: list[Callable[[str], object]] = []
"""Called with each statement just before it."""
FAILED: list[Callable[[Exception], object]] = []
"""Called with what the driver raises."""
_connect = sqlite.connect


class Watched(sqlite.Connection):  # type: ignore[misc] # the driver is not typed
    """A connection of the driver whose statements are told."""

    def execute(self, *given: Any) -> Any:
        """Tell of the statement and run it."""
        return _told(super().execute, given)

    def executemany(self, *given: Any) -> Any:
        """Tell of the statement and run it for each row."""
        return _told(super().executemany, given)


def _told(run: Callable[..., Any], given: tuple[Any, ...]) -> Any:
    for told in BEFORE:
        told(str(given[0]))
    try:
        return run(*given)
    except sqlite.Error as error:
        for failed in FAILED:
            failed(error)
        raise


def watch() -> None:
    """From now on this process tells of every connection that it opens; only for a child process."""

    def connect(*given: Any, **named: Any) -> Any:
        connection = _connect(*given, **named, factory=Watched)
        for opened in OPENED:
            opened(connection)
        return connection

    sqlite.connect = connect
