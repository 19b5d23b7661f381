"""The layout of the timeline at one zoom: lanes, rows, bars, marks, chips and labels, each with its rectangle."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from app.ui.timeline import text
from app.ui.timeline.row_packing import CROWD, Piece, RowPacker, Stretch, crowds, room_after
from app.ui.timeline.scale import Scale
from app.ui.timeline.strands import ShownVisit, Strand

Box = tuple[float, float, float, float]
"""Left, top, width and height, in coordinates of the complete axis."""


@dataclass(frozen=True, slots=True)
class Measure:
    """The sizes in pixels at the text size in use, and how wide text is in it."""

    row: int
    pad: int
    mark: int
    gap: int
    line: int
    name_width: int
    least_label: int
    most_label: int
    width: Callable[[str], float]
    elided: Callable[[str, float], str]
    cut_inside: Callable[[str, float], str]


@dataclass(slots=True)
class PlacedVisit:
    """A visit with its position.

    `bar`: its window; `mark_x`: the middle of its mark; `off_x`: the left end of the days outside the window;
    `extent`: everything but the label; `right`: the end of the label.
    """

    shown: ShownVisit
    bar: Stretch | None
    target_x: float | None
    mark_x: float
    off_x: float
    extent: Stretch
    row: int = 0
    y: float = 0.0
    label: str = ""
    label_x: float = 0.0
    right: float = 0.0

    @property
    def link(self) -> Stretch | None:
        """The stretch from the end of the window to a mark outside it."""
        if self.bar is None or not self.shown.off:
            return None
        return (self.bar[1], self.mark_x) if self.mark_x > self.bar[1] else (self.bar[0], self.mark_x)


@dataclass(slots=True)
class Chip:
    """Several visits in one position, drawn as one box with their number."""

    shown: tuple[ShownVisit, ...]
    text: str
    extent: Stretch
    row: int = 0
    y: float = 0.0

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of its visits, in time order."""
        return tuple(one.key for one in self.shown)


@dataclass(slots=True)
class Lane:
    """The lane of one epoch. `name`: its lines of text; `note`: how many of its visits have no date, or empty."""

    strand: Strand
    top: float
    height: float
    name: tuple[str, ...]
    note: str
    placed: list[PlacedVisit]
    chips: list[Chip]

    @property
    def bottom(self) -> float:
        """The y at which the next lane begins."""
        return self.top + self.height


@dataclass(slots=True)
class Layout:
    """All lanes, and the position of each visit by its key."""

    lanes: list[Lane] = field(default_factory=list)
    boxes: dict[str, Box] = field(default_factory=dict)
    chip_of: dict[str, Chip] = field(default_factory=dict)
    placed_of: dict[str, PlacedVisit] = field(default_factory=dict)
    lane_of: dict[str, int] = field(default_factory=dict)

    @property
    def height(self) -> float:
        """The height of all lanes."""
        return self.lanes[-1].bottom if self.lanes else 0.0


def arrange(strands: Sequence[Strand], scale: Scale, measure: Measure, end: float) -> Layout:
    """Return the layout of all visits; no label goes beyond `end`."""
    layout = Layout()
    top = 0.0
    for number, strand in enumerate(strands):
        lane = _lane(strand, top, scale, measure, end)
        layout.lanes.append(lane)
        _index_visits(layout, lane, number, measure)
        top = lane.bottom
    return layout


def _lane(strand: Strand, top: float, scale: Scale, measure: Measure, end: float) -> Lane:
    placed, chips = _split_crowds(strand, scale, measure)
    rows = _pack_rows(placed, chips, measure)
    name = wrapped_name(strand.name, measure)
    note = text.without_date(len(strand.undated)) if strand.undated else ""
    lines = len(name) + bool(note)
    height = 2 * measure.pad + max(rows * measure.row, lines * measure.line)
    pieces: list[PlacedVisit | Chip] = [*placed, *chips]
    for one in pieces:
        one.y = top + measure.pad + one.row * measure.row + measure.row / 2
    _write_labels(placed, chips, measure, end)
    return Lane(strand, top, height, name, note, placed, chips)


def _split_crowds(strand: Strand, scale: Scale, measure: Measure) -> tuple[list[PlacedVisit], list[Chip]]:
    """Return the marks that can be told apart, and a chip for each group that cannot."""
    placed: list[PlacedVisit] = []
    chips: list[Chip] = []
    middles = [scale.middle(one.day) for one in strand.shown]
    for run in crowds(middles, measure.mark + 1):
        if len(run) > CROWD:
            chips.append(_chip(strand.shown[run.start : run.stop], (middles[run[0]] + middles[run[-1]]) / 2, measure))
        else:
            placed += [_placed(strand.shown[at], middles[at], scale, measure) for at in run]
    return placed, chips


