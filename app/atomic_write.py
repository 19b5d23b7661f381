"""Writing files so that under a name there is the old content or the whole new one, never a part."""

import os
from pathlib import Path


def write_whole(path: Path, content: bytes, lasting: bool = True) -> None:
    """Write to a temporary file beside it and put that in its place; `lasting` waits until the disk has it.

    Raises:
        OSError: it cannot be written; what was there before is untouched and nothing is left beside it.
    """
    import tempfile

    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            if lasting:
                os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
