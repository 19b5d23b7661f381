"""The findings about a protocol file as the window says them."""

import pytest

from app.wording.findings import finding_text


@pytest.mark.parametrize(
    ("line", "column", "is_error", "message", "remedy", "said"),
    [
        (12, 3, True, "unknown", "Did you mean `V1`?", "Error in line 12, column 3: Unknown. Did you mean `V1`?"),
        (4, 1, False, "never used", "", "Warning about line 4, column 1: Never used."),
        (0, 0, True, "no such file", "Name another", "Error in the file: No such file. Name another."),
        (1, 1, True, "bad \u202e sign", "", "Error in line 1, column 1: Bad \\u202e sign."),
    ],
)  # fmt: skip
def test_a_finding_has_its_place_and_its_remedy(
    line: int, column: int, is_error: bool, message: str, remedy: str, said: str
) -> None:
    assert finding_text(line, column, is_error, message, remedy) == said
