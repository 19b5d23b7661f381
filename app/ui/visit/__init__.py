"""One visit in detail: its days, problems, history and actions."""
