"""Countries by their names."""

import pytest

from app.wording.countries import country_name


@pytest.mark.parametrize(
    ("letters", "name"),
    [
        ("SE", "Sweden"), ("FI", "Finland"), ("CN", "China"), ("GB", "United Kingdom"), ("ZW", "Zimbabwe"),
        ("se", "Sweden"), ("AD", "Andorra"), ("QQ", "QQ"), ("", ""),
    ],
)  # fmt: skip
def test_a_country_is_called_by_its_name(letters: str, name: str) -> None:
    assert country_name(letters) == name
