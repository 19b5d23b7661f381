"""What an operation was, by its record."""

import pytest

from app.domain.protocol.procedures import Procedure, procedures_done

KNOWN = (
    Procedure("ablation_alone", "ablation alone", ("none",), ("ablation",)),
    Procedure("no_pancreas", "no resection of the pancreas", ("none",)),
    Procedure("left_liver", "nothing in the liver", (), ("none",)),
)


@pytest.mark.parametrize(
    ("pancreas", "liver", "found"),
    [
        ("none", "ablation", ("ablation_alone", "no_pancreas")),
        ("none", "resection_and_ablation", ("no_pancreas",)),
        ("other", "none", ("left_liver",)),
        ("other", "ablation", ()),
        # both were redacted: nothing is known
        ("", "", ()),
    ],
)
def test_an_operation_is_every_procedure_that_its_record_fits(
    pancreas: str, liver: str, found: tuple[str, ...]
) -> None:
    assert procedures_done(KNOWN, pancreas, liver) == found
