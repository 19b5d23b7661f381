"""Turns the file's visits and activities into the domain's."""

from collections.abc import Mapping, Sequence

from app.domain.protocol.version import Activity, Part, Sort, Visit
from app.protocols.builder.anchors import Anchors
from app.protocols.builder.decisions import early_end, effect
from app.protocols.builder.references import References
from app.protocols.builder.timing import Timings
from app.protocols.findings import PartPath
from app.protocols.schema.protocol_file import ActivityModel, PartModel, VisitModel

NAMED_KINDS = ("infusion", "treatment", "oral_start", "visit", "pump_disconnect", "bloods")
"""The kinds of day for which a visit may have a name of its own."""


def visits_of(refs: References, anchors: Anchors) -> dict[str, Visit]:
    """Return every visit with its activities, by its id."""
    further = _row_activities(refs)
    builder = _Visits(refs, anchors)
    return {name: builder.visit(name, model, further.get(name, ())) for name, model in refs.file.visits.items()}


class _Visits:
    """Builds visits."""

    def __init__(self, refs: References, anchors: Anchors) -> None:
        self.refs = refs
        self.anchors = anchors
        self.timings = Timings(refs, anchors)

    def visit(self, name: str, model: VisitModel, further: tuple[Activity, ...]) -> Visit:
        """Return a visit; `further`: the activities that the schedule's rows add to its own."""
        path: PartPath = ("visits", name)
        refs = self.refs
        for field, given in (("name", model.name), ("plain", model.plain)):
            self._check_kinds(given, (*path, field))
        timing = model.timing
        return Visit(
            name,
            _first(model.name, name),
            refs.epoch(model.epoch, (*path, "epoch")),
            self.timings.timing(name, timing, (*path, "timing")) if timing else None,
            plain=_first(model.plain, ""),
            names=_by_kind(model.name),
            plains=_by_kind(model.plain),
            contact=model.contact,
            place=model.place,
            minutes=model.minutes or 0,
            bring=model.bring,
            sort=model.sort or self._sort(name, model),
            routine=model.routine,
            repeat=self.timings.repeat(model.repeat, (*path, "repeat"), timing.from_ if timing else ""),
            parts=self._parts(model.days, (*path, "days")),
            when=refs.answers(model.when, (*path, "when")),
            after_milestone=refs.turn(model.after_turn, (*path, "after_turn")),
            cycle_days=model.cycle_days or 0,
            repeat_after=refs.once(model.again_for, (*path, "again_for")) if model.again_for else "",
            left_out_after=refs.procedures(model.left_out_after, (*path, "left_out_after")),
            complication_review=model.complication_review,
            renew=model.renew,
            early_end=tuple(
                early_end(refs, self.anchors, each, (*path, "early_end", index))
                for index, each in enumerate(model.early_end)
            ),
            on_performed=effect(refs, model.on_performed, (*path, "on_performed")) if model.on_performed else None,
            activities=_activities(refs, model.activities, (*path, "activities")) + further,
            marks=model.marks.model_dump(),
            source=tuple(model.source),
            note=model.note,
            waivers=model.waivers,
        )

    def _sort(self, name: str, model: VisitModel) -> Sort:
        """Return the sort of a visit whose row does not say it: that of bloods of a course, or of an operation."""
        if any(course.bloods == name for course in self.refs.file.courses.values()):
            return "bloods"
        if model.on_performed is not None and model.contact == "hospital":
            return "operation"
        return "visit"

    def _check_kinds(self, given: str | Mapping[str, str], path: PartPath) -> None:
        for kind in () if isinstance(given, str) else given:
            self.refs.known("day kind", kind, (*path, kind), NAMED_KINDS, key=True)

    def _parts(self, days: Sequence[PartModel], path: PartPath) -> tuple[Part, ...]:
        for index in range(1, len(days)):
            if days[index].day <= days[index - 1].day:
                says = "The days of a visit are in order"
                self.refs.fault((*path, index, "day"), "order", says, "Sort them")
        return tuple(Part(each.day, each.name) for each in days)


def _first(given: str | Mapping[str, str], otherwise: str) -> str:
    return given if isinstance(given, str) else next(iter(given.values()), otherwise)


def _by_kind(given: str | Mapping[str, str]) -> Mapping[str, str]:
    return {} if isinstance(given, str) else given


def _activities(refs: References, items: Sequence[str | ActivityModel], path: PartPath) -> tuple[Activity, ...]:
    return tuple(_activity(refs, item, (*path, index)) for index, item in enumerate(items))


def _activity(refs: References, item: str | ActivityModel, path: PartPath) -> Activity:
    if isinstance(item, str):
        return Activity(item)
    when = refs.single_answers(item.when, (*path, "when"))
    left_out_after = refs.procedures(item.left_out_after, (*path, "left_out_after"))
    return Activity(item.text, "", item.plain, when, item.mark, tuple(item.source), left_out_after)


def _row_activities(refs: References) -> dict[str, tuple[Activity, ...]]:
    """Return the activities that rows of the schedule add to visits, by the visit's id."""
    found: dict[str, tuple[Activity, ...]] = {}
    for name, row in refs.file.activities.items():
        path: PartPath = ("activities", name)
        when = refs.single_answers(row.when, (*path, "when"))
        mark, source = row.marks.event, tuple(row.source)
        left = refs.procedures(row.left_out_after, (*path, "left_out_after"))
        own: tuple[Activity, ...] = (Activity(row.name, name, "", when, mark, source, left),)
        own += tuple(
            Activity(
                a.text, a.id, a.plain, {**when, **a.when}, a.mark or mark, a.source or source, left + a.left_out_after
            )
            for a in _activities(refs, row.procedures, (*path, "procedures"))
        )
        for visit in refs.visits(row.at, (*path, "at")):
            found[visit] = found.get(visit, ()) + own
    return found
