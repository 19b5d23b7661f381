"""The program from its start to its end in this process: starting another one takes half a second each time."""

import contextlib
import gc
import io
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from app.__main__ import main


def ended(
    arguments: tuple[str, ...], environment: Mapping[str, str], folder: Path, given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """Run the program to its end, with these arguments, surroundings, working folder and standard input."""
    out, err = io.BytesIO(), io.BytesIO()
    with _surroundings(environment, folder), pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["studyday", *arguments])
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), encoding="utf-8"))
        streams = [io.TextIOWrapper(kept, encoding="utf-8", write_through=True) for kept in (out, err)]
        for name, stream in zip(("stdout", "stderr"), streams, strict=True):
            patch.setattr(sys, name, stream)
        code = main()
        sys.stdout.flush()
        sys.stderr.flush()
    return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())


@contextlib.contextmanager
def _surroundings(environment: Mapping[str, str], folder: Path) -> Iterator[None]:
    """Be in these surroundings; afterwards in those of before, also where the program changes its own process."""
    before, seldom = dict(os.environ), gc.get_threshold()
    os.environ.clear()
    os.environ.update(environment)
    try:
        with contextlib.chdir(folder):
            yield
    finally:
        os.environ.clear()
        os.environ.update(before)
        gc.set_threshold(*seldom)
