"""The window: the only package with Qt.

Rooms, each importing only rooms below it: the shell over pages and dialogs, those over their parts (forms, timeline,
visit), then widgets, then style and session. Forms, timeline and visit do not know the session: they get their data
and report by signals. Pages and dialogs ask the session, which has the one worker that owns the study file; one message
tells all of them what changed. No widget knows another page, calculates a date, reads the file or draws a PDF.
"""
