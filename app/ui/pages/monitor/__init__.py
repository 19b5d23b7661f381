"""The page of the monitor: deviations, what is open, logs, confirmations and the history."""
