"""From which delay of a dose on a person is told."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DelayRule:
    """The delays of a dose, in days after its target, beyond which something is said; 0 for never.

    `ask`: the investigator is to be asked. `off_protocol`: whether the participant still is on the protocol.
    """

    ask: int = 0
    off_protocol: int = 0
    mark: str = "assumed"
