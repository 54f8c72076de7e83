"""An author's own voice: the lines to read aloud, and recordings of them cut into a line each."""
