"""What a search box finds, the same in every box: codes however they are separated, other texts by their words.

A word is found by its beginning. In a code the separators and the zeros before a number do not matter, so ``li1``,
``li 001`` and ``LI-0`` find ``LI-001``, and ``spc2`` finds ``SP-C02``. Several words must all be found, in any text.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from app.domain.folding import folded

_PARTS = re.compile(r"\d+|[^\W\d_]+")
_IDEOGRAPHS = 0x2E80
_MOST_REMEMBERED = 20_000


@dataclass(frozen=True)
class Search:
    """A search for what somebody typed; a text without letters and digits finds everything."""

    typed: str

    @cached_property
    def _whole(self) -> re.Pattern[str] | None:
        return _pattern(_parts(self.typed))

    @cached_property
    def _words(self) -> tuple[re.Pattern[str], ...]:
        """The patterns of the words; a number belongs to the word before it."""
        groups: list[list[str]] = []
        for word in self.typed.split():
            parts = list(_parts(word))
            if parts and groups and all(part.isdigit() for part in parts):
                groups[-1] += parts
            elif parts:
                groups.append(parts)
        return tuple(found for group in groups if (found := _pattern(group)) is not None)

    @property
    def is_empty(self) -> bool:
        """Whether it finds everything."""
        return self._whole is None

    def finds(self, *texts: str) -> bool:
        """Return whether it finds something that has these texts, such as a code and a name."""
        if self._whole is None:
            return True
        words = [_words_of(text) for text in texts]
        if any(self._whole.search(one) for one in words):
            return True
        return all(any(pattern.search(one) for one in words) for pattern in self._words)

    def is_exactly(self, text: str) -> bool:
        """Return whether the text is what was typed, apart from separators and the zeros before numbers."""
        return _bare(self.typed) == _bare(text)


@lru_cache(maxsize=_MOST_REMEMBERED)
def _words_of(text: str) -> str:
    """Return the words and numbers of a text, each after a blank."""
    return "".join(f" {part}" for part in _parts(text))


def _parts(text: str) -> Sequence[str]:
    """Return the runs of letters and of digits, without accents; each ideograph is a run of its own."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", folded(text)) if not unicodedata.combining(one))
    spaced = "".join(f" {one} " if ord(one) >= _IDEOGRAPHS else one for one in bare)
    return _PARTS.findall(spaced)


def _bare(text: str) -> list[str]:
    return [part.lstrip("0") or "0" if part.isdigit() else part for part in _parts(text)]


def _pattern(parts: Sequence[str]) -> re.Pattern[str] | None:
    """Return the pattern of runs that follow one another, the last of them perhaps not typed to its end."""
    if not parts:
        return None
    is_code = any(part.isdigit() for part in parts)
    last = len(parts) - 1
    runs = (_number(part, i == last) if part.isdigit() else _letters(part, is_code) for i, part in enumerate(parts))
    return re.compile(" " + " ?".join(runs))


def _number(part: str, is_last: bool) -> str:
    number = part.lstrip("0") or "0"
    if not is_last:
        return rf"0*{number}(?!\d)"
    # With zeros before it a number is complete, or the beginning of one that has the same zeros.
    return rf"(?:0*{number}(?!\d)|{part})" if part.startswith("0") else f"0*{number}"


def _letters(part: str, is_code: bool) -> str:
    return (" ?" if is_code else "").join(map(re.escape, part))
