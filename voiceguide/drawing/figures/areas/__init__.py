"""The areas of the body: a figure or more each, and the moves on them."""
