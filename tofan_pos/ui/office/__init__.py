"""Head office's window: a frame that stays, and rooms in it."""
