"""The head of a chain as it is printed."""

from app.domain.facts.chain_head import Head


def test_a_head_is_printed_as_its_number_and_the_beginning_of_its_digest() -> None:
    assert str(Head(123, bytes.fromhex("4f2a91c077de03abffff"))) == "123 · 4f2a 91c0 77de 03ab"
