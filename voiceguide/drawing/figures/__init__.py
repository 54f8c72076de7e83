"""Figures: the body and the hands on it, drawn from points, as the small SVG files of the atlas."""
