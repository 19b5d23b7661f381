"""The terminal: commands that call the same services as the window, with stable JSON and four exit codes."""
