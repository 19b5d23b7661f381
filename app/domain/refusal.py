"""What is refused: a known failure, as a kind and its parameters; `wording` says it with the remedy."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.domain.dates import Value


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error of the program
    """Something asked for cannot be done. `place` names where (a fact, a field), `kind` and `values` say why."""

    def __init__(self, kind: str, place: str = "", **values: "Value") -> None:
        """A refusal of that kind."""
        super().__init__(kind, place, values)
        self.kind = kind
        self.place = place
        self.values: Mapping[str, Value] = values
