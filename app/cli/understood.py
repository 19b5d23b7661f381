"""What was understood of typed days where it may have been meant otherwise, for the answer at the terminal."""

import argparse
from collections.abc import Iterator
from datetime import date

from app.domain.facts.fields import aim_of
from app.domain.facts.kind import Kind, Type
from app.domain.facts.typed_days import read_day
from app.domain.folding import known_identifier
from app.wording.language import gettext as _
from app.wording.typed_days import planned_instead, understood


def understood_lines(options: argparse.Namespace, kind: Kind, today: date, planned: date | None) -> Iterator[str]:
    """Yield a line for each day of a visit that was counted: from which day, and how to count from the other one."""
    for field in kind.typed_fields:
        text = getattr(options, f"field_{field.name}", None)
        if field.type is not Type.DAY or not isinstance(text, str) or known_identifier(text.strip(), field.options):
            continue
        found = read_day(text, field.name, today, aim_of(field), planned)
        if planned is None or found.basis == "date" or not found.days:
            continue
        line = _("{typed}: {understood}.").format(typed=text, understood=understood(found, today, planned))
        typed, words = planned_instead(found, planned)
        if typed:
            line += _(" {typed} would be {words}.").format(typed=typed, words=words)
        yield line
