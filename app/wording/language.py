"""The language of all wording: texts are written in English, and a paper may be said in its reader's language.

Look a text up when it is needed, never at import: what is looked up in may be another catalogue by then.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from gettext import NullTranslations

SOURCE_LANGUAGE = "en"

_spoken: ContextVar[NullTranslations] = ContextVar("spoken", default=NullTranslations())  # noqa: B039 - it is not changed


@contextmanager
def spoken(other: NullTranslations) -> Iterator[None]:
    """Look wording up in another catalogue in this block, as for a paper in its reader's language.

    Other threads are not concerned.
    """
    before = _spoken.set(other)
    try:
        yield
    finally:
        _spoken.reset(before)


def catalogue() -> object:
    """Return what the wording is looked up in: another object in another language."""
    return _spoken.get()


def gettext(text: str) -> str:
    """Return the text in the language of the moment."""
    return _spoken.get().gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """Return the singular or plural form for this count."""
    return _spoken.get().ngettext(one, many, count)


def pgettext(context: str, text: str) -> str:
    """Return the text in the language of the moment; `context` tells equal English texts apart."""
    return _spoken.get().pgettext(context, text)


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
