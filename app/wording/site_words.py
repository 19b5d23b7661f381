"""The holidays of a country in words, and where they come from."""

from datetime import date

from app.domain.dates import HolidayYear
from app.wording.dates import day
from app.wording.language import gettext as _


def holiday_rows(found: HolidayYear) -> list[tuple[date, str]]:
    """Return each holiday with its name, and each weekend day on which the country works, by day."""
    return sorted([*found.closed.items(), *((on, _("a working day")) for on in found.working)])


def source_text(found: HolidayYear, recorded: bool, differs: bool) -> str:
    """Return where the holidays of a year come from: ``source: holidays 0.84, recorded in the study``."""
    kept = _("recorded in the study") if recorded else _("as the program knows them")
    said = [_("source: {source}, {kept}").format(source=found.source, kept=kept)]
    if not found.official:
        said.append(_("expected, no official list yet"))
    if differs:
        said.append(_("the program knows others now"))
    return "; ".join(said)


def holiday_lines(country: str, found: HolidayYear, recorded: bool, differs: bool) -> list[str]:
    """Return the holidays of a year as lines under the country and the source."""
    head = f"{country} {found.year}; {source_text(found, recorded, differs)}"
    return [head, *(f"  {day(on):<16} {name}" for on, name in holiday_rows(found))]
