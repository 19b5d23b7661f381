"""The open study: its facts, its store behind a port, its environment, its cached visits."""
