"""The terminal as the program writes to it: text in UTF-8, in which every hidden sign is written out.

Whatever a text was put together from, such as a file's name, a note or an argument, none of its signs can steer the
terminal. What is written out is right inside JSON as well.
"""

import io
import sys
from typing import TextIO

from app.wording.visible import visible


class Terminal(io.TextIOWrapper):
    """Standard output or standard error."""

    def write(self, text: str) -> int:
        """Write a text with its hidden signs written out; return the number of characters that were asked for."""
        super().write(visible(text))
        return len(text)

    def steer(self, text: str) -> None:
        """Write the program's own text, which may move the cursor."""
        super().write(text)
        self.flush()


def open_terminal() -> None:
    """Let standard output and standard error write out hidden signs from now on."""
    sys.stdout, sys.stderr = _terminal(sys.stdout), _terminal(sys.stderr)


def _terminal(stream: TextIO) -> TextIO:
    """Return the stream as a terminal; itself where it has no bytes below it, as in a program without a console."""
    if isinstance(stream, Terminal) or getattr(stream, "buffer", None) is None:
        return stream
    stream.flush()
    by_lines = bool(getattr(stream, "line_buffering", True))
    return Terminal(_Kept(stream), encoding="utf-8", errors="backslashreplace", line_buffering=by_lines)


class _Kept(io.BufferedIOBase):
    """The bytes of a stream that stays open when the terminal on top of it is given up."""

    def __init__(self, stream: TextIO) -> None:
        # Without the stream its bytes would be closed as well.
        self._stream = stream
        self._below = stream.buffer
        self.name = getattr(self._below, "name", "")

    def writable(self) -> bool:
        """Return true."""
        return True

    def write(self, data: object) -> int:
        """Write the bytes."""
        return int(self._below.write(data))  # type: ignore[call-overload]

    def flush(self) -> None:
        """Hand on what is not written yet."""
        self._below.flush()

    def fileno(self) -> int:
        """Return the number of the file below."""
        return self._below.fileno()

    def isatty(self) -> bool:
        """Return whether a person sees it at once."""
        return self._below.isatty()

    def close(self) -> None:
        """Hand on what is not written yet, and leave the stream open."""
        self._below.flush()
