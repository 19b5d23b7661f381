"""The page on which a participant is enrolled."""
