"""Writes a table as CSV that a spreadsheet opens as text, runs nothing of, and changes nothing of.

UTF-8 with a mark at its beginning, by which spreadsheets know it; commas; quotes where a cell needs them; CR LF. A text
that a spreadsheet would take for a formula, a number or a date has an apostrophe before it, so that it neither computes
nor loses a sign; numbers and days of the record are as they are.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from app.wording.visible import visible_line

_STARTS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""The first signs of a formula, also the wide ones of Chinese keyboards."""
_AFTER_SEMICOLON = re.compile(r'(;[\s"]*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])')
"""Where the decimal sign is a comma, a spreadsheet begins a new cell at each semicolon, also within quotes."""
_TRUTHS = frozenset({"true", "false"})
_MARK = "\ufeff"
_COUNTED = re.compile(r"0|[1-9][0-9]{0,14}")
"""A number that stays as it is; one with zeros before it, with more digits or with a point would not."""
_SIGNS = r"[\W_\d年月日号號时時分秒点點]"
_LIKE_NUMBER = re.compile(rf"{_SIGNS}+(?:e{_SIGNS}+)?(?:[ap]m?)?", re.IGNORECASE)
"""Digits and signs alone: ``007``, ``1.10``, ``3/4``, ``12-05``, ``1E5``, ``(2)``, ``10:30``, ``3月4日``."""
_MOST_DIGITS = 10**15
"""A spreadsheet keeps so many digits of a number."""
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|maj|okt)[a-z]*\.?"
_LIKE_DAY = re.compile(rf"(?:\d{{1,4}}[\W_]*{_MONTH}|{_MONTH}[\W_]*\d{{1,4}})(?:[\W_]*\d{{1,4}})?", re.IGNORECASE)
"""A day with the name of its month: ``3 apr``, ``MARCH1``, ``18-Dec-2026``."""


class Plain(str):
    """A text that a spreadsheet may read as what it is: an ISO day, a moment, a time of day."""

    __slots__ = ()


def csv_bytes(head: Sequence[str], rows: Iterable[Sequence[str | int | float]]) -> bytes:
    """Return the file of these rows under their titles."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([safe_text(one) for one in head])
    writer.writerows([_safe(one) for one in row] for row in rows)
    return (_MARK + text.getvalue()).encode("utf-8")


def _safe(cell: str | int | float) -> str | int | float:
    if isinstance(cell, Plain) or (isinstance(cell, int | float) and abs(cell) < _MOST_DIGITS):
        return cell
    return safe_text(str(cell))


def safe_text(text: str) -> str:
    """Return the text on one line, with an apostrophe before what a spreadsheet would take for something else.

    A tab or a line break becomes a space, another hidden sign is written out: ``=2+3`` as ``'=2+3``, ``007`` as
    ``'007``. So does what follows a semicolon, which begins a cell for some: ``low; =2+3`` as ``low; '=2+3``.
    """
    line = _AFTER_SEMICOLON.sub(r"\1'", visible_line(" ".join(text.split())))
    return f"'{line}" if line.startswith(_STARTS) or _would_change(line) else line


def _would_change(line: str) -> bool:
    """Return whether a spreadsheet would show it otherwise than it is written."""
    if _COUNTED.fullmatch(line):
        return False
    if line.casefold() in _TRUTHS:
        return True
    has_digit = any(one.isdigit() for one in line)
    return has_digit and bool(_LIKE_NUMBER.fullmatch(line) or _LIKE_DAY.fullmatch(line))
