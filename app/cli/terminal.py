"""The terminal as the program writes to it: text in UTF-8, in which every hidden sign is written out.

Whatever a text was put together from, such as a file's name, a note or an argument, none of its signs can steer the
terminal. What is written out is right inside JSON as well.
"""

import contextlib
import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, cast

from app.operating_system import on_windows, show_without_console
from app.wording.visible import visible

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_MOST_UNHEARD = 4000
"""Characters."""


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


class Unheard(io.StringIO):
    """Standard error of a program without a console, as the Start menu of Windows opens it: its beginning is kept."""

    def write(self, text: str) -> int:
        """Keep a text, unless very much was said before."""
        if self.tell() < _MOST_UNHEARD:
            super().write(visible(text))
        return len(text)


def tell_unheard(code: int) -> None:
    """Show why the program ends with that code where nobody could read it: a refusal before the window, or a bug."""
    if code and isinstance(sys.stderr, Unheard) and (said := sys.stderr.getvalue().strip()):
        show_without_console(said)


def open_terminal() -> None:
    """Let standard output and standard error write out hidden signs from now on; what is closed goes nowhere.

    But on Windows a program without a console keeps what is said on standard error (`tell_unheard`).
    """
    if on_windows() and sys.stderr is None:
        sys.stderr = Unheard()
    _fill_closed()
    sys.stdout, sys.stderr = _terminal(sys.stdout), _terminal(sys.stderr)


def _fill_closed() -> None:
    """Put the null device in the place of each standard stream that is closed.

    Else the next file that is opened, perhaps the study, would get its number, and be printed into.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # it gets the lowest number that is free
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        if getattr(sys, name) is None:
            setattr(sys, name, _opened(number, mode))


def _opened(number: int, mode: str) -> TextIO:
    """Return the stream of that number; on Windows a program without a console has none, and gets the null device."""
    try:
        stream = os.fdopen(number, mode, encoding="utf-8", closefd=False)
    except OSError:
        stream = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115 - it stays open
    return cast("TextIO", stream)


def discard(*streams: TextIO) -> None:
    """Send the rest of what is written to these streams nowhere, so that the process can end without failing."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in streams:
        with contextlib.suppress(OSError, ValueError):
            os.dup2(nowhere, stream.fileno())


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

    def write(self, data: "ReadableBuffer") -> int:
        """Write the bytes."""
        return self._below.write(bytes(data))

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
