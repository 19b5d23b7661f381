"""Settings of every test."""

import gc
import os

from hypothesis import settings

from app import private_files

# What a test makes is its own whatever mask the developer has, as a folder that is open to others is told of in every
# answer. Tests of the modes themselves set another mask.
private_files.set_mask()

# A property test may be slow on a busy machine. Continuous integration tries the same examples each time.
settings.register_profile("developer", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "developer")


def pytest_collection_finish() -> None:
    """Let what is loaded by now be left alone when rubbish is collected, which thousands of tests make often."""
    gc.collect()
    gc.freeze()
