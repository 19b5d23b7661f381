"""What the tests of the services share: studies in memory, and in a file for what concerns the file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.ward import Ward
from tests.storage.memory_store import MemoryStore


def _with_two(ward: Ward) -> Ward:
    """Enrol LI-001 in ScanPan and CJ-001 in NCT06873178, and plan the cached visits."""
    ward.enrol()
    ward.enrol_cn()
    ward.rebuilt()
    return ward


@pytest.fixture
def empty_ward() -> Ward:
    """A new study without anybody, in memory."""
    return Ward.in_memory()


@pytest.fixture(scope="session")
def memory_template() -> MemoryStore:
    """A study with LI-001 in ScanPan and CJ-001 in NCT06873178, in memory."""
    return _with_two(Ward.in_memory()).memory


@pytest.fixture
def ward(memory_template: MemoryStore) -> Ward:
    """That study, a copy for each test."""
    return Ward.in_memory(memory_template)


@pytest.fixture(scope="session")
def begun_template() -> MemoryStore:
    """A study in Linköping with LI-001, enrolled on 23 November and given the first dose on the 30th, in memory."""
    ward = Ward.in_memory()
    ward.site()
    ward.enrol()
    ward.do("performed", visit="SP-C01", on="2026-11-30")
    return ward.memory


@pytest.fixture
def begun_ward(begun_template: MemoryStore) -> Ward:
    """That study, a copy for each test."""
    return Ward.in_memory(begun_template)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same study in a file, closed."""
    ward = _with_two(Ward(tmp_path_factory.mktemp("template")))
    ward.study.close()
    return ward.path


@pytest.fixture
def file_ward(tmp_path: Path, template: Path) -> Iterator[Ward]:
    """The file, a copy for each test."""
    ward = Ward(tmp_path, template)
    yield ward
    ward.study.close()
