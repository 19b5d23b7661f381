"""The terminal: the same services as the desktop, with stable JSON and four exit codes."""
