"""The server that forks processes, and a study to copy."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.client import Server
from tests.faults.studies import copied, made


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of these tests need a system that forks."""
    if not hasattr(os, "fork"):
        for item in items:
            if "tests/faults" in item.nodeid:
                item.add_marker(pytest.mark.skip(reason="needs a system that forks"))


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """It keeps nothing between two command lines, so one is enough."""
    server = Server()
    yield server
    server.close()


@pytest.fixture(scope="session")
def both(server: Server) -> Iterator[tuple[Server, Server]]:
    """That one and another, for loops that two processors can share."""
    second = Server()
    second.home = server.home  # and so what is kept there: each command takes the same steps
    yield server, second
    second.close()


@pytest.fixture(scope="session")
def template(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study with a past; to be copied, never changed."""
    return made(server, tmp_path_factory.mktemp("template") / "study")


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return copied(template, tmp_path / "study")
