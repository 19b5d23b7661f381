"""A checked document as the domain's protocol version; knows neither YAML nor pydantic."""

from collections.abc import Mapping
from typing import Any

from app.domain.protocol import version as p
from app.domain.protocol.decisions import (
    Choice,
    CourseChange,
    Decision,
    EarlyEnd,
    Effect,
    RegimenChangeRule,
    Selection,
    Withdrawal,
)
from app.protocols.build.references import References
from app.protocols.build.regimens import regimens_of
from app.protocols.build.timings import Timings
from app.protocols.findings import Faulty, Path

Data = Mapping[str, Any]
KINDS = ("infusion", "treatment", "oral_start", "visit", "pump_disconnect", "bloods")
WITHIN = ("infusion", "treatment", "visit", "pump_disconnect")
OF_THE_PARTICIPANT = ("initial", "current", "changed")
_PLANNED = (
    "studyday", "id", "version", "title", "short_title", "epochs", "visits", "courses", "decisions", "turns", "choices",
    "regimens", "enrolment_visit", "offered", "recorded_only", "withdrawal", "regimen_change", "return_to_weekday",
    "centres", "anchors",
)  # fmt: skip


def build(document: Data, regimens: Data) -> p.ProtocolVersion:
    """The protocol version that a plain document describes, with the regimens of the files that it names.

    Raises:
        Faulty: with every reference that leads nowhere and every part that does not fit.
    """
    every = {**regimens, **document["regimens"]}
    refs = References(document, every)
    for name in document["regimens"]:
        if name in regimens:
            refs.fault(
                ("regimens", name), "repeated-regimen", f"`{name}` stands in a regimen file too", "Rename one", True
            )
    version = _Builder(document, refs).version()
    if refs.faults:
        raise Faulty(refs.faults)
    return version


