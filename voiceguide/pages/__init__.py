"""Pages: what a session looks like, on a screen, on paper and in a list. Every text passes `markup`."""
