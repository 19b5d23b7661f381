"""What was made last is made once."""

from collections.abc import Callable

from app.ui.session.memory import Memory

ONE, TWO, THREE = ["one"], ["two"], ["three"]


def making(memory: Memory[str], made: list[str]) -> Callable[[list[str], int], str]:
    def make(thing: list[str], number: int) -> str:
        made.append(f"{thing[0]} {number}")
        return made[-1]

    return lambda thing, number: memory.of((thing,), (number,), lambda: make(thing, number))


def test_the_same_object_with_an_equal_value_is_remembered() -> None:
    made: list[str] = []
    ask = making(Memory[str](2), made)
    assert [ask(ONE, 1), ask(ONE, 1), ask(ONE, 2)] == ["one 1", "one 1", "one 2"]
    assert made == ["one 1", "one 2"]


def test_an_equal_object_is_another_one() -> None:
    made: list[str] = []
    ask = making(Memory[str](2), made)
    ask(ONE, 1)
    ask(["one"], 1)
    assert made == ["one 1", "one 1"]


def test_what_was_not_asked_for_the_longest_time_is_forgotten() -> None:
    made: list[str] = []
    ask = making(Memory[str](2), made)
    for thing in (ONE, TWO, ONE, THREE, ONE, TWO):
        ask(thing, 1)
    # The third pushes out the second, as the first was asked for again in between.
    assert made == ["one 1", "two 1", "three 1", "two 1"]
