"""What is drawn inside a block: lines of text, rules and marks. `y` counts downwards from its top, in points."""

from dataclasses import dataclass

from app.documents.marks import Shape
from app.documents.text import Style

HAIRLINE = 0.62


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of text with its baseline at `y`."""

    x: float
    y: float
    text: str
    style: Style


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    thickness: float = 0.5
    ink: float = HAIRLINE


@dataclass(frozen=True, slots=True)
class Mark:
    """A shape with its centre at `x`, `y`."""

    shape: Shape
    x: float
    y: float
    size: float = 9.0


Drawing = TextLine | Rule | Mark
