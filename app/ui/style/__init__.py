"""Colours, fonts, icons, status marks and the style sheet."""
