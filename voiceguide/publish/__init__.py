"""Publish: what stands beside a session's sound, and a folder of sessions as a feed and a page."""
