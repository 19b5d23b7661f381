"""The study itself as its facts describe it: protocol versions, sites, closed days, holidays, site values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.domain.dates import ClosedDays, HolidayYear
from app.domain.facts.kind import Json
from app.domain.facts.records import Recorded

WEEKEND = frozenset({5, 6})


@dataclass(frozen=True, slots=True)
class ProtocolRow:
    """A protocol version as it was added to the study. `main`: its main file; `files`: all texts by file name."""

    id: str
    version: str
    title: str
    hash: str
    main: str
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class UnitContact:
    """Whom participants call by day and by night, and what they do in a fever, in the words of the unit.

    `calendar_language`: that of their calendars; empty for English.
    """

    day_phone: str = ""
    night_phone: str = ""
    fever_rule: str = ""
    calendar_language: str = ""


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A site as it was described. `closed_weekdays`: Monday is 0; None where the site has the usual weekend.

    `paper`: the size of its paper; empty for A4.
    """

    name: str
    country: str
    time_zone: str
    closed_weekdays: frozenset[int] | None
    contact: UnitContact = UnitContact()
    paper: str = ""


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day that was closed or opened. `site`: the name of the only site that it concerns; empty for all sites."""

    on: date
    is_open: bool
    reason: str
    site: str
    seq: int


@dataclass(frozen=True, slots=True)
class ConsentForm:
    """A version of the consent form. `on`: the day from which it applies; `concerns`: who is to consent to it."""

    protocol: str
    version: str
    on: date
    concerns: str


@dataclass(frozen=True)
class StudyRecord:
    """The facts about the study that count; a later fact replaces an earlier one about the same thing."""

    name: str = ""
    protocols: Mapping[str, ProtocolRow] = field(default_factory=dict)
    sites: Mapping[str, SiteRow] = field(default_factory=dict)
    days: tuple[DayRow, ...] = ()
    holidays: Mapping[tuple[str, int], HolidayYear] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, Recorded]] = field(default_factory=dict)
    confirmed: Mapping[tuple[str, str], Recorded] = field(default_factory=dict)
    forms: tuple[ConsentForm, ...] = ()
    last_confirmed: Mapping[tuple[str, str], Recorded] = field(default_factory=dict)
    """The last confirmation of each value and question, also where another value was set since."""

    @classmethod
    def of(cls, records: Sequence[Recorded]) -> "StudyRecord":
        """Return the study of the facts that count."""
        named = [one for one in records if one.kind == "study_made"]
        protocols = {one.text("hash"): _protocol(one) for one in records if one.kind == "protocol_taken"}
        sites = {one.text("name"): _site(one) for one in records if one.kind == "site_set"}
        days: dict[tuple[date, str], DayRow] = {}
        values: dict[str, dict[str, Recorded]] = {}
        confirmed: dict[tuple[str, str], Recorded] = {}
        last_confirmed: dict[tuple[str, str], Recorded] = {}
        holidays: dict[tuple[str, int], HolidayYear] = {}
        for one in records:
            if one.kind in ("day_closed", "day_opened"):
                row = _day(one)
                days.pop((row.on, row.site), None)
                days[row.on, row.site] = row
            elif one.kind == "value_set":
                values.setdefault(one.text("protocol"), {})[one.text("key")] = one
                confirmed.pop((one.text("protocol"), one.text("key")), None)
            elif one.kind == "value_confirmed":
                last_confirmed[one.text("protocol"), one.text("key")] = one
                confirmed[one.text("protocol"), one.text("key")] = one
            elif one.kind == "holidays_taken":
                year = holiday_year(one)
                holidays[year.country, year.year] = year
        name = named[-1].text("name") if named else ""
        forms = {(one.protocol, one.version): one for one in map(_form, records) if one is not None}
        every = tuple(days.values()), holidays, values, confirmed, tuple(forms.values()), last_confirmed
        return cls(name, protocols, sites, *every)

    def consent_forms(self, protocol: str) -> tuple[ConsentForm, ...]:
        """Return the versions of the consent form of a protocol that were recorded."""
        return tuple(one for one in self.forms if one.protocol == protocol)

    def latest(self, protocol: str) -> ProtocolRow | None:
        """Return the version of that protocol that was added last; None where there is none."""
        return next((one for one in reversed(list(self.protocols.values())) if one.id == protocol), None)

    def site_of(self, centre: str, country: str) -> SiteRow | None:
        """Return the site of that name, else the first one of the country; None where there is none."""
        if centre in self.sites:
            return self.sites[centre]
        return next((one for one in self.sites.values() if one.country == country), None)

    def site_values(self, protocol: str) -> dict[str, Json]:
        """Return the site's own values for a protocol by their keys, in the order in which they were set."""
        return {key: one.fields.get("value") for key, one in self.values.get(protocol, {}).items()}

    def closed_days(self, site: SiteRow | None, years: Mapping[int, HolidayYear]) -> ClosedDays:
        """Return the closed days of a site in a country with these holidays by year."""
        name = site.name if site is not None else ""
        weekdays = site.closed_weekdays if site is not None and site.closed_weekdays is not None else WEEKEND
        mine: dict[date, DayRow] = {}
        for row in sorted(self.days, key=lambda one: one.seq):
            if row.site in ("", name):
                mine[row.on] = row
        closed = {row.on: row.reason for row in mine.values() if not row.is_open}
        opened = frozenset(row.on for row in mine.values() if row.is_open)
        return ClosedDays(weekdays, years, closed, opened)


def _form(one: Recorded) -> ConsentForm | None:
    on = one.day("on")
    if one.kind != "consent_form" or on is None:
        return None
    return ConsentForm(one.text("protocol"), one.text("version"), on, one.text("concerns"))


def _protocol(one: Recorded) -> ProtocolRow:
    files = one.fields.get("files")
    texts: dict[str, str] = {}
    for file in files if isinstance(files, list) else ():
        if isinstance(file, list):
            texts[str(file[0])] = str(file[1])
    return ProtocolRow(
        one.text("protocol"), one.text("version"), one.text("title"), one.text("hash"), one.text("main"), texts
    )


def _site(one: Recorded) -> SiteRow:
    weekdays = one.fields.get("closed_weekdays")
    closed = frozenset(day for day in weekdays if isinstance(day, int)) if isinstance(weekdays, list) else None
    contact = UnitContact(
        one.text("day_phone"), one.text("night_phone"), one.text("fever_rule"), one.text("calendar_language")
    )
    return SiteRow(one.text("name"), one.text("country"), one.text("time_zone"), closed, contact, one.text("paper"))


def _day(one: Recorded) -> DayRow:
    on = one.day("on") or date.min
    return DayRow(on, one.kind == "day_opened", one.text("reason"), one.text("site"), one.seq)


def holiday_year(one: Recorded) -> HolidayYear:
    """Return the holidays of a year from the fact that added them."""
    closed, working = one.fields.get("closed"), one.fields.get("working")
    return HolidayYear(
        one.text("country"),
        int(one.text("year")),
        {date.fromisoformat(day): str(name) for day, name in closed.items()} if isinstance(closed, dict) else {},
        frozenset(date.fromisoformat(str(day)) for day in working) if isinstance(working, list) else frozenset(),
        one.fields.get("official") is True,
        one.text("source"),
    )


def holiday_fields(year: HolidayYear) -> dict[str, Json]:
    """Return the holidays of a year as the fields of the fact that adds them."""
    return {
        "country": year.country,
        "year": year.year,
        "closed": {day.isoformat(): name for day, name in sorted(year.closed.items())},
        "working": [day.isoformat() for day in sorted(year.working)],
        "official": year.official,
        "source": year.source,
    }
