"""A routine as its author wrote it: the frozen types (`model`) and the reader (`reading`)."""
