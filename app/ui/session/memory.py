"""A memory of the results that were made last: what is shown again need not be made again."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")
REMEMBERED = 8
"""So many calendars a page remembers: those between which a nurse goes to and fro."""


class Memory(Generic[T]):
    """Results by what they were made from: objects that must be the very same ones, and values that must be equal."""

    def __init__(self, most: int) -> None:
        """Keep so many results; the one that was not asked for the longest time goes first."""
        self._most = most
        self._known: OrderedDict[tuple[Hashable, ...], tuple[tuple[object, ...], T]] = OrderedDict()

    def forget(self) -> None:
        """Forget every result."""
        self._known.clear()

    def of(self, objects: tuple[object, ...], values: tuple[Hashable, ...], make: Callable[[], T]) -> T:
        """Return the result for these objects and values, made now unless it is remembered."""
        # The objects are kept with their result: no other object gets the number of one of them.
        key = (*map(id, objects), *values)
        found = self._known.get(key)
        if found is not None:
            self._known.move_to_end(key)
            return found[1]
        made = make()
        self._known[key] = (objects, made)
        while len(self._known) > self._most:
            self._known.popitem(last=False)
        return made
