"""The dialogs over the window: changes with their impact, booking, printing, and the list of keys."""
