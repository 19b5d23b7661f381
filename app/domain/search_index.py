"""Everything of a study that a search finds: participants by code, visits by name and activities, events by words.

The index is built once after a change. A keystroke is `SearchIndex.found`, which reads no file and asks no clock. Many
participants have visits of the same name, so each name is searched once, and then the visits of that name are chosen.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest
from itertools import islice

from app.domain.folding import near_forms
from app.domain.search import Search, Texts, Word

MOST_NEAR = 64
"""Up to so many participants are searched one by one; of more, the visits of each name are read in order of time."""

_LONGEST_CODE = 64
"""Characters of what is typed that are tried as a code with a slip."""


@dataclass(frozen=True, slots=True)
class Title:
    """A name that visits have. `also`: further texts by which they are found, such as their activities."""

    name: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexedVisit:
    """One visit of one participant.

    `on`: its day, None without one; `settled`: how it was settled, by the value of the status, empty while it is open.
    """

    participant: str
    key: str
    title: Title
    on: date | None
    settled: str


@dataclass(frozen=True, slots=True)
class IndexedEvent:
    """One fact that a person may look for. `number`: of the fact; `visit`: the key of its visit, empty without one."""

    participant: str
    number: int
    visit: str
    text: str
    on: date | None


@dataclass(frozen=True, slots=True)
class Indexed:
    """All that is found of one participant. `note`: what is said next to the code."""

    code: str
    note: str = ""
    visits: tuple[IndexedVisit, ...] = ()
    events: tuple[IndexedEvent, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexedSetting:
    """One value or open question of a protocol, by its key. `text`: what it is, in words; `now`: its value."""

    protocol: str
    key: str
    text: str
    now: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a search finds, the likeliest first in each group; with `more` where there is more of it."""

    participants: tuple[Indexed, ...] = ()
    visits: tuple[IndexedVisit, ...] = ()
    events: tuple[IndexedEvent, ...] = ()
    settings: tuple[IndexedSetting, ...] = ()
    more_participants: bool = False
    more_visits: bool = False
    more_events: bool = False
    more_settings: bool = False


