"""What the studio answers, a file for each part of its API; `asking` is how a route is written."""
