"""The command line without a command, which opens the window."""

from collections.abc import Sequence
from typing import NamedTuple

_FILE, _DAY, _DEMO = ("-f", "--file"), "--today", "--demo"


class WindowAsked(NamedTuple):
    """What is asked of the window: the study file, the day to reckon as of (each may be empty), the demo study."""

    study: str = ""
    today: str = ""
    demo: bool = False


def window_asked(arguments: Sequence[str]) -> WindowAsked | None:
    """What is asked of the window; None for a line with anything else, which the whole parser reads.

    The parser knows each command with all of its fields; the window is not to wait for that.
    """
    asked = WindowAsked()
    rest = iter(arguments)
    for one in rest:
        if one == _DEMO:
            asked = asked._replace(demo=True)
            continue
        value = next(rest, "-") if one in (*_FILE, _DAY) else "-"
        if value.startswith("-"):
            return None
        asked = asked._replace(today=value) if one == _DAY else asked._replace(study=value)
    return asked
