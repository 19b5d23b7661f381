import pytest

from app.wording.numbers import plain_number


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"), (5.0, "5"), (-30.5, "-30.5"), (0.000001, "0.000001"), (123456789, "123456789"),
        (123456789.0, "123456789"), (0.1 + 0.2, "0.3"),
        (1234.567, "1234.567"), (0.1, "0.1"), (100.0, "100"), (1e20, "100000000000000000000"), (12345.67, "12345.67"),
    ],
)  # fmt: skip
def test_a_number_has_its_digits_and_is_no_power_of_ten(value: float, text: str) -> None:
    assert plain_number(value) == text
