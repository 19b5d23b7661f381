import pytest

from app.domain.protocol.version import ProtocolVersion
from app.protocols.loader import load
from tests.protocols.tiny import INVENTED


@pytest.fixture(scope="session")
def invented() -> ProtocolVersion:
    return load(INVENTED).protocol
