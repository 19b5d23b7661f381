"""The strands of a calendar, which are the same at any zoom: one for each epoch, with the visits to draw."""

from dataclasses import dataclass
from datetime import date

from app.domain.calendar.entries import OPEN, Calendar, Entry, Status, natural
from app.domain.dates import Window
from app.domain.protocol.version import ProtocolVersion
from app.ui.style.status_marks import TONES, Mark, mark_of
from app.ui.timeline import text

_NO_BAR = frozenset({Status.CANCELLED, Status.OMITTED})


@dataclass(frozen=True, slots=True)
class ShownVisit:
    """A visit on the axis. `day`: the day of its mark; `window`: its bar, which is the window it was judged by if any.

    `tone`: the token of its lines; `ringed`: booked, while its mark shows another status; `bracketed`: its window is
    drawn by the end caps alone, since nothing is to happen in it; `off`: how far outside the window it was performed;
    `labels`: the forms of its label, the longest first.
    """

    entry: Entry
    day: date
    window: Window | None
    mark: Mark
    tone: str
    dashed: bool
    ringed: bool
    bracketed: bool
    off: str
    labels: tuple[str, ...]

    @property
    def label(self) -> str:
        """The longest form of the label."""
        return self.labels[0]

    @property
    def key(self) -> str:
        """The visit's key."""
        return self.entry.key


@dataclass(frozen=True, slots=True)
class Strand:
    """The visits of one epoch in time order, and those without a date."""

    name: str
    shown: tuple[ShownVisit, ...]
    undated: tuple[Entry, ...]


def strands_of(protocol: ProtocolVersion, calendar: Calendar) -> tuple[Strand, ...]:
    """Return a strand for each epoch that has visits, in the protocol's order; epochs unknown to it come last."""
    names = {epoch.id: epoch.name for epoch in protocol.epochs}
    found: dict[str, list[Entry]] = {epoch: [] for epoch in names}
    for entry in calendar.entries:
        found.setdefault(entry.visit.epoch, []).append(entry)
    return tuple(_strand(names.get(epoch, epoch), entries) for epoch, entries in found.items() if entries)


def _strand(name: str, entries: list[Entry]) -> Strand:
    days = [(day_of(entry), entry) for entry in entries]
    shown = [_shown(entry, day) for day, entry in days if day is not None]
    shown.sort(key=lambda one: (one.day, one.entry.place, natural(one.key)))
    return Strand(text.one_line(name), tuple(shown), tuple(entry for day, entry in days if day is None))


def day_of(entry: Entry) -> date | None:
    """Return the day of a visit's mark; None when the visit is not on the axis."""
    return entry.assumed or entry.target or entry.earliest


def _shown(entry: Entry, day: date) -> ShownVisit:
    mark = mark_of(entry)
    return ShownVisit(
        entry=entry,
        day=day,
        window=entry.judged or entry.window,
        mark=mark,
        tone=TONES[mark],
        dashed=entry.basis == "forecast" and entry.status in OPEN,
        ringed=text.counts_as_booked(entry) and mark is not Mark.BOOKED,
        bracketed=entry.status in _NO_BAR,
        off=text.days_off(entry),
        labels=text.mark_labels(entry),
    )


def draggable(entry: Entry) -> bool:
    """Tell whether another day can be tried for the visit."""
    return entry.status in OPEN and entry.is_dated


def keys_in_time_order(strands: tuple[Strand, ...]) -> tuple[str, ...]:
    """Return the keys of all visits in time order, those without a date last: the way of the arrow keys."""
    dated = [
        (one.day, number, one.entry.place, natural(one.key), one.key)
        for number, s in enumerate(strands)
        for one in s.shown
    ]
    return (*(key for *_order, key in sorted(dated)), *(entry.key for s in strands for entry in s.undated))


def drawn_days(strands: tuple[Strand, ...]) -> list[date]:
    """Return all days of marks, windows and targets."""
    days: list[date] = []
    for strand in strands:
        for one in strand.shown:
            days += [one.day, *((one.window.earliest, one.window.latest) if one.window else ())]
            days += [one.entry.target] if one.entry.target else []
    return days