def _chip(shown: tuple[ShownVisit, ...], middle: float, measure: Measure) -> Chip:
    label = text.chip_text(len(shown))
    half = round(measure.width(label) / 2) + 2 * measure.gap
    return Chip(shown, label, (round(middle) - half, round(middle) + half))


def _placed(shown: ShownVisit, middle: float, scale: Scale, measure: Measure) -> PlacedVisit:
    window, target = shown.window, shown.entry.target
    bar = (scale.left(window.earliest), scale.right(window.latest)) if window is not None else None
    target_x = scale.middle(target) if target is not None and not shown.bracketed else None
    half = measure.mark / 2 + (2 if shown.ringed else 1)
    off = measure.width(shown.off) if shown.off else 0.0
    early = bar is not None and middle < bar[0]
    off_x = middle - half - measure.gap / 2 - off if early else middle + half + measure.gap / 2
    edges = [middle - half, middle + half, *(bar or ()), *([off_x, off_x + off] if off else [])]
    edges += [target_x - 4, target_x + 4] if target_x is not None else []
    return PlacedVisit(shown, bar, target_x, middle, off_x, (min(edges), max(edges)))


def _pack_rows(placed: list[PlacedVisit], chips: list[Chip], measure: Measure) -> int:
    """Give each mark and chip its row. Return the number of rows."""
    packer = RowPacker(measure.gap)
    half = measure.mark / 2 + 1
    for one in _ordered(placed, chips):
        if isinstance(one, Chip):
            one.row = packer.add(Piece(one.extent, one.extent))
        else:
            wish = min(measure.width(one.shown.labels[-1]), measure.least_label) + measure.gap
            one.row = packer.add(Piece(one.extent, _kept_clear(one, half, measure), wish))
    return packer.row_count


def _ordered(placed: list[PlacedVisit], chips: list[Chip]) -> list[PlacedVisit | Chip]:
    pieces: list[PlacedVisit | Chip] = [*placed, *chips]
    return sorted(pieces, key=lambda one: one.extent[0])


def _kept_clear(one: PlacedVisit, half: float, measure: Measure) -> Stretch:
    """Return the stretch of the mark and the days next to it, which nothing may cover."""
    if not one.shown.off:
        return (one.mark_x - half, one.mark_x + half)
    return (min(one.off_x, one.mark_x - half), max(one.off_x + measure.width(one.shown.off), one.mark_x + half))


def _write_labels(placed: list[PlacedVisit], chips: list[Chip], measure: Measure, end: float) -> None:
    """Put labels where there is room, shorten them where there is some, and leave out the rest."""
    rows: dict[int, list[PlacedVisit | Chip]] = {}
    for one in _ordered(placed, chips):
        rows.setdefault(one.row, []).append(one)
    for row in rows.values():
        for one, room in zip(row, room_after([each.extent for each in row], measure.gap), strict=True):
            if isinstance(one, PlacedVisit):
                _write_label(one, min(room, end - one.extent[1] - 2 * measure.gap), measure)


def _write_label(one: PlacedVisit, room: float, measure: Measure) -> None:
    """Write the longest form of the label that fits; of the shortest one the middle gives way."""
    one.right = one.extent[1]
    room = min(room, measure.most_label)
    last = one.shown.labels[-1]
    label = next((form for form in one.shown.labels if measure.width(form) <= room), "")
    if not label and room >= min(measure.width(last), measure.least_label):
        label = measure.cut_inside(last, room)
    if label:
        one.label = label
        one.label_x = one.extent[1] + measure.gap
        one.right = one.label_x + min(measure.width(one.label), room)


def _index_visits(layout: Layout, lane: Lane, number: int, measure: Measure) -> None:
    half = measure.row / 2
    for one in lane.placed:
        layout.placed_of[one.shown.key] = one
        layout.boxes[one.shown.key] = (one.extent[0], one.y - half, one.right - one.extent[0], measure.row)
    for chip in lane.chips:
        for key in chip.keys:
            layout.chip_of[key] = chip
            layout.boxes[key] = (chip.extent[0], chip.y - half, chip.extent[1] - chip.extent[0], measure.row)
    keys = [one.key for one in lane.strand.shown] + [entry.key for entry in lane.strand.undated]
    layout.lane_of.update(dict.fromkeys(keys, number))


def wrapped_name(name: str, measure: Measure) -> tuple[str, ...]:
    """Return a name on at most two lines of the column of names, shortened where that is too little."""
    if measure.width(name) <= measure.name_width:
        return (name,)
    first = ""
    for word in name.split(" "):
        longer = f"{first} {word}".strip()
        if measure.width(longer) > measure.name_width:
            break
        first = longer
    rest = name[len(first) :].strip()
    lines = (first, rest) if first else (name,)
    return tuple(measure.elided(line, measure.name_width) for line in lines if line)
