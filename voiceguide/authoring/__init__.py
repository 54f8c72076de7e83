"""Authoring: a new routine, from nothing (`starter`) or from an article (`articles`)."""
