"""The page of the deviation log."""
