"""Windows over the window: each asks for one change and shows what it does before it is saved."""
