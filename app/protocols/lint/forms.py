"""Rules about forms: sections that no form has, values that no visit asks for, visits with two forms at once."""

from collections.abc import Iterator

from app.domain.protocol.forms import Form, Section
from app.domain.protocol.version import ProtocolVersion
from app.protocols.findings import Fault, PartPath
from app.protocols.schema.protocol_file import ProtocolFile


def forms(version: ProtocolVersion, file: ProtocolFile) -> Iterator[Fault]:
    """Find what is allowed in forms and probably not meant."""
    yield from _unused_sections(file)
    for form in version.forms:
        for index, section in enumerate(form.sections):
            yield from _never_printed(version, form, section, _place(file, form, index))
    yield from _two_forms(version)


def _unused_sections(file: ProtocolFile) -> Iterator[Fault]:
    used = {one for form in file.forms.values() for one in form.sections if isinstance(one, str)}
    for name in file.sections:
        if name not in used:
            yield Fault(
                ("sections", name), "unused-section", f"No form has the section `{name}`", "Remove it", key=True
            )


def _place(file: ProtocolFile, form: Form, index: int) -> PartPath:
    named = file.forms[form.id].sections[index]
    return ("sections", named) if isinstance(named, str) else ("forms", form.id, "sections", index)


def _never_printed(version: ProtocolVersion, form: Form, section: Section, place: PartPath) -> Iterator[Fault]:
    """Find values of a form whose activities none of its visits has; a shared section may be meant for others."""
    if place[0] == "sections":
        return
    known = {one.text for visit in _visits(form) for one in version.visits[visit].activities}
    for index, value in enumerate(section.values):
        if value.activities and not known & {*value.activities}:
            says = f"No visit of form `{form.id}` has the activity of `{value.key}`, so it is never printed"
            remedy = "Write one of the visit's activities, word for word"
            yield Fault((*place, "values", index, "activity"), "never-printed", says, remedy)


def _visits(form: Form) -> list[str]:
    return [*form.visits, *(name.partition("#")[0] for name in form.day_columns)]


def _two_forms(version: ProtocolVersion) -> Iterator[Fault]:
    for number, form in enumerate(version.forms):
        for other in version.forms[:number]:
            if {*form.visits} & {*other.visits} and not _apart(form, other):
                shared = next(one for one in form.visits if one in other.visits)
                says = f"`{shared}` has the forms `{other.id}` and `{form.id}` at once, and only the first is printed"
                yield Fault(("forms", form.id), "two-forms", says, "Give them different conditions", key=True)


def _apart(form: Form, other: Form) -> bool:
    """Return whether some condition keeps the two from being asked for at once."""
    return any(not {*form.when[name]} & {*other.when[name]} for name in form.when.keys() & other.when.keys())
