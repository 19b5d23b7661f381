"""Studyday: plans the days of a study."""

__version__ = "0.1.0"
