"""The reader's language: English is the source, other languages come from ``resources/translations``.

Look every text up when it is needed, never at import: the language may be chosen later.
"""

import gettext as catalogues

from app.paths import resources

DOMAIN = "studyday"
SOURCE_LANGUAGE = "en"

_current = catalogues.NullTranslations()


def use_language(code: str) -> None:
    """Choose the language of all wording from now on; one without a catalogue is worded in English."""
    global _current
    if code == SOURCE_LANGUAGE:
        _current = catalogues.NullTranslations()
    else:
        folder = resources() / "translations"
        _current = catalogues.translation(DOMAIN, folder, [code], fallback=True)


def gettext(text: str) -> str:
    """The text in the reader's language."""
    return _current.gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """The form of the text that goes with this count."""
    return _current.ngettext(one, many, count)


def pgettext(context: str, text: str) -> str:
    """The text in the reader's language, where the same English text means different things."""
    return _current.pgettext(context, text)


def counted(one: str, many: str, count: int) -> str:
    """The form that goes with this count, with the count in the place of ``{n}``."""
    return numbered(ngettext(one, many, count), count)


def numbered(text: str, number: int) -> str:
    """The text with the number in the place of ``{n}``."""
    return text.replace("{n}", str(number))


def marked(text: str) -> str:
    """The text itself, marked for translators; look it up with `gettext` when it is shown."""
    return text
