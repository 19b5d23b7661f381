"""Stories of random lives into which wrong facts are thrown, and the laws that their calendars keep all the same."""

import json
import tempfile
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from app.domain.calendar.difference import ChangeKind, difference
from app.domain.calendar.entries import OPEN, Calendar, Entry, Status
from app.domain.dates import ClosedDays, Roll
from app.domain.facts import planner_facts as f
from app.domain.facts.kinds import KINDS
from app.domain.planning.edit_checks import accept
from app.domain.planning.name_checks import check_kept
from app.domain.planning.order_checks import check_possible
from app.domain.protocol.regimens import DOSES, DayKind
from app.domain.protocol.version import ProtocolVersion
from app.domain.refusal import Refused
from app.exchange.calendar_json import calendar_document
from app.exchange.scenario import judgement_document, read_scenario
from app.protocols.library import shipped_protocol
from app.protocols.loader import load
from app.services.queries.rehearsal import Rehearsal, rehearse_scenario
from app.services.study.site_calendar import site_of
from app.wording.refusals import refusal_text
from tests.domain.stories import Life
from tests.protocols.tiny import INVENTED, chemo, write

Document = dict[str, Any]
WHY = "a reason"
SHIPPED = ("scanpan", "nct06873178")
SMALL = ("invented", "chemo", "tiny")


@cache
def version_of(name: str) -> ProtocolVersion:
    """A shipped protocol, or a small one of the tests."""
    if name in SHIPPED:
        return shipped_protocol(name)
    if name == "invented":
        return load(INVENTED).protocol
    with tempfile.TemporaryDirectory() as folder:
        return load((chemo if name == "chemo" else write)(Path(folder))).protocol


# what goes wrong

BAD_DAYS: tuple[Any, ...] = (
    "0001-01-01", "1899-12-31", "1990-01-01", "2120-12-31", "9999-12-31", "2026-02-30", "2026-13-01", "29.02.2027",
    "31.04.", "", " ", "t", "+400", "-400", "+99999999", "thu", "next thu", "26-12-14", "2026-12-14T10:00",
    "2026-12-14 25:61", "2026-12-14 09:30", "\uff12\uff10\uff12\uff16-12-14", "2026-12-14\x00", "2026\u201312\u201314",
    "yesterday", "14", 5, -1, None, [], {}, True, ["2026-12-14"], "2" * 500,
)  # fmt: skip
BAD_TIMES: tuple[Any, ...] = (
    "24:00", "25:00", "9:60", "9:5", "0930", "9.30", "", "02:30", "noon", "-1:00", "09:30:15", "\uff19:30", "99999",
    930, None, [], False, "9:30 pm", "23:59",
)  # fmt: skip
BAD_KEYS: tuple[Any, ...] = (
    "{}#0", "{}#1", "{}#2", "{}/2", "{}/9", "{}@2", "{}@3", "{}.1", "{} ", " {}", "{}\u200b", "{}#99999999999999999999",
    "{}#\u0662", "U#0", "U#1", "U#2", "U#999", "U#1000", "u#1", "", "#", ".", "SP-C03#1.8", "CJ-R01#8", "SP-N01#6",
    "SP-P04", "SP-R03#1", "ILL#1", "WARD#1@2", "HEART#4", "X" * 3000, 7, None, [], {}, True,
)  # fmt: skip
BAD_WORDS: tuple[Any, ...] = (
    "", " ", "zzz", "\u041cFFX", "mffx", "response", "palliative", "no_surgery", "continue", "progression", "operate",
    "wait", "change", "stop", "weak", "staged", "cohort", "retrospective", "past", "preop_chemo", "adjuvant", "later",
    "all", "treatment", "none", "x" * 2500, "\x1b[2J", "\u202e", "\ud800", "{near}", "%s", 3, 10**400, None, True,
    False, [], {},
)  # fmt: skip
BAD_KINDS: tuple[Any, ...] = (
    "", "performd", "PERFORMED", "note", "enrolled", "undo", "visit", "died", "lost", "found_again", "withdrawn",
    "omitted", "missed", "decided", "chosen", "stopped", "regimen_changed", None, 3, [], True,
)  # fmt: skip
FAR = (0, 1, -1, 2, -3, 7, -10, 40, -40, 400, -400, 1000, -1000, 9000, -9000)
WRONGS = (
    "day", "day", "shift", "shift", "key", "key", "time", "word", "word", "kind", "drop", "extra", "twice", "again",
    "unchecked", "judged", "window", "null",
)  # fmt: skip
ACTS = (
    "done", "done", "done", "done", "done", "booked", "booked", "moved", "missed", "omitted", "decided", "decided",
    "chosen", "changed", "stopped", "withdrawn", "lost", "found", "died", "unscheduled",
)  # fmt: skip


