"""One folding of identifiers, by which they are compared, refused and found, however they were typed.

It folds compatibility forms (full-width letters, ligatures), letter case, letters of other scripts that look like
Latin ones, digits of other scripts, and dashes, underscores and blanks of all kinds; hidden signs have no part in it.
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
"""Control and format signs (marks of direction, joiners, the soft hyphen), half characters, private signs, breaks."""
# Letters and marks that show nothing although their category is that of letters and marks.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
_SELECTORS = ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF))
_SEPARATORS = frozenset({"Pd", "Pc", "Zs"})
# Signs that look like a dash or an underscore, of categories of which others do not.
_DASHES = frozenset("\u2212\u02d7\u00af\u2043\u2500\u23af\u02cd\u2796")
# Each Latin letter with the letters of other scripts that look like it.
_LOOK_ALIKES = {
    "A": "\u0391\u0410\u13aa\ua4ee", "B": "\u0392\u0412\u13f4\ua4d0", "C": "\u0421\u13df\ua4da\u2ca4",
    "D": "\u13a0\ua4d3", "E": "\u0395\u0415\u13ac\ua4f0", "F": "\u03dc\ua4dd", "G": "\u050c\u13c0\ua4d6",
    "H": "\u0397\u041d\u13bb\ua4e7\u2c8e", "I": "\u0399\u0406\u04c0\u13c6\ua4f2\u2c92", "J": "\u0408\u037f\u13ab\ua4d9",
    "K": "\u039a\u041a\u13e6\ua4d7\u2c94", "L": "\u13de\ua4e1\u2cd0", "M": "\u039c\u041c\u13b7\ua4df\u2c98",
    "N": "\u039d\ua4e0\u2c9a", "O": "\u039f\u041e\u0555\ua4f3\u2c9e", "P": "\u03a1\u0420\u13e2\ua4d1\u2ca2",
    "Q": "\u051a",    "R": "\u13a1\u13d2\ua4e3", "S": "\u0405\u054f\u13d5\ua4e2", "T": "\u03a4\u0422\u13a2\ua4d4\u2ca6",
    "U": "\u054d\ua4f4", "V": "\u0474\u13d9\ua4e6", "W": "\u051c\u13b3\ua4ea", "X": "\u03a7\u0425\ua4eb\u2cac",
    "Y": "\u03a5\u0423\u04ae\ua4ec\u2ca8", "Z": "\u0396\u13c3\ua4dc",
    "a": "\u03b1\u0430", "c": "\u0441\u2ca5\u1d04", "d": "\u0501", "e": "\u0435\u04bd\u03b5", "g": "\u0261\u0581",
    "h": "\u04bb\u0570\u043d\u03b7", "i": "\u03b9\u0456\u0131\u04cf", "j": "\u03f3\u0458", "k": "\u03ba\u043a",
    "l": "\u2d4f",
    "n": "\u0578", "o": "\u03bf\u043e\u0585\u1d0f\u2c9f", "p": "\u03c1\u0440\u2ca3", "q": "\u051b\u0566",
    "s": "\u0455\ua731", "u": "\u03c5\u057d\u1d1c", "v": "\u03bd\u0475\u1d20", "w": "\u051d\u0561\u1d21",
    "x": "\u03c7\u0445", "y": "\u03b3\u0443\u04af", "z": "\u1d22\u03b6", "b": "\u042c\u044c\u0432\u03b2", "f": "\u0192",
    "m": "\u043c\u03bc", "t": "\u03c4\u0442",
}  # fmt: skip
_LATIN = {sign: latin for latin, signs in _LOOK_ALIKES.items() for sign in signs}
_READ_AS = str.maketrans("OolI", "0011")
"""Letters that are read as digits in many typefaces."""
_LONGEST_LINE = 200
"""Characters of a text that is said back in one line."""
_BEYOND = 0x10000
"""The first character that UTF-16, and so an escape of JSON, writes as two."""
_MOST_REMEMBERED = 20_000
"""Texts whose folding is remembered: the codes, visits and names of a large study."""
_LONGEST_COMPARED = 80
_LEAST_RATIO = 0.6
"""How many characters are compared with the known names, and how large a share of them must agree to be near."""


def is_hidden(sign: str) -> bool:
    """Return whether a character shows nothing of its own: a control or format sign, a filler, a selector."""
    if sign in _BLANK or unicodedata.category(sign) in HIDDEN_CATEGORIES:
        return True
    return any(first <= ord(sign) <= last for first, last in _SELECTORS)


def written_sign(sign: str) -> str:
    """Return a character written out by its number, as in JSON: ``\\u202e``; one beyond 16 bits as its two halves."""
    number = ord(sign)
    if number < _BEYOND:
        return f"\\u{number:04x}"
    number -= _BEYOND
    return f"\\u{0xD800 + (number >> 10):04x}\\u{0xDC00 + (number & 0x3FF):04x}"


def with_hidden_written(text: str) -> str:
    """Return a text in which every sign that shows nothing is written out by its number."""
    return "".join(written_sign(one) if is_hidden(one) else one for one in text)


def plain_line(text: str) -> str:
    """Return a name from outside as it is kept with a fact: what shows nothing is written out, at most 200 signs."""
    return "".join(one if one.isprintable() else written_sign(one) for one in text)[:_LONGEST_LINE]


def plain_sign(sign: str) -> str:
    """Return the plain signs that a character looks like, in its own letter case; itself where it looks like none."""
    if sign in _DASHES or unicodedata.category(sign) == "Pd":
        return "-"
    if unicodedata.category(sign) == "Zs":
        return " "
    if unicodedata.category(sign) == "Pc":
        return "_"
    digit = unicodedata.decimal(sign, None)
    if digit is not None:
        return str(digit)
    return "".join(_LATIN.get(one, one) for one in unicodedata.normalize("NFKC", sign))


@lru_cache(maxsize=_MOST_REMEMBERED)
def folded(text: str) -> str:
    """Return the form of an identifier by which it is compared with others; equal forms mean the same identifier."""
    composed = unicodedata.normalize("NFKC", "".join(one for one in text if not is_hidden(one)))
    plain = "".join(plain_sign(one) for one in composed)
    cased = unicodedata.normalize("NFKC", plain.casefold())
    latin = "".join(" " if _separates(one) else _LATIN.get(one, one) for one in cased)
    return "-".join(latin.casefold().split())


def _separates(sign: str) -> bool:
    return sign in _DASHES or sign.isspace() or unicodedata.category(sign) in _SEPARATORS


def same_identifier(one: str, other: str) -> bool:
    """Return whether two texts mean the same identifier."""
    return one == other or folded(one) == folded(other)


def looks_same(one: str, other: str) -> bool:
    """Return whether a reader could take one code for the other.

    Read are letters and digits: the letter O as 0, a small l and a capital I as 1, without accents that stand alone.
    What is between them counts as one separator, so ``LI/001.`` and ``LI-OO1`` are read as ``LI-001``, but ``1-11``
    and ``11-1`` differ.
    """
    return same_identifier(one, other) or _as_read(one) == _as_read(other) != ""


def nearly_same(one: str, other: str) -> bool:
    """Return whether two codes differ by separators, by zeros before a number, or by letters read as digits alone.

    ``LI001`` and ``LI-1`` are nearly ``LI-001``; they may still be meant as another code.
    """
    return same_identifier(one, other) or not near_forms(one).isdisjoint(near_forms(other))


def near_forms(code: str) -> frozenset[tuple[str, str]]:
    """Return the forms of a code, each after what it is; codes that share one are nearly the same."""
    bare, read = _bare(folded(code)), _as_read(code).replace("-", "")
    return frozenset(form for form in (("bare", bare), ("read", read)) if form[1])


def _as_read(text: str) -> str:
    composed = unicodedata.normalize("NFKC", "".join(one for one in text if not is_hidden(one)))
    plain = "".join(plain_sign(one) for one in composed).translate(_READ_AS)
    cased = "".join(one for one in plain.casefold() if unicodedata.category(one) != "Mn")
    return "-".join("".join(one if one.isalnum() else " " for one in cased).split())


def known_identifier(given: str, known: Iterable[str]) -> str:
    """Return the known identifier that was meant: the same text, else the only one of the same folding; else empty."""
    names = tuple(known)
    if given in names:
        return given
    wanted = folded(given)
    found = {one for one in names if folded(one) == wanted} if wanted else set()
    return found.pop() if len(found) == 1 else ""


def nearest_identifier(given: str, known: Iterable[str], ratio: float = _LEAST_RATIO) -> str:
    """Return the known identifier that was probably meant; empty where none is near. `ratio`: how much must agree."""
    by_form: dict[str, str] = {}
    for one in filter(None, known):
        by_form.setdefault(folded(one), one)
    wanted = folded(given)[:_LONGEST_COMPARED]
    if wanted in by_form:
        return by_form[wanted]
    bare = {_bare(form): form for form in reversed(by_form)}
    if _bare(wanted) and _bare(wanted) in bare:
        return by_form[bare[_bare(wanted)]]
    from difflib import get_close_matches  # it is needed for a refusal alone

    near = get_close_matches(wanted, by_form, n=1, cutoff=ratio)
    return by_form[near[0]] if near else ""


def _bare(form: str) -> str:
    """Return a folded form without separators and without zeros before a number: ``li1`` for ``li-001``."""
    found = ""
    for one in form:
        if one == "-":
            continue
        if found[-1:] == "0" and one.isdigit() and not found[-2:-1].isdigit():
            found = found[:-1]
        found += one
    return found
