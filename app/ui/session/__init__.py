"""The window's connection to the study: the worker, its jobs, and their errors in words."""
