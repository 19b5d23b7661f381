"""The text of a story as it is in a file or comes from standard input."""

from pathlib import Path
from typing import BinaryIO

from app.bounded_read import NotOrdinaryError, TooLargeError, read_file, read_stream
from app.domain.refusal import Refused
from app.exchange.scenario import MAX_BYTES, MAX_CHARACTERS


def read_story(source: Path | BinaryIO) -> str:
    """Return the text of a story.

    Raises:
        Refused: there is no such file, it is no ordinary one, cannot be read, is too large, or is not UTF-8.
    """
    try:
        raw = read_file(source, MAX_BYTES) if isinstance(source, Path) else read_stream(source, MAX_BYTES)
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("not_utf8") from None
    except TooLargeError:
        raise Refused("too_large", largest=MAX_CHARACTERS) from None
    except NotOrdinaryError:
        raise Refused("not_ordinary") from None
    except OSError as error:
        raise Refused("unreadable", problem=(error.strerror or "cannot be read").lower()) from None
