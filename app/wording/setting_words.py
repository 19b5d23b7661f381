"""What a setting of a protocol is, in words, and its value."""

import re
from datetime import date

from app.domain.protocol.settings import FORM, VISIT, Setting
from app.domain.protocol.version import ProtocolVersion
from app.wording import dates
from app.wording.language import gettext as _
from app.wording.language import marked
from app.wording.names import row_name

_PARTS = {
    "offset": marked("distance from the day that it is counted from"),
    "before": marked("window, before the target"),
    "after": marked("window, after the target"),
    "gap": marked("least distance from the dose before"),
    "not_before": marked("not before"),
    "every": marked("every so many cycles"),
    "first": marked("first after cycle"),
    "cycle_days": marked("length of a cycle in days"),
    "pump_hours": marked("hours on the pump"),
    "place": marked("where participants come"),
    "bring": marked("what they bring"),
}
_OTHER = {
    "return_to_weekday": marked("a cycle returns to the weekday of the first"),
    "open_pump_day": marked("a pump comes off on an open day"),
    "delays.ask": marked("a delay that is asked about"),
    "safety.report_hours": marked("hours until a serious adverse event is reported"),
    "delays.off_protocol": marked("a delay that is off the protocol"),
}
_DURATION = re.compile(r"-?\bP\d+[DWM](?:\d+D)?\b", re.ASCII)


def setting_text(protocol: ProtocolVersion, key: str) -> str:
    """Return what a setting is: ``Reassessment 1: window, after the target``."""
    if key in _OTHER:
        return _(_OTHER[key])
    if key.startswith(VISIT):
        held = protocol.visits.get(key.removeprefix(VISIT))
        return _("{name}: that it is held").format(name=row_name(held) if held is not None else key)
    if key.startswith(FORM):
        name = next((one.name for one in protocol.forms if key == f"{FORM}{one.id}"), key)
        return _("{name}: what its form has a place for").format(name=name)
    owner, _dot, part = key.rpartition(".")
    if owner == "choices" and part in protocol.choices:
        return protocol.choices[part].question
    if owner == "cycles":
        name = next((course.name for course in protocol.courses if course.id == part), part)
        return f"{name}: {_('number of cycles, or what they fill')}"
    name, day = owner, ""
    if "." in owner:
        name, _dot, day = owner.partition(".")
    words = _(_PARTS[part]) if part in _PARTS else part
    if name in protocol.regimens:
        of = protocol.regimens[name].name
        return f"{of}, {_('day {n}').replace('{n}', day)}: {words}" if day else f"{of}: {words}"
    visit = protocol.visits.get(name)
    return f"{row_name(visit)}: {words}" if visit is not None else f"{name}: {words}"


def setting_value(setting: Setting) -> str:
    """Return the value of a setting in words."""
    value = setting.value
    if setting.key.startswith(FORM):
        return _("version {n}").format(n=value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return _DURATION.sub(lambda found: dates.period(found[0]), str(value))


def confirmed_text(by: str, on: date | None, reason: str = "") -> str:
    """Return who confirmed a value: ``confirmed by Dr Holm on Fri 20 Nov 2026, letter of May``."""
    said = _("confirmed by {who} on {on}").format(who=by, on=_day(on))
    return f"{said}, {reason}" if reason else said


def overtaken_text(by: str, on: date | None) -> str:
    """Return that a confirmation no longer holds: ``changed after it was confirmed by Dr Holm on Fri 20 Nov 2026``."""
    return _("changed after it was confirmed by {who} on {on}").format(who=by, on=_day(on))


def _day(on: date | None) -> str:
    return dates.day(on) if on is not None else "?"
