"""The languages of participants' papers: a catalogue of their texts for each, of the program and the shipped protocols.

What a catalogue lacks stays as it is, as the words of a site's own protocol file, which are in the site's language.
"""

import gettext as catalogues
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache

from app.domain.facts.study_kinds import LANGUAGES
from app.paths import resources
from app.wording.language import SOURCE_LANGUAGE, spoken


class Phrases(catalogues.NullTranslations):
    """A catalogue of texts, and of those whose meaning a context distinguishes."""

    def __init__(self, texts: Mapping[str, str], contexts: Mapping[str, Mapping[str, str]]) -> None:
        """`texts`: by the English text; `contexts`: the same by context."""
        super().__init__()
        self.texts, self.contexts = texts, contexts

    def gettext(self, message: str) -> str:
        """Return the text in the catalogue's language; the text itself where it is not there."""
        return self.texts.get(message, message)

    def pgettext(self, context: str, message: str) -> str:
        """Return the text of that meaning, as `gettext` does."""
        return self.contexts.get(context, {}).get(message, message)


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Say all that is worded in the block in that language, for the thread that runs it; empty: as everything else."""
    if code in ("", SOURCE_LANGUAGE) or code not in LANGUAGES:
        yield
    else:
        with spoken(phrases(code)):
            yield


@lru_cache(maxsize=len(LANGUAGES))
def phrases(code: str) -> Phrases:
    """Return the catalogue of a language that is not English."""
    found = json.loads((resources() / "translations" / f"{code}.json").read_text("utf-8"))
    return Phrases(found["texts"], found["contexts"])
