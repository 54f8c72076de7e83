"""The studio's servers: what a browser reaches of the program, on this computer and from a phone."""
