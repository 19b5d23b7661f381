"""The user's language: texts are written in English, other languages come from ``resources/translations``.

Look a text up when it is needed, never at import: the language may be chosen later.
"""

import gettext as catalogues
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from app.paths import resources

DOMAIN = "studyday"
SOURCE_LANGUAGE = "en"

_current = catalogues.NullTranslations()
_spoken: ContextVar[catalogues.NullTranslations | None] = ContextVar("spoken", default=None)


def use_language(code: str) -> None:
    """Choose the language of all wording from now on; a language without a catalogue gets English."""
    global _current
    if code == SOURCE_LANGUAGE:
        _current = catalogues.NullTranslations()
    else:
        folder = resources() / "translations"
        _current = catalogues.translation(DOMAIN, folder, [code], fallback=True)


@contextmanager
def spoken(other: catalogues.NullTranslations) -> Iterator[None]:
    """Look wording up in another catalogue in this block, as for a paper in its reader's language.

    Other threads are not concerned.
    """
    before = _spoken.set(other)
    try:
        yield
    finally:
        _spoken.reset(before)


def catalogue() -> object:
    """Return what the wording is looked up in: another object as soon as another language is chosen."""
    return _spoken.get() or _current


def gettext(text: str) -> str:
    """Return the text in the user's language."""
    return (_spoken.get() or _current).gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """Return the singular or plural form for this count."""
    return (_spoken.get() or _current).ngettext(one, many, count)


def pgettext(context: str, text: str) -> str:
    """Return the text in the user's language; `context` distinguishes equal English texts of different meaning."""
    return (_spoken.get() or _current).pgettext(context, text)


def counted(one: str, many: str, count: int) -> str:
    """Return the form for this count, with the count in the place of ``{n}``."""
    return numbered(ngettext(one, many, count), count)


def numbered(text: str, number: int) -> str:
    """Return the text with the number in the place of ``{n}``."""
    return text.replace("{n}", str(number))


def marked(text: str) -> str:
    """Return the text itself, marked for translators; look it up with `gettext` when it is shown."""
    return text


def sentence_case(text: str) -> str:
    """Return the text with its first letter as at the beginning of a sentence."""
    return text[:1].upper() + text[1:]
