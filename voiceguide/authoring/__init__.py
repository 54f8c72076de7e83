"""Authoring: a routine from nothing (`starter`), from an article (`articles`), in one more language (`translating`)."""
