"""Use cases: one function each, over protocols, documents and the domain; they return what a screen or page shows."""
