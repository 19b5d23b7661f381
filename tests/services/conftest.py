"""What the tests of the services share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.ward import Ward


@pytest.fixture
def empty_ward(tmp_path: Path) -> Iterator[Ward]:
    """A new study without anybody."""
    ward = Ward(tmp_path)
    yield ward
    ward.study.close()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed study with LI-001 in ScanPan and CJ-001 in NCT06873178, and the derived visits made."""
    ward = Ward(tmp_path_factory.mktemp("template"))
    ward.enrol()
    ward.enrol_cn()
    ward.rebuilt()
    ward.study.close()
    return ward.path


@pytest.fixture
def ward(tmp_path: Path, template: Path) -> Iterator[Ward]:
    """That study, a copy for each test."""
    ward = Ward(tmp_path, template)
    yield ward
    ward.study.close()
