"""The fonts of printed documents, and the choice of a font for each character.

Latin, Greek and Cyrillic are in one family; signs, Chinese, and shapes each in another. A font is read when the first
character needs it, so a sheet without Chinese never opens the large one; the PDF library is loaded then as well.
"""

import zlib
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, Any

from app.paths import resources

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont, TTFontFace

REGULAR = ("NotoSans-Regular", "NotoSansMath-Regular", "NotoSansSC-Regular", "NotoSansSymbols2-Regular")
BOLD = ("NotoSans-Bold", "NotoSansMath-Regular", "NotoSansSC-Bold", *REGULAR)
_LAST_PRINTABLE = 0xFFFF
_UNITS_PER_SIZE = 1000.0
_SUBSETS = 16
COMMON = "".join(map(chr, range(32, 127))) + "–“”·…"
"""The characters that every file has, in the same order, so that the fonts of most files are the same."""


@cache
def font(name: str) -> "TTFont":
    """Return a font by its name; it is read once, however many documents have it."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    # Bytes, not a path: the library looks on the network for a path that it cannot open.
    read = TTFont(name, BytesIO((resources() / "fonts" / f"{name}.ttf").read_bytes()))
    _share_subsets(read.face)
    pdfmetrics.registerFont(read)
    return read


def _share_subsets(face: "TTFontFace") -> None:
    """Let files that have the same characters share the work of cutting the font down to them and packing it."""
    from reportlab.pdfbase import pdfdoc

    cut = lru_cache(maxsize=_SUBSETS)(lambda codes: face_cut(list(codes)))
    packed = lru_cache(maxsize=_SUBSETS)(zlib.compress)
    face_cut, face_add = face.makeSubset, face.addSubsetObjects

    def add(document: Any, name: str, codes: Sequence[int]) -> Any:
        found = face_add(document, name, codes)
        stream = document.idToObject[f"fontFile:{face.filename}({name})"]
        stream.content = packed(stream.content)
        stream.dictionary["Filter"] = pdfdoc.PDFArray([pdfdoc.PDFName("FlateDecode")])
        return found

    face.makeSubset = lambda codes: cut(tuple(codes))
    face.addSubsetObjects = add


def register(bold: bool = False) -> str:
    """Register the main font with the PDF library and return its name."""
    name = (BOLD if bold else REGULAR)[0]
    font(name)
    return name


@cache
def font_of(character: str, bold: bool) -> str | None:
    """Return the first font that has the character; None when none has it.

    Characters beyond U+FFFF count as missing: they would print, but come out wrong when the text is copied.
    """
    code = ord(character)
    if code > _LAST_PRINTABLE:
        return None
    return next((name for name in (BOLD if bold else REGULAR) if code in font(name).face.charToGlyph), None)


@cache
def advance(character: str, bold: bool) -> float:
    """Return the character's width at size 1."""
    name = font_of(character, bold)
    if name is None:
        raise LookupError(character)
    face = font(name).face
    return float(face.charWidths.get(ord(character), face.defaultWidth)) / _UNITS_PER_SIZE


def width(text: str, size: float, bold: bool = False) -> float:
    """Return the width of a text in points."""
    return size * _width(text, bold)


@lru_cache(maxsize=20_000)
def _width(text: str, bold: bool) -> float:
    """Return the width at size 1; the words of sheets are the same from page to page."""
    return sum([advance(character, bold) for character in text])


def runs(text: str, bold: bool = False) -> Iterator[tuple[str, str]]:
    """Yield the text in parts of one font each: pairs of font name and characters."""
    for name, group in groupby(text, lambda character: font_of(character, bold)):
        characters = "".join(group)
        if name is None:
            raise LookupError(characters)
        yield name, characters
