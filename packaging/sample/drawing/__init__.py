"""The drawn objects of the sample catalogue: a canvas, patterns, and one module per kind."""
