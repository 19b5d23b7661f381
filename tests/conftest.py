"""Settings of every test."""

import os

from hypothesis import settings

# A property test may be slow on a busy machine. Continuous integration tries the same examples each time.
settings.register_profile("developer", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "developer")
