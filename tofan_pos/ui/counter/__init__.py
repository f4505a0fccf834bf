"""The counter's one window."""
