"""Printed documents: a calendar becomes plain rows, rows become blocks on pages, pages become PDF bytes.

Nothing in here reads a clock, a setting or the study file.
"""
