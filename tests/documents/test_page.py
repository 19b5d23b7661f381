import pytest

from app.documents.page import Block, Rule, free_height, gap, paginate, together

LINE = (Rule(0, 0, 1, 0),)


def block(height: float = 10.0) -> Block:
    return Block(height, LINE)


def heights(pages: list[list[Block]]) -> list[float]:
    return [sum(one.height for one in page) for page in pages]


def test_blocks_fill_a_page_before_the_next() -> None:
    assert heights(paginate([block() for _ in range(7)], 30)) == [30, 30, 10]


def test_blocks_kept_together_move_together() -> None:
    assert heights(paginate([block(), block(), *together([block(), block()])], 30)) == [20, 20]


def test_what_is_kept_together_but_taller_than_a_page_is_broken() -> None:
    assert heights(paginate(together([block() for _ in range(5)]), 30)) == [30, 20]


def test_a_gap_at_the_top_of_a_page_is_dropped() -> None:
    assert heights(paginate([gap(5), block(25), gap(10), block()], 30)) == [25, 10]


def test_the_head_is_repeated_on_each_page() -> None:
    head = Block(5, LINE, keep_with_next=True)
    rows = [Block(10, LINE, head=head) for _ in range(5)]
    pages = paginate([head, *rows], 30)
    assert heights(pages) == [25, 25, 15]
    assert all(page[0] is head for page in pages)


def test_nothing_is_lost() -> None:
    blocks = [Block(float(n % 7 + 1), LINE, keep_with_next=n % 3 == 0) for n in range(100)]
    assert [one for page in paginate(blocks, 20) for one in page] == blocks


def test_free_height() -> None:
    assert free_height([block(), block()], 30) == pytest.approx(10)
