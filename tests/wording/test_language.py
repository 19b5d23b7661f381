import subprocess
import sys
from datetime import date
from gettext import NullTranslations
from threading import Thread

from app.wording import dates, language


class Backwards(NullTranslations):
    """A language that every text is written backwards in."""

    def gettext(self, message: str) -> str:
        return message[::-1]

    def pgettext(self, context: str, message: str) -> str:
        return message[::-1]


def test_english_is_the_source() -> None:
    assert language.gettext("a text") == "a text"
    assert language.ngettext("one", "many", 1) == "one"
    assert language.counted("{n} day", "{n} days", 3) == "3 days"


def test_wording_is_looked_up_in_another_catalogue_within_a_block_alone() -> None:
    """The names of months and weekdays too, although they were imported before."""
    english = language.catalogue()
    with language.spoken(Backwards()):
        assert dates.day(date(2027, 2, 8)) == "noM 8 beF 2027"
        assert language.catalogue() is not english
    assert dates.day(date(2027, 2, 8)) == "Mon 8 Feb 2027"
    assert language.catalogue() is english


def test_another_thread_goes_on_in_english() -> None:
    said: list[str] = []
    with language.spoken(Backwards()):
        other = Thread(target=lambda: said.append(language.gettext("a text")))
        other.start()
        other.join()
    assert said == ["a text"]


def test_english_needs_no_babel() -> None:
    found = subprocess.run(
        [sys.executable, "-c", "import sys, app.wording.names, app.wording.dates; print('babel' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == "False"
