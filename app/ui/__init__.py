"""The window: the only package with Qt.

Widgets ask the study session, the session asks the one worker that owns the study file, and one message tells what
changed. No widget knows another page, calculates a date, reads the file or draws a PDF.
"""
