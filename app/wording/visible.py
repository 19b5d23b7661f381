"""Text as it may be shown anywhere: what is hidden in it, and what would steer a terminal, is written out.

Control and format signs, such as ESC, line breaks and marks of direction, are written as ``\\u001b``; this form is also
right inside JSON. Where a text may have several lines, as a note, its line breaks and tabs stay.
"""

import re

from app.domain.folding import written_sign

_SIGNS = (
    "\u0000-\u001f\u007f-\u009f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890-\u0891\u08e2\u115f-\u1160\u180e\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff"
    "\U000110bd\U000110cd\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f"
)
_HIDDEN = re.compile(f"[{_SIGNS}]")
_HIDDEN_IN_LINES = re.compile(f"(?![\n\t])[{_SIGNS}]")


def visible(text: str) -> str:
    """Return a text of several lines with every hidden sign written out; line breaks and tabs stay."""
    return _HIDDEN_IN_LINES.sub(_written, text.replace("\r\n", "\n"))


def visible_line(text: str) -> str:
    """Return a text of one line with every hidden sign, also a line break, written out."""
    return _HIDDEN.sub(_written, text)


def shortened(text: str, most: int) -> str:
    """Return a text of at most so many characters: a longer one by its beginning and ``…``."""
    return text if len(text) <= most else text[: most - 1] + "…"


def _written(found: re.Match[str]) -> str:
    return written_sign(found[0])
