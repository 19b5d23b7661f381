"""The arguments of a command line without a command, which opens the window."""

from collections.abc import Sequence
from typing import NamedTuple

_FILE, _DAY, _DEMO = ("-f", "--file"), "--today", "--demo"


class WindowArguments(NamedTuple):
    """The study file and the day to plan as of (each may be empty), and whether to open the demo study."""

    study: str = ""
    today: str = ""
    demo: bool = False


def window_arguments(arguments: Sequence[str]) -> WindowArguments | None:
    """Return the window's arguments; None for any other line, which the complete parser reads.

    The complete parser imports every kind of fact for its commands, and the window should not wait for that.
    """
    asked = WindowArguments()
    rest = iter(arguments)
    for one in rest:
        if one == _DEMO:
            asked = asked._replace(demo=True)
            continue
        value = next(rest, "-") if one in (*_FILE, _DAY) else "-"
        if value.startswith("-") or not value.strip():
            return None
        asked = asked._replace(today=value) if one == _DAY else asked._replace(study=value)
    return asked