class _Builder:
    """Reads each part of the document."""

    def __init__(self, document: Data, refs: References) -> None:
        self.document = document
        self.refs = refs
        self.timings = Timings(refs)

    def version(self) -> p.ProtocolVersion:
        """The whole."""
        document, refs = self.document, self.refs
        self._about()
        change, back = document["regimen_change"], document["return_to_weekday"]
        return p.ProtocolVersion(
            id=document["id"],
            version=document["version"],
            title=document["title"],
            short_title=document["short_title"],
            epochs=self._epochs(),
            visits=self._visits(),
            courses=tuple(self._course(name, data) for name, data in document["courses"].items()),
            decisions={name: self._decision(name, data) for name, data in document["decisions"].items()},
            milestones={name: self._effect(data, ("turns", name)) for name, data in document["turns"].items()},
            choices={name: self._choice(name, data) for name, data in document["choices"].items()},
            regimens=regimens_of(refs),
            enrolment_visit=refs.once(document["enrolment_visit"], ("enrolment_visit",)),
            offered=self._offered(),
            recorded_only=refs.single_answers(document["recorded_only"], ("recorded_only",)),
            withdrawal=self._withdrawal(document["withdrawal"]),
            regimen_change=RegimenChangeRule(
                change["allowed"], refs.turn(change["after_turn"], ("regimen_change", "after_turn")), change["at_most"]
            ),
            return_to_weekday=back["default"],
            return_at_most_days=back["at_most"],
            centres=tuple(p.Centre(c["name"], c["country"], c["time_zone"], c["mark"]) for c in document["centres"]),
            events={name: event["name"] for name, event in document["events"].items()},
            about={name: value for name, value in document.items() if name not in _PLANNED} | self._marks(),
        )

    def _epochs(self) -> tuple[p.Epoch, ...]:
        seen: set[str] = set()
        for index, epoch in enumerate(self.document["epochs"]):
            if epoch["id"] in seen:
                self.refs.fault(
                    ("epochs", index, "id"), "repeated-id", f"`{epoch['id']}` is an epoch already", "Rename one"
                )
            seen.add(epoch["id"])
        return tuple(p.Epoch(epoch["id"], epoch["name"], epoch["plain"]) for epoch in self.document["epochs"])

    def _offered(self) -> tuple[str, ...]:
        refs = self.refs
        offered = self.document["offered"]
        rules = [course["regimen"] for course in self.document["courses"].values()]
        if not offered and any(rule in OF_THE_PARTICIPANT for rule in rules):
            refs.fault(
                ("offered",),
                "none-offered",
                "A protocol with courses offers at least one regimen",
                "Fill `offered`, or name each course's regimen",
            )
        return tuple(refs.known("regimen", name, ("offered", i), refs.regimens) for i, name in enumerate(offered))

    def _choice(self, name: str, data: Data) -> Choice:
        self.refs.answer(data, name, data["default"], ("choices", name, "default"))
        return Choice(name, data["question"], data["default"], tuple(data["values"]))

    def _withdrawal(self, data: Data | None) -> Withdrawal:
        if data is None:
            return Withdrawal()
        path: Path = ("withdrawal",)
        return Withdrawal(
            self.refs.visit(data["operation"], (*path, "operation")),
            self._effect(data["before"], (*path, "before")),
            self.refs.courses(data["stop"], (*path, "stop")),
        )

    # Visits

    def _visits(self) -> dict[str, p.Visit]:
        rows = self._rows()
        return {name: self._visit(name, data, rows.get(name, ())) for name, data in self.document["visits"].items()}

    def _visit(self, name: str, data: Data, further: tuple[p.Activity, ...]) -> p.Visit:
        path: Path = ("visits", name)
        names, plains = data["name"], data["plain"]
        for field in ("name", "plain"):
            self._kinds(data[field], (*path, field))
        again = data["again_for"]
        return p.Visit(
            name,
            names if isinstance(names, str) else next(iter(names.values()), name),
            self.refs.epoch(data["epoch"], (*path, "epoch")),
            self.timings.timing(name, data["timing"], (*path, "timing")) if data["timing"] else None,
            plain=plains if isinstance(plains, str) else next(iter(plains.values()), ""),
            names={} if isinstance(names, str) else names,
            plains={} if isinstance(plains, str) else plains,
            contact=data["contact"],
            repeat=self.timings.repeat(
                data["repeat"], (*path, "repeat"), data["timing"]["from"] if data["timing"] else ""
            ),
            parts=self._parts(data["days"], (*path, "days")),
            when=self.refs.answers(data["when"], (*path, "when")),
            repeat_after=self.refs.once(again, (*path, "again_for")) if again else "",
            renew=data["renew"],
            early_end=tuple(self._early_end(each, (*path, "early_end", i)) for i, each in enumerate(data["early_end"])),
            on_performed=self._effect(data["on_performed"], (*path, "on_performed")) if data["on_performed"] else None,
            activities=self._activities(data["activities"], (*path, "activities")) + further,
            marks=data["marks"],
            source=tuple(data["source"]),
            note=data["note"],
            waivers=data["waivers"],
        )

    def _kinds(self, names: str | Data, path: Path) -> None:
        for kind in () if isinstance(names, str) else names:
            self.refs.known("day kind", kind, (*path, kind), KINDS, key=True)

    def _parts(self, days: list[Data], path: Path) -> tuple[p.Part, ...]:
        for index in range(1, len(days)):
            if days[index]["day"] <= days[index - 1]["day"]:
                self.refs.fault((*path, index, "day"), "order", "The days of a visit stand in order", "Sort them")
        return tuple(p.Part(each["day"], each["name"]) for each in days)

    def _early_end(self, data: Data, path: Path) -> EarlyEnd:
        after, then = data["after"], data["then"]
        return EarlyEnd(
            self.refs.course(data["course"], (*path, "course")),
            data["when"],
            self.timings.bound(after, (*path, "after")) if after else None,
            None if then == "cancel" else self.timings.bound(then, (*path, "then")),
        )

    def _activities(self, items: list[str | Data], path: Path) -> tuple[p.Activity, ...]:
        return tuple(self._activity(item, (*path, index)) for index, item in enumerate(items))

    def _activity(self, item: str | Data, path: Path) -> p.Activity:
        if isinstance(item, str):
            return p.Activity(item)
        when = self.refs.single_answers(item["when"], (*path, "when"))
        return p.Activity(item["text"], "", item["plain"], when, item["mark"], tuple(item["source"]))

    def _rows(self) -> dict[str, tuple[p.Activity, ...]]:
        """The schedule's rows that are done at visits, by visit."""
        found: dict[str, tuple[p.Activity, ...]] = {}
        for name, row in self.document["activities"].items():
            path: Path = ("activities", name)
            when = self.refs.single_answers(row["when"], (*path, "when"))
            mark, source = row["marks"]["event"], tuple(row["source"])
            own: tuple[p.Activity, ...] = (p.Activity(row["name"], name, "", when, mark, source),)
            own += tuple(
                p.Activity(a.text, a.id, a.plain, {**when, **a.when}, a.mark or mark, a.source or source)
                for a in self._activities(row["procedures"], (*path, "procedures"))
            )
            for visit in self.refs.visits(row["at"], (*path, "at")):
                found[visit] = found.get(visit, ()) + own
        return found

    # Courses, decisions, effects

    def _course(self, name: str, data: Data) -> p.Course:
        path: Path = ("courses", name)
        refs = self.refs
        if data["regimen"] not in OF_THE_PARTICIPANT:
            refs.known("regimen", data["regimen"], (*path, "regimen"), refs.regimens)
        rows = {
            role: refs.visit(data[role], (*path, role)) for role in ("first", "next", "within", "bloods") if data[role]
        }
        return p.Course(
            name,
            data["name"],
            rows["first"],
            rows["next"],
            rows.get("within", "") or self._no_within(data["regimen"], path),
            rows.get("bloods", ""),
            data["regimen"],
            self._cycles(data, (*path, "cycles")),
            data["extend_by"],
            refs.answers(data["when"], (*path, "when")),
        )

    def _no_within(self, rule: str, path: Path) -> str:
        """A course without a row for days within the cycle, which its regimens then may not have."""
        regimens = self.refs.regimens
        for name in self.document["offered"] if rule in OF_THE_PARTICIPANT else [rule]:
            days = regimens[name]["days"][1:] if name in regimens else ()
            row = next((row for row in days if row["kind"] in WITHIN), None)
            if row is not None:
                says = f"`{name}` has a visit on day {row['day']}, and the course has no row for it"
                self.refs.fault(path, "no-within", says, "Add `within`", key=True)
        return ""

    def _cycles(self, course: Data, path: Path) -> p.Cycles:
        data, refs = course["cycles"], self.refs
        count = self._by_length(data["count"] or {}, (*path, "count"))
        if data["count"] is not None:
            self._all_lengths(course["regimen"], count, (*path, "count"))
        return p.Cycles(
            fill=refs.days(data["fill"], (*path, "fill")) if data["fill"] else None,
            count=count,
            less=refs.course(data["less"], (*path, "less")) if data["less"] else "",
            at_least=self._by_length(data["at_least"], (*path, "at_least")),
            open_ended=data["open_ended"],
            until=self.timings.bound(data["until"], (*path, "until")) if data["until"] else None,
        )

    def _by_length(self, data: Data, path: Path) -> dict[int, int]:
        return {self.refs.days(length, (*path, length), key=True): number for length, number in data.items()}

    def _all_lengths(self, rule: str, count: Mapping[int, int], path: Path) -> None:
        """Each regimen that the course may follow needs a number of cycles."""
        regimens = self.refs.regimens
        names = self.document["offered"] if rule in OF_THE_PARTICIPANT else [rule]
        for name in names:
            length = regimens[name]["cycle_days"] if name in regimens else None
            if length is not None and length not in count:
                self.refs.fault(
                    path,
                    "no-count",
                    f"`{name}` has cycles of {length} days, and no number of them stands here",
                    f"Add `P{length}D: ...`",
                    key=True,
                )

    def _decision(self, visit: str, data: Data) -> Decision:
        path: Path = ("decisions", visit)
        self.refs.known("visit", visit, path, self.document["visits"], key=True)
        self.refs.known("outcome", data["forecast"], (*path, "forecast"), data["outcomes"])
        return Decision(
            visit,
            data["forecast"],
            {name: self._effect(each, (*path, "outcomes", name)) for name, each in data["outcomes"].items()},
            {name: each["label"] for name, each in data["outcomes"].items()},
            data["from_number"] or 0,
        )

    def _effect(self, data: Data, path: Path) -> Effect:
        refs, cancel = self.refs, data["cancel"]
        there = (*path, "cancel")
        epochs = tuple(refs.epoch(name, (*there, "epochs", i)) for i, name in enumerate(cancel["epochs"]))
        return Effect(
            milestone=refs.turn(data["turn"], (*path, "turn")),
            end=refs.courses(data["end"], (*path, "end")),
            discontinue=refs.courses(data["give_up"], (*path, "give_up")),
            extend=refs.courses(data["extend"], (*path, "extend")),
            skip=refs.visits(data["skip"], (*path, "skip")),
            cancel=Selection(
                epochs, refs.visits(cancel["visits"], (*there, "visits")), refs.visits(cancel["keep"], (*there, "keep"))
            ),
            cancel_later=refs.visits(data["cancel_later"], (*path, "cancel_later")),
            course_changes=tuple(self._replan(each, (*path, "plan", i)) for i, each in enumerate(data["plan"])),
        )

    def _replan(self, data: Data, path: Path) -> CourseChange:
        count = self._by_length(data["count"], (*path, "count"))
        self._all_lengths(data["regimen"], count, (*path, "count"))
        return CourseChange(self.refs.course(data["course"], (*path, "course")), count, data["regimen"])

    # What planning does not need

    def _about(self) -> None:
        document, refs = self.document, self.refs
        for index, specimen in enumerate(document["specimens"]):
            refs.visit(specimen["visit"], ("specimens", index, "visit"))
        for index, questionnaire in enumerate(document["questionnaires"]):
            path: Path = ("questionnaires", index)
            refs.visits(questionnaire["visits"], (*path, "visits"))
            refs.answers(questionnaire["when"], (*path, "when"))
        cohorts = [cohort["id"] for cohort in document["cohorts"]]
        for side, criteria in (document["criteria"] or {}).items():
            for index, criterion in enumerate(criteria):
                for place, name in enumerate(criterion["cohorts"]):
                    refs.known("cohort", name, ("criteria", side, index, "cohorts", place), cohorts)

    def _marks(self) -> dict[str, Any]:
        """Where the parts come from that the domain's own types do not say it of."""
        parts = {
            name: {one: {"mark": data["mark"], "source": data["source"]} for one, data in self.document[name].items()}
            for name in ("courses", "choices")
        }
        regimens = {
            name: {"mark": data["mark"], "source": data["source"], "note": data["note"]}
            for name, data in self.refs.regimens.items()
        }
        return {"marks": {**parts, "regimens": regimens}}
