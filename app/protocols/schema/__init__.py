"""The language of protocol files as strict models."""
