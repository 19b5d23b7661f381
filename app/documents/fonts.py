"""The fonts of printed documents, and the choice of a font for each character.

Latin, Greek and Cyrillic are in one family; signs, Chinese, and shapes each in another. A font is read when the first
character needs it, so a sheet without Chinese never opens the large one; the PDF library is loaded then as well.
"""

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING

from app.paths import resources

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

REGULAR = ("NotoSans-Regular", "NotoSansMath-Regular", "NotoSansSC-Regular", "NotoSansSymbols2-Regular")
BOLD = ("NotoSans-Bold", "NotoSansMath-Regular", "NotoSansSC-Bold", *REGULAR)
_LAST_PRINTABLE = 0xFFFF
_UNITS_PER_SIZE = 1000.0


@cache
def _font(name: str) -> "TTFont":
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    # Bytes, not a path: the library looks on the network for a path that it cannot open.
    font = TTFont(name, BytesIO((resources() / "fonts" / f"{name}.ttf").read_bytes()))
    pdfmetrics.registerFont(font)
    return font


def register(bold: bool = False) -> str:
    """Register the main font with the PDF library and return its name."""
    name = (BOLD if bold else REGULAR)[0]
    _font(name)
    return name


@cache
def font_of(character: str, bold: bool) -> str | None:
    """Return the first font that has the character; None when none has it.

    Characters beyond U+FFFF count as missing: they would print, but come out wrong when the text is copied.
    """
    code = ord(character)
    if code > _LAST_PRINTABLE:
        return None
    return next((name for name in (BOLD if bold else REGULAR) if code in _font(name).face.charToGlyph), None)


@cache
def advance(character: str, bold: bool) -> float:
    """Return the character's width at size 1."""
    name = font_of(character, bold)
    if name is None:
        raise LookupError(character)
    face = _font(name).face
    return float(face.charWidths.get(ord(character), face.defaultWidth)) / _UNITS_PER_SIZE


def width(text: str, size: float, bold: bool = False) -> float:
    """Return the width of a text in points."""
    return size * sum(advance(character, bold) for character in text)


def runs(text: str, bold: bool = False) -> Iterator[tuple[str, str]]:
    """Yield the text in parts of one font each: pairs of font name and characters."""
    for name, group in groupby(text, lambda character: font_of(character, bold)):
        characters = "".join(group)
        if name is None:
            raise LookupError(characters)
        yield name, characters
