"""The open study: its facts, its environment, its cached visits."""
