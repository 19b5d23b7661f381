"""The desktop: the only room with Qt.

Widgets ask the desk (`desk.py`), the desk asks the one worker that owns the study file, and what changed comes back as
one message. No widget knows another page, reckons a date, reads the file or draws a PDF.
"""

import builtins

import PySide6.QtCore  # noqa: F401 - it puts its own import in the place of Python's

# That one reads the source of every module that is loaded after it, to see whether the module switches Qt's names to
# another spelling. Nothing here does; the database's many modules are loaded in four fifths of the time without it.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
