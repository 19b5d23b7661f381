"""Writes a table as CSV that a spreadsheet opens as text and runs nothing of.

UTF-8 with a mark at its beginning, by which spreadsheets know it; commas; quotes where a cell needs them; CR LF. A text
that a spreadsheet would take for a formula has an apostrophe before it; numbers and dates are as they are.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from app.wording.visible import visible_line

_STARTS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""The first signs of a formula, also the wide ones of Chinese keyboards."""
_MARK = "\ufeff"


def csv_bytes(head: Sequence[str], rows: Iterable[Sequence[str | int | float]]) -> bytes:
    """Return the file of these rows under their titles."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([safe_text(one) for one in head])
    writer.writerows([one if isinstance(one, int | float) else safe_text(one) for one in row] for row in rows)
    return (_MARK + text.getvalue()).encode("utf-8")


def safe_text(text: str) -> str:
    """Return the text on one line, with an apostrophe before what a spreadsheet would take for a formula.

    A tab or a line break becomes a space, another hidden sign is written out: ``=2+3`` as ``'=2+3``.
    """
    line = visible_line(" ".join(text.split()))
    return f"'{line}" if line.startswith(_STARTS) else line
