"""The page that lists all participants."""
