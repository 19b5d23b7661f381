"""Writes what is drawn onto the pages of a PDF, as operators of the page's own language.

The library's canvas makes an object and several numbers for each text; here a text, or a block, that was written before
is a lookup. Lengths are in points; the place of a block counts upwards from the foot of the page, as in the PDF itself.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO

from reportlab import rl_config
from reportlab.lib.rl_accel import escapePDF
from reportlab.pdfgen.canvas import Canvas

from app.documents import fonts
from app.documents.drawings import Drawing, Mark, Rule, TextLine
from app.documents.marks import Shape, draw_shape
from app.documents.paper import paper_size

_BOX = "0.1 G 0.8 w"
"""The ink and the line of a box to tick."""


class PageWriter:
    """One PDF while its pages are written, the same bytes for the same input."""

    def __init__(self, title: str, language: str) -> None:
        """Begin a PDF with a title, in a language (``en``)."""
        main = fonts.register()
        rl_config.canvas_basefontname = rl_config.bulletFontName = main
        # Letters for printers that cannot take bytes; without them a file is smaller and sooner made.
        rl_config.useA85 = 0
        self._buffer = BytesIO()
        self._canvas = Canvas(
            self._buffer, pagesize=paper_size(), invariant=1, pageCompression=1, initialFontName=main, lang=language
        )
        self._canvas.setTitle(title)
        self._canvas.setCreator("Studyday")
        for bold in (False, True):
            fonts.font(fonts.register(bold)).splitString(fonts.COMMON, self._canvas._doc)
        self._runs: dict[tuple[str, bool], tuple[tuple[str, str], ...]] = {}
        self._blocks: dict[int, tuple[Sequence[Drawing], str]] = {}

    def begin_document(self, name: str, number: int) -> None:
        """Name the page that follows in the outline."""
        self._canvas.bookmarkPage(str(number))
        self._canvas.addOutlineEntry(name, str(number))

    def end_page(self) -> None:
        """End the page."""
        self._canvas.showPage()

    def finished(self) -> bytes:
        """Return the PDF."""
        self._canvas.save()
        return self._buffer.getvalue()

    def draw(self, drawn: Sequence[Drawing], x: float, y: float) -> None:
        """Draw the content of a block whose upper left corner is at a point.

        Raises:
            LookupError: no font has one of the characters.
        """
        written = self._blocks.get(id(drawn))
        if written is None:
            # The block is kept as well, so that no other takes its place in memory.
            written = self._blocks[id(drawn)] = (drawn, "\n".join(self._written(drawn)))
        if written[1]:
            self._canvas.addLiteral(f"q 1 0 0 1 {x:.2f} {y:.2f} cm\n{written[1]}\nQ")
        for one in drawn:
            if isinstance(one, Mark) and one.shape is not Shape.BOX:
                draw_shape(self._canvas, one.shape, x + one.x, y - one.y, one.size)

    def _written(self, drawn: Sequence[Drawing]) -> Iterator[str]:
        """Yield texts, rules and boxes in the page's language, from the corner of their block."""
        for one in drawn:
            if isinstance(one, TextLine):
                if one.text:
                    yield self._text(one)
            elif isinstance(one, Rule):
                yield (f"{one.ink:g} G {one.thickness:g} w {one.x1:.2f} {-one.y1:.2f} m {one.x2:.2f} {-one.y2:.2f} l S")
            elif one.shape is Shape.BOX:
                left, foot = one.x - one.size / 2, -one.y - one.size / 2
                yield f"{_BOX} {left:.2f} {foot:.2f} {one.size:.2f} {one.size:.2f} re S"

    def _text(self, line: TextLine) -> str:
        style = line.style
        key = (line.text, style.bold)
        runs = self._runs.get(key)
        if runs is None:
            runs = self._runs[key] = self._encoded(line.text, style.bold)
        shown = " ".join([f"{name} {style.size:g} Tf ({text}) Tj" for name, text in runs])
        return f"BT {style.ink:g} g 1 0 0 1 {line.x:.2f} {-line.y:.2f} Tm {shown} ET"

    def _encoded(self, text: str, bold: bool) -> tuple[tuple[str, str], ...]:
        """Return the text in parts of one font each: the font's name in the file, and the text as the file has it."""
        document = self._canvas._doc
        return tuple(
            (font.getSubsetInternalName(subset, document), escapePDF(part))
            for name, characters in fonts.runs(text, bold)
            for font in (fonts.font(name),)
            for subset, part in font.splitString(characters, document)
        )