@dataclass(frozen=True)
class Move:
    """What is told next: an act at the `pick`-th open visit, made wrong in the ways of `wrongs`."""

    act: str
    pick: int
    turn: int
    wrongs: tuple[str, ...]


MOVES = st.builds(
    Move,
    st.sampled_from(ACTS),
    st.sampled_from((0, 0, 0, 0, 1, 2, 5, 11, 30)),
    st.integers(0, 10_000),
    st.one_of(
        st.just(()),
        st.just(()),
        st.lists(st.sampled_from(WRONGS), min_size=1, max_size=3).map(tuple),
        st.sampled_from(("day", "key", "word", "kind", "judged")).map(lambda wrong: (wrong, "kept")),
    ),
)


def document(fact: f.Fact) -> Document:
    """A fact as a story tells it."""
    found: Document = {"kind": next(kind.id for kind in KINDS.values() if kind.planner_fact is type(fact))}
    for one in fields(fact):
        value = getattr(fact, one.name)
        if one.name not in f.JUDGEMENT and value not in (None, ""):
            found[one.name] = value.isoformat() if isinstance(value, date) else value
    return found


def right(move: Move, life: Life) -> Document:
    """The fact of a move before anything is made wrong in it; it may be impossible all the same."""
    entries = [entry for entry in life.calendar().entries if entry.status in OPEN and entry.assumed is not None]
    entries = entries or list(life.calendar().entries)
    entry = entries[move.pick % len(entries)]
    turn, protocol, today = move.turn, life.protocol, life.today
    day = (entry.assumed or today) + timedelta((0, 0, 0, 0, 1, 2, 9, -1)[turn % 8])
    doses = [one for one in entries if one.day_kind in DOSES] or [entry]
    deciding = [key for key in sorted(life.calendar().keys) if key.partition("#")[0] in protocol.decisions] or [
        entry.key
    ]
    at = deciding[turn % len(deciding)]
    decision = protocol.decisions.get(at.partition("#")[0])
    outcomes = sorted(decision.outcomes) if decision else ["response"]
    choices = sorted(protocol.choices.values(), key=lambda one: one.id)
    choice = choices[turn % len(choices)] if choices else None
    answers: Sequence[Any] = (choice.values or (True, False)) if choice else (True,)
    offered, courses = protocol.offered or ("none",), [one.id for one in protocol.courses] or ["none"]
    match move.act:
        case "booked":
            fact: f.Fact = f.Booked(entry.key, day + timedelta(turn % 5), "09:30" if turn % 2 else "")
        case "moved":
            fact = f.Moved(entry.key, day + timedelta(turn % 15), WHY)
        case "missed":
            fact = f.Missed(entry.key, day, WHY)
        case "omitted":
            dose = doses[move.pick % len(doses)]
            fact = f.Omitted(dose.key, dose.assumed or today, WHY)
        case "decided":
            fact = f.Decided(at, today, outcomes[turn // 7 % len(outcomes)])
        case "chosen":
            fact = f.Chosen(choice.id if choice else "none", answers[turn // 3 % len(answers)], today)
        case "changed":
            fact = f.RegimenChanged(today, offered[turn % len(offered)])
        case "stopped":
            fact = f.Stopped(courses[turn % len(courses)], today, WHY)
        case "withdrawn":
            medication: Any = (None, "none", today, today - timedelta(turn % 30))[turn % 4]
            fact = f.Withdrawn(("treatment", "treatment", "all")[turn % 3], today, WHY, medication)
        case "lost":
            fact = f.Lost(today, WHY)
        case "found":
            fact = f.FoundAgain(today)
        case "died":
            fact = f.Died(today)
        case "unscheduled":
            fact = (f.Performed(f"U#{turn % 3}", today), f.Booked("U#1", day), f.Missed("U#1", today, WHY))[turn % 3]
        case _:
            fact = f.Performed(entry.key, day, "10:15" if turn % 2 else "")
    return document(fact)


def spoilt(told: Document, move: Move, life: Life, before: Sequence[Document]) -> Document:
    """The fact, made wrong."""
    turn = move.turn
    for wrong in move.wrongs:
        day = "to" if told.get("kind") == "moved" else "on"
        names = sorted(told)
        name = names[turn % len(names)] if names else "on"
        match wrong:
            case "day":
                told = {**told, day: BAD_DAYS[turn % len(BAD_DAYS)]}
            case "shift":
                told = {**told, day: (life.today + timedelta(FAR[turn % len(FAR)])).isoformat()}
            case "key":
                key = BAD_KEYS[turn % len(BAD_KEYS)]
                known = str(told.get("visit", "SP-C01"))
                told = {**told, "visit": key.replace("{}", known) if isinstance(key, str) else key}
            case "time":
                told = {**told, "at": BAD_TIMES[turn % len(BAD_TIMES)]}
            case "word":
                words = [one for one in names if one not in ("kind", "visit", "on", "at", "to", "unchecked")] or [
                    "reason"
                ]
                told = {**told, words[turn % len(words)]: BAD_WORDS[turn % len(BAD_WORDS)]}
            case "kind":
                told = {**told, "kind": BAD_KINDS[turn % len(BAD_KINDS)]}
            case "drop":
                told = {one: value for one, value in told.items() if one != name}
            case "extra":
                told = {
                    **told,
                    ("x", "", "On", "judged", "window", "judged_by")[turn % 6]: BAD_WORDS[turn % len(BAD_WORDS)],
                }
            case "twice":
                told = dict(before[turn % len(before)]) if before else told
            case "again":
                told = {**before[turn % len(before)], day: life.today.isoformat()} if before else told
            case "kept":
                told = {**told, "unchecked": (True, True, True, "yes", None)[turn % 5]}
            case "judged":
                first = life.today + timedelta(FAR[turn % len(FAR)])
                told = {**told, "judged": {"earliest": first.isoformat(), "latest": life.today.isoformat()}}
                told |= {
                    "judged_by": ("SP-C01", "zzz", "T1", told.get("visit"))[turn % 4],
                    "judged_from": first.isoformat(),
                }
                told["unchecked"] = True
            case "window":
                told = {
                    **told,
                    "window": {"earliest": life.today.isoformat(), "latest": BAD_DAYS[turn % len(BAD_DAYS)]},
                }
            case _:
                told = {**told, name: None}
    return told


def dated(told: Document, fact: f.Fact) -> Document:
    """The fact as it was told, with the days that were understood: "thu" is another day tomorrow."""
    days = {name: getattr(fact, name).isoformat() for name in ("on", "to") if isinstance(getattr(fact, name, 0), date)}
    return {**told, **days, **{name: value for name, value in judgement_document(fact).items() if name in told}}


# a story


@dataclass
class Story:
    """A life as it is told, what was refused of it, and where."""

    name: str
    life: Life = field(repr=False)
    country: str
    site: Document
    facts: list[Document] = field(default_factory=list, repr=False)
    refused: list[tuple[int, Document, Life]] = field(default_factory=list, repr=False)
    kept: bool = False

    def told(self, facts: Sequence[Document]) -> str:
        """The story with these facts as JSON."""
        person: Document = {
            "code": "T-001", "enrolled_on": self.life.person.first_day.isoformat(), "country": self.country,
        }  # fmt: skip
        if self.life.person.regimen:
            person["regimen"] = self.life.person.regimen
        found: Document = {"protocol": self.name, "today": self.life.today.isoformat(), "participant": person}
        return json.dumps({**found, "site": self.site, "facts": list(facts)})

    def tell(self, move: Move) -> None:
        """Tell one fact more; it is taken, and the laws are looked at, or it is refused."""
        told = spoilt(right(move, self.life), move, self.life, self.facts)
        life = self.life
        today = life.today
        if not move.wrongs and isinstance(told.get("on"), str) and told["kind"] != "booked":
            today = max(today, date.fromisoformat(told["on"]))
        later = self._at(today)
        try:
            scenario = read_scenario(Story(self.name, later, self.country, self.site).told([told]))
            (fact,) = scenario.planned
            if scenario.kept:
                check_kept(later.protocol, fact)
            else:
                fact = accept(later.protocol, later.site, later.person, later.facts, fact, today)
                check_possible(fact, replace(later, facts=(*later.facts, fact)).calendar())
        except Refused:
            self.refused.append((len(self.facts), told, later))
            return
        self.kept = self.kept or bool(scenario.kept)
        self.facts.append(dated(told, fact))
        self.life = replace(later, facts=(*later.facts, fact))
        check_step(later.calendar(), self.life, bool(scenario.kept))
        check_calendar(self.life, self.kept)

    def check_retold(self) -> None:
        """Told once more from its first fact, it is the same; and so it is as the program itself would tell it."""
        first = self.rehearsed(self.facts)
        assert first.calendar == self.rehearsed(self.facts).calendar
        facts = [{**document(fact), **judgement_document(fact), "unchecked": True} for fact in first.facts]
        again = self.rehearsed(facts)
        assert again.facts == first.facts
        assert calendar_document(again.calendar) == calendar_document(first.calendar)

    def check_refusals(self) -> None:
        """What was refused is refused again at its place in the story, with that place and a remedy."""
        for number, told, then in self.refused[:3]:
            with pytest.raises(Refused) as caught:
                Story(self.name, then, self.country, self.site).rehearsed([*self.facts[:number], told])
            assert caught.value.place.partition(".")[0] == str(number + 1), (caught.value, told)
            assert_worded(caught.value)

    def rehearsed(self, facts: Sequence[Document]) -> Rehearsal:
        """The story with these facts, as the program reads it."""
        return rehearse_scenario(read_scenario(self.told(facts)), self.life.protocol)

    def _at(self, today: date) -> Life:
        text = read_scenario(self.told([])).site
        site = site_of(self.life.protocol, self.country, text, self.life.person.first_day, today)
        return replace(self.life, site=site, today=today)


SITES: tuple[Document, ...] = (
    {},
    {},
    {"closed_weekdays": []},
    {"closed_weekdays": [0, 1, 2, 3, 5, 6]},
    {"closed": ["2026-12-07", "2026-12-14"], "open": ["2026-12-24", "2026-12-27"], "time_zone": "Europe/Helsinki"},
)


def begun(name: str, country: str, regimen: int, enrolled: date, site: Document) -> Story:
    """A story without facts."""
    version = version_of(name)
    offered = version.offered or ("",)
    person = f.Participant("T-001", enrolled, country, offered[regimen % len(offered)], {})
    life = Life(version, f.Site(ClosedDays()), person, (), enrolled)
    story = Story(name, life, country, site)
    story.life = story._at(enrolled)
    return story


def stories(names: Sequence[str], most: int) -> st.SearchStrategy[tuple[Story, list[Move]]]:
    """A story to be told, and the moves."""
    return st.tuples(
        st.builds(
            begun,
            st.sampled_from(names),
            st.sampled_from(("SE", "FI", "CN")),
            st.integers(0, 5),
            st.dates(date(2024, 1, 1), date(2030, 12, 31)),
            st.sampled_from(SITES),
        ),
        st.lists(MOVES, min_size=most // 2, max_size=most),
    )


def assert_worded(refused: Refused) -> None:
    """A refusal has a place, a reason and a remedy, and no sign in it that a terminal would obey."""
    text = refusal_text(refused)
    place, _, rest = text.partition(": ")
    assert place, text
    reason, _, remedy = rest.partition(". ")
    assert reason, text
    assert remedy or ": " in reason or " must be " in reason, text
    assert all(unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Zl", "Zp"} for sign in text), ascii(text)


# the laws

DAYS = (
    "target", "earliest", "latest", "proposed", "booked", "moved", "performed", "assumed", "judged", "status",
    "window_result", "due_at", "preferred",
)  # fmt: skip


def check_step(before: Calendar, life: Life, kept: bool) -> None:
    """One fact more: what was performed keeps its day, and whatever changes is in the difference.

    `kept`: the fact was taken unchecked, and may be another result of a visit that has one.
    """
    results = (f.Performed, f.Missed, f.Omitted) if kept else (f.Performed,)
    after = life.calendar()
    changes = {change.key: change for change in difference(before, after)}
    for key in before.by_key.keys() | after.by_key.keys():
        old, new = before.by_key.get(key), after.by_key.get(key)
        if old is None or new is None or any(getattr(old, name) != getattr(new, name) for name in DAYS):
            assert key in changes, key
            change = changes[key]
            assert (change.now, change.new) == (old, new), key
            if old and new and old.assumed and new.assumed:
                assert change.shift == (new.assumed - old.assumed).days, key
        if old is not None and old.performed is not None and new is not None:
            told_again = isinstance(life.facts[-1], results) and life.facts[-1].visit == key
            assert new.performed == old.performed or told_again, key
            assert changes.get(key) is None or changes[key].kind is not ChangeKind.MOVES or told_again, key


def check_calendar(life: Life, kept: bool) -> None:
    """The laws of every calendar; `kept`: a fact was taken unchecked, so ends may contradict it."""
    calendar = life.calendar()
    assert life.calendar(life.today) == calendar, "planning twice"
    out = calendar_document(calendar)
    assert json.loads(json.dumps(out, allow_nan=False)) == out
    closed = life.site.closed
    for entry in calendar.entries:
        _check_window(entry)
        if entry.status in OPEN and entry.proposed is not None and closed.reason(entry.proposed):
            assert _may_be_closed(entry), (entry.key, entry.proposed)
        if entry.status in OPEN and entry.assumed is not None and closed.reason(entry.assumed):
            said = {problem.kind for problem in entry.problems}
            assert said & {"closed_day", "booking_closed", "moved_closed"}, (entry.key, entry.assumed)
    _check_facts(life)
    _check_day_order(calendar)
    if not kept:
        _check_ends(life)


def _may_be_closed(entry: Entry) -> bool:
    timing = entry.visit.timing
    never_rolled = entry.day_kind == DayKind.PUMP_DISCONNECT or bool(entry.visit.parts)
    return never_rolled or (timing is not None and timing.roll is Roll.NONE)


def _check_window(entry: Entry) -> None:
    if entry.earliest is not None and entry.latest is not None:
        assert entry.earliest <= entry.latest, entry.key
        if entry.target is not None:
            # Where the window opens later, as a conference met late, the day that it is due on stays.
            opens_later = any(reason.kind == "opens" for reason in entry.reasons)
            assert entry.earliest <= entry.target <= entry.latest or opens_later, entry.key
    if entry.preferred is not None and entry.target is not None:
        assert entry.preferred.earliest <= entry.target <= entry.preferred.latest, entry.key


def _check_facts(life: Life) -> None:
    """Every visit with facts has its place: an entry that shows them, or a problem that it is off the path."""
    calendar = life.calendar()
    off_path = {problem.key for problem in calendar.problems if problem.kind == "off_path"}
    hidden = life.protocol.only_records({**life.person.choices, **_chosen(life.facts)})
    last = {(fact.visit, type(fact)): fact for fact in life.facts if isinstance(fact, f.VisitFact)}
    for fact in last.values():
        entry = calendar.by_key.get(fact.visit)
        if entry is None:
            assert fact.visit in off_path or hidden, fact
        elif isinstance(fact, f.Booked):
            assert (entry.booked, entry.booked_at) == (fact.on, fact.at)
        elif isinstance(fact, f.Moved):
            assert entry.moved == fact.to
        elif isinstance(fact, f.Decided):
            assert entry.decided == fact.outcome
    for key, entry in calendar.by_key.items():
        if entry.performed is not None:
            assert entry.assumed == entry.performed, key
            assert entry.status is Status.PERFORMED, key


def _chosen(facts: Sequence[f.Fact]) -> Mapping[str, str | bool]:
    return {one.choice: one.value for one in facts if isinstance(one, f.Chosen)}


def _check_ends(life: Life) -> None:
    """After an end nothing of what it ended is open, and nothing is booked."""
    ends: dict[str, f.Fact] = {}
    for fact in life.facts:
        match fact:
            case f.Died() | f.Lost():
                ends[type(fact).__name__] = fact
            case f.FoundAgain():
                ends.pop("Lost", None)
            case f.Withdrawn(scope="all"):
                ends["Withdrawn"] = fact
    for end in ends.values():
        assert isinstance(end, f.Died | f.Lost | f.Withdrawn)
        for entry in life.calendar().entries:
            if entry.status not in OPEN or (_is_of_given_dose(entry) and not isinstance(end, f.Died)):
                continue
            last = entry.latest or entry.assumed
            assert last is not None, entry.key
            assert last < end.on, (entry.key, last, end)


def _is_of_given_dose(entry: Entry) -> bool:
    return entry.day_kind in (DayKind.PUMP_DISCONNECT, "bloods") and entry.basis == "recorded"


def _check_day_order(calendar: Calendar) -> None:
    """Entries come by day; within a day by their hour, but what is counted back from a visit comes before it."""
    dated = [entry for entry in calendar.entries if entry.assumed is not None]
    assert dated == list(calendar.entries[: len(dated)]), "those without a day come last"
    for one, two in pairwise(dated):
        first, then = one.assumed or date.max, two.assumed or date.max
        assert (first, one.place) < (then, two.place), (one.key, two.key)
        assert first < then or one.hour <= two.hour, (one.key, two.key)
    place = {entry.key: (entry.assumed, entry.place) for entry in dated}
    for entry in dated:
        basis, due = entry.counts_from, entry.target or entry.latest
        same_day = basis in place and place[basis][0] == entry.assumed
        if same_day and due is not None and entry.assumed is not None and due < entry.assumed:
            assert place[entry.key] < place[basis], (entry.key, basis)
