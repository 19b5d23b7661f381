"""What a search box finds, the same in every box: codes however they are separated, other texts by their words.

A word is found by its beginning. In a code the separators and the zeros before a number do not matter, so ``li1``,
``li 001`` and ``LI-0`` find ``LI-001``, and ``spc2`` finds ``SP-C02``. Several words must all be found, in any text.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice

from app.domain.folding import folded

_PARTS = re.compile(r"\d+|[^\W\d_]+")
_IDEOGRAPHS = 0x2E80
"""The first character of Chinese and Japanese writing, which has no blanks between words."""
_MOST_REMEMBERED = 20_000
"""Texts that are prepared once."""
LONGEST = 200
"""So many signs of what was typed are searched for; more than any name has."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a search, a number with the word before it: its letters and digits, and its pattern.

    `entire`: the pattern that finds it only where nothing follows it in the same word.
    """

    text: str
    pattern: re.Pattern[str]
    entire: re.Pattern[str]


@dataclass(frozen=True)
class Search:
    """A search for what somebody typed; a text without letters and digits finds everything."""

    typed: str

    @cached_property
    def whole(self) -> re.Pattern[str] | None:
        """The pattern of all that was typed, in one text and in that order; None where it finds everything."""
        return _pattern(_parts(self.typed[:LONGEST]))

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words; a number belongs to the word before it."""
        groups: list[list[str]] = []
        for word in self.typed[:LONGEST].split():
            parts = list(_parts(word))
            if parts and groups and all(part.isdigit() for part in parts):
                groups[-1] += parts
            elif parts:
                groups.append(parts)
        return tuple(_word(group) for group in groups)

    @property
    def is_empty(self) -> bool:
        """Whether it finds everything."""
        return self.whole is None

    def finds(self, *texts: str, complete: Sequence[str] = ()) -> bool:
        """Return whether it finds something that has these texts, such as a code and a name.

        `complete`: further texts, in which a word is found only where it is complete: ``CT`` not in ``CTCAE``.
        """
        if self.whole is None:
            return True
        words = [_words_of(text) for text in texts]
        if any(self.whole.search(one) for one in words):
            return True
        more = [_words_of(text) for text in complete]
        return all(
            any(word.pattern.search(one) for one in words) or any(word.entire.search(one) for one in more)
            for word in self.words
        )

    def is_exactly(self, text: str) -> bool:
        """Return whether the text is what was typed, apart from separators and the zeros before numbers."""
        return _bare(self.typed) == _bare(text)


class Texts:
    """Things to be searched at every keystroke, each with its texts, which are prepared once.

    A search finds the same of them as `Search.finds` does.
    """

    def __init__(self, things: Iterable[Sequence[str]]) -> None:
        # No word goes over the bar between two texts of a thing, nor over the end of its line.
        self.lines: tuple[str, ...] = tuple("|".join(map(_prepared, texts)) for texts in things)
        self._all = "\n".join(self.lines)
        self._starts: list[int] = []
        start = 0
        for line in self.lines:
            self._starts.append(start)
            start += len(line) + 1

    def found(self, search: Search, most: int | None = None) -> list[int]:
        """Return the numbers of the things that it finds, in their order; not more than `most`."""
        if search.whole is None:
            return list(range(len(self.lines)))[:most]
        found = set(islice(self.each_with(search.whole), most))
        if len(search.words) > 1:
            found.update(islice(self._with_words([word.pattern for word in search.words]), most))
        return sorted(found)[:most]

    def all_with(self, pattern: re.Pattern[str]) -> set[int]:
        """Return the numbers of all things in which a pattern is found."""
        search = pattern.search
        return {number for number, line in enumerate(self.lines) if search(line)}

    def have(self, pattern: re.Pattern[str]) -> bool:
        """Return whether any of them has the pattern."""
        return pattern.search(self._all) is not None

    def each_with(self, pattern: re.Pattern[str]) -> Iterator[int]:
        """Yield the numbers of the things in which a pattern is found, in their order."""
        at = 0
        while (hit := pattern.search(self._all, at)) is not None:
            number = bisect_right(self._starts, hit.start()) - 1
            yield number
            if number + 1 == len(self._starts):
                return
            at = self._starts[number + 1]

    def _with_words(self, patterns: Sequence[re.Pattern[str]]) -> Iterator[int]:
        if not all(map(self.have, patterns)):
            return
        longest = max(patterns, key=lambda one: len(one.pattern))
        others = [one for one in patterns if one is not longest]
        for number in self.each_with(longest):
            if all(one.search(self.lines[number]) for one in others):
                yield number


@lru_cache(maxsize=_MOST_REMEMBERED)
def _words_of(text: str) -> str:
    return _prepared(text)


def _prepared(text: str) -> str:
    """Return the words and numbers of a text, each after a blank."""
    return "".join(f" {part}" for part in _parts(text))


def _parts(text: str) -> Sequence[str]:
    """Return the runs of letters and of digits, without accents; each ideograph is a run of its own."""
    if text.isascii() and text.isprintable():
        # Plain text, as nearly all is, is its own folded form but for the letter case.
        return _PARTS.findall(text.lower())
    bare = "".join(one for one in unicodedata.normalize("NFKD", folded(text)) if not unicodedata.combining(one))
    spaced = "".join(f" {one} " if ord(one) >= _IDEOGRAPHS else one for one in bare)
    return _PARTS.findall(spaced)


def _bare(text: str) -> list[str]:
    return [part.lstrip("0") or "0" if part.isdigit() else part for part in _parts(text)]


def _word(parts: Sequence[str]) -> Word:
    pattern = _runs(parts)
    return Word("".join(parts), re.compile(pattern), re.compile(rf"{pattern}(?![^ |\n])"))


def _pattern(parts: Sequence[str]) -> re.Pattern[str] | None:
    return re.compile(_runs(parts)) if parts else None


def _runs(parts: Sequence[str]) -> str:
    """Return the pattern of runs that follow one another, the last of them perhaps not typed to its end."""
    is_code = any(part.isdigit() for part in parts)
    last = len(parts) - 1
    runs = (_number(part, i == last) if part.isdigit() else _letters(part, is_code) for i, part in enumerate(parts))
    return " " + " ?".join(runs)


def _number(part: str, is_last: bool) -> str:
    number = part.lstrip("0") or "0"
    if not is_last:
        return rf"0*{number}(?!\d)"
    # With zeros before it a number is complete, or the beginning of one that has the same zeros.
    return rf"(?:0*{number}(?!\d)|{part})" if part.startswith("0") else f"0*{number}"


def _letters(part: str, is_code: bool) -> str:
    return (" ?" if is_code else "").join(map(re.escape, part))
