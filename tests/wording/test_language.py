import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from gettext import NullTranslations

import pytest

from app.wording import dates, language


class Backwards(NullTranslations):
    """A language that every text is written backwards in."""

    def gettext(self, message: str) -> str:
        return message[::-1]

    def pgettext(self, context: str, message: str) -> str:
        return message[::-1]


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    language.use_language("en")


def test_english_is_the_source() -> None:
    assert language.gettext("a text") == "a text"
    assert language.ngettext("one", "many", 1) == "one"
    assert language.counted("{n} day", "{n} days", 3) == "3 days"


def test_a_language_without_a_catalogue_is_english() -> None:
    language.use_language("xx")
    assert language.gettext("a text") == "a text"


def test_the_language_may_change_after_import(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_current", Backwards())
    assert dates.day(date(2027, 2, 8)) == "noM 8 beF 2027"


def test_english_needs_no_babel() -> None:
    found = subprocess.run(
        [sys.executable, "-c", "import sys, app.wording.names, app.wording.dates; print('babel' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == "False"
