"""Row packing: rows for pieces that would overlap, and the room for labels. Pure arithmetic on stretches of x."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

CROWD = 5
"""More marks than this in one position become a chip."""
ROOMY_ROWS = 3
"""The number of rows a lane may use to leave room for labels."""
FULL_ROWS = 6
"""From this number of rows on, bars may cross in a row; marks never do."""

Stretch = tuple[float, float]


def crowds(middles: Sequence[float], near: float) -> list[range]:
    """Return the runs of ascending `middles` that are less than `near` away from the first of their run."""
    found: list[range] = []
    start = 0
    for at in range(1, len(middles) + 1):
        if at == len(middles) or middles[at] - middles[start] >= near:
            found.append(range(start, at))
            start = at
    return found


@dataclass(slots=True)
class _Row:
    taken: float = float("-inf")
    wished: float = float("-inf")
    marks: list[Stretch] = field(default_factory=list)

    def mark_fits(self, mark: Stretch) -> bool:
        at = bisect_left(self.marks, mark)
        after = at == len(self.marks) or self.marks[at][0] >= mark[1]
        return after and (at == 0 or self.marks[at - 1][1] <= mark[0])

    def add(self, extent: Stretch, mark: Stretch, wish: float) -> None:
        self.taken = max(self.taken, extent[1])
        self.wished = max(self.wished, extent[1] + wish)
        insort(self.marks, mark)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece to pack: its extent, the mark in it, and the room that its label would like after it."""

    extent: Stretch
    mark: Stretch
    wish: float = 0.0


class RowPacker:
    """The rows of one lane. Pieces are added in the order of their left ends."""

    def __init__(self, gap: float) -> None:
        """`gap`: the distance in pixels between pieces of one row."""
        self._gap = gap
        self._rows: list[_Row] = []

    @property
    def row_count(self) -> int:
        """The number of rows in use."""
        return len(self._rows)

    def add(self, piece: Piece) -> int:
        """Return the row for a piece: one that leaves room for a label, else a free one, else one where bars cross."""
        number = self._row_for(piece)
        if number == len(self._rows):
            self._rows.append(_Row())
        self._rows[number].add(piece.extent, piece.mark, piece.wish)
        return number

    def _row_for(self, piece: Piece) -> int:
        left, rows = piece.extent[0] - self._gap, self._rows
        roomy = _first(row.wished <= left for row in rows[:ROOMY_ROWS])
        if roomy is not None or len(rows) < ROOMY_ROWS:
            return len(rows) if roomy is None else roomy
        free = _first(row.taken <= left for row in rows)
        if free is not None or len(rows) < FULL_ROWS:
            return len(rows) if free is None else free
        crossing = _first(row.mark_fits(piece.mark) for row in rows)
        return len(rows) if crossing is None else crossing


def _first(answers: Iterable[bool]) -> int | None:
    return next((number for number, answer in enumerate(answers) if answer), None)


def room_after(pieces: Sequence[Stretch], gap: float) -> list[float]:
    """Return the free width to the right of each piece of one row; pieces come in the order of their left ends."""
    found: list[float] = []
    furthest = float("-inf")
    for number, (_left, right) in enumerate(pieces):
        following = (pieces[at] for at in range(number + 1, len(pieces)))
        nearest = next((left for left, end in following if end > right), float("inf"))
        found.append(0.0 if furthest >= right else max(nearest - right - 2 * gap, 0.0))
        furthest = max(furthest, right)
    return found