class SearchIndex:
    """The index of some participants, in the order in which their codes are shown, and of the study's settings."""

    def __init__(self, people: Iterable[Indexed], settings: Iterable[IndexedSetting] = ()) -> None:
        self._people = tuple(people)
        self._codes = Texts((one.code,) for one in self._people)
        self._number = {one.code: number for number, one in enumerate(self._people)}
        self._near: dict[tuple[str, str], list[int]] = {}
        for number, one in enumerate(self._people):
            for form in near_forms(one.code):
                self._near.setdefault(form, []).append(number)
        by_title: dict[Title, tuple[list[IndexedVisit], list[IndexedVisit], list[IndexedVisit]]] = {}
        for person in self._people:
            for visit in person.visits:
                groups = by_title.setdefault(visit.title, ([], [], []))
                groups[2 if visit.on is None else 1 if visit.settled else 0].append(visit)
        self._title_number = {title: number for number, title in enumerate(by_title)}
        self._titles = Texts((title.name, *title.also) for title in by_title)
        self._visits = [(_by_day(still), _by_day(settled), undated) for still, settled, undated in by_title.values()]
        events = [event for one in self._people for event in one.events]
        self._events = sorted(events, key=lambda one: (one.on or date.min, one.number), reverse=True)
        self._settings = tuple(settings)
        self._setting_texts = Texts((one.key, one.text) for one in self._settings)
        self._event_texts = Texts((one.text,) for one in self._events)

    def found(self, typed: str, today: date, most: int | None = None) -> Found:
        """Return what a text finds, at most so many of each group; nothing for a text without letters and digits.

        Visits with the words complete come first; of these open ones before settled ones and those without a day last,
        by their distance from today. Events come latest first. A code alone finds its participant, and neither visits
        nor events.
        """
        search = Search(typed)
        if search.is_empty:
            return Found()
        wanted = None if most is None else most + 1
        codes = self._codes_of(search, wanted)
        of_words = _OfWords(search, self._codes_with)
        visits = self._visits_of(search, of_words, today, wanted)
        events = self._events_of(search, of_words, wanted)
        settings = self._setting_texts.found(search, wanted)
        groups = (codes, visits, events, settings)
        more = (most is not None and len(group) > most for group in groups)
        return Found(
            tuple(self._people[number] for number in codes[:most]),
            tuple(visits[:most]),
            tuple(events[:most]),
            tuple(self._settings[number] for number in settings[:most]),
            *more,
        )

    # Participants

    def _codes_of(self, search: Search, most: int | None) -> list[int]:
        near = self._near_to(search.typed)
        exact = [number for number in near if search.is_exactly(self._people[number].code)]
        found = [*exact, *self._codes.found(search, most)] or near
        return list(dict.fromkeys(found))[:most]

    def _near_to(self, typed: str) -> list[int]:
        # A small o is typed for a zero as well as a capital one.
        forms = near_forms(typed[:_LONGEST_CODE]) | near_forms(typed[:_LONGEST_CODE].upper())
        return sorted({number for form in forms for number in self._near.get(form, ())})

    def _codes_with(self, word: Word) -> set[int]:
        return self._codes.all_with(word.pattern) or set(self._near_to(word.text))

    # Visits

    def _visits_of(self, search: Search, of_words: "_OfWords", today: date, most: int | None) -> list[IndexedVisit]:
        nearest = [
            visit
            for people, titles in self._titles_of(search).items()
            for visit in self._nearest(of_words.people(people) if people else None, titles, today, most)
        ]

        partly = self._partly(search)

        def order(visit: IndexedVisit) -> tuple[bool, int, int, int]:
            away = abs((visit.on - today).days) if visit.on is not None else 0
            state = 2 if visit.on is None else 1 if visit.settled else 0
            return (self._title_number[visit.title] in partly, state, away, self._number[visit.participant])

        return sorted(nearest, key=order) if most is None else nsmallest(most, nearest, key=order)

    def _titles_of(self, search: Search) -> dict[frozenset[int], set[int]]:
        """Return the names that fit, by the words that the code of the participant must have instead."""
        of_word = [self._titles.all_with(word.pattern) for word in search.words]
        found: dict[frozenset[int], set[int]] = {}
        if search.whole is not None and (entire := self._titles.all_with(search.whole)):
            found[frozenset()] = entire
        for title in set().union(*of_word):
            lacking = frozenset(number for number, titles in enumerate(of_word) if title not in titles)
            found.setdefault(lacking, set()).add(title)
        return found

    def _partly(self, search: Search) -> set[int]:
        """Return the names in which a word that they have is nowhere complete, such as ``CT`` in ``CTCAE``."""
        found: set[int] = set()
        for word in search.words:
            found |= self._titles.all_with(word.pattern) - self._titles.all_with(word.entire)
        return found

    def _nearest(
        self, people: set[int] | None, titles: set[int], today: date, most: int | None
    ) -> Iterator[IndexedVisit]:
        """Yield those visits of these names and people that may be among the nearest; None: of everybody."""
        if people is not None and len(people) <= MOST_NEAR:
            for number in people:
                for visit in self._people[number].visits:
                    if self._title_number[visit.title] in titles:
                        yield visit
            return
        for title in titles:
            for group in self._visits[title]:
                yield from self._around(group, people, today, most)

    def _around(
        self, visits: list[IndexedVisit], people: set[int] | None, today: date, most: int | None
    ) -> Iterator[IndexedVisit]:
        """Yield so many of these on either side of today; they are in the order of their days."""
        at = bisect_left(visits, today, key=lambda one: one.on or date.max)
        for side in (range(at, len(visits)), range(at - 1, -1, -1)):
            fitting = (
                visits[place] for place in side if people is None or self._number[visits[place].participant] in people
            )
            yield from islice(fitting, most)

    # Events

    def _events_of(self, search: Search, of_words: "_OfWords", most: int | None) -> list[IndexedEvent]:
        """Return the events that have at least one of the words; the code of the participant may have the others."""
        has = [self._event_texts.have(word.pattern) for word in search.words]
        if not all(there or of_words.people(frozenset((number,))) for number, there in enumerate(has)):
            return []
        found: set[int] = set()
        for lead, word in enumerate(search.words):
            if has[lead]:
                fits = self._fits(search.words, lead, of_words)
                some = (number for number in self._event_texts.each_with(word.pattern) if fits(number))
                found.update(islice(some, most))
        return [self._events[number] for number in sorted(found)[:most]]

    def _fits(self, words: Sequence[Word], lead: int, of_words: "_OfWords") -> Callable[[int], bool]:
        others = [(number, word.pattern) for number, word in enumerate(words) if number != lead]

        def fits(event: int) -> bool:
            line, code = self._event_texts.lines[event], self._number[self._events[event].participant]
            return all(
                pattern.search(line) is not None or code in of_words.people(frozenset((number,)))
                for number, pattern in others
            )

        return fits


class _OfWords:
    """The participants whose codes have the words of a search; looked up where a name lacks them."""

    def __init__(self, search: Search, codes_with: Callable[[Word], set[int]]) -> None:
        self._search, self._codes_with = search, codes_with
        self._known: dict[int, set[int]] = {}

    def people(self, words: frozenset[int]) -> set[int]:
        """Return those whose codes have all of these words, by their numbers."""
        found = [self._of(number) for number in words]
        return found[0].intersection(*found[1:]) if found else set()

    def _of(self, number: int) -> set[int]:
        if number not in self._known:
            self._known[number] = self._codes_with(self._search.words[number])
        return self._known[number]


def _by_day(visits: list[IndexedVisit]) -> list[IndexedVisit]:
    return sorted(visits, key=lambda one: one.on or date.max)
