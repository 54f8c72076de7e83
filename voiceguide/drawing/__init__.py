"""Drawing: one kit for every picture: shapes, the letters on them, and what writes them down as SVG or PNG."""
