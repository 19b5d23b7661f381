"""The timeline of a participant."""
