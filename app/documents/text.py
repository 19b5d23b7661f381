"""Text as it is printed: exactly the stored characters, cut into lines.

Markup is never read. A control or format character, which would change or hide its neighbours, is written out as it
is on screen (``\\u202e``). A character that no font has stops the print, and the refusal names the field that has it.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from app.documents.fonts import advance, font_of, width
from app.domain.folding import written_sign
from app.domain.refusal import Refused
from app.wording.visible import visible

_NEWLINES = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_WORDS = re.compile(r" +|[^ ]+")
_NAMED_AT_MOST = 8
_IDEOGRAPHS = 0x2E80
_REMEMBERED = 8_000
_YEAR = 4
"""How many texts are remembered as they are printed: those of sheets are the same from page to page."""


class UnprintableText(Refused):
    """A field, named by `place`, has characters that are in none of the fonts."""

    def __init__(self, place: str, characters: str) -> None:
        """Refuse the field with these characters, each given once."""
        super().__init__("unprintable", place, what=place, characters=characters)
        self.characters = characters

    def __str__(self) -> str:
        """Return the failure as a sentence."""
        characters = self.characters
        named = [f"{character} ({written_sign(character)})" for character in characters[:_NAMED_AT_MOST]]
        more = " and others" if len(characters) > _NAMED_AT_MOST else ""
        return f"cannot be printed: {self.place} has {', '.join(named)}{more}, which no font has"


@dataclass(frozen=True, slots=True)
class Style:
    """The size in points, the weight, and the ink: 0 is black, 1 is white."""

    size: float
    bold: bool = False
    ink: float = 0.0

    @property
    def leading(self) -> float:
        """The distance from one baseline to the next."""
        return round(self.size * 1.32, 1)


def printable(text: str, place: str) -> str:
    """Return the text in composed form (NFC), every hidden sign written out, lines separated by ``\\n``.

    Raises:
        UnprintableText: no font has one of the characters.
    """
    shown, missing = _shown(text)
    if missing:
        raise UnprintableText(place, missing)
    return shown


@lru_cache(maxsize=_REMEMBERED)
def _shown(text: str) -> tuple[str, str]:
    """Return the text as it is printed, and each character once that no font has."""
    plain = _NEWLINES.sub("\n", unicodedata.normalize("NFC", text)).replace("\t", " ")
    shown = visible(plain)
    missing = {character: None for character in shown if character != "\n" and font_of(character, False) is None}
    return shown, "".join(missing)


def text_width(text: str, style: Style) -> float:
    """Return the width of one line in points."""
    return width(text, style.size, style.bold)


def wrap(text: str, style: Style, room: float, place: str) -> list[str]:
    """Return the lines, at least one, of the text in a column of `room` points. A word too long for it is cut."""
    return list(_lines(printable(text, place), style.size, style.bold, room))


@lru_cache(maxsize=_REMEMBERED)
def _lines(text: str, size: float, bold: bool, room: float) -> tuple[str, ...]:
    style = Style(size, bold)
    return tuple(line for paragraph in text.split("\n") for line in _with_its_number(paragraph, style, room))


def _with_its_number(text: str, style: Style, room: float) -> list[str]:
    """Return the lines of a paragraph; a number that would be alone on the last one takes the word before it along.

    So that no “day” is on one line and its “1” on the next; a year may be alone.
    """
    lines = list(_paragraph(text, style, room))
    if len(lines) > 1 and lines[-1].isdigit() and len(lines[-1]) < _YEAR:
        rest, _space, word = lines[-2].rpartition(" ")
        if rest.strip() and word and text_width(f"{word} {lines[-1]}", style) <= room:
            lines[-2:] = [rest.rstrip(" "), f"{word} {lines[-1]}"]
    return lines


def _paragraph(text: str, style: Style, room: float) -> Iterator[str]:
    if text_width(text, style) <= room:
        yield text.rstrip(" ")
        return
    line, used = "", 0.0
    for piece in _pieces(text, style, room):
        length = text_width(piece, style)
        if not _is_blank(line) and used + length > room and not _is_blank(piece):
            yield line.rstrip(" ")
            line, used = "", 0.0
        while line and used + length > room and not _is_blank(piece):
            # An indentation gives way to the word behind it: a line of its own would be an empty one.
            line = line[:-1]
            used = text_width(line, style)
        line, used = line + piece, used + length
    yield line.rstrip(" ")


def _pieces(text: str, style: Style, room: float) -> Iterator[str]:
    """Yield words, spaces and single ideographs, none wider than the column."""
    for word in _WORDS.findall(text):
        piece, used = "", 0.0
        for character in word:
            length = style.size * advance(character, style.bold)
            breaks = used + length > room or _breaks(piece[-1:], character)
            if piece and breaks and not _is_blank(word):
                yield piece
                piece, used = "", 0.0
            piece, used = piece + character, used + length
        yield piece


def _is_blank(text: str) -> bool:
    """Return whether there are only spaces, which may be cut off at the end of a line; other white space may not."""
    return not text.strip(" ")


def _breaks(before: str, character: str) -> bool:
    """Return whether a line may break between these two in a word: next to an ideograph, after a hyphen or slash."""
    if not before:
        return False
    if before in "-/–" and character.isalpha():
        return True
    closing = unicodedata.category(character) in {"Pe", "Pf", "Po"}
    opening = unicodedata.category(before) in {"Ps", "Pi"}
    return (ord(character) >= _IDEOGRAPHS or ord(before) >= _IDEOGRAPHS) and not closing and not opening


def fit(text: str, style: Style, room: float, most: int, place: str) -> tuple[list[str], bool]:
    """Return at most `most` lines, the last with an ellipsis if text was left out, and whether it was."""
    lines = wrap(text, style, room, place)
    if len(lines) <= most:
        return lines, False
    last = lines[most - 1]
    while last and text_width(last + "…", style) > room:
        last = last[:-1]
    return [*lines[: most - 1], last + "…"], True


def fitting(text: str, style: Style, room: float, place: str) -> Style:
    """Return the style, or the largest of half its size and more in which the text is not cut."""
    shown, size = printable(text, place), style.size
    while size > style.size / 2 and text_width(shown, replace(style, size=size)) > room:
        size -= 0.5
    return replace(style, size=size)
