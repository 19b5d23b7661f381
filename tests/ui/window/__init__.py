"""The window as a nurse works with it: the real one, with a real study file."""
