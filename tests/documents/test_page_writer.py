import re
import zlib

from app.documents import fonts
from app.documents.drawings import Drawing, Mark, Rule, TextLine
from app.documents.marks import Shape
from app.documents.page_writer import PageWriter
from app.documents.text import Style
from tests.documents.calendars import pages_of

BLOCK: tuple[Drawing, ...] = (
    TextLine(10, 20, "Weight (kg) \\ 82", Style(10)),
    Rule(0, 25, 100, 25),
    Mark(Shape.BOX, 50, 50, 8),
    Mark(Shape.DONE, 60, 50, 8),
)


def written(*places: tuple[float, float], block: tuple[Drawing, ...] = BLOCK) -> bytes:
    writer = PageWriter("title", "en")
    writer.begin_document("page", 0)
    for x, y in places:
        writer.draw(block, x, y)
    writer.end_page()
    return writer.finished()


def content_of(pdf: bytes) -> str:
    """The operators of the page."""
    streams = (
        zlib.decompress(one) for one in re.findall(rb"FlateDecode[^>]*>>\s*stream\n(.*?)endstream", pdf, re.DOTALL)
    )
    return next(one for one in streams if b" re S" in one).decode("latin-1")


def test_a_block_is_where_it_was_put() -> None:
    content = content_of(written((50, 800)))
    assert "q 1 0 0 1 50.00 800.00 cm" in content
    # 20 down from the top of the block; the box of 8 points around 50, 50
    assert "1 0 0 1 10.00 -20.00 Tm" in content
    assert "0.00 -25.00 m 100.00 -25.00 l S" in content
    assert "46.00 -54.00 8.00 8.00 re S" in content


def test_a_block_that_is_drawn_again_is_the_same_elsewhere() -> None:
    once, twice = content_of(written((50, 800))), content_of(written((50, 800), (50, 400)))
    assert twice.count(" re S") == 2 * once.count(" re S") == 2
    assert twice.count("Tm") == 2 * once.count("Tm")


def test_text_is_as_it_was_given() -> None:
    block: tuple[Drawing, ...] = (TextLine(10, 20, "a (b) \\ c 京 10⁹/L ≥", Style(10)),)
    assert "a (b) \\ c 京 10⁹/L ≥" in pages_of(written((50, 700), block=(*block, Mark(Shape.BOX, 1, 1))))[0]


def test_nothing_is_written_in_letters_for_old_printers() -> None:
    assert b"ASCII85" not in written((50, 800))


def test_the_same_drawings_make_the_same_bytes() -> None:
    assert written((50, 800)) == written((50, 800))


def test_files_with_the_same_characters_share_their_fonts() -> None:
    fonts.font.cache_clear()
    face = fonts.font(fonts.register()).face
    assert face.makeSubset([0, 65, 66]) is face.makeSubset([0, 65, 66])
    # two files of other words: ASCII is in both, in one order
    first, second = (
        written((1, 1), block=(TextLine(0, 0, text, Style(9)), Mark(Shape.BOX, 1, 1))) for text in ("zebra", "Aal")
    )
    fonts_of = [re.findall(rb"/Length1 \d+", one) for one in (first, second)]
    assert fonts_of[0] == fonts_of[1] != []
