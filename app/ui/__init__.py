"""The desktop: the only room with Qt.

Widgets ask the desk (`desk.py`), the desk asks the one worker that owns the study file, and what changed comes back as
one message. No widget knows another page, reckons a date, reads the file or draws a PDF.
"""
