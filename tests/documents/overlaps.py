"""What on a page is drawn over something else: text on text, a box on text, a rule through text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.documents.drawings import Mark, Rule, TextLine
from app.documents.page_layout import Block, Document
from app.documents.text import text_width

_APART = 0.6
_ABOVE_BASELINE = 0.7
"""How much of its size a text rises above its baseline."""


@dataclass(frozen=True)
class Box:
    """The place of something drawn, from the top of the page's frame downwards, and its words."""

    left: float
    top: float
    right: float
    bottom: float
    said: str

    def meets(self, other: "Box") -> bool:
        """Whether both have a part of the page in common."""
        across = min(self.right, other.right) - max(self.left, other.left)
        along = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > _APART and along > _APART


def assert_nothing_overlaps(document: Document) -> None:
    """Nothing is drawn over something else on any page, from its header to its last block."""
    for page in document.pages:
        texts, boxes, rules = _places((document.header, *page))
        texts.sort(key=lambda one: one.top)
        for number, one in enumerate(texts):
            for other in texts[number + 1 :]:
                if other.top > one.bottom:
                    break
                assert not one.meets(other), (document.name, one, other)
            assert not any(one.meets(box) for box in boxes), (document.name, one)
            assert not any(one.meets(rule) for rule in rules), (document.name, one)


def _places(blocks: Sequence[Block]) -> tuple[list[Box], list[Box], list[Box]]:
    texts: list[Box] = []
    boxes: list[Box] = []
    rules: list[Box] = []
    for top, block in _from_the_top(blocks):
        for one in block.drawn:
            if isinstance(one, TextLine) and one.text.strip():
                size, right = one.style.size, one.x + text_width(one.text, one.style)
                texts.append(Box(one.x, top + one.y - size * _ABOVE_BASELINE, right, top + one.y, one.text))
            elif isinstance(one, Mark):
                half, y = one.size / 2, top + one.y
                boxes.append(Box(one.x - half, y - half, one.x + half, y + half, one.shape))
            elif isinstance(one, Rule):
                across, along = sorted((one.x1, one.x2)), sorted((one.y1, one.y2))
                rules.append(Box(across[0] - 1, top + along[0] - 1, across[1] + 1, top + along[1] + 1, "a rule"))
    return texts, boxes, rules


def _from_the_top(blocks: Sequence[Block]) -> Iterator[tuple[float, Block]]:
    top = 0.0
    for block in blocks:
        yield top, block
        top += block.height
