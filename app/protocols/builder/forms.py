"""Turns the file's forms into the domain's, and checks what their values refer to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from app.domain.protocol import forms as domain
from app.domain.protocol.regimens import DAY_KIND, DayKind
from app.protocols.builder.references import References
from app.protocols.findings import PartPath
from app.protocols.schema import forms as schema
from app.protocols.schema.base import Answer, Answers

LOGS = ("adverse_events", "medication", "deviations", "complications", "delegation")
"""The logs of a study whose lines a value may refer to."""


def forms_of(refs: References) -> tuple[domain.Form, ...]:
    """Return every form, in the order of the file."""
    return tuple(_Forms(refs, name, model).form() for name, model in refs.file.forms.items())


class _Forms:
    """Builds one form."""

    def __init__(self, refs: References, name: str, model: schema.FormModel) -> None:
        self.refs = refs
        self.name = name
        self.model = model
        self.path: PartPath = ("forms", name)
        self.since = f"{name} {model.version}"

    def form(self) -> domain.Form:
        """Return the form; what does not fit becomes a fault."""
        model, path = self.model, self.path
        parts = list(self._section_models())
        self._check_keys(parts)
        for column in model.day_columns:
            self.refs.known("visit", column.partition("#")[0], (*path, "day_columns", column), self._visits(), True)
        return domain.Form(
            self.name,
            model.name,
            model.version,
            tuple(self._section(name, one, there) for name, one, there in parts),
            self.refs.visits(model.at, (*path, "at")),
            self._when(model.when, (*path, "when")),
            dict(model.day_columns),
        )

    def _visits(self) -> Iterable[str]:
        return self.refs.file.visits

    def _section_models(self) -> Iterator[tuple[str, schema.SectionModel, PartPath]]:
        shared = self.refs.file.sections
        for index, one in enumerate(self.model.sections):
            there = (*self.path, "sections", index)
            if isinstance(one, schema.SectionModel):
                yield f"{self.name}.{index + 1}", one, there
            elif self.refs.known("section", one, there, shared) in shared:
                yield one, shared[one], ("sections", one)

    def _check_keys(self, parts: Sequence[tuple[str, schema.SectionModel, PartPath]]) -> None:
        """Check that each key names one value of the form, and that values which others name are there."""
        taken: set[str] = set()
        named: list[tuple[str, PartPath]] = []
        for _name, section, there in parts:
            for model, path in _values(section, there):
                if model.key in taken:
                    says = f"`{model.key}` is the key of another value of form `{self.name}` already"
                    self.refs.fault((*path, "key"), "same-key", says, "Rename one")
                taken.add(model.key)
                named += _named(model, path)
        for name, path in named:
            self.refs.known("value", name, path, [*taken, *(LOGS if path[-1] == "to" else ())])

    def _when(self, when: Answers, path: PartPath) -> Mapping[str, tuple[str | bool, ...]]:
        """Return a condition: choices, and the kind of day, the regimen and whether a pump is started on the day."""
        found: dict[str, tuple[Answer, ...]] = {}
        allowed: Mapping[str, list[Answer]] = {
            DAY_KIND: [kind.value for kind in DayKind],
            domain.REGIMEN: [*self.refs.regimens],
            domain.PUMP: [True, False],
        }
        for name, values in allowed.items():
            if name in when:
                given = when[name]
                found[name] = tuple(given) if isinstance(given, list) else (given,)
                for one in found[name]:
                    self._check_one(name, one, values, (*path, name))
        return found | self.refs.answers({name: one for name, one in when.items() if name not in allowed}, path)

    def _check_one(self, name: str, value: Answer, allowed: list[Answer], path: PartPath) -> None:
        if name == domain.PUMP:
            if not isinstance(value, bool):
                self.refs.fault(path, "unknown-answer", f"`{value}` is no answer to `pump`", "Write true or false")
        else:
            self.refs.known("kind of day" if name == DAY_KIND else "regimen", str(value), path, map(str, allowed))

    def _section(self, name: str, model: schema.SectionModel, path: PartPath) -> domain.Section:
        values = tuple(self._value(one, (*path, "values", index)) for index, one in enumerate(model.values))
        when = self._when(model.when, (*path, "when"))
        return domain.Section(name, model.title, values, model.layout, tuple(model.asks), when, model.legend)

    def _value(self, model: schema.ValueModel, path: PartPath) -> domain.AnyValue:
        if isinstance(model, schema.RowsValueModel):
            columns = tuple(self._cell(one, (*path, "columns", index)) for index, one in enumerate(model.columns))
            source: domain.RowSource = model.each or ("labels" if model.labels else "blank")
            return domain.RowsValue(
                **self._common(model, path),
                rows=source,
                labels=tuple(model.labels),
                count=model.blank or 0,
                columns=columns,
                abreast=model.abreast,
                head=model.head,
            )
        return self._cell(model, path)

    def _cell(self, model: schema.ValueModel, path: PartPath) -> domain.Cell:
        common = self._common(model, path)
        match model:
            case schema.NumberValueModel():
                own = domain.OwnLimit(model.own_limit.label, model.own_limit.unit) if model.own_limit else None
                return domain.NumberValue(
                    **common,
                    unit=model.unit,
                    decimals=model.decimals,
                    limits=_limits(model.limits),
                    asks=tuple(model.asks),
                    own_limit=own,
                )
            case schema.PairValueModel():
                return domain.PairValue(**common, sign=model.sign, unit=model.unit)
            case schema.ChoiceValueModel():
                return domain.ChoiceValue(**common, options=tuple(map(_option, model.options)), several=model.several)
            case schema.BoxValueModel():
                return domain.BoxValue(**common, beside=model.beside or "")
            case schema.DateValueModel():
                earliest, latest = (
                    self._bound(getattr(model, end), (*path, end)) for end in ("earliest", "latest")
                )  # fmt: skip
                known = self.refs.visit(model.prefilled, (*path, "prefilled")) if model.prefilled else ""
                return domain.DateValue(**common, earliest=earliest, latest=latest, prefilled=known)
            case schema.TimeValueModel():
                after = domain.HoursAfter(model.after.value, model.after.hours) if model.after else None
                return domain.TimeValue(**common, dated=model.dated, after=after)
            case schema.PersonValueModel():
                return domain.PersonValue(**common, initials=model.initials)
            case schema.ReferenceValueModel():
                return domain.ReferenceValue(**common, to=model.to)
            case schema.TextValueModel():
                return domain.TextValue(**common, width=model.width, lines=model.lines)
            case _:
                raise TypeError(type(model).__name__)

    def _common(self, model: schema.ValueModel, path: PartPath) -> dict[str, Any]:
        texts = (model.activity,) if isinstance(model.activity, str) else tuple(model.activity)
        return {
            "key": model.key,
            "label": model.label,
            "activities": texts,
            "when": self._when(model.when, (*path, "when")),
            "reason": model.reason,
            "share": model.share,
            "line": model.line,
            "mark": model.mark,
            "source": tuple(model.source),
            "since": model.since or self.since,
        }

    def _bound(self, model: schema.DayBoundModel | None, path: PartPath) -> domain.DayBound | None:
        return None if model is None else domain.DayBound(self.refs.visit(model.visit, (*path, "visit")), model.days)


def _values(section: schema.SectionModel, path: PartPath) -> Iterator[tuple[schema.ValueModel, PartPath]]:
    """Yield the values of a section and the columns of its tables, each with its place."""
    for index, model in enumerate(section.values):
        there = (*path, "values", index)
        yield model, there
        if isinstance(model, schema.RowsValueModel):
            for number, column in enumerate(model.columns):
                yield column, (*there, "columns", number)


def _named(model: schema.ValueModel, path: PartPath) -> list[tuple[str, PartPath]]:
    """Return the other values that one names, each with the place of the name."""
    if isinstance(model, schema.BoxValueModel) and model.beside:
        return [(model.beside, (*path, "beside"))]
    if isinstance(model, schema.TimeValueModel) and model.after:
        return [(model.after.value, (*path, "after", "value"))]
    if isinstance(model, schema.ReferenceValueModel):
        return [(model.to, (*path, "to"))]
    return []


def _limits(model: schema.LimitsModel | None) -> domain.Limits | None:
    return None if model is None else domain.Limits(model.low, model.high, model.mark, tuple(model.source))


def _option(model: str | schema.OptionModel) -> domain.Option:
    if isinstance(model, str):
        return domain.Option(model)
    return domain.Option(model.answer, model.asks or "", model.label, model.unit)
