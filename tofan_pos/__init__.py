"""tofan_pos: a counter that sells crafts, and the head office that pays their makers."""

__version__ = "0.1.0"
