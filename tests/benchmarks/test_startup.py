"""A start-up trick that no longer pays is taken out: each must still gain a third of what is stated for it."""

import pytest

from app.startup import DELAYED_IMPORTS, TRICKS, DelayedImport, Trick
from tests.benchmarks.startup import Bench, Measured, measure_delay, measure_trick

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("start"))


def pays(measured: Measured) -> bool:
    return measured.gain >= measured.stated / 3


@pytest.mark.parametrize("trick", TRICKS, ids=lambda trick: trick.name)
def test_a_trick_pays(bench: Bench, trick: Trick) -> None:
    measured = measure_trick(bench, trick)
    assert pays(measured), str(measured)


@pytest.mark.parametrize("entry", DELAYED_IMPORTS, ids=lambda entry: f"{entry.importer} {entry.imported[0]}")
def test_a_delayed_import_pays(bench: Bench, entry: DelayedImport) -> None:
    measured = measure_delay(bench, entry)
    assert pays(measured), str(measured)
