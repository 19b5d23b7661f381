"""Writes files so that a name always has either the old content or the complete new one, never a part."""

import os
from pathlib import Path


def write_atomically(path: Path, content: bytes, lasting: bool = True) -> None:
    """Write to a temporary file in the same folder and put that in the place of the path.

    `lasting`: wait until the content is on the disk.

    Raises:
        OSError: the file cannot be written; the old content is untouched and no temporary file is left.
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
