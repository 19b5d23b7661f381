"""Progress is shown where somebody looks at a terminal and waits, and is gone before the answer."""

import io
import sys
from itertools import count

import pytest

from app.cli import progress
from app.cli.progress import shown_progress
from app.progress import counted


class Stream(io.StringIO):
    """A stream that is a terminal, or is not."""

    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


def said(monkeypatch: pytest.MonkeyPatch, terminal: bool, seconds: float = 2.0) -> str:
    """What is written on standard error of three pieces of work that take so many seconds each."""
    clock = count(0, 1)
    monkeypatch.setattr(progress, "monotonic", lambda: next(clock) * seconds)
    written = Stream(terminal)
    monkeypatch.setattr(sys, "stderr", written)
    with shown_progress("checking") as show:
        for _piece in counted("abc", show):
            pass
    return written.getvalue()


def test_it_is_shown_at_a_terminal_and_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = said(monkeypatch, True)
    assert shown.startswith("\rchecking: 1/3\x1b[K\rchecking: 2/3\x1b[K")
    assert shown.endswith("\r\x1b[K")
    assert shown.count("\r\x1b[K") == 1


def test_it_is_never_shown_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(monkeypatch, False) == ""


def test_it_is_not_shown_of_what_is_done_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(monkeypatch, True, 0.1) == ""


def test_pieces_are_counted_once_they_are_done() -> None:
    seen: list[tuple[int, int]] = []
    pieces = counted(["a", "b"], lambda done, total: seen.append((done, total)))
    assert next(pieces) == "a"
    assert seen == []
    assert next(pieces) == "b"
    assert seen == [(1, 2)]
    assert list(pieces) == []
    assert seen == [(1, 2), (2, 2)]
    assert list(counted(["a"], None)) == ["a"]
